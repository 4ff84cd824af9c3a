package name

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run ./gen -o data -unihan $UNIHAN -common $COMMON_NAMES

//go:embed data/*.txt
var data embed.FS

// entry is what the tables know of a word or a phrase.
type entry struct {
	groups []Group
	class  Class
	reads  []string // Latin spellings of a word in another script, best first
	common uint8
	arabic bool   // a name in Arabic letters is read so
	only   Script // where not NoScript: the class is that of this script's words
	weak   uint8  // of a legal form: 1 counts at the edge, 2 beside other words of firms
}

// lexicon holds the tables. Words of Cyrillic, Greek, Armenian and Georgian stand in the Latin
// letters that the parser gives them, others in their own.
type lexicon struct {
	entries     map[string]*entry
	sounds      map[string]*entry // by Sound, for long words and their names
	starters    map[string]uint8  // words of the longest phrase that starts with a word
	stems       map[string]*entry // by Sound of a beginning
	starts      [1 << 12]bool     // hashes of the first letters of stems
	kinds       []GroupKind
	labels      []string
	ids         map[string]Group // by kind and label
	pinyinNames []string
	differ      map[[2]Group]bool
	runs        map[rune]uint8     // in Hangul, Han, Thai …: runes of the longest word from here
	family      map[string]*entry  // Korean and Chinese family names in their own letters
	latinFamily map[string]family  // and in Latin letters
	romanFamily map[string][]Group // the Korean ones by their spelling
	korean      map[Group]bool     // syllables that Korean names have
	pinyin      map[string][]Group // Chinese syllables, also in Wade-Giles
	arabic      map[Group]bool     // names of the Muslim world
	section     string             // of the table that is being read
	payments    map[string]takes   // words and phrases of payment texts
	fathers     map[Group]Group    // of a given name, the father's names made of it
	phrases     map[string]*entry  // by the sounds of the words, with one space between
	later       []phrase           // while the tables are read
	near        []nearForm         // long words of legal forms
	spellings   map[Group][]*entry // of a name, while the tables are read
}

// minSound is how long a Sound must be to stand for a word.
const minSound = 4

// find looks a word up: as written, by its sound.
func (l *lexicon) find(text, sound []byte, in Script) *entry {
	if e := l.entries[string(text)]; e != nil {
		return e
	}
	if len(sound) < minSound {
		return nil
	}
	e := l.sounds[string(sound)]
	if e != nil && in == Latin && len(sound) < 6 && e.class&(Title|Generic) != 0 {
		return nil // too short to be sure of
	}
	return e
}

// stem looks a word up by how it starts.
func (l *lexicon) stem(sound []byte, in Script) *entry {
	if len(sound) < minSound || !l.starts[startOf(sound)] {
		return nil
	}
	least := minSound
	if in == Cyrillic || in == Greek { // whose words bend most
		least = minSound - 1
	}
	for n := len(sound); n >= least && n >= len(sound)-9; n-- {
		if e := l.stems[string(sound[:n])]; e != nil {
			return e
		}
	}
	return nil
}

// variant tells a word that is a spelling of a known name.
func (l *lexicon) variant(text []byte) bool {
	if e := l.entries[string(text)]; e != nil {
		for _, g := range e.groups {
			if l.kinds[g] == Variant {
				return true
			}
		}
	}
	return false
}

func startOf(sound []byte) uint32 {
	h := uint32(sound[0])*31*31 + uint32(sound[1])*31 + uint32(sound[2])
	return h * 2654435761 >> 20
}

// table says what the lines of a file mean: each is a label, a colon, and
// words or phrases parted by commas. The label itself is one of the words.
type table struct {
	file  string
	class Class
	kind  GroupKind // 0: no group
}

