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
	fIdentical  // and of the legal form too
	fBase
	nFeatures
)

var weights = [2]features{
	{ // organizations and things
		fSpelling: -5.254, fEdit: -9.234, fEditShort: -9.958, fEditKnown: -26.857, fLoose: -24.387, fLooseKnown: -12.910,
		fVariant: -36.106, fWord: -3.711, fNick: 0.000, fSyllable: 0.000, fInitial: -13.283, fBegin: 0.000, fShort: -27.026,
		fShortName: 0.000, fAbbrev: -11.271, fJoin: 0.000, fJoinEdit: -43.232, fFather: 0.000, fFathers: 0.000, fBroken: 0.000,
		fAgainst: -4.973, fMore: -4.192, fLess: -0.947, fLessCut: 0.000, fFamily: 0.000, fLittle: 0.000, fKind: -1.272,
		fAcronym: 14.222, fMatched: 0.672, fOne: 0.000, fInfo: 3.903, fRest: 0.699, fRare: 1.608, fMoreN: 0.000,
		fLessN: -0.044, fAgainstN: -0.509, fWhole: 0.000, fCommon: -0.526, fCommonLess: 0.000, fCommonMore: -1.253,
		fCommonAll: 0.000, fSame: 0.000, fClose: 1.109, fIdentical: 4, fBase: 1.360,
	},
	{ // persons
		fSpelling: -27.886, fEdit: -7.461, fEditShort: -2.358, fEditKnown: -36.823, fLoose: -19.154, fLooseKnown: -39.666,
		fVariant: -3.184, fWord: 0.000, fNick: -8.714, fSyllable: -10.526, fInitial: -1.499, fBegin: 0.000, fShort: 0.000,
		fShortName: -43.168, fAbbrev: -26.429, fJoin: -5.346, fJoinEdit: -31.479, fFather: 0.000, fFathers: -6.236,
		fBroken: -12.734, fAgainst: -38.073, fMore: -4.693, fLess: -1.582, fLessCut: -3.112, fFamily: 0.000, fLittle: -2.401,
		fKind: -5.107, fAcronym: 0.000, fMatched: 1.491, fOne: -0.970, fInfo: 1.736, fRest: 1.189, fRare: 1.704,
		fMoreN: -2.233, fLessN: -1.688, fAgainstN: 0.000, fWhole: 0.557, fCommon: 0.000, fCommonLess: -2.253,
		fCommonMore: -0.089, fCommonAll: -1.768, fSame: 8.921, fClose: 1.707, fIdentical: 4, fBase: 2.145,
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
			if a.identical {
				a.f[fIdentical] = 1
			}
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
