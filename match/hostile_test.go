package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"navicert/list"
)

// hostile is a list of names that want to be trouble.
func hostile() []*list.Entity {
	many := &list.Entity{ID: "many", Kind: list.KindPerson}
	for i := range 10_000 {
		many.Names = append(many.Names, list.Name{Text: fmt.Sprintf("Alias Number %d of Many", i)})
	}
	return []*list.Entity{
		many,
		{ID: "long", Names: []list.Name{{Text: strings.Repeat("verylongname ", 8000)}}},
		{ID: "run", Names: []list.Name{{Text: strings.Repeat("abcdefghij", 10_000)}}},
		{ID: "bytes", Names: []list.Name{{Text: "\xff\xfe\x00\u202e\u200b"}, {Text: ""}, {Text: "\u202eevil\u202c"}}},
		{ID: "forms", Names: []list.Name{{Text: "Co Ltd"}}},
		{ID: "one", Names: []list.Name{{Text: "A"}}},
	}
}

// Whatever is asked, the answer comes, and soon.
func TestHostileQueries(t *testing.T) {
	x := indexOf(t, hostile()...)
	s := x.Searcher()
	for _, q := range []string{
		"", " ", "\xff", strings.Repeat("a", 100_000), strings.Repeat("a ", 50_000), strings.Repeat("조", 33_000), strings.Repeat("محمد ", 20_000),
		strings.Repeat("alias number ", 10_000), strings.Repeat("\u202e", 50_000), strings.Repeat("a-", 1000), "co", "ltd co", "A", "9", strings.Repeat("0", 5000),
		strings.Repeat("朴鎮赫", 10_000), "\x00\x01\x02", strings.Repeat("abcdefghij", 10_000), "alias number 77 of many",
	} {
		start := time.Now()
		hits := s.Search(&Query{Names: []string{q, q}}, -1e9, 10, nil)
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%.20q… took %v", q, d)
		}
		for _, h := range hits {
			if h.Score != h.Score || h.Entity < 0 || int(h.Entity) >= 6 {
				t.Errorf("%.20q: %+v", q, h)
			}
			_ = s.Explain(&Query{Names: []string{q, q}}, h)
		}
	}
	if hits := s.Search(&Query{Names: slices.Repeat([]string{"alias"}, 1000)}, 0, 10, nil); len(hits) > 0 && !hits[0].Cut {
		t.Error("a thousand names were not cut")
	}
}

// Bytes that are no index do not open, and what opens can be searched.
func TestHostileIndex(t *testing.T) {
	es := hostile()
	sections, err := BuildIndex(es)
	if err != nil {
		t.Fatal(err)
	}
	good := sections[section]
	rng := rand.New(rand.NewPCG(1, 1))
	opened := 0
	for range 2000 {
		b := slices.Clone(good)
		switch rng.IntN(3) {
		case 0:
			b = b[:rng.IntN(len(b))]
		default:
			for range 1 + rng.IntN(3) {
				at := rng.IntN(len(b))
				if rng.IntN(2) == 0 {
					at = rng.IntN(200)
				}
				b[at] = byte(rng.IntN(256))
			}
		}
		x, err := openIndex(b, len(es))
		if err != nil {
			continue
		}
		opened++
		x.Searcher().Search(&Query{Names: []string{"alias number 77 of many", "verylongname"}}, 0, 5, nil)
	}
	t.Logf("%d of 2000 damaged indexes opened", opened)
}

func FuzzSearch(f *testing.F) {
	x := indexOf(f, hostile()...)
	s := x.Searcher()
	for _, q := range []string{"alias number 5 of many", "verylongname", "Co Ltd", "a b c d e f g h", "\xff\xfe", "조선 \u202e 朴", "abcdefghijabcdefghij"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		query := &Query{Names: []string{q}}
		for _, h := range s.Search(query, -50, 5, nil) {
			if h.Score != h.Score || h.Similarity < 0 || h.Similarity > 1 || h.Completeness < 0 || h.Completeness > 1 {
				t.Fatalf("%q: %+v", q, h)
			}
			_ = s.Explain(query, h)
		}
	})
}

// After a few queries a searcher needs no new memory.
func TestNoAllocations(t *testing.T) {
	es, qs := sharedData(t)
	e := newEngine(t, es)
	e.min = Broad
	qs = qs[:min(len(qs), 4000)]
	var buf []Hit
	run := func() {
		for i := range qs {
			e.q.Names[0] = qs[i].Text
			buf = e.s.Search(&e.q, Broad, 10, buf[:0])
		}
	}
	run()
	if n := testing.AllocsPerRun(1, run); n > 0 {
		t.Errorf("%v allocations in %d queries", n, len(qs))
	}
}
