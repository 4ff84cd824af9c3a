package rule

import "math/bits"

// Book is many deals side by side, 64 to a block, so that one pass over the
// program judges 64 deals. Boolean facts are kept as bit planes; the others
// as one Raw per deal. A Book holds facts only and may be judged by the
// program of any day of the same Law.
type Book struct {
	law    *Law
	n      int
	yes    [][]uint64 // per Boolean fact: known true
	no     [][]uint64 // per Boolean fact: known false
	values [][]Raw    // per other fact, padded to whole blocks
}

// NewBook returns an empty book.
func (l *Law) NewBook() *Book {
	n := len(l.facts)
	return &Book{law: l, yes: make([][]uint64, n), no: make([][]uint64, n), values: make([][]Raw, n)}
}

// Len returns the number of deals.
func (b *Book) Len() int { return b.n }

// Add appends a deal.
func (b *Book) Add(in Input) {
	at := b.n & 63
	for f, raw := range in {
		if b.law.FactTerm(f).Bool() {
			if at == 0 {
				b.yes[f] = append(b.yes[f], 0)
				b.no[f] = append(b.no[f], 0)
			}
			last := len(b.yes[f]) - 1
			switch raw {
			case rawTrue:
				b.yes[f][last] |= 1 << at
			case rawFalse:
				b.no[f][last] |= 1 << at
			}
			continue
		}
		if at == 0 {
			b.values[f] = append(b.values[f], make([]Raw, 64)...)
		}
		b.values[f][b.n] = raw
	}
	b.n++
}

// Input copies the facts of deal i into in.
func (b *Book) Input(i int, in Input) {
	for f := range in {
		if b.values[f] != nil {
			in[f] = b.values[f][i]
			continue
		}
		in[f] = Unknown
		if b.yes[f] == nil {
			continue
		}
		switch {
		case b.yes[f][i>>6]>>(i&63)&1 == 1:
			in[f] = rawTrue
		case b.no[f][i>>6]>>(i&63)&1 == 1:
			in[f] = rawFalse
		}
	}
}

// Verdict is the answer of one body for one deal of a book.
type Verdict struct {
	Outcome Outcome
	Decided bool
}

// plane is the value of a gate for 64 deals: which can be true, which can be
// false.
type plane struct{ t, f uint64 }

// Planes judges a book. It may be used again, by one goroutine at a time.
type Planes struct {
	p     *Program
	vals  []plane
	facts []plane // Boolean facts of the block, closed under the ties
	plan  []column
}

// column says how up to seven atoms of one many-valued fact are read for a
// block: every Raw has a byte with one bit per atom.
type column struct {
	fact  int
	gates []uint32 // gate of each atom
	bytes []uint8  // per Raw; the top bit marks unknown
}

// NewPlanes prepares the program for books.
func (p *Program) NewPlanes() *Planes {
	q := &Planes{p: p, vals: make([]plane, 2*len(p.gates))}
	atoms := make([][]uint32, len(p.Law.facts))
	for i, g := range p.gates {
		if g.op == opAtom && !p.Law.FactTerm(int(g.fact)).Bool() {
			atoms[g.fact] = append(atoms[g.fact], uint32(i))
		}
	}
	for f, gs := range atoms {
		for len(gs) > 0 {
			k := min(len(gs), 7)
			c := column{fact: f, gates: gs[:k], bytes: make([]uint8, p.Law.Domain(f)+1)}
			c.bytes[0] = 1 << 7
			for r := 1; r < len(c.bytes); r++ {
				for a, g := range gs[:k] {
					if p.sets[p.gates[g].lo].has(Raw(r)) {
						c.bytes[r] |= 1 << a
					}
				}
			}
			q.plan = append(q.plan, c)
			gs = gs[k:]
		}
	}
	return q
}

