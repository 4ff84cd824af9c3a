package match

import (
	"math"

	"navicert/list"
)

// What rows cannot reach. Most rows that share a word with a query come to
// nothing, and once the words found are tied enough is known to prove it:
// every bound here is at least the score that the whole alignment would have.

// ceiling is the most that the features of a kind of row can say, by what is
// matched.
type ceiling struct {
	off                 bool // the weights are of a sort that the bounds do not hold for
	base                float32
	grow, fall          [steps]float32 // terms that grow with what is matched, and that do not
	loose, cut, initial float32        // the least that is taken off for what only the rest of an alignment ties
}

const (
	steps = 1024
	step  = 1.0 / 8
	// margin is more than what rounding does to a score.
	margin = 0.01
)

var ceilings = [2]ceiling{ceilingOf(&weights[0]), ceilingOf(&weights[1])}

func ceilingOf(w *features) (c ceiling) {
	for _, f := range []int{fAgainst, fMore, fLess, fLessCut, fAgainstN, fMoreN, fLessN} {
		c.off = c.off || w[f] > 0
	}
	c.base = w[fBase]
	for f := range nFeatures {
		switch f {
		case fBase, fKind, fRare, fFatherSame, fMatched, fRest, fLittle: // counted apart
		case fWhole, fInfo, fWorldAll, fCommonAll, fSame, fIdentical, fClose, fAcronym, fPrefix, fShortOne: // not where something is left over
		default:
			c.base += 2 * max(0, w[f]) // none is more than 2
		}
	}
	for _, t := range []func(m float64) float64{ // each grows all the way, or falls
		func(m float64) float64 { return float64(w[fMatched]) * math.Log1p(m) },
		func(m float64) float64 { return float64(w[fRest]) * min(m, 40) / 10 },
		func(m float64) float64 { return float64(w[fLittle]) * math.Exp(-m/7) },
	} {
		for i := range steps {
			if lo := float64(i) * step; t(1) > t(0) {
				c.grow[i] += float32(t(lo + step))
			} else {
				c.fall[i] += float32(t(lo))
			}
		}
	}
	c.loose = max(w[fLoose], w[fLooseKnown], w[fFather])
	c.cut = max(w[fShort], w[fShortName], w[fAbbrev], w[fLooseKnown]) // fBegin is not asked about
	c.initial = max(w[fInitial], w[fInitialRow])
	return c
}

// leftover is what of one name may not be in the other: at least, and at most.
type leftover struct {
	least, most float32
	words, upTo float32
	rest        [8]int8    // words that may still be tied
	worth       [8]float32 // what of most is theirs
	n           int
	letters     int
	mask        uint32
}

func (r *leftover) add(i int, worth float32, letters int, mask uint32) {
	if r.n < len(r.rest) {
		r.rest[r.n], r.worth[r.n] = int8(i), worth
		r.n++
		r.letters += letters
		r.mask |= mask
	}
}

// asked adds a word of the query that is matched by v.
func (s *Searcher) asked(q *leftover, i int, v float32) {
	u := &s.units[i]
	if u.marks&(isForm|isNoise) != 0 {
		return
	}
	worth := s.qw[i] * (1 - v)
	if v < 0.5 || s.al.part&(1<<i) != 0 && v < 0.93 {
		q.most += worth
	}
	if v < 0.5 && u.marks&isSmall == 0 {
		q.upTo++
		if v <= 0.3 {
			q.add(i, worth, len(u.text), u.mask)
		}
	}
}

// listed adds a word of the row that is not matched.
func (r *leftover) listed(j int, w *rowWord) {
	if w.is&isForm != 0 {
		return
	}
	r.most += w.weight
	if w.is&isSmall == 0 {
		r.upTo++
		if w.is&isNoise == 0 {
			r.add(j, w.weight, int(w.len), w.mask)
		}
	}
}

