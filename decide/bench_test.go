package decide

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"navicert"
	"navicert/deal"
	"navicert/rule"
	"navicert/screen"
)

// forgetful turns the worked cases into inputs of which each fact is
// forgotten with a chance, but for the item, the activity and the place: what
// an officer knows before anything else.
func forgetful(b *testing.B, missing float64) ([]*rule.Program, []rule.Input) {
	rng := rand.New(rand.NewPCG(5, 6))
	keep := []string{"activity", "item.eccn", "item.final", "route.from", "route.to", "end_user.located_in", "release.nationality"}
	d := decider(b)
	var ps []*rule.Program
	var ins []rule.Input
	for range 5 {
		for _, c := range suite(b) {
			dl := readDeal(b, c.ID, c.text)
			p, _, err := d.Program(dl.Day)
			if err != nil {
				b.Fatal(err)
			}
			for _, cs := range deal.Cases(dl) {
				facts := slices.DeleteFunc(slices.Clone(cs.Facts), func(f navicert.Fact) bool {
					return !slices.Contains(keep, f.Term) && rng.Float64() < missing
				})
				in, err := encode(d.Law, facts)
				if err != nil {
					b.Fatal(err)
				}
				ps, ins = append(ps, p), append(ins, in)
			}
		}
	}
	return ps, ins
}

func benchExact(b *testing.B, missing float64) {
	ps, ins := forgetful(b, missing)
	judges := map[*rule.Program]*rule.Judge{}
	for i, p := range ps {
		if judges[p] == nil {
			judges[p] = p.NewJudge()
		}
		if err := judges[p].Run(ins[i]); err != nil {
			b.Fatal(err)
		}
		for body := range navicert.Bodies {
			judges[p].Exact(body) // warm up
		}
	}
	var times, ear []time.Duration
	best := map[int]time.Duration{} // of each question: what other programs do not disturb
	for i := 0; b.Loop(); i++ {
		j, in := judges[ps[i%len(ps)]], ins[i%len(ins)]
		t := time.Now()
		if err := j.Run(in); err != nil {
			b.Fatal(err)
		}
		j.Exact(0)
		ear = append(ear, time.Since(t))
		for body := 1; body < len(navicert.Bodies); body++ {
			j.Exact(body)
		}
		d := time.Since(t)
		times = append(times, d)
		if b, ok := best[i%len(ps)]; !ok || d < b {
			best[i%len(ps)] = d
		}
	}
	quiet := slices.Sorted(maps.Values(best))
	b.ReportMetric(float64(quiet[len(quiet)/2].Nanoseconds()), "best-p50-ns")
	b.ReportMetric(float64(quiet[len(quiet)*99/100].Nanoseconds()), "best-p99-ns")
	slices.Sort(ear)
	b.ReportMetric(float64(ear[len(ear)/2].Nanoseconds()), "EAR-p50-ns")
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Nanoseconds()), "p50-ns")
	b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds()), "p99-ns")
}

// BenchmarkExactSuite judges the worked cases with 40 percent of the facts
// missing, all three bodies exactly; BenchmarkExactSuiteAll with nothing
// known but item, activity and places.
func BenchmarkExactSuite(b *testing.B)    { benchExact(b, 0.4) }
func BenchmarkExactSuiteAll(b *testing.B) { benchExact(b, 1) }

// BenchmarkDecideFull is a whole decision with its explanation, from the deal
// as read to the answer in words.
func BenchmarkDecideFull(b *testing.B) {
	d := &Decider{Law: loadLaw(b), Finders: []Finder{&screen.Finder{Library: &screen.Library{}}}}
	c := suite(b)[0]
	dl := readDeal(b, c.ID, c.text)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Decide(dl); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecisionSuite judges the worked cases, as stated, with the value
// of every paragraph.
func BenchmarkDecisionSuite(b *testing.B) {
	ps, ins := forgetful(b, 0)
	judges := map[*rule.Program]*rule.Judge{}
	js := make([]*rule.Judge, len(ps))
	for i, p := range ps {
		if judges[p] == nil {
			judges[p] = p.NewJudge()
		}
		js[i] = judges[p]
	}
	var trace []rule.Step
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		j := js[i%len(js)]
		if err := j.Run(ins[i%len(ins)]); err != nil {
			b.Fatal(err)
		}
		trace = j.Trace(trace[:0])
		for body := range navicert.Bodies {
			j.Outcome(body)
		}
	}
}
