package rule

// Limit is how many vertices an exact answer may take before it is cut. Deals
// that state little but a day and an item reach it, after some 0.4 s and 80 MB.
const Limit = 1 << 19

// Answer is what is certain about one body of law, given the facts.
type Answer struct {
	Outcomes []Outcome // every outcome that some completion of the facts reaches
	Open     []int     // every fact that, in some completion, changes the outcome
	Cut      bool      // the limit was reached: Outcomes and Open may hold too much
	Decided  bool      // exactly one outcome is possible
}

// exact is the exact layer's memory.
type exact struct {
	d    diagram
	memo []node // gate to node+1, valid where stamp == gen
	at   []uint32
	gen  uint32
	root node

	limits []bool // per node: some way below it is impossible
	arrangement
	seen    []uint32 // per node
	seenGen uint32
	order   []node
	differs map[[2]node]bool
	open    []bool
	kidbuf  []node
	mark    []bool // facts in the support
	tied    []bool
	ans     Answer
}

// Exact returns the exact answer of a body of law for the facts of the last
// Run: the outcomes still possible and the facts that decide between them,
// taking into account what ties facts together. The answer is valid until the
// judge is used again. body is an index into navicert.Bodies.
func (j *Judge) Exact(body int) *Answer {
	a := &j.x.ans
	a.Outcomes, a.Open, a.Cut, a.Decided = a.Outcomes[:0], a.Open[:0], false, false
	if o, ok := j.Outcome(body); ok {
		a.Outcomes = append(a.Outcomes, o)
		a.Decided = true
		return a
	}
	root := j.diagram(body)
	if j.x.d.cut {
		j.coarse(body, a)
		return a
	}
	j.x.reach(root)
	var have [leaves]bool
	for _, n := range j.x.order {
		if n < leaves && n != impossible {
			have[n] = true
		}
	}
	for o := range have {
		if have[o] {
			a.Outcomes = append(a.Outcomes, Outcome(o-leafOf))
		}
	}
	a.Decided = len(a.Outcomes) == 1
	if !a.Decided {
		a.Open = j.x.decisive(a.Open)
	}
	return a
}

// diagram builds the outcome as a function of the open facts, with
// impossible where the ties rule a completion out.
func (j *Judge) diagram(body int) node {
	x := &j.x
	j.prepare()
	j.arrange(body)
	root := node(0)
	ladder := j.p.ladder[body]
	last := len(ladder) - 1
	for i, r := range ladder { // rungs below the first certain one are never reached
		if j.at(r.gate) == True {
			last = i
			break
		}
	}
	root = node(ladder[last].outcome) + leafOf
	for i := last - 1; i >= 0; i-- {
		if v := j.at(ladder[i].gate); v == Open {
			root = x.d.ite(j.build(ladder[i].gate), node(ladder[i].outcome)+leafOf, root)
		}
	}
	root = j.constrain(root)
	x.root = root
	return root
}

// prepare empties the diagram's memory, which is made at the first use.
func (j *Judge) prepare() {
	x := &j.x
	if x.memo == nil {
		n, f := len(j.p.gates), len(j.p.Law.facts)
		x.memo, x.at = make([]node, n), make([]uint32, n)
		x.open, x.mark = make([]bool, f), make([]bool, f)
		x.tied = make([]bool, len(j.p.ties))
		x.d.arity = make([]uint8, f)
		x.differs = map[[2]node]bool{}
		x.rank, x.placed = make([]uint16, f), make([]uint32, f)
		x.walked = make([]uint32, n)
	}
	x.gen++
	x.d.reset(Limit)
	x.seq = x.seq[:0]
}

// build returns the diagram of an open gate.
func (j *Judge) build(r ref) node {
	x, i := &j.x, r>>1
	if x.at[i] != x.gen {
		x.memo[i] = j.construct(uint32(i))
		x.at[i] = x.gen
	}
	if r&1 == 1 {
		return x.d.not(x.memo[i])
	}
	return x.memo[i]
}

func (j *Judge) construct(i uint32) node {
	x, p := &j.x, j.p
	switch j.vals[2*i] {
	case True:
		return 1
	case False:
		return 0
	}
	g := &p.gates[i]
	if g.op == opAtom {
		base := len(x.d.stack)
		for _, rep := range p.classes[g.fact].rep {
			n := node(0)
			if p.sets[g.lo].has(rep) {
				n = 1
			}
			x.d.stack = append(x.d.stack, n)
		}
		n := x.d.mk(j.rankOf(int(g.fact)), base)
		x.d.stack = x.d.stack[:base]
		return n
	}
	acc := node(0)
	if g.op == opAnd {
		acc = 1
	}
	for k := int(g.hi) - 1; k >= int(g.lo); k-- {
		r := p.in[k]
		if j.at(r) != Open {
			continue // it is the neutral input, or the gate would be decided
		}
		if g.op == opAnd {
			acc = x.d.ite(j.build(r), acc, 0)
		} else {
			acc = x.d.ite(j.build(r), 1, acc)
		}
	}
	return acc
}

