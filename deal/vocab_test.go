package deal

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"navicert"
)

var update = flag.Bool("update", false, "write the golden files anew")

// testVoc is the product's own vocabulary, read straight from law/.
var testVoc = sync.OnceValue(func() *Vocabulary {
	var glossary struct {
		Terms []struct {
			Term, Type, Group, Ask, Means, Cite string
			Values                              yaml.Node
		}
	}
	fill("../law/glossary.yaml", &glossary)
	voc := &Vocabulary{}
	for _, g := range glossary.Terms {
		t := Term{Name: g.Term, Type: g.Type, Group: g.Group, Ask: g.Ask, Means: g.Means, Cite: g.Cite}
		for i := 0; i+1 < len(g.Values.Content); i += 2 {
			t.Values = append(t.Values, Value{g.Values.Content[i].Value, g.Values.Content[i+1].Value})
		}
		voc.Terms = append(voc.Terms, t)
	}
	var items struct{ Items []struct{ Item string } }
	fill("../law/tables/items.yaml", &items)
	for _, i := range items.Items {
		voc.Items = append(voc.Items, i.Item)
	}
	var countries struct{ Countries []struct{ Code, Name string } }
	fill("../law/tables/countries.yaml", &countries)
	for _, c := range countries.Countries {
		voc.Countries = append(voc.Countries, Country{c.Code, c.Name})
	}
	return voc
})

func fill(path string, into any) {
	b, err := os.ReadFile(path)
	if err == nil {
		err = yaml.Unmarshal(b, into)
	}
	if err != nil {
		panic(err)
	}
}

func read(t *testing.T, text string) *navicert.Deal {
	t.Helper()
	d, err := Read("deal.yaml", strings.NewReader(text), testVoc())
	if err != nil {
		t.Fatalf("Read:\n%v", err)
	}
	return d
}

// golden compares got with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("%s differs (run with -update to accept):\n%s", path, got)
	}
}

func factMap(fs []navicert.Fact) map[string]navicert.Fact {
	m := map[string]navicert.Fact{}
	for _, f := range fs {
		m[f.Term] = f
	}
	return m
}
