package match

import (
	"navicert/list"
	"navicert/name"
)

// share is how much of its weight a word carries by what it is.
func share(m uint32) float32 {
	switch {
	case m&isForm != 0:
		return 0.04
	case m&isSmall != 0:
		return 0.12
	case m&isFather != 0:
		return 0.6
	}
	return 1
}

// alignment is one row laid against the query.
type alignment struct {
	pairs []link            // possible
	links []link            // taken
	q     [maxWords]float32 // how much of each word of the query is matched
	r     [maxRow]float32   // and of the row
	cover [maxJoined / 64]uint64

	matched, bent, qLeft, rLeft float32 // weights: matched, lost within matches, unmatched on either side
	qAll, rAll                  float32
	acronym, kind               bool
	order                       float32
	words                       int // matched
}

// link ties a unit to a word of the row.
type link struct {
	value float32
	sim   float32
	unit  int32
	word  int32
	how   how
}

// how says what tied a unit to a word.
type how uint8

const (
	looked    how = iota // found by the index
	initial              // one letter stands for the word
	beginning            // the word is cut short
	abbrev               // its letters come in the word in order
	looser               // more errors than the index searches
)

func (s *Searcher) align(r uint32) {
	x, a := s.x, &s.al
	row := &x.rows[r]
	ws := x.rowWords[row.At : row.At+uint32(row.N)]
	a.pairs, a.links = a.pairs[:0], a.links[:0]
	for j, m := range ws {
		id := m & idMask
		sh := x.words[id].Weight * share(m)
		for f := s.slot[id] - 1; f >= 0; f = s.found[f].next {
			fd := &s.found[f]
			a.pairs = append(a.pairs, link{value: sh * fd.sim, sim: fd.sim, unit: fd.unit, word: int32(j)})
		}
	}
	for i := 1; i < len(a.pairs); i++ {
		for j := i; j > 0 && a.pairs[j].value > a.pairs[j-1].value; j-- {
			a.pairs[j], a.pairs[j-1] = a.pairs[j-1], a.pairs[j]
		}
	}
	clear(a.q[:s.words])
	clear(a.r[:len(ws)])
	clear(a.cover[:])
	a.matched, a.bent, a.qLeft, a.rLeft, a.words = 0, 0, 0, 0, 0
	for _, p := range a.pairs {
		if a.r[p.word] != 0 {
			continue
		}
		u := &s.units[p.unit]
		if !a.take(u.from, u.to) {
			continue
		}
		a.r[p.word] = p.sim
		a.links = append(a.links, p)
		switch u.kind {
		case whole:
			a.q[p.unit] = p.sim
		default:
			for i := range s.words {
				w := &s.units[i]
				if over := min(w.to, u.to) - max(w.from, u.from); over > 0 {
					a.q[i] += p.sim * float32(over) / float32(w.to-w.from)
				}
			}
		}
		w := x.words[ws[p.word]&idMask].Weight * share(ws[p.word])
		a.matched += w * p.sim
		a.bent += w * (1 - p.sim)
		if ws[p.word]&(isForm|isSmall) == 0 {
			a.words++
		}
	}
	s.rest(ws)
	a.qAll, a.rAll = s.total, row.Weight
	for i := range s.words {
		if v := a.q[i]; v < 0.5 {
			a.qLeft += s.qw[i] * (1 - v)
		}
	}
	for j, m := range ws {
		if a.r[j] == 0 {
			a.rLeft += x.words[m&idMask].Weight * share(m)
		}
	}
	a.acronym = s.acronym != 0 && s.acronym == row.Acronym
	k := list.Kind(row.Flags & kindMask)
	a.kind = s.q.Kind != list.KindUnknown && k != list.KindUnknown && k != s.q.Kind
}

// take covers letters of the query, unless one of them is covered already.
func (a *alignment) take(from, to int32) bool {
	for w := from / 64; w <= (to-1)/64; w++ {
		if a.cover[w]&bitsFrom(from, to, w) != 0 {
			return false
		}
	}
	for w := from / 64; w <= (to-1)/64; w++ {
		a.cover[w] |= bitsFrom(from, to, w)
	}
	return true
}

func bitsFrom(from, to, w int32) uint64 {
	lo, hi := max(from-w*64, 0), min(to-w*64, 64)
	return (^uint64(0) << lo) & (^uint64(0) >> (64 - hi))
}

// rest ties what is left over: initials, beginnings, abbreviations, and words
// with more errors than the index searches.
func (s *Searcher) rest(ws []uint32) {
	a, x := &s.al, s.x
	for i := range s.words {
		u := &s.units[i]
		if a.q[i] > 0.3 || u.marks&(isForm|isSmall) != 0 {
			continue
		}
		best, at, by := float32(0), -1, looked
		for j, m := range ws {
			if a.r[j] != 0 || m&(isForm|isSmall) != 0 {
				continue
			}
			if v, h := tie(u.text, x.textOf(&x.words[m&idMask]), i == s.words-1); v > best {
				best, at, by = v, j, h
			}
		}
		if at < 0 {
			continue
		}
		w := x.words[ws[at]&idMask].Weight * share(ws[at])
		a.q[i], a.r[at] = max(best, 0.5), best
		a.links = append(a.links, link{sim: best, unit: int32(i), word: int32(at), how: by})
		a.matched += w * best
		a.bent += w * (1 - best)
		a.words++
	}
}

// tie is how alike a word of the query and one of the row are when neither
// has a better match.
func tie(q, r []byte, last bool) (float32, how) {
	if len(q) == 0 || len(r) == 0 {
		return 0, looked
	}
	if q[0] == r[0] {
		switch {
		case len(q) == 1 || len(r) == 1:
			return 0.5, initial
		case len(q) >= 3 && len(r) > len(q) && string(r[:len(q)]) == string(q):
			return 0.75, beginning
		case len(q) >= 2 && len(r) > len(q) && last && string(r[:len(q)]) == string(q):
			return 0.7, beginning
		case len(q) >= 2 && len(q) < len(r) && len(r) > 3 && subsequence(q, r):
			return 0.65, abbrev
		}
	}
	if n := max(len(q), len(r)); n > 2 && min(len(q), len(r))*2 > n {
		d := name.Distance(q, r)
		if v := 1 - float32(d)/float32(n); v >= 0.5 {
			return v * 0.95, looser
		}
	}
	return 0, looked
}

// subsequence tells whether the letters of q come in r in order.
func subsequence(q, r []byte) bool {
	i := 0
	for _, c := range r {
		if i < len(q) && q[i] == c {
			i++
		}
	}
	return i == len(q)
}
