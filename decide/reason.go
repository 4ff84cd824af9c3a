package decide

import (
	"slices"
	"strings"

	"navicert"
	"navicert/rule"
)

var holdsWord = map[rule.Value]string{rule.True: "yes", rule.False: "no", rule.Open: "open"}

func (x *explainer) reason(s *rule.Step) navicert.Reason {
	e := x.entry(s)
	sec := &x.l.Sections[e.Section]
	r := navicert.Reason{
		ID:    e.ID,
		Cite:  navicert.Citation{Cite: e.Cite, Source: e.Source, URL: strings.ReplaceAll(sec.URL, "{day}", x.p.Day.String())},
		Since: e.Since, Says: e.Says, Effect: x.effect(e), Holds: holdsWord[s.Value],
		Lifted:   s.When == rule.True && s.Value == rule.False,
		Evidence: e.Evidence,
	}
	if e.Status != "in force" {
		r.Status = e.Status
	}
	if e.Checked != "" {
		r.Evidence = "checked against " + e.Checked
	}
	if rows := x.recalledRows(&e.When); len(rows) > 0 && e.Evidence != "recalled" {
		slices.Sort(rows)
		r.Evidence += "; recalled: " + strings.Join(slices.Compact(rows), ", ")
	}
	if s.Value == rule.Open {
		for _, f := range x.j.Unknown(e.ID) {
			r.Missing = append(r.Missing, x.l.FactTerm(f).Name)
		}
	}
	return r
}

// recalledRows names the memberships that this paragraph leans on, for the
// values of this deal, and that nobody has checked against official text.
func (x *explainer) recalledRows(c *rule.Cond) (out []string) {
	for i := range c.Kids {
		out = append(out, x.recalledRows(&c.Kids[i])...)
	}
	if c.Op != rule.In {
		return out
	}
	for _, term := range x.l.Chosen(c.Term) {
		f, ok := x.l.Fact(term)
		if !ok {
			continue
		}
		raw := x.j.Input()[f]
		if raw == rule.Unknown {
			continue
		}
		code := x.l.Text(f, raw)
		for _, a := range c.Args {
			if row := x.l.RecalledRow(a, code, x.p.Day); row != "" && !slices.Contains(out, row) {
				out = append(out, row)
			}
		}
	}
	return out
}

// effect says in words what an entry does when it holds.
func (x *explainer) effect(e *rule.Entry) string {
	switch f := &e.Effect; f.Verb {
	case "requires":
		switch f.Keeps {
		case "any":
			return "requires a license; license exceptions by part 740"
		case "list":
			return "requires a license; only " + strings.Join(f.Symbols, ", ") + " can help"
		}
		return "requires a license; no license exception"
	case "exempts":
		if f.Arg == "not_subject" {
			return "not subject to the EAR"
		}
		return "not an export"
	case "grants":
		return "opens License Exception " + f.Arg
	case "bars":
		if len(f.Symbols) == 1 && f.Symbols[0] == "all" {
			return "takes away every license exception"
		}
		return "takes away " + strings.Join(f.Symbols, ", ")
	case "prohibits":
		return "prohibits"
	case "defines":
		return "defines " + f.Arg
	case "lifts":
		if s := x.byID[f.Arg]; s != nil {
			return "lifts " + x.entry(s).Cite
		}
		return "lifts " + f.Arg
	case "reviews":
		return "review policy: " + strings.ReplaceAll(f.Arg, "_", " ")
	case "holds":
		if f.Arg == "judgment" {
			return "needs a person"
		}
		return "not covered by this product"
	}
	return "note"
}
