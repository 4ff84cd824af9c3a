package match

import (
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"slices"
	"sync"
	"testing"

	"navicert/list"
	"navicert/match/eval"
)

// fitRow is one row that a query was compared with.
type fitRow struct {
	ent int32
	exp bool
	per int8 // 1: persons
	f   features
}

type fitQuery struct {
	q    *eval.Query
	rows []fitRow
	half bool
}

// gather searches all queries and keeps what the best rows were made of.
func gather(t testing.TB, es []*list.Entity, qs []eval.Query, keep int) []fitQuery {
	e := newEngine(t, es)
	e.min = -1e9
	out := make([]fitQuery, len(qs))
	for i := range qs {
		q := &qs[i]
		var rows []fitRow
		e.s.tap = func(r uint32, sc float32) {
			rows = append(rows, fitRow{ent: int32(e.s.x.rows[r].Entity), per: b2i(e.s.al.person), f: e.s.al.f})
		}
		e.Search(q, 10, nil)
		id := q.ID
		if len(q.Expected) > 0 {
			id = q.Expected[0]
		}
		h := fnv.New32a()
		h.Write([]byte(id))
		for j := range rows {
			rows[j].exp = slices.Contains(q.Expected, es[rows[j].ent].ID)
		}
		slices.SortStableFunc(rows, func(a, b fitRow) int { return -cmpf(dot(&a, &weights), dot(&b, &weights)) })
		kept := rows[:min(len(rows), keep)]
		for _, r := range rows[len(kept):] {
			if r.exp {
				kept = append(kept, r)
			}
		}
		out[i] = fitQuery{q: q, rows: slices.Clone(kept), half: h.Sum32()%2 == 0}
	}
	return out
}

func cmpf(a, b float32) int {
	if a < b {
		return -1
	} else if a > b {
		return 1
	}
	return 0
}

func b2i(b bool) int8 {
	if b {
		return 1
	}
	return 0
}

func dot(r *fitRow, ws *[2]features) float32 {
	var s float32
	w := &ws[r.per]
	for i := range r.f {
		s += r.f[i] * w[i]
	}
	return s
}

// measure is the recall among the first ten at each share of alerts.
func fitMeasure(qs []fitQuery, w *[2]features, half int, shares []float64) []float64 {
	var neg []float64
	type res struct {
		s    float64
		rank int
	}
	var pos []res
	for i := range qs {
		q := &qs[i]
		if half == 0 && !q.half || half == 1 && q.half {
			continue
		}
		best, mine := math.Inf(-1), math.Inf(-1)
		for j := range q.rows {
			s := float64(dot(&q.rows[j], w))
			best = max(best, s)
			if q.rows[j].exp {
				mine = max(mine, s)
			}
		}
		if q.q.Kind == "neg" {
			neg = append(neg, best)
			continue
		}
		r := res{s: mine}
		if mine > math.Inf(-1) {
			above := map[int32]bool{}
			if best > mine {
				for j := range q.rows {
					if float64(dot(&q.rows[j], w)) > mine {
						above[q.rows[j].ent] = true
					}
				}
			}
			r.rank = len(above) + 1
		}
		pos = append(pos, r)
	}
	slices.SortFunc(neg, func(a, b float64) int { return -cmpf(float32(a), float32(b)) })
	out := make([]float64, len(shares))
	for k, sh := range shares {
		t := neg[int(sh*float64(len(neg)))]
		n := 0
		for _, r := range pos {
			if r.rank > 0 && r.rank <= 10 && r.s > t {
				n++
			}
		}
		out[k] = float64(n) / float64(len(pos))
	}
	return out
}

var fitShares = []float64{0.01, 0.001, 0.0005, 0.002, 0.004, 0.02, 0.05}

