package rule

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"navicert"
)

var exactDeals = flag.Int("exact", 60, "random partial deals per license exception and body for the comparison with brute force")

// TestExactAgainstBruteForce compares the exact layer with every completion
// of random partial deals: no outcome or deciding fact wrong, missed or extra.
// For each license exception the deals lie around worlds in which it is
// granted; for OFAC and the UN around worlds that they prohibit.
func TestExactAgainstBruteForce(t *testing.T) {
	for _, day := range []string{"2022-04-01", "2026-09-24", "2026-11-23"} {
		p := program(t, day)
		for i, x := range p.Law.Exceptions {
			if g := p.grants(x.Symbol); g != refFalse {
				t.Run(x.Symbol+" "+day, func(t *testing.T) { compare(t, p, g, 0, rand.New(rand.NewPCG(7, uint64(i)))) })
			}
		}
		for body := 1; body < len(navicert.Bodies); body++ {
			g := p.ladder[body][0].gate
			t.Run(string(navicert.Bodies[body])+" "+day, func(t *testing.T) { compare(t, p, g, body, rand.New(rand.NewPCG(8, uint64(body)))) })
		}
	}
}

// grants is the first entry of the day that grants symbol.
func (p *Program) grants(symbol string) ref {
	for _, ce := range p.entries {
		if e := &p.Law.Entries[ce.entry].Effect; e.Verb == "grants" && e.Arg == symbol {
			return ce.gate
		}
	}
	return refFalse
}

func compare(t *testing.T, p *Program, around ref, body int, rng *rand.Rand) {
	t.Helper()
	j, b := p.NewJudge(), brute{p: p}
	may := p.support(around)
	for _, r := range p.ladder[body] {
		for _, f := range p.support(r.gate) {
			if !slices.Contains(may, f) && rng.IntN(3) == 0 {
				may = append(may, f)
			}
		}
	}
	open, decided, shifted := 0, 0, 0
	for n := 0; n < *exactDeals; {
		in, ok := p.near(rng, around)
		if !ok {
			t.Fatal("no world found")
		}
		rng.Shuffle(len(may), func(a, c int) { may[a], may[c] = may[c], may[a] })
		left, size := []int(nil), 1
		for _, f := range may {
			k := len(p.cells[f])
			if rng.Float64() < 0.4 && size*k <= 1<<9 && k > 1 {
				size *= k
				in[f] = Unknown
				left = append(left, f)
			}
		}
		slices.Sort(left)
		outs, dec := b.answer(in, left, body)
		if len(outs) == 0 {
			continue // the perturbed world broke a tie
		}
		n++
		if err := j.Run(in); err != nil {
			t.Fatalf("a possible world contradicts itself: %v", err)
		}
		check := func(how string, a *Answer) {
			if !slices.Equal(a.Outcomes, outs) || !slices.Equal(a.Open, dec) || a.Cut {
				t.Fatalf("\n exact %v %v cut %v, by %s\n brute %v %v", a.Outcomes, a.Open, a.Cut, how, outs, dec)
			}
		}
		check("tables if few", j.Exact(body))
		if _, kleene := j.Outcome(body); !kleene {
			var a Answer
			j.pose(body, false)
			j.draw(&a)
			check("diagram", &a)
			if len(outs) == 1 {
				shifted++
			}
		}
		if len(outs) > 1 {
			open++
		} else {
			decided++
		}
	}
	t.Logf("%d open, %d decided (%d of them open to three-valued logic alone): 0 wrong, 0 missed, 0 extra", open, decided, shifted)
}

// near draws a world in which gate g holds and then changes some of its facts.
func (p *Program) near(rng *rand.Rand, g ref) (Input, bool) {
	j := p.NewJudge()
	for range 50 {
		in := p.Law.NewInput()
		if err := j.Run(in); err != nil {
			return nil, false
		}
		n := j.root(g)
		way, ok := j.x.path(n, holds)
		if !ok {
			return nil, false
		}
		for _, pr := range j.x.values(way) {
			in[pr.fact] = pr.raw
		}
		for f := range in {
			if in[f] == Unknown || rng.IntN(6) == 0 {
				in[f] = Raw(1 + rng.IntN(p.Law.Domain(f)))
			}
		}
		b := brute{p: p}
		for try := 0; try < 20; try++ {
			if b.outcome(in, 0) != noWorld {
				return in, true
			}
			for _, t := range p.ties {
				if p.value(t.cond, in) == True {
					for _, pr := range t.then {
						in[pr.fact] = pr.raw
					}
				}
			}
		}
	}
	return nil, false
}
