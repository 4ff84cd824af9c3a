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
	fSame       // every word is the same
	fClose      // every word is the same but for its spelling
	fBase
	nFeatures
)

var weights = [2]features{
	{ // organizations and things
		fSpelling: -4.964, fEdit: -8.548, fEditShort: -9.985, fEditKnown: -26.827, fLoose: -24.353, fLooseKnown: -12.839,
		fVariant: -34.926, fWord: -3.700, fNick: 0.000, fSyllable: 0.000, fInitial: -13.177, fBegin: 0.000, fShort: -27.125,
		fShortName: 0.000, fAbbrev: -12.154, fJoin: 0.000, fJoinEdit: -41.694, fFather: 0.000, fFathers: 0.000,
		fBroken: -0.000, fAgainst: -4.362, fMore: -3.534, fLess: -0.831, fLessCut: 0.000, fFamily: 0.000, fLittle: 0.000,
		fKind: -1.376, fAcronym: 13.978, fMatched: 0.571, fOne: 0.000, fInfo: 3.945, fRest: 0.874, fRare: 1.217, fMoreN: 0.000,
		fLessN: -0.027, fAgainstN: -0.627, fWhole: 0.000, fCommon: -1.880, fCommonLess: 0.000, fCommonMore: -1.444,
		fCommonAll: 0.000, fSame: 0.000, fClose: 1.078, fBase: 1.532,
	},
	{ // persons
		fSpelling: -32.979, fEdit: -7.738, fEditShort: -1.062, fEditKnown: -36.536, fLoose: -19.647, fLooseKnown: -36.603,
		fVariant: -3.380, fWord: -0.000, fNick: -7.425, fSyllable: -6.935, fInitial: -0.971, fBegin: 0.000, fShort: 0.000,
		fShortName: -39.847, fAbbrev: -26.640, fJoin: -9.590, fJoinEdit: -29.296, fFather: 0.000, fFathers: -6.171,
		fBroken: -12.148, fAgainst: -33.507, fMore: -5.266, fLess: -1.884, fLessCut: -3.318, fFamily: 0.000, fLittle: -5.549,
		fKind: -4.481, fAcronym: 0.000, fMatched: 1.507, fOne: -0.390, fInfo: 1.285, fRest: 0.900, fRare: 1.659,
		fMoreN: -1.899, fLessN: -1.641, fAgainstN: 0.000, fWhole: 0.828, fCommon: 0.000, fCommonLess: -2.017,
		fCommonMore: -0.114, fCommonAll: -2.413, fSame: 8.624, fClose: 1.133, fBase: 2.982,
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
	if a.qLeft+a.rLeft < 0.1 && a.words > 0 {
		switch {
		case a.bent == 0 && !a.acronym:
			a.f[fSame] = 1
		case a.f[fEdit]+a.f[fEditShort]+a.f[fEditKnown]+a.f[fLoose]+a.f[fLooseKnown]+a.f[fShort]+a.f[fShortName]+a.f[fAbbrev]+a.f[fInitial]+a.f[fJoinEdit]+a.f[fFather] == 0:
			a.f[fClose] = 1
		}
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
