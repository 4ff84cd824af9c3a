package feed

import (
	"cmp"
	"fmt"
	"strings"

	"navicert/list"
)

// parseEUXML reads xmlFullSanctionsList_1_1, where everything stands in
// attributes.
var parseEUXML = fromXML("export", func(r *roll) map[string]func(*node) error {
	return map[string]func(*node) error{
		"": func(n *node) error {
			d, ok := readDay(n.Attr("generationDate"), dayFirst)
			if !ok {
				return fault(r.file, n.Line, fmt.Sprintf("generationDate is %q", n.Attr("generationDate")), "a day, 2024-01-24", fetchAgain)
			}
			r.Date = d
			return nil
		},
		"sanctionEntity": func(n *node) error { return euSanctionEntity(r, n) },
	}
})

func euSanctionEntity(r *roll, n *node) error {
	id, subject := n.Attr("logicalId"), n.At("subjectType")
	kind := euKind(subject.Attr("code"))
	if kind == list.KindUnknown {
		kind = euKind(subject.Attr("classificationCode"))
	}
	if id == "" || kind == list.KindUnknown {
		return fault(r.file, n.Line, fmt.Sprintf("logicalId is %q and the subjectType's code %q", id, subject.Attr("code")),
			"a number, and person or enterprise", fetchAgain)
	}
	b := newBuilder("eu-"+id, cmp.Or(n.Attr("euReferenceNumber"), id), kind)
	regs := n.Kids("regulation")
	for _, g := range regs {
		euEntity(b, euAttrs(n), g.Attr("programme"), g.Attr("numberTitle"), g.Text("publicationUrl"))
	}
	if len(regs) == 0 {
		euEntity(b, euAttrs(n), "", "", "")
	}
	for _, part := range euParts {
		for _, k := range n.Kids(part.element) {
			part.add(b, euAttrs(k))
			euBasis(b, "", k.At("regulationSummary").Attr("numberTitle"))
		}
	}
	return r.add(b, n.Line)
}

// euAttrNames are the attributes whose names are not those of the CSV form with
// a small first letter.
var euAttrNames = map[string]string{
	"BirthDate": "birthdate", "Day": "dayOfMonth", "Month": "monthOfYear",
	"TypeCode": "identificationTypeCode", "TypeDescription": "identificationTypeDescription",
}

// euAttrs reads the attributes of an element, and remarks from its children.
func euAttrs(n *node) euRecord {
	return func(field string) string {
		switch field {
		case "Remark", "ContactInfo":
			var texts []string
			for _, k := range n.Kids(strings.ToLower(field[:1]) + field[1:]) {
				t := k.Text()
				if key := k.Attr("key"); key != "" {
					t = key + "[" + k.Attr("value") + "]"
				}
				if t != "" {
					texts = append(texts, t)
				}
			}
			return strings.Join(texts, " ")
		}
		if a, ok := euAttrNames[field]; ok {
			return n.Attr(a)
		}
		return n.Attr(strings.ToLower(field[:1]) + field[1:])
	}
}
