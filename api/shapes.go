package api

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed shapes.txt
var shapesText string

// schemaOf is a JSON Schema.
type schemaOf = map[string]any

// readShapes reads shapes.txt as JSON Schemas by name.
func readShapes(text string) (map[string]schemaOf, error) {
	out := map[string]schemaOf{}
	var at schemaOf
	for n, line := range strings.Split(text, "\n") {
		n++
		inside := strings.HasPrefix(line, " ")
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if !inside {
			name, says, _ := strings.Cut(line, ":")
			at = schemaOf{"type": "object", "properties": schemaOf{}, "required": []string{}}
			describe(at, says)
			out[name] = at
			continue
		}
		fields, required := at["properties"].(schemaOf), at["required"].([]string)
		if base, ok := strings.CutPrefix(line, "+ "); ok {
			from := out[base]
			if from == nil {
				return nil, fmt.Errorf("shapes.txt:%d: %s must stand above", n, base)
			}
			for k, v := range from["properties"].(schemaOf) {
				fields[k] = v
			}
			at["required"] = append(required, from["required"].([]string)...)
			continue
		}
		name, rest, ok := strings.Cut(line, ": ")
		typ, says, _ := strings.Cut(rest, "  ")
		s, err := readType(typ)
		if !ok || err != nil {
			return nil, fmt.Errorf("shapes.txt:%d: write \"name: type\": %w", n, err)
		}
		describe(s, says)
		if k, ok := strings.CutSuffix(name, "?"); ok {
			fields[k] = s
			continue
		}
		fields[name] = s
		at["required"] = append(required, name)
	}
	return out, nil
}

func describe(s schemaOf, says string) {
	if says = strings.TrimSpace(says); says != "" {
		s["description"] = says
	}
}

// readType reads a type as shapes.txt writes it.
func readType(t string) (schemaOf, error) {
	if t, ok := strings.CutSuffix(t, "?"); ok {
		s, err := readType(t)
		if s["type"] != nil {
			s["type"] = []any{s["type"], "null"}
			return s, err
		}
		return schemaOf{"anyOf": []any{s, schemaOf{"type": "null"}}}, err
	}
	if parts := split(t); len(parts) > 1 {
		var any []any
		for _, p := range parts {
			s, err := readType(p)
			if err != nil {
				return nil, err
			}
			any = append(any, s)
		}
		return schemaOf{"anyOf": any}, nil
	}
	inner := func(open, end string) (schemaOf, bool, error) {
		if len(t) < 2 || !strings.HasPrefix(t, open) || !strings.HasSuffix(t, end) {
			return nil, false, nil
		}
		s, err := readType(t[1 : len(t)-1])
		return s, true, err
	}
	if s, ok, err := inner("[", "]"); ok {
		return schemaOf{"type": "array", "items": s}, err
	}
	if s, ok, err := inner("{", "}"); ok {
		return schemaOf{"type": "object", "additionalProperties": s}, err
	}
	switch {
	case t == "any":
		return schemaOf{}, nil
	case t == "string" || t == "integer" || t == "number" || t == "boolean" || t == "null":
		return schemaOf{"type": t}, nil
	case len(t) > 2 && t[0] == '"' && t[len(t)-1] == '"':
		return schemaOf{"const": t[1 : len(t)-1]}, nil
	case t != "" && 'A' <= t[0] && t[0] <= 'Z':
		return schemaOf{"$ref": "#/components/schemas/" + t}, nil
	}
	return nil, fmt.Errorf("%q is no type", t)
}

// split parts alternatives that stand in no brackets.
func split(t string) []string {
	var out []string
	depth, from := 0, 0
	for i, c := range t {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '|':
			if depth == 0 {
				out, from = append(out, t[from:i]), i+1
			}
		}
	}
	return append(out, t[from:])
}
