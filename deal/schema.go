package deal

import (
	"encoding/json"
	"maps"

	"navicert"
)

// schemaID names the schema. It is a name, not an address: nothing is
// fetched from it.
const schemaID = "urn:navicert:schema:deal:1"

type schema = map[string]any

// Schema returns a JSON Schema (2020-12) of deal files, by which an editor
// completes and explains keys. It is a help for writing; [Read] decides.
func Schema(voc *Vocabulary) []byte {
	x := voc.index()
	text := func(says string) schema { return schema{"type": []string{"string", "null"}, "description": says} }
	texts := func(says string) schema {
		return schema{"description": says, "anyOf": []any{text(says), schema{"type": "array", "items": text(says)}}}
	}
	class := schema{
		"eccn":      fact(ref("classification"), "The final classification, with the notes already applied."),
		"candidate": fact(ref("classification"), "A classification whose notes are still to be answered."),
		"for":       text(`The "for" clause: the paragraph that the software, technology or equipment is for.`),
	}
	oneClass := []any{schema{"not": schema{"required": []string{"eccn", "candidate"}}}}

	item := merge(x.props(groupItem, "eccn", "final"), class, schema{
		"name": text("What the item is called."),
		"also": schema{
			"type": []string{"array", "null"}, "items": merge(object(class), schema{"allOf": oneClass}),
			"description": "Further classifications; the requirements of all apply.",
		},
		"value": nullable(object(schema{
			"amount":   schema{"type": []string{"string", "number"}, "pattern": anchored(amountPattern), "minimum": 0},
			"currency": schema{"type": "string", "pattern": anchored(currencyPattern)},
		}, "amount", "currency"),
			"What the item is worth."),
		"hs": schema{"type": []string{"string", "null"}, "pattern": anchored(hsPattern), "description": "The customs code."},
	})
	party := merge(x.props(groupEndUser, "located_in"), schema{
		"role": schema{"description": "What the party does in the deal; one role, or a list.", "anyOf": []any{
			schema{"enum": navicert.Roles},
			schema{"type": "array", "items": schema{"enum": navicert.Roles}, "minItems": 1},
		}},
		"name":    text("The party's name, in any script."),
		"aliases": texts("Other names and spellings."),
		"person":  schema{"enum": []any{true, false, nil, "unknown"}, "description": "Is the party a natural person?"},
		"birth_date": schema{
			"type": []string{"string", "null"}, "pattern": `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$|^unknown$`,
			"description": "The day of a person's birth, or the month or year where no more is known, in quotes.",
		},
		"address": text("The party's address."),
		"country": fact(ref("country"), "In which country is the party located?"),
		"identifiers": schema{"type": []string{"array", "null"}, "items": object(schema{
			"type": text("What kind of number it is."), "value": text("The number, in quotes."),
		})},
		"wallets": schema{"type": []string{"array", "null"}, "items": object(schema{
			"asset": text("The asset, such as XBT or ETH."), "address": text("The address."),
		})},
	})
	if party["region"] == nil {
		region := x.terms["route.region"]
		if region == nil {
			region = &Term{}
		}
		party["region"] = fact(schema{"enum": region.words()}, "A region of Ukraine with an embargo of its own.")
	}
	userOnly := schema{}
	for _, k := range x.endUserKeys() {
		userOnly[k] = false
	}
	isUser := schema{"properties": schema{"role": schema{"anyOf": []any{
		schema{"const": navicert.EndUser},
		schema{"type": "array", "contains": schema{"const": navicert.EndUser}},
	}}}}

	top := merge(x.props(groupDeal), schema{
		"day": schema{
			"type": "string", "format": "date", "pattern": dayPattern,
			"description": "The day of the deal; the law of that day applies.",
		},
		"reference": text("Your own reference."),
		"items": schema{
			"type": []string{"array", "null"}, "maxItems": maxItems,
			"items": merge(object(item), schema{"allOf": oneClass}), "description": "What is to move.",
		},
		"parties": schema{
			"type": []string{"array", "null"}, "maxItems": maxParties, "description": "Who takes part.",
			"items": merge(object(party, "role"), schema{"if": isUser, "then": true, "else": schema{"properties": userOnly}}),
		},
	})
	for _, g := range x.sections() {
		props := x.props(g)
		if g == "route" {
			props["via"] = schema{"description": "Countries passed on the way.", "anyOf": []any{
				ref("country"),
				schema{"type": []string{"array", "null"}, "items": ref("country")},
			}}
		}
		var required []string
		if attested[g] {
			props["by"] = schema{"type": "string", "minLength": 1, "description": "Who attests this."}
			props["on"] = schema{
				"type": "string", "format": "date", "pattern": dayPattern,
				"description": "The day of the attestation.",
			}
			props["note"] = text("A note kept with the attestation.")
			required = []string{"by", "on"}
		}
		if g == "screening" {
			props["lists"] = texts("Which lists were searched.")
		}
		top[g] = nullable(object(props, required...), "")
	}

	codes := make([]string, len(x.Countries))
	for i, c := range x.Countries {
		codes[i] = c.Code
	}
	doc := merge(object(top, "day"), schema{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": schemaID, "title": "Deal",
		"description": "A deal, as a person states it. What is left out, null or unknown is not known, and never counts as no.",
		"$defs": schema{
			"country": schema{"enum": codes, "description": "ISO 3166-1 alpha-2, in quotes."},
			"classification": schema{"type": "string", "anyOf": []any{
				schema{"enum": x.Items},
				schema{"pattern": anchored(eccnPattern + `( for ` + eccnPattern + `)*`)},
			}},
			"unknown": schema{"enum": []any{nil, "unknown"}},
		},
	})
	b, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		panic(err) // only maps, lists and text: it cannot fail
	}
	return append(b, '\n')
}

