package match

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"

	"navicert/list"
	"navicert/match/eval"
	"navicert/name"
)

// baseline is a plain full scan with Jaro-Winkler: over whole names, or over
// words, each paired with its best in the other name.
type baseline struct {
	ids   []string
	names []string
	words [][]int32 // numbers of the names' words
	vocab []string
	alike [][]float64 // of each word of the query to each of the vocabulary
	whole bool
	best  map[string]float64
}

func newBaseline(es []*list.Entity, whole bool) *baseline {
	b := &baseline{whole: whole, best: map[string]float64{}}
	seen := map[string]int32{}
	for _, e := range es {
		for _, n := range e.Names {
			f := name.Fold(n.Text)
			var ws []int32
			for _, w := range strings.Fields(f) {
				id, ok := seen[w]
				if !ok {
					id = int32(len(b.vocab))
					seen[w] = id
					b.vocab = append(b.vocab, w)
				}
				ws = append(ws, id)
			}
			b.ids, b.names, b.words = append(b.ids, e.ID), append(b.names, f), append(b.words, ws)
		}
	}
	return b
}

func (b *baseline) Search(q *eval.Query, limit int, dst []eval.Result) []eval.Result {
	f := name.Fold(q.Text)
	ws := strings.Fields(f)
	if !b.whole {
		for len(b.alike) < len(ws) {
			b.alike = append(b.alike, make([]float64, len(b.vocab)))
		}
		for i, w := range ws {
			for j, v := range b.vocab {
				b.alike[i][j] = jaroWinkler(w, v)
			}
		}
	}
	clear(b.best)
	for i := range b.names {
		var s float64
		if b.whole {
			s = jaroWinkler(f, b.names[i])
		} else {
			s = b.bestPairs(ws, b.words[i])
		}
		if s > b.best[b.ids[i]] {
			b.best[b.ids[i]] = s
		}
	}
	start := len(dst)
	for id, s := range b.best {
		if s > 0.6 {
			dst = append(dst, eval.Result{ID: id, Score: s})
		}
	}
	slices.SortFunc(dst[start:], func(x, y eval.Result) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.ID, y.ID)) })
	return dst[:start+min(limit, len(dst)-start)]
}

// bestPairs is the mean, by length, of how like each word of both names its
// best partner is.
func (b *baseline) bestPairs(q []string, r []int32) float64 {
	sum, n := 0.0, 0.0
	for i, w := range q {
		best := 0.0
		for _, v := range r {
			best = max(best, b.alike[i][v])
		}
		sum, n = sum+best*float64(len(w)), n+float64(len(w))
	}
	for _, v := range r {
		best := 0.0
		for i := range q {
			best = max(best, b.alike[i][v])
		}
		l := float64(len(b.vocab[v]))
		sum, n = sum+best*l, n+l
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

func jaroWinkler(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	w := max(len(a), len(b))/2 - 1
	var ub [256]bool
	var ma [256]byte
	a, b = a[:min(len(a), 256)], b[:min(len(b), 256)]
	m := 0
	for i := range len(a) {
		for j := max(0, i-w); j < min(len(b), i+w+1); j++ {
			if !ub[j] && a[i] == b[j] {
				ub[j] = true
				ma[m] = a[i]
				m++
				break
			}
		}
	}
	if m == 0 {
		return 0
	}
	t, k := 0, 0
	for j := range len(b) {
		if ub[j] {
			if b[j] != ma[k] {
				t++
			}
			k++
		}
	}
	fm := float64(m)
	jaro := (fm/float64(len(a)) + fm/float64(len(b)) + (fm-float64(t/2))/fm) / 3
	p := 0
	for p < 4 && p < len(a) && p < len(b) && a[p] == b[p] {
		p++
	}
	return jaro + float64(p)*0.1*(1-jaro)
}

// TestBaselines prints how far a plain scan comes; it takes minutes.
func TestBaselines(t *testing.T) {
	which := os.Getenv("BASELINE")
	if which == "" {
		t.Skip("set BASELINE to whole or words to measure a plain scan")
	}
	es, qs := sharedData(t)
	eval.Run(newBaseline(es, which == "whole"), qs).Print(os.Stdout)
}
