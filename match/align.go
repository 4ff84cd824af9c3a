package match

import (
	"bytes"
	"slices"

	"navicert/name"
)

// share is how much of its weight a word carries by what it is.
func share(m uint32) float32 {
	switch {
	case m&isNoise != 0:
		return 0.01
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
	part  uint32 // words of the query of which pieces are matched

	matched, bent, qLeft, rLeft  float32 // weights: matched, lost within matches, unmatched on either side
	f                            features
	family                       float32 // of the row, unmatched
	broken                       float32 // given names of syllables that match in part
	fathers                      bool    // differ
	identical                    bool    // every word on both sides
	acronym, kind, person, cutAt bool
	qForm, rForm                 bool // have a legal form
	sameForm, likeForm           bool // in the same words, in others
	shortOne                     bool // a short word is matched that is another one
	swap, father                 bool // syllables stand in another order; a father's name is matched
	prefix                       bool // the row begins like the query, letter by letter
	words                        int  // matched
	qWords, rWords               int  // left over, but small ones
	rare, common                 float32
	world                        float32 // what is matched says, by how many people of the world are called so
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
	grouped              // found by a group
	initial              // one letter stands for the word
	beginning            // the word is cut short
	abbrev               // its letters come in the word in order
	looser               // more errors than the index searches
	regrouped            // words parted in other places
)

func (s *Searcher) align(r uint32) {
	row := &s.x.rows[r]
	s.flat = ids(s.flat[:0], s.x.wordsOf(row))
	s.lay(row, s.flat)
	s.finish(s.flat)
}

// lay ties the words of a row that were found.
func (s *Searcher) lay(row *row, ws []uint32) {
	x, a := s.x, &s.al
	a.pairs, a.links = a.pairs[:0], a.links[:0]
	s.classify(row)
	a.prefix = s.cutAt && s.prefixOf(ws)
	for j, m := range ws {
		if a.prefix {
			break
		}
		id := m & idMask
		if s.have[id/64]&(1<<(id%64)) == 0 {
			continue
		}
		sh := x.briefs[id].weight * share(m)
		for f := s.slot[id] - 1; f >= 0; f = s.found[f].next {
			fd := &s.found[f]
			a.pairs = append(a.pairs, link{value: sh * fd.sim, sim: fd.sim, unit: fd.unit, word: int32(j), how: fd.how})
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
	a.part, a.cutAt = 0, s.cutAt
	a.shortOne = false
	a.f, a.family, a.rare, a.common, a.world, a.qWords, a.rWords = features{}, 0, 0, 0, 0, 0, 0
	a.acronym = s.acronym != 0 && s.acronym == row.Acronym
	if a.prefix {
		s.line(ws)
	}
	for _, p := range a.pairs {
		if a.r[p.word] != 0 {
			continue
		}
		u := &s.units[p.unit]
		if !a.take(u.from, u.to) {
			continue
		}
		s.tied(p, ws)
		switch u.kind {
		case whole:
			a.q[p.unit] = p.sim
		default:
			for i := range s.words {
				w := &s.units[i]
				if over := min(w.to, u.to) - max(w.from, u.from); over > 0 {
					if u.kind == piece {
						a.part |= 1 << i
					}
					a.q[i] += p.sim * float32(over) / float32(w.to-w.from)
				}
			}
		}
	}
}

// finish ties what else can be tied, and measures.
func (s *Searcher) finish(ws []uint32) {
	x, a := s.x, &s.al
	s.rest(ws)
	for i := range s.words {
		if s.units[i].marks&(isForm|isNoise) != 0 {
			continue
		}
		if v := a.q[i]; v < 0.5 {
			a.qLeft += s.qw[i] * (1 - v)
			if s.units[i].marks&isSmall == 0 {
				a.qWords++
			}
		} else if a.part&(1<<i) != 0 && v < 0.93 { // a piece of it is nobody's
			a.qLeft += s.qw[i] * (1 - v)
		}
	}
	for j, m := range ws {
		if a.r[j] == 0 && m&isForm == 0 {
			w := x.words[m&idMask].Weight * share(m)
			a.rLeft += w
			if m&isSmall == 0 {
				a.rWords++
			}
			if a.person && m&isFamily != 0 {
				a.family += w
			}
		}
	}
	a.identical = !slices.ContainsFunc(a.q[:s.words], inexact) && !slices.ContainsFunc(a.r[:len(ws)], inexact)
	a.broken = s.broken(ws)
	a.fathers = s.fathers(ws)
	a.forms(s, ws)
	a.swapped(s, ws)
	a.measure()
}

// tied takes a link and books what it costs.
func (s *Searcher) tied(p link, ws []uint32) {
	a := &s.al
	m := ws[p.word]
	w := &s.x.words[m&idMask]
	u := &s.units[p.unit]
	weight := w.Weight * share(m)
	lost := weight * (1 - p.sim)
	a.r[p.word] = p.sim
	a.links = append(a.links, p)
	a.matched += weight - lost
	a.bent += lost
	if m&(isForm|isSmall|isNoise) == 0 {
		a.words++
	}
	says := weight
	switch {
	case a.person:
		if w.Common > 0 {
			a.common += weight * p.sim * min(max(float32(w.Common)-20, 0)/45, 1)
		}
		says = worldly(w.Common, m) * share(m)
		a.world += says * p.sim
	case w.Flags&ofTrade != 0:
		a.common += weight * p.sim
	}
	if p.sim > 0.9 && p.how == looked {
		a.rare = max(a.rare, min(weight, says))
	}
	if p.sim == 1 {
		if u.kind != whole || p.how == regrouped {
			a.f[fJoin] += 0.1 * weight
		}
		return
	}
	a.shortOne = a.shortOne || len(u.text) < 6 && p.how != grouped && m&(isForm|isSmall|isNoise) == 0
	known := u.kind == whole && (u.exact >= 0 || u.common > 0 || u.syllables || u.marks&isSyllab != 0)
	switch {
	case p.how == regrouped:
		a.f[fJoin] += 0.1 * weight
		a.f[fJoinEdit] += lost
	case p.how == initial && len(u.text) > 1:
		a.f[fInitialRow] += lost
	case p.how == initial:
		a.f[fInitial] += lost
	case p.how == beginning && s.cutAt && int(p.unit) == s.words-1:
		a.f[fBegin] += lost
	case (p.how == beginning || p.how == abbrev) && a.person && known: // Shah is not Shahlai
		a.f[fLooseKnown] += lost
	case p.how == beginning && a.person:
		a.f[fShortName] += lost
	case p.how == beginning:
		a.f[fShort] += lost
	case p.how == abbrev:
		a.f[fAbbrev] += lost
	case p.how == looser && m&isFather != 0 && u.marks&isFather != 0:
		a.f[fFather] += lost
	case p.how == looser && known:
		a.f[fLooseKnown] += lost
	case p.how == looser:
		a.f[fLoose] += lost
	case p.how == grouped:
		switch s.together(u, w).Kind() {
		case name.Form: // see forms
		case name.Word:
			if a.person { // people's names are not translated
				a.f[fLooseKnown] += 0.3 * weight
			}
			a.f[fWord] += weight
		case name.Nick:
			a.f[fNick] += weight
		case name.Syllable:
			a.f[fSyllable] += weight
		default:
			a.f[fVariant] += weight
			if !bytes.Equal(u.bones, w.bones()) {
				a.f[fVariantFar] += weight
			}
		}
	case u.kind != whole:
		a.f[fJoin] += 0.1 * weight
		a.f[fJoinEdit] += lost
	case string(u.sound) == string(w.sound()) && (a.person || len(u.text) > 5 || p.sim > 0.9): // Acme is not AQMI
		a.f[fSpelling] += lost
	case m&isFather != 0 && u.marks&isFather != 0:
		a.f[fFather] += lost
	case known:
		a.f[fEditKnown] += lost
	case len(u.text) < 6:
		a.f[fEditShort] += lost
	case (1-p.sim)*float32(max(len(u.text), int(w.TextLen))) > 1.8*1.15:
		a.f[fEditMore] += lost
	default:
		a.f[fEdit] += lost
	}
}

// worldly is how much a word of a person's name says, by how many people of the
// world are called so.
func worldly(common uint8, m uint32) float32 {
	switch {
	case common > 0:
		return min(max(11.9-0.1733*float32(common-1), 0.5), 9)
	case m&isSyllab != 0:
		return 5
	}
	return 9
}

func inexact(v float32) bool { return v != 1 }

// broken is the weight of syllables that are left over while a neighbor of the
// same given name is matched: Wenlong is not Long.
func (s *Searcher) broken(ws []uint32) (sum float32) {
	a := &s.al
	for j, m := range ws {
		if m&isSyllab == 0 || m&isFamily != 0 || a.r[j] != 0 {
			continue
		}
		if j > 0 && m&isGlued != 0 && a.r[j-1] != 0 || j+1 < len(ws) && ws[j+1]&isGlued != 0 && a.r[j+1] != 0 {
			sum += s.x.words[m&idMask].Weight
		}
	}
	for i := range s.words {
		u := &s.units[i]
		if u.marks&isSyllab == 0 || u.marks&isFamily != 0 || a.q[i] >= 0.5 {
			continue
		}
		if i > 0 && u.marks&isGlued != 0 && a.q[i-1] >= 0.5 || i+1 < s.words && s.units[i+1].marks&isGlued != 0 && a.q[i+1] >= 0.5 {
			sum += s.qw[i]
		}
	}
	return sum
}

// fathers tells that both names have a father's name, and known ones that
// differ.
func (s *Searcher) fathers(ws []uint32) bool {
	a := &s.al
	for i := range s.words {
		if u := &s.units[i]; u.marks&isFather != 0 && u.exact >= 0 && a.q[i] < 0.93 {
			for j, m := range ws {
				if m&isFather != 0 && a.r[j] < 0.93 {
					return true
				}
			}
		}
	}
	return false
}

// take covers the letters of a unit, unless one of them is covered already.
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

// rest ties what is left over: words parted or joined in other places,
// initials, beginnings, abbreviations, and words with more errors than the
// index searches.
func (s *Searcher) rest(ws []uint32) {
	a, x := &s.al, s.x
	var qs, rs [8]int8
	nq, nr := 0, 0
	for i := range s.words {
		if a.q[i] <= 0.3 && s.units[i].marks&(isForm|isSmall|isNoise) == 0 && nq < len(qs) {
			qs[nq], nq = int8(i), nq+1
		}
	}
	for j, m := range ws {
		if a.r[j] == 0 && m&(isForm|isSmall|isNoise) == 0 && nr < len(rs) {
			rs[nr], nr = int8(j), nr+1
		}
	}
	if nq > 0 && s.cutAt && int(qs[nq-1]) == s.words-1 && s.cutOff(ws) {
		nq--
	}
	if nq == 0 || nr == 0 || s.together1(ws, qs[:nq], rs[:nr]) {
		return
	}
	firm := false // initials alone are nobody
	for i := range a.links {
		firm = firm || a.links[i].how <= grouped
	}
	for _, i := range qs[:nq] {
		u := &s.units[i]
		best, at, by := float32(0), int8(-1), looked
		for _, j := range rs[:nr] {
			if a.r[j] != 0 {
				continue
			}
			if v, h := s.tie(u, &x.words[ws[j]&idMask], int(i) == s.words-1); v > best && (h != initial || firm) {
				best, at, by = v, j, h
			}
		}
		if at < 0 {
			continue
		}
		a.q[i] = max(best, 0.5)
		s.tied(link{sim: best, unit: int32(i), word: int32(at), how: by}, ws)
	}
}

// cutOff ties the last word of a query that is as long as a field to a word
// that begins like it, be it only of a legal form.
func (s *Searcher) cutOff(ws []uint32) bool {
	i := s.words - 1
	u := &s.units[i]
	for j, m := range ws {
		if t := s.x.textOf(&s.x.words[m&idMask]); s.al.r[j] == 0 && len(t) > len(u.text) && string(t[:len(u.text)]) == string(u.text) {
			s.al.q[i] = 0.75
			s.tied(link{sim: 0.75, unit: int32(i), word: int32(j), how: beginning}, ws)
			return true
		}
	}
	return false
}

// together1 compares what is left over as one string: words can be parted in
// other places, with errors besides.
func (s *Searcher) together1(ws []uint32, qs, rs []int8) bool {
	if len(qs) == 1 && len(rs) == 1 {
		return false
	}
	a, x := &s.al, s.x
	var qb, rb [64]byte
	n, m := 0, 0
	var qm, rm uint32
	for _, i := range qs {
		n += len(s.units[i].text)
		qm |= s.units[i].mask
	}
	for _, j := range rs {
		w := &x.words[ws[j]&idMask]
		m += int(w.TextLen)
		rm |= w.Mask
	}
	limit := max(n, m) * 3 / 10
	if n < 6 || m < 6 || n-m > limit || m-n > limit || n > len(qb) || m > len(rb) || apart(qm, rm) > limit {
		return false
	}
	n, m = 0, 0
	for _, i := range qs {
		n += copy(qb[n:], s.units[i].text)
	}
	for _, j := range rs {
		m += copy(rb[m:], x.textOf(&x.words[ws[j]&idMask]))
	}
	d := name.Distance(qb[:n], rb[:m])
	if d > limit {
		return false
	}
	sim := 1 - float32(d)/float32(max(n, m))
	for k, i := range qs {
		a.q[i] = max(sim, 0.5)
		if k >= len(rs) {
			continue
		}
	}
	for k, j := range rs {
		s.tied(link{sim: sim, unit: int32(qs[min(k, len(qs)-1)]), word: int32(j), how: regrouped}, ws)
	}
	return true
}

// tie is how alike a word of the query and one of the row are when neither
// has a better match.
func (s *Searcher) tie(u *unit, w *word, last bool) (float32, how) {
	q, r := u.text, s.x.textOf(w)
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
	n := max(len(q), len(r))
	if most := n * 4 / 10; n > 2 && n-min(len(q), len(r)) <= most && apart(u.mask, w.Mask) <= most {
		d := name.Distance(q, r)
		if v := 1 - float32(d)/float32(n); d <= most {
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
