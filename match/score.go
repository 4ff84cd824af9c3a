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
	fVariant    // another form of the same name
	fVariantFar // one with other consonants: Jon and Ivan
	fWord       // the same word in another language
	fNick       // a short form
	fSyllable   // another romanization of a syllable
	fInitial    // an initial for a word
	fInitialRow // a word for an initial of the row
	fBegin      // a word cut short where the query may have been
	fShort      // a word of a firm cut short elsewhere
	fShortName  // a name cut short elsewhere
	fAbbrev     // a word shortened
	fJoin       // words joined or parted
	fJoinEdit   // and with errors
	fFather     // another father's name
	fFathers    // the fathers' names are known ones, and differ
	fBroken     // a given name of syllables matches in part
	fAgainst    // both sides have something that the other has not
	fMore       // the query has more
	fLess       // the row has more
	fLessCut    // the same, and the query may be cut off
	fFamily     // and among it the family name
	fLittle     // something is left over, and little is matched
	fKind       // another kind of entity
	fAcronym
	fMatched  // logarithm of what is matched
	fOne      // one word matches, and something is left over
	fInfo     // what is matched, in tens of nats
	fRest     // the same, if something is left over
	fWorldAll // what is matched says in the world, in tens of nats, if nothing is left over
	fRare     // the most that one word says that is matched exactly, if something is left over
	fMoreN    // words that the query has more, fLessN, fAgainstN likewise
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
	fEditMore   // several errors in a long word that is no known name
	fPrefix     // the row goes on where the query ends at a field's length
	fFormOther  // something is left over or wrong, and the legal forms are others
	fFormLike   // the same, and they are the same in other words
	fFormMore   // the same, and only the query has one
	fFormAll    // the legal forms are others, and nothing is left over
	fShortOne   // the one word is short, and another one
	fSwap       // syllables of a given name in another order
	fFatherSame // the query is all matched but for its family name, its father's is
	fBase
	nFeatures
)

// weights were fitted by TestFit (FIT=all), but for fIdentical and for fSame of
// persons, which no clean name has: a name that is the same in every word is a
// hit, however many people are called so; for fShortOne, and for fFormAll, which
// is no lower than that a rare word with another legal form is a possible hit.
var weights = [2]features{
	{ // organizations and things
		fSpelling: -9.231, fEdit: 0.000, fEditShort: 0.000, fEditKnown: -17.873, fLoose: -10.411, fLooseKnown: -13.704,
		fVariant: 0.000, fVariantFar: -0.305, fWord: -1.503, fNick: -0.125, fSyllable: 0.000, fInitial: -8.889,
		fInitialRow: -19.649, fBegin: 0.000, fShort: -7.851, fShortName: 0.000, fAbbrev: -12.565, fJoin: 0.000,
		fJoinEdit: -38.033, fFather: 0.000, fFathers: 0.000, fBroken: 0.000, fAgainst: -2.208, fMore: -9.341, fLess: -1.693,
		fLessCut: -2.654, fFamily: 0.000, fLittle: 0.000, fKind: -1.303, fAcronym: 3.701, fMatched: 0.028, fOne: 0.000,
		fInfo: 2.894, fRest: 1.861, fWorldAll: 0.000, fRare: 0.000, fMoreN: 0.000, fLessN: -0.264, fAgainstN: -2.121,
		fWhole: 0.000, fCommon: 0.000, fCommonLess: -0.670, fCommonMore: 0.000, fCommonAll: -0.706, fSame: 0.013,
		fClose: 0.000, fIdentical: 4.000, fEditMore: -5.464, fPrefix: 3.163, fFormOther: -2.444, fFormLike: -1.835,
		fFormMore: -3.028, fFormAll: -1.600, fShortOne: -2.000, fSwap: 0.000, fFatherSame: 0.000, fBase: 4.066,
	},
	{ // persons
		fSpelling: -0.478, fEdit: 0.000, fEditShort: 0.000, fEditKnown: -41.595, fLoose: -8.078, fLooseKnown: -41.659,
		fVariant: -2.098, fVariantFar: -1.176, fWord: 0.000, fNick: -2.333, fSyllable: -6.725, fInitial: 0.000,
		fInitialRow: -12.907, fBegin: -15.996, fShort: 0.000, fShortName: 0.000, fAbbrev: -20.830, fJoin: 0.000,
		fJoinEdit: -38.712, fFather: -16.455, fFathers: -2.247, fBroken: -5.425, fAgainst: -8.005, fMore: -12.752,
		fLess: -3.100, fLessCut: -2.396, fFamily: -0.428, fLittle: -8.360, fKind: -1.845, fAcronym: 0.000, fMatched: 0.689,
		fOne: -0.210, fInfo: 1.048, fRest: 0.177, fWorldAll: 1.736, fRare: 3.755, fMoreN: -0.235, fLessN: -0.494,
		fAgainstN: -3.680, fWhole: 0.049, fCommon: 0.000, fCommonLess: -2.398, fCommonMore: 0.000, fCommonAll: -0.471,
		fSame: 4.000, fClose: 0.113, fIdentical: 4.000, fEditMore: -14.162, fPrefix: 0.075, fFormOther: 0.000,
		fFormLike: 0.000, fFormMore: 0.000, fFormAll: 0.000, fShortOne: 0.000, fSwap: -1.089, fFatherSame: 1.110,
		fBase: 4.077,
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
		a.f[fWorldAll] = min(a.world, 40) / 10
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
	if a.qLeft+a.rLeft < 0.1 && a.words > 0 && !a.swap {
		switch {
		case a.bent == 0 && !a.acronym:
			a.f[fSame] = 1
			if a.identical {
				a.f[fIdentical] = 1
			}
		case a.f[fEdit]+a.f[fEditShort]+a.f[fEditKnown]+a.f[fLoose]+a.f[fLooseKnown]+a.f[fShort]+a.f[fShortName]+a.f[fAbbrev]+a.f[fEditMore]+a.f[fInitial]+a.f[fJoinEdit]+a.f[fFather] == 0:
			a.f[fClose] = 1
		}
	}
	a.f[fEditMore] /= all
	if a.prefix {
		a.f[fPrefix] = 1
	}
	less := a.qLeft+a.rLeft+a.bent > 0.5
	switch {
	case a.prefix || a.acronym || a.sameForm || !a.qForm:
	case !a.rForm:
		if less {
			a.f[fFormMore] = 1
		}
	case !less && !a.likeForm:
		a.f[fFormAll] = 1
	case less && a.likeForm:
		a.f[fFormLike] = 1
	case less:
		a.f[fFormOther] = 1
	}
	if a.shortOne && a.words == 1 && a.qLeft+a.rLeft < 1.5 {
		a.f[fShortOne] = 1
	}
	if a.swap {
		a.f[fSwap] = 1
	}
	if a.father && a.qLeft < 1.5 && a.rLeft > 1.5 {
		a.f[fFatherSame] = 1
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
