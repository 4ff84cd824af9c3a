package api

import (
	"math"
	"testing"

	"navicert/match"

	"pgregory.net/rapid"
)

// A score on the wire never changes an order, and a threshold there finds what it should.
func TestScore(t *testing.T) {
	for raw, want := range map[float32]float64{match.Standard: 0.70, match.Strict: 0.88, match.Broad: 0.54, 11.3: 0.97} {
		if got := wireScore(raw); math.Abs(got-want) > 0.01 {
			t.Errorf("%g is %g, want %g", raw, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float32Range(-60, 60).Draw(t, "a"), rapid.Float32Range(-60, 60).Draw(t, "b")
		x, y := wireScore(a), wireScore(b)
		if x < 0 || x > 1 || a < b && x > y || a == b && x != y {
			t.Fatalf("%g -> %g, %g -> %g", a, x, b, y)
		}
		w := rapid.Float64Range(0, 1).Draw(t, "w")
		if wireScore(a) >= w && a < rawScore(w) && w < 1 {
			t.Fatalf("%g scores %g, and is lost at the threshold %g, which is %g", a, wireScore(a), w, rawScore(w))
		}
	})
}
