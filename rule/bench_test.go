package rule

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"navicert/law"
)

// deals returns n random deals the ties allow, each fact but the item and the
// places missing with the given chance.
func deals(b testing.TB, p *Program, n int, missing float64) []Input {
	rng := rand.New(rand.NewPCG(1, 2))
	keep := map[string]bool{"item.eccn": true, "activity": true, "route.to": true, "end_user.located_in": true}
	var may []int
	for f := range p.Law.facts {
		if !keep[p.Law.FactTerm(f).Name] {
			may = append(may, f)
		}
	}
	j := p.NewJudge()
	var out []Input
	for len(out) < n {
		in, _, ok := partial(rng, p, may, missing, 1<<62)
		if ok && j.Run(in) == nil {
			out = append(out, slices.Clone(j.Input()))
		}
	}
	return out
}

func BenchmarkDecision(b *testing.B) {
	p := program(b, "2026-09-24")
	ds := deals(b, p, 1024, 0)
	j := p.NewJudge()
	var trace []Step
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := j.Run(ds[i&1023]); err != nil {
			b.Fatal(err)
		}
		trace = j.Trace(trace[:0])
		for body := range 3 {
			j.Outcome(body)
		}
	}
}

func benchExact(b *testing.B, missing float64) {
	p := program(b, "2026-09-24")
	ds := deals(b, p, 1024, missing)
	j := p.NewJudge()
	var times []time.Duration
	for _, d := range ds { // warm up
		_ = j.Run(d)
		for body := range 3 {
			j.Exact(body)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		t := time.Now()
		if err := j.Run(ds[i&1023]); err != nil {
			b.Fatal(err)
		}
		for body := range 3 {
			j.Exact(body)
		}
		if len(times) < 1<<20 {
			times = append(times, time.Since(t))
		}
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Nanoseconds()), "p50-ns")
	b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds()), "p99-ns")
}

func BenchmarkExact40(b *testing.B)  { benchExact(b, 0.4) }
func BenchmarkExactAll(b *testing.B) { benchExact(b, 1) }

func BenchmarkPlanes(b *testing.B) {
	p := program(b, "2026-09-24")
	ds := deals(b, p, 1024, 0.2)
	book := p.Law.NewBook()
	for i := range 1 << 16 {
		book.Add(ds[i&1023])
	}
	q := p.NewPlanes()
	var dst [3][]Verdict
	for i := range dst {
		dst[i] = make([]Verdict, book.Len())
	}
	b.ReportAllocs()
	for b.Loop() {
		q.Judge(book, dst)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(book.Len()), "ns/deal")
}

func BenchmarkLoadYAML(b *testing.B) {
	for b.Loop() {
		if _, err := Load(law.Files); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompileDay(b *testing.B) {
	l := load(b)
	d := day(b, "2026-09-24")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.At(d); err != nil {
			b.Fatal(err)
		}
	}
}
