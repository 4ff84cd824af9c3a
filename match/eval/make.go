package eval

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"navicert/list"
	"navicert/name"
)

// Set is a benchmark: names to be indexed, and labeled queries.
type Set struct {
	Names   []IndexName
	Queries []Query
}

// IndexName is one name of the index.
type IndexName struct{ ID, Entity, Type, Kind, Name string }

// perSlice is how many queries each manipulation gets.
const perSlice = 100

// Make makes a benchmark from a list, the same for the same list and seed: one
// alias in four is left out of the index and asked for, as is every name in
// another script; listed names are asked for damaged in many ways; and clean
// names, by culture, of companies, and put together from parts of listed ones,
// must find nobody.
func Make(es []*list.Entity, seed uint64) *Set {
	m := maker{rng: rand.New(rand.NewPCG(seed, 1)), known: map[string][]string{}, heard: map[string]bool{}, set: &Set{}}
	for _, e := range es {
		m.entity(e)
	}
	m.damaged()
	m.clean()
	for i := range m.set.Queries {
		q := &m.set.Queries[i]
		q.ID = fmt.Sprintf("q%d", i+1)
	}
	return m.set
}

type maker struct {
	rng   *rand.Rand
	set   *Set
	known map[string][]string // entities by the key of a name
	names []IndexName         // Latin ones
	heard map[string]bool     // how they sound
}

