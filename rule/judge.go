package rule

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Judge holds the working memory of one evaluation. It may be used again and
// again, by one goroutine at a time; after warm-up it allocates nothing.
type Judge struct {
	p    *Program
	in   Input // facts, closed under the ties
	vals *values
	x    exact
}

// NewJudge returns a judge for the program's day.
func (p *Program) NewJudge() *Judge {
	return &Judge{p: p, in: p.Law.NewInput(), vals: new(values)}
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

// flip negates: what must be cannot be otherwise.
func flip(v Value) Value { return (^v>>1)&1 | (^v<<1)&2 }

// pairs holds a value and its negation as they stand in values.
var pairs = [4]uint16{pair2(False), pair2(Open), 2: pair2(Open), True: pair2(True)}

func pair2(v Value) uint16 { return uint16(v) | uint16(flip(v))<<8 }

// eval fills vals.
func (j *Judge) eval() {
	p, vals := j.p, j.vals
	vals[refTrue], vals[refFalse] = True, False
	told := [4]uint16{Unknown: pairs[Open], rawFalse: pairs[False], rawTrue: pairs[True]}
	for _, a := range p.yesNo {
		v := told[j.in[a.fact]&3]
		vals[a.at], vals[a.at|1] = Value(v), Value(v>>8)
	}
	for i := range p.columns {
		c := &p.columns[i]
		copy(vals[c.at:int(c.at)+c.wide], c.vals[int(j.in[c.fact])*c.wide:])
	}
	in := p.in
	for i := range p.runs {
		r := &p.runs[i]
		out := vals[r.at:r.end]
		size := r.n * len(out) / 2
		switch r.n {
		case 2:
			vals.twos(out, in[:size])
		case 3:
			vals.threes(out, in[:size])
		default:
			vals.many(out, in[:size], r.n)
		}
		in = in[size:]
	}
}

// values holds one Value per ref: the gate's, then its negation.
type values [2 * maxGates]Value

// twos evaluates a row of gates of two inputs each. The rows have functions of
// their own so that the processor's registers suffice for each.
//
//go:noinline
func (vals *values) twos(out []Value, in []ref) {
	in = in[:len(out)]
	for i := 0; i < len(out)-1; i += 2 {
		binary.LittleEndian.PutUint16(out[i:], pairs[vals[in[i]]&vals[in[i+1]]&3])
	}
}

//go:noinline
func (vals *values) threes(out []Value, in []ref) {
	for i := 0; i < len(out)-1 && len(in) >= 3; i += 2 {
		binary.LittleEndian.PutUint16(out[i:], pairs[vals[in[0]]&vals[in[1]]&vals[in[2]]&3])
		in = in[3:]
	}
}

//go:noinline
func (vals *values) many(out []Value, in []ref, n int) {
	for i := 0; i < len(out)-1 && n <= len(in); i += 2 {
		v := True
		for _, k := range in[:n] {
			v &= vals[k]
		}
		binary.LittleEndian.PutUint16(out[i:], pairs[v&3])
		in = in[n:]
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
