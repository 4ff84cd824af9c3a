package rule

// reviews refuses two review policies of one body of law that differ, can hold
// together, and stand in no order; pairs holds those already reported.
func (k *linter) reviews(q *worlds, pairs map[[2]int]bool) {
	l, p := k.law, q.p
	var rs []compiled
	for _, ce := range p.entries {
		if e := &l.Entries[ce.entry]; e.Effect.Verb == "reviews" && e.Operative() {
			rs = append(rs, ce)
		}
	}
	before := p.order()
	for i, a := range rs {
		for _, b := range rs[i+1:] {
			ea, eb := &l.Entries[a.entry], &l.Entries[b.entry]
			key := [2]int{a.entry, b.entry}
			if !k.looks(a.entry) && !k.looks(b.entry) || pairs[key] ||
				ea.Effect.Arg == eb.Effect.Arg || l.Sections[ea.Section].Body != l.Sections[eb.Section].Body ||
				before[[2]string{ea.ID, eb.ID}] || before[[2]string{eb.ID, ea.ID}] {
				continue
			}
			gates := []ref{a.gate, b.gate}
			for _, c := range rs { // a third that comes before either settles it
				id := l.Entries[c.entry].ID
				if before[[2]string{id, ea.ID}] || before[[2]string{id, eb.ID}] {
					gates = append(gates, c.gate.not())
				}
			}
			in, ok := q.witness(gates...)
			if q.j.x.d.cut {
				pairs[key] = true
				k.refuse(eb.At, "reviews", "whether %s and %s (%s) can hold together is too large to decide: write over in one of them",
					eb.ID, ea.ID, ea.At)
				continue
			}
			if !ok {
				continue
			}
			pairs[key] = true
			k.refuse(eb.At, "reviews",
				"%s (%s) and %s (%s, %s) can hold together on %s and neither comes before the other: write over in one of them. For example:\n%s",
				eb.ID, eb.Effect.Arg, ea.ID, ea.Effect.Arg, ea.At, p.Day, q.deal(in))
		}
	}
}

// order lists which entry of the day comes before which, through others too.
func (p *Program) order() map[[2]string]bool {
	over := map[string][]string{}
	for _, ce := range p.entries {
		e := &p.Law.Entries[ce.entry]
		over[e.ID] = e.Effect.Over
	}
	out := map[[2]string]bool{}
	var walk func(from, at string)
	walk = func(from, at string) {
		for _, id := range over[at] {
			if !out[[2]string{from, id}] {
				out[[2]string{from, id}] = true
				walk(from, id)
			}
		}
	}
	for id, ids := range over {
		if len(ids) > 0 {
			walk(id, id)
		}
	}
	return out
}
