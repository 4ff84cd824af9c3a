package api

import (
	"slices"

	"navicert/ftm"
)

// appendEntity writes x without its closing brace, so that a score can follow.
func appendEntity(b []byte, x *ftm.Entity) []byte {
	b = append(b, '{')
	b = appendString(appendField(b, "id"), x.ID)
	b = appendString(appendField(b, "caption"), x.Caption)
	b = appendString(appendField(b, "schema"), x.Schema)
	b = append(appendField(b, "properties"), '{')
	for _, name := range sortedKeys(x.Properties) {
		b = appendField(b, name)
		b = append(b, '[')
		for _, v := range x.Properties[name] {
			b = comma(b)
			if v.Entity != nil {
				b = append(appendEntity(b, v.Entity), '}')
				continue
			}
			b = appendString(b, v.Text)
		}
		b = append(b, ']')
	}
	b = append(b, '}')
	b = appendStrings(appendField(b, "datasets"), x.Datasets)
	b = appendStrings(appendField(b, "referents"), x.Referents)
	b = appendBool(appendField(b, "target"), x.Target)
	b = appendStamp(appendField(b, "first_seen"), x.FirstSeen)
	b = appendStamp(appendField(b, "last_seen"), x.LastSeen)
	return appendStamp(appendField(b, "last_change"), x.LastChange)
}

func appendStamp(b []byte, s ftm.Stamp) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, string(s))
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// merge adds to x what y, the same entity on another list, says.
func merge(x, y *ftm.Entity) {
	for name, vs := range y.Properties {
		for _, v := range vs {
			if v.Entity != nil {
				x.Properties[name] = append(x.Properties[name], v)
			} else {
				x.Properties.Add(name, v.Text)
			}
		}
	}
	for _, d := range y.Datasets {
		if !slices.Contains(x.Datasets, d) {
			x.Datasets = append(x.Datasets, d)
		}
	}
	for _, r := range y.Referents {
		if !slices.Contains(x.Referents, r) {
			x.Referents = append(x.Referents, r)
		}
	}
	x.Target = x.Target || y.Target
	x.FirstSeen = earlier(x.FirstSeen, y.FirstSeen)
	x.LastSeen = max(x.LastSeen, y.LastSeen)
	x.LastChange = max(x.LastChange, y.LastChange)
	// What both call it decides what it is; the more special word is kept.
	if m := theModel(); m.schemata[y.Schema] != nil && m.schemata[y.Schema].is[x.Schema] {
		x.Schema = y.Schema
	}
}

func earlier(a, b ftm.Stamp) ftm.Stamp {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}
