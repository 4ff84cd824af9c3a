package rule

import "fmt"

// path finds the ranks of facts and their cells on the way from n to the leaf want.
func (x *exact) path(n, want node) ([]pair, bool) {
	dead := make([]bool, len(x.d.all)) // no way leads from here
	var walk func(node, []pair) ([]pair, bool)
	walk = func(n node, way []pair) ([]pair, bool) {
		if n == want {
			return way, true
		}
		if isLeaf(n) || dead[n>>1] {
			return nil, false
		}
		for k := range x.d.wide(n) {
			if out, ok := walk(x.d.child(n, k), append(way, pair{int(x.d.top(n)), Raw(k)})); ok {
				return out, true
			}
		}
		dead[n>>1] = true
		return nil, false
	}
	way, ok := walk(n, nil)
	return way, ok
}

// values turns the ranks and cells of a path into facts and values.
func (x *exact) values(way []pair) []pair {
	for i := range way {
		f := x.p.seq[way[i].fact]
		way[i] = pair{f, x.cells[f][way[i].raw].first()}
	}
	return way
}

// differPath finds the ranks and cells of facts below a and b that lead to two
// different possible outcomes.
func (x *exact) differPath(a, b node, way []pair) ([]pair, node, node) {
	if isLeaf(a) && isLeaf(b) {
		return way, a, b
	}
	v, n := x.d.split(a, b)
	for k := range n {
		ca, cb := x.d.cell(a, v, k), x.d.cell(b, v, k)
		if x.differ(ca, cb) {
			return x.differPath(ca, cb, append(way, pair{int(v), Raw(k)}))
		}
	}
	panic("differ said that they differ")
}

// pair finds two worlds that differ in fact f alone and in their outcome.
func (pr *prover) pair(in, base Input, f int) (proofPair, error) {
	x := &pr.j.x
	x.reach(x.root)
	for _, n := range x.order {
		if isLeaf(n) || pr.p.seq[x.d.top(n)] != f {
			continue
		}
		for a := range x.d.wide(n) {
			for b := a + 1; b < x.d.wide(n); b++ {
				ka, kb := x.d.child(n, a), x.d.child(n, b)
				if !x.differ(ka, kb) {
					continue
				}
				way, ok := x.path(x.root, n)
				if !ok {
					return proofPair{}, fmt.Errorf("a vertex cannot be reached")
				}
				way, oa, ob := x.differPath(ka, kb, way)
				va, vb := x.cells[f][a].first(), x.cells[f][b].first()
				w, err := pr.complete(in, base, x.values(way), f, va, vb)
				if err != nil {
					continue // another pair will do
				}
				w[f] = base[f]
				l := pr.p.Law
				return proofPair{
					Term: l.FactTerm(f).Name, Set: pr.diff(base, w),
					A: l.sample(f, va), B: l.sample(f, vb),
					Outcomes: [2]string{l.OutcomeName(outcome(oa)), l.OutcomeName(outcome(ob))},
				}, nil
			}
		}
	}
	return proofPair{}, fmt.Errorf("no pair of worlds for %s", pr.p.Law.FactTerm(f).Name)
}
