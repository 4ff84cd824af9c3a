package rule

import (
	"slices"

	"navicert"
)

// The outcome rules of doc/format.md once more, as conditions over entries: a
// checker goes by them, the judge does not.

// any is the condition that some entry of a body holds that is as wanted; of
// any body, if it is "".
func (d *editionDoc) any(b navicert.Body, wanted func(*editionEntry) bool) []any {
	c := []any{"any"}
	for i := range d.Entries {
		if e := &d.Entries[i]; (b == "" || e.Body == b) && wanted(e) {
			c = append(c, []any{"holds", e.ID})
		}
	}
	return c
}

func (d *editionDoc) lines(b navicert.Body, exceptions []Exception) [][2]any {
	some := func(verb, arg string) []any {
		return d.any(b, func(e *editionEntry) bool { return e.Verb == verb && e.Arg == arg && e.Reach != "all" })
	}
	prohibited := [2]any{"prohibited", some("prohibits", "deal")}
	held := [][2]any{{"needs_person", some("holds", "judgment")}, {"not_covered", some("holds", "uncovered")}}
	if b != "EAR" {
		return append(append([][2]any{prohibited}, held...), [2]any{"clear", []any{"always"}})
	}
	d.Together["required"] = some("requires", "license")
	d.Together["stopped"] = d.any(b, func(e *editionEntry) bool {
		return e.Verb == "bars" && slices.Contains(e.Symbols, "all") || e.Verb == "requires" && e.Reach != "all" && e.Keeps == "none"
	})
	var excepted [][2]any
	free := []any{"any"}
	for _, x := range exceptions {
		s := x.Symbol
		d.Together["exception "+s] = []any{
			"all", some("grants", s),
			[]any{"not", []any{"holds", "stopped"}},
			[]any{"not", d.any(b, func(e *editionEntry) bool {
				named := slices.Contains(e.Symbols, s)
				return e.Verb == "bars" && named || e.Verb == "requires" && e.Reach != "all" && e.Keeps == "list" && !named
			})},
		}
		free = append(free, []any{"holds", "exception " + s})
		excepted = append(excepted, [2]any{"exception:" + s, []any{"all", []any{"holds", "required"}, []any{"holds", "exception " + s}}})
	}
	return slices.Concat([][2]any{
		{"license_required", d.any(b, func(e *editionEntry) bool { return e.Verb == "requires" && e.Reach == "all" })},
		{"not_an_export", some("exempts", "not_an_export")},
		{"not_subject", some("exempts", "not_subject")},
		prohibited,
		{"license_required", []any{"all", []any{"holds", "required"}, []any{"not", free}}},
	}, held, excepted, [][2]any{{"NLR", []any{"always"}}})
}
