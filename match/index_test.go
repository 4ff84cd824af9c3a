package match

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"navicert/list"
)

func TestSearchASnapshot(t *testing.T) {
	x := indexOf(t,
		&list.Entity{ID: "x-1", Kind: list.KindPerson, Names: []list.Name{{Text: "PAK, Jin Hyok"}, {Text: "JIN, Hyok Park", Weak: true}}},
		&list.Entity{ID: "x-2", Kind: list.KindOrganization, Names: []list.Name{{Text: "LAZARUS GROUP"}}},
	)
	s := x.Searcher()
	for _, c := range []struct {
		q    string
		want int32
	}{{"Jin Hyok Pak", 0}, {"lazaris groop", 1}, {"LAZARUSGROUP", 1}} {
		hits := s.Search(&Query{Names: []string{c.q}}, 1, 10, nil)
		if len(hits) == 0 || hits[0].Entity != c.want {
			t.Errorf("%s: %+v", c.q, hits)
		}
	}
}

func TestExplainTellsWords(t *testing.T) {
	x := indexOf(t, &list.Entity{ID: "x-1", Kind: list.KindPerson, Names: []list.Name{{Text: "IVANOV, Sergei Petrovich"}}})
	q := &Query{Names: []string{"Sergey Ivanof X"}}
	hits := x.Searcher().Search(q, -100, 1, nil)
	if len(hits) != 1 {
		t.Fatal("not found")
	}
	var says []string
	for _, w := range x.Explain(q, hits[0]).Words {
		says = append(says, w.Says)
	}
	for _, want := range []string{"'sergey' is the listed 'sergei'", "'ivanof' is the listed 'ivanov'", "listed 'petrovich' was not asked for", "'x' is not in"} {
		if !slices.ContainsFunc(says, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%s is missing in %q", want, says)
		}
	}
}

func indexOf(t testing.TB, es ...*list.Entity) *Index {
	sections, err := BuildIndex(es)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := list.Write(&b, list.Info{Source: "x"}, es, sections); err != nil {
		t.Fatal(err)
	}
	snap, err := list.Load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	x, err := OpenIndex(snap)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// An index without what another has finds the rest, as it did.
func TestLess(t *testing.T) {
	named := func(names ...string) (es []*list.Entity) {
		for _, n := range names {
			es = append(es, &list.Entity{ID: n, Names: []list.Name{{Text: n}}, Documents: []list.Document{{Type: list.Passport, Number: n[:3] + "1234567"}}})
		}
		return es
	}
	old, now := indexOf(t, named("LAZARUS GROUP", "BANK MELLAT", "Global Shipping Group")...), indexOf(t, named("BANK MELLAT", "Other Group")...)
	less := old.Less(now)
	q := &Query{Names: []string{"lazarus group", "bank mellat", "global shipping group"}, Documents: []list.Document{{Type: list.Passport, Number: "BAN1234567"}}}
	var want []Hit
	for _, h := range old.Searcher().Search(q, -9, 10, nil) {
		if h.Entity != 1 {
			want = append(want, h)
		}
	}
	if got := less.Searcher().Search(q, -9, 10, nil); len(got) != 2 || !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
