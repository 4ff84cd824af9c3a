package match

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"navicert/list"
	"navicert/match/eval"
)

// BenchmarkSearch is one query of the labeled ones after another.
func BenchmarkLabeled(b *testing.B) {
	es, qs := sharedData(b)
	e := newEngine(b, es)
	var dst []eval.Result
	for i := range qs {
		dst = e.Search(&qs[i], 10, dst[:0])
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		dst = e.Search(&qs[i%len(qs)], 10, dst[:0])
	}
}

// TestLatency is what a query takes, the least of several times, so that what
// else the machine does counts little.
func TestLatency(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	es, qs := sharedData(t)
	e := newEngine(t, es)
	e.min = Broad
	p50, p99, mean := latency(e, qs, 7)
	t.Logf("p50 %v p99 %v mean %v", p50, p99, mean)
}

func latency(e *engine, qs []eval.Query, times int) (p50, p99, mean time.Duration) {
	var dst []eval.Result
	took := make([]time.Duration, len(qs))
	for i := range qs {
		took[i] = time.Hour
		for range times {
			start := time.Now()
			dst = e.Search(&qs[i], 10, dst[:0])
			took[i] = min(took[i], time.Since(start))
		}
		mean += took[i]
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100], mean / time.Duration(len(took))
}

// million makes a list of n names out of the words of another: each word of a
// name may change a letter, and words come together anew.
func million(es []*list.Entity, n int) []*list.Entity {
	rng := rand.New(rand.NewPCG(1, 1))
	var out []*list.Entity
	out = append(out, es...)
	names := 0
	var ws [][]string
	var kinds []list.Kind
	for _, e := range es {
		for _, x := range e.Names {
			names++
			ws, kinds = append(ws, strings.Fields(x.Text)), append(kinds, e.Kind)
		}
	}
	for i := 0; names < n; i++ {
		e := &list.Entity{ID: fmt.Sprintf("m-%d", i), Kind: kinds[i%len(ws)]}
		for range 1 + rng.IntN(2) {
			var b []string
			for _, w := range ws[i%len(ws)] {
				switch r := rng.IntN(10); {
				case r < 3 && len(w) > 3:
					c := []byte(w)
					c[1+rng.IntN(len(c)-2)] = "AEIOULNRSTKMDZ"[rng.IntN(14)]
					w = string(c)
				case r < 5:
					if o := ws[rng.IntN(len(ws))]; len(o) > 0 {
						w = o[rng.IntN(len(o))]
					}
				}
				b = append(b, w)
			}
			e.Names = append(e.Names, list.Name{Text: strings.Join(b, " ")})
			names++
		}
		out = append(out, e)
	}
	return out
}

// TestMillion measures a list of a million names.
func TestMillion(t *testing.T) {
	if os.Getenv("MILLION") == "" {
		t.Skip("set MILLION to measure a list of a million names; it takes 2 GB and a minute")
	}
	es, qs := sharedData(t)
	es = million(es, 1_000_000)
	e := newEngine(t, es)
	e.min = Broad
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	p50, p99, mean := latency(e, qs[:4000], 12)
	var dst []eval.Result
	for i := range qs[:4000] {
		dst = e.Search(&qs[i], 10, dst[:0])
		start := time.Now()
		dst = e.Search(&qs[i], 10, dst[:0])
		if d := time.Since(start); d > 3*time.Millisecond {
			t.Logf("%v: %s; %d units, %d found, %d heads, %d rows", d, qs[i].Text, len(e.s.units), len(e.s.found), len(e.s.heads), len(e.s.touched))
		}
	}
	t.Logf("p50 %v p99 %v mean %v; index %d MiB, searcher %d MiB", p50, p99, mean, e.size>>20,
		(len(e.s.x.words)*8+len(e.s.x.rows)*4)>>20)
}