// faint tells that a row of which only one word was found cannot reach a
// score. It is hopeless for the most frequent case, before anything is tied.
func (s *Searcher) faint(row *row, ws []rowWord, least float32) bool {
	if s.acronym != 0 && s.acronym == row.Acronym || s.cutAt && s.words <= len(ws) && ws[0].first == s.units[0].text[0] {
		return false
	}
	var q, r leftover
	hit := -1
	for j := range ws {
		w := &ws[j]
		if id := w.is & idMask; s.have[id/64]&(1<<(id%64)) == 0 {
			r.listed(j, w)
		} else if hit < 0 {
			hit = j
		} else {
			return false
		}
	}
	if hit < 0 {
		return false
	}
	f := &s.found[s.slot[ws[hit].is&idMask]-1]
	if f.next >= 0 || s.units[f.unit].kind != whole {
		return false
	}
	a := &s.al
	a.part = 0
	for i := range s.words {
		if int32(i) != f.unit {
			s.asked(&q, i, 0)
		}
	}
	if s.cutAt && int(f.unit) != s.words-1 {
		for j := range ws {
			if j != hit && ws[j].begins(&s.units[s.words-1]) {
				return false
			}
		}
	}
	s.classify(row)
	a.matched = ws[hit].weight * f.sim
	a.bent, a.rare = ws[hit].weight-a.matched, 0
	if f.sim > 0.9 && f.how == looked {
		a.rare = ws[hit].weight
		if a.person {
			a.rare = min(a.rare, worldly(s.x.words[ws[hit].is&idMask].Common, ws[hit].is))
		}
	}
	return s.below(&q, &r, ws, nil, least)
}

// classify notes what kinds are compared.
func (s *Searcher) classify(row *row) {
	k := list.Kind(row.Flags & kindMask)
	s.al.kind = s.q.Kind != list.KindUnknown && k != list.KindUnknown && k != s.q.Kind
	s.al.cutAt = s.cutAt
	s.al.person = k == list.KindPerson || s.q.Kind == list.KindPerson
}

// hopeless tells that a row cannot reach a score, whatever else of it is tied.
// It is asked when the words found are tied, and the rest is not.
func (s *Searcher) hopeless(ws []rowWord, least float32) bool {
	a := &s.al
	if a.prefix || a.acronym {
		return false
	}
	var q, r leftover
	for i := range s.words {
		s.asked(&q, i, a.q[i])
	}
	for j := range ws {
		if a.r[j] == 0 {
			r.listed(j, &ws[j])
		}
	}
	if s.cutAt && q.n > 0 && int(q.rest[q.n-1]) == s.words-1 {
		for j := range ws {
			if a.r[j] == 0 && ws[j].begins(&s.units[s.words-1]) {
				return false // the query may be cut off in it
			}
		}
	}
	return s.below(&q, &r, ws, &a.f, least)
}

// below tells that a score is out of reach with what is left over. What was
// lost so far stands in f.
func (s *Searcher) below(q, r *leftover, ws []rowWord, f *features, least float32) bool {
	a, c, w := &s.al, &ceilings[0], s.al.weights()
	if a.person {
		c = &ceilings[1]
	}
	least -= margin
	if c.off || q.most+r.most < 1.5+margin || mayRegroup(q, r) || a.matched+r.most > (steps-1)*step {
		return false
	}
	all := a.matched + a.bent + r.most + margin
	more, less := s.mayTie(q, r, ws, c)
	fixed := c.base + w[fRare]*a.rare/10
	if a.kind {
		fixed += w[fKind]
	}
	if q.least < 1.5 {
		fixed += max(0, w[fFatherSame])
	}
	if f != nil {
		for i := fSpelling; i <= fFather; i++ {
			fixed += min(0, w[i]) * f[i] / (all + q.most)
		}
	}
	// Either nothing else is tied,
	m := int(a.matched / step)
	sum := fixed + c.grow[m] + c.fall[m]
	if sum >= least {
		if sum += a.over(q.most, q.most, r.most, r.most, all); sum >= least {
			if sum += a.many(q.upTo, q.upTo, r.upTo, r.upTo); sum >= least {
				return false
			}
		}
	}
	if more == 0 {
		return true
	}
	// or something is, at the least loss.
	if q.least+r.least < 1.5+margin {
		return false
	}
	sum = fixed + c.grow[int((a.matched+more)/step)] + c.fall[m] + less/(all+q.most)
	if sum >= least {
		if sum += a.over(q.least, q.most, r.least, r.most, all); sum >= least {
			sum += a.many(q.words, q.upTo, r.words, r.upTo)
		}
	}
	return sum < least
}

