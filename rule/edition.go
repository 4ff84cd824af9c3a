package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sort"

	"navicert"
)

// The shapes of doc/proof-format.md.
type (
	editionDoc struct {
		Format   string              `json:"format"`
		Day      navicert.Day        `json:"day"`
		Law      string              `json:"law"`
		Terms    []editionTerm       `json:"terms"`
		Sets     map[string][]string `json:"sets"`
		Ties     []editionTie        `json:"ties"`
		Entries  []editionEntry      `json:"entries"`
		Together map[string]any      `json:"together"`
		Bodies   []editionBody       `json:"bodies"`
	}
	editionTerm struct {
		Term   string   `json:"term"`
		Type   Kind     `json:"type"`
		Values []string `json:"values"`
	}
	editionTie struct {
		If   any         `json:"if"`
		Then [][2]string `json:"then"`
	}
	editionEntry struct {
		ID        string        `json:"id"`
		Body      navicert.Body `json:"body"`
		Verb      string        `json:"verb"`
		Arg       string        `json:"arg"`
		Symbols   []string      `json:"symbols"`
		Keeps     string        `json:"keeps"`
		Reach     string        `json:"reach"`
		Operative bool          `json:"operative"`
		When      any           `json:"when"`
		Unless    []string      `json:"unless"`
	}
	editionBody struct {
		Body  navicert.Body `json:"body"`
		Lines [][2]any      `json:"lines"` // outcome and condition
	}
)

// Edition writes the law of the program's day as doc/proof-format.md
// describes, and the SHA-256 that names it.
func (p *Program) Edition() (text []byte, hash string) {
	l := p.Law
	doc := editionDoc{
		Format: "navicert-edition/2", Day: p.Day, Law: l.Hash, Sets: map[string][]string{},
		Ties: []editionTie{}, Entries: []editionEntry{}, Together: map[string]any{},
	}
	for f := range l.facts {
		t := l.FactTerm(f)
		et := editionTerm{Term: t.Name, Type: t.Kind}
		for r := range l.Domain(f) {
			et.Values = append(et.Values, l.sample(f, Raw(r+1)))
		}
		doc.Terms = append(doc.Terms, et)
	}
	for _, s := range l.Sets {
		doc.Sets[s.Name] = s.On(p.Day)
	}
	for i := range l.Implies {
		t := editionTie{If: p.condJSON(&l.Implies[i].If), Then: [][2]string{}}
		for _, lit := range l.Implies[i].Then {
			t.Then = append(t.Then, [2]string{lit.Term, lit.Value})
		}
		doc.Ties = append(doc.Ties, t)
	}
	for _, ce := range p.entries {
		e := &l.Entries[ce.entry]
		doc.Entries = append(doc.Entries, editionEntry{
			ID: e.ID, Body: l.Sections[e.Section].Body, Verb: e.Effect.Verb, Arg: e.Effect.Arg,
			Symbols: orEmpty(e.Effect.Symbols), Keeps: e.Effect.Keeps, Reach: e.Effect.Reach,
			Operative: e.Operative() || p.overlay[e.ID], When: p.condJSON(&e.When), Unless: orEmpty(e.Unless),
		})
	}
	for _, t := range l.Terms {
		if t.Kind == Derived {
			doc.Together[t.Name] = doc.any("", func(e *editionEntry) bool { return e.Verb == "defines" && e.Arg == t.Name })
		}
	}
	for _, b := range navicert.Bodies {
		doc.Bodies = append(doc.Bodies, editionBody{b, doc.lines(b, l.Exceptions)})
	}
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err) // only strings and numbers are in it
	}
	text = append(text, '\n')
	sum := sha256.Sum256(text)
	return text, hex.EncodeToString(sum[:])
}

// On lists the members of the set on a day, sorted.
func (s *Set) On(day navicert.Day) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, m := range s.Members {
		if m.Since > day || m.Until < day {
			continue
		}
		for _, c := range m.In {
			if !seen[c] {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	sort.Strings(out)
	return out
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// condJSON writes a condition. A test of a switch is written out: of the
// branches in order the first that applies passes, or all do.
func (p *Program) condJSON(c *Cond) any {
	l := p.Law
	if t := l.Term(c.Term); t != nil && t.Kind == Switch {
		alts, earlier, every := []any{"any"}, []any{}, []any{"all"}
		for _, b := range t.Choose {
			leaf := any([]any{"always"})
			if b.Use != "" {
				k := *c
				k.Term = b.Use
				leaf = p.condJSON(&k)
			} else if pass, _ := p.passes(t, b.Value, c); !pass { // At has looked for errors
				leaf = []any{"not", leaf}
			}
			every = append(every, leaf)
			alt := append([]any{"all", leaf}, earlier...)
			if b.When != "" {
				when := p.condJSON(&Cond{Op: Is, Term: b.When})
				alt = append(alt, when)
				earlier = append(earlier, []any{"not", when})
			}
			alts = append(alts, alt)
		}
		return append(alts, every)
	}
	var out []any
	switch c.Op {
	case Always:
		return []any{"always"}
	case Is:
		if l.Term(c.Term).Kind == Derived {
			return []any{"holds", c.Term}
		}
		return []any{"is", c.Term}
	case In:
		return []any{"in", c.Term, c.Args}
	case Cmp:
		op := "at_least"
		if c.Cut.Over {
			op = "over"
		}
		out = []any{op, c.Term, c.Cut.V}
		if c.Neg {
			return []any{"not", out}
		}
		return out
	case Not:
		return []any{"not", p.condJSON(&c.Kids[0])}
	case All:
		out = []any{"all"}
	case Any:
		out = []any{"any"}
	}
	for i := range c.Kids {
		out = append(out, p.condJSON(&c.Kids[i]))
	}
	return out
}
