package rule

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

func (l *Law) readSection(r *reader, n *yaml.Node) {
	f := r.fields(n, "section", "title", "body", "url", "coverage", "entries")
	s := Section{
		Cite: r.need(n, f, "section"), Title: r.need(n, f, "title"), URL: r.need(n, f, "url"), File: r.file,
		Body: navicert.Body(r.oneOf(n, r.text(f["body"]), "EAR", "OFAC", "UN")),
	}
	for _, c := range r.list(f["coverage"]) {
		f := r.fields(c, "para", "is", "why")
		cov := Coverage{r.need(c, f, "para"), r.oneOf(c, r.text(f["is"]), "encoded", "not normative", "not covered"), r.text(f["why"]), r.pos(c)}
		if cov.Is == "not covered" && cov.Why == "" {
			r.fail(c, "say why %s is not covered", cov.Para)
		}
		s.Coverage = append(s.Coverage, cov)
	}
	if len(s.Coverage) == 0 {
		r.fail(n, "coverage is missing: name every paragraph of the section")
	}
	l.Sections = append(l.Sections, s)
	for _, e := range r.list(f["entries"]) {
		l.Entries = append(l.Entries, l.readEntry(r, e))
	}
}

var verbs = []string{"defines", "lifts", "exempts", "requires", "grants", "bars", "prohibits", "reviews", "holds", "warns"}

func (l *Law) readEntry(r *reader, n *yaml.Node) Entry {
	keys := append([]string{
		"id", "cite", "since", "until", "source", "status", "evidence", "checked", "says", "gap",
		"when", "unless", "keeps", "reach", "over",
	}, verbs...)
	f := r.fields(n, keys...)
	e := Entry{
		ID: r.need(n, f, "id"), Cite: r.need(n, f, "cite"), Source: r.need(n, f, "source"), Says: r.need(n, f, "says"),
		Until: r.day(f["until"], navicert.Forever), Status: "in force", Gap: r.text(f["gap"]),
		Evidence: r.oneOf(n, r.text(f["evidence"]), "checked", "recalled"), Checked: r.text(f["checked"]),
		Unless: r.texts(f["unless"]), Section: len(l.Sections) - 1, At: r.pos(n),
	}
	if f["since"] == nil {
		r.fail(n, "%s: since is missing", e.ID)
	}
	e.Since = r.day(f["since"], 0)
	if s := r.text(f["status"]); s != "" {
		e.Status = r.oneOf(n, s, "in force", "stayed", "not enforced", "proposed")
	}
	if e.Evidence == "checked" && e.Checked == "" {
		r.fail(n, "%s: evidence checked needs checked: which text", e.ID)
	}
	if f["when"] == nil {
		r.fail(n, "%s: when is missing", e.ID)
	} else {
		e.When = l.readCond(r, f["when"])
	}
	e.Effect = l.readEffect(r, n, f)
	return e
}

func (l *Law) readEffect(r *reader, n *yaml.Node, f map[string]*yaml.Node) (e Effect) {
	for _, v := range verbs {
		if f[v] == nil {
			continue
		}
		if e.Verb != "" {
			r.fail(n, "an entry has one effect; this one has %s and %s", e.Verb, v)
		}
		e.Verb = v
		if v == "bars" {
			e.Symbols = r.texts(f[v])
		} else {
			e.Arg = r.text(f[v])
		}
	}
	e.Reach, e.Over = r.text(f["reach"]), r.texts(f["over"])
	if k := f["keeps"]; k != nil {
		if k.Kind == yaml.SequenceNode {
			e.Keeps, e.Symbols = "list", r.texts(k)
		} else {
			e.Keeps = r.oneOf(k, r.text(k), "any", "none")
		}
	}
	switch e.Verb {
	case "":
		r.fail(n, "the entry has no effect; give it one of %s", strings.Join(verbs, ", "))
	case "defines":
		if t := l.Term(e.Arg); t == nil || t.Kind != Derived {
			r.fail(n, "defines: %q is no derived term of the glossary", e.Arg)
		}
	case "exempts":
		r.oneOf(n, e.Arg, "not_an_export", "not_subject")
	case "requires":
		r.oneOf(n, e.Arg, "license")
		if e.Keeps == "" {
			r.fail(n, "requires needs keeps: any, none, or the exceptions that survive")
		}
	case "prohibits":
		r.oneOf(n, e.Arg, "deal")
	case "reviews":
		r.oneOf(n, e.Arg, policies...)
	case "holds":
		r.oneOf(n, e.Arg, "judgment", "uncovered")
	case "warns":
		r.oneOf(n, e.Arg, "yes")
	case "grants":
		e.Symbols = []string{e.Arg}
	}
	for _, s := range e.Symbols {
		if !l.hasException(s) && !(s == "all" && e.Verb == "bars") {
			r.fail(n, "%q is no license exception of law/exceptions.yaml", s)
		}
	}
	return e
}