// over is the most that the weight of what is left over can say.
func (a *alignment) over(q0, q1, r0, r1, all float32) float32 {
	w := a.weights()
	fewer := w[fLess]
	if a.cutAt {
		fewer = w[fLessCut]
	}
	return highest(q0, q1, r0, r1, [4]float32{2 * w[fAgainst], w[fMore], fewer, all})
}

// many is the most that the number of words left over can say.
func (a *alignment) many(q0, q1, r0, r1 float32) float32 {
	w := a.weights()
	return highest(min(q0, 8), min(q1, 8), min(r0, 8), min(r1, 8), [4]float32{w[fAgainstN], w[fMoreN], w[fLessN], 0})
}

// highest is the most that w says over a range of q and r. Of q below r, and of
// q above, it is a quotient of linear functions, so the corners tell.
func highest(q0, q1, r0, r1 float32, w [4]float32) float32 {
	v := says(q0, r0, &w)
	if q0 == q1 && r0 == r1 {
		return v
	}
	v = max(v, says(q1, r0, &w), says(q0, r1, &w), says(q1, r1, &w))
	if lo, hi := max(q0, r0), min(q1, r1); lo <= hi {
		v = max(v, says(lo, lo, &w), says(hi, hi, &w))
	}
	return v
}

func says(q, r float32, w *[4]float32) float32 {
	n := min(q, r)
	v := n*w[0] + (q-n)*w[1] + (r-n)*w[2]
	if w[3] == 0 {
		return v
	}
	return v / (w[3] + q)
}

// mayRegroup tells that what is left over may be the same words parted in
// other places.
func mayRegroup(q, r *leftover) bool {
	if q.n == 0 || r.n == 0 || q.n+r.n == 2 {
		return false
	}
	limit := max(q.letters, r.letters) * 3 / 10
	return min(q.letters, r.letters) >= 6 && q.letters-r.letters <= limit && r.letters-q.letters <= limit && apart(q.mask, r.mask) <= limit
}

// mayTie takes off what is left over what may still be tied. It returns what
// may then be matched, and the least that is lost if anything is.
func (s *Searcher) mayTie(q, r *leftover, ws []rowWord, c *ceiling) (more, less float32) {
	q.least, q.words, r.least, r.words = q.most, q.upTo, r.most, r.upTo
	less = float32(math.Inf(-1))
	var tied [len(r.rest)]float32
	for k, i := range q.rest[:q.n] {
		u := &s.units[i]
		best := float32(0)
		for l, j := range r.rest[:r.n] {
			w := &ws[j]
			if w.first == u.text[0] {
				v, by := float32(0), c.cut
				if len(u.text) == 1 || w.len == 1 {
					v, by = 0.5, c.initial
				} else if w.begins(u) { // or its letters come in order
					v = 0.75
				}
				if v > 0 {
					best, tied[l] = max(best, v), max(tied[l], v)
					less = max(less, by*(1-v)*w.weight)
				}
			}
			if v := w.looser(u); v > 0 {
				best, tied[l] = max(best, v), max(tied[l], v)
				less = max(less, c.loose*(1-v)*w.weight)
			}
		}
		if best > 0 {
			q.least -= q.worth[k]
			q.words--
		}
	}
	for l, v := range tied[:r.n] {
		if v > 0 {
			r.least -= r.worth[l]
			r.words--
			more += r.worth[l] * v
		}
	}
	q.least, r.least = max(0, q.least), max(0, r.least)
	return more, min(less, 0)
}

// begins tells that a word may begin like u, or have its letters in order.
func (w *rowWord) begins(u *unit) bool {
	return w.first == u.text[0] && int(w.len) > len(u.text) && u.mask&^w.mask == 0
}

// looser is at least how alike tie finds words with more errors than the index
// searches, 0: it does not.
func (w *rowWord) looser(u *unit) float32 {
	n, l := len(u.text), int(w.len)
	long, short := max(n, l), min(n, l)
	most := long * 4 / 10
	if long <= 2 || long-short > most {
		return 0
	}
	d := max(apart(u.mask, w.mask), long-short)
	if d > most {
		return 0
	}
	if long > 64 { // of which the ends are not compared
		d = 0
	}
	return (1 - float32(d)/float32(long)) * 0.95
}