// TestFit fits the weights of the score on one half of the parties and
// reports the other half.
func TestFit(t *testing.T) {
	mode := os.Getenv("FIT")
	if mode == "" {
		t.Skip("set FIT to half, cross or all to fit the weights")
	}
	es, qs := sharedData(t)
	data := gather(t, es, qs, 128)
	half := 0
	if mode == "all" {
		half = 2
	}
	w := weights
	if mode == "cross" { // each half fitted on the other
		var a, b [2]features
		var g sync.WaitGroup
		g.Go(func() { a = ascend(data, w, 0) })
		g.Go(func() { b = ascend(data, w, 1) })
		g.Wait()
		fmt.Printf("in  %.4f\n    %.4f\n", fitMeasure(data, &a, 0, fitShares), fitMeasure(data, &b, 1, fitShares))
		fmt.Printf("out %.4f\n    %.4f\n", fitMeasure(data, &a, 1, fitShares), fitMeasure(data, &b, 0, fitShares))
		return
	}
	report := func() {
		for h := range 3 {
			fmt.Printf("  half %d: %.4f\n", h, fitMeasure(data, &w, h, fitShares))
		}
	}
	report()
	w = ascend(data, w, half)
	fmt.Println("fitted")
	report()
	calibrate(data, &w)
	for k := range w {
		for i, v := range w[k] {
			fmt.Printf("%s: %.3f, ", featureNames[i], v)
		}
		fmt.Println()
	}
}

// calibrate gives scores their unit: about one clean name in e to the s
// reaches the score s.
func calibrate(qs []fitQuery, w *[2]features) {
	var neg []float64
	for i := range qs {
		if qs[i].q.Kind != "neg" {
			continue
		}
		best := -1e9
		for j := range qs[i].rows {
			best = max(best, float64(dot(&qs[i].rows[j], w)))
		}
		neg = append(neg, best)
	}
	slices.SortFunc(neg, func(a, b float64) int { return -cmpf(float32(a), float32(b)) })
	at := func(share float64) float64 { return neg[int(share*float64(len(neg)))] }
	slope := math.Log(20) / (at(0.002) - at(0.04))
	shift := math.Log(100) - slope*at(0.01)
	for k := range w {
		for i := range w[k] {
			w[k][i] *= float32(slope)
		}
		w[k][fBase] += float32(shift)
	}
}

// scale brings the scores of what was found to a spread of one, so that the
// smoothing means the same in every step.
func scale(qs []fitQuery, w *[2]features) {
	var n, sum, sq float64
	for i := range qs {
		best := math.Inf(-1)
		for j := range qs[i].rows {
			if qs[i].rows[j].exp {
				best = max(best, float64(dot(&qs[i].rows[j], w)))
			}
		}
		if best > math.Inf(-1) {
			n, sum, sq = n+1, sum+best, sq+best*best
		}
	}
	sd := math.Sqrt(sq/n - sum/n*sum/n)
	for k := range w {
		for i := range w[k] {
			w[k][i] /= float32(sd)
		}
	}
}

