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
	words [][]string
	whole bool
	best  map[string]float64
}

func newBaseline(es []*list.Entity, whole bool) *baseline {
	b := &baseline{whole: whole, best: map[string]float64{}}
	for _, e := range es {
		for _, n := range e.Names {
			f := name.Fold(n.Text)
			b.ids, b.names, b.words = append(b.ids, e.ID), append(b.names, f), append(b.words, strings.Fields(f))
		}
	}
	return b
}

func (b *baseline) Search(q *eval.Query, limit int, dst []eval.Result) []eval.Result {
	f := name.Fold(q.Text)
	ws := strings.Fields(f)
	clear(b.best)
	for i := range b.names {
		var s float64
		if b.whole {
			s = jaroWinkler(f, b.names[i])
		} else {
			s = bestPairs(ws, b.words[i])
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

// bestPairs is the mean over the words of both names of the best partner's likeness, by length.
func bestPairs(a, b []string) float64 {
	sum, n := 0.0, 0.0
	one := func(a, b []string) {
		for _, x := range a {
			best := 0.0
			for _, y := range b {
				best = max(best, jaroWinkler(x, y))
			}
			sum += best * float64(len(x))
			n += float64(len(x))
		}
	}
	one(a, b)
	one(b, a)
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
	var ub [1024]bool
	var ma [1024]byte
	if len(a) > 1024 {
		a = a[:1024]
	}
	if len(b) > 1024 {
		b = b[:1024]
	}
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
