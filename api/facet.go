package api

import (
	"cmp"
	"slices"
)

var facetNames = []string{"datasets", "schema", "countries", "identifiers", "topics", "genders"}

// once leaves out what stands again.
func once(words []string) []string {
	var out []string
	for _, w := range words {
		if !contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// facet counts the values of one field among what was found.
func (f *searching) facet(b []byte, name string) ([]byte, error) {
	if name == "identifiers" && len(f.docs) > maxDecode { // which stand in the entities alone
		return nil, bad("Too many entities (%d) to count identifiers; narrow the search", len(f.docs))
	}
	m := theModel()
	count := map[string]int{}
	label := map[string]string{"datasets": "Data sources", "schema": "Entity types", "countries": "Countries", "identifiers": "Identifiers", "topics": "Topics", "genders": "Genders"}[name]
	for _, r := range f.docs {
		d := &f.text.docs[r.doc]
		switch name {
		case "countries":
			tally(count, d.countries)
		case "topics":
			tally(count, d.topics)
		case "genders":
			tally(count, d.genders)
		case "schema":
			count[m.order[d.schema].name]++
		case "datasets":
			for i, l := range f.Lists {
				if d.lists&(1<<i) != 0 {
					count[l.name]++
				}
			}
		case "identifiers":
			x := f.entity(d)
			for _, p := range sortedKeys(x.Properties) {
				if def := m.order[d.schema].props[p]; def != nil && def.typ == "identifier" {
					tally(count, x.Properties.Texts(p))
				}
			}
		}
	}
	values := sortedKeys(count)
	slices.SortStableFunc(values, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	values = values[:min(len(values), 1000)]
	b = append(b, '{')
	b = appendString(appendField(b, "label"), label)
	b = append(appendField(b, "values"), '[')
	for _, v := range values {
		b = comma(b)
		shown := v
		switch {
		case name == "countries" && m.country[v] != "":
			shown = m.country[v]
		case name == "topics" && m.topics[v].label != "":
			shown = m.topics[v].label
		case name == "schema":
			shown = m.schemata[v].plural
		case name == "datasets":
			shown = f.sets[v].title
		}
		b = append(b, '{')
		b = appendString(appendField(b, "name"), v)
		b = appendString(appendField(b, "label"), shown)
		b = appendInt(appendField(b, "count"), count[v])
		b = append(b, '}')
	}
	return append(b, "]}"...), nil
}

func tally(count map[string]int, vs []string) {
	for _, v := range vs {
		count[v]++
	}
}
