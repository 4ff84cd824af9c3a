package api

import (
	"math"

	"navicert/match"
)

// alert is the raw score of the engine's standard threshold. Above it, spread
// says how much more brings a score nearer to certainty: the strict threshold
// comes to 0.88, a long name that is the very same to 0.97. Below it, a score
// falls by half for each fall of 4.6: the broad threshold comes to 0.54.
const (
	alert  = match.Standard
	spread = 3.0
	fall   = 6.6
)

// wireScore makes a raw score, which has no ends, one between 0 and 1. It is
// monotone: it never changes an order. A client's standard threshold of 0.70
// means ours.
func wireScore(raw float32) float64 {
	s := float64(raw) - alert
	if s < 0 {
		return standard * math.Exp(s/fall)
	}
	return standard + (1-standard)*(1-math.Exp(-s/spread))
}

// rawOf is the raw score of a score on the wire.
func rawOf(wire float64) float32 {
	switch {
	case wire <= 0:
		return -math.MaxFloat32
	case wire <= standard:
		return float32(alert + fall*math.Log(wire/standard))
	case wire >= 1:
		return math.MaxFloat32
	}
	return float32(alert - spread*math.Log1p(-(wire-standard)/(1-standard)))
}

// rawScore is the same and a little less: what scores as much must not be lost
// to rounding.
func rawScore(wire float64) float32 { return rawOf(wire) - 1e-4 }