// ascend climbs the recall at several shares of alerts, made smooth: a
// threshold is the mean of the negatives around its rank, and a query counts
// by a logistic function of how far it is above. Both slopes are exact, the
// choice of each query's best row is made anew in every step (Adam). Weights
// are drawn to zero, or a few clean names would decide them.
func ascend(qs []fitQuery, w [2]features, half int) [2]features {
	const (
		k       = 2 * nFeatures
		steps   = 400
		average = 300  // from here on the weights are averaged
		decay   = 0.02 // tried on halves: less fits the half it sees, and not the other
	)
	var m, v, g, mean [k]float64
	shares := []float64{0.0007, 0.0015, 0.003, 0.006, 0.01, 0.015, 0.03}
	value := []float64{0.4, 0.6, 0.6, 0.8, 1, 0.7, 0.3}
	type best struct {
		s   float64
		row *fitRow
	}
	spread := spreads(qs)
	scale(qs, &w)
	for step := range steps {
		if step%20 == 0 {
			scale(qs, &w)
		}
		var pos, neg []best
		for i := range qs {
			q := &qs[i]
			if half == 0 && !q.half || half == 1 && q.half {
				continue
			}
			b := best{s: math.Inf(-1)}
			for j := range q.rows {
				r := &q.rows[j]
				if q.q.Kind != "neg" && !r.exp {
					continue
				}
				if s := float64(dot(r, &w)); s > b.s {
					b = best{s, r}
				}
			}
			if b.row == nil {
				if q.q.Kind == "neg" {
					neg = append(neg, b)
				}
				continue
			}
			if q.q.Kind == "neg" {
				neg = append(neg, b)
			} else {
				pos = append(pos, b)
			}
		}
		slices.SortFunc(neg, func(a, b best) int { return cmpf(float32(b.s), float32(a.s)) })
		g = [k]float64{}
		tau := max(0.6-0.5*float64(step)/300, 0.12)
		for si, sh := range shares {
			c := sh * float64(len(neg))
			lo, hi := int(c*0.6), int(c*1.5)+2
			t := 0.0
			var tg [k]float64
			for _, n := range neg[lo:hi] {
				t += n.s / float64(hi-lo)
				for i, f := range n.row.f {
					tg[int(n.row.per)*nFeatures+i] += float64(f) / float64(hi-lo)
				}
			}
			total := 0.0
			for _, p := range pos {
				x := 1 / (1 + math.Exp(-(p.s-t)/tau))
				d := x * (1 - x) / tau * value[si]
				total += d
				for i, f := range p.row.f {
					g[int(p.row.per)*nFeatures+i] += d * float64(f)
				}
			}
			for i := range tg {
				g[i] -= total * tg[i]
			}
		}
		for i := range k { // the less a weight is pulled on, the closer it stays to zero
			if f := i % nFeatures; f != fBase && f != fIdentical {
				g[i] -= decay * float64(len(pos)) * spread[i] * spread[i] * float64(w[i/nFeatures][f])
			}
		}
		rate := 0.1
		if step > 150 {
			rate = 0.04
		}
		if step > 300 {
			rate = 0.015
		}
		for i := range k {
			m[i] = 0.9*m[i] + 0.1*g[i]
			v[i] = 0.99*v[i] + 0.01*g[i]*g[i]
			mh, vh := m[i]/(1-math.Pow(0.9, float64(step+1))), v[i]/(1-math.Pow(0.99, float64(step+1)))
			w[i/nFeatures][i%nFeatures] += float32(rate * mh / (math.Sqrt(vh) + 1e-9))
		}
		for k := range w {
			for i := range w[k] {
				switch i {
				case fBase:
				case fIdentical: // set by hand: no clean name is the same in every word
				case fAcronym, fSame, fClose, fInfo, fRest, fRare, fWhole, fMatched, fPrefix, fFatherSame:
					w[k][i] = max(w[k][i], 0)
				default:
					w[k][i] = min(w[k][i], 0)
				}
			}
		}
		if step >= average {
			for i := range k {
				mean[i] += float64(w[i/nFeatures][i%nFeatures]) / (steps - average)
			}
		}
	}
	for i := range k {
		w[i/nFeatures][i%nFeatures] = float32(mean[i])
	}
	return w
}

// spreads is the root of the mean square of each feature where it occurs, so
// that rare ones are pulled as others are.
func spreads(qs []fitQuery) (out [2 * nFeatures]float64) {
	var n [2 * nFeatures]float64
	for i := range qs {
		for j := range qs[i].rows[:min(len(qs[i].rows), 3)] {
			r := &qs[i].rows[j]
			for f, v := range r.f {
				if v != 0 {
					out[int(r.per)*nFeatures+f] += float64(v) * float64(v)
					n[int(r.per)*nFeatures+f]++
				}
			}
		}
	}
	for i := range out {
		out[i] = math.Sqrt(out[i] / max(n[i], 1))
	}
	return out
}

var featureNames = [...]string{"fSpelling", "fEdit", "fEditShort", "fEditKnown", "fLoose", "fLooseKnown", "fVariant", "fWord", "fNick", "fSyllable", "fInitial", "fBegin", "fShort", "fShortName", "fAbbrev", "fJoin", "fJoinEdit", "fFather", "fFathers", "fBroken", "fAgainst", "fMore", "fLess", "fLessCut", "fFamily", "fLittle", "fKind", "fAcronym", "fMatched", "fOne", "fInfo", "fRest", "fRare", "fMoreN", "fLessN", "fAgainstN", "fWhole", "fCommon", "fCommonLess", "fCommonMore", "fCommonAll", "fSame", "fClose", "fIdentical", "fEditMore", "fPrefix", "fFormOther", "fFormLike", "fFormMore", "fFormAll", "fSwap", "fFatherSame", "fBase"}