// Judge writes the verdicts of each body (navicert.Bodies) for the deals of a
// book to dst, whose slices must have the book's length or be nil. The facts of each deal must already hold all
// that the ties imply (Judge.Input gives such facts). A deal that three-valued
// logic leaves open is open here too: Judge.Exact may still decide it.
func (q *Planes) Judge(b *Book, dst [3][]Verdict) {
	for base := 0; base < b.n; base += 64 {
		q.block(b, base>>6)
		for body := range dst {
			if dst[body] != nil {
				q.verdicts(body, dst[body][base:min(base+64, b.n)])
			}
		}
	}
}

func (q *Planes) block(b *Book, blk int) {
	for i := range q.plan {
		c := &q.plan[i]
		m := c.read(b.values[c.fact][blk<<6 : blk<<6+64])
		u := m[7]
		for a, g := range c.gates {
			q.set(g, plane{m[a] | u, ^m[a]})
		}
	}
	p, vals, ins := q.p, q.vals, q.p.in
	q.set(0, plane{^uint64(0), 0})
	for i := 1; i < len(p.gates); i++ {
		g := &p.gates[i]
		switch g.op {
		case opAtom:
			if b.yes[g.fact] != nil {
				y, n := b.yes[g.fact][blk], b.no[g.fact][blk]
				q.set(uint32(i), plane{^n, ^y})
			}
		case opAnd:
			t, f := ^uint64(0), uint64(0)
			for _, k := range ins[g.lo:g.hi] {
				v := &vals[k]
				t &= v.t
				f |= v.f
			}
			vals[2*i], vals[2*i+1] = plane{t, f}, plane{f, t}
		case opOr:
			t, f := uint64(0), ^uint64(0)
			for _, k := range ins[g.lo:g.hi] {
				v := &vals[k]
				t |= v.t
				f &= v.f
			}
			vals[2*i], vals[2*i+1] = plane{t, f}, plane{f, t}
		}
	}
}

func (q *Planes) set(gate uint32, v plane) {
	q.vals[2*gate], q.vals[2*gate+1] = v, plane{v.f, v.t}
}

// verdicts walks the ladder once for the whole block: left marks deals
// without an answer yet, doubt those above whose answer a rung was open.
func (q *Planes) verdicts(body int, dst []Verdict) {
	left := ^uint64(0)
	if len(dst) < 64 {
		left = 1<<len(dst) - 1
	}
	var doubt uint64
	for _, r := range q.p.ladder[body] {
		v := q.vals[r.gate]
		o := Outcome(r.outcome)
		for w := left & v.t &^ v.f &^ doubt; w != 0; w &= w - 1 {
			dst[bits.TrailingZeros64(w)] = Verdict{o, true}
		}
		left &^= v.t &^ v.f &^ doubt
		for w := left & v.t & v.f &^ doubt; w != 0; w &= w - 1 {
			dst[bits.TrailingZeros64(w)] = Verdict{o, false}
		}
		doubt |= left & v.t & v.f
		for w := left & doubt & v.t; w != 0; w &= w - 1 {
			d := bits.TrailingZeros64(w)
			switch {
			case dst[d].Outcome != o:
				left &^= 1 << d // a second outcome is possible: open for good
			case v.f>>d&1 == 0:
				dst[d].Decided = true
				left &^= 1 << d
			}
		}
		if left == 0 {
			return
		}
	}
}

// read turns the values of 64 deals into eight planes, one per bit of their
// bytes.
func (c *column) read(vs []Raw) (m [8]uint64) {
	for k := range 8 {
		x := uint64(0)
		for d, raw := range vs[8*k : 8*k+8] {
			x |= uint64(c.bytes[raw]) << (8 * d)
		}
		x = transpose8(x)
		for a := range m {
			m[a] |= x >> (8 * a) & 0xFF << (8 * k)
		}
	}
	return m
}

// transpose8 turns an 8 by 8 matrix of bits around (Hacker's Delight 7-3).
func transpose8(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00AA00AA00AA00AA
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000CCCC0000CCCC
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000F0F0F0F0
	return x ^ t ^ t<<28
}
