package rule

import "math/bits"

// Limit is how many vertices an exact answer may take before it is cut. Deals
// that state nothing but a day come near it or reach it.
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
	kids  []ref   // those of gates being gathered
	wide  []int32 // the facts of the question of more than two cells
	root  node    // of the last question
	body  int     // what it was about
	whole bool    // it is a whole diagram,
	cut   bool    // but for this

	last     int // the rung of the question that certainly holds, if none before it does
	refused  int // its rung for what is required but under no exception, or -1
	excepted int // where its rungs of exceptions begin
	t        tables
	facts    []asked    // per fact
	cells    [][]rawSet // per fact: values that the question does not tell apart

	seen  []uint64 // vertices, in reach
	order []node   // the vertices below the last root, which comes first,
	open  factSet  // the facts of those below which no way is impossible,
	ends  uint64   // and the outcomes, a bit per leaf
	about factSet  // the facts of the question
	ties  []*tie   // that bear on it
	loose []*tie   // that may yet
	ans   Answer
}

// built is the diagram or table of a gate, if gen is that of the question.
type built struct {
	gen    uint32
	uses   int32 // in the question
	lo, hi int32 // of an "and": its open inputs are ins[lo:hi]
	n      node  // where facts count as one: ^ the one that stands for them
	to     ref   // what the gate is in the question
}

const none = -1

// asked is a fact of the question.
type asked struct {
	atoms int32 // how many of its atoms the question has
	ring  node  // the next one of those that count as one
	bit   int8  // its first, or none
	bits  int8  // how many tell its cells apart
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
	if j.pose(body, false); j.x.bits() <= fewBits {
		j.tabulate(a, j.x.bits())
	} else {
		j.draw(a)
	}
	return a
}

// draw answers the question that was posed by a diagram.
func (j *Judge) draw(a *Answer) {
	j.diagram()
	if j.x.d.cut {
		j.coarse(j.x.body, a)
		return
	}
	a.Outcomes = j.x.outcomes(a.Outcomes)
	a.Decided = len(a.Outcomes) == 1
	if !a.Decided {
		a.Open = j.x.decisive(a.Open)
	}
}

// reach lists the vertices below n, n first and children after their parents,
// and the leaves. A vertex has a higher number than its children.
func (x *exact) reach(n node) {
	d := &x.d
	if words := len(d.all)/64 + 1; len(x.seen) < words {
		x.seen = make([]uint64, 2*words)
	}
	x.order, x.open = x.order[:0], factSet{}
	seen := x.seen[:n>>7+1]
	seen[n>>7] = 1 << (n >> 1 & 63)
	for w := len(seen) - 1; w > 0; w-- {
		for seen[w] != 0 {
			at := w<<6 + bits.Len64(seen[w]) - 1
			seen[w] ^= 1 << (at & 63)
			x.order = append(x.order, node(at)<<1)
			v := &d.all[at]
			if !v.limited {
				x.open.add(v.v)
			}
			if v.n == 2 {
				seen[v.lo>>7] |= 1 << (v.lo >> 1 & 63)
				seen[v.hi>>7] |= 1 << (v.hi >> 1 & 63)
				continue
			}
			for _, k := range d.kids[v.lo:v.hi] {
				seen[k>>7] |= 1 << (k >> 1 & 63)
			}
		}
	}
	x.ends = seen[0] &^ (1 << (impossible >> 1))
	seen[0] = 0
}

// outcomes appends those that reach has found.
func (x *exact) outcomes(dst []Outcome) []Outcome {
	for w := x.ends; w != 0; w &= w - 1 {
		dst = append(dst, outcome(2*node(bits.TrailingZeros64(w))))
	}
	return dst
}

// limited tells whether some way below a vertex is impossible.
func (x *exact) limited(n node) bool { return x.d.all[n>>1].limited }

// decisive appends the facts of which some change of value alone, between two
// possible worlds, changes the outcome. reach must have run.
func (x *exact) decisive(dst []int) []int {
	open := x.open // where two vertices without an impossible way differ, two worlds do
	for i := len(x.order) - 1; i >= 0; i-- {
		n := x.order[i]
		if v := x.d.top(n); !open.has(v) && x.anyDiffer(n) {
			open.add(v)
		}
	}
	var facts factSet
	for i, w := range open {
		for ; w != 0; w &= w - 1 {
			x.ring(&facts, node(x.p.seq[i<<6+bits.TrailingZeros64(w)]))
		}
	}
	return facts.list(dst)
}

// ring adds a fact and those that it stands for.
func (x *exact) ring(to *factSet, first node) {
	to.add(uint16(first))
	for f := x.facts[first].ring; f != first; f = x.facts[f].ring {
		to.add(uint16(f))
	}
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
