package match

import (
	"math/rand/v2"
	"testing"
)

// Of what a look at every row would find above the threshold, the search
// loses next to nothing. Queries are the labeled ones with a letter changed.
func TestNothingIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at every name")
	}
	es, qs := sharedData(t)
	e := newEngine(t, es)
	all := e.s.x.Searcher()
	all.every = true
	rng := rand.New(rand.NewPCG(7, 7))
	var a, b []Hit
	found, lost := 0, 0
	for range 700 {
		q := qs[rng.IntN(len(qs))]
		text := []byte(q.Text)
		if i := rng.IntN(len(text)); text[i] >= 'a' && text[i] <= 'z' {
			text[i] = byte('a' + rng.IntN(26))
		}
		e.q.Names[0], e.q.Kind = string(text), 0
		a = e.s.Search(&e.q, Standard, 100, a[:0])
		b = all.Search(&e.q, Standard, 100, b[:0])
		found += len(b)
		for _, h := range b {
			if !hasEntity(a, h.Entity) {
				if lost++; lost < 20 {
					t.Logf("lost: %s: %s %.2f", text, es[h.Entity].Names[h.Name].Text, h.Score)
				}
			}
		}
	}
	t.Logf("%d of %d lost", lost, found)
	if lost*100 > found {
		t.Errorf("%d of %d lost", lost, found)
	}
}

func hasEntity(hs []Hit, e int32) bool {
	for i := range hs {
		if hs[i].Entity == e {
			return true
		}
	}
	return false
}
