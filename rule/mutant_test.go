package rule

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"navicert"
)

var (
	mutantsFlag   = flag.String("mutants", "400", "how many mutants of the rules to try, or all")
	survivorsFlag = flag.String("survivors", "", "write the mutants that nothing caught to this file")
)

// mutant is one small change of one entry.
type mutant struct {
	kind  string
	entry int
	to    Entry // the entry after the change
	what  string
	line  int
}

// TestMutants changes the rules in one place at a time and demands that the
// checks, the lint or a rule test notice it.
func TestMutants(t *testing.T) {
	l, tests := load(t), loadTests(t)
	failing := map[Pos]bool{}
	for _, f := range l.RunTests(tests) {
		failing[f.At] = true // TestRuleTests tells; here they must not count
	}
	tests = slices.DeleteFunc(slices.Clone(tests), func(t EntryTest) bool { return failing[t.At] })
	all := l.mutants(rand.New(rand.NewPCG(1, 2)))
	if *mutantsFlag != "all" {
		n := 0
		if _, err := fmt.Sscan(*mutantsFlag, &n); err != nil {
			t.Fatal(err)
		}
		rand.New(rand.NewPCG(3, 4)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:min(n, len(all))]
	}
	h := newHunt(l, tests)
	fate := make([]string, len(all))
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			for i := w; i < len(all); i += 2 {
				fate[i] = h.try(&all[i])
			}
		})
	}
	wg.Wait()
	type score struct{ caught, total int }
	kinds, by := map[string]*score{}, map[string]int{}
	var sum score
	var left []mutant
	for i, m := range all {
		if fate[i] == "equal" {
			continue
		}
		s := kinds[m.kind]
		if s == nil {
			s = &score{}
			kinds[m.kind] = s
		}
		s.total++
		sum.total++
		if fate[i] == "" {
			left = append(left, m)
			continue
		}
		by[fate[i]]++
		s.caught++
		sum.caught++
	}
	sort.SliceStable(left, func(i, j int) bool {
		a, b := left[i].to.At, left[j].to.At
		return a.File < b.File || a.File == b.File && left[i].line < left[j].line
	})
	var out strings.Builder
	for _, m := range left {
		fmt.Fprintf(&out, "%s:%d: %s: %s (%s)\n", m.to.At.File, m.line, l.Entries[m.entry].ID, m.what, m.kind)
	}
	if *survivorsFlag != "" {
		if err := os.WriteFile(*survivorsFlag, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if out.Len() > 0 {
		t.Logf("nothing catches\n%s", out.String())
	}
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		t.Logf("%-10s %4d of %4d", k, kinds[k].caught, kinds[k].total)
	}
	t.Logf("%d of %d mutants caught %v; %d more change nothing", sum.caught, sum.total, by, len(all)-sum.total)
	if 100*sum.caught < 95*sum.total {
		t.Errorf("%d of %d mutants of the rules are caught, fewer than 95 %%", sum.caught, sum.total)
	}
}

// mutants lists every change of one place. Where many replacements would do,
// rng takes one.
func (l *Law) mutants(rng *rand.Rand) []mutant {
	var out []mutant
	for i := range l.Entries {
		e := &l.Entries[i]
		add := func(kind string, line int, edit func(*Entry), format string, args ...any) {
			to := *e
			to.When = e.When.clone()
			to.Unless = slices.Clone(e.Unless)
			to.Effect.Symbols = slices.Clone(e.Effect.Symbols)
			to.Effect.Over = slices.Clone(e.Effect.Over)
			edit(&to)
			out = append(out, mutant{kind, i, to, fmt.Sprintf(format, args...), line})
		}
		for n, c := range e.When.nodes() {
			at := func(f func(*Cond)) func(*Entry) {
				return func(e *Entry) { f(e.When.nodes()[n]) }
			}
			l.leafMutants(rng, c, func(kind string, f func(*Cond), format string, args ...any) {
				add(kind, c.Line, at(f), format, args...)
			})
		}
		at := e.At.Line
		for n, id := range e.Unless {
			add("unless", at, func(e *Entry) { e.Unless = slices.Delete(e.Unless, n, n+1) }, "unless without %s", id)
		}
		for n, id := range e.Effect.Over {
			add("over", at, func(e *Entry) { e.Effect.Over = slices.Delete(e.Effect.Over, n, n+1) }, "over without %s", id)
		}
		if e.Effect.Keeps == "list" || e.Effect.Verb == "bars" {
			for n, s := range e.Effect.Symbols {
				kind := "bars"
				if e.Effect.Keeps == "list" {
					kind = "keeps"
				}
				add(kind, at, func(e *Entry) { e.Effect.Symbols = slices.Delete(e.Effect.Symbols, n, n+1) }, "%s without %s", kind, s)
			}
		}
		if e.Effect.Verb == "requires" {
			to := "all"
			if e.Effect.Reach == "all" {
				to = ""
			}
			add("reach", at, func(e *Entry) { e.Effect.Reach = to }, "reach %q instead of %q", to, e.Effect.Reach)
		}
		if others := l.otherEffects(e); len(others) > 0 {
			to := others[rng.IntN(len(others))]
			add("effect", at, func(e *Entry) { e.Effect.Arg = to }, "%s: %s instead of %s", e.Effect.Verb, to, e.Effect.Arg)
		}
		if e.Effect.Keeps != "" {
			to := map[string]string{"any": "none", "none": "any", "list": "any"}[e.Effect.Keeps]
			add("effect", at, func(e *Entry) { e.Effect.Keeps, e.Effect.Symbols = to, nil }, "keeps: %s", to)
		}
		for _, by := range []navicert.Day{-1, 1} {
			if e.Since > navicert.FirstDay { // the first day stands for "earlier", not for a date
				add("day", at, func(e *Entry) { e.Since += by }, "since %s", e.Since+by)
			}
			if e.Until < navicert.MaxDay {
				add("day", at, func(e *Entry) { e.Until += by }, "until %s", e.Until+by)
			}
		}
	}
	return out
}

