package deal

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// Write returns the deal's own text with the answers added, as YAML. What
// the person wrote, comments included, stays. The result reads back without
// fault, or Write fails.
func Write(d *navicert.Deal, answers []Answer, voc *Vocabulary) ([]byte, error) {
	var doc yaml.Node
	text := pairSurrogates(bytes.TrimPrefix(d.Source, []byte("\ufeff")))
	if err := yaml.Unmarshal(text, &doc); err != nil || len(doc.Content) == 0 {
		return nil, fmt.Errorf("the deal %s has no text to complete", d.File)
	}
	w := &writer{index: voc.index(), root: doc.Content[0], added: map[*yaml.Node]*yaml.Node{}}
	if w.root.Style&yaml.FlowStyle != 0 { // JSON becomes readable YAML
		block(w.root)
	}
	spellNulls(w.root)
	for _, a := range answers {
		if err := w.set(a); err != nil {
			return nil, err
		}
	}
	var buf bytes.Buffer
	enc := yaml.NewEncoder(&buf)
	enc.SetIndent(2)
	if err := enc.Encode(&doc); err != nil {
		return nil, err
	}
	out := topGroup.ReplaceAll(buf.Bytes(), []byte("$1\n\n$2"))
	if _, err := Read(cmp.Or(d.File, "deal")+" (completed)", bytes.NewReader(out), voc); err != nil {
		return nil, err
	}
	return out, nil
}

// topGroup finds the groups at the top, before which the encoder drops the
// empty line that people put there.
var topGroup = regexp.MustCompile(`(?m)^([^#\n].*)\n([a-z_]+:(?: #.*)?)$`)

type writer struct {
	*index
	root  *yaml.Node
	added map[*yaml.Node]*yaml.Node // per list: the entry for what the deal did not name
}

func (w *writer) set(a Answer) error {
	t := w.terms[a.Fact.Term]
	if t == nil || w.keys[t.Group][t.key()] == nil {
		return fmt.Errorf("%s cannot be stated in a deal file", a.Fact.Term)
	}
	ev := a.Fact.Evidence
	switch {
	case t.Group == groupDeal:
		put(w.root, t.key(), w.node(t, a.Fact))
	case t.Group == groupItem:
		return w.setItem(t, a)
	case t.Group == groupEndUser:
		p := w.endUser(a.EndUser)
		key := t.key()
		if t.Name == locatedIn {
			key = "country"
		}
		put(p, key, w.node(t, a.Fact))
	case attested[t.Group]:
		if ev.By == "" || ev.On == "" {
			return fmt.Errorf("%s needs the name of who attests it, and the day", t.Name)
		}
		sect := child(w.root, t.Group, yaml.MappingNode)
		if get(sect, "by") == nil && get(sect, "on") == nil {
			put(sect, "by", str(ev.By))
			put(sect, "on", str(ev.On))
		}
		if get(sect, "by").Value == ev.By && get(sect, "on").Value == ev.On {
			ev = navicert.Evidence{Note: ev.Note} // the section attests it
		}
		put(sect, t.key(), w.node(t, navicert.Fact{Value: a.Fact.Value, Evidence: ev}))
	default:
		put(child(w.root, t.Group, yaml.MappingNode), t.key(), w.node(t, a.Fact))
	}
	return nil
}

// node writes a value plain, or as a record where evidence goes with it.
func (w *writer) node(t *Term, f navicert.Fact) *yaml.Node {
	v := &yaml.Node{Kind: yaml.ScalarNode, Value: f.Value}
	switch t.Type {
	case "country", "item":
		v = str(f.Value)
	case "choice":
		v.Tag = "!!str"
	}
	ev := f.Evidence
	if ev.By == "" && ev.Note == "" {
		return v
	}
	rec := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	put(rec, "value", v)
	if ev.By != "" && ev.On != "" {
		put(rec, "by", str(ev.By))
		put(rec, "on", str(ev.On))
	}
	if ev.Note != "" {
		put(rec, "why", str(ev.Note))
	}
	return rec
}

// setItem writes a fact of an item; its classification is written by the
// choice of key, eccn or candidate.
func (w *writer) setItem(t *Term, a Answer) error {
	it := w.nth(child(w.root, "items", yaml.SequenceNode), a.Item)
	if t.key() != "eccn" && t.key() != "final" {
		put(it, t.key(), w.node(t, a.Fact))
		return nil
	}
	cl := it
	if a.Class > 0 { // the first class is the item's own
		cl = w.nth(child(it, "also", yaml.SequenceNode), a.Class-1)
	}
	from, to := "eccn", "candidate"
	if a.Fact.Value == "true" {
		from, to = to, from
	}
	switch {
	case t.key() == "eccn":
		key := "eccn"
		if get(cl, "candidate") != nil {
			key = "candidate"
		}
		drop(cl, "for")
		put(cl, key, w.node(t, a.Fact))
	case get(cl, from) != nil && get(cl, to) == nil:
		rename(cl, from, to)
	case get(cl, to) == nil:
		return fmt.Errorf("state the classification before saying whether it is final")
	}
	return nil
}

// endUser finds or makes the end user with that index among the parties.
func (w *writer) endUser(i int) *yaml.Node {
	list := child(w.root, "parties", yaml.SequenceNode)
	p := w.nth(list, i)
	if get(p, "role") == nil {
		put(p, "role", &yaml.Node{Kind: yaml.ScalarNode, Value: navicert.EndUser})
	}
	return p
}

func str(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: yaml.DoubleQuotedStyle}
}

func get(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

// put sets a key, keeping the comments of a value it replaces.
func put(m *yaml.Node, key string, v *yaml.Node) {
	if old := get(m, key); old != nil {
		v.HeadComment, v.LineComment, v.FootComment = old.HeadComment, old.LineComment, old.FootComment
		*old = *v
		return
	}
	m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, v)
}

func drop(m *yaml.Node, key string) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			m.Content = append(m.Content[:i:i], m.Content[i+2:]...)
			return
		}
	}
}

func rename(m *yaml.Node, from, to string) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == from {
			m.Content[i].Value = to
		}
	}
}

// child finds or makes the group or list under a key.
func child(m *yaml.Node, key string, kind yaml.Kind) *yaml.Node {
	if n := get(m, key); n != nil && n.Kind == kind {
		return n
	}
	put(m, key, &yaml.Node{Kind: kind})
	return get(m, key)
}

// nth finds entry i of a list. What the deal did not name (i below 0) is one
// entry, added once.
func (w *writer) nth(list *yaml.Node, i int) *yaml.Node {
	if i >= 0 && i < len(list.Content) {
		return list.Content[i]
	}
	if n := w.added[list]; n != nil {
		return n
	}
	n := &yaml.Node{Kind: yaml.MappingNode}
	list.Content = append(list.Content, n)
	w.added[list] = n
	return n
}

// block takes the braces off, and the quotes that only JSON needed.
func block(n *yaml.Node) {
	n.Style &^= yaml.FlowStyle
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			c.Style = 0
		}
		block(c)
	}
}

// spellNulls writes out values left empty: the encoder would make them text.
func spellNulls(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Value == "" {
		n.Value = "null"
	}
	for _, c := range n.Content {
		spellNulls(c)
	}
}
