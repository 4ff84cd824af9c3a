package rule

import "math/bits"

// pose gathers what a question takes: the open gates that the outcome of a
// body of law hangs on, and the ties. In a whole question every fact counts
// by itself; see settle.
func (j *Judge) pose(body int, whole bool) {
	x, ladder := &j.x, j.p.ladder[body]
	x.body, x.whole = body, whole
	j.prepare()
	x.last = 0
	for j.at(ladder[x.last].gate) != True { // rungs below the first certain one are never reached
		x.last++
	}
	x.refused, x.excepted = -1, len(ladder)
	if o, r := ladder[x.last].outcome, j.p.refused[body]; r >= 0 && (o == NLR || o >= FirstException) {
		x.refused, x.excepted = r, j.p.excepted
		j.want(j.p.required)
		j.want(j.p.stopped)
	}
	for i, r := range ladder[:x.last] {
		switch {
		case j.at(r.gate) == False || i == x.refused:
		case x.excepts(i):
			j.want(r.core)
		default:
			j.want(r.gate)
		}
	}
	j.bind()
}

// excepts tells whether rung i is an exception, of which the question takes
// the core alone: what stops all of them, and whether there is something to
// except from, need then be laid over them but once.
func (x *exact) excepts(i int) bool { return i >= x.excepted }

// diagram builds the outcome as a function of the open facts, with
// impossible where the ties rule a completion out, and lists its vertices.
func (j *Judge) diagram() {
	x, ladder := &j.x, j.p.ladder[j.x.body]
	x.d.reset(Limit)
	x.settle(false)
	lay := func(r ref, o Outcome, over node) node {
		return x.d.choose(j.node(r), choice{leaf(o), 0}, over)
	}
	root := leaf(ladder[x.last].outcome)
	if x.refused >= 0 {
		if ladder[x.last].outcome == NLR {
			root = leaf(LicenseRequired)
		}
		for i := x.last - 1; i > x.refused; i-- {
			if x.excepts(i) && j.at(ladder[i].gate) != False {
				root = lay(ladder[i].core, ladder[i].outcome, root)
			}
		}
		root = lay(j.p.stopped, LicenseRequired, root)
		root = lay(j.p.required.not(), ladder[x.last].outcome, root)
	}
	for i := x.last - 1; i >= 0; i-- {
		switch o := ladder[i].outcome; {
		case i == x.refused || x.excepts(i):
		case i > x.refused && x.refused >= 0: // a license is required before this is asked
			root = x.d.choose(j.node(ladder[i].gate), choice{leaf(o), leaf(LicenseRequired)}, root)
		default:
			root = lay(ladder[i].gate, o, root)
		}
	}
	x.root = j.constrain(root)
	x.reach(x.root)
}

// prepare empties the diagram's memory, which is made at the first use.
func (j *Judge) prepare() {
	x := &j.x
	if x.memo == nil {
		x.p = j.p
		x.memo = make([]built, len(j.p.gates))
		n := len(j.p.seq)
		x.facts, x.cells = make([]asked, n), make([][]rawSet, n)
		for f, cells := range j.p.cells {
			x.cells[f] = append(x.cells[f], cells...)
			x.facts[f] = asked{rank: j.p.rank[f], many: len(cells) > 2}
		}
	}
	if x.gen++; x.gen == 0 { // old entries must not look like new ones
		x.gen = 1
		clear(x.memo)
	}
	x.about = factSet{}
	x.cone, x.ins, x.wide = x.cone[:0], x.ins[:0], x.wide[:0]
}

// want gathers a gate that is looked at itself.
func (j *Judge) want(r ref) {
	if j.at(r) == Open {
		r = j.gather(r)
		j.x.memo[r>>1].uses++
	}
}

// gather lists the open gates below r, which is open, inputs first, and marks
// their facts. A gate with one open input is that input.
func (j *Judge) gather(r ref) ref {
	x, p := &j.x, j.p
	m := &x.memo[r>>1]
	if m.gen == x.gen {
		x.memo[m.to>>1].uses++
		return m.to ^ r&1
	}
	m.gen, m.uses, m.to = x.gen, 1, r&^1
	g := &p.gates[r>>1]
	if g.op == opAtom {
		j.meet(int(g.fact), &p.sets[g.lo])
		x.cone = append(x.cone, r>>1)
		return r
	}
	base := len(x.kids)
	for _, k := range p.in[g.lo:g.hi] { // what is true changes nothing
		if j.at(k) == Open {
			x.kids = append(x.kids, j.gather(k))
		}
	}
	kids := x.kids[base:]
	x.kids = x.kids[:base]
	if len(kids) == 1 {
		m.to = kids[0]
		return kids[0] ^ r&1
	}
	m.lo = int32(len(x.ins))
	x.ins = append(x.ins, kids...)
	m.hi = int32(len(x.ins))
	x.cone = append(x.cone, r>>1)
	return r
}

// meet marks a fact of the question and tells its values apart by one atom.
func (j *Judge) meet(f int, by *rawSet) {
	x := &j.x
	a := &x.facts[f]
	if !x.about.has(uint16(f)) {
		x.about.add(uint16(f))
		a.atoms, a.ring, a.bit = 0, node(f), none
		if a.many {
			x.cells[f] = append(x.cells[f][:0], j.p.all[f])
			x.wide = append(x.wide, int32(f))
		}
	}
	a.atoms++
	if a.many {
		x.cells[f] = split(x.cells[f], by)
	}
}

