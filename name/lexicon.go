package name

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// The tables of data/, compiled so that a start reads none of them.
//
//go:generate go run ./gen -o data -unihan $UNIHAN -common $COMMON_NAMES
//go:generate go test . -run TestLexiconIsFresh -update
//go:embed data/lexicon.bin
var data string

//go:embed data/lexicon.sum
var sum string

// entry is what the tables know of a word or a phrase.
type entry struct {
	groups []Group
	reads  []string // Latin spellings of a word in another script, best first
	class  Class
	common uint8
	arabic bool   // a name in Arabic letters is read so
	only   Script // where not NoScript: the class is that of this script's words
	weak   uint8  // of a legal form: 1 counts at the edge, 2 beside other words of firms
}

// lexicon holds the tables. Words of Cyrillic, Greek, Armenian and Georgian stand in the Latin
// letters that the parser gives them, others in their own.
type lexicon struct {
	all         []entry // those of the words; the first is of none
	words       dict    // to an entry, like sounds, stems, phrases and families
	sounds      dict    // by Sound, for long words and their names
	stems       dict    // by Sound of a beginning
	phrases     dict    // by the sounds of the words, with one space between
	families    dict    // Korean and Chinese family names in their own letters
	romans      dict    // the same by their Latin spelling, to an entry with their groups
	pinyin      dict    // Chinese syllables, also in Wade-Giles, to an entry with their groups
	starters    dict    // words of the longest phrase that starts with a word, by its Sound
	latinFamily dict    // family names in Latin letters, to a family
	runs        dict    // in Hangul, Han, Thai …: runes of the longest word from this one
	payments    dict    // words and phrases of payment texts, to what they take
	differ      dict    // pairs of groups that are different names
	starts      string  // hashes of the first letters of stems
	kinds       string  // of groups
	fathers     string  // of a given name's group, the father's names made of it
	arabic      string  // groups of names of the Muslim world
	korean      string  // syllables that Korean names have
	labels      []string
	pinyinNames []string
	near        []nearForm // long words of legal forms
	han         [4]string  // see hanTable
}

// minSound is how long a Sound must be to stand for a word.
const minSound = 4

// entry looks a word up as written.
func (l *lexicon) entry(text []byte) *entry { return l.at(l.words.get(text)) }

func (l *lexicon) at(i uint16) *entry {
	if i == 0 {
		return nil
	}
	return &l.all[i]
}

// groups are those of a syllable's spelling.
func (l *lexicon) groups(d *dict, text []byte) []Group { return l.all[d.get(text)].groups }

// find looks a word up: as written, by its sound.
func (l *lexicon) find(text, sound []byte, in Script) *entry {
	if e := l.entry(text); e != nil {
		return e
	}
	if len(sound) < minSound {
		return nil
	}
	e := l.at(l.sounds.get(sound))
	if e != nil && in == Latin && len(sound) < 6 && e.class&(Title|Generic) != 0 {
		return nil // too short to be sure of
	}
	return e
}

// stem looks a word up by how it starts.
func (l *lexicon) stem(sound []byte, in Script) *entry {
	if len(sound) < minSound || l.starts[startOf(sound)] == 0 {
		return nil
	}
	least := minSound
	if in == Cyrillic || in == Greek { // whose words bend most
		least = minSound - 1
	}
	for n := len(sound); n >= least && n >= len(sound)-9; n-- {
		if e := l.at(l.stems.get(sound[:n])); e != nil {
			return e
		}
	}
	return nil
}

// variant tells a word that is a spelling of a known name.
func (l *lexicon) variant(text []byte) bool {
	if e := l.entry(text); e != nil {
		for _, g := range e.groups {
			if l.kind(g) == Variant {
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

var words = sync.OnceValue(func() *lexicon { return open(data) })

// open makes the compiled tables ready: their words and numbers stay where
// they lie.
func open(data string) *lexicon {
	l := &lexicon{}
	r := reader(data)
	for _, s := range l.sections() {
		*s = r.next()
	}
	lengths, text := r.next(), r.next()
	texts := make([]string, len(lengths)/2)
	for i := range texts {
		n := le16(lengths[2*i:])
		texts[i], text = text[:n], text[n:]
	}
	numbers := r.next()
	pool := make([]Group, len(numbers)/2)
	for i := range pool {
		pool[i] = Group(le16(numbers[2*i:]))
	}
	records := r.next()
	l.all = make([]entry, len(records)/recordSize)
	for i := range l.all {
		b := records[i*recordSize : (i+1)*recordSize]
		g, gn, t, tn := le16(b[4:]), le16(b[6:]), le16(b[8:]), le16(b[10:])
		l.all[i] = entry{
			class: Class(le32(b)), groups: pool[g : g+gn : g+gn], reads: texts[t : t+tn : t+tn],
			common: b[12], arabic: b[13] != 0, only: Script(b[14]), weak: b[15],
		}
	}
	l.labels = texts[:len(l.kinds)]
	for near := r.next(); len(near) > 0; near = near[2:] {
		e := l.at(le16(near))
		l.near = append(l.near, nearForm{[]byte(e.reads[0]), e.groups})
	}
	l.pinyinNames = l.at(le16(r.next())).reads
	return l
}

// sections lists what is used where it lies, in the order of the file.
func (l *lexicon) sections() (out []*string) {
	for _, d := range []*dict{
		&l.words, &l.sounds, &l.stems, &l.phrases, &l.families, &l.romans, &l.pinyin, &l.starters, &l.latinFamily, &l.runs, &l.payments, &l.differ,
	} {
		out = append(out, &d.slots, &d.keys)
	}
	out = append(out, &l.starts, &l.kinds, &l.fathers, &l.arabic, &l.korean)
	for i := range l.han {
		out = append(out, &l.han[i])
	}
	return out
}

const recordSize = 16

// Tables is a hash of how names are read. What was made of names under another
// one is to be made anew.
func Tables() uint64 {
	n, _ := strconv.ParseUint(strings.TrimSpace(sum), 16, 64)
	return n
}

// reader takes one section after another: its length, and its bytes.
type reader string

func (r *reader) next() string {
	n := le32(string(*r))
	s := string(*r)[4 : 4+n]
	*r = (*r)[4+n:]
	return s
}

// kind is that of a group of the tables.
func (l *lexicon) kind(g Group) GroupKind {
	if int(g) < len(l.kinds) {
		return GroupKind(l.kinds[g])
	}
	return 0
}

// father is the group of the father's names made of a given name.
func (l *lexicon) father(g Group) Group {
	if 2*int(g) < len(l.fathers) {
		return Group(le16(l.fathers[2*g:]))
	}
	return 0
}

// muslim tells a group of names of the Muslim world.
func (l *lexicon) muslim(g Group) bool { return int(g) < len(l.arabic) && l.arabic[g] != 0 }

// different tells two groups that are known to be different names.
func (l *lexicon) different(x, y Group) bool {
	return l.differ.get([]byte{byte(x), byte(x >> 8), byte(y), byte(y >> 8)}) != 0
}

// family tells which cultures have a word as a family name.
type family uint8

func (l *lexicon) family(text []byte) family { return family(l.latinFamily.get(text)) }

// Kind says in what way the words of the group are equal.
func (g Group) Kind() GroupKind {
	switch {
	case g >= koreanGroups:
		return Syllable
	case g >= exactKorean:
		return Variant
	}
	return words().kind(g)
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
			differ = differ || l.different(x, y)
		}
	}
	return differ
}
