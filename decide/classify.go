package decide

import (
	"strings"

	"navicert"
	"navicert/rule"
)

// Candidate is a paragraph of the Commerce Control List that technical
// answers point to, rule out, or leave open.
type Candidate struct {
	Cite, Says string
	Points     rule.Value
	Missing    []navicert.Ask // the limbs without an answer
}

// Classified is the proposal for one item.
type Classified struct {
	Item       int
	Candidates []Candidate
}

// Classify proposes paragraphs for each item of a deal. It never states one.
func (c *Decider) Classify(d *navicert.Deal) ([]Classified, error) {
	p, _, err := c.Program(d.Day)
	if err != nil {
		return nil, err
	}
	j := p.NewJudge()
	var out []Classified
	for i, it := range d.Items {
		in, err := encode(c.Law, it.Facts)
		if err != nil {
			return nil, err
		}
		if err := j.Run(in); err != nil {
			return nil, contradiction(c.Law, err, it.Facts)
		}
		cl := Classified{Item: i}
		for _, s := range j.Trace(nil) {
			e := &c.Law.Entries[s.Entry]
			if e.Effect.Verb != "defines" || !strings.HasPrefix(e.Effect.Arg, "candidate.") {
				continue
			}
			x := Candidate{Cite: e.Cite, Says: e.Says, Points: s.Value}
			if s.Value == rule.Open {
				for _, f := range j.Unknown(e.ID) {
					t := c.Law.FactTerm(f)
					x.Missing = append(x.Missing, navicert.Ask{Term: t.Name, Ask: t.Ask, Means: t.Means, Cite: t.Cite})
				}
			}
			cl.Candidates = append(cl.Candidates, x)
		}
		out = append(out, cl)
	}
	return out, nil
}
