package screen

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"navicert"
	"navicert/list"
	"navicert/match"
	"navicert/name"
)

// Tuning is what a firm changes of the search. Nothing is hidden by it: what
// was cleared stands in the decision, with who cleared it and why.
type Tuning struct {
	Title      string // the file, with its hash
	Clear      []navicert.Clear
	StopWords  []string           // by themselves they make nobody a possible hit
	Thresholds map[string]float32 // of scores, by source
}

const maxTuning = 8 << 20 // bytes

// ReadTuning reads a tuning file (doc/format.md).
func ReadTuning(file string, in io.Reader) (*Tuning, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxTuning+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxTuning {
		return nil, &navicert.Error{File: file, What: fmt.Sprintf("the file is larger than %d MiB", maxTuning>>20)}
	}
	var doc yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, &navicert.Error{File: file, What: "the file is not YAML: " + strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	title := fmt.Sprintf("tuning %s: sha256 %.12x", file, sha256.Sum256(data))
	r := &tuningReader{file: file, out: &Tuning{Title: title, Thresholds: map[string]float32{}}}
	if len(doc.Content) == 1 {
		r.top(doc.Content[0])
	} else {
		r.errs = append(r.errs, &navicert.Error{File: file, Line: 1, What: "the file is empty", Want: "clear:, stop_words: or thresholds:"})
	}
	if len(r.errs) > 0 {
		return nil, r.errs
	}
	return r.out, nil
}

type tuningReader struct {
	file string
	errs navicert.Errors
	out  *Tuning
}

func (r *tuningReader) fault(n *yaml.Node, what, want string) {
	if len(r.errs) < 20 {
		r.errs = append(r.errs, &navicert.Error{File: r.file, Line: n.Line, Column: n.Column, What: what, Want: want})
	}
}

// mapping calls f for each key of n; keys are those allowed, each once.
func (r *tuningReader) mapping(n *yaml.Node, allowed []string, f func(k string, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "this is not a group of entries", strings.Join(allowed, ", "))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch {
		case allowed != nil && !slices.Contains(allowed, k.Value):
			r.fault(k, fmt.Sprintf("unknown key %.60q", k.Value), "one of "+strings.Join(allowed, ", "))
		case seen[k.Value]:
			r.fault(k, fmt.Sprintf("%.60q stands twice", k.Value), "every key once")
		default:
			f(k.Value, v)
		}
		seen[k.Value] = true
	}
}

func (r *tuningReader) list(n *yaml.Node, f func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.fault(n, "this is not a list", "entries with a dash before each")
		return
	}
	for _, c := range n.Content {
		f(c)
	}
}

func (r *tuningReader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" || strings.TrimSpace(n.Value) == "" || len(n.Value) > 2000 {
		r.fault(n, "this is not a text", "a text of at most 2000 bytes, in quotes where it looks like a number or a date")
		return ""
	}
	return strings.TrimSpace(n.Value)
}

func (r *tuningReader) top(n *yaml.Node) {
	r.mapping(n, []string{"clear", "stop_words", "thresholds"}, func(k string, v *yaml.Node) {
		switch k {
		case "clear":
			r.list(v, r.clear)
		case "stop_words":
			r.list(v, func(c *yaml.Node) {
				w := name.Fold(r.text(c))
				if strings.Contains(w, " ") || w == "" && c.Kind == yaml.ScalarNode {
					r.fault(c, fmt.Sprintf("%.60q is not one word", c.Value), "one word")
				}
				r.out.StopWords = append(r.out.StopWords, w)
			})
		case "thresholds":
			r.mapping(v, nil, func(source string, n *yaml.Node) {
				var t float32
				if n.Kind != yaml.ScalarNode || n.Decode(&t) != nil || !(t > 0 && t <= 100) {
					r.fault(n, fmt.Sprintf("%.60q is not a threshold", n.Value), fmt.Sprintf("a score above 0, at most 100; %.1f is standard, %.1f strict", match.Standard, match.Strict))
				}
				r.out.Thresholds[source] = t
			})
		}
	})
}

