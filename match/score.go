package match

import "math"

// fewest is how many entities a list is taken to have at least: a word that a
// short list has once need not be rare in the world, but the thresholds are
// those of a long list, and a name in a short one must still reach them.
const fewest = 18000

func (x *Index) rarest() float32 { return float32(math.Log(float64(max(x.head.Ents, fewest)) + 1)) }

// score is how much the alignment speaks for one and the same name.
func (a *alignment) score() float32 {
	c := min(a.qLeft, a.rLeft)
	qm, rm := a.qLeft-c, a.rLeft-c
	sim := a.matched / (a.matched + a.bent*1.2 + 1.6*c + 0.35*qm + 0.45*rm + 0.01)
	sc := 10 * sim
	if a.qLeft+a.rLeft+a.bent > 0.5 {
		sc -= 5 * float32(math.Exp(-float64(a.matched)/7))
	}
	if a.acronym {
		sc = max(sc, 7.5)
	}
	if a.kind {
		sc += otherKind
	}
	return sc
}

func (a *alignment) similarity() float32 {
	return a.matched / (a.matched + a.bent + min(a.qLeft, a.rLeft) + 1e-6)
}

func (a *alignment) completeness() float32 {
	all := a.qAll + a.rAll
	return 1 - (max(a.qLeft, a.rLeft)-min(a.qLeft, a.rLeft))/(all+1e-6)
}

// noName is the score of names that were not compared.
const noName = 2.0
