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

// fitRow is one row that a query was compared with: its features but those
// that are zero.
type fitRow struct {
	ent int32
	exp bool
	per int8 // 1: persons
	at  []uint8
	v   []float32
}

type fitQuery struct {
	q    *eval.Query
	rows []fitRow
	half int
}

// gather searches all queries and keeps what the best rows were made of.
func gather(t testing.TB, es []*list.Entity, qs []eval.Query, keep int) []fitQuery {
	e := newEngine(t, es)
	e.min = -1e9
	out := make([]fitQuery, len(qs))
	type scored struct {
		ent   int32
		exp   bool
		per   int8
		score float32
		f     features
	}
	var rows []scored
	for i := range qs {
		q := &qs[i]
		rows = rows[:0]
		e.s.tap = func(r uint32, sc float32) {
			ent := int32(e.s.x.rows[r].Entity)
			rows = append(rows, scored{ent, slices.Contains(q.Expected, es[ent].ID), b2i(e.s.al.person), sc, e.s.al.f})
		}
		e.Search(q, 10, nil)
		slices.SortStableFunc(rows, func(a, b scored) int { return -cmpf(a.score, b.score) })
		out[i] = fitQuery{q: q, half: halfOf(q)}
		for j := range rows {
			r := &rows[j]
			if j >= keep && !r.exp {
				continue
			}
			f := fitRow{ent: r.ent, exp: r.exp, per: r.per}
			for k, v := range r.f {
				if v != 0 {
					f.at, f.v = append(f.at, uint8(k)), append(f.v, v)
				}
			}
			out[i].rows = append(out[i].rows, f)
		}
	}
	return out
}

// halfOf parts the queries by the parties that they mean.
func halfOf(q *eval.Query) int {
	id := q.ID
	if len(q.Expected) > 0 {
		id = q.Expected[0]
	}
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() % 2)
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
	for i, k := range r.at {
		s += r.v[i] * w[k]
	}
	return s
}

