package rule

import (
	"fmt"
	"slices"
)

// Judge holds the working memory of one evaluation. It may be used again and
// again, by one goroutine at a time; after warm-up it allocates nothing.
type Judge struct {
	p    *Program
	in   Input                // facts, closed under the ties
	vals *[2 * maxGates]Value // one per ref: the gate's value, then its negation
	x    exact
}

// NewJudge returns a judge for the program's day.
func (p *Program) NewJudge() *Judge {
	return &Judge{p: p, in: p.Law.NewInput(), vals: new([2 * maxGates]Value)}
}

// Contradiction reports facts that cannot hold together.
type Contradiction struct {
	Fact    int    // the fact that would have to have two values; -1: the combination cannot be
	Because string // why
	Facts   []int  // the facts that force it
}

func (c *Contradiction) Error() string {
	return fmt.Sprintf("the facts contradict each other: %s", c.Because)
}

// Run evaluates every paragraph over the facts: strong Kleene logic, after
// adding what the facts imply. It returns a *Contradiction when they conflict.
func (j *Judge) Run(in Input) error {
	copy(j.in, in)
	if err := j.close(); err != nil {
		return err
	}
	j.eval()
	return nil
}

// Input returns the facts of the last Run with all that follows from them. It
// is valid until the next Run.
func (j *Judge) Input() Input { return j.in }

// close adds what the ties imply, until nothing more follows.
func (j *Judge) close() error {
	for again := true; again; {
		again = false
		for i := range j.p.ties {
			t := &j.p.ties[i]
			if j.satisfied(t) || !j.p.must(t.cond, j.in) {
				continue
			}
			if len(t.then) == 0 {
				return j.conflict(t, -1)
			}
			for _, pr := range t.then {
				switch j.in[pr.fact] {
				case pr.raw:
				case Unknown:
					j.in[pr.fact] = pr.raw
					again = true
				default:
					return j.conflict(t, pr.fact)
				}
			}
		}
	}
	return nil
}

// satisfied reports whether t can add nothing, whatever its condition.
func (j *Judge) satisfied(t *tie) bool {
	for _, pr := range t.then {
		if j.in[pr.fact] != pr.raw {
			return false
		}
	}
	return len(t.then) > 0
}

func (j *Judge) conflict(t *tie, f int) error {
	return &Contradiction{Fact: f, Because: j.p.Law.Implies[t.because].Because, Facts: j.p.support(t.cond)}
}

// value evaluates one gate by recursion; for the few small conditions of ties.
func (p *Program) value(r ref, in Input) Value {
	g := &p.gates[r>>1]
	var v Value
	switch g.op {
	case opConst:
		v = True
	case opAtom:
		v = atom(in[g.fact], &p.sets[g.lo])
	case opAnd:
		v = True
		for _, k := range p.in[g.lo:g.hi] {
			v &= p.value(k, in)
		}
	}
	if r&1 == 1 {
		return flip(v)
	}
	return v
}

// must reports whether value is True, looking no further than it needs.
func (p *Program) must(r ref, in Input) bool {
	g, neg := &p.gates[r>>1], r&1
	switch g.op {
	case opConst:
		return neg == 0
	case opAtom:
		raw := in[g.fact]
		return raw != Unknown && p.sets[g.lo].has(raw) == (neg == 0)
	}
	for _, k := range p.in[g.lo:g.hi] {
		if p.must(k^neg, in) == (neg == 1) {
			return neg == 1
		}
	}
	return neg == 0
}

func atom(raw Raw, set *rawSet) Value {
	if raw == Unknown {
		return Open
	}
	return 3 * Value(set[raw>>6]>>(raw&63)&1)
}

// flipped is flip as a table.
var flipped = [4]Value{False: True, Open: Open, True: False}

// flip negates: what must be cannot be otherwise.
func flip(v Value) Value { return (^v>>1)&1 | (^v<<1)&2 }

