package rule

import (
	"slices"

	"navicert"
)

// Outcome is a possible answer of one body of law.
type Outcome uint8

// Outcomes other than exceptions. An exception's outcome is
// FirstException plus its place in law/exceptions.yaml.
const (
	NLR Outcome = iota
	Clear
	NotAnExport
	NotSubject
	NeedsPerson
	NotCovered
	LicenseRequired
	Prohibited
	FirstException
)

var outcomeNames = [...]string{
	NLR: "NLR", Clear: "clear", NotAnExport: "not_an_export", NotSubject: "not_subject",
	NeedsPerson: "needs_person", NotCovered: "not_covered",
	LicenseRequired: "license_required", Prohibited: "prohibited",
}

// OutcomeName writes an outcome as it stands in decisions.
func (l *Law) OutcomeName(o Outcome) string {
	if o >= FirstException {
		return "exception:" + l.Exceptions[o-FirstException].Symbol
	}
	return outcomeNames[o]
}

// Go reports whether the outcome lets the deal go ahead.
func (o Outcome) Go() bool {
	switch o {
	case NeedsPerson, NotCovered, LicenseRequired, Prohibited:
		return false
	}
	return true
}

// bodyIndex returns the place of b in navicert.Bodies.
func bodyIndex(b navicert.Body) int { return slices.Index(navicert.Bodies, b) }

// ladders compiles the outcome rules of doc/format.md into ordered rungs.
func (c *compiler) ladders() {
	var by [3]struct{ reach, requires, noExport, notSubject, prohibits, judgment, uncovered []ref }
	l := c.p.Law
	type req struct {
		gate ref
		eff  *Effect
	}
	var reqs []req
	grants := make([][]ref, len(l.Exceptions))
	bars := make([][]ref, len(l.Exceptions))
	var barsAll []ref
	sym := map[string]int{}
	for i, x := range l.Exceptions {
		sym[x.Symbol] = i
	}
	for _, ce := range c.p.entries {
		e := &l.Entries[ce.entry]
		b := &by[bodyIndex(l.Sections[e.Section].Body)]
		switch e.Effect.Verb {
		case "requires":
			if e.Effect.Reach == "all" {
				b.reach = append(b.reach, ce.gate)
			} else {
				b.requires = append(b.requires, ce.gate)
				reqs = append(reqs, req{ce.gate, &e.Effect})
			}
		case "exempts":
			if e.Effect.Arg == "not_an_export" {
				b.noExport = append(b.noExport, ce.gate)
			} else {
				b.notSubject = append(b.notSubject, ce.gate)
			}
		case "prohibits":
			b.prohibits = append(b.prohibits, ce.gate)
		case "holds":
			if e.Effect.Arg == "judgment" {
				b.judgment = append(b.judgment, ce.gate)
			} else {
				b.uncovered = append(b.uncovered, ce.gate)
			}
		case "grants":
			grants[sym[e.Effect.Arg]] = append(grants[sym[e.Effect.Arg]], ce.gate)
		case "bars":
			for _, s := range e.Effect.Symbols {
				if s == "all" {
					barsAll = append(barsAll, ce.gate)
				} else {
					bars[sym[s]] = append(bars[sym[s]], ce.gate)
				}
			}
		}
	}
	keeps := func(e *Effect, s string) bool {
		return e.Keeps == "any" || slices.Contains(e.Symbols, s)
	}
	// What stops every exception is one gate, shared by all of them.
	var always []ref
	for _, r := range reqs {
		if r.eff.Keeps == "none" {
			always = append(always, r.gate)
		}
	}
	stop := c.or(append(always, barsAll...))
	avail := make([]ref, len(l.Exceptions))
	core := make([]ref, len(l.Exceptions))
	for i, x := range l.Exceptions {
		parts := []ref{c.or(grants[i])}
		for _, b := range bars[i] {
			parts = append(parts, b.not())
		}
		for _, r := range reqs {
			if r.eff.Keeps != "none" && !keeps(r.eff, x.Symbol) {
				parts = append(parts, r.gate.not())
			}
		}
		core[i] = c.and(parts)
		avail[i] = c.and([]ref{core[i], stop.not()})
	}
	for bi := range by {
		b := &by[bi]
		c.p.refused[bi] = -1
		add := func(g ref, o Outcome) {
			if g != refFalse {
				c.p.ladder[bi] = append(c.p.ladder[bi], rung{gate: g, outcome: o})
			}
		}
		if navicert.Bodies[bi] == navicert.EAR {
			any := c.or(b.requires)
			c.p.required, c.p.stopped = any, stop
			add(c.or(b.reach), LicenseRequired)
			add(c.or(b.noExport), NotAnExport)
			add(c.or(b.notSubject), NotSubject)
			add(c.or(b.prohibits), Prohibited)
			n := len(c.p.ladder[bi])
			add(c.and([]ref{any, c.or(avail).not()}), LicenseRequired)
			if len(c.p.ladder[bi]) > n {
				c.p.refused[bi] = n
			}
			add(c.or(b.judgment), NeedsPerson)
			add(c.or(b.uncovered), NotCovered)
			c.p.excepted = len(c.p.ladder[bi])
			for i := range avail {
				if g := c.and([]ref{any, avail[i]}); g != refFalse {
					c.p.ladder[bi] = append(c.p.ladder[bi], rung{g, FirstException + Outcome(i), core[i]})
				}
			}
			add(refTrue, NLR)
			continue
		}
		add(c.or(b.prohibits), Prohibited)
		add(c.or(b.judgment), NeedsPerson)
		add(c.or(b.uncovered), NotCovered)
		add(refTrue, Clear)
	}
}
