package match

import (
	"bytes"
	"testing"

	"navicert/list"
)

func TestSearchASnapshot(t *testing.T) {
	es := []*list.Entity{
		{ID: "x-1", Kind: list.KindPerson, Names: []list.Name{{Text: "PAK, Jin Hyok"}, {Text: "JIN, Hyok Park", Weak: true}}},
		{ID: "x-2", Kind: list.KindOrganization, Names: []list.Name{{Text: "LAZARUS GROUP"}}},
	}
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
