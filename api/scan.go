package api

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The bounds of a body: how deep it may be nested, how many members and elements
// it may have in all, and how many properties an entity.
const (
	maxDepth      = 64
	maxElements   = 1_000_000
	maxProperties = 1_000
)

// scanner reads JSON value by value, without building what nobody asks for.
// The first fault stops it; it reads no further then.
type scanner struct {
	in    []byte
	at    int
	depth int
	read  int // members and elements
	err   error
	buf   []byte // of strings with escapes
}

func (s *scanner) fail(what string) {
	if s.err == nil {
		s.err = &fault{code: 422, list: []invalid{{
			kind: "json_invalid", loc: []any{"body", s.at},
			msg: fmt.Sprintf("JSON decode error: %s at byte %d", what, s.at),
		}}}
	}
	s.at = len(s.in)
}

// peek is the first byte of the next value, 0 at the end.
func (s *scanner) peek() byte {
	for s.at < len(s.in) {
		switch c := s.in[s.at]; c {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return c
		}
	}
	return 0
}

func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.at++
	return true
}

// object calls f for each member, which must read its value. The key is good
// until then.
func (s *scanner) object(f func(key string)) {
	s.list('{', '}', func() {
		if s.peek() != '"' {
			s.fail("expecting a property name in double quotes")
			return
		}
		key := s.string()
		if !s.take(':') {
			s.fail("expecting ':'")
			return
		}
		f(key)
	})
}

// array calls f for each element, which must read it.
func (s *scanner) array(f func()) { s.list('[', ']', f) }

func (s *scanner) list(open, end byte, f func()) {
	if !s.take(open) {
		s.fail("expecting '" + string(open) + "'")
		return
	}
	if s.depth++; s.depth > maxDepth {
		s.fail("nested deeper than " + strconv.Itoa(maxDepth) + " levels")
		return
	}
	defer func() { s.depth-- }()
	if s.take(end) {
		return
	}
	for s.err == nil {
		if s.read++; s.read > maxElements {
			s.fail("more than " + strconv.Itoa(maxElements) + " values")
			return
		}
		f()
		if s.take(end) {
			return
		}
		if !s.take(',') {
			s.fail("expecting ',' or '" + string(end) + "'")
		}
	}
}

// string reads a string.
func (s *scanner) string() string {
	if !s.take('"') {
		s.fail("expecting a string")
		return ""
	}
	from := s.at
	for i := from; i < len(s.in); i++ {
		switch c := s.in[i]; {
		case c == '"':
			s.at = i + 1
			return string(s.in[from:i])
		case c == '\\':
			return s.escaped(from, i)
		case c < ' ':
			s.at = i
			s.fail("a control character in a string")
			return ""
		}
	}
	s.fail("a string that does not end")
	return ""
}

// escaped reads on from the first backslash.
func (s *scanner) escaped(from, i int) string {
	b := append(s.buf[:0], s.in[from:i]...)
	for i < len(s.in) {
		c := s.in[i]
		i++
		switch {
		case c == '"':
			s.at, s.buf = i, b
			return string(b)
		case c < ' ':
			s.at = i
			s.fail("a control character in a string")
			return ""
		case c != '\\':
			b = append(b, c)
			continue
		}
		if i >= len(s.in) {
			break
		}
		c = s.in[i]
		i++
		if k := bytes.IndexByte([]byte(`"\/bfnrt`), c); k >= 0 {
			b = append(b, "\"\\/\b\f\n\r\t"[k])
			continue
		}
		r, ok := hex4(s.in, i, c)
		if !ok {
			s.at = i
			s.fail(`an unknown escape in a string`)
			return ""
		}
		i += 4
		if utf16.IsSurrogate(r) { // half a pair, or the first of one
			r2, ok := rune(0), false
			if i+1 < len(s.in) && s.in[i] == '\\' {
				r2, ok = hex4(s.in, i+2, s.in[i+1])
			}
			if r = utf16.DecodeRune(r, r2); ok && r != utf8.RuneError {
				i += 6
			}
		}
		b = utf8.AppendRune(b, r)
	}
	s.fail("a string that does not end")
	return ""
}

func hex4(in []byte, at int, c byte) (rune, bool) {
	if c != 'u' || at+4 > len(in) {
		return 0, false
	}
	r := rune(0)
	for _, c := range in[at : at+4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// literal reads a number, true, false or null as it is written.
func (s *scanner) literal() string {
	s.peek()
	from := s.at
	for s.at < len(s.in) {
		switch c := s.in[s.at]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '+', c == '.':
			s.at++
			continue
		}
		break
	}
	lit := string(s.in[from:s.at])
	switch {
	case lit == "true", lit == "false", lit == "null":
	case number(lit):
	default:
		s.at = from
		s.fail("expecting a value")
		return ""
	}
	return lit
}

// number tells whether lit is a number as JSON writes it.
func number(lit string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(lit) && '0' <= lit[i] && lit[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(lit) && lit[i] == '-' {
		i++
	}
	zero := i < len(lit) && lit[i] == '0'
	from := i
	if !digits() || zero && i > from+1 {
		return false
	}
	if i < len(lit) && lit[i] == '.' {
		if i++; !digits() {
			return false
		}
	}
	if i < len(lit) && (lit[i] == 'e' || lit[i] == 'E') {
		if i++; i < len(lit) && (lit[i] == '+' || lit[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(lit)
}

// skip reads over a value.
func (s *scanner) skip() {
	switch s.peek() {
	case '{':
		s.object(func(string) { s.skip() })
	case '[':
		s.array(s.skip)
	case '"':
		s.string()
	default:
		s.literal()
	}
}

// end makes sure that nothing follows.
func (s *scanner) end() error {
	if s.err == nil && s.peek() != 0 {
		s.fail("extra data after the end")
	}
	return s.err
}
