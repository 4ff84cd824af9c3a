package rule

import (
	"fmt"
	"math/bits"

	"navicert"
)

// Value is a truth value of strong Kleene logic, as two bits: the low one
// says that it can be true, the high one that it must be. So "and" and "or"
// are those of the bits.
type Value = uint8

// The three truth values.
const (
	False Value = 0
	Open  Value = 1
	True  Value = 3
)

// ref points at a gate; the low bit negates it.
type ref uint16

const (
	maxGates = 1 << 15
	maxFacts = 256
)

// factSet is a set of facts, by number or by rank.
type factSet [maxFacts / 64]uint64

func (s *factSet) add(f uint16) { s[f>>6&3] |= 1 << (f & 63) }
func (s *factSet) len() int {
	return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) + bits.OnesCount64(s[2]) + bits.OnesCount64(s[3])
}

func (s *factSet) list(dst []int) []int {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			dst = append(dst, i<<6+bits.TrailingZeros64(w))
		}
	}
	return dst
}
func (s *factSet) has(f uint16) bool { return s[f>>6&3]>>(f&63)&1 == 1 }

func (r ref) not() ref { return r ^ 1 }

type gateOp uint8

const (
	opConst gateOp = iota // gate 0, always true
	opAtom                // fact in set
	opAnd                 // of all inputs; "or" is one with everything negated
)

type gate struct {
	op   gateOp
	fact uint16
	lo   uint32 // atom: index into sets; and: inputs are in[lo:hi]
	hi   uint32 // atom: 1 where the fact is Boolean
}

// Program is the law of one day, compiled. It is immutable and may be shared.
type Program struct {
	Law   *Law
	Day   navicert.Day
	gates []gate
	in    []ref
	sets  []rawSet

	yesNo   []yesNo  // how to read the atoms from the facts,
	columns []column // and
	runs    []run    // how to evaluate the rest, in this order

	entries  []compiled // in text order, in force on the day
	ladder   [3][]rung  // per body: the first rung that holds is the outcome
	refused  [3]int     // the rung for what is required but under no exception, or -1
	excepted int        // its rungs from here on are exceptions, but the last
	required ref        // some license is
	stopped  ref        // every exception is
	ties     []tie      // constraints between facts
	all      []rawSet   // per fact: its values
	cells    [][]rawSet // per fact: values that no rule of the day tells apart
	seq      []int      // facts as diagrams split on them, the topmost first
	rank     []uint16   // the place of a fact in seq
	tieGates []ref
	byID     map[string]int
	overlay  map[string]bool
}

type compiled struct {
	entry int // index into Law.Entries
	gate  ref
	when  ref
	parts []part // the conjuncts of when, for telling a near miss
}

type part struct {
	gate ref
	not  bool // a mere negation
}

type rung struct {
	gate    ref
	outcome Outcome
	core    ref // of an exception: what it asks itself
}

type tie struct {
	gate    ref // if implies then
	cond    ref
	then    []pair
	because int // index into Law.Implies
	facts   []int
	about   factSet // the same facts
	spare   []spare
}

// spare is a fact with those of its values that satisfy a tie whatever the
// other facts are.
type spare struct {
	fact int
	by   rawSet
}

type pair struct {
	fact int
	raw  Raw
}

// Option changes what At compiles.
type Option func(*compiler)

// With applies entries that are proposed or stayed as if they were in force:
// a pending rule laid over the law.
func With(ids ...string) Option {
	return func(c *compiler) {
		for _, id := range ids {
			c.overlay[id] = true
		}
	}
}

type compiler struct {
	p       *Program
	cons    map[string]ref
	terms   map[string]ref // derived terms
	defs    map[string][]int
	byEntry map[int]compiled
	ids     map[string]int
	busy    map[string]bool
	overlay map[string]bool
}

