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

// Verdict is the answer of one body for one deal of a book.
type Verdict struct {
	Outcome Outcome
	Decided bool
}

// Planes judges a book. It may be used again, by one goroutine at a time.
type Planes struct {
	p *Program
	// vals has two planes per gate: at its ref, the deals for which it can be
	// true; at the negated ref, those for which it can be false.
	vals *[2 * maxGates]uint64
	plan []reading
}

// reading says how up to seven atoms of one many-valued fact are read for a
// block: every Raw has a byte with one bit per atom.
type reading struct {
	fact  int
	gates []uint32 // gate of each atom
	bytes []uint8  // per Raw; the top bit marks unknown
}

// NewPlanes prepares the program for books.
func (p *Program) NewPlanes() *Planes {
	q := &Planes{p: p, vals: new([2 * maxGates]uint64)}
	atoms := make([][]uint32, len(p.Law.facts))
	for i, g := range p.gates {
		if g.op == opAtom && !p.Law.FactTerm(int(g.fact)).Bool() {
			atoms[g.fact] = append(atoms[g.fact], uint32(i))
		}
	}
	for f, gs := range atoms {
		for len(gs) > 0 {
			k := min(len(gs), 7)
			c := reading{fact: f, gates: gs[:k], bytes: make([]uint8, p.Law.Domain(f)+1)}
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
			q.vals[2*g], q.vals[2*g+1] = m[a]|u, ^m[a]
		}
	}
	p, vals, ins := q.p, q.vals, q.p.in
	vals[refTrue], vals[refFalse] = ^uint64(0), 0
	for _, a := range p.yesNo {
		if b.yes[a.fact] != nil {
			vals[a.at], vals[a.at|1] = ^b.no[a.fact][blk], ^b.yes[a.fact][blk]
		}
	}
	for _, r := range p.runs {
		at, end := r.at, r.end
		switch r.n {
		case 2:
			for ; at < end; at += 2 {
				i, k := ins[0], ins[1]
				vals[at], vals[at|1] = vals[i]&vals[k], vals[i^1]|vals[k^1]
				ins = ins[2:]
			}
		case 3:
			for ; at < end; at += 2 {
				i, k, l := ins[0], ins[1], ins[2]
				vals[at], vals[at|1] = vals[i]&vals[k]&vals[l], vals[i^1]|vals[k^1]|vals[l^1]
				ins = ins[3:]
			}
		default:
			for ; at < end; at += 2 {
				t, f := ^uint64(0), uint64(0)
				for _, k := range ins[:r.n] {
					t &= vals[k]
					f |= vals[k^1]
				}
				vals[at], vals[at|1] = t, f
				ins = ins[r.n:]
			}
		}
	}
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
		t, f := q.vals[r.gate], q.vals[r.gate^1]
		o := r.outcome
		for w := left & t &^ f &^ doubt; w != 0; w &= w - 1 {
			dst[bits.TrailingZeros64(w)] = Verdict{o, true}
		}
		left &^= t &^ f &^ doubt
		for w := left & t & f &^ doubt; w != 0; w &= w - 1 {
			dst[bits.TrailingZeros64(w)] = Verdict{o, false}
		}
		doubt |= left & t & f
		for w := left & doubt & t; w != 0; w &= w - 1 {
			d := bits.TrailingZeros64(w)
			switch {
			case dst[d].Outcome != o:
				left &^= 1 << d // a second outcome is possible: open for good
			case f>>d&1 == 0:
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
func (c *reading) read(vs []Raw) (m [8]uint64) {
	b := c.bytes
	for k := range m {
		v := vs[8*k : 8*k+8 : 8*k+8]
		m[k] = transpose8(uint64(b[v[0]]) | uint64(b[v[1]])<<8 | uint64(b[v[2]])<<16 | uint64(b[v[3]])<<24 |
			uint64(b[v[4]])<<32 | uint64(b[v[5]])<<40 | uint64(b[v[6]])<<48 | uint64(b[v[7]])<<56)
	}
	// Now byte a of m[k] holds bit a of deals 8k to 8k+7: turn the bytes around.
	for k := range 4 {
		swap(&m[k], &m[k+4], 32, 0x00000000FFFFFFFF)
	}
	for _, k := range [4]int{0, 1, 4, 5} {
		swap(&m[k], &m[k+2], 16, 0x0000FFFF0000FFFF)
	}
	for k := 0; k < 8; k += 2 {
		swap(&m[k], &m[k+1], 8, 0x00FF00FF00FF00FF)
	}
	return m
}

// swap exchanges the high halves of a's fields with the low halves of b's.
func swap(a, b *uint64, shift uint, mask uint64) {
	t := (*a>>shift ^ *b) & mask
	*a ^= t << shift
	*b ^= t
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
