package match

import "math"

// What rows cannot reach. Most rows that share a word with a query come to
// nothing, and once the words found are tied enough is known to prove it:
// every bound here is at least the score that the whole alignment would have.

// brief is what a search needs of most words, so that it is soon at hand.
type brief struct {
	weight float32
	mask   uint32
	posted uint32
	len    uint8
	first  byte
}

func (x *Index) abridge() {
	x.briefs = make([]brief, len(x.words))
	for i := range x.words {
		w := &x.words[i]
		x.briefs[i] = brief{weight: w.Weight, mask: w.Mask, posted: w.Posted, len: w.TextLen}
		if w.TextLen > 0 {
			x.briefs[i].first = x.text[w.Text]
		}
	}
}

// ceiling is the most that the features of a kind of row can say, by what is
// matched.
type ceiling struct {
	off        bool // the weights are of a sort that the bounds do not hold for
	base       float32
	grow, fall [steps]float32 // terms that grow with what is matched, and that do not
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
		case fWhole, fInfo, fCommonAll, fSame, fIdentical, fClose, fAcronym, fPrefix: // not where something is left over
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
	return c
}

// leftover is a range of what of one name is not in the other.
type leftover struct {
	least, most float32
	words, upTo float32 // how many words, at least and at most
	rest        [8]int8 // those that may still be tied
	n           int
	letters     int
	mask        uint32
}

func (l *leftover) add(i int, text int, mask uint32) {
	if l.n < len(l.rest) {
		l.rest[l.n], l.n = int8(i), l.n+1
		l.letters += text
		l.mask |= mask
	}
}

// hopeless tells that a row cannot reach a score, whatever else of it is tied.
// It is asked when the words found are tied, and the rest is not.
func (s *Searcher) hopeless(ws []uint32, bs []brief, least float32) bool {
	a, c := &s.al, &ceilings[0]
	if a.person {
		c = &ceilings[1]
	}
	if a.prefix || a.acronym || c.off {
		return false
	}
	var q, r leftover
	for i := range s.words {
		u, v := &s.units[i], a.q[i]
		if u.marks&(isForm|isNoise) != 0 {
			continue
		}
		if v < 0.5 || a.part&(1<<i) != 0 && v < 0.93 {
			q.most += s.qw[i] * (1 - v)
		}
		if v < 0.5 && u.marks&isSmall == 0 {
			q.upTo++
			if v <= 0.3 {
				q.add(i, len(u.text), u.mask)
			}
		}
	}
	for j, m := range ws {
		if a.r[j] != 0 || m&isForm != 0 {
			continue
		}
		b := &bs[j]
		r.most += b.weight * share(m)
		if m&isSmall == 0 {
			r.upTo++
			if m&isNoise == 0 {
				r.add(j, int(b.len), b.mask)
			}
		}
	}
	if q.most+r.most < 1.5+margin || s.mayRegroup(&q, &r) || s.mayBeCut(&q, bs) {
		return false
	}
	more := s.mayTie(&q, &r, ws, bs)
	if q.least+r.least < 1.5+margin || a.matched+more > (steps-1)*step {
		return false
	}
	w := a.weights()
	sum := c.base + c.grow[int((a.matched+more)/step)] + c.fall[int(a.matched/step)] + w[fRare]*a.rare/10
	if a.kind {
		sum += w[fKind]
	}
	if q.least < 1.5 {
		sum += max(0, w[fFatherSame])
	}
	all := a.matched + a.bent + r.most + margin
	for f := fSpelling; f <= fFather; f++ {
		sum += min(0, w[f]) * a.f[f] / (all + q.most)
	}
	if sum < least-margin {
		return true
	}
	less := w[fLess]
	if a.cutAt {
		less = w[fLessCut]
	}
	sum += worst(q.least, q.most, r.least, r.most, func(q, r float32) float32 {
		n := min(q, r)
		return (2*n*w[fAgainst] + (q-n)*w[fMore] + (r-n)*less) / (all + q)
	})
	if sum < least-margin {
		return true
	}
	sum += worst(min(q.words, 8), min(q.upTo, 8), min(r.words, 8), min(r.upTo, 8), func(q, r float32) float32 {
		n := min(q, r)
		return n*w[fAgainstN] + (q-n)*w[fMoreN] + (r-n)*w[fLessN]
	})
	return sum < least-margin
}

// worst is the most that f can be over a range of q and r. Of q below r, and of
// q above, it is a quotient of linear functions, so the corners tell.
func worst(q0, q1, r0, r1 float32, f func(q, r float32) float32) float32 {
	v := f(q0, r0)
	if q0 == q1 && r0 == r1 {
		return v
	}
	v = max(v, f(q1, r0), f(q0, r1), f(q1, r1))
	if lo, hi := max(q0, r0), min(q1, r1); lo <= hi {
		v = max(v, f(lo, lo), f(hi, hi))
	}
	return v
}

// mayRegroup tells that what is left over may be the same words parted in
// other places.
func (s *Searcher) mayRegroup(q, r *leftover) bool {
	if q.n == 0 || r.n == 0 || q.n+r.n == 2 {
		return false
	}
	limit := max(q.letters, r.letters) * 3 / 10
	return min(q.letters, r.letters) >= 6 && q.letters-r.letters <= limit && r.letters-q.letters <= limit && apart(q.mask, r.mask) <= limit
}

// mayBeCut tells that a word of the row may go on where the query is cut off.
func (s *Searcher) mayBeCut(q *leftover, bs []brief) bool {
	if !s.cutAt || q.n == 0 || int(q.rest[q.n-1]) != s.words-1 {
		return false
	}
	u := &s.units[s.words-1]
	for j := range bs {
		if s.al.r[j] == 0 && bs[j].begins(u) {
			return true
		}
	}
	return false
}

func (b *brief) begins(u *unit) bool {
	return b.first == u.text[0] && int(b.len) > len(u.text) && u.mask&^b.mask == 0
}

// mayTie takes off what is left over what may still be tied, and returns what
// may then be matched.
func (s *Searcher) mayTie(q, r *leftover, ws []uint32, bs []brief) (more float32) {
	q.least, q.words, r.least, r.words = q.most, q.upTo, r.most, r.upTo
	var tied [len(r.rest)]float32
	for _, i := range q.rest[:q.n] {
		best := float32(0)
		for k, j := range r.rest[:r.n] {
			if v := s.units[i].likely(&bs[j]); v > 0 {
				best, tied[k] = max(best, v), max(tied[k], v)
			}
		}
		if best > 0 {
			q.least -= s.qw[i] * (1 - s.al.q[i])
			q.words--
		}
	}
	for k, j := range r.rest[:r.n] {
		if v := tied[k]; v > 0 {
			w := bs[j].weight * share(ws[j])
			r.least -= w
			r.words--
			more += w * v
		}
	}
	q.least, r.least = max(0, q.least), max(0, r.least)
	return more
}

// likely is at least how alike tie finds a word of the query and one of a row,
// 0 if it finds them to be nothing alike.
func (u *unit) likely(b *brief) (v float32) {
	n, l := len(u.text), int(b.len)
	if u.text[0] == b.first {
		if n == 1 || l == 1 {
			return 0.5
		}
		if b.begins(u) {
			v = 0.75
		}
	}
	long, short := max(n, l), min(n, l)
	if most := long * 4 / 10; long > 2 && long-short <= most {
		if d := max(apart(u.mask, b.mask), long-short); d <= most {
			if long > 64 { // of which the ends are not compared
				d = 0
			}
			v = max(v, (1-float32(d)/float32(long))*0.95)
		}
	}
	return v
}
