package rule

// arrangement is the order of the facts in one diagram. Facts that are judged
// together must stand together, or the diagram grows beyond bounds.
type arrangement struct {
	seq    []int    // facts, the topmost first
	rank   []uint16 // the place of a fact in seq, valid where placed
	placed []uint32 // generation
	walked []uint32 // per gate: generation
}

// arrange orders the open facts of a body's question along its ladder, the
// first rung first. Of the orders tried (the glossary's, small paragraphs
// first, the ladder upside down) it gives the smallest diagrams by far.
func (j *Judge) arrange(body int) {
	for _, r := range j.p.ladder[body] {
		j.place(r.gate)
	}
}

// place gives the open facts below a gate their places.
func (j *Judge) place(r ref) {
	if j.at(r) != Open || j.x.walked[r>>1] == j.x.gen {
		return
	}
	j.x.walked[r>>1] = j.x.gen
	g := &j.p.gates[r>>1]
	if g.op == opAtom {
		j.rankOf(int(g.fact))
		return
	}
	for _, k := range j.p.in[g.lo:g.hi] {
		j.place(k)
	}
}

// rankOf returns the place of a fact, the next one if it has none yet.
func (j *Judge) rankOf(f int) uint16 {
	x := &j.x
	if x.placed[f] != x.gen {
		x.placed[f] = x.gen
		x.rank[f] = uint16(len(x.seq))
		x.d.arity[len(x.seq)] = uint8(len(j.p.classes[f].rep))
		x.seq = append(x.seq, f)
	}
	return x.rank[f]
}
