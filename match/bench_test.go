package match

import (
	"testing"

	"navicert/match/eval"
)

// BenchmarkSearch is one query of the labelled ones after another.
func BenchmarkLabelled(b *testing.B) {
	es, qs := sharedData(b)
	e := newEngine(b, es)
	var dst []eval.Result
	for i := range qs {
		dst = e.Search(&qs[i], 10, dst[:0])
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		dst = e.Search(&qs[i%len(qs)], 10, dst[:0])
	}
}
