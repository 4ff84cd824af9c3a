package rule

import (
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

// and flattens, sorts and shares.
func (c *compiler) and(rs []ref) ref {
	var flat []ref
	for _, r := range rs {
		switch {
		case r == refFalse:
			return refFalse
		case r == refTrue:
		case r&1 == 0 && c.p.gates[r>>1].op == opAnd:
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
			return refFalse
		}
	}
	switch len(flat) {
	case 0:
		return refTrue
	case 1:
		return flat[0]
	}
	key := []byte{byte(opAnd)}
	for _, r := range flat {
		key = binary.AppendUvarint(key, uint64(r))
	}
	return c.intern(key, func() gate {
		lo := len(c.p.in)
		c.p.in = append(c.p.in, flat...)
		return gate{op: opAnd, lo: uint32(lo), hi: uint32(len(c.p.in))}
	})
}

// or is "not all of them are false".
func (c *compiler) or(rs []ref) ref {
	none := make([]ref, len(rs))
	for i, r := range rs {
		none[i] = r.not()
	}
	return c.and(none).not()
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

// partition groups the values of each fact into cells: values that no atom of
// the program tells apart.
func (p *Program) partition() {
	p.all = make([]rawSet, len(p.Law.facts))
	p.cells = make([][]rawSet, len(p.Law.facts))
	for f := range p.all {
		for r := 1; r <= p.Law.Domain(f); r++ {
			p.all[f].set(Raw(r))
		}
		p.cells[f] = []rawSet{p.all[f]}
	}
	for _, g := range p.gates {
		if g.op == opAtom {
			p.cells[g.fact] = split(p.cells[g.fact], &p.sets[g.lo])
		}
	}
}

// split parts each cell into what is outside of by and what is in it.
func split(cells []rawSet, by *rawSet) []rawSet {
	for i := range cells {
		if out := cells[i].without(by); cells[i].meets(by) && out != (rawSet{}) {
			cells = append(cells, cells[i].and(by))
			cells[i] = out
		}
	}
	return cells
}
