package rule

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// reader collects what is wrong with the data files, each with its place.
type reader struct {
	file string
	errs []error
}

func (r *reader) fail(n *yaml.Node, format string, args ...any) {
	if len(r.errs) < 50 {
		r.errs = append(r.errs, fmt.Errorf("%s:%d: %s", r.file, n.Line, fmt.Sprintf(format, args...)))
	}
}

func (r *reader) err() error { return errors.Join(r.errs...) }

func (r *reader) pos(n *yaml.Node) Pos { return Pos{r.file, n.Line} }

// parse returns the single document of a data file.
func (r *reader) parse(data []byte) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		r.errs = append(r.errs, fmt.Errorf("%s: %w", r.file, err))
		return nil
	}
	if len(doc.Content) != 1 {
		r.errs = append(r.errs, fmt.Errorf("%s:1: the file is empty", r.file))
		return nil
	}
	return doc.Content[0]
}

// fields returns the values of a mapping by key and refuses keys that are
// not among want.
func (r *reader) fields(n *yaml.Node, want ...string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		r.fail(n, "expected a mapping with %s", strings.Join(want, ", "))
		return out
	}
	for i := 0; i < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(want, k.Value):
			r.fail(k, "unknown key %q; expected one of %s", k.Value, strings.Join(want, ", "))
		case out[k.Value] != nil:
			r.fail(k, "%q stands twice", k.Value)
		default:
			out[k.Value] = v
		}
	}
	return out
}

func (r *reader) list(n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(n, "expected a list")
		return nil
	}
	return n.Content
}

func (r *reader) text(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		r.fail(n, "expected text")
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// need is text for a key that must be there.
func (r *reader) need(at *yaml.Node, f map[string]*yaml.Node, key string) string {
	if s := r.text(f[key]); s != "" {
		return s
	}
	r.fail(at, "%s is missing", key)
	return ""
}

func (r *reader) oneOf(at *yaml.Node, s string, allowed ...string) string {
	if !slices.Contains(allowed, s) {
		r.fail(at, "%q is not one of %s", s, strings.Join(allowed, ", "))
	}
	return s
}

// code is a scalar that must be quoted unless it is plainly a word: YAML
// reads 5E001 as a number and NO as false.
func (r *reader) code(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 && !plainWord(n.Value) {
		r.fail(n, "write the code %s in quotes: \"%s\"", n.Value, n.Value)
	}
	return r.text(n)
}

// plainWord reports whether s is a lower-case name that YAML cannot misread.
func plainWord(s string) bool {
	switch s {
	case "", "no", "yes", "on", "off", "y", "n", "null":
		return false
	}
	for i, c := range s {
		if c != '_' && c != '.' && (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func (r *reader) codes(n *yaml.Node) []string {
	var out []string
	for _, c := range r.list(n) {
		out = append(out, r.code(c))
	}
	return out
}

func (r *reader) texts(n *yaml.Node) []string {
	var out []string
	for _, c := range r.list(n) {
		out = append(out, r.text(c))
	}
	return out
}

func (r *reader) day(n *yaml.Node, absent navicert.Day) navicert.Day {
	if n == nil {
		return absent
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
		r.fail(n, "write the day %s in quotes: \"%s\"", n.Value, n.Value)
	}
	d, err := navicert.ParseDay(n.Value)
	if err != nil {
		r.fail(n, "%v", err)
	}
	return d
}