// At compiles the law as it stood on day.
func (l *Law) At(day navicert.Day, opts ...Option) (*Program, error) {
	p := &Program{Law: l, Day: day, gates: []gate{{op: opConst}}, byID: map[string]int{}}
	c := &compiler{
		p: p, cons: map[string]ref{}, terms: map[string]ref{}, defs: map[string][]int{},
		byEntry: map[int]compiled{}, ids: map[string]int{}, busy: map[string]bool{}, overlay: map[string]bool{},
	}
	p.overlay = c.overlay
	for _, o := range opts {
		o(c)
	}
	var live []int
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.Since > day || day > e.Until {
			continue
		}
		live = append(live, i)
		if prev, dup := c.ids[e.ID]; dup {
			return nil, fmt.Errorf("%s: %s has another edition in force on %s at %s", e.At, e.ID, day, l.Entries[prev].At)
		}
		c.ids[e.ID] = i
		if e.Effect.Verb == "defines" {
			c.defs[e.Effect.Arg] = append(c.defs[e.Effect.Arg], i)
		}
	}
	for _, i := range live {
		if _, err := c.entry(i); err != nil {
			return nil, err
		}
		p.byID[l.Entries[i].ID] = len(p.entries)
		p.entries = append(p.entries, c.byEntry[i])
	}
	for i := range l.Implies {
		if err := c.tie(i); err != nil {
			return nil, err
		}
	}
	c.ladders()
	if len(p.gates) >= maxGates {
		return nil, fmt.Errorf("the law of %s takes %d gates, over %d", day, len(p.gates), maxGates)
	}
	if n := len(l.facts); n > maxFacts {
		return nil, fmt.Errorf("the glossary has %d terms that can be stated, over %d", n, maxFacts)
	}
	p.schedule()
	p.partition()
	p.arrange()
	return p, nil
}

const (
	refTrue  ref = 0
	refFalse ref = 1
)

func (c *compiler) entry(i int) (ref, error) {
	if ce, ok := c.byEntry[i]; ok {
		return ce.gate, nil
	}
	e := &c.p.Law.Entries[i]
	if !e.Operative() && !c.overlay[e.ID] {
		c.byEntry[i] = compiled{entry: i, gate: refFalse, when: refFalse}
		return refFalse, nil
	}
	if c.busy[e.ID] {
		return 0, fmt.Errorf("%s: %s depends on itself", e.At, e.ID)
	}
	c.busy[e.ID] = true
	defer delete(c.busy, e.ID)
	when, err := c.cond(&e.When)
	if err != nil {
		return 0, fmt.Errorf("%s: %s: %w", e.At, e.ID, err)
	}
	parts := []ref{when}
	for _, id := range e.Unless {
		j, ok := c.ids[id]
		if !ok {
			continue // an exception that is not in force on this day
		}
		g, err := c.entry(j)
		if err != nil {
			return 0, err
		}
		parts = append(parts, g.not())
	}
	ce := compiled{entry: i, gate: c.and(parts), when: when}
	if e.When.Op == All {
		for k := range e.When.Kids { // compiled above; this only finds them again
			kid := &e.When.Kids[k]
			g, err := c.cond(kid)
			if err != nil {
				return 0, err
			}
			ce.parts = append(ce.parts, part{g, kid.Op == Not || kid.Neg})
		}
	}
	c.byEntry[i] = ce
	return ce.gate, nil
}

func (c *compiler) cond(k *Cond) (ref, error) {
	switch k.Op {
	case Always:
		return refTrue, nil
	case Not:
		g, err := c.cond(&k.Kids[0])
		return g.not(), err
	case All, Any:
		rs := make([]ref, len(k.Kids))
		for i := range k.Kids {
			g, err := c.cond(&k.Kids[i])
			if err != nil {
				return 0, err
			}
			rs[i] = g
		}
		if k.Op == All {
			return c.and(rs), nil
		}
		return c.or(rs), nil
	}
	return c.test(k.Term, k)
}

