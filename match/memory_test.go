package match

import (
	"slices"
	"testing"

	"navicert/list"
)

// A searcher that remembers words finds the same, in the same order.
func TestMemory(t *testing.T) {
	var es []*list.Entity
	for _, n := range []string{"PAK, Jin Hyok", "LAZARUS GROUP", "Mohammad Reza AHMADI", "BANK MELLAT", "Aleksandr Ivanovich PETROV", "GUANGZHOU HAIGE COMMUNICATIONS GROUP"} {
		es = append(es, &list.Entity{ID: n, Names: []list.Name{{Text: n}}})
	}
	x, err := IndexOf(es)
	if err != nil {
		t.Fatal(err)
	}
	plain, memory := x.Searcher(), x.Searcher()
	memory.Memory = 3 // emptied again and again
	hits := 0
	for range 3 {
		for _, n := range []string{"jin hyuk park", "lazarus gruop", "mohammed reza", "melat bank", "alexander petrov", "petrov ivan", "haige comm grp", "bank of haige", "박진혁"} {
			q := &Query{Names: []string{n}}
			a, b := plain.Search(q, 0, 10, nil), memory.Search(q, 0, 10, nil)
			if !slices.Equal(a, b) {
				t.Errorf("%s: %+v, remembered: %+v", n, a, b)
			}
			hits += len(a)
		}
	}
	if hits < 15 {
		t.Errorf("%d hits: too few to tell", hits)
	}
}
