package rule

import (
	"math/rand/v2"
	"slices"
)

// noWorld marks a completion that the ties rule out.
const noWorld Outcome = 255

// brute answers by trying every completion of the open facts among vars,
// with a two-valued run each. It shares the compiled gates with the exact
// layer and nothing else.
type brute struct {
	p    *Program
	vals []bool
}

func (b *brute) outcome(in Input, body int) Outcome {
	p := b.p
	if b.vals == nil {
		b.vals = make([]bool, len(p.gates))
	}
	get := func(r ref) bool { return b.vals[r>>1] != (r&1 == 1) }
	for i := range p.gates {
		g := &p.gates[i]
		switch g.op {
		case opConst:
			b.vals[i] = true
		case opAtom:
			if in[g.fact] == Unknown {
				panic("brute force needs every fact")
			}
			b.vals[i] = p.sets[g.lo].has(in[g.fact])
		case opAnd:
			b.vals[i] = !slices.ContainsFunc(p.in[g.lo:g.hi], func(r ref) bool { return !get(r) })
		}
	}
	for _, t := range p.ties {
		if !get(t.gate) {
			return noWorld
		}
	}
	for _, r := range p.ladder[body] {
		if get(r.gate) {
			return r.outcome
		}
	}
	panic("no rung holds")
}

// answer enumerates the completions of in over the facts in open.
func (b *brute) answer(in Input, open []int, body int) (outs []Outcome, decisive []int) {
	p := b.p
	var size, stride []int
	total := 1
	for _, f := range open {
		stride = append(stride, total)
		size = append(size, len(p.cells[f]))
		total *= len(p.cells[f])
	}
	in = slices.Clone(in)
	table := make([]Outcome, total)
	var have [256]bool
	for i := range table {
		for k, f := range open {
			in[f] = p.cells[f][i/stride[k]%size[k]].first()
		}
		table[i] = b.outcome(in, body)
		have[table[i]] = true
	}
	for o := range have {
		if have[o] && Outcome(o) != noWorld {
			outs = append(outs, Outcome(o))
		}
	}
	for k, f := range open {
		found := false
		for i := range table {
			if found || i/stride[k]%size[k] != 0 {
				continue
			}
			for c := 0; c < size[k] && !found; c++ {
				for d := c + 1; d < size[k] && !found; d++ {
					x, y := table[i+c*stride[k]], table[i+d*stride[k]]
					found = x != y && x != noWorld && y != noWorld
				}
			}
		}
		if found {
			decisive = append(decisive, f)
		}
	}
	return outs, decisive
}

// partial draws a random complete world that the ties allow and then forgets
// facts until at most max completions remain to be tried; want says which
// facts may be forgotten.
func partial(rng *rand.Rand, p *Program, may []int, missing float64, max int) (in Input, open []int, ok bool) {
	l := p.Law
	in = l.NewInput()
	for f := range in {
		in[f] = Raw(1 + rng.IntN(l.Domain(f)))
	}
	b := brute{p: p}
	for try := 0; try < 200 && b.outcome(in, 0) == noWorld; try++ { // repair: follow the ties
		for _, t := range p.ties {
			if p.value(t.cond, in) == True {
				for _, pr := range t.then {
					in[pr.fact] = pr.raw
				}
			}
		}
	}
	if b.outcome(in, 0) == noWorld {
		return nil, nil, false
	}
	size := 1
	for _, f := range may {
		n := len(p.cells[f])
		if rng.Float64() < missing && size*n <= max && n > 1 {
			size *= n
			in[f] = Unknown
			open = append(open, f)
		}
	}
	return in, open, true
}
