package rule

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"navicert"
	"navicert/law"
)

var theLaw = sync.OnceValues(func() (*Law, error) { return Load(law.Files) })

// load returns the product's law, read from its YAML.
func load(t testing.TB) *Law {
	t.Helper()
	l, err := theLaw()
	if err != nil {
		t.Fatalf("the law does not load:\n%v", err)
	}
	return l
}

func day(t testing.TB, s string) navicert.Day {
	t.Helper()
	d, err := navicert.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func program(t testing.TB, s string) *Program {
	t.Helper()
	p, err := load(t).At(day(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLaw(t *testing.T) {
	l := load(t)
	t.Logf("%d terms, %d sections, %d entries, %d sets, %d days on which the law changes, hash %.12s",
		len(l.Terms), len(l.Sections), len(l.Entries), len(l.Sets), len(l.Days()), l.Hash)
	p := program(t, "2026-09-24")
	t.Logf("on 2026-09-24: %d entries, %d gates, %d inputs", len(p.entries), len(p.gates), len(p.in))
}

// TestExactAgainstBruteForce compares the exact layer with every completion
// of random partial deals: no outcome or deciding fact wrong, missed or extra.
func TestExactAgainstBruteForce(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 200
	}
	for _, dayText := range []string{"2022-04-01", "2026-09-24", "2026-11-23"} {
		p := program(t, dayText)
		j := p.NewJudge()
		b := brute{p: p}
		for body := range navicert.Bodies {
			may := map[int]bool{}
			for _, r := range p.ladder[body] {
				for _, f := range p.support(r.gate) {
					may[f] = true
				}
			}
			var facts []int
			for f := range may {
				facts = append(facts, f)
			}
			slices.Sort(facts)
			rng := rand.New(rand.NewPCG(7, uint64(body)))
			open := 0
			for range n {
				in, left, ok := partial(rng, p, facts, 0.15, 1<<10)
				if !ok {
					continue
				}
				outs, dec := b.answer(in, left, body)
				if err := j.Run(in); err != nil {
					t.Fatalf("a possible world contradicts itself: %v", err)
				}
				a := j.Exact(body)
				if len(outs) > 1 {
					open++
				}
				if !slices.Equal(a.Outcomes, outs) || !slices.Equal(a.Open, dec) || a.Cut {
					t.Fatalf("%s %s:\n exact %v %v cut %v\n brute %v %v", dayText, navicert.Bodies[body], a.Outcomes, a.Open, a.Cut, outs, dec)
				}
			}
			t.Logf("%s %s: %d deals, %d of them open", dayText, navicert.Bodies[body], n, open)
		}
	}
}
