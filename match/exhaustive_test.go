package match

import (
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"navicert/match/eval"
)

// Of what a look at every word and every row finds above the threshold, the
// search loses little: rows of which nothing but initials or common words is
// found may never be looked at. The look compares each word of the list with
// each of the query by the same likeness, with no keys, and lays each row
// against the query to the end, with no bounds. Queries are those labeled that
// have somebody to find, with up to two letters changed.
func TestNothingIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at every name")
	}
	n := 150
	if v := os.Getenv("LOST"); v != "" { // 9000: some five thousand hits, in an hour or so of processor time
		n, _ = strconv.Atoi(v)
	}
	es, labeled := sharedData(t)
	var qs []eval.Query
	for i := range labeled {
		if labeled[i].Kind != "neg" {
			qs = append(qs, labeled[i])
		}
	}
	x := newEngine(t, es).s.x
	var mu sync.Mutex
	var wg sync.WaitGroup
	found, lost := 0, 0
	todo := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			s, all := x.Searcher(), x.Searcher()
			all.every = true
			var a, b []Hit
			for text := range todo {
				q := &Query{Names: []string{text}}
				a = s.Search(q, Standard, 100, a[:0])
				b = all.Search(q, Standard, 100, b[:0])
				mu.Lock()
				found += len(b)
				for _, h := range b {
					if !hasEntity(a, h.Entity) {
						if lost++; lost < 100 {
							t.Logf("lost: %s: %s %.2f", text, es[h.Entity].Names[h.Name].Text, h.Score)
						}
					}
				}
				mu.Unlock()
			}
		})
	}
	rng := rand.New(rand.NewPCG(7, 7))
	for range n {
		text := []byte(qs[rng.IntN(len(qs))].Text)
		for range 1 + rng.IntN(2) {
			if i := rng.IntN(len(text)); strings.IndexByte("abcdefghijklmnopqrstuvwxyz", text[i]|0x20) >= 0 {
				text[i] = text[i]&0x20 | byte('A'+rng.IntN(26))
			}
		}
		todo <- string(text)
	}
	close(todo)
	wg.Wait()
	t.Logf("%d of %d lost", lost, found)
	if lost*100 > found && lost > 2 { // doc/benchmarks.md has what was measured
		t.Errorf("%d of %d lost", lost, found)
	}
	if found < n/3 {
		t.Errorf("%d hits of %d queries: too few to tell", found, n)
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
