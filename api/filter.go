package api

import (
	"slices"
	"strings"

	"navicert/ftm"
)

// Bounds of the conditions of one search: how many there may be, and how many
// entities may be read whole to see whether they hold.
const (
	maxWanted = 500
	maxDecode = 20_000
)

// wanted is all that is asked of one field.
type wanted struct {
	field  string
	values []string
}

// condition brings a condition to the form in which it is looked up.
func (f *searching) condition(field, value string) (string, string) {
	switch field {
	case "entity_id":
		return "id", value
	case "countries":
		return field, strings.ToLower(value)
	case "referents": // of which the entity is known
		return "id", f.text.merged[value]
	}
	return field, value
}

// want adds a condition; one that stands again counts once.
func (f *searching) want(field, value string) error {
	field, value = f.condition(field, value)
	i := slices.IndexFunc(f.wanted, func(w wanted) bool { return w.field == field })
	if i < 0 {
		i = len(f.wanted)
		f.wanted = append(f.wanted, wanted{field: field})
	}
	if w := &f.wanted[i]; !contains(w.values, value) {
		w.values = append(w.values, value)
		f.conditions++
	}
	if f.conditions > maxWanted {
		return bad("Too many filters (limit: %d)", maxWanted)
	}
	return nil
}

// indexed tells whether the index of words alone knows a field.
func (w *wanted) indexed() bool {
	switch w.field {
	case "countries", "topics", "genders", "datasets", "schema", "target":
		return true
	}
	return false
}

// keep gives the docs for which a condition holds; every value must, where and
// says so, else any.
func (f *searching) keep(docs []ranked, w *wanted, and bool) ([]ranked, error) {
	if w.indexed() {
		return slices.DeleteFunc(docs, func(r ranked) bool {
			d := &f.text.docs[r.doc]
			return !all(w.values, and, func(v string) bool { return f.has(d, w.field, v) })
		}), nil
	}
	name := strings.TrimPrefix(w.field, "properties.")
	if !theModel().links[name] && !strings.HasSuffix(w.field, "_seen") && w.field != "last_change" { // whose values are no words
		var words []ranked
		for i, v := range w.values {
			rs, err := f.text.plain(v)
			switch {
			case err != nil:
				return nil, err
			case i == 0:
				words = rs
			case and:
				words = both(words, rs)
			default:
				words = either(words, rs)
			}
		}
		docs = both(docs, words)
	}
	if f.decoded += len(docs); f.decoded > maxDecode {
		return nil, bad("Too many entities (%d) to look for %s in each; narrow the search", f.decoded, short(w.field))
	}
	letters := make([]string, len(w.values))
	for i, v := range w.values {
		letters[i] = lettersOf(v)
	}
	return slices.DeleteFunc(docs, func(r ranked) bool {
		have := valuesOf(f.entity(&f.text.docs[r.doc]), w.field)
		for i := range have {
			have[i] = lettersOf(have[i])
		}
		stamp := strings.HasSuffix(w.field, "_seen") || w.field == "last_change"
		return !all(letters, and, func(v string) bool {
			return slices.ContainsFunc(have, func(h string) bool { return h == v || stamp && strings.HasPrefix(h, v) })
		})
	}), nil
}

// all tells whether all of the values hold, or any where that is enough.
func all(values []string, every bool, holds func(string) bool) bool {
	if every {
		return !slices.ContainsFunc(values, func(v string) bool { return !holds(v) })
	}
	return slices.ContainsFunc(values, holds)
}

// has tells whether a doc has a value in an indexed field.
func (f *searching) has(d *doc, field, value string) bool {
	switch field {
	case "countries":
		return contains(d.countries, value)
	case "topics":
		return contains(d.topics, value)
	case "genders":
		return contains(d.genders, value)
	case "schema":
		return theModel().order[d.schema].name == value
	case "target":
		return d.target == (value == "true")
	case "datasets":
		set := f.sets[value]
		return set != nil && slices.ContainsFunc(set.lists, func(i int) bool { return d.lists&(1<<i) != 0 })
	}
	return false
}

// valuesOf gives what an entity says in a field: a property, a type of
// properties, or what stands beside them.
func valuesOf(x *ftm.Entity, field string) (out []string) {
	switch field {
	case "id":
		return []string{x.ID}
	case "caption":
		return []string{x.Caption}
	case "first_seen":
		return []string{string(x.FirstSeen)}
	case "last_seen":
		return []string{string(x.LastSeen)}
	case "last_change":
		return []string{string(x.LastChange)}
	}
	name, isProperty := strings.CutPrefix(field, "properties.")
	typ, ok := groups[name]
	if !ok || isProperty {
		return x.Properties.Texts(name)
	}
	kind := theModel().schemata[x.Schema]
	for _, name := range sortedKeys(x.Properties) {
		if kind != nil && kind.props[name] != nil && kind.props[name].typ == typ {
			out = append(out, x.Properties.Texts(name)...)
		}
	}
	return out
}

// whose gives the entities in scope that hold one condition, for a search in
// which it stands among words.
func (f *searching) whose(field, value string) ([]ranked, error) {
	field, value = f.condition(field, value)
	docs := slices.DeleteFunc(result{all: true}.docs(f.text), func(r ranked) bool { return !f.lets(&f.text.docs[r.doc]) })
	return f.keep(docs, &wanted{field, []string{value}}, true)
}
