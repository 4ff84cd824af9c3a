package api

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// matchBody is what a client asks /match.
type matchBody struct {
	queries []example // at most maxBatch
	beyond  bool      // there are more
	weights map[string]float64
	config  map[string]string // values as written
}

// example is one query: an entity as far as the client knows it.
type example struct {
	key        string
	id         string
	hasID      bool
	schema     string
	properties []property
	only       // this query alone
}

// property is what a client says under one name.
type property struct {
	name   string
	values []string
}

// only is what a query may say for itself, which the contract cannot.
type only struct {
	excludeIDs             []string
	include, exclude       []string // datasets
	threshold              float64
	limit                  int
	hasThreshold, hasLimit bool
}

// readMatch reads the body of a match request. Its cost grows with the body.
func readMatch(in []byte) (*matchBody, error) {
	if !utf8.Valid(in) {
		return nil, bad("There was an error parsing the body: it is not valid UTF-8")
	}
	s := &scanner{in: bytes.TrimPrefix(in, []byte("\ufeff"))} // which some editors and libraries put before a text
	b := &matchBody{}
	var faults []invalid
	miss := func(v invalid) {
		if len(faults) < 20 {
			faults = append(faults, v)
		}
	}
	if s.peek() != '{' {
		if s.skip(); s.end() != nil {
			return nil, s.err
		}
		return nil, unprocessable(invalid{kind: "model_attributes_type", loc: []any{"body"}, msg: "Input should be a valid dictionary or object"})
	}
	asked := false
	s.object(func(key string) {
		switch key {
		case "queries":
			asked = true
			if s.peek() != '{' {
				miss(wrongType([]any{"body", key}, "dict"))
				s.skip()
				return
			}
			b.queries, b.beyond = b.queries[:0], false
			s.object(func(key string) { b.query(s, key, miss) })
		case "weights":
			b.weights = map[string]float64{}
			b.scalars(s, key, miss, func(k, v string) {
				f, err := strconv.ParseFloat(v, 64)
				if err != nil {
					miss(wrongType([]any{"body", key, k}, "float"))
				}
				if len(b.weights) < maxProperties {
					b.weights[k] = f
				}
			})
		case "config":
			b.config = map[string]string{}
			b.scalars(s, key, miss, func(k, v string) {
				if len(b.config) < maxProperties { // one that is not known is refused anyhow
					b.config[k] = v
				}
			})
		default:
			s.skip()
		}
	})
	if err := s.end(); err != nil {
		return nil, err
	}
	if !asked {
		miss(missing([]any{"body", "queries"}))
	}
	if len(faults) > 0 {
		return nil, unprocessable(faults...)
	}
	return b, nil
}

// query reads one query. A key that stands twice counts once, the last time.
func (b *matchBody) query(s *scanner, key string, miss func(invalid)) {
	at := func(more ...any) []any { return append([]any{"body", "queries", key}, more...) }
	if s.peek() != '{' {
		miss(wrongType(at(), "object"))
		s.skip()
		return
	}
	place := slices.IndexFunc(b.queries, func(e example) bool { return e.key == key })
	if place < 0 && len(b.queries) == maxBatch {
		b.beyond = true
		s.skip()
		return
	}
	e := example{key: key}
	hasSchema, hasProps := false, false
	s.object(func(name string) {
		c := s.peek()
		switch {
		case name == "schema":
			hasSchema = true
			if c != '"' {
				miss(wrongType(at(name), "string"))
				s.skip()
				return
			}
			e.schema = s.string()
		case name == "id" && c == '"':
			e.id, e.hasID = s.string(), true
		case name == "id" && c != 'n':
			miss(wrongType(at(name), "string"))
			s.skip()
		case name == "properties":
			hasProps = true
			if c != '{' {
				miss(wrongType(at(name), "dict"))
				s.skip()
				return
			}
			e.properties = make([]property, 0, 4)
			s.object(func(p string) { e.property(s, p, at, miss) })
		default:
			e.own(s, name, at, miss)
		}
	})
	if !hasSchema {
		miss(missing(at("schema")))
	}
	if !hasProps {
		miss(missing(at("properties")))
	}
	if place >= 0 {
		b.queries[place] = e
		return
	}
	b.queries = append(b.queries, e)
}

