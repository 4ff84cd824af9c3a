package rule

import (
	"testing"

	"navicert"
)

// TestPlanesEqualSingleDecisions judges a book on bit planes under the law of
// several days and holds every verdict against a single decision.
func TestPlanesEqualSingleDecisions(t *testing.T) {
	p := program(t, "2026-09-24")
	ds := deals(t, p, 3000, 0.25)
	book := p.Law.NewBook()
	for _, d := range ds {
		book.Add(d)
	}
	in := p.Law.NewInput()
	for i, d := range ds {
		book.input(i, in)
		for f := range d {
			if in[f] != d[f] {
				t.Fatalf("deal %d: fact %s comes back as %d, not %d", i, p.Law.FactTerm(f).Name, in[f], d[f])
			}
		}
	}
	for _, s := range []string{"2022-03-06", "2022-04-01", "2024-04-18", "2026-09-24", "2026-11-23"} {
		p := program(t, s)
		j, q := p.NewJudge(), p.NewPlanes()
		var dst [3][]Verdict
		for b := range dst {
			dst[b] = make([]Verdict, book.Len())
		}
		q.Judge(book, dst)
		open := 0
		for i, d := range ds {
			if err := j.Run(d); err != nil {
				t.Fatal(err)
			}
			for b := range navicert.Bodies {
				o, ok := j.Outcome(b)
				got := dst[b][i]
				if got.Decided != ok || ok && got.Outcome != o {
					t.Fatalf("%s deal %d %s: planes %v, single %v %v", s, i, navicert.Bodies[b], got, o, ok)
				}
				if !ok {
					open++
				}
			}
		}
		t.Logf("%s: %d deals, %d answers left open by three-valued logic", s, len(ds), open)
	}
}

// BenchmarkMillionReplay replays a million deals under another day's law.
func BenchmarkMillionReplay(b *testing.B) {
	p := program(b, "2026-09-24")
	ds := deals(b, p, 4096, 0.1)
	book := p.Law.NewBook()
	for i := range 1_000_000 {
		book.Add(ds[i&4095])
	}
	q := program(b, "2022-05-25").NewPlanes()
	var dst [3][]Verdict
	for i := range dst {
		dst[i] = make([]Verdict, book.Len())
	}
	for b.Loop() {
		q.Judge(book, dst)
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/million")
}

// input reads the facts of deal i back into in.
func (b *Book) input(i int, in Input) {
	for f := range in {
		if b.values[f] != nil {
			in[f] = b.values[f][i]
			continue
		}
		in[f] = Unknown
		if b.yes[f] == nil {
			continue
		}
		switch {
		case b.yes[f][i>>6]>>(i&63)&1 == 1:
			in[f] = rawTrue
		case b.no[f][i>>6]>>(i&63)&1 == 1:
			in[f] = rawFalse
		}
	}
}