var tables = []table{
	{"forms", Legal, Form},
	{"titles", Title, 0},
	{"particles", Particle, 0},
	{"functions", Function, 0},
	{"places", Place, 0},
	{"abbrevs", Abbrev, 0},
	{"variants", 0, Variant},
	{"words", Generic, Word},
	{"nicks", 0, Nick},
}

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{
		entries: make(map[string]*entry, 1<<14), sounds: make(map[string]*entry, 1<<13), stems: map[string]*entry{},
		kinds: []GroupKind{0}, labels: []string{""}, ids: map[string]Group{}, differ: map[[2]Group]bool{}, starters: map[string]uint8{}, phrases: map[string]*entry{}, fathers: map[Group]Group{}, payments: map[string]takes{}, arabic: map[Group]bool{}, runs: map[rune]uint8{},
		family: map[string]*entry{}, latinFamily: map[string]family{}, romanFamily: map[string][]Group{}, pinyin: map[string][]Group{},
	}
	var p Parser
	var koreans []string
	for _, t := range tables {
		lines(t.file, func(line string) {
			if t.file == "variants" && strings.HasPrefix(line, "@") {
				l.section = line
				return
			}
			label, items, ok := strings.Cut(line, ":")
			if !ok {
				label, items = "", line
			}
			l.add(&p, t, strings.TrimSpace(label), items)
		})
	}
	lines("dictionary", func(line string) {
		key, reads, _ := strings.Cut(line, ":")
		e := l.entry(key)
		e.reads = nil
		for r := range strings.SplitSeq(reads, ",") {
			e.reads = append(e.reads, strings.ReplaceAll(strings.TrimSpace(r), "'", ""))
		}
		l.run(key)
	})
	lines("noise", func(line string) {
		label, items, _ := strings.Cut(line, ":")
		what := map[string]takes{"number": takesNumber, "digits": takesDigits, "date": takesDate, "rest": takesRest, "nothing": takesNothing}[label]
		for item := range strings.SplitSeq(items, ",") {
			item = strings.TrimSpace(item)
			if first, _, more := strings.Cut(item, " "); more && l.payments[first] == 0 {
				l.payments[first] = prefixOnly
			}
			if old := l.payments[item]; old == 0 || old == prefixOnly {
				l.payments[item] = what
			}
		}
	})
	lines("weakforms", func(line string) {
		label, items, _ := strings.Cut(line, ":")
		for item := range strings.SplitSeq(items, ",") {
			l.entry(strings.TrimSpace(item)).weak = map[string]uint8{"hint": 2, "edge": 1}[label]
		}
	})
	lines("arabic", func(line string) {
		for item := range strings.SplitSeq(line, ";") {
			f := strings.Fields(item)
			if len(f) > 1 {
				p.begin(f[0])
				p.latin()
				if len(p.toks) > 0 {
					if e := l.entry(string(p.toks[0].Text)); len(e.reads) == 0 {
						e.reads = f[1:]
						for _, r := range f[1:] {
							if len(r) > 3 {
								l.entry(r).arabic = true
							}
						}
					}
				}
			}
		}
	})
	lines("common", func(line string) {
		level, ws, _ := strings.Cut(line, ":")
		n, _ := strconv.Atoi(level)
		for w := range strings.FieldsSeq(ws) {
			l.entry(w).common = uint8(n)
		}
	})
	l.nearForms()
	lines("korean", func(line string) {
		f, _, _ := strings.Cut(line, ":")
		koreans = append(koreans, f)
	})
	l.korean = koreanNames(koreans)
	l.families("korean", Korean)
	l.families("chinese", Chinese)
	l.syllables()
	lines("anti", func(line string) {
		a, bs, _ := strings.Cut(line, ":")
		for b := range strings.SplitSeq(bs, ",") {
			x, y := l.group(Variant, strings.TrimSpace(a)), l.group(Variant, strings.TrimSpace(b))
			l.differ[[2]Group{x, y}], l.differ[[2]Group{y, x}] = true, true
			l.add(&p, table{kind: Variant}, strings.TrimSpace(a), "")
			l.add(&p, table{kind: Variant}, strings.TrimSpace(b), "")
		}
	})
	l.phrasesLater()
	// Father's names: one group for each given name that has spellings.
	for g, n := Group(1), Group(len(l.kinds)); g < n; g++ {
		if l.kinds[g] == Variant && l.labels[g] != "" {
			l.fathers[g] = l.group(Variant, "son of "+l.labels[g])
		}
	}
	return l
})

