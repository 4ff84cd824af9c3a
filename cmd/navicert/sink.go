package main

import (
	"bytes"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// sink is what answers are written to. It remembers that something could not
// be written: an answer that was lost must not end with the exit code of one
// that arrived. Names and lists come from others, so characters that a terminal
// obeys, or that turn the direction of what follows, are written as \u and four
// digits: in JSON that is the same text, elsewhere it shows what is there.
type sink struct {
	io.Writer
	err  error
	rest []byte // the beginning of a character
	out  []byte
}

func (s *sink) Write(b []byte) (int, error) {
	in := b
	if len(s.rest) > 0 {
		in = append(s.rest, b...)
		s.rest = nil
	}
	if plainBytes(in) {
		s.put(in)
		return s.told(len(b))
	}
	s.out = s.out[:0]
	for len(in) > 0 {
		if !utf8.FullRune(in) {
			s.rest = bytes.Clone(in)
			break
		}
		n := 0
		s.out, n = appendShown(s.out, in)
		in = in[n:]
	}
	s.put(s.out)
	return s.told(len(b))
}

// Flush writes what was left of a character that never ended.
func (s *sink) Flush() {
	if len(s.rest) > 0 {
		s.put([]byte("\uFFFD"))
		s.rest = nil
	}
}

func (s *sink) put(b []byte) {
	if s.err == nil && len(b) > 0 {
		_, s.err = s.Writer.Write(b)
	}
}

func (s *sink) told(n int) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	return n, nil
}

// plainBytes says whether nothing is to be looked at more closely.
func plainBytes(b []byte) bool {
	for _, c := range b {
		if c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// The only sequences that this program has a terminal obey.
var emphasis = [][]byte{[]byte("\x1b[1m"), []byte("\x1b[0m")}

// appendShown appends the first character of in, so that it is safe to show.
func appendShown(out, in []byte) ([]byte, int) {
	for _, e := range emphasis {
		if bytes.HasPrefix(in, e) {
			return append(out, e...), len(e)
		}
	}
	r, n := utf8.DecodeRune(in)
	switch {
	case r == utf8.RuneError && n == 1:
		return append(out, "\uFFFD"...), 1
	case r == '\n', r == '\t':
	case unicode.IsControl(r), r == '\u061c', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return fmt.Appendf(out, "\\u%04x", r), n
	}
	return append(out, in[:n]...), n
}

// safe is a text that is safe to show.
func safe(s string) string {
	if plainBytes([]byte(s)) {
		return s
	}
	var out []byte
	for in := []byte(s); len(in) > 0; {
		n := 0
		out, n = appendShown(out, in)
		in = in[n:]
	}
	return string(out)
}