// constrain makes impossible what the ties rule out. Only ties that share
// facts with the question, directly or through others, can matter.
func (j *Judge) constrain(root node) node {
	x := &j.x
	clear(x.mark)
	x.reach(root)
	for _, n := range x.order {
		if n >= leaves {
			x.mark[x.seq[x.d.vars[n]]] = true
		}
	}
	clear(x.tied)
	for again := true; again; {
		again = false
		for i := range j.p.ties {
			t := &j.p.ties[i]
			if x.tied[i] || j.at(t.gate) != Open {
				continue
			}
			touch := false
			for _, f := range t.facts {
				touch = touch || x.mark[f] && j.in[f] == Unknown
			}
			if !touch {
				continue
			}
			x.tied[i], again = true, true
			for _, f := range t.facts {
				if j.in[f] == Unknown {
					x.mark[f] = true
				}
			}
		}
	}
	world := node(1)
	for i := len(j.p.ties) - 1; i >= 0; i-- {
		if x.tied[i] {
			world = x.d.ite(j.build(j.p.ties[i].gate), world, 0)
		}
	}
	return x.d.ite(world, root, impossible)
}

// reach lists the vertices below n, children first.
func (x *exact) reach(n node) {
	for len(x.seen) < len(x.d.vars) {
		x.seen = append(x.seen, 0)
		x.limits = append(x.limits, false)
	}
	x.seenGen++
	x.order = x.order[:0]
	x.visit(n)
}

func (x *exact) visit(n node) {
	if x.seen[n] == x.seenGen {
		return
	}
	x.seen[n] = x.seenGen
	x.limits[n] = n == impossible
	if n >= leaves {
		for _, k := range x.d.of(n) {
			x.visit(k)
			x.limits[n] = x.limits[n] || x.limits[k]
		}
	}
	x.order = append(x.order, n)
}

// decisive appends the facts of which some change of value alone, between two
// possible worlds, changes the outcome. reach must have run.
func (x *exact) decisive(dst []int) []int {
	clear(x.open)
	clear(x.differs)
	for i := len(x.order) - 1; i >= 0; i-- {
		n := x.order[i]
		if n < leaves || x.open[x.seq[x.d.vars[n]]] {
			continue
		}
		x.kidbuf = distinct(x.kidbuf[:0], x.d.of(n))
		x.open[x.seq[x.d.vars[n]]] = x.anyDiffer(x.kidbuf)
	}
	for f, ok := range x.open {
		if ok {
			dst = append(dst, f)
		}
	}
	return dst
}

func distinct(dst, ks []node) []node {
outer:
	for _, k := range ks {
		for _, d := range dst {
			if d == k {
				continue outer
			}
		}
		dst = append(dst, k)
	}
	return dst
}

func (x *exact) anyDiffer(ks []node) bool {
	for i := range ks {
		for k := i + 1; k < len(ks); k++ {
			if x.differ(ks[i], ks[k]) {
				return true
			}
		}
	}
	return false
}

// differ reports whether some assignment gives a and b two different
// possible outcomes.
func (x *exact) differ(a, b node) bool {
	if a == b || a == impossible || b == impossible {
		return false
	}
	if !x.limits[a] && !x.limits[b] {
		return true // both possible throughout, so that being two vertices is differing
	}
	if a > b {
		a, b = b, a
	}
	key := [2]node{a, b}
	if r, ok := x.differs[key]; ok {
		return r
	}
	v := min(x.d.vars[a], x.d.vars[b])
	r := false
	for k := range int32(x.d.arity[v]) {
		if x.differ(x.d.child(a, v, k), x.d.child(b, v, k)) {
			r = true
			break
		}
	}
	x.differs[key] = r
	return r
}

// coarse answers without the diagram: nothing missing, maybe too much.
func (j *Judge) coarse(body int, a *Answer) {
	a.Cut = true
	var have [leaves]bool
	mark := make([]bool, len(j.p.Law.facts))
	for _, r := range j.p.ladder[body] {
		v := j.at(r.gate)
		if v == False {
			continue
		}
		have[r.outcome] = true
		for _, f := range j.p.support(r.gate) {
			mark[f] = mark[f] || j.in[f] == Unknown
		}
		if v == True {
			break
		}
	}
	for o := range have {
		if have[o] {
			a.Outcomes = append(a.Outcomes, Outcome(o))
		}
	}
	for f, ok := range mark {
		if ok {
			a.Open = append(a.Open, f)
		}
	}
}