// test compiles a leaf for a term; a switch passes the test on to its branches.
func (c *compiler) test(name string, k *Cond) (ref, error) {
	l := c.p.Law
	ti, ok := l.term[name]
	if !ok {
		return 0, fmt.Errorf("line %d: %q is not in the glossary", k.Line, name)
	}
	t := &l.Terms[ti]
	switch t.Kind {
	case Derived:
		return c.derived(name)
	case Switch:
		return c.branch(t, k)
	}
	f := l.fact[ti]
	var b rawSet
	switch k.Op {
	case Is:
		b.set(rawTrue)
	case In:
		m, err := l.members(f, k.Args, c.p.Day)
		if err != nil {
			return 0, fmt.Errorf("line %d: %w", k.Line, err)
		}
		b = m
	case Cmp:
		for i, cut := range l.cuts[f] {
			if cut == k.Cut {
				for r := i + 2; r <= len(l.cuts[f])+1; r++ {
					b.set(Raw(r))
				}
			}
		}
	}
	g := c.atom(f, b)
	if k.Neg {
		g = g.not()
	}
	return g, nil
}

func (c *compiler) derived(name string) (ref, error) {
	if g, ok := c.terms[name]; ok {
		return g, nil
	}
	var limbs []ref
	for _, i := range c.defs[name] {
		g, err := c.entry(i)
		if err != nil {
			return 0, err
		}
		limbs = append(limbs, g)
	}
	g := c.or(limbs)
	c.terms[name] = g
	return g, nil
}

func (c *compiler) branch(t *Term, k *Cond) (ref, error) {
	var alts, earlier, same []ref
	for _, b := range t.Choose {
		var leaf ref
		var err error
		if b.Use != "" {
			leaf, err = c.test(b.Use, k)
		} else {
			var pass bool
			if pass, err = c.p.passes(t, b.Value, k); !pass {
				leaf = refFalse
			}
		}
		if err != nil {
			return 0, err
		}
		same = append(same, leaf)
		parts := append([]ref{leaf}, earlier...)
		if b.When != "" {
			w, err := c.test(b.When, &Cond{Op: Is, Line: k.Line})
			if err != nil {
				return 0, err
			}
			parts = append(parts, w)
			earlier = append(earlier, w.not())
		}
		alts = append(alts, c.and(parts))
	}
	// Where every branch agrees, the choice between them does not matter.
	return c.or(append(alts, c.and(same))), nil
}

// passes tells whether a value that a switch may take passes a test.
func (p *Program) passes(t *Term, value string, k *Cond) (bool, error) {
	l := p.Law
	f := -1
	for _, b := range t.Choose {
		if b.Use != "" {
			f = l.fact[l.term[b.Use]]
		}
	}
	m, err := l.members(f, k.Args, p.Day)
	if err != nil {
		return false, fmt.Errorf("line %d: %w", k.Line, err)
	}
	_, raw, err := l.Encode(l.FactTerm(f).Name, value)
	return m.has(raw), err
}

func (c *compiler) tie(i int) error {
	im := &c.p.Law.Implies[i]
	g, err := c.cond(&im.If)
	if err != nil {
		return fmt.Errorf("%s: implies: %w", im.At, err)
	}
	t := tie{cond: g, because: i}
	var then []ref
	for _, lit := range im.Then {
		f, raw, err := c.p.Law.Encode(lit.Term, lit.Value)
		if err != nil {
			return fmt.Errorf("%s: implies: %w", im.At, err)
		}
		var b rawSet
		b.set(raw)
		then = append(then, c.atom(f, b))
		t.then = append(t.then, pair{f, raw})
	}
	t.gate = c.or([]ref{g.not(), c.and(then)})
	if len(im.Then) == 0 {
		t.gate = g.not()
	}
	if t.gate == refTrue {
		return nil
	}
	t.facts = c.p.support(t.gate)
	for _, f := range t.facts {
		t.about.add(uint16(f))
	}
	c.p.ties = append(c.p.ties, t)
	return nil
}

// support lists the facts that g is built from, in order.
func (p *Program) support(g ref) []int {
	seen := map[uint32]bool{}
	has := make([]bool, len(p.Law.facts))
	var walk func(ref)
	walk = func(r ref) {
		i := uint32(r >> 1)
		if seen[i] {
			return
		}
		seen[i] = true
		switch gt := p.gates[i]; gt.op {
		case opAtom:
			has[gt.fact] = true
		case opAnd:
			for _, k := range p.in[gt.lo:gt.hi] {
				walk(k)
			}
		}
	}
	walk(g)
	var out []int
	for f, ok := range has {
		if ok {
			out = append(out, f)
		}
	}
	return out
}