// otherEffects lists the arguments that an entry's verb could have instead.
func (l *Law) otherEffects(e *Entry) []string {
	var pool []string
	switch e.Effect.Verb {
	case "exempts":
		pool = []string{"not_an_export", "not_subject"}
	case "holds":
		pool = []string{"judgment", "uncovered"}
	case "reviews":
		pool = policies
	case "grants":
		for _, x := range l.Exceptions {
			pool = append(pool, x.Symbol)
		}
	case "defines":
		for _, t := range l.Terms {
			if t.Kind == Derived {
				pool = append(pool, t.Name)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(pool), func(s string) bool { return s == e.Effect.Arg })
}

// leafMutants lists the changes of one node of a condition.
func (l *Law) leafMutants(rng *rand.Rand, c *Cond, add func(kind string, f func(*Cond), format string, args ...any)) {
	negate := func(c *Cond) { *c = Cond{Op: Not, Kids: []Cond{c.clone()}, Line: c.Line} }
	switch c.Op {
	case Is:
		add("truth", negate, "not %s", c.Term)
	case Not:
		add("not", func(c *Cond) { *c = c.Kids[0] }, "without not")
	case All, Any:
		add("not", negate, "not before %s of %d", opWord[c.Op], len(c.Kids))
		if len(c.Kids) < 2 {
			return
		}
		add("all/any", func(c *Cond) { c.Op = All + Any - c.Op }, "%s instead of %s", opWord[All+Any-c.Op], opWord[c.Op])
		for n := range c.Kids {
			add("drop", func(c *Cond) { c.Kids = slices.Delete(c.Kids, n, n+1) }, "%s without part %d", opWord[c.Op], n+1)
		}
	case In:
		add("not", negate, "not %s: %v", c.Term, c.Args)
		for n, a := range c.Args {
			if b := l.other(rng, c, a); b != "" {
				add("code", func(c *Cond) { c.Args[n] = b }, "%s: %s instead of %s", c.Term, b, a)
			}
			if len(c.Args) > 1 {
				add("value", func(c *Cond) { c.Args = slices.Delete(c.Args, n, n+1) }, "%s without %s", c.Term, a)
			}
		}
	case Cmp:
		add("not", negate, "not %s", c.Term)
		for _, by := range []float64{-1, 1} {
			if c.Cut.V+by >= 0 {
				add("threshold", func(c *Cond) { c.Cut.V += by }, "%s: %g instead of %g", c.Term, c.Cut.V+by, c.Cut.V)
			}
		}
		add("threshold", func(c *Cond) { c.Cut.Over = !c.Cut.Over }, "%s: the threshold itself on the other side", c.Term)
	}
}

var opWord = map[Op]string{All: "all", Any: "any"}

// other picks a code or set of the same kind that the test does not name.
func (l *Law) other(rng *rand.Rand, c *Cond, arg string) string {
	var pool []string
	if s, ok := l.set[arg]; ok {
		for _, o := range l.Sets {
			if o.Of == l.Sets[s].Of {
				pool = append(pool, o.Name)
			}
		}
	} else {
		t := l.Term(c.Term)
		for t.Kind == Switch {
			t = l.Term(t.Choose[len(t.Choose)-1].Use)
		}
		switch t.Kind {
		case Choice:
			for _, v := range t.Values {
				pool = append(pool, v.Code)
			}
		case Country:
			for _, v := range l.Countries {
				pool = append(pool, v.Code)
			}
		case ItemT:
			for _, i := range l.Items {
				pool = append(pool, i.Code)
			}
		}
	}
	pool = slices.DeleteFunc(pool, func(s string) bool { return slices.Contains(c.Args, s) })
	if len(pool) == 0 {
		return ""
	}
	return pool[rng.IntN(len(pool))]
}

// clone copies a condition with everything below it.
func (c *Cond) clone() Cond {
	out := *c
	out.Args = slices.Clone(c.Args)
	out.Kids = make([]Cond, len(c.Kids))
	for i := range c.Kids {
		out.Kids[i] = c.Kids[i].clone()
	}
	return out
}

func (c *Cond) nodes() []*Cond {
	var out []*Cond
	c.walk(func(c *Cond) { out = append(out, c) })
	return out
}
