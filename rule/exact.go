package rule

import "math/bits"

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
	ins   []ref   // their open inputs
	root  node    // of the last question
	body  int     // what it was about
	whole bool    // it is a whole diagram,
	cut   bool    // but for this

	facts []asked    // per fact
	cells [][]rawSet // per fact: values that the question does not tell apart

	seen    []uint32 // per vertex: generation, and 1 if some way below is impossible
	seenGen uint32
	order   []node  // the vertices below the last root, children first
	ends    uint64  // and the outcomes there, a bit per leaf
	about   factSet // the facts of the question
	ties    []*tie  // that bear on it
	loose   []*tie  // that may yet
	ans     Answer
}

// built is the diagram of a gate, if gen is that of the question.
type built struct {
	gen    uint32
	uses   int32 // in the question
	n      node
	lo, hi int32 // of an "and": its open inputs are ins[lo:hi]
	alone  int32 // the fact that stands for the gate, which then has no diagram
}

const none = -1

// asked is a fact of the question, if gen is that of the question.
type asked struct {
	gen   uint32
	atoms int32 // how many of its atoms the question has
	ring  int32 // the next one of those that count as one
	rank  uint16
	many  bool // it has more than two cells in the law of the day
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
	j.diagram(body, false)
	if j.x.d.cut {
		j.coarse(body, a)
		return a
	}
	a.Outcomes = j.x.outcomes(a.Outcomes)
	a.Decided = len(a.Outcomes) == 1
	if !a.Decided {
		a.Open = j.x.decisive(a.Open)
	}
	return a
}

// reach lists the vertices below n, children first, and the leaves.
func (x *exact) reach(n node) {
	if len(x.seen) < len(x.d.all) {
		x.seen = make([]uint32, 2*len(x.d.all))
		x.seenGen = 0
	}
	x.seenGen += 2
	x.order, x.ends = x.order[:0], 0
	x.visit(n)
	x.ends &^= 1 << (impossible >> 1)
}

// visit returns 1 if some way below n is impossible.
func (x *exact) visit(n node) uint32 {
	at := n >> 1
	if at < leaves {
		x.ends |= 1 << at
		if n == impossible {
			return 1
		}
		return 0
	}
	if s := x.seen[at]; s&^1 == x.seenGen {
		return s & 1
	}
	var limit uint32
	if v := x.d.all[at]; v.n == 2 {
		limit = x.visit(v.lo) | x.visit(v.hi)
	} else {
		for i := v.lo; i < v.hi; i++ {
			limit |= x.visit(x.d.kids[i])
		}
	}
	x.seen[at] = x.seenGen | limit
	x.order = append(x.order, n)
	return limit
}

// outcomes appends those that reach has found.
func (x *exact) outcomes(dst []Outcome) []Outcome {
	for w := x.ends; w != 0; w &= w - 1 {
		dst = append(dst, outcome(2*node(bits.TrailingZeros64(w))))
	}
	return dst
}

// limited tells whether some way below a vertex that was reached is impossible.
func (x *exact) limited(n node) bool { return x.seen[n>>1]&1 == 1 }

// decisive appends the facts of which some change of value alone, between two
// possible worlds, changes the outcome. reach must have run.
func (x *exact) decisive(dst []int) []int {
	var open factSet
	limited := false
	for _, n := range x.order {
		l := x.seen[n>>1] & 1
		limited = limited || l == 1
		open.add(x.d.top(n), uint64(l^1))
	}
	if limited {
		for _, n := range x.order {
			if v := x.d.top(n); x.limited(n) && !open.has(v) && x.anyDiffer(n) {
				open.add(v, 1)
			}
		}
	}
	var facts factSet
	for i, w := range open {
		for ; w != 0; w &= w - 1 {
			first := int32(x.p.seq[i<<6+bits.TrailingZeros64(w)])
			facts.add(uint16(first), 1)
			for f := x.facts[first].ring; f != first; f = x.facts[f].ring {
				facts.add(uint16(f), 1)
			}
		}
	}
	for i, w := range facts {
		for ; w != 0; w &= w - 1 {
			dst = append(dst, i<<6+bits.TrailingZeros64(w))
		}
	}
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
	case !x.limited(a) && !x.limited(b):
		return true // both possible throughout, so that being two vertices is differing
	case a > b:
		a, b = b, a
	}
	key := pairKey(a, b)
	at, ok := x.d.lookup(opDiffer, key)
	if ok {
		return at.r == always
	}
	v, n := x.d.split(a, b)
	r := never
	for k := range n {
		if x.differ(x.d.cell(a, v, k), x.d.cell(b, v, k)) {
			r = always
			break
		}
	}
	x.d.keep(at, opDiffer, key, r)
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
