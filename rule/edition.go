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
		Format     string              `json:"format"`
		Day        navicert.Day        `json:"day"`
		Law        string              `json:"law"`
		Terms      []editionTerm       `json:"terms"`
		Countries  []string            `json:"countries"`
		Items      []string            `json:"items"`
		Sets       map[string][]string `json:"sets"`
		Exceptions []string            `json:"exceptions"`
		Ties       []editionTie        `json:"ties"`
		Entries    []editionEntry      `json:"entries"`
	}
	editionTerm struct {
		Term   string          `json:"term"`
		Type   Kind            `json:"type"`
		Values []string        `json:"values,omitempty"`
		Choose []editionBranch `json:"choose,omitempty"`
	}
	editionBranch struct {
		When  string `json:"when,omitempty"`
		Use   string `json:"use,omitempty"`
		Value string `json:"value,omitempty"`
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
)

// Edition writes the law of the program's day as doc/proof-format.md
// describes, and the SHA-256 that names it.
func (p *Program) Edition() (text []byte, hash string) {
	l := p.Law
	doc := editionDoc{
		Format: "navicert-edition/1", Day: p.Day, Law: l.Hash, Sets: map[string][]string{},
		Countries: codes(l.Countries), Ties: []editionTie{}, Entries: []editionEntry{},
	}
	for _, t := range l.Terms {
		et := editionTerm{Term: t.Name, Type: t.Kind}
		if t.Kind == Choice {
			et.Values = codes(t.Values)
		}
		for _, b := range t.Choose {
			et.Choose = append(et.Choose, editionBranch(b))
		}
		doc.Terms = append(doc.Terms, et)
	}
	for _, i := range l.Items {
		doc.Items = append(doc.Items, i.Code)
	}
	for _, x := range l.Exceptions {
		doc.Exceptions = append(doc.Exceptions, x.Symbol)
	}
	for _, s := range l.Sets {
		doc.Sets[s.Name] = s.On(p.Day)
	}
	for i := range l.Implies {
		t := editionTie{If: condJSON(&l.Implies[i].If), Then: [][2]string{}}
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
			Operative: e.Operative() || p.overlay[e.ID], When: condJSON(&e.When), Unless: orEmpty(e.Unless),
		})
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

func codes(cs []Code) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.Code
	}
	return out
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func condJSON(c *Cond) any {
	var out []any
	switch c.Op {
	case Always:
		return []any{"always"}
	case Is:
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
		return []any{"not", condJSON(&c.Kids[0])}
	case All:
		out = []any{"all"}
	case Any:
		out = []any{"any"}
	}
	for i := range c.Kids {
		out = append(out, condJSON(&c.Kids[i]))
	}
	return out
}
