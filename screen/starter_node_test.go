package screen

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// fields returns the values of a mapping by key; all of need must be there,
// and nothing beside need and more.
func (r *starterReader) fields(n *yaml.Node, need []string, more ...string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		r.fault(n, "expected a mapping with %s", strings.Join(need, ", "))
		return out
	}
	for i := 0; i < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(need, k.Value) && !slices.Contains(more, k.Value):
			r.fault(k, "unknown key %q; expected one of %s", k.Value, strings.Join(append(slices.Clone(need), more...), ", "))
		case out[k.Value] != nil:
			r.fault(k, "key %q stands twice", k.Value)
		default:
			out[k.Value] = v
		}
	}
	for _, k := range need {
		if out[k] == nil {
			r.fault(n, "%q is missing", k)
		}
	}
	return out
}

func (r *starterReader) text(f map[string]*yaml.Node, key string) string {
	n := f[key]
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" || strings.ContainsAny(n.Value, "\t\n\r") {
		r.fault(n, "%s: expected a text on one line", key)
	}
	return n.Value
}

// code reads what a YAML reader could mistake for a number or a date.
func (r *starterReader) code(f map[string]*yaml.Node, key string) string {
	if n := f[key]; n != nil && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
		r.fault(n, "%s: write it in quotes", key)
	}
	return r.text(f, key)
}

func (r *starterReader) day(f map[string]*yaml.Node, key string) navicert.Day {
	if f[key] == nil {
		return 0 // missing, and told so where it must be there
	}
	d, err := navicert.ParseDay(r.code(f, key))
	if err != nil {
		r.fault(f[key], "%s: %v", key, err)
	}
	return d
}

func (r *starterReader) oneOf(f map[string]*yaml.Node, key string, values ...string) string {
	v := r.text(f, key)
	if f[key] != nil && !slices.Contains(values, v) {
		r.fault(f[key], "%s: %q is none of %s", key, v, strings.Join(values, ", "))
	}
	return v
}

func (r *starterReader) items(n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fault(n, "expected a list")
		return nil
	}
	return n.Content
}

// texts reads a list of quoted texts.
func (r *starterReader) texts(n *yaml.Node) []string {
	var out []string
	for _, c := range r.items(n) {
		out = append(out, r.code(map[string]*yaml.Node{"text": c}, "text"))
	}
	return out
}
