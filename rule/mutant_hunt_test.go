package rule

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// hunt tries mutants against what the law has for its defense. It only
// compiles the entries that a mutant can touch.
type hunt struct {
	law     *Law
	tests   map[string][]EntryTest // by entry
	known   map[string]bool        // findings of the sound law, by rule and place
	users   [][]int                // entries that depend on an entry directly
	needs   [][]int                // entries that an entry depends on directly
	tieNeed []int                  // entries that the ties depend on
	reviews []int                  // entries with a review policy
}

func newHunt(l *Law, tests []EntryTest) *hunt {
	h := &hunt{
		law: l, tests: map[string][]EntryTest{}, known: map[string]bool{},
		users: make([][]int, len(l.Entries)), needs: make([][]int, len(l.Entries)),
	}
	for _, t := range tests {
		h.tests[t.Entry] = append(h.tests[t.Entry], t)
	}
	for _, f := range l.Lint(tests) {
		h.known[f.Rule+f.At.String()] = true
	}
	byID, defines := map[string][]int{}, map[string][]int{}
	for i := range l.Entries {
		e := &l.Entries[i]
		byID[e.ID] = append(byID[e.ID], i)
		if e.Effect.Verb == "defines" {
			defines[e.Effect.Arg] = append(defines[e.Effect.Arg], i)
		}
	}
	for i := range l.Entries {
		e := &l.Entries[i]
		for _, id := range e.Unless {
			h.needs[i] = append(h.needs[i], byID[id]...)
		}
		if e.Effect.Verb == "reviews" {
			h.reviews = append(h.reviews, i)
		}
		terms := map[string]bool{}
		l.uses(&e.When, terms, map[string]bool{})
		for t := range terms {
			h.needs[i] = append(h.needs[i], defines[t]...)
		}
		for _, n := range h.needs[i] {
			h.users[n] = append(h.users[n], i)
		}
	}
	for i := range l.Implies {
		terms := map[string]bool{}
		l.uses(&l.Implies[i].If, terms, map[string]bool{})
		for t := range terms {
			h.tieNeed = append(h.tieNeed, defines[t]...)
		}
	}
	return h
}

// closure follows links from entries as far as they go.
func closure(from []int, links [][]int) map[int]bool {
	seen := map[int]bool{}
	for todo := slices.Clone(from); len(todo) > 0; {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !seen[i] {
			seen[i] = true
			todo = append(todo, links[i]...)
		}
	}
	return seen
}

// try returns what catches a mutant: load, test or lint; "equal" when the
// mutant changes nothing, and nothing when it survives.
func (h *hunt) try(m *mutant) string {
	touched := closure([]int{m.entry}, h.users)
	if m.to.Effect.Verb == "defines" && m.kind == "effect" {
		for i := range h.law.Entries { // another term has changed: all its users may have
			touched[i] = true
		}
	}
	for i := range touched {
		if slices.Contains(h.tieNeed, i) { // through the ties, everything is touched
			for j := range h.law.Entries {
				touched[j] = true
			}
		}
	}
	law := *h.law
	law.Entries = slices.Clone(h.law.Entries)
	law.Entries[m.entry] = m.to
	law.build()
	if m.kind == "day" || m.kind == "unless" {
		r := &reader{}
		law.check(r)
		if len(r.errs) > 0 {
			return "load"
		}
	}
	var tests []EntryTest
	seen := map[string]bool{}
	from := slices.Clone(h.tieNeed)
	for i := range touched {
		from = append(from, i)
		if id := law.Entries[i].ID; !seen[id] {
			seen[id] = true
			tests = append(tests, h.tests[id]...)
		}
	}
	if slices.ContainsFunc(from, func(i int) bool { return law.Entries[i].Effect.Verb == "reviews" }) {
		from = append(from, h.reviews...) // lint compares them with each other
	}
	need := closure(from, h.needs)
	for i := range law.Entries { // all editions, so that their days tell them apart
		if seen[law.Entries[i].ID] {
			need[i] = true
		}
	}
	few := law
	few.Entries = nil
	only := map[int]bool{}
	for i := range law.Entries {
		if need[i] {
			only[len(few.Entries)] = touched[i]
			few.Entries = append(few.Entries, law.Entries[i])
		}
	}
	if len(few.RunTests(tests)) > 0 {
		return "test"
	}
	if h.equal(m, &few) {
		return "equal"
	}
	k := newLinter(&few, tests)
	k.only = only
	k.used()
	k.worlds()
	k.tested()
	for _, f := range k.found {
		if !f.Warn && !h.known[f.Rule+f.At.String()] {
			return "lint"
		}
	}
	return ""
}

