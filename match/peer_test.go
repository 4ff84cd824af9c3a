package match

import (
	"fmt"
	"testing"

	"navicert/list"
)

// Of very many rows with a common word, the one is compared whose other word
// looks like the other one that is asked for.
func TestPeer(t *testing.T) {
	var es []*list.Entity
	for i := range 2000 {
		es = append(es, &list.Entity{ID: fmt.Sprint(i), Kind: list.KindUnknown, Names: []list.Name{{Text: fmt.Sprintf("%c%c%c%c%c Group", 'a'+i%13, 'a'+i/13%13, 'a'+i/169%13, 'b'+i%7, 'c'+i%5)}}})
	}
	es = append(es, &list.Entity{ID: "ksk", Kind: list.KindUnknown, Names: []list.Name{{Text: "KSK Group"}}})
	x, err := IndexOf(es)
	if err != nil {
		t.Fatal(err)
	}
	if hits := x.Searcher().Search(&Query{Names: []string{"ISK Group"}}, -20, 200, nil); !hasEntity(hits, 2000) {
		t.Errorf("%d hits without it", len(hits))
	}
}
