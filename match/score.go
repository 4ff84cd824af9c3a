package match

import "math"

// features are what a score is made of: each is what is lost, or left over, in
// one way, as a share of all that both names say.
type features [nFeatures]float32

const (
	fSpelling  = iota // another spelling that sounds the same
	fEdit             // errors in a word that is no known name
	fEditShort        // in a short word
	fEditKnown        // in one that is: it may be another name
	fLoose            // more errors than the index searches
	fLooseKnown
	fVariant   // another form of the same name
	fWord      // the same word in another language
	fNick      // a short form
	fSyllable  // another romanization of a syllable
	fInitial   // an initial for a word
	fBegin     // a word cut short where the query may have been
	fShort     // a word of a firm cut short elsewhere
	fShortName // a name cut short elsewhere
	fAbbrev    // a word shortened
	fJoin      // words joined or parted
	fJoinEdit  // and with errors
	fFather    // another father's name
	fFathers   // the fathers' names are known ones, and differ
	fBroken    // a given name of syllables matches in part
	fAgainst   // both sides have something that the other has not
	fMore      // the query has more
	fLess      // the row has more
	fLessCut   // the same, and the query may be cut off
	fFamily    // and among it the family name
	fLittle    // something is left over, and little is matched
	fKind      // another kind of entity
	fAcronym
	fMatched // logarithm of what is matched
	fOne     // one word matches, and something is left over
	fInfo    // what is matched, in tens of nats
	fRest    // the same, if something is left over
	fRare    // the most that one word says that is matched exactly, if something is left over
	fMoreN   // words that the query has more, fLessN, fAgainstN likewise
	fLessN
	fAgainstN
	fWhole      // nothing is left over
	fCommon     // share of what is matched that many people are called, if something is left over
	fCommonLess // and all of it of the row
	fCommonMore // and all of it of the query
	fCommonAll  // and if nothing is
	fBase
	nFeatures
)

var weights = [2]features{
	{ // organizations and things
		fSpelling: 0.000, fEdit: -7.767, fEditShort: -8.686, fEditKnown: -24.521, fLoose: -22.007, fLooseKnown: -11.504,
		fVariant: 0.000, fWord: -2.781, fNick: 0.000, fSyllable: 0.000, fInitial: -12.127, fBegin: 0.000, fShort: -26.332,
		fShortName: 0.000, fAbbrev: -11.448, fJoin: 0.000, fJoinEdit: -39.930, fFather: 0.000, fFathers: -0.004,
		fBroken: -0.030, fAgainst: -4.755, fMore: -5.079, fLess: -2.247, fLessCut: 0.000, fFamily: 0.000, fLittle: -1.122,
		fKind: -1.360, fAcronym: 13.083, fMatched: 0.713, fOne: 0.000, fInfo: 3.583, fRest: 0.517, fRare: 2.137, fMoreN: 0.000,
		fLessN: -0.080, fAgainstN: -0.967, fWhole: 0.000, fCommon: -1.319, fCommonLess: 0.000, fCommonMore: -1.507,
		fCommonAll: 0.000, fBase: 1.461,
	},
	{ // persons
		fSpelling: -18.164, fEdit: -8.998, fEditShort: -1.507, fEditKnown: -42.101, fLoose: -18.672, fLooseKnown: -39.700,
		fVariant: -3.209, fWord: -0.301, fNick: -5.454, fSyllable: -5.393, fInitial: -1.030, fBegin: 0.000, fShort: 0.000,
		fShortName: -43.448, fAbbrev: -26.103, fJoin: -5.307, fJoinEdit: -32.854, fFather: 0.000, fFathers: -6.398,
		fBroken: -11.287, fAgainst: -35.912, fMore: -7.163, fLess: -1.314, fLessCut: -3.213, fFamily: 0.000, fLittle: -10.475,
		fKind: -3.944, fAcronym: 0.000, fMatched: 1.222, fOne: -0.607, fInfo: 0.496, fRest: 0.273, fRare: 2.408,
		fMoreN: -0.808, fLessN: -1.530, fAgainstN: 0.000, fWhole: 1.937, fCommon: 0.000, fCommonLess: -1.792,
		fCommonMore: -0.018, fCommonAll: -1.647, fBase: 4.203,
	},
}

// fewest is how many entities a list is taken to have at least: a word that a
// short list has once need not be rare in the world, but the thresholds are
// those of a long list, and a name in a short one must still reach them.
const fewest = 18000

func (x *Index) rarest() float32 { return float32(math.Log(float64(max(x.head.Ents, fewest)) + 1)) }

// measure turns what was booked into shares.
func (a *alignment) measure() {
	against := min(a.qLeft, a.rLeft)
	all := a.matched + a.bent + a.qLeft + a.rLeft + 0.01
	for i := fSpelling; i <= fFather; i++ {
		a.f[i] /= all
	}
	a.f[fAgainst] = 2 * against / all
	a.f[fMore] = (a.qLeft - against) / all
	a.f[fLess] = (a.rLeft - against) / all
	a.f[fFamily] = a.family / all
	a.f[fBroken] = a.broken / all
	if a.fathers {
		a.f[fFathers] = 1
	}
	if a.cutAt {
		a.f[fLessCut], a.f[fLess] = a.f[fLess], 0
	}
	info := min(a.matched, 40) / 10
	n := min(a.qWords, a.rWords)
	a.f[fAgainstN], a.f[fMoreN], a.f[fLessN] = float32(n), float32(min(a.qWords-n, 8)), float32(min(a.rWords-n, 8))
	if a.qLeft+a.rLeft < 1.5 {
		a.f[fWhole], a.f[fInfo] = 1, info
		a.f[fCommonAll] = a.common / (a.matched + 1)
	} else {
		c := a.common / (a.matched + 1)
		switch {
		case a.qLeft < 1.5:
			a.f[fCommonLess] = c
		case a.rLeft < 1.5:
			a.f[fCommonMore] = c
		default:
			a.f[fCommon] = c
		}
		a.f[fRest] = info
		a.f[fRare] = a.rare / 10
	}
	if a.qLeft+a.rLeft+a.bent > 0.5 {
		a.f[fLittle] = float32(math.Exp(-float64(a.matched) / 7))
	}
	a.f[fMatched] = float32(math.Log1p(float64(a.matched)))
	if a.words == 1 && a.qLeft+a.rLeft > 2 {
		a.f[fOne] = 1
	}
	if a.acronym {
		a.f = features{fAcronym: 1}
	}
	a.f[fBase] = 1
	if a.kind {
		a.f[fKind] = 1
	}
}

// score is how much the alignment speaks for one and the same name.
func (a *alignment) score() float32 {
	w := a.weights()
	var sc float32
	for i, v := range a.f {
		sc += v * w[i]
	}
	return sc
}

func (a *alignment) weights() *features {
	if a.person {
		return &weights[1]
	}
	return &weights[0]
}

func (a *alignment) similarity() float32 {
	return a.matched / (a.matched + a.bent + min(a.qLeft, a.rLeft) + 1e-6)
}

func (a *alignment) completeness() float32 {
	all := a.matched + a.bent + max(a.qLeft, a.rLeft)
	return 1 - (max(a.qLeft, a.rLeft)-min(a.qLeft, a.rLeft))/(all+1e-6)
}

// noName is the score of names that were not compared.
const noName = 2.0