// property reads a string or a list. The list may hold numbers and lists too.
func (e *example) property(s *scanner, name string, at func(...any) []any, miss func(invalid)) {
	p := property{name: name}
	switch s.peek() {
	case '"':
		p.values = []string{s.string()}
	case '[':
		p.values = make([]string, 0, 2)
		s.array(func() { p.element(s) })
	default:
		miss(wrongType(at("properties", name, "str"), "string"))
		miss(wrongType(at("properties", name, "list[any]"), "list"))
		s.skip()
	}
	e.add(s, p)
}

func (e *example) add(s *scanner, p property) {
	if len(e.properties) == maxProperties {
		s.fail("more than " + strconv.Itoa(maxProperties) + " properties")
		return
	}
	e.properties = append(e.properties, p)
}

func (p *property) element(s *scanner) {
	switch s.peek() {
	case '"':
		p.values = append(p.values, s.string())
	case '[':
		s.array(func() { p.element(s) })
	case '{': // an entity: its ID stands for it
		s.object(func(key string) {
			if key == "id" && s.peek() == '"' {
				p.values = append(p.values, s.string())
				return
			}
			s.skip()
		})
	default:
		switch v := s.literal(); v {
		case "null":
		case "true":
			p.values = append(p.values, "True") // as the other service writes it
		case "false":
			p.values = append(p.values, "False")
		default:
			p.values = append(p.values, v)
		}
	}
}

// own reads what a query says for itself alone, and skips what is unknown.
func (e *example) own(s *scanner, name string, at func(...any) []any, miss func(invalid)) {
	switch name {
	case "exclude_entity_ids":
		e.excludeIDs = stringList(s, at(name), miss)
	case "include_dataset":
		e.include = stringList(s, at(name), miss)
	case "exclude_dataset":
		e.exclude = stringList(s, at(name), miss)
	case "threshold", "limit":
		lit := ""
		if c := s.peek(); c == '-' || '0' <= c && c <= '9' {
			lit = s.literal()
		} else {
			s.skip()
		}
		f, err := strconv.ParseFloat(lit, 64)
		switch n := int(f); {
		case name == "threshold" && err == nil:
			e.threshold, e.hasThreshold = f, true
		case name == "limit" && err == nil && f == float64(n) && n >= 0 && n <= maxMatches:
			e.limit, e.hasLimit = n, true
		default:
			miss(invalid{kind: "value_error", loc: at(name), msg: fmt.Sprintf("Input should be a number, limit a whole one up to %d", maxMatches)})
		}
	default:
		s.skip()
	}
}

func stringList(s *scanner, loc []any, miss func(invalid)) []string {
	if s.peek() != '[' {
		miss(wrongType(loc, "list"))
		s.skip()
		return nil
	}
	out := []string{} // that it is given counts, even when empty
	s.array(func() {
		if s.peek() != '"' || len(out) >= maxExcludeQuery {
			miss(invalid{kind: "list_type", loc: loc, msg: fmt.Sprintf("Input should be a list of at most %d strings", maxExcludeQuery)})
			s.skip()
			return
		}
		out = append(out, s.string())
	})
	return out
}

// scalars reads an object of strings, numbers, booleans and nulls.
func (b *matchBody) scalars(s *scanner, name string, miss func(invalid), f func(k, v string)) {
	if s.peek() != '{' {
		miss(wrongType([]any{"body", name}, "dict"))
		s.skip()
		return
	}
	s.object(func(key string) {
		switch s.peek() {
		case '"':
			f(key, s.string())
		case '{', '[':
			miss(wrongType([]any{"body", name, key}, "string"))
			s.skip()
		default:
			f(key, s.literal())
		}
	})
}

func unprocessable(vs ...invalid) *fault { return &fault{code: 422, list: vs} }

func missing(loc []any) invalid { return invalid{kind: "missing", loc: loc, msg: "Field required"} }

func wrongType(loc []any, want string) invalid {
	kind := map[string]string{
		"string": "string_type", "dict": "dict_type", "list": "list_type",
		"float": "float_parsing", "object": "model_attributes_type",
	}[want]
	msg := map[string]string{
		"string": "Input should be a valid string", "dict": "Input should be a valid dictionary",
		"list": "Input should be a valid list", "float": "Input should be a valid number",
		"object": "Input should be a valid dictionary or object",
	}[want]
	return invalid{kind: kind, loc: loc, msg: msg}
}
