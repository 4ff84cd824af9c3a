package rule

// diagram builds the outcome as a function of the open facts, with
// impossible where the ties rule a completion out, and lists its vertices. In
// a whole diagram every fact has vertices of its own; see settle.
func (j *Judge) diagram(body int, whole bool) node {
	x, ladder := &j.x, j.p.ladder[body]
	x.body, x.whole = body, whole
	j.prepare()
	last := 0
	for j.at(ladder[last].gate) != True { // rungs below the first certain one are never reached
		last++
	}
	refused := -1
	if r := j.p.refused[body]; r >= 0 && last == len(ladder)-1 && j.at(ladder[r].gate) == Open {
		refused = r
		j.gather(j.p.required)
	}
	for i := range last {
		if i != refused {
			j.gather(ladder[i].gate)
		}
	}
	j.settle(whole)
	root := leaf(ladder[last].outcome)
	if refused >= 0 {
		// A license is refused where none of the exceptions laid over this
		// applies. That is cheaper than to ask first whether none does.
		root = x.d.choose(j.node(j.p.required), choice{leaf(LicenseRequired), 0}, root)
	}
	for i := last - 1; i >= 0; i-- {
		but := node(0)
		if o := ladder[i].outcome; refused >= 0 && i > refused && o < FirstException {
			but = leaf(LicenseRequired)
		}
		if i != refused {
			root = x.d.choose(j.node(ladder[i].gate), choice{leaf(ladder[i].outcome), but}, root)
		}
	}
	x.root = j.constrain(root)
	x.reach(x.root)
	return x.root
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
	x.gen++
	x.about = factSet{}
	x.cone, x.ins = x.cone[:0], x.ins[:0]
	x.d.reset(Limit)
}

// gather lists the open gates below r, inputs first, and marks their facts.
func (j *Judge) gather(r ref) {
	x := &j.x
	if j.at(r) != Open {
		return
	}
	m := &x.memo[r>>1]
	if m.gen == x.gen {
		m.uses++
		return
	}
	m.gen, m.uses = x.gen, 1
	g := &j.p.gates[r>>1]
	if g.op == opAtom {
		j.meet(int(g.fact), &j.p.sets[g.lo])
	} else {
		m.lo = int32(len(x.ins))
		for _, k := range j.p.in[g.lo:g.hi] { // what is true changes nothing
			x.ins = append(x.ins, k)
			x.ins = x.ins[:len(x.ins)-1+isOpen(j.at(k))]
		}
		m.hi = int32(len(x.ins))
		for i := m.lo; i < m.hi; i++ {
			j.gather(x.ins[i])
		}
	}
	x.cone = append(x.cone, r>>1)
}

// isOpen is 1 for Open, else 0.
func isOpen(v Value) int { return int(v &^ (v >> 1) & 1) }

// meet marks a fact of the question and tells its values apart by one atom.
func (j *Judge) meet(f int, by *rawSet) {
	x := &j.x
	a := &x.facts[f]
	if a.gen != x.gen {
		a.gen, a.atoms, a.ring = x.gen, 0, int32(f)
		x.about.add(uint16(f), 1)
		if a.many {
			x.cells[f] = append(x.cells[f][:0], j.p.all[f])
		}
	}
	a.atoms++
	if a.many {
		x.cells[f] = split(x.cells[f], by)
	}
}

// settle finds the ties that bear on what was gathered, and builds the
// diagrams. A gate whose facts nothing else asks for is no diagram but counts
// as one fact, and so do several that meet in one gate: whatever hangs on one
// of their facts hangs on all of them. In a whole diagram each fact counts.
func (j *Judge) settle(whole bool) {
	j.bind()
	x, p, d := &j.x, j.p, &j.x.d
	for _, i := range x.cone {
		g, m, base := &p.gates[i], &x.memo[i], len(d.stack)
		m.alone = none
		if g.op == opAtom {
			f := int(g.fact)
			switch a := &x.facts[f]; {
			case m.uses == 1 && a.atoms == 1 && !whole:
				m.alone = int32(f)
			case g.hi == 1:
				m.n = d.fork(a.rank, never, always)
			default:
				m.n = d.atom(a.rank, x.cells[f], &p.sets[g.lo])
			}
			continue
		}
		alone := int32(none)
		for _, r := range x.ins[m.lo:m.hi] {
			if f := x.memo[r>>1].alone; f != none {
				alone = x.join(alone, f)
			} else {
				d.push(x.memo[r>>1].n^node(r&1), base)
			}
		}
		if alone != none {
			if len(d.stack) == base && m.uses == 1 {
				m.alone = alone
				continue
			}
			d.push(d.fork(x.facts[alone].rank, never, always), base)
		}
		acc := always
		for k := base; k < len(d.stack); k++ {
			acc = d.both(d.stack[k], acc)
		}
		d.stack = d.stack[:base]
		m.n = acc
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

// push puts n on the stack so that the lowest in the diagram comes first: what
// stands above it is then put on top.
func (d *diagram) push(n node, base int) {
	d.stack = append(d.stack, n)
	for k := len(d.stack) - 1; k > base && d.top(n) > d.top(d.stack[k-1]); k-- {
		d.stack[k], d.stack[k-1] = d.stack[k-1], n
	}
}

// join makes one ring of two rings of facts, and returns the fact that stands for it.
func (x *exact) join(a, b int32) int32 {
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

// node returns the diagram of a gate that is constructed or not open.
func (j *Judge) node(r ref) node {
	switch j.at(r) {
	case True:
		return always
	case False:
		return never
	}
	m := &j.x.memo[r>>1]
	if m.alone != none {
		return j.x.d.fork(j.x.facts[m.alone].rank, never, always) ^ node(r&1)
	}
	return m.n ^ node(r&1)
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
				j.gather(t.gate)
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
			// One value must do for all ties that name the fact.
			can := s.by
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
			return true
		}
	}
	return false
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