func (r *tuningReader) clear(n *yaml.Node) {
	before := len(r.errs)
	c := navicert.Clear{}
	got := map[string]bool{}
	keys := []string{"name", "entity", "reason", "by", "on", "expires"}
	r.mapping(n, keys, func(k string, v *yaml.Node) {
		got[k] = true
		t := r.text(v)
		if t == "" {
			return
		}
		day := func(d *navicert.Day) {
			var err error
			if *d, err = navicert.ParseDay(t); err != nil {
				r.fault(v, err.Error(), "")
			}
		}
		switch k {
		case "name":
			c.Name = t
		case "entity":
			c.Entity = t
		case "reason":
			c.Reason = t
		case "by":
			c.By = t
		case "on":
			day(&c.On)
		case "expires":
			day(&c.Expires)
		}
	})
	for _, k := range keys {
		if !got[k] && n.Kind == yaml.MappingNode {
			r.fault(n, fmt.Sprintf("%q is missing", k), "all of "+strings.Join(keys, ", "))
		}
	}
	if len(r.errs) > before {
		return
	}
	if c.Expires < c.On {
		r.fault(n, fmt.Sprintf("it expires on %s, before %s, the day of the decision", c.Expires, c.On), "")
		return
	}
	if name.Key(c.Name) == "" {
		r.fault(n, "the name has no letters", "the name as deals write it")
		return
	}
	if !strings.ContainsFunc(c.By, unicode.IsLetter) {
		r.fault(n, fmt.Sprintf("%.60q is nobody who could clear a name", c.By), "by: who decided it, by name")
		return
	}
	r.out.Clear = append(r.out.Clear, c)
}

// Clears finds the decision that a name is not an entity's. An expired one
// does not count.
func (t *Tuning) Clears(asked string, e *list.Entity, day navicert.Day) *navicert.Clear {
	if t == nil {
		return nil
	}
	key := name.Key(asked)
	for i := range t.Clear {
		if c := &t.Clear[i]; c.Entity == e.ID && day <= c.Expires && name.Key(c.Name) == key {
			return c
		}
	}
	return nil
}

// Raised says where the firm's thresholds make fewer names possible hits than
// the standard does.
func (t *Tuning) Raised(sources []string) string {
	if t == nil {
		return ""
	}
	var out []string
	for _, s := range sources {
		if m := t.Thresholds[s]; m > match.Standard {
			out = append(out, fmt.Sprintf("%s from a score of %.1f on", s, m))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return fmt.Sprintf("The firm's tuning lets fewer names count as possible hits than the standard, %.1f: %s.", match.Standard, strings.Join(out, ", "))
}

// lapsed finds an expired decision about the name and the entity.
func (t *Tuning) lapsed(asked string, e *list.Entity, day navicert.Day) *navicert.Clear {
	if t == nil {
		return nil
	}
	for i := range t.Clear {
		if c := &t.Clear[i]; c.Entity == e.ID && day > c.Expires && name.Key(c.Name) == name.Key(asked) {
			return c
		}
	}
	return nil
}

// Stops tells whether an entity is found by stop words alone, and not by the
// name itself.
func (t *Tuning) Stops(l *List, s *match.Searcher, q *match.Query, h match.Hit, least float32) bool {
	if t == nil || len(t.StopWords) == 0 || int(h.Asked) >= len(q.Names) || h.ByDocument {
		return false
	}
	words := strings.Fields(q.Names[h.Asked])
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(t.StopWords, name.Fold(w)) })
	if len(kept) == len(words) {
		return false
	}
	key := name.Key(q.Names[h.Asked])
	for _, n := range l.Entity(int(h.Entity)).Names {
		if !n.Weak && name.Key(n.Text) == key {
			return false
		}
	}
	if len(kept) == 0 {
		return true
	}
	one := *q
	one.Names = []string{strings.Join(kept, " ")}
	return !slices.ContainsFunc(s.Search(&one, least, 500, nil), func(o match.Hit) bool { return o.Entity == h.Entity })
}
