package name

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// builder makes the tables from their sources.
type builder struct {
	entries     map[string]*entry
	sounds      map[string]*entry
	starters    map[string]uint8
	stems       map[string]*entry
	starts      [1 << 12]byte
	kinds       []byte
	labels      []string
	ids         map[string]Group // by kind and label
	pinyinNames []string
	differ      map[[2]Group]bool
	runs        map[rune]uint8
	families    map[string]*entry
	latinFamily map[string]family
	romans      map[string][]Group
	korean      [chineseGroups - koreanGroups]byte
	pinyin      map[string][]Group
	arabic      map[Group]bool
	section     string // of the table that is being read
	payments    map[string]takes
	fathers     map[Group]Group
	phrases     map[string]*entry
	later       []phrase
	near        []*entry
	spellings   map[Group][]*entry
	han         [4]string
	mandarin    []string
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

func newBuilder() *builder {
	l := &builder{
		entries: make(map[string]*entry, 1<<14), sounds: make(map[string]*entry, 1<<13), stems: map[string]*entry{},
		kinds: []byte{0}, labels: []string{""}, ids: map[string]Group{}, differ: map[[2]Group]bool{}, starters: map[string]uint8{}, phrases: map[string]*entry{}, fathers: map[Group]Group{}, payments: map[string]takes{}, arabic: map[Group]bool{}, runs: map[rune]uint8{},
		families: map[string]*entry{}, latinFamily: map[string]family{}, romans: map[string][]Group{}, pinyin: map[string][]Group{},
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
	l.commonSpellings()
	l.stemsToo()
	l.nearForms()
	l.readHan(0, func(s string) string { return strings.ReplaceAll(s, "v", "u") })
	l.readHan(1, hongKong)
	l.readHan(2, strings.Clone)
	l.readHan(3, strings.Clone)
	lines("korean", func(line string) {
		f, _, _ := strings.Cut(line, ":")
		koreans = append(koreans, f)
	})
	l.koreanNames(koreans)
	l.readFamilies("korean", Korean)
	l.readFamilies("chinese", Chinese)
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
		if l.kinds[g] == byte(Variant) && l.labels[g] != "" {
			l.fathers[g] = l.group(Variant, "son of "+l.labels[g])
		}
	}
	return l
}

// lines calls f with each line of a table.
func lines(file string, f func(string)) {
	b, err := os.ReadFile("data/" + file + ".txt")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			f(line)
		}
	}
}

// spelt gives the words that are spellings of one name. They are gathered
// once, after the tables that say so.
func (l *builder) spelt(g Group) []*entry {
	if l.spellings == nil {
		l.spellings = map[Group][]*entry{}
		for _, e := range l.entries {
			for _, g := range e.groups {
				if l.kinds[g] == byte(Variant) {
					l.spellings[g] = append(l.spellings[g], e)
				}
			}
		}
	}
	return l.spellings[g]
}

// stemsToo gives a word of trade that stands in one line what a stem in another
// says of it.
func (l *builder) stemsToo() {
	for w, e := range l.entries {
		if e.class&Generic == 0 || len(e.groups) == 0 {
			continue
		}
		s := AppendSound(nil, []byte(w))
		for n := len(s); n > minSound && n >= len(s)-3; n-- {
			if st := l.stems[string(s[:n])]; st != nil {
				for _, g := range st.groups {
					e.join(0, g)
				}
				break
			}
		}
	}
}

// commonSpellings makes other spellings of a common name common, those of the
// tables and those that sound the same.
func (l *builder) commonSpellings() {
	for g := range l.kinds {
		es := l.spelt(Group(g))
		most := uint8(0)
		for _, e := range es {
			most = max(most, e.common)
		}
		for _, e := range es {
			if e.common == 0 && most > 4 {
				e.common = most - 4
			}
		}
	}
	for _, w := range slices.Sorted(maps.Keys(l.entries)) {
		s := string(AppendSound(nil, []byte(w)))
		if e := l.entries[w]; e.common > 0 && len(s) >= minSound && l.sounds[s] == nil {
			l.sounds[s] = e
		}
	}
}

func (l *builder) add(p *Parser, t table, label, items string) {
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
					l.starts[startOf([]byte(sound))] = 1
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
func (l *builder) phrasesLater() {
	p := Parser{lex: open(string(l.bytes()))}
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
func (l *builder) run(key string) {
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

func (l *builder) entry(key string) *entry {
	e := l.entries[key]
	if e == nil {
		e = new(entry)
		l.entries[key] = e
	}
	return e
}

func (l *builder) group(k GroupKind, label string) Group {
	key := string(rune('0'+k)) + label
	id, ok := l.ids[key]
	if !ok {
		id = Group(len(l.kinds))
		l.kinds, l.labels = append(l.kinds, byte(k)), append(l.labels, label)
		l.ids[key] = id
	}
	return id
}

// readFamilies reads a table of family names.
func (l *builder) readFamilies(file string, c Culture) {
	lines(file, func(line string) {
		names, reads, _ := strings.Cut(line, ":")
		e := &entry{}
		for r := range strings.SplitSeq(reads, ",") {
			r = strings.TrimSpace(r)
			e.reads = append(e.reads, r)
			l.latinFamily[r] |= 1 << c
			if c == Korean {
				for _, h := range names {
					l.romans[r] = appendSyllableGroups(l.romans[r], h)
				}
			}
		}
		if c == Chinese {
			g := l.group(Syllable, names)
			e.groups = []Group{g}
			for _, r := range e.reads {
				l.romans[r] = append(l.romans[r], g)
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
			if l.families[k] == nil {
				l.families[k] = e
			}
		}
	})
}

// compound tells the family names of two characters.
func compound(rs []rune) bool {
	return strings.ContainsRune("欧歐司上诸東东夏皇尉公慕端令", rs[0]) && strings.ContainsRune("阳陽马馬官葛徒方侯甫迟遲孙孫容木狐", rs[1])
}
