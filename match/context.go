package match

import (
	"bytes"
	"slices"
)

// prefixOf tells that a row begins like the query, letter by letter, and goes
// on where the query ends: a field was too short for it.
func (s *Searcher) prefixOf(ws []uint32) bool {
	if s.words > len(ws) {
		return false
	}
	x := s.x
	last := s.words - 1
	if !slices.ContainsFunc(ws[:s.words], func(m uint32) bool { return m&isForm == 0 }) {
		return false // a legal form alone is nobody
	}
	for i := range last {
		if !bytes.Equal(s.units[i].text, x.textOf(&x.words[ws[i]&idMask])) {
			return false
		}
	}
	w := x.textOf(&x.words[ws[last]&idMask])
	return bytes.HasPrefix(w, s.units[last].text) && (s.words < len(ws) || len(w) > len(s.units[last].text))
}

// line ties the words of a query to those at the same places of a row that
// begins like it.
func (s *Searcher) line(ws []uint32) {
	for i := range s.words {
		l := link{sim: 1, unit: int32(i), word: int32(i)}
		if n := float32(s.x.words[ws[i]&idMask].TextLen); int(n) > len(s.units[i].text) {
			l.how, l.sim = beginning, 0.75+0.25*float32(len(s.units[i].text))/n
		}
		s.al.q[i] = l.sim
		s.tied(l, ws)
	}
}

// forms compares the legal forms of both names.
func (a *alignment) forms(s *Searcher, ws []uint32) {
	a.qForm, a.rForm, a.sameForm, a.likeForm = false, false, false, false
	for i := range s.words {
		if s.units[i].marks&isForm == 0 {
			continue
		}
		a.qForm = true
		for _, m := range ws {
			if m&isForm == 0 {
				continue
			}
			w := &s.x.words[m&idMask]
			if bytes.Equal(s.units[i].text, s.x.textOf(w)) {
				a.sameForm = true
			} else if s.together(&s.units[i], w) == 0 {
				continue
			} else if s.units[i].foreign { // there it stands in other words
				a.sameForm = true
			} else {
				a.likeForm = true
			}
		}
	}
	for _, m := range ws {
		a.rForm = a.rForm || m&isForm != 0
	}
}

// swapped tells that syllables of one given name are matched in another order:
// Dongliang is not Liangdong. It also notes a father's name that is matched.
func (a *alignment) swapped(s *Searcher, ws []uint32) {
	var at [maxWords]int8
	var before *link
	for i := range s.words {
		at[i] = -1
	}
	a.swap, a.father = false, false
	for k := range a.links {
		l := &a.links[k]
		if u := &s.units[l.unit]; u.kind == piece && ws[l.word]&isSyllab != 0 {
			if before != nil {
				v := &s.units[before.unit]
				a.swap = a.swap || (u.from == v.to && l.word+1 == before.word || v.from == u.to && before.word+1 == l.word) && (ws[l.word]|ws[before.word])&isGlued != 0
			}
			before = l
		}
		if int(l.unit) < s.words {
			at[l.unit] = int8(l.word)
			if l.sim > 0.9 && s.units[l.unit].marks&isFather != 0 && ws[l.word]&isFather != 0 {
				a.father = true
			}
		}
	}
	for i := 1; i < s.words; i++ {
		if s.units[i].marks&isGlued != 0 && s.units[i].marks&s.units[i-1].marks&isSyllab != 0 && at[i] >= 0 && at[i-1] > at[i] {
			a.swap = true
		}
	}
}
