package api

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"

	"navicert/ftm"
	"navicert/name"
)

// textIndex serves /search: the words of every entity, and of what hangs on
// it, with what it can be filtered by. It is made once per Book, when first
// needed.
type textIndex struct {
	docs   []doc
	terms  []string          // sorted
	starts []uint32          // of a term's postings, and the end
	posted []uint32          // doc<<1, and 1 where the word stands in a name
	merged map[string]string // an ID that was merged into another one
	naming map[string][]at   // entities with a relation to this one
}

// doc is one thing that can be found.
type doc struct {
	at           // on the first of its lists
	link   int16 // number of what hangs on it, -1: itself
	schema uint8 // number in the model
	target bool
	values uint16 // how much is known of it
	lists  uint64 // bit i: it stands on list i
	*about
}

// about is what is the same of many docs, which share it.
type about struct {
	countries, topics, genders []string
	first, change              ftm.Stamp
}

// maxLists is how many lists a book may have.
const maxLists = 64

func newTextIndex(b *Book) *textIndex {
	t := &textIndex{merged: map[string]string{}, naming: map[string][]at{}}
	n := &indexer{textIndex: t, ids: map[string]uint32{}, words: map[string]uint32{}, same: map[string]string{}, schemata: map[string]uint8{}}
	for i, s := range theModel().order {
		n.schemata[s.name] = uint8(i)
	}
	for i, l := range b.Lists {
		for k := range l.Len() {
			n.entity(b, at{int32(i), int32(k)})
		}
	}
	n.finish()
	return t
}

// indexer makes a textIndex.
type indexer struct {
	*textIndex
	ids      map[string]uint32 // doc of an ID
	words    map[string]uint32 // number of a term
	pairs    []uint64          // term<<32 | posting
	same     map[string]string // one copy of each country, topic
	schemata map[string]uint8
	folder   name.Folder
}

func (n *indexer) entity(b *Book, p at) {
	x, e := b.thing(p)
	l := b.Lists[p.list]
	n.doc(p, -1, x)
	for _, r := range x.Referents {
		if r != x.ID {
			n.merged[r] = x.ID
		}
	}
	for i, y := range hanging(l, e) {
		if i < math.MaxInt16 {
			n.doc(p, int16(i), y)
		}
	}
	for _, r := range e.Relations {
		if r.To != "" && !slices.Contains(n.naming[r.To], p) {
			n.naming[r.To] = append(n.naming[r.To], p)
		}
	}
}

func (n *indexer) doc(p at, link int16, x *ftm.Entity) {
	id, ok := n.ids[x.ID]
	if !ok {
		id = uint32(len(n.docs))
		n.ids[x.ID] = id
		n.docs = append(n.docs, doc{
			at: p, link: link, schema: n.schemata[x.Schema], target: x.Target, about: &about{first: x.FirstSeen, change: x.LastChange},
		})
	}
	d := &n.docs[id]
	d.lists |= 1 << p.list
	d.target = d.target || x.Target
	d.first, d.change = earlier(d.first, x.FirstSeen), max(d.change, x.LastChange)
	kind := theModel().order[d.schema]
	n.text(id, x.Caption, true)
	for name, vs := range x.Properties {
		def := kind.props[name]
		if def == nil || def.typ == "entity" {
			continue
		}
		for _, v := range vs {
			d.values++
			switch def.typ {
			case "country":
				d.countries = n.note(d.countries, v.Text)
				n.text(id, theModel().country[v.Text], false)
			case "topic":
				d.topics = n.note(d.topics, v.Text)
			case "gender":
				d.genders = n.note(d.genders, v.Text)
			}
			n.text(id, v.Text, def.typ == "name")
		}
	}
	n.text(id, x.ID, false)
}

func (n *indexer) note(set []string, v string) []string {
	if slices.Contains(set, v) {
		return set
	}
	if one, ok := n.same[v]; ok {
		v = one
	} else {
		n.same[v] = v
	}
	return append(set, v)
}

func (n *indexer) text(id uint32, s string, inName bool) {
	posting := uint64(id) << 1
	if inName {
		posting |= 1
	}
	for _, w := range words(&n.folder, s) {
		k, ok := n.words[w]
		if !ok {
			k = uint32(len(n.words))
			n.words[strings.Clone(w)] = k // not with the text that it stands in
		}
		n.pairs = append(n.pairs, uint64(k)<<32|posting)
	}
}