// equal reports whether the mutant and its original hold in the same worlds
// on every day, and do the same.
func (h *hunt) equal(m *mutant, law *Law) bool {
	old := h.law.Entries[m.entry]
	switch m.kind {
	case "keeps", "bars":
		return !h.granted(&old, lost(old.Effect.Symbols, m.to.Effect.Symbols))
	case "reach", "over", "effect":
		return !old.Operative()
	}
	if !old.Operative() {
		return true // it never fires
	}
	both := *law
	old.ID = "#" + old.ID
	old.Effect = Effect{Verb: "warns", Arg: "yes"}
	both.Entries = append(slices.Clone(law.Entries), old)
	both.build()
	for _, d := range both.Days() {
		if d < min(old.Since, m.to.Since) || d > max(old.Until, m.to.Until) {
			continue
		}
		p, err := both.At(d)
		if err != nil {
			return false
		}
		q := newWorlds(p)
		if q == nil {
			return false
		}
		if q.differ(p.gateOf(m.to.ID), p.gateOf(old.ID)) {
			return false
		}
	}
	return true
}

func lost(old, now []string) string {
	for _, s := range old {
		if !slices.Contains(now, s) {
			return s
		}
	}
	return ""
}

// granted reports whether some entry grants the symbol while e is in force;
// otherwise keeping or barring it is without effect.
func (h *hunt) granted(e *Entry, symbol string) bool {
	return slices.ContainsFunc(h.law.Entries, func(g Entry) bool {
		return g.Effect.Verb == "grants" && g.Operative() && (symbol == "all" || g.Effect.Arg == symbol) &&
			g.Since <= e.Until && e.Since <= g.Until
	})
}

func (p *Program) gateOf(id string) ref {
	if i, ok := p.byID[id]; ok {
		return p.entries[i].gate
	}
	return refFalse
}

// differ reports whether two gates differ in some possible world.
func (q *worlds) differ(a, b ref) bool {
	for _, rs := range [][]ref{{a, b.not()}, {a.not(), b}} {
		n := q.j.root(rs...)
		q.j.x.reach(n)
		if q.j.x.d.cut || q.j.x.ends>>(holds>>1)&1 == 1 {
			return true
		}
	}
	return false
}

// TestHunt tries the hunt itself on a small law: with its tests most mutants
// are caught, without them most are not, and what changes nothing is told.
func TestHunt(t *testing.T) {
	l, tests := small(t)
	count := func(tests []EntryTest) map[string]int {
		h, n := newHunt(l, tests), map[string]int{}
		for _, m := range l.mutants(rand.New(rand.NewPCG(1, 1))) {
			n[h.try(&m)]++
		}
		return n
	}
	with, without := count(tests), count(nil)
	t.Logf("with tests %v, without %v", with, without)
	if with["test"] < 20 || with[""] > with["test"]/4 {
		t.Errorf("with its tests the small law catches too little: %v", with)
	}
	if without["test"] > 0 || without[""] < 20 {
		t.Errorf("without tests the small law catches too much: %v", without)
	}
	h := newHunt(l, nil)
	e := l.Entries[2] // knows: false, which no police can be
	e.When = Cond{Op: All, Kids: []Cond{e.When.clone(), {Op: Not, Kids: []Cond{{Op: In, Term: "kind", Args: []string{"police"}}}}}}
	if got := h.try(&mutant{kind: "drop", entry: 2, to: e}); got != "equal" {
		t.Errorf("a change that the ties make void is %q, want equal", got)
	}
}
