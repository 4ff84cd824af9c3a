package deal

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// Answer is a fact that was asked for after the deal was read. Item, Class
// and EndUser are those of the [Case] that asked; they matter only to terms
// of items and end users: what holds for one of them says nothing about
// another.
type Answer struct {
	Item, Class, EndUser int
	Fact                 navicert.Fact
}

// Answer ties a fact to the item and the end user of the case it was asked
// about.
func (c *Case) Answer(f navicert.Fact) Answer {
	return Answer{Item: c.Item, Class: c.Class, EndUser: c.EndUser, Fact: f}
}

// With returns a copy of d in which the answer is stated. An answer to what
// the deal already states replaces it. Only an answer about an item or an
// end user that the deal does not name counts for every case.
func With(d *navicert.Deal, a Answer) *navicert.Deal {
	out := *d
	group, key, _ := strings.Cut(a.Fact.Term, ".")
	switch {
	case group == groupItem && a.Item >= 0 && a.Item < len(d.Items):
		out.Items = slices.Clone(d.Items)
		it := &out.Items[a.Item]
		switch isClass := key == "eccn" || key == "final"; {
		case isClass && a.Class >= 0 && a.Class < len(it.Classes):
			it.Classes = slices.Clone(it.Classes)
			c := &it.Classes[a.Class]
			c.Facts = state(c.Facts, a.Fact)
			if key == "eccn" {
				c.Code, c.Written = a.Fact.Value, ""
			}
		case key == "eccn":
			it.Classes = []navicert.Class{{Code: a.Fact.Value, Facts: []navicert.Fact{a.Fact}}}
		default:
			it.Facts = state(it.Facts, a.Fact)
		}
	case group == groupEndUser && a.EndUser >= 0 && a.EndUser < len(d.Parties):
		out.Parties = slices.Clone(d.Parties)
		p := &out.Parties[a.EndUser]
		p.Facts = state(p.Facts, a.Fact)
		if a.Fact.Term == locatedIn {
			p.Country = a.Fact.Value
		}
	default:
		out.Facts = state(d.Facts, a.Fact)
	}
	return &out
}

// state adds f to a copy of fs, in the place of an earlier statement.
func state(fs []navicert.Fact, f navicert.Fact) []navicert.Fact {
	fs = slices.DeleteFunc(slices.Clone(fs), func(g navicert.Fact) bool { return g.Term == f.Term })
	return append(fs, f)
}

// Parse reads what a person typed as the answer to a question about term,
// and gives it in the form that a fact has. It is kinder than a deal file:
// yes, no and small letters will do.
func (v *Vocabulary) Parse(term, typed string) (string, error) {
	x := v.index()
	t := x.terms[term]
	if t == nil || x.keys[t.Group][t.key()] == nil {
		return "", &navicert.Error{What: quote(term) + " cannot be stated"}
	}
	typed = strings.TrimSpace(typed)
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: typed, Style: yaml.DoubleQuotedStyle}
	r := &reader{index: x}
	var value string
	switch t.Type {
	case "yes_no", "reading":
		switch strings.ToLower(typed) {
		case "yes", "y", "true":
			return "true", nil
		case "no", "n", "false":
			return "false", nil
		}
		return "", &navicert.Error{What: quote(typed) + " is not an answer", Want: "yes or no"}
	case "item":
		value, _ = r.itemCode(n, typed)
	case "country":
		n.Value = cmp.Or(x.byName[strings.ToLower(typed)], strings.ToUpper(typed))
		if value = r.countryCode("country", n); value == "" {
			r.errs[0].What = quote(typed) + " is not a country code in use"
			r.errs[0].Hint = r.countryHint(typed)
		}
	default:
		n.Value = strings.ToLower(typed)
		value, _ = r.value(t, t.key(), n)
	}
	if len(r.errs) > 0 {
		return "", r.errs[0]
	}
	return value, nil
}
