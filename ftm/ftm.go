// Package ftm speaks FollowTheMoney, the form in which OpenSanctions and its
// users exchange entities: a schema, and properties with any number of values.
// It turns a listed entity into that form and back.
package ftm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Entity is one thing or one link between things.
type Entity struct {
	ID         string     `json:"id"`
	Caption    string     `json:"caption"`
	Schema     string     `json:"schema"`
	Properties Properties `json:"properties"`
	Datasets   []string   `json:"datasets"`
	Referents  []string   `json:"referents"` // other IDs of the same entity
	Target     bool       `json:"target"`    // it is on file for a risk, not for its ties alone
	FirstSeen  Stamp      `json:"first_seen"`
	LastSeen   Stamp      `json:"last_seen"`
	LastChange Stamp      `json:"last_change"`
}

// Stamp is a time as text, "2026-11-27T08:00:00"; null in JSON where it is
// not known.
type Stamp string

// MarshalJSON writes an empty Stamp as null.
func (s Stamp) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(s))
}

// Properties are the values of each property. Their order carries no meaning
// but that the first name is shown.
type Properties map[string][]Value

// Value is a text, or an entity written inside another one.
type Value struct {
	Text   string
	Entity *Entity
}

// MarshalJSON writes the entity if there is one, else the text.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.Entity != nil {
		return json.Marshal(v.Entity)
	}
	return json.Marshal(v.Text)
}

// UnmarshalJSON reads a text, a number, a truth value or an entity.
func (v *Value) UnmarshalJSON(b []byte) error {
	*v = Value{}
	switch {
	case len(b) == 0 || string(b) == "null":
		return nil
	case b[0] == '{':
		v.Entity = &Entity{}
		return json.Unmarshal(b, v.Entity)
	case b[0] == '"':
		return json.Unmarshal(b, &v.Text)
	case b[0] == '[':
		return errors.New("a value is a text or an entity, not a list in a list")
	}
	v.Text = string(b)
	return nil
}

// maxDepth is how deep entities may be written inside each other, counted in
// brackets.
const maxDepth = 32

// UnmarshalJSON reads properties whose values are lists, as they should be, or
// single values.
func (p *Properties) UnmarshalJSON(b []byte) error {
	if bracketDepth(b) > maxDepth {
		return fmt.Errorf("properties are nested deeper than %d brackets", maxDepth)
	}
	var texts map[string][]string // nearly always
	if json.Unmarshal(b, &texts) == nil {
		*p = make(Properties, len(texts))
		for k, ts := range texts {
			vs := make([]Value, 0, len(ts))
			for _, t := range ts {
				if t != "" {
					vs = append(vs, Value{Text: t})
				}
			}
			if len(vs) > 0 {
				(*p)[k] = vs
			}
		}
		return nil
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*p = make(Properties, len(raw))
	for k, r := range raw {
		r = bytes.TrimSpace(r)
		var vs []Value
		if len(r) > 0 && r[0] == '[' {
			if err := json.Unmarshal(r, &vs); err != nil {
				return fmt.Errorf("property %q: %w", k, err)
			}
		} else {
			var v Value
			if err := json.Unmarshal(r, &v); err != nil {
				return fmt.Errorf("property %q: %w", k, err)
			}
			vs = []Value{v}
		}
		vs = slices.DeleteFunc(vs, func(v Value) bool { return v.Text == "" && v.Entity == nil })
		if len(vs) > 0 {
			(*p)[k] = vs
		}
	}
	return nil
}

// bracketDepth counts how deep the brackets of a JSON text go.
func bracketDepth(b []byte) int {
	depth, most, quoted := 0, 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
			most = max(most, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return most
}

// Add adds texts that are not empty and not there yet.
func (p Properties) Add(prop string, texts ...string) {
	for _, t := range texts {
		if t != "" && !slices.ContainsFunc(lately(p[prop]), func(v Value) bool { return v.Entity == nil && v.Text == t }) {
			p[prop] = append(p[prop], Value{Text: t})
		}
	}
}

// lately is where it is worth looking for a repetition: the last of very many
// values. No real entity has so many; a hostile one may not cost their square.
func lately[T any](s []T) []T { return s[max(0, len(s)-2000):] }

// Texts returns the values that are texts; of an entity written inside, its ID.
func (p Properties) Texts(props ...string) []string {
	var out []string
	for _, prop := range props {
		for _, v := range p[prop] {
			switch {
			case v.Entity == nil:
				out = append(out, v.Text)
			case v.Entity.ID != "":
				out = append(out, v.Entity.ID)
			}
		}
	}
	return out
}

// First returns the first text of the properties, or "".
func (p Properties) First(props ...string) string {
	for _, prop := range props {
		if t := p.Texts(prop); len(t) > 0 {
			return t[0]
		}
	}
	return ""
}
