package decide

import (
	"slices"
	"strings"

	"navicert"
	"navicert/rule"
)

// explainer turns the values of one body's paragraphs into an answer.
type explainer struct {
	p     *rule.Program
	l     *rule.Law
	j     *rule.Judge
	body  navicert.Body
	steps []rule.Step
	byID  map[string]*rule.Step
	picks map[string]bool
}

func explain(p *rule.Program, j *rule.Judge, body int, trace bool) navicert.Answer {
	x := &explainer{p: p, l: p.Law, j: j, body: navicert.Bodies[body], byID: map[string]*rule.Step{}, picks: map[string]bool{}}
	x.steps = j.Trace(nil)
	for i := range x.steps {
		x.byID[x.entry(&x.steps[i]).ID] = &x.steps[i]
	}
	ex := j.Exact(body)
	a := navicert.Answer{Body: x.body, Verdict: verdict(ex.Outcomes), Cut: ex.Cut, Outcomes: []string{}, Reasons: []navicert.Reason{}}
	outcomes := slices.Clone(ex.Outcomes)
	for _, o := range outcomes {
		a.Outcomes = append(a.Outcomes, x.l.OutcomeName(o))
	}
	if len(outcomes) > 1 {
		a.Stricter = x.l.OutcomeName(strictest(outcomes))
	}
	x.asks(&a, slices.Clone(ex.Open))
	x.pick(outcomes)
	var ranks []int
	for i := range x.steps {
		s := &x.steps[i]
		e := x.entry(s)
		mine := x.l.Sections[e.Section].Body == x.body
		switch {
		case e.Effect.Verb == "warns" && s.Value == rule.True && mine:
			a.Warnings = append(a.Warnings, x.reason(s))
		case e.Effect.Verb == "reviews" && mine && slices.Contains(outcomes, rule.LicenseRequired) && x.reviews(s):
			a.Review = append(a.Review, x.reason(s))
		case x.picks[e.ID]:
			r := x.reason(s)
			a.Recalled = a.Recalled || strings.Contains(r.Evidence, "recalled")
			a.Reasons = append(a.Reasons, r)
			ranks = append(ranks, rank(e, s))
		}
		if trace && mine {
			a.Trace = append(a.Trace, x.reason(s))
		}
	}
	a.Reasons = byRank(a.Reasons, ranks)
	x.alike(&a)
	return a
}

// alike names the open questions of law that the deal met and that do not
// change its answer.
func (x *explainer) alike(a *navicert.Answer) {
	for _, r := range a.Reasons {
		for _, term := range r.Missing {
			t := x.l.Term(term)
			named := func(q navicert.Ask) bool { return q.Term == term }
			if t.Kind != rule.Reading || a.Cut || slices.ContainsFunc(a.Open, named) || slices.ContainsFunc(a.Alike, named) {
				continue
			}
			a.Alike = append(a.Alike, navicert.Ask{Term: term, Ask: t.Ask, Means: t.Means, Cite: t.Cite, OfLaw: true})
		}
	}
}

// rank orders reasons as a person argues: what stops or frees the deal, what
// could help, what takes that away, what the words mean, what does not apply.
func rank(e *rule.Entry, s *rule.Step) int {
	if s.Value == rule.False && s.When != rule.True {
		return 6
	}
	switch e.Effect.Verb {
	case "exempts", "prohibits":
		return 0
	case "requires":
		return 1
	case "holds":
		return 2
	case "grants":
		return 3
	case "bars", "lifts":
		return 4
	}
	return 5
}

func byRank(rs []navicert.Reason, ranks []int) []navicert.Reason {
	out := make([]navicert.Reason, 0, len(rs))
	for r := 0; r <= 6; r++ {
		for i := range rs {
			if ranks[i] == r {
				out = append(out, rs[i])
			}
		}
	}
	return out
}

func verdict(os []rule.Outcome) navicert.Verdict {
	all := map[navicert.Verdict]bool{}
	for _, o := range os {
		switch {
		case o == rule.Prohibited:
			all[navicert.Prohibited] = true
		case o == rule.LicenseRequired:
			all[navicert.LicenseRequired] = true
		case o.Go():
			all[navicert.MayGo] = true
		default:
			all[navicert.OpenVerdict] = true
		}
	}
	switch {
	case len(all) == 1:
		for v := range all {
			return v
		}
	case !all[navicert.MayGo] && !all[navicert.OpenVerdict]:
		return navicert.LicenseRequired // a stop either way, at least for want of a license
	}
	return navicert.OpenVerdict
}

func strictest(os []rule.Outcome) rule.Outcome {
	rank := func(o rule.Outcome) int {
		switch o {
		case rule.Prohibited:
			return 4
		case rule.LicenseRequired:
			return 3
		case rule.NotCovered:
			return 2
		case rule.NeedsPerson:
			return 1
		}
		return 0
	}
	return slices.MaxFunc(os, func(a, b rule.Outcome) int { return rank(a) - rank(b) })
}

func (x *explainer) entry(s *rule.Step) *rule.Entry { return &x.l.Entries[s.Entry] }

