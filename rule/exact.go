package rule

import "slices"

// Limit is how many vertices an exact answer may take before it is cut. Deals
// that state nothing but a day reach it, after some 0.4 s and 40 MB.
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
	d     diagram
	p     *Program
	gen   uint32
	memo  []built // per gate
	cone  []ref   // the gates of the question, inputs first
	root  node    // of the last question
	body  int     // what it was about
	whole bool    // it is a whole diagram,
	cut   bool    // but for this

	atoms []int      // per fact: how many of its atoms the question has
	ring  []int32    // per fact: the next one of those that count as one
	cells [][]rawSet // per fact: values that the question does not tell apart

	seen    []uint32 // per vertex
	seenGen uint32
	limits  []bool // per vertex: some way below it is impossible
	order   []node // the vertices below the last root, children first
	mark    []bool // per fact: it is in the question
	open    []bool // per fact: it decides
	tied    []bool // per tie: it may bear on the question
	ties    []int  // those that do
	ans     Answer
}

// built is the diagram of a gate, if gen is that of the question.
type built struct {
	gen   uint32
	uses  int32 // in the question
	n     node
	alone int32 // the fact that stands for the gate, which then has no diagram
}

const none = -1

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
	j.diagram(body, false)
	if j.x.d.cut {
		j.coarse(body, a)
		return a
	}
	for _, n := range j.x.order {
		if isLeaf(n) && n != impossible {
			a.Outcomes = append(a.Outcomes, outcome(n))
		}
	}
	slices.Sort(a.Outcomes)
	a.Decided = len(a.Outcomes) == 1
	if !a.Decided {
		a.Open = j.x.decisive(a.Open)
	}
	return a
}

// reach lists the vertices below n, children first.
func (x *exact) reach(n node) {
	if len(x.seen) < len(x.d.all) {
		x.seen = make([]uint32, 2*len(x.d.all))
		x.limits = make([]bool, 2*len(x.d.all))
		x.seenGen = 0
	}
	x.seenGen++
	x.order = x.order[:0]
	x.visit(n)
}

func (x *exact) visit(n node) {
	at := n >> 1
	if x.seen[at] == x.seenGen {
		return
	}
	x.seen[at] = x.seenGen
	limit := n == impossible
	if !isLeaf(n) {
		for i := range x.d.wide(n) {
			k := x.d.child(n, i)
			x.visit(k)
			limit = limit || x.limits[k>>1]
		}
	}
	x.limits[at] = limit
	x.order = append(x.order, n&^1)
}

// decisive appends the facts of which some change of value alone, between two
// possible worlds, changes the outcome. reach must have run.
func (x *exact) decisive(dst []int) []int {
	clear(x.open)
	for _, n := range x.order {
		if isLeaf(n) {
			continue
		}
		f := x.p.seq[x.d.top(n)]
		if x.open[f] || x.limits[n>>1] && !x.anyDiffer(n) {
			continue
		}
		for ; !x.open[f]; f = int(x.ring[f]) {
			x.open[f] = true
			dst = append(dst, f)
		}
	}
	slices.Sort(dst)
	return dst
}

func (x *exact) anyDiffer(n node) bool {
	for i := range x.d.wide(n) {
		for k := range i {
			if x.differ(x.d.child(n, i), x.d.child(n, k)) {
				return true
			}
		}
	}
	return false
}

// differ reports whether some assignment gives a and b two different
// possible outcomes.
func (x *exact) differ(a, b node) bool {
	switch {
	case a == b || a == impossible || b == impossible:
		return false
	case !x.limits[a>>1] && !x.limits[b>>1]:
		return true // both possible throughout, so that being two vertices is differing
	case a > b:
		a, b = b, a
	}
	key := pairKey(a, b)
	at, ok := x.d.lookup(opDiffer, key)
	if ok {
		return x.d.cache[at].r == always
	}
	v, n := x.d.split(a, b)
	r := never
	for k := range n {
		if x.differ(x.d.cell(a, v, k), x.d.cell(b, v, k)) {
			r = always
			break
		}
	}
	x.d.keep(at, len(x.d.cache), opDiffer, key, r)
	return r == always
}

// coarse answers without the diagram: nothing missing, maybe too much.
func (j *Judge) coarse(body int, a *Answer) {
	a.Outcomes, a.Open, a.Cut = a.Outcomes[:0], a.Open[:0], true
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
