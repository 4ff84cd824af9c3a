package rule

import "fmt"

// path finds values of the facts on the way from n to the leaf want.
func (x *exact) path(n, want node) ([]pair, bool) {
	dead := map[node]bool{}
	var walk func(node, []pair) ([]pair, bool)
	walk = func(n node, way []pair) ([]pair, bool) {
		if n == want {
			return way, true
		}
		if n < leaves || dead[n] {
			return nil, false
		}
		for k, kid := range x.d.of(n) {
			if out, ok := walk(kid, append(way, pair{x.seq[x.d.vars[n]], Raw(k)})); ok {
				return out, true
			}
		}
		dead[n] = true
		return nil, false
	}
	way, ok := walk(n, nil)
	return way, ok
}

// reps turns class numbers of a path into values.
func (p *Program) reps(way []pair) []pair {
	for i := range way {
		way[i].raw = p.classes[way[i].fact].rep[way[i].raw]
	}
	return way
}

// differPath finds values of the facts below a and b that lead to two
// different possible outcomes.
func (x *exact) differPath(a, b node, way []pair) ([]pair, node, node) {
	if a < leaves && b < leaves {
		return way, a, b
	}
	v := min(x.d.vars[a], x.d.vars[b])
	for k := range int32(x.d.arity[v]) {
		ca, cb := x.d.child(a, v, k), x.d.child(b, v, k)
		if x.differ(ca, cb) {
			return x.differPath(ca, cb, append(way, pair{x.seq[v], Raw(k)}))
		}
	}
	panic("differ said that they differ")
}

// pair finds two worlds that differ in fact f alone and in their outcome.
func (pr *prover) pair(in, base Input, f int) (proofPair, error) {
	x := &pr.j.x
	x.reach(x.root)
	for i := len(x.order) - 1; i >= 0; i-- {
		n := x.order[i]
		if n < leaves || x.seq[x.d.vars[n]] != f {
			continue
		}
		ks := x.d.of(n)
		for a := range ks {
			for b := a + 1; b < len(ks); b++ {
				if !x.differ(ks[a], ks[b]) {
					continue
				}
				way, ok := x.path(x.root, n)
				if !ok {
					return proofPair{}, fmt.Errorf("a vertex cannot be reached")
				}
				way, oa, ob := x.differPath(ks[a], ks[b], way)
				way = pr.p.reps(way)
				cl := &pr.p.classes[f]
				wa, err := pr.complete(in, base, append(way[:len(way):len(way)], pair{f, cl.rep[a]}))
				if err != nil {
					return proofPair{}, err
				}
				l := pr.p.Law
				wb := append(Input(nil), wa...)
				wb[f] = cl.rep[b]
				if pr.k.Run(wb) != nil || !pr.tiesPossible() {
					continue // the rest of this world leans on a; another pair will do
				}
				return proofPair{
					Term: l.FactTerm(f).Name, Set: pr.diffBut(base, wa, f),
					A: l.sample(f, cl.rep[a]), B: l.sample(f, cl.rep[b]),
					Outcomes: [2]string{l.OutcomeName(Outcome(oa - leafOf)), l.OutcomeName(Outcome(ob - leafOf))},
				}, nil
			}
		}
	}
	return proofPair{}, fmt.Errorf("no pair of worlds for %s", pr.p.Law.FactTerm(f).Name)
}

func (pr *prover) diffBut(from, to Input, f int) []Pair {
	to = append(Input(nil), to...)
	to[f] = from[f]
	return pr.diff(from, to)
}