// measure is the recall among the first ten at each share of alerts.
func fitMeasure(qs, clean []fitQuery, w *[2]features, shares []float64) []float64 {
	var neg []float64
	type res struct {
		s    float64
		rank int
	}
	var pos []res
	for i := range len(qs) + len(clean) {
		var q *fitQuery
		if i < len(qs) {
			q = &qs[i]
		} else {
			q = &clean[i-len(qs)]
		}
		if i < len(qs) && q.q.Kind == "neg" && len(clean) > 0 {
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

var fitShares = []float64{0.05, 0.02, 0.01, 0.005, 0.002, 0.001}

// byHand is the weight of what no clean name has.
const byHand = 4

// neutral is where a fit starts, so that it knows of no query before.
func neutral() (w [2]features) {
	for k := range w {
		for i := range w[k] {
			switch i {
			case fKind, fSwap, fFathers:
				w[k][i] = -1
			case fMoreN, fLessN, fAgainstN:
				w[k][i] = -0.5
			default:
				if i <= fFather || i == fEditMore {
					w[k][i] = -15
				} else if rising(i) {
					w[k][i] = 1
				} else {
					w[k][i] = -3
				}
			}
		}
		w[k][fBase], w[k][fIdentical], w[k][fAcronym] = 0, 0, 5
	}
	return w
}

// rising tells the features of which more must not lower a score.
func rising(i int) bool {
	switch i {
	case fAcronym, fSame, fClose, fInfo, fRest, fWorldAll, fRare, fWhole, fMatched, fPrefix, fFatherSame, fIdentical:
		return true
	}
	return false
}

// isListed tells a made name that is a listed person's in every word: that is
// no clean name. Of firms with another legal form the labeled ones have some.
func isListed(q fitQuery) bool {
	return slices.ContainsFunc(q.rows, func(r fitRow) bool { return r.per == 1 && slices.Contains(r.at, fSame) })
}

// TestFit fits the weights of the score. cross: on one half of the parties and
// of the clean names, and on others made of the words of that half, and
// reports the other half.
func TestFit(t *testing.T) {
	mode := os.Getenv("FIT")
	if mode == "" {
		t.Skip("set FIT to cross or all to fit the weights")
	}
	es, qs := sharedData(t)
	all := gather(t, es, qs, 64)
	more := func(half int, seed uint64) []fitQuery {
		var of []eval.Query
		for i := range qs {
			if half == 2 || halfOf(&qs[i]) == half {
				of = append(of, qs[i])
			}
		}
		made := moreClean(t, es, of, qs, 5, seed)
		return slices.DeleteFunc(gather(t, es, made, 24), isListed)
	}
	if mode == "all" || mode == "now" {
		clean := more(2, 1)
		w := weights
		if mode == "all" {
			w = ascend(append(slices.Clone(all), clean...), neutral())
			calibrate(all, &w)
			w[0][fIdentical], w[1][fIdentical], w[1][fSame] = byHand, byHand, byHand
			w[0][fShortOne], w[0][fFormAll] = -2, max(w[0][fFormAll], -1.6)
		}
		fmt.Printf("shares of clean names      %.4f\n", fitShares)
		fmt.Printf("labeled clean names        %.4f\n", fitMeasure(all, nil, &w, fitShares))
		fmt.Printf("%6d clean names          %.4f\n", len(clean), fitMeasure(all, clean, &w, fitShares))
		if mode == "now" {
			return
		}
		for k := range w {
			for i, v := range w[k] {
				fmt.Printf("%s: %.3f, ", featureNames[i], v)
			}
			fmt.Println()
		}
		return
	}
	var part, train [2][]fitQuery
	for i := range all {
		part[all[i].half] = append(part[all[i].half], all[i])
	}
	test := [2][]fitQuery{}
	for h := range 2 {
		train[h], test[h] = append(slices.Clone(part[h]), more(h, 2)...), more(h, 3)
	}
	var w [2][2]features
	var g sync.WaitGroup
	for h := range 2 {
		g.Go(func() { w[h] = ascend(train[h], neutral()) })
	}
	g.Wait()
	fmt.Printf("shares of clean names                  %.4f\n", fitShares)
	var unseen, others []fitQuery // scored by the weights that have not seen them
	for h := range 2 {
		calibrate(train[h], &w[h])
		unseen, others = append(unseen, scored(part[1-h], &w[h])...), append(others, scored(test[1-h], &w[h])...)
	}
	one := [2]features{{1}, {1}}
	fmt.Printf("out %5d queries, %6d clean names    %.4f\n", len(unseen), 0, fitMeasure(unseen, nil, &one, fitShares))
	fmt.Printf("out %5d queries, %6d clean names    %.4f\n", len(unseen), len(others), fitMeasure(unseen, others, &one, fitShares))
	for h := range 2 {
		o := 1 - h
		fmt.Printf("in  %5d queries, %6d clean names    %.4f\n", len(part[h]), 0, fitMeasure(part[h], nil, &w[h], fitShares))
		fmt.Printf("in  %5d queries, %6d clean names    %.4f\n", len(part[h]), len(test[h]), fitMeasure(part[h], test[h], &w[h], fitShares))
		fmt.Printf("out %5d queries, %6d clean names    %.4f\n", len(part[o]), 0, fitMeasure(part[o], nil, &w[h], fitShares))
		fmt.Printf("out %5d queries, %6d clean names    %.4f\n", len(part[o]), len(test[o]), fitMeasure(part[o], test[o], &w[h], fitShares))
	}
}

// scored are the queries with their scores as the one feature.
func scored(qs []fitQuery, w *[2]features) []fitQuery {
	out := slices.Clone(qs)
	for i := range out {
		out[i].rows = slices.Clone(out[i].rows)
		for j := range out[i].rows {
			r := &out[i].rows[j]
			r.at, r.v = []uint8{0}, []float32{dot(&qs[i].rows[j], w)}
		}
	}
	return out
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
func ascend(qs []fitQuery, w [2]features) [2]features {
	const (
		k       = 2 * nFeatures
		steps   = 400
		average = 300   // from here on the weights are averaged
		decay   = 0.004 // less fits no better, five times as much worse, on the half it has not seen
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
		tau := max(0.6-0.5*float64(step)/average, 0.12)
		for si, sh := range shares {
			c := sh * float64(len(neg))
			lo, hi := int(c*0.6), int(c*1.5)+2
			t := 0.0
			var tg [k]float64
			for _, n := range neg[lo:hi] {
				t += n.s / float64(hi-lo)
				for i, f := range n.row.v {
					tg[int(n.row.per)*nFeatures+int(n.row.at[i])] += float64(f) / float64(hi-lo)
				}
			}
			total := 0.0
			for _, p := range pos {
				x := 1 / (1 + math.Exp(-(p.s-t)/tau))
				d := x * (1 - x) / tau * value[si]
				total += d
				for i, f := range p.row.v {
					g[int(p.row.per)*nFeatures+int(p.row.at[i])] += d * float64(f)
				}
			}
			for i := range tg {
				g[i] -= total * tg[i]
			}
		}
		for i := range k { // the less a weight is pulled on, the closer it stays to zero
			if f := i % nFeatures; f != fBase {
				g[i] -= decay * float64(len(pos)) * spread[i] * spread[i] * float64(w[i/nFeatures][f])
			}
		}
		rate := 0.1
		if step > steps/2 {
			rate = 0.04
		}
		if step > average {
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
				switch {
				case spread[k*nFeatures+i] == 0: // never seen
					w[k][i] = 0
				case i == fBase:
				case i == fIdentical, i == fSame && k == 1: // set by hand: no clean name is the same in every word
					w[k][i] = 0
				case rising(i):
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
			for k, v := range r.v {
				f := int(r.at[k])
				out[int(r.per)*nFeatures+f] += float64(v) * float64(v)
				n[int(r.per)*nFeatures+f]++
			}
		}
	}
	for i := range out {
		out[i] = math.Sqrt(out[i] / max(n[i], 1))
	}
	return out
}

var featureNames = [...]string{"fSpelling", "fEdit", "fEditShort", "fEditKnown", "fLoose", "fLooseKnown", "fVariant", "fVariantFar", "fWord", "fNick", "fSyllable", "fInitial", "fInitialRow", "fBegin", "fShort", "fShortName", "fAbbrev", "fJoin", "fJoinEdit", "fFather", "fFathers", "fBroken", "fAgainst", "fMore", "fLess", "fLessCut", "fFamily", "fLittle", "fKind", "fAcronym", "fMatched", "fOne", "fInfo", "fRest", "fWorldAll", "fRare", "fMoreN", "fLessN", "fAgainstN", "fWhole", "fCommon", "fCommonLess", "fCommonMore", "fCommonAll", "fSame", "fClose", "fIdentical", "fEditMore", "fPrefix", "fFormOther", "fFormLike", "fFormMore", "fFormAll", "fShortOne", "fSwap", "fFatherSame", "fBase"}
