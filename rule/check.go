package rule

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"navicert"
)

// check refuses what the reader of one file cannot see: references between
// files, and editions that overlap or leave holes.
func (l *Law) check(r *reader) {
	fail := func(at Pos, format string, args ...any) {
		r.errs = append(r.errs, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
	}
	byID := map[string][]*Entry{}
	for i := range l.Entries {
		e := &l.Entries[i]
		byID[e.ID] = append(byID[e.ID], e)
	}
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.Until < e.Since {
			fail(e.At, "%s ends before it begins", e.ID)
		}
		for _, id := range e.Unless {
			es := byID[id]
			if len(es) == 0 {
				fail(e.At, "%s: unless names %s, which does not exist", e.ID, id)
			}
			for _, x := range es {
				if x.Effect.Verb == "lifts" && x.Effect.Arg != e.ID && !contains(byID[x.Effect.Arg], id) {
					fail(x.At, "%s lifts %s, but %s names it in unless", id, x.Effect.Arg, e.ID)
				}
			}
		}
		if e.Effect.Verb == "lifts" && !contains(byID[e.Effect.Arg], e.ID) {
			fail(e.At, "%s lifts %s, which does not name it in unless", e.ID, e.Effect.Arg)
		}
		for _, id := range e.Effect.Over {
			if len(byID[id]) == 0 {
				fail(e.At, "%s: over names %s, which does not exist", e.ID, id)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) { // so that faults come in one order
		es := byID[id]
		sort.Slice(es, func(i, j int) bool { return es[i].Since < es[j].Since })
		for i := 1; i < len(es); i++ {
			a, b := es[i-1], es[i]
			switch {
			case a.Until >= b.Since:
				fail(b.At, "%s: this edition begins on %s, before the one at %s has ended", id, b.Since, a.At)
			case a.Until+1 < b.Since && b.Gap == "":
				fail(b.At, "%s: no edition from %s to %s; fill the hole or give gap: reason", id, a.Until+1, b.Since-1)
			}
		}
	}
	seen := map[string]Pos{}
	for _, t := range l.Terms {
		if p, dup := seen[t.Name]; dup {
			fail(t.At, "the term %s stands already at %s", t.Name, p)
		}
		seen[t.Name] = t.At
	}
	for _, s := range l.Sets {
		for _, m := range s.Members {
			if m.Until < m.Since {
				fail(m.At, "%s: members leave before they join", s.Name)
			}
			for _, code := range m.In {
				_, isC := l.country[code]
				_, isI := l.item[code]
				if s.Of == "country" && !isC || s.Of == "item" && !isI {
					fail(m.At, "%s: %q is no %s of the tables", s.Name, code, s.Of)
				}
			}
		}
	}
	if len(r.errs) > 0 {
		return
	}
	for _, day := range l.Days() { // every edition must compile
		if _, err := l.At(day); err != nil {
			r.errs = append(r.errs, err)
			return
		}
	}
}

func contains(es []*Entry, id string) bool {
	return slices.ContainsFunc(es, func(e *Entry) bool { return slices.Contains(e.Unless, id) })
}

// nearest suggests the glossary word closest to a misspelled one.
func (l *Law) nearest(s string) string {
	best, d := "", 4
	for _, t := range l.Terms {
		if x := navicert.Distance(s, t.Name); x < d {
			best, d = t.Name, x
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}
