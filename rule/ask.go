package rule

import (
	"math/bits"
	"slices"
)

// tooWide bounds how many vertices times facts are weighed against each other
// for the next question; above it the order of the glossary decides.
const tooWide = 1 << 16

// Ask returns the open fact whose answer settles most: the next question. It
// must follow Exact on the same body, with an open answer. The weight of a
// value is how many values its cell holds.
//
// A question's cost is the expected number of questions that remain after it,
// estimated two answers deep.
func (j *Judge) Ask(open []int) (fact int, ok bool) {
	x := &j.x
	root, told := j.whole()
	if x.reach(root); !told || len(x.order)*len(open) > tooWide {
		return open[0], len(open) > 0
	}
	x.d.headroom()
	best := 0.0
	for _, f := range open {
		cost := j.cost(root, f, 2)
		if x.d.cut {
			return open[0], true
		}
		if !ok || cost < best-1e-9 {
			fact, best, ok = f, cost, true
		}
	}
	return fact, ok
}

// whole returns the whole diagram of the last question, unless it is too large.
func (j *Judge) whole() (root node, ok bool) {
	x := &j.x
	if !x.whole {
		j.pose(x.body, true)
		j.diagram()
		x.cut = x.d.cut
	}
	return x.root, !x.cut
}

// Change is one way to answer an open fact, and what is possible after it.
type Change struct {
	Values   []Raw
	Outcomes []Outcome
}

// Changes lists what each answer to an open fact leads to; nil when that is
// too wide to tell. Like Ask, it must follow Exact.
func (j *Judge) Changes(f int) []Change {
	x := &j.x
	root, ok := j.whole()
	if !ok {
		return nil
	}
	x.d.headroom()
	var out []Change
	for k, cell := range x.cells[f] {
		m := x.d.restrict(root, j.p.rank[f], int32(k), map[node]node{})
		if x.d.cut {
			return nil
		}
		x.reach(m)
		if c := (Change{cell.members(), x.outcomes(nil)}); c.Outcomes != nil {
			out = append(out, c)
		}
	}
	return out
}

// cost estimates the expected number of questions to settle n, asking f first.
func (j *Judge) cost(n node, f, depth int) float64 {
	x := &j.x
	sum, total := 0.0, 0.0
	for k, cell := range x.cells[f] {
		w := float64(cell.len())
		m := x.d.restrict(n, j.p.rank[f], int32(k), map[node]node{})
		if m == impossible {
			continue
		}
		total += w
		sum += w * j.remaining(m, depth-1)
	}
	if total == 0 {
		return 1
	}
	return 1 + sum/total
}

// remaining estimates how many questions n still needs.
func (j *Judge) remaining(n node, depth int) float64 {
	x := &j.x
	x.reach(n)
	if bits.OnesCount64(x.ends) <= 1 {
		return 0
	}
	open := x.decisive(nil)
	if depth == 0 || len(open) > 8 {
		// One question at least; more facts and more outcomes make more likely.
		return 1 + 0.15*float64(len(open)-1)
	}
	best := 1e9
	for _, f := range open {
		best = min(best, j.cost(n, f, depth))
	}
	return best
}

// headroom gives questions about a finished diagram vertices of their own.
func (d *diagram) headroom() {
	d.limit, d.cut = len(d.all)+4*Limit, false
	d.full = min(made+len(d.unique)*3/4, d.limit)
	d.all = slices.Grow(d.all, d.full-len(d.all))
}

// restrict sets fact v to cell k below n. Once the diagram is cut its
// results mean nothing.
func (d *diagram) restrict(n node, v uint16, k int32, memo map[node]node) node {
	if isLeaf(n) || d.top(n) > v {
		return n
	}
	if d.top(n) == v {
		return d.child(n, k)
	}
	if r, ok := memo[n]; ok {
		return r
	}
	if d.cut {
		return 0
	}
	base := len(d.stack)
	for i := range d.wide(n) {
		m := d.restrict(d.child(n, i), v, k, memo)
		d.stack = append(d.stack, m)
	}
	r := d.fan(d.top(n), base)
	memo[n] = r
	return r
}