// pick marks the paragraphs that decide, or would decide, between outcomes.
func (x *explainer) pick(outcomes []rule.Outcome) {
	one := func(o rule.Outcome) bool { return len(outcomes) == 1 && outcomes[0] == o }
	taken := map[string]bool{} // exceptions that are in question
	for i := range x.steps {
		s := &x.steps[i]
		e := x.entry(s)
		if e.Effect.Verb == "grants" && s.Value != rule.False && x.l.Sections[e.Section].Body == x.body {
			taken[e.Effect.Arg] = true
		}
	}
	var granted string // the exception the answer names, if it names only one
	if len(outcomes) == 1 && outcomes[0] >= rule.FirstException {
		granted = strings.TrimPrefix(x.l.OutcomeName(outcomes[0]), "exception:")
	}
	for i := range x.steps {
		s := &x.steps[i]
		e := x.entry(s)
		if x.l.Sections[e.Section].Body != x.body {
			continue
		}
		holds := s.Value != rule.False
		near, nearly := x.j.Near(i)
		switch e.Effect.Verb {
		case "defines": // what steers how the rest is read decides too
			if s.Value == rule.True && x.l.Steers(e.Effect.Arg) {
				x.take(s)
			}
		case "prohibits":
			if holds || one(rule.Clear) { // "no prohibition found" names what was looked for
				x.take(s)
			}
		case "holds":
			if holds {
				x.take(s)
			}
		case "exempts":
			if holds && !one(rule.LicenseRequired) {
				x.take(s)
			}
		case "requires":
			if (holds || near && one(rule.NLR) || s.When == rule.True) && !one(rule.NotAnExport) && !one(rule.NotSubject) {
				x.take(s)
			}
		case "grants":
			if holds && (granted == "" || e.Effect.Arg == granted) && !one(rule.NLR) && !one(rule.NotSubject) && !one(rule.NotAnExport) {
				x.take(s)
			}
		case "bars":
			for _, sym := range e.Effect.Symbols {
				hit := granted != "" && (sym == granted || sym == "all" && nearly) || holds && (sym == "all" && len(taken) > 0 || taken[sym])
				if hit && !one(rule.NLR) && !one(rule.NotSubject) && !one(rule.NotAnExport) {
					x.take(s)
				}
			}
		}
	}
}

// take picks a paragraph, what lifts it, and the definitions it leans on.
func (x *explainer) take(s *rule.Step) {
	e := x.entry(s)
	if x.picks[e.ID] {
		return
	}
	x.picks[e.ID] = true
	for _, id := range e.Unless {
		if u := x.byID[id]; u != nil && s.When != rule.False && (u.Value == rule.True || u.Value == rule.Open && s.Value == rule.Open) {
			x.take(u)
		}
	}
	if s.When != rule.False {
		x.lean(&e.When, s.Value)
	}
}

func (x *explainer) lean(c *rule.Cond, v rule.Value) {
	for i := range c.Kids {
		x.lean(&c.Kids[i], v)
	}
	if c.Term == "" {
		return
	}
	for _, name := range x.l.Underlying(c.Term) {
		for i := range x.steps {
			s := &x.steps[i]
			e := x.entry(s)
			if e.Effect.Verb == "defines" && e.Effect.Arg == name && (s.Value == rule.True || s.Value == rule.Open && v == rule.Open) {
				x.take(s)
			}
		}
	}
}

// reviews reports whether s is a review policy that no other one that holds
// comes before.
func (x *explainer) reviews(s *rule.Step) bool {
	if s.Value == rule.False {
		return false
	}
	id := x.entry(s).ID
	for i := range x.steps {
		o := &x.steps[i]
		if o.Value == rule.True && x.before(o, id, map[string]bool{}) {
			return false
		}
	}
	return true
}

// before reports whether s comes before the policy id, directly or through
// others, whether or not those hold.
func (x *explainer) before(s *rule.Step, id string, seen map[string]bool) bool {
	for _, over := range x.entry(s).Effect.Over {
		if over == id {
			return true
		}
		if next := x.byID[over]; next != nil && !seen[over] {
			seen[over] = true
			if x.before(next, id, seen) {
				return true
			}
		}
	}
	return false
}

// asks fills the open facts and the next question.
func (x *explainer) asks(a *navicert.Answer, open []int) {
	if len(open) == 0 {
		return
	}
	next := open[0] // of an answer that was cut, nothing more can be told
	if !a.Cut {
		next, _ = x.j.Ask(open)
	}
	for _, f := range open {
		t := x.l.FactTerm(f)
		q := navicert.Ask{Term: t.Name, Ask: t.Ask, Means: t.Means, Cite: t.Cite, OfLaw: t.Kind == rule.Reading}
		if f == next {
			n := q
			if !a.Cut {
				n.Answers = x.changes(f)
			}
			a.Next = &n
		}
		a.Open = append(a.Open, q)
	}
}

// changes joins answers that lead to the same place.
func (x *explainer) changes(f int) []navicert.Change {
	var out []navicert.Change
	for _, c := range x.j.Changes(f) {
		var names []string
		for _, o := range c.Outcomes {
			names = append(names, x.l.OutcomeName(o))
		}
		var values []string
		for _, r := range c.Values {
			values = append(values, x.l.Text(f, r))
		}
		i := slices.IndexFunc(out, func(o navicert.Change) bool { return slices.Equal(o.Outcomes, names) })
		if i < 0 {
			out = append(out, navicert.Change{Values: values, Outcomes: names})
			continue
		}
		out[i].Values = append(out[i].Values, values...)
	}
	return out
}