const dayPattern = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`

// props describes the stated terms of one group.
func (x *index) props(group string, without ...string) schema {
	out := schema{}
	for _, k := range x.keyOrder[group] {
		t := x.keys[group][k]
		var v schema
		switch t.Type {
		case "yes_no", "reading":
			v = schema{"type": "boolean"}
		case "number":
			v = schema{"type": []string{"number", "string"}, "minimum": 0, "pattern": anchored(amountPattern)}
			if t.percent() {
				v["maximum"] = 100
			}
		case "country":
			v = ref("country")
		case "choice":
			var words []any
			for _, w := range t.Values {
				words = append(words, schema{"const": w.Word, "description": w.Means})
			}
			v = schema{"oneOf": words}
		}
		says := t.Ask
		if t.Means != "" {
			says += "\n\n" + t.Means
		}
		if t.Cite != "" && t.Cite != "none" {
			says += " (" + t.Cite + ")"
		}
		out[k] = fact(v, says)
	}
	for _, k := range without {
		delete(out, k)
	}
	return out
}

// fact lets a value stand plain, unknown, or as a record with its evidence.
func fact(v schema, says string) schema {
	return schema{"description": says, "anyOf": []any{v, ref("unknown"), merge(object(schema{
		"value": schema{"anyOf": []any{v, ref("unknown")}},
		"by":    schema{"type": "string", "description": "Who attests this."},
		"on":    schema{"type": "string", "format": "date", "pattern": dayPattern},
		"why":   schema{"type": "string", "description": "The reason."},
	}, "value"), schema{"dependentRequired": schema{"by": []string{"on"}, "on": []string{"by"}}})}}
}

func object(props schema, required ...string) schema {
	out := schema{"type": "object", "properties": props, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

func nullable(s schema, says string) schema {
	s["type"] = []string{"object", "null"}
	if says != "" {
		s["description"] = says
	}
	return s
}

func ref(name string) schema { return schema{"$ref": "#/$defs/" + name} }

func anchored(p string) string { return "^(" + p + ")$" }

func merge(ms ...schema) schema {
	out := schema{}
	for _, m := range ms {
		maps.Copy(out, m)
	}
	return out
}