// lines calls f with each line of an embedded table.
func lines(file string, f func(string)) {
	b, err := data.ReadFile("data/" + file + ".txt")
	if err != nil {
		panic(err) // cannot be: it is embedded
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			f(line)
		}
	}
}

// spelt gives the words that are spellings of one name. They are gathered
// once, after the tables that say so.
func (l *lexicon) spelt(g Group) []*entry {
	if l.spellings == nil {
		l.spellings = map[Group][]*entry{}
		for _, e := range l.entries {
			for _, g := range e.groups {
				if l.kinds[g] == Variant {
					l.spellings[g] = append(l.spellings[g], e)
				}
			}
		}
	}
	return l.spellings[g]
}

func (l *lexicon) add(p *Parser, t table, label, items string) {
	var id Group
	if t.kind != 0 {
		id = l.group(t.kind, label)
		items = label + "," + items
	}
	if id != 0 && l.section == "@arabic" {
		l.arabic[id] = true
	}
	var same []Group // the spellings of the full name have its short forms
	for item := range strings.SplitSeq(items, ",") {
		item = strings.TrimSpace(item)
		stem := strings.HasSuffix(item, "*")
		p.begin(strings.TrimSuffix(item, "*"))
		p.latin()
		if len(p.toks) == 0 {
			continue
		}
		if stem {
			// What a stem ends in may sound otherwise before other letters.
			sound := string(p.toks[0].Sound)
			if len(sound) >= minSound-1 && len(p.toks) == 1 {
				e := l.stems[sound]
				if e == nil {
					e = new(entry)
					l.stems[sound] = e
					l.starts[startOf([]byte(sound))] = true
				}
				e.join(t.class, id)
			}
			continue
		}
		key := p.toks[0].Text
		if len(p.toks) > 1 {
			l.later = append(l.later, phrase{item, t.class, id})
			continue
		}
		e := l.entry(string(key))
		if in := p.toks[0].Script; t.class == Function && in != Latin {
			if e.class == 0 && len(e.groups) == 0 {
				e.only = in
			} else {
				continue
			}
		}
		e.join(t.class, id)
		if p.toks[0].Script >= Hangul && p.toks[0].Script != Armenian && p.toks[0].Script != Georgian {
			l.run(string(key))
		}
		if t.kind == Nick && same == nil {
			same = slices.Clone(e.groups)
		}
		if s := string(p.toks[0].Sound); len(s) >= minSound && t.kind != Nick && p.toks[0].Script <= Greek {
			if l.sounds[s] == nil {
				l.sounds[s] = e
			}
		}
	}
	if t.kind == Nick {
		for _, g := range same {
			for _, e := range l.spelt(g) {
				e.join(0, id)
			}
		}
	}
}

// phrase is a phrase that waits until all words are known.
type phrase struct {
	text  string
	class Class
	id    Group
}

// phrasesLater files the phrases by the sounds of their words.
func (l *lexicon) phrasesLater() {
	p := Parser{lex: l}
	for _, ph := range l.later {
		p.begin(ph.text)
		p.person, p.persian = false, p.scan.persian
		p.latin()
		if len(p.toks) == 0 {
			continue
		}
		var key []byte
		for i := range p.toks {
			if i > 0 {
				key = append(key, ' ')
			}
			key = append(key, p.toks[i].Sound...)
		}
		e := l.phrases[string(key)]
		if e == nil {
			e = new(entry)
			l.phrases[string(key)] = e
		}
		e.join(ph.class, ph.id)
		first := string(p.toks[0].Sound)
		l.starters[first] = max(l.starters[first], uint8(len(p.toks)))
	}
	l.later = nil
}

