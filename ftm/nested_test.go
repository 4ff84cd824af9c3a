package ftm

import (
	"slices"

	"navicert/list"
)

// Nested writes a listed entity with its Links inside it.
func Nested(e *list.Entity, dataset, authority string) *Entity {
	out := FromList(e, dataset)
	delete(out.Properties, "addressEntity")
	for _, x := range Links(e, dataset, authority) {
		prop := "addressEntity"
		if l, ok := links[x.Schema]; ok {
			if prop = l.atFrom; l.to != "" && slices.Contains(x.Properties.Texts(l.to), e.ID) {
				prop = l.atTo
			}
		}
		out.Properties[prop] = append(out.Properties[prop], Value{Entity: x})
	}
	return out
}
