package eval

import (
	"bytes"
	"testing"

	"navicert/list"
)

// The same list and seed give the same benchmark, and another seed another.
func TestMakeIsDeterministic(t *testing.T) {
	var es []*list.Entity
	for _, n := range []string{"PAK, Jin Hyok", "IVANOV, Sergei Petrovich", "LAZARUS TRADING COMPANY LIMITED", "GARCIA LOPEZ, Juan", "ИВАНОВ"} {
		kind := list.KindPerson
		if n[:3] == "LAZ" {
			kind = list.KindOrganization
		}
		es = append(es, &list.Entity{ID: n[:3], Kind: kind, Names: []list.Name{{Text: n}, {Text: n + " Two"}, {Text: n + " Three"}}})
	}
	text := func(seed uint64) string {
		var b bytes.Buffer
		s := Make(es, seed)
		if err := s.WriteNames(&b); err != nil {
			t.Fatal(err)
		}
		if err := s.WriteQueries(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	a := text(1)
	if a != text(1) {
		t.Error("two runs differ")
	}
	if a == text(2) {
		t.Error("the seed does nothing")
	}
	slices := map[string]int{}
	for _, q := range Make(es, 1).Queries {
		slices[q.Kind]++
		if (q.Kind == "neg") != (len(q.Expected) == 0) {
			t.Errorf("%+v", q)
		}
	}
	for _, k := range []string{"alias", "xscript", "manip", "neg"} {
		if slices[k] == 0 {
			t.Errorf("no queries of the kind %s", k)
		}
	}
}
