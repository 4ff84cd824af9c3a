package decide

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"navicert"
	"navicert/deal"
	"navicert/law"
	"navicert/rule"
	"navicert/screen"
)

// worked is one case of testdata/cases: what is different from the quiet deal
// of base.yaml, and what must come out.
type worked struct {
	ID     string
	Rank   string    // A to D: how well the expectation itself is founded; empty: our own
	Why    string    // where it needs saying
	Known  string    // why the answer is not right yet; ranks C and D only
	Deal   yaml.Node // the difference
	Expect map[navicert.Body]oneOrMore
	Open   []string // facts or readings that some open answer must name
	Cite   []string // must stand among the reasons, as a paragraph or the beginning of one
	Review []string // the same for license review policies
	Warns  []string // the same for warnings

	file string
	text []byte // the whole deal
}

type oneOrMore []string

func (o *oneOrMore) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*o = oneOrMore{n.Value}
		return nil
	}
	return n.Decode((*[]string)(o))
}

// the law, as the data files have it, is read once for all tests.
var theLaw = sync.OnceValues(func() (*rule.Law, error) { return rule.Load(law.Files) })

func loadLaw(t testing.TB) *rule.Law {
	t.Helper()
	l, err := theLaw()
	if err != nil {
		t.Fatalf("the law does not load:\n%v", err)
	}
	return l
}

var theDecider = sync.OnceValue(func() *Decider {
	l, _ := theLaw()
	return &Decider{Law: l, Finders: []Finder{&screen.Finder{Library: &screen.Library{}}}}
})

func decider(t testing.TB) *Decider {
	loadLaw(t)
	return theDecider()
}

var theWords = sync.OnceValue(func() *deal.Vocabulary {
	l, _ := theLaw()
	return Vocabulary(l)
})

func words(t testing.TB) *deal.Vocabulary {
	loadLaw(t)
	return theWords()
}

// readDeal reads a deal file as the command does.
func readDeal(t testing.TB, name string, text []byte) *navicert.Deal {
	t.Helper()
	d, err := deal.Read(name, bytes.NewReader(text), words(t))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return d
}

// suite reads the worked cases.
func suite(t testing.TB) []*worked {
	t.Helper()
	all, err := theSuite()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var theSuite = sync.OnceValues(func() ([]*worked, error) {
	const dir = "testdata/cases"
	base, err := os.ReadFile(filepath.Join(dir, "base.yaml"))
	if err != nil {
		return nil, err
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var out []*worked
	for _, name := range names {
		if filepath.Base(name) == "base.yaml" {
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		var cs []*worked
		dec := yaml.NewDecoder(f)
		dec.KnownFields(true)
		if err := dec.Decode(&cs); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, c := range cs {
			c.file = filepath.Base(name)
			if c.text, err = patched(base, &c.Deal); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, c.ID, err)
			}
		}
		out = append(out, cs...)
	}
	return out, nil
})

// patched merges a difference into a deal file. Texts keep their quotes.
func patched(base []byte, diff *yaml.Node) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(base, &doc); err != nil {
		return nil, err
	}
	root := doc.Content[0]
	var rest yaml.Node
	rest.Kind = yaml.MappingNode
	for i := 0; i+1 < len(diff.Content); i += 2 {
		k, v := diff.Content[i], diff.Content[i+1]
		switch k.Value {
		case "item":
			merged(at(root, "items").Content[0], v)
		case "end_user":
			merged(at(root, "parties").Content[0], v)
		default:
			rest.Content = append(rest.Content, k, v)
		}
	}
	merged(root, &rest)
	return yaml.Marshal(root)
}

func at(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

// merged lays over onto m: mappings merge, everything else replaces, null
// takes away.
func merged(m, over *yaml.Node) {
	for i := 0; i+1 < len(over.Content); i += 2 {
		k, v := over.Content[i], over.Content[i+1]
		old := at(m, k.Value)
		switch {
		case v.Tag == "!!null":
			m.Content = slices.Clone(m.Content)
			for j := 0; j+1 < len(m.Content); j += 2 {
				if m.Content[j].Value == k.Value {
					m.Content = slices.Delete(m.Content, j, j+2)
					break
				}
			}
		case old == nil:
			m.Content = append(m.Content, k, v)
		case old.Kind == yaml.MappingNode && v.Kind == yaml.MappingNode:
			merged(old, v)
		default:
			*old = *v
		}
	}
}

// cites spells out the paragraphs of a citation: "15 CFR 746.8(a)(1), (c)(2)"
// is 746.8(a)(1) and 746.8(c)(2).
func cites(c string) []string {
	var out []string
	head := ""
	for part := range strings.FieldsFuncSeq(c, func(r rune) bool { return r == ',' || r == ';' }) {
		part = paragraph(strings.TrimSpace(part))
		if strings.HasPrefix(part, "(") {
			part = head + part
		} else {
			head, _, _ = strings.Cut(part, "(")
		}
		out = append(out, part)
	}
	return out
}

// cited returns the reasons that cite the paragraph, or one below it.
func cited(rs []navicert.Reason, want string) (out []navicert.Reason) {
	plain := paragraph(want)
	for _, r := range rs {
		below := func(have string) bool { return have == plain || strings.HasPrefix(have, plain+"(") }
		if strings.HasPrefix(r.Cite.Cite, want) || slices.ContainsFunc(cites(r.Cite.Cite), below) {
			out = append(out, r)
		}
	}
	return out
}

// paragraph is a citation without the number of its title.
func paragraph(c string) string {
	return strings.TrimPrefix(strings.TrimPrefix(c, "15 CFR "), "31 CFR ")
}
