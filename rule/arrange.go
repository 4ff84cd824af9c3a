package rule

import "slices"

// arrange gives the facts their order in diagrams: that of law/order.yaml,
// then that of the glossary. Every order gives the same answers.
func (p *Program) arrange() {
	l := p.Law
	p.rank = make([]uint16, len(l.facts))
	place := func(f int) {
		p.rank[f] = uint16(len(p.seq) + 1)
		p.seq = append(p.seq, f)
	}
	for _, name := range l.Order {
		if f, ok := l.Fact(name); ok && p.rank[f] == 0 {
			place(f)
		}
	}
	for f := range l.facts {
		if p.rank[f] == 0 {
			place(f)
		}
		p.rank[f]--
	}
	p.sortInputs()
	p.loose()
}

// sortInputs puts the inputs of each gate first that stand low in a diagram.
func (p *Program) sortInputs() {
	top := make([]uint16, len(p.gates))
	for i, g := range p.gates {
		switch g.op {
		case opAtom:
			top[i] = p.rank[g.fact]
		case opAnd:
			in := p.in[g.lo:g.hi]
			slices.SortFunc(in, func(a, b ref) int { return int(top[b>>1]) - int(top[a>>1]) })
			top[i] = top[in[len(in)-1]>>1]
		}
	}
}

// loose finds which facts can satisfy which ties by themselves.
func (p *Program) loose() {
	in := p.Law.NewInput()
	for i := range p.ties {
		t := &p.ties[i]
		p.tieGates = append(p.tieGates, t.gate)
		for _, f := range t.facts {
			var by rawSet
			for _, cell := range p.cells[f] {
				if in[f] = cell.first(); p.value(t.gate, in) == True {
					by.set(in[f])
				}
			}
			in[f] = Unknown
			if by != (rawSet{}) {
				t.spare = append(t.spare, spare{f, by})
			}
		}
	}
}
