package eval

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"time"
)

// Result is an entity that an engine found.
type Result struct {
	ID    string
	Score float64
}

// Engine is a name search. It appends what it finds to dst, the best first.
type Engine interface {
	Search(q *Query, limit int, dst []Result) []Result
}

// Outcome is what a query found: the best score, and the place and the score
// of the first expected entity (Rank 0: not among those returned).
type Outcome struct {
	Best, Score float64
	Rank        int
	Top         Result
	Took        time.Duration
}

// Report is a measured run.
type Report struct {
	Queries  []Query
	Outcomes []Outcome
}

// Run searches for every query.
func Run(e Engine, qs []Query) *Report {
	r := &Report{Queries: qs, Outcomes: make([]Outcome, len(qs))}
	var dst []Result
	for i := range qs {
		start := time.Now()
		dst = e.Search(&qs[i], 10, dst[:0])
		o := Outcome{Took: time.Since(start), Best: math.Inf(-1), Score: math.Inf(-1)}
		for j, h := range dst {
			if h.Score > o.Best {
				o.Best, o.Top = h.Score, h
			}
			if o.Rank == 0 && slices.Contains(qs[i].Expected, h.ID) {
				o.Rank, o.Score = j+1, h.Score
			}
		}
		r.Outcomes[i] = o
	}
	return r
}

// Threshold is the score above which at most this share of the negatives alerts.
func (r *Report) Threshold(share float64) float64 {
	var best []float64
	for i := range r.Queries {
		if r.Queries[i].Kind == "neg" {
			best = append(best, r.Outcomes[i].Best)
		}
	}
	if len(best) == 0 {
		return math.Inf(-1)
	}
	slices.SortFunc(best, func(a, b float64) int { return cmp.Compare(b, a) })
	return best[min(int(share*float64(len(best))), len(best)-1)]
}

// Recall is how many of a slice's queries find an expected entity among the
// first ten, above a threshold.
type Recall struct {
	N         int
	At1, At10 int
}

// Slices counts by slice; the name of a slice is kind:manipulation, and with
// the strength where there are several.
func (r *Report) Slices(threshold float64, name func(*Query) string) map[string]*Recall {
	out := map[string]*Recall{}
	for i := range r.Queries {
		q, o := &r.Queries[i], &r.Outcomes[i]
		if q.Kind == "neg" {
			continue
		}
		n := name(q)
		c := out[n]
		if c == nil {
			c = &Recall{}
			out[n] = c
		}
		c.N++
		if o.Rank > 0 && o.Score > threshold {
			c.At10++
			if o.Rank == 1 {
				c.At1++
			}
		}
	}
	return out
}

// Percentile is the time within which a share of the queries is answered.
func (r *Report) Percentile(p float64) time.Duration {
	t := make([]time.Duration, len(r.Outcomes))
	for i := range r.Outcomes {
		t[i] = r.Outcomes[i].Took
	}
	slices.Sort(t)
	return t[min(int(p*float64(len(t))), len(t)-1)]
}

// Print writes the table.
func (r *Report) Print(w io.Writer) {
	t1, t01 := r.Threshold(0.01), r.Threshold(0.001)
	all := func(*Query) string { return "all" }
	slice := func(q *Query) string { return q.Slice + " " + q.Strength }
	for _, name := range []func(*Query) string{slice, all} {
		a, b := r.Slices(t1, name), r.Slices(t01, name)
		var keys []string
		for k := range a {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			n := float64(a[k].N)
			fmt.Fprintf(w, "%-26s %5d   %.3f %.3f   %.3f %.3f\n", k, a[k].N, float64(a[k].At10)/n, float64(a[k].At1)/n,
				float64(b[k].At10)/n, float64(b[k].At1)/n)
		}
	}
	fmt.Fprintf(w, "thresholds %.3f %.3f   p50 %v p99 %v\n", t1, t01, r.Percentile(0.5), r.Percentile(0.99))
}