// eval fills vals.
func (j *Judge) eval() {
	p, vals := j.p, j.vals
	vals[refTrue], vals[refFalse] = True, False
	for _, a := range p.yesNo {
		v := [3]Value{Open, False, True}[min(j.in[a.fact], 2)]
		vals[a.at], vals[a.at|1] = v, flipped[v]
	}
	for i := range p.columns {
		c := &p.columns[i]
		copy(vals[c.at:int(c.at)+c.wide], c.vals[int(j.in[c.fact])*c.wide:])
	}
	ins := p.in
	for _, r := range p.runs {
		at, end := r.at, r.end
		switch r.n {
		case 2:
			for ; at < end; at += 2 {
				in := (*[2]ref)(ins)
				v := vals[in[0]] & vals[in[1]]
				vals[at], vals[at|1] = v, flipped[v]
				ins = ins[2:]
			}
		case 3:
			for ; at < end; at += 2 {
				in := (*[3]ref)(ins)
				v := vals[in[0]] & vals[in[1]] & vals[in[2]]
				vals[at], vals[at|1] = v, flipped[v]
				ins = ins[3:]
			}
		default:
			n := r.n
			for ; at < end; at += 2 {
				v := True
				for _, k := range ins[:n] {
					v &= vals[k]
				}
				vals[at], vals[at|1] = v, flipped[v]
				ins = ins[n:]
			}
		}
	}
}

func (j *Judge) at(r ref) Value { return j.vals[r] }

// Outcome returns the answer of a body of law after Run, and whether it is
// decided. An undecided answer is the first possible one; see Exact.
func (j *Judge) Outcome(body int) (first Outcome, decided bool) {
	open := false
	for _, r := range j.p.ladder[body] { // the last rung always holds
		v, o := j.at(r.gate), r.outcome
		switch {
		case v == False:
		case open && o != first:
			return first, false
		case v == True:
			return o, true
		default:
			first, open = o, true
		}
	}
	return first, false
}

// Step is one paragraph as the judge saw it.
type Step struct {
	Entry int   // index into Law.Entries
	Value Value // the entry holds
	When  Value // its condition holds, whatever lifts it
}

// Trace appends the value of every paragraph of the day to dst, in text order.
func (j *Judge) Trace(dst []Step) []Step {
	for i := range j.p.entries {
		e := &j.p.entries[i]
		dst = append(dst, Step{e.entry, j.vals[e.gate], j.vals[e.when]})
	}
	return dst
}

// Near tells how the condition of step i of Trace fails: some says that a
// conjunct which is no mere negation is true; all, that only negations fail.
func (j *Judge) Near(i int) (some, all bool) {
	e := &j.p.entries[i]
	if j.at(e.when) != False {
		return false, false
	}
	all = true
	for _, k := range e.parts {
		if !k.not {
			some = some || j.at(k.gate) == True
			all = all && j.at(k.gate) == True
		}
	}
	return some, some && all
}

// Unknown lists the facts that the entry with that id hangs on and that are
// not known.
func (j *Judge) Unknown(id string) []int {
	i, ok := j.p.byID[id]
	if !ok {
		return nil
	}
	var out []int
	seen := map[ref]bool{}
	var walk func(ref)
	walk = func(r ref) { // only what is open can still matter
		if seen[r>>1] || j.at(r) != Open {
			return
		}
		seen[r>>1] = true
		g := &j.p.gates[r>>1]
		if g.op == opAtom {
			out = append(out, int(g.fact))
			return
		}
		for _, k := range j.p.in[g.lo:g.hi] {
			walk(k)
		}
	}
	walk(j.p.entries[i].gate)
	slices.Sort(out)
	return slices.Compact(out)
}

// Holds returns the value of the entry with that id after Run; False when the
// entry is not in force on the day.
func (j *Judge) Holds(id string) Value {
	if i, ok := j.p.byID[id]; ok {
		return j.at(j.p.entries[i].gate)
	}
	return False
}
