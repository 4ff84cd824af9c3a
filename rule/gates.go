package rule

import (
	"cmp"
	"encoding/binary"
	"slices"
)

func (c *compiler) atom(f int, b rawSet) ref {
	n := c.p.Law.Domain(f)
	all, none := true, true
	for r := 1; r <= n; r++ {
		if b.has(Raw(r)) {
			none = false
		} else {
			all = false
		}
	}
	switch {
	case none:
		return refFalse
	case all && n > 1:
		return refTrue
	}
	if n == 2 && b.has(rawFalse) { // one atom per Boolean fact, so that a and not a meet
		var t rawSet
		t.set(rawTrue)
		return c.atom(f, t).not()
	}
	key := make([]byte, 0, 40)
	key = append(key, byte(opAtom))
	key = binary.AppendUvarint(key, uint64(f))
	for _, w := range b {
		key = binary.LittleEndian.AppendUint64(key, w)
	}
	return c.intern(key, func() gate {
		c.p.sets = append(c.p.sets, b)
		return gate{op: opAtom, fact: uint16(f), lo: uint32(len(c.p.sets) - 1)}
	})
}

func (c *compiler) and(rs []ref) ref { return c.nary(opAnd, rs, refTrue, refFalse) }
func (c *compiler) or(rs []ref) ref  { return c.nary(opOr, rs, refFalse, refTrue) }

// nary flattens, sorts and shares; unit is the neutral input, zero the one
// that decides.
func (c *compiler) nary(op gateOp, rs []ref, unit, zero ref) ref {
	var flat []ref
	for _, r := range rs {
		switch {
		case r == zero:
			return zero
		case r == unit:
		case r&1 == 0 && c.p.gates[r>>1].op == op:
			g := c.p.gates[r>>1]
			flat = append(flat, c.p.in[g.lo:g.hi]...)
		default:
			flat = append(flat, r)
		}
	}
	slices.Sort(flat)
	flat = slices.Compact(flat)
	for i := 1; i < len(flat); i++ {
		if flat[i] == flat[i-1].not() {
			return zero
		}
	}
	switch len(flat) {
	case 0:
		return unit
	case 1:
		return flat[0]
	}
	key := []byte{byte(op)}
	for _, r := range flat {
		key = binary.AppendUvarint(key, uint64(r))
	}
	return c.intern(key, func() gate {
		lo := len(c.p.in)
		c.p.in = append(c.p.in, flat...)
		return gate{op: op, lo: uint32(lo), hi: uint32(len(c.p.in))}
	})
}

func (c *compiler) intern(key []byte, mk func() gate) ref {
	if r, ok := c.cons[string(key)]; ok {
		return r
	}
	g := mk()
	c.p.gates = append(c.p.gates, g)
	r := ref(len(c.p.gates)-1) << 1
	c.cons[string(key)] = r
	return r
}

// classes groups the values of one fact: two values are in one class when no
// atom of the program tells them apart.
type classes struct {
	of  []uint8 // Raw to class
	rep []Raw   // class to one Raw of it
	n   []int   // how many values the class has
}

func (p *Program) partition() {
	l := p.Law
	atoms := make([][]rawSet, len(l.facts))
	for _, g := range p.gates {
		if g.op == opAtom {
			atoms[g.fact] = append(atoms[g.fact], p.sets[g.lo])
		}
	}
	p.classes = make([]classes, len(l.facts))
	for f := range l.facts {
		n := l.Domain(f)
		cl := classes{of: make([]uint8, n+1)}
		seen := map[string]uint8{}
		sig := make([]byte, len(atoms[f]))
		for r := 1; r <= n; r++ {
			for i := range atoms[f] {
				sig[i] = 0
				if atoms[f][i].has(Raw(r)) {
					sig[i] = 1
				}
			}
			k, ok := seen[string(sig)]
			if !ok {
				k = uint8(len(cl.rep))
				seen[string(sig)] = k
				cl.rep = append(cl.rep, Raw(r))
				cl.n = append(cl.n, 0)
			}
			cl.of[r] = k
			cl.n[k]++
		}
		p.classes[f] = cl
	}
}

// renumber sorts the gates by depth, kind and number of inputs, so that a
// processor sees long runs of the same work. Topological order is kept.
func (p *Program) renumber() {
	depth := make([]int, len(p.gates))
	for i, g := range p.gates {
		if g.op == opAnd || g.op == opOr {
			for _, k := range p.in[g.lo:g.hi] {
				depth[i] = max(depth[i], depth[k>>1]+1)
			}
		}
	}
	order := make([]int, len(p.gates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order[1:], func(a, b int) int { // gate 0 stays the constant
		x, y := &p.gates[a], &p.gates[b]
		return cmp.Or(depth[a]-depth[b], int(x.op)-int(y.op), int(x.hi-x.lo)-int(y.hi-y.lo))
	})
	to := make([]ref, len(order))
	for i, old := range order {
		to[old] = ref(i << 1)
	}
	move := func(r *ref) { *r = to[*r>>1] | *r&1 }
	gates, in := make([]gate, len(order)), make([]ref, 0, len(p.in))
	for i, old := range order {
		g := p.gates[old]
		if g.op == opAnd || g.op == opOr {
			lo := len(in)
			in = append(in, p.in[g.lo:g.hi]...)
			g.lo, g.hi = uint32(lo), uint32(len(in))
		}
		gates[i] = g
	}
	p.gates, p.in = gates, in
	for i := range p.in {
		move(&p.in[i])
	}
	for i := range p.entries {
		e := &p.entries[i]
		move(&e.gate)
		move(&e.when)
		for k := range e.parts {
			move(&e.parts[k])
		}
	}
	for b := range p.ladder {
		for i := range p.ladder[b] {
			move(&p.ladder[b][i].gate)
		}
	}
	for i := range p.ties {
		move(&p.ties[i].gate)
		move(&p.ties[i].cond)
	}
}
