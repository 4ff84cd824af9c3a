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
	p.loose()
}

// loose finds which facts can satisfy which ties by themselves.
func (p *Program) loose() {
	in := p.Law.NewInput()
	for f := range p.Law.facts {
		s := spare{fact: f}
		useful := false
		for i := range p.ties {
			t := &p.ties[i]
			if !slices.Contains(t.facts, f) {
				continue
			}
			var by rawSet
			for _, cell := range p.cells[f] {
				if in[f] = cell.first(); p.value(t.gate, in) == True {
					by.set(in[f])
				}
			}
			in[f] = Unknown
			s.ways = append(s.ways, way{i, by})
			useful = useful || by != rawSet{}
		}
		if useful {
			p.spare = append(p.spare, s)
		}
	}
}
