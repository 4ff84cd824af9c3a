package api

import (
	"math"

	"navicert/match"
)

// alert is the raw score that the engine's standard threshold stands for, and
// spread how much more it takes to come near certainty.
const (
	alert  = match.Standard
	spread = 1.34 // the very same name, and nothing else known, comes to 0.95
)

// wireScore makes a raw score, which has no upper end, one between 0 and 1. It
// is monotone: it never changes an order. A client's standard threshold of
// 0.70 means ours.
func wireScore(raw float32) float64 {
	switch s := float64(raw); {
	case !(s > 0):
		return 0
	case s <= alert:
		return standard * s / alert
	default:
		return standard + (1-standard)*(1-math.Exp(-(s-alert)/spread))
	}
}

// rawScore is the raw score of a score on the wire, and a little less: what
// scores as much must not be lost to rounding.
func rawScore(wire float64) float32 {
	switch {
	case wire <= 0:
		return 0
	case wire <= standard:
		return float32(alert*wire/standard) * (1 - 1e-5)
	case wire >= 1:
		return math.MaxFloat32
	}
	return float32(alert-spread*math.Log1p(-(wire-standard)/(1-standard))) * (1 - 1e-5)
}