// bits is how many the cases of the question take at most.
func (x *exact) bits() int {
	n := x.about.len() - len(x.wide)
	for _, f := range x.wide {
		n += bits.Len(uint(len(x.cells[f]) - 1))
	}
	return n
}

// settle builds the diagrams of the gates, or their tables. A gate whose facts
// nothing else asks for is neither but counts as one fact, and so do several
// that meet in one gate: whatever hangs on one of their facts hangs on all of
// them.
func (x *exact) settle(tables bool) {
	p, d := x.p, &x.d
	for _, i := range x.cone {
		g, m := &p.gates[i], &x.memo[i]
		once := m.uses == 1 && !x.whole
		if g.op == opAtom {
			switch a := &x.facts[g.fact]; {
			case once && a.atoms == 1:
				m.n = ^node(g.fact)
			case tables && g.hi == 1:
				m.n = x.place(node(g.fact), 2)
			case tables:
				m.n = x.tell(node(g.fact), &p.sets[g.lo])
			case g.hi == 1:
				m.n = fact(a.rank)
			default:
				m.n = d.atom(a.rank, x.cells[g.fact], &p.sets[g.lo])
			}
			continue
		}
		alone, base := node(none), len(d.stack)
		for _, r := range x.ins[m.lo:m.hi] {
			if n := x.memo[r>>1].n; n < 0 {
				alone = x.join(alone, ^n)
			} else {
				d.stack = append(d.stack, n^node(r&1))
			}
		}
		switch {
		case alone == none:
		case once && len(d.stack) == base:
			m.n = ^alone
			continue
		case tables:
			d.stack = append(d.stack, x.place(alone, 2))
		default:
			d.stack = append(d.stack, fact(x.facts[alone].rank))
		}
		if tables {
			m.n = x.t.and(d.stack[base:])
		} else {
			m.n = d.every(d.stack[base:])
		}
		d.stack = d.stack[:base]
	}
}

// atom returns the diagram that tells whether a fact is in a set.
func (d *diagram) atom(v uint16, cells []rawSet, in *rawSet) node {
	base := len(d.stack)
	for k := range cells {
		n := never
		if cells[k].meets(in) {
			n = always
		}
		d.stack = append(d.stack, n)
	}
	return d.fan(v, base)
}

// join makes one ring of two rings of facts, and returns the fact that stands for it.
func (x *exact) join(a, b node) node {
	if a == none {
		return b
	}
	m, n := &x.facts[a], &x.facts[b]
	m.ring, n.ring = n.ring, m.ring
	if n.rank < m.rank {
		return b
	}
	return a
}

// node returns the diagram or table of a gate.
func (j *Judge) node(r ref) node {
	switch j.at(r) {
	case True:
		return always
	case False:
		return never
	}
	to := j.x.memo[r>>1].to ^ r&1
	return j.x.memo[to>>1].n ^ node(to&1)
}

// bind finds the ties that bear on the question: those that share facts with
// it, directly or through others.
func (j *Judge) bind() {
	x, p := &j.x, j.p
	x.ties, x.loose = x.ties[:0], x.loose[:0]
	more := false
	for i, r := range p.tieGates {
		if j.at(r) == Open {
			x.loose = append(x.loose, &p.ties[i])
			more = more || j.touches(&p.ties[i])
		}
	}
	for more && j.loosen() {
	}
	for more {
		more = false
		for i, t := range x.loose {
			if t != nil && j.touches(t) {
				j.want(t.gate)
				x.ties = append(x.ties, t)
				x.loose[i], more = nil, true
			}
		}
	}
}

// touches reports whether a tie is about a fact of the question.
func (j *Judge) touches(t *tie) bool {
	a, b := &j.x.about, &t.about
	return a[0]&b[0]|a[1]&b[1]|a[2]&b[2]|a[3]&b[3] != 0
}

// loosen leaves out ties that a fact outside the question can satisfy whatever
// the other facts are: such ties rule out no world of the question, nor a pair
// of worlds. It reports whether it found any.
func (j *Judge) loosen() (found bool) {
	x := &j.x
	for _, t := range x.loose {
		if t == nil {
			continue
		}
		for k := range t.spare {
			s := &t.spare[k]
			if x.about.has(uint16(s.fact)) || j.in[s.fact] != Unknown {
				continue
			}
			can := s.by // one value must do for all ties that name the fact
			for _, u := range x.loose {
				if u != nil && u.names(s.fact) {
					can = u.leaves(s.fact, can)
				}
			}
			if can == (rawSet{}) {
				continue
			}
			for i, u := range x.loose {
				if u != nil && u.names(s.fact) {
					x.loose[i] = nil
				}
			}
			found = true
			break
		}
	}
	return found
}

// names reports whether a tie is about fact f.
func (t *tie) names(f int) bool { return t.about.has(uint16(f)) }

// leaves keeps those values of f, which the tie names, that satisfy it
// whatever the other facts are.
func (t *tie) leaves(f int, values rawSet) rawSet {
	for i := range t.spare {
		if t.spare[i].fact == f {
			return values.and(&t.spare[i].by)
		}
	}
	return rawSet{}
}

// constrain makes impossible what the ties rule out below a root.
func (j *Judge) constrain(root node) node {
	if len(j.x.ties) == 0 {
		return root
	}
	world := always
	for _, t := range j.x.ties {
		world = j.x.d.both(j.node(t.gate), world)
	}
	return j.x.d.choose(world^1, choice{impossible, 0}, root)
}
