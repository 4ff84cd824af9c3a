package api

import (
	"cmp"
	"slices"
	"strings"

	"navicert/ftm"
)

var sortFields = []string{"first_seen", "last_change", "schema", "id", "entity_id", "caption", "_score", "last_seen"}

// knownSorts refuses what nothing can be sorted by, and leaves out the fields
// that have been named before, which change nothing.
func knownSorts(asked []string) (sorts []string, err error) {
	var seen []string
	for _, s := range asked {
		field, order, ok := strings.Cut(s, ":")
		if !contains(sortFields, field) || ok && order != "asc" && order != "desc" {
			return nil, bad("Invalid sort: '%s'; write field:asc or field:desc, of %s", short(s), strings.Join(sortFields, ", "))
		}
		if !contains(seen, field) {
			seen, sorts = append(seen, field), append(sorts, s)
		}
	}
	return sorts, nil
}

// sort orders what was found; without a wish, the best first.
func (f *searching) sort(sorts []string) error {
	t := f.text
	for _, s := range sorts {
		switch field, _, _ := strings.Cut(s, ":"); field {
		case "caption", "id", "entity_id", "last_seen":
			if len(f.docs) > maxDecode {
				return bad("Too many entities (%d) to sort by %s; narrow the search", len(f.docs), field)
			}
		}
	}
	captions := map[uint32]string{}
	key := func(field string, d uint32) string {
		x := &t.docs[d]
		switch field {
		case "first_seen":
			return string(x.first)
		case "last_change":
			return string(x.change)
		case "schema":
			return theModel().order[x.schema].name
		case "caption", "id", "entity_id", "last_seen":
			c, ok := captions[d]
			if !ok {
				e := f.entity(x)
				c = map[string]string{"caption": e.Caption, "last_seen": string(e.LastSeen)}[field]
				if c == "" {
					c = e.ID
				}
				captions[d] = c
			}
			return c
		}
		return ""
	}
	for i := len(sorts) - 1; i >= -1; i-- {
		if i < 0 {
			if len(sorts) == 0 {
				slices.SortStableFunc(f.docs, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
			}
			break
		}
		field, order, _ := strings.Cut(sorts[i], ":")
		sign := 1
		if order == "desc" {
			sign = -1
		}
		clear(captions)
		slices.SortStableFunc(f.docs, func(a, b ranked) int {
			if field == "_score" {
				return sign * cmp.Compare(a.score, b.score)
			}
			x, y := key(field, a.doc), key(field, b.doc)
			if (x == "") != (y == "") { // what is not known comes last
				return cmp.Compare(y, x) // the empty one is the smaller
			}
			return sign * cmp.Compare(x, y)
		})
	}
	return nil
}

// sortEntities orders entities by fields as knownSorts has them.
func sortEntities(xs []*ftm.Entity, sorts []string) {
	for i := len(sorts) - 1; i >= 0; i-- {
		field, order, _ := strings.Cut(sorts[i], ":")
		sign := 1
		if order == "desc" {
			sign = -1
		}
		key := func(x *ftm.Entity) string {
			switch field {
			case "first_seen":
				return string(x.FirstSeen)
			case "last_seen":
				return string(x.LastSeen)
			case "last_change":
				return string(x.LastChange)
			case "schema":
				return x.Schema
			case "caption":
				return x.Caption
			}
			return x.ID
		}
		slices.SortStableFunc(xs, func(a, b *ftm.Entity) int { return sign * strings.Compare(key(a), key(b)) })
	}
}
