package deal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// Bounds of a deal file. They are far above any real deal; they keep a
// hostile or mistaken file from taking a machine down.
const (
	maxBytes   = 8 << 20
	maxDepth   = 50
	maxItems   = 1000
	maxParties = 10_000
	maxCases   = 10_000

	maxErrors = 20
	maxMarks  = 800_000 // marks that may open an entry: a bound on memory
)

// load reads one YAML document as nodes and refuses everything in it that a
// deal file has no use for.
func load(name string, r io.Reader) (root *yaml.Node, src []byte, err *navicert.Error) {
	src, readErr := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if readErr != nil {
		return nil, nil, &navicert.Error{File: name, What: "the deal cannot be read: " + readErr.Error()}
	}
	if len(src) > maxBytes {
		return nil, nil, &navicert.Error{
			File: name, What: "the deal is larger than 8 MiB",
			Want: "one deal in one file", Hint: "split the deal, or leave out what no fact needs",
		}
	}
	if err := checkBytes(name, src); err != nil {
		return nil, nil, err
	}
	text := pairSurrogates(bytes.TrimPrefix(src, []byte("\ufeff")))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, nil, emptyFile(name, 1)
	}
	root, err = parse(name, text)
	if err != nil {
		return nil, nil, err
	}
	return root, src, nil
}

func emptyFile(name string, line int) *navicert.Error {
	return &navicert.Error{
		File: name, Line: line, What: "the deal is empty",
		Want: "at least a day", Hint: `write day: "2026-09-24"`,
	}
}

// checkBytes finds what is not text before the parser sees it.
func checkBytes(name string, b []byte) *navicert.Error {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return &navicert.Error{File: name, What: "the file is UTF-16", Want: "UTF-8", Hint: "save it as UTF-8"}
	}
	marks, line, start := 0, 1, 0
	for i := 0; i < len(b); {
		c := b[i]
		size := 1
		r := rune(c)
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && size == 1 {
				return &navicert.Error{
					File: name, Line: line, Column: utf8.RuneCount(b[start:i]) + 1,
					What: fmt.Sprintf("byte %d of the file, 0x%02x, is not UTF-8 text", i+1, c),
					Want: "UTF-8", Hint: "save the file as UTF-8",
				}
			}
		}
		switch {
		case c == '\n':
			line, start = line+1, i+1
			marks++
		case c == ',' || c == '[' || c == '{' || c == ':' || c == '-' || c == '?':
			marks++
		case r < 0x20 && r != '\t' && r != '\r', r == 0x7f, r >= 0x80 && r < 0xa0 && r != 0x85, r == 0xfffe, r == 0xffff:
			return &navicert.Error{
				File: name, Line: line, Column: utf8.RuneCount(b[start:i]) + 1,
				What: fmt.Sprintf("there is a control character here (U+%04X)", r), Want: "plain text", Hint: "delete it",
			}
		}
		i += size
	}
	if marks > maxMarks {
		return &navicert.Error{
			File: name, What: fmt.Sprintf("the deal has more than %d entries", maxMarks),
			Want: "one deal in one file",
		}
	}
	return nil
}

var surrogates = regexp.MustCompile(`\\+u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}`)

// pairSurrogates rewrites the pairs by which JSON escapes a character beyond
// U+FFFF, which YAML does not know, into one YAML escape.
func pairSurrogates(b []byte) []byte {
	if t := bytes.TrimLeft(b, " \t\r\n"); len(t) == 0 || t[0] != '{' {
		return b
	}
	return surrogates.ReplaceAllFunc(b, func(m []byte) []byte {
		slashes := bytes.IndexByte(m, 'u')
		if slashes%2 == 0 { // an escaped backslash, then plain letters
			return m
		}
		n := len(m)
		hi, _ := strconv.ParseUint(string(m[n-10:n-6]), 16, 32)
		lo, _ := strconv.ParseUint(string(m[n-4:]), 16, 32)
		return fmt.Appendf(bytes.Clone(m[:slashes]), "U%08X", 0x10000+(hi-0xd800)<<10+(lo-0xdc00))
	})
}

// parse reads exactly one document.
func parse(name string, text []byte) (root *yaml.Node, err *navicert.Error) {
	defer func() {
		if p := recover(); p != nil { // the parser is not ours; a fault of its is the file's
			root, err = nil, &navicert.Error{File: name, What: "the file is not readable as YAML or JSON"}
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var doc, next yaml.Node
	switch e := dec.Decode(&doc); {
	case errors.Is(e, io.EOF):
		return nil, emptyFile(name, 1)
	case e != nil:
		return nil, yamlError(name, text, e)
	}
	switch e := dec.Decode(&next); {
	case e == nil:
		return nil, &navicert.Error{
			File: name, Line: next.Line, Column: next.Column,
			What: "a second document begins here", Want: "one deal in one file", Hint: "delete the line ---",
		}
	case !errors.Is(e, io.EOF):
		return nil, yamlError(name, text, e)
	}
	if len(doc.Content) == 0 {
		return nil, emptyFile(name, 1)
	}
	return doc.Content[0], nil
}

var (
	yamlLine  = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)
	unknownAt = regexp.MustCompile(`unknown anchor '([^']*)' referenced`)
)

// yamlError gives the parser's complaint a place and, where the cause is a
// common one, a remedy.
func yamlError(name string, text []byte, e error) *navicert.Error {
	msg := e.Error()
	out := &navicert.Error{File: name}
	if m := yamlLine.FindStringSubmatch(msg); m != nil {
		out.Line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
	}
	lines := strings.Split(string(text), "\n")
	if m := unknownAt.FindStringSubmatch(msg); m != nil {
		for i, l := range lines {
			if c := strings.Index(l, "*"+m[1]); c >= 0 {
				out.Line, out.Column = i+1, utf8.RuneCountInString(l[:c])+1
				break
			}
		}
		out.What, out.Want = "a word that begins with * is a YAML alias", "plain values"
		out.Hint = "put it in quotes if the star belongs to it, or write the value out"
		return out
	}
	out.What = "the file is not readable as YAML or JSON: " + msg
	switch {
	case strings.Contains(msg, "exceeded max depth"):
		out.What, out.Want = "entries are nested too deeply", fmt.Sprintf("at most %d levels", maxDepth)
	case strings.Contains(msg, "cannot start any token"):
		// The parser counts the line before or the line itself.
		for n := out.Line; n >= out.Line-1 && n >= 1 && n <= len(lines); n-- {
			if l := lines[n-1]; strings.Contains(l[:len(l)-len(strings.TrimLeft(l, " \t"))], "\t") {
				out.Line, out.Hint = n, "indent with spaces, not with tabs"
				break
			}
		}
	case strings.Contains(msg, "mapping values are not allowed"):
		out.Hint = "check the indentation, and put text that holds a colon in quotes"
	case strings.Contains(msg, "did not find expected"), strings.Contains(msg, "unexpected end of stream"):
		out.Hint = "check for a missing quote, bracket or comma, and that the indentation is even"
	}
	return out
}