func (e *entry) join(c Class, g Group) {
	e.class |= c
	if g != 0 && !slices.Contains(e.groups, g) {
		e.groups = append(e.groups[:len(e.groups):len(e.groups)], g)
	}
}

// run notes a word of a script that writes words without spaces.
func (l *lexicon) run(key string) {
	n := uint8(0)
	var first rune
	for _, r := range key {
		if n == 0 {
			first = r
		}
		n++
	}
	l.runs[first] = max(l.runs[first], n)
}

func (l *lexicon) entry(key string) *entry {
	e := l.entries[key]
	if e == nil {
		e = new(entry)
		l.entries[key] = e
	}
	return e
}

func (l *lexicon) group(k GroupKind, label string) Group {
	key := string(rune('0'+k)) + label
	id, ok := l.ids[key]
	if !ok {
		id = Group(len(l.kinds))
		l.kinds, l.labels = append(l.kinds, k), append(l.labels, label)
		l.ids[key] = id
	}
	return id
}

// family tells which cultures have a word as a family name.
type family uint8

// families reads a table of family names.
func (l *lexicon) families(file string, c Culture) {
	lines(file, func(line string) {
		names, reads, _ := strings.Cut(line, ":")
		e := &entry{}
		for r := range strings.SplitSeq(reads, ",") {
			r = strings.TrimSpace(r)
			e.reads = append(e.reads, r)
			l.latinFamily[r] |= 1 << c
			if c == Korean {
				for _, h := range names {
					l.romanFamily[r] = appendSyllableGroups(l.romanFamily[r], h)
				}
			}
		}
		if c == Chinese {
			g := l.group(Syllable, names)
			e.groups = []Group{g}
			for _, r := range e.reads {
				l.pinyin[r] = append(l.pinyin[r], g)
			}
		}
		rs := []rune(names)
		step := 1 // two-character names come as simplified and traditional
		if c == Korean || strings.HasPrefix(names, "欧阳") || len(rs) > 1 && compound(rs) {
			step = 2
		}
		if c == Korean {
			step = len(rs)
		}
		for i := 0; i+step <= len(rs); i += step {
			k := string(rs[i : i+step])
			if l.family[k] == nil {
				l.family[k] = e
			}
		}
	})
}

// compound tells the family names of two characters.
func compound(rs []rune) bool {
	return strings.ContainsRune("欧歐司上诸東东夏皇尉公慕端令", rs[0]) && strings.ContainsRune("阳陽马馬官葛徒方侯甫迟遲孙孫容木狐", rs[1])
}

// Kind says in what way the words of the group are equal.
func (g Group) Kind() GroupKind {
	switch {
	case g >= koreanGroups:
		return Syllable
	case g >= exactKorean:
		return Variant
	}
	if l := words(); int(g) < len(l.kinds) {
		return l.kinds[g]
	}
	return 0
}

// String is the group's label: the plainest of its words.
func (g Group) String() string {
	l := words()
	switch {
	case g >= chineseGroups:
		return l.pinyinNames[min(int(g-chineseGroups), len(l.pinyinNames)-1)]
	case g >= exactChinese && g < koreanGroups:
		return l.pinyinNames[min(int(g-exactChinese), len(l.pinyinNames)-1)]
	case g >= exactKorean:
		return koreanLabel(g)
	}
	if int(g) < len(l.labels) {
		return l.labels[g]
	}
	return ""
}

// Differ tells two words that look alike but are known to be different names:
// Mahmud and Muhammad, Hasan and Husayn. It never says so of words that share
// a group.
func Differ(a, b *Token) bool {
	l := words()
	differ := false
	for _, x := range a.Groups {
		for _, y := range b.Groups {
			if x == y {
				return false
			}
			differ = differ || l.differ[[2]Group{x, y}]
		}
	}
	return differ
}
