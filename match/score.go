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
	fWhole     // nothing is left over
	fCommon    // share of what is matched that many people are called, if something is left over
	fCommonAll // and if nothing is
	fBase
	nFeatures
)

var weights = [2]features{
	{ // organizations and things
		fSpelling: -0.510, fEdit: -8.724, fEditShort: -9.460, fEditKnown: -28.096, fLoose: -20.694, fLooseKnown: -19.415,
		fVariant: -4.271, fWord: -3.484, fNick: 0.000, fSyllable: 0.000, fInitial: -25.091, fBegin: 0.000, fShort: -29.269,
		fShortName: 0.000, fAbbrev: -11.734, fJoin: 0.000, fJoinEdit: -51.450, fFather: 0.000, fAgainst: -4.258, fMore: -2.621,
		fLess: -1.361, fLessCut: 0.000, fFamily: 0.000, fLittle: -0.030, fKind: -1.454, fAcronym: 15.540, fMatched: 0.182,
		fOne: 0.000, fInfo: 4.947, fRest: 1.257, fRare: 1.750, fMoreN: 0.000, fLessN: 0.000, fAgainstN: -0.786, fWhole: 0.000,
		fCommon: 0.000, fCommonAll: 0.000, fBase: 1.296,
	},
	{ // persons
		fSpelling: -23.040, fEdit: -6.190, fEditShort: -1.486, fEditKnown: -54.226, fLoose: -20.071, fLooseKnown: -60.156,
		fVariant: -3.389, fWord: -2.258, fNick: -6.517, fSyllable: -8.124, fInitial: -1.185, fBegin: 0.000, fShort: 0.000,
		fShortName: -59.999, fAbbrev: -26.622, fJoin: 0.000, fJoinEdit: -36.231, fFather: -64.173, fAgainst: -56.057,
		fMore: -7.516, fLess: -0.816, fLessCut: -2.567, fFamily: 0.000, fLittle: -18.066, fKind: -3.815, fAcronym: 0.000,
		fMatched: 0.512, fOne: -0.385, fInfo: 0.038, fRest: 0.844, fRare: 6.519, fMoreN: 0.000, fLessN: -1.556,
		fAgainstN: 0.000, fWhole: 7.433, fCommon: -1.885, fCommonAll: 0.000, fBase: 2.268,
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
		a.f[fCommon] = a.common / (a.matched + 1)
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
