package match

import (
	"strings"

	"navicert"
	"navicert/name"
)

// Tuning is what a firm changes of the search: nothing is hidden by it, a
// passed hit is still found and says who passed it and why.
type Tuning struct {
	Stop   []string // words that are taken out of queries
	Passes []Pass
	Day    navicert.Day // today, for the end of passes
}

// Pass says that a name asked for, an entity, or the two together are known
// and no hit.
type Pass struct {
	Name   string // as asked; empty: every name
	Entity string // ID; empty: every entity
	Reason string
	Author string
	Until  navicert.Day // last day on which it holds; 0: none stated, and it does not hold
}

// pass finds the exception for a hit.
func (t *Tuning) pass(q *Query, id uint64) *Pass {
	for i := range t.Passes {
		p := &t.Passes[i]
		if p.Name == "" && p.Entity == "" || p.Until < t.Day || p.Reason == "" || p.Author == "" || p.Entity != "" && idHash(p.Entity) != id {
			continue
		}
		if p.Name == "" {
			return p
		}
		for _, n := range q.Names {
			if name.Key(n) == name.Key(p.Name) {
				return p
			}
		}
	}
	return nil
}

// stopped is q without the firm's stop words. A name that has nothing else
// stays as it is.
func (t *Tuning) stopped(q *Query, s *SetSearcher) *Query {
	if len(t.Stop) == 0 {
		return q
	}
	s.q = *q
	s.q.Names = nil
	for _, n := range q.Names {
		var kept []string
		for _, w := range strings.Fields(n) {
			if !t.stops(w) {
				kept = append(kept, w)
			}
		}
		if len(kept) > 0 {
			n = strings.Join(kept, " ")
		}
		s.q.Names = append(s.q.Names, n)
	}
	return &s.q
}

func (t *Tuning) stops(w string) bool {
	w = name.Fold(w)
	for _, s := range t.Stop {
		if w != "" && name.Fold(s) == w {
			return true
		}
	}
	return false
}
