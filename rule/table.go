package rule

import "math/bits"

// fewBits is how many bits the cases of a question may take to be tried all,
// 64 at a time. For more the diagram is quicker.
const (
	fewBits   = 10
	mostWords = 1 << (fewBits - 6)
)

// tables holds in which cases each gate of a question of few bits is true. A
// node is then the place of a table, and a low bit that negates it: first
// "always", then a table for each bit, then what is made.
type tables struct {
	all    []uint64
	end    int     // of those in use
	words  int     // in a table
	bits   int     // in use,
	placed []node  // by these facts
	taken  []taken // per outcome
}

// taken are the cases that come to an outcome.
type taken struct {
	outcome Outcome
	cases   []uint64
}

// bit is the table of a bit.
func bit(b int) node { return 2 * mostWords * node(b+1) }

// reset makes room for some tables of the cases that bits tell apart.
func (t *tables) reset(bits, some int) {
	t.words, t.bits = 1<<max(0, bits-6), 0
	t.placed, t.taken = t.placed[:0], t.taken[:0]
	made := (fewBits + 1) * mostWords
	if n := made + some*t.words; n > len(t.all) {
		t.all = make([]uint64, 2*n)
		for w := range mostWords {
			t.all[w] = ^uint64(0)
		}
		for b := range fewBits {
			for i := range mostWords << 6 {
				t.all[int(bit(b)>>1)+i>>6] |= uint64(i>>b&1) << (i & 63)
			}
		}
	}
	t.end = made
}

// next is the place of a new table, and the table.
func (t *tables) next() (node, []uint64) {
	at := t.end
	t.end += t.words
	return node(2 * at), t.all[at:t.end]
}

// tabulate answers the question that was posed by tables.
func (j *Judge) tabulate(a *Answer, bits int) {
	x, t, ladder := &j.x, &j.x.t, j.p.ladder[j.x.body]
	t.reset(bits, len(x.cone)+len(ladder)+2)
	x.settle(true)
	t.words = 1 << max(0, t.bits-6) // that many tell all cases apart
	_, left := t.next()             // what no rung has taken yet
	_, hit := t.next()              // what one takes
	copy(left, t.all)
	for _, tie := range x.ties {
		t.narrow(left, j.node(tie.gate))
	}
	x.ends = 0
	for i, r := range ladder[:x.last+1] {
		if j.at(r.gate) == False {
			continue
		}
		copy(hit, left)
		switch {
		case i == x.last:
		case i == x.refused: // where every exception is stopped, and where none holds
			t.narrow(hit, j.node(j.p.required))
			t.narrow(hit, j.node(j.p.stopped))
			x.take(r.outcome, left, hit)
			copy(hit, left)
			t.narrow(hit, j.node(j.p.required))
			for k, e := range ladder[:x.last] {
				if x.excepts(k) && j.at(e.gate) != False {
					t.narrow(hit, j.node(e.core)^1)
				}
			}
		case x.excepts(i):
			t.narrow(hit, j.node(j.p.required))
			t.narrow(hit, j.node(r.core))
		default:
			t.narrow(hit, j.node(r.gate))
		}
		x.take(r.outcome, left, hit)
	}
	a.Outcomes = x.outcomes(a.Outcomes)
	if a.Decided = len(a.Outcomes) == 1; a.Decided {
		return
	}
	var open factSet
	for _, f := range t.placed {
		if t.turns(&x.facts[f]) {
			x.ring(&open, f)
		}
	}
	a.Open = open.list(a.Open)
}

// place gives fact f, of some cells, its bits. It returns the table of the first.
func (x *exact) place(f node, cells int) node {
	a, t := &x.facts[f], &x.t
	if a.bit == none {
		a.bit, a.bits = int8(t.bits), int8(bits.Len(uint(cells-1)))
		t.bits += int(a.bits)
		t.placed = append(t.placed, f)
	}
	return bit(int(a.bit))
}

// tell is the table of whether a fact is in a set. A number that no cell has
// stands for the last one.
func (x *exact) tell(f node, in *rawSet) node {
	cells := x.cells[f]
	first := x.place(f, len(cells))
	if len(cells) == 2 {
		if cells[0].meets(in) {
			first ^= 1
		}
		return first
	}
	at, out := x.t.next()
	clear(out)
	for k := range 1 << x.facts[f].bits {
		if !cells[min(k, len(cells)-1)].meets(in) {
			continue
		}
		for w := range out {
			v := ^uint64(0)
			for b := range int(x.facts[f].bits) {
				v &= x.t.all[int(first>>1)+b*mostWords+w] ^ (uint64(k>>b&1) - 1)
			}
			out[w] |= v
		}
	}
	return at
}

// and is the table of "all of fs".
func (t *tables) and(fs []node) node {
	if len(fs) == 1 {
		return fs[0]
	}
	at, out := t.next()
	for w := range out {
		v := ^uint64(0)
		for _, f := range fs {
			v &= t.all[int(f>>1)+w] ^ -uint64(f&1)
		}
		out[w] = v
	}
	return at
}

// narrow leaves those of some cases in which f holds.
func (t *tables) narrow(cases []uint64, f node) {
	by, neg := t.all[f>>1:][:len(cases)], -uint64(f&1)
	for w := range cases {
		cases[w] &= by[w] ^ neg
	}
}

// take moves cases from left to those of an outcome.
func (x *exact) take(o Outcome, left, hit []uint64) {
	any := uint64(0)
	for w, h := range hit {
		left[w] &^= h
		any |= h
	}
	if any == 0 {
		return
	}
	x.ends |= 1 << (leaf(o) >> 1)
	for i := range x.t.taken {
		if k := &x.t.taken[i]; k.outcome == o {
			for w, h := range hit {
				k.cases[w] |= h
			}
			return
		}
	}
	_, cases := x.t.next()
	copy(cases, hit)
	x.t.taken = append(x.t.taken, taken{o, cases})
}

// turns reports whether two cases that differ in a fact alone come to two outcomes.
func (t *tables) turns(a *asked) bool {
	lo, hi := int(a.bit), int(a.bit+a.bits)
	once, over := ^uint64(0), 0 // one case of those that differ in the fact alone; the fact's bits beyond a word
	for b := lo; b < hi; b++ {
		if b < 6 {
			once &^= t.all[bit(b)>>1]
		} else {
			over |= 1 << (b - 6)
		}
	}
	hi = min(hi, 6)
	for w := range t.words {
		if w&over != 0 {
			continue
		}
		var seen, again uint64
		for i := range t.taken {
			cases := t.taken[i].cases
			c := cases[w]
			for s := over; s != 0; s = (s - 1) & over {
				c |= cases[w|s]
			}
			for b := lo; b < hi; b++ {
				c |= c >> (1 << b)
			}
			again |= seen & c
			seen |= c
		}
		if again&once != 0 {
			return true
		}
	}
	return false
}
