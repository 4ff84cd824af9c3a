package decide

import (
	"slices"

	"navicert"
	"navicert/rule"
)

// Moved is one case of one deal before and after a change of law.
type Moved struct {
	File, Label string
	Before      [3][]string // outcomes per body (navicert.Bodies) by the law of the deal's own day
	After       [3][]string // and by the law of the other day
}

// Changed reports whether any body of law answers differently.
func (m *Moved) Changed() bool {
	for b := range m.Before {
		if !slices.Equal(m.Before[b], m.After[b]) {
			return true
		}
	}
	return false
}

// Impact judges a book of deals by the law of another day, on bit planes: only
// the law changes, the facts and what the lists said stay those of each
// deal's own day. overlay names stayed or proposed entries to lay over the law
// of that other day.
func (c *Decider) Impact(deals []*navicert.Deal, day navicert.Day, overlay ...string) ([]Moved, error) {
	after, err := c.Law.At(day, rule.With(overlay...))
	if err != nil {
		return nil, err
	}
	var out []Moved
	var inputs []rule.Input
	book := c.Law.NewBook()
	for _, d := range deals {
		p, _, err := c.Program(d.Day)
		if err != nil {
			return nil, err
		}
		found, err := c.find(d)
		if err != nil {
			return nil, err
		}
		questions, err := c.questions(d, found)
		if err != nil {
			return nil, err
		}
		j := p.NewJudge()
		for _, q := range questions {
			if err := j.Run(q.in); err != nil {
				return nil, contradiction(c.Law, err, q.facts)
			}
			m := Moved{File: d.File, Label: q.label}
			for b := range m.Before {
				m.Before[b] = c.names(j.Exact(b).Outcomes)
			}
			out = append(out, m)
			inputs = append(inputs, slices.Clone(j.Input()))
			book.Add(j.Input())
		}
	}
	return out, c.replay(after, book, inputs, out)
}

// replay fills After: decided verdicts from the planes, open ones exactly.
func (c *Decider) replay(p *rule.Program, book *rule.Book, inputs []rule.Input, out []Moved) error {
	var verdicts [3][]rule.Verdict
	for b := range verdicts {
		verdicts[b] = make([]rule.Verdict, book.Len())
	}
	p.NewPlanes().Judge(book, verdicts)
	j := p.NewJudge()
	for i := range out {
		ran := false
		for b := range verdicts {
			if v := verdicts[b][i]; v.Decided {
				out[i].After[b] = c.names([]rule.Outcome{v.Outcome})
				continue
			}
			if !ran {
				if err := j.Run(inputs[i]); err != nil {
					return err
				}
				ran = true
			}
			out[i].After[b] = c.names(j.Exact(b).Outcomes)
		}
	}
	return nil
}

func (c *Decider) names(os []rule.Outcome) []string {
	out := make([]string, len(os))
	for i, o := range os {
		out[i] = c.Law.OutcomeName(o)
	}
	return out
}
