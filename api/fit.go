package api

import (
	"cmp"
	"slices"

	"navicert/ftm"
	"navicert/list"
)

// fit makes an entity keep to the model: what its schema has no property for,
// like an IMO number of a person, becomes a number or a remark. Nothing is lost.
func (m *model) fit(x *ftm.Entity, e *list.Entity) {
	kind := m.schemata[x.Schema]
	if kind == nil {
		return
	}
	for _, name := range sortedKeys(x.Properties) {
		if kind.props[name] != nil {
			continue
		}
		values := x.Properties.Texts(name)
		delete(x.Properties, name)
		for _, v := range values {
			if kind.props["idNumber"] != nil {
				x.Properties.Add("idNumber", v)
			} else {
				x.Properties.Add("notes", name+": "+v)
			}
		}
	}
	if kind.props["identification"] != nil {
		return
	}
	for _, d := range e.Documents { // which would hang on it
		told := slices.ContainsFunc(sortedKeys(x.Properties), func(name string) bool {
			return slices.ContainsFunc(x.Properties.Texts(name), func(v string) bool { return v == d.Number || v == name+": "+d.Number })
		})
		if !told && d.Number != "" {
			x.Properties.Add("notes", cmp.Or(d.Kind, "Number")+": "+d.Number)
		}
	}
}