// words are the words of a text, in lower case and plain letters.
func words(f *name.Folder, s string) []string {
	var out []string
	for len(s) > name.MaxRunes { // longer than what is folded at once
		end := strings.LastIndexByte(s[:name.MaxRunes], ' ')
		if end <= 0 {
			break
		}
		out = append(out, strings.Fields(string(f.Fold(s[:end])))...)
		s = s[end:]
	}
	out = append(out, strings.Fields(string(f.Fold(s)))...)
	if len(out) == 0 { // a script that folds to nothing is its own
		out = strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	return out
}

// share keeps one copy of what is the same; there are few.
func share(all map[string]*about, a *about) *about {
	key := fmt.Sprintf("%q %q %q %q %q", a.countries, a.topics, a.genders, a.first, a.change)
	if one, ok := all[key]; ok {
		return one
	}
	all[key] = a
	return a
}

func (n *indexer) finish() {
	all := map[string]*about{}
	for i := range n.docs {
		n.docs[i].about = share(all, n.docs[i].about)
	}
	n.docs = exactly(n.docs)
	n.terms = make([]string, 0, len(n.words))
	for w := range n.words {
		n.terms = append(n.terms, w)
	}
	slices.Sort(n.terms)
	order := make([]uint32, len(n.terms))
	for i, w := range n.terms {
		order[n.words[w]] = uint32(i)
	}
	for i, p := range n.pairs {
		n.pairs[i] = uint64(order[p>>32])<<32 | p&(1<<32-1)
	}
	slices.Sort(n.pairs)
	n.starts = make([]uint32, len(n.terms)+1)
	term := uint32(0)
	for i, p := range n.pairs {
		for at := uint32(p >> 32); term <= at; term++ {
			n.starts[term] = uint32(len(n.posted))
		}
		if i > 0 && p|1 == n.pairs[i-1]|1 { // the same word and doc: in a name counts
			n.posted[len(n.posted)-1] = uint32(p)
			continue
		}
		n.posted = append(n.posted, uint32(p))
	}
	for ; int(term) <= len(n.terms); term++ {
		n.starts[term] = uint32(len(n.posted))
	}
	n.posted = exactly(n.posted)
}

// exactly is s with no room behind it.
func exactly[T any](s []T) []T {
	out := make([]T, len(s))
	copy(out, s)
	return out
}

// ranked is a doc found, with how well it fits.
type ranked struct {
	doc   uint32
	score float32
}

// term gives the docs that a term stands in.
func (t *textIndex) term(i int) []ranked {
	ps := t.posted[t.starts[i]:t.starts[i+1]]
	idf := float32(math.Log(1 + float64(len(t.docs))/float64(len(ps)+1)))
	out := make([]ranked, len(ps))
	for k, p := range ps {
		out[k] = ranked{p >> 1, idf * float32(1+2*(p&1))}
	}
	return out
}

func (t *textIndex) word(w string) []ranked {
	if i, ok := slices.BinarySearch(t.terms, w); ok {
		return t.term(i)
	}
	return nil
}

// maxExpand is how many words a pattern may stand for.
const maxExpand = 1000

// like gives the docs with any word that begins with prefix and satisfies ok.
func (t *textIndex) like(prefix string, ok func(string) bool) []ranked {
	var out []ranked
	from := sort.SearchStrings(t.terms, prefix)
	for i, n := from, 0; i < len(t.terms) && n < maxExpand && strings.HasPrefix(t.terms[i], prefix); i++ {
		if ok(t.terms[i]) {
			n++
			out = append(out, t.term(i)...)
		}
	}
	slices.SortFunc(out, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(b.score, a.score)) })
	return slices.CompactFunc(out, func(a, b ranked) bool { return a.doc == b.doc })
}

// both gives the docs of a that are in b too.
func both(a, b []ranked) []ranked {
	out := a[:0:0]
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].doc < b[j].doc:
			i++
		case a[i].doc > b[j].doc:
			j++
		default:
			out = append(out, ranked{a[i].doc, a[i].score + b[j].score})
			i++
			j++
		}
	}
	return out
}

// either gives the docs of a or b.
func either(a, b []ranked) []ranked {
	out := make([]ranked, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].doc < b[0].doc:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0].doc < a[0].doc:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, ranked{a[0].doc, a[0].score + b[0].score})
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// without gives the docs of a that are not in b.
func without(a, b []ranked) []ranked {
	out := a[:0:0]
	j := 0
	for _, r := range a {
		for j < len(b) && b[j].doc < r.doc {
			j++
		}
		if j == len(b) || b[j].doc != r.doc {
			out = append(out, r)
		}
	}
	return out
}