// heard is how the words of a name sound, in a fixed order, without legal
// forms and small words.
func heard(s string) string {
	var out []string
	for _, w := range strings.Fields(name.Key(s)) {
		if len(w) > 2 {
			out = append(out, string(name.AppendSound(nil, []byte(w))))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (m *maker) entity(e *list.Entity) {
	typ := [...]string{"", "person", "entity", "vessel", "aircraft", "asset"}[min(int(e.Kind), 5)]
	var kept []string
	for i, n := range e.Names {
		kind := "aka"
		switch {
		case i == 0:
			kind = "primary"
		case n.Weak:
			kind = "weak"
		}
		script := name.NoScript
		for _, r := range n.Text {
			script = max(script, name.ScriptOf(r))
		}
		switch {
		case script > name.Latin:
			m.query(Query{Text: n.Text, Kind: "xscript", Slice: "xs_" + script.String(), Strength: "0", Type: typ, Expected: []string{e.ID}})
			continue
		case i > 0 && !n.Weak && m.rng.IntN(4) == 0:
			m.query(Query{Text: natural(n.Text), Kind: "alias", Slice: relation(kept, n.Text), Strength: "0", Type: typ, Expected: []string{e.ID}})
			continue
		}
		x := IndexName{fmt.Sprintf("n%d", len(m.set.Names)), e.ID, typ, kind, n.Text}
		m.set.Names = append(m.set.Names, x)
		if kind != "weak" {
			k := name.Key(n.Text)
			if !slices.Contains(m.known[k], e.ID) {
				m.known[k] = append(m.known[k], e.ID)
			}
			kept = append(kept, n.Text)
			m.names = append(m.names, x)
			m.heard[heard(n.Text)] = true
		}
	}
}

func (m *maker) query(q Query) {
	if strings.TrimSpace(q.Text) != "" {
		m.set.Queries = append(m.set.Queries, q)
	}
}

// natural puts what stands before a comma last: "Jin Hyok PAK".
func natural(s string) string {
	if last, first, ok := strings.Cut(s, ", "); ok && !strings.Contains(first, ",") && !strings.HasSuffix(first, ".") {
		return first + " " + last
	}
	return s
}

// relation says what an alias has in common with the names that are kept.
func relation(kept []string, alias string) string {
	a := strings.Fields(name.Key(alias))
	best := "unrelated"
	for _, k := range kept {
		b := strings.Fields(name.Key(k))
		common, near := 0, 0
		for _, x := range a {
			for _, y := range b {
				if x == y {
					common++
					break
				}
				if d := name.Distance([]byte(x), []byte(y)); d*3 <= max(len(x), len(y)) {
					near++
					break
				}
			}
		}
		switch {
		case common == len(a) && common == len(b):
			return "alias_same"
		case common == len(a):
			best = "subset"
		case common == len(b) && best != "subset":
			best = "superset"
		case common+near == len(a) && len(a) == len(b) && best != "subset" && best != "superset":
			best = "variant"
		case common > 0 && best == "unrelated":
			best = "partial"
		}
	}
	return "alias_" + best
}

// damaged asks for listed names, each manipulation in turn.
func (m *maker) damaged() {
	for _, d := range damages {
		for n, tries := 0, 0; n < perSlice && tries < 50*perSlice && len(m.names) > 0; tries++ {
			x := m.names[m.rng.IntN(len(m.names))]
			if d.typ != "" && d.typ != x.Type {
				continue
			}
			words := strings.Fields(strings.ToLower(name.Fold(natural(x.Name))))
			text := d.do(m.rng, words)
			if text == "" || text == strings.Join(words, " ") && d.slice != "exact" {
				continue
			}
			m.query(Query{Text: text, Kind: "manip", Slice: d.slice, Strength: d.strength, Type: x.Type, Expected: m.known[name.Key(x.Name)]})
			n++
		}
	}
}

// clean asks for names that nobody listed bears.
func (m *maker) clean() {
	add := func(slice, strength, typ, text string) {
		k := heard(text) // no name twice, and none that only is spelled another way than a listed one
		if !m.heard[k] {
			m.heard[k] = true
			m.query(Query{Text: text, Kind: "neg", Slice: slice, Strength: strength, Type: typ})
		}
	}
	pick := func(s []string) string { return s[m.rng.IntN(len(s))] }
	for _, c := range cultures {
		given, family := strings.Fields(c.given), strings.Fields(c.family)
		for range c.n {
			g := pick(given)
			if m.rng.IntN(4) == 0 {
				g += " " + pick(given)
			}
			add("neg_person_"+c.name, c.strength, "person", g+" "+pick(family))
		}
	}
	first, second, third := strings.Fields(firmFirst), strings.Fields(firmSecond), strings.Fields(firmForms)
	for range 1200 {
		add("neg_company", "1", "entity", pick(first)+" "+pick(second)+" "+pick(third))
	}
	if len(m.names) == 0 {
		return
	}
	for range 800 {
		a, b := m.names[m.rng.IntN(len(m.names))], m.names[m.rng.IntN(len(m.names))]
		// What legal forms leave: a half of each that is not the whole of either,
		// or the name would be a listed one in other clothes.
		x, y := strings.Fields(name.Key(a.Name)), strings.Fields(name.Key(b.Name))
		if a.Type == b.Type && a.Entity != b.Entity && len(x) > 1 && len(y) > 1 {
			add("neg_recombined", "2", a.Type, strings.Join(append(slices.Clone(x[:len(x)/2]), y[(len(y)+1)/2:]...), " "))
		}
	}
}

// WriteNames writes the index, WriteQueries the queries, as CSV.
func (s *Set) WriteNames(w io.Writer) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"name_id", "entity_id", "etype", "name_kind", "name"}) // Flush tells
	for _, n := range s.Names {
		_ = c.Write([]string{n.ID, n.Entity, n.Type, n.Kind, n.Name})
	}
	c.Flush()
	return c.Error()
}

// WriteQueries writes the queries.
func (s *Set) WriteQueries(w io.Writer) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"qid", "query", "kind", "manipulation", "strength", "etype", "expected"})
	for i := range s.Queries {
		q := &s.Queries[i]
		_ = c.Write([]string{q.ID, q.Text, q.Kind, q.Slice, q.Strength, q.Type, strings.Join(q.Expected, "|")})
	}
	c.Flush()
	return c.Error()
}