// policies are the license review policies, the most lenient first.
var policies = []string{"approve", "presumption_of_approval", "case_by_case", "presumption_of_denial", "denial"}

func (l *Law) hasException(s string) bool {
	return slices.ContainsFunc(l.Exceptions, func(x Exception) bool { return x.Symbol == s })
}

func (l *Law) readCond(r *reader, n *yaml.Node) Cond {
	if n.Kind == yaml.ScalarNode {
		t := l.Term(n.Value)
		switch {
		case t == nil:
			r.fail(n, "%q is not in the glossary%s", n.Value, l.nearest(n.Value))
		case !t.Bool():
			r.fail(n, "%s is a %s: say which value, as in {%s: …}", n.Value, t.Kind, n.Value)
		}
		return Cond{Op: Is, Term: n.Value, Line: n.Line}
	}
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		r.fail(n, "a condition is a term or a mapping with exactly one key")
		return Cond{Op: Always}
	}
	key, val := n.Content[0].Value, n.Content[1]
	c := Cond{Line: n.Line}
	switch key {
	case "always":
		if val.Value != "true" {
			r.fail(val, "always takes true")
		}
		return c
	case "not":
		c.Op, c.Kids = Not, []Cond{l.readCond(r, val)}
		return c
	case "all", "any":
		c.Op = All
		if key == "any" {
			c.Op = Any
		}
		for _, k := range r.list(val) {
			c.Kids = append(c.Kids, l.readCond(r, k))
		}
		if len(c.Kids) == 0 {
			r.fail(val, "%s needs at least one condition", key)
		}
		return c
	}
	return l.readTest(r, key, val)
}

// readTest reads {TERM: value}, {TERM: [values]} and {TERM: {at_least: 25}}.
func (l *Law) readTest(r *reader, term string, val *yaml.Node) Cond {
	c := Cond{Op: In, Term: term, Line: val.Line}
	t := l.Term(term)
	if t == nil {
		r.fail(val, "%q is not in the glossary%s", term, l.nearest(term))
		return Cond{Op: Always}
	}
	k := t.Kind
	for k == Switch { // a switch has the type of what it chooses
		for _, b := range t.Choose {
			if u := l.Term(b.Use); u != nil {
				t, k = u, u.Kind
				break
			}
		}
	}
	switch {
	case t.Bool():
		c = Cond{Op: Is, Term: term, Line: val.Line}
		if val.Value == "false" {
			return Cond{Op: Not, Kids: []Cond{c}, Line: val.Line}
		}
		if val.Value != "true" {
			r.fail(val, "%s takes true or false", term)
		}
	case k == Number:
		c.Op = Cmp
		if val.Kind != yaml.MappingNode || len(val.Content) != 2 {
			r.fail(val, "%s takes one threshold: at_least, over, at_most or under", term)
			return c
		}
		op := r.oneOf(val, val.Content[0].Value, "at_least", "over", "at_most", "under")
		x, err := strconv.ParseFloat(val.Content[1].Value, 64)
		if err != nil || x < 0 {
			r.fail(val, "%q is no threshold", val.Content[1].Value)
		}
		c.Cut = Cut{V: x, Over: op == "over" || op == "at_most"}
		c.Neg = op == "at_most" || op == "under"
	case val.Kind == yaml.ScalarNode:
		c.Args = []string{r.code(val)}
	default:
		c.Args = r.codes(val)
	}
	for _, a := range c.Args {
		if _, isSet := l.set[a]; isSet {
			continue
		}
		if _, _, err := l.Encode(t.Name, a); err != nil {
			r.fail(val, "%v, nor a set of the tables", err)
		}
	}
	return c
}
