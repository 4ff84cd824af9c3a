package rule

import (
	"cmp"
	"slices"
)

// yesNo is an atom of a Boolean fact; at is its ref.
type yesNo struct{ fact, at ref }

// column holds the atoms of one fact of many values, which are neighbors: at is
// the ref of the first, wide the number of refs. vals has wide values per Raw.
type column struct {
	fact uint16
	at   ref
	wide int
	vals []Value
}

// run is a row of gates with n inputs each; end is the ref after the last.
type run struct {
	at, end ref
	n       int
}

// schedule numbers the gates anew: atoms fact by fact, then the others so that
// many with the same number of inputs stand in a row, each after its inputs.
// A processor then sees long runs of the same work.
func (p *Program) schedule() {
	p.share()
	live := p.live()
	var order []int
	waits := make([]int, len(p.gates)) // inputs that have no number yet
	feeds := make([][]int, len(p.gates))
	ready := map[int][]int{} // by number of inputs
	for i, g := range p.gates {
		if !live[i] {
			continue
		}
		switch g.op {
		case opAtom:
			order = append(order, i)
		case opAnd:
			for _, k := range p.in[g.lo:g.hi] {
				if k := int(k >> 1); p.gates[k].op == opAnd {
					waits[i]++
					feeds[k] = append(feeds[k], i)
				}
			}
			if waits[i] == 0 {
				n := int(g.hi - g.lo)
				ready[n] = append(ready[n], i)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.gates[a].fact, p.gates[b].fact) })
	to := make([]ref, len(p.gates))
	gates := make([]gate, 1, len(p.gates))
	in := make([]ref, 0, len(p.in))
	number := func(i int) ref {
		g := p.gates[i]
		if g.op == opAnd {
			lo := len(in)
			for _, k := range p.in[g.lo:g.hi] {
				in = append(in, to[k>>1]|k&1)
			}
			g.lo, g.hi = uint32(lo), uint32(len(in))
		}
		to[i] = ref(len(gates) << 1)
		gates = append(gates, g)
		return to[i]
	}
	for _, i := range order {
		at, f := number(i), p.gates[i].fact
		if p.Law.FactTerm(int(f)).Bool() {
			p.yesNo = append(p.yesNo, yesNo{ref(f), at})
			gates[at>>1].hi = 1
		} else if n := len(p.columns); n > 0 && p.columns[n-1].fact == f {
			p.columns[n-1].wide += 2
		} else {
			p.columns = append(p.columns, column{fact: f, at: at, wide: 2})
		}
	}
	for len(ready) > 0 {
		n := 0
		for k, is := range ready { // the longest row first
			if n == 0 || len(is) > len(ready[n]) || len(is) == len(ready[n]) && k < n {
				n = k
			}
		}
		r := run{at: ref(len(gates) << 1), n: n}
		for len(ready[n]) > 0 {
			i := ready[n][0]
			ready[n] = ready[n][1:]
			number(i)
			for _, k := range feeds[i] {
				if waits[k]--; waits[k] == 0 {
					g := p.gates[k]
					ready[int(g.hi-g.lo)] = append(ready[int(g.hi-g.lo)], k)
				}
			}
		}
		delete(ready, n)
		r.end = ref(len(gates) << 1)
		p.runs = append(p.runs, r)
	}
	p.gates, p.in = gates, in
	for i := range p.columns {
		p.columns[i].fill(p)
	}
	p.eachRoot(func(r *ref) { *r = to[*r>>1] | *r&1 })
}

// fill writes the values of a column's atoms for each Raw.
func (c *column) fill(p *Program) {
	for r := range p.Law.Domain(int(c.fact)) + 1 {
		for at := c.at; at < c.at+ref(c.wide); at += 2 {
			v := atom(Raw(r), &p.sets[p.gates[at>>1].lo])
			c.vals = append(c.vals, v, flip(v))
		}
	}
}

// eachRoot visits every ref that is kept outside the gates.
func (p *Program) eachRoot(do func(*ref)) {
	for i := range p.entries {
		e := &p.entries[i]
		do(&e.gate)
		do(&e.when)
		for k := range e.parts {
			do(&e.parts[k].gate)
		}
	}
	for b := range p.ladder {
		for i := range p.ladder[b] {
			do(&p.ladder[b][i].gate)
			do(&p.ladder[b][i].core)
		}
	}
	do(&p.required)
	do(&p.stopped)
	for i := range p.ties {
		do(&p.ties[i].gate)
		do(&p.ties[i].cond)
	}
}

// share looks for gates all of whose inputs are inputs of another one, and has
// that one take the gate itself instead: the largest first.
func (p *Program) share() {
	var ands []int
	hash := make([]uint64, len(p.gates)) // a bit per input, for a quick no
	for i, g := range p.gates {
		if g.op == opAnd {
			ands = append(ands, i)
			for _, r := range p.in[g.lo:g.hi] {
				hash[i] |= 1 << (r * 0x9E35 >> 10)
			}
		}
	}
	inputs := func(i int) []ref { return p.in[p.gates[i].lo:p.gates[i].hi] }
	slices.SortStableFunc(ands, func(a, b int) int { return len(inputs(b)) - len(inputs(a)) })
	var in []ref
	var spans [][2]int
	left := make([]bool, 2*len(p.gates)) // inputs not yet taken in
	for k, big := range ands {
		lo, n := len(in), 0
		for _, r := range inputs(big) {
			left[r], n = true, n+1
		}
		for _, i := range ands[k+1:] {
			if sub := inputs(i); hash[i]&^hash[big] == 0 && len(sub) < len(inputs(big)) && all(left, sub) {
				for _, r := range sub {
					left[r] = false
				}
				if in, n = append(in, ref(i<<1)), n-len(sub); n == 0 {
					break
				}
			}
		}
		for _, r := range inputs(big) {
			if left[r] {
				in, left[r] = append(in, r), false
			}
		}
		spans = append(spans, [2]int{lo, len(in)})
	}
	for k, i := range ands {
		p.gates[i].lo, p.gates[i].hi = uint32(spans[k][0]), uint32(spans[k][1])
	}
	p.in = in
}

func all(left []bool, rs []ref) bool {
	for _, r := range rs {
		if !left[r] {
			return false
		}
	}
	return true
}

// live marks the gates that something rests on.
func (p *Program) live() []bool {
	live := make([]bool, len(p.gates))
	var walk func(ref)
	walk = func(r ref) {
		if live[r>>1] {
			return
		}
		live[r>>1] = true
		if g := p.gates[r>>1]; g.op == opAnd {
			for _, k := range p.in[g.lo:g.hi] {
				walk(k)
			}
		}
	}
	p.eachRoot(func(r *ref) { walk(*r) })
	return live
}
