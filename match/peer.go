package match

import (
	"cmp"
	"slices"

	"navicert/list"
)

// A row of which the index finds a common word alone is one of hundreds, and
// is not compared for that. Where its rarest other word looks like one of the
// query, with more errors than the index searches, it may be the name that was
// meant: KSK GROUP for ISK GROUP. So each posting has the letters of that other
// word, and the rows of common words are gone through without a look at them.

// posting is a row in which a word stands, and of the rarest other word of the
// row the letters and the length, 0: it has none that says anything.
type posting struct{ row, peer uint32 }

const (
	peerBits = 26 // a bit for each letter; then whether the row is a person's, and the length
	ofPerson = 1 << peerBits
	alphabet = ofPerson - 1
	lenAt    = peerBits + 1
	longest  = 1<<(32-lenAt) - 1

	maxPosts = 6e3  // postings that are read for them
	maxPeers = 16   // rows that are compared for their peer
	minPeer  = 0.25 // of what both names say that must then be in both
	ranked   = -1e9 // in place of what is found of a row: it is compared anyhow
)

// rarest gives the two words of a row that say most.
func rarest(ws []rowWord) (a, b *rowWord) {
	none := &rowWord{is: idMask}
	a, b = none, none
	for i := range ws {
		switch w := &ws[i]; {
		case w.is&(isForm|isSmall|isNoise) != 0 || (w.is^a.is)&idMask == 0:
		case w.weight > a.weight:
			a, b = w, a
		case w.weight > b.weight:
			b = w
		}
	}
	return a, b
}

// peerOf packs a word of a row of this kind.
func peerOf(w *rowWord, k list.Kind) uint32 {
	p := w.mask>>1&alphabet | uint32(min(int(w.len), longest))<<lenAt
	if k == list.KindPerson {
		p |= ofPerson
	}
	return p
}

// stray is a word of the query that a peer may be.
type stray struct {
	mask  uint32
	not   uint32 // it is none of a person's: another known name is another name
	base  uint8
	worth float32
	most  [longest + 1]int8 // errors, by the length of the peer; -1: it is too long or too short
}

func (t *stray) set(u *unit, base int, worth float32) {
	*t = stray{mask: u.mask >> 1 & alphabet, base: uint8(base), worth: worth}
	if u.exact >= 0 || u.common > 0 || u.syllables || u.marks&isSyllab != 0 {
		t.not = ofPerson
	}
	for l := range t.most {
		long, short := max(l, len(u.text)), min(l, len(u.text))
		if t.most[l] = int8(min(long*4/10, 100)); long-short > long*4/10 {
			t.most[l] = -1
		}
	}
}

// peer is a row that may be compared for its peer, and how alike that is.
type peer struct {
	row   uint32
	value float32 // of what was found of it
	tie   float32
}

// peers adds to the rows that are compared the best of those whose rarest
// other word may be tied to one of the query.
func (s *Searcher) peers() {
	n := 0
	for i := range s.words {
		u := &s.units[i]
		if u.marks&(isForm|isSmall|isNoise) != 0 || len(u.text) < 3 || n == len(s.strays) {
			continue
		}
		t := &s.strays[n]
		t.set(u, i, s.qw[i])
		if t.not == 0 || s.q.Kind != list.KindPerson {
			n++
		}
	}
	if n == 0 || n == 1 && s.words == 1 {
		return
	}
	for _, r := range s.ranked {
		s.acc[r] = ranked
	}
	s.may = s.may[:0]
	read := 0
	for i := range s.heads {
		h := &s.heads[i]
		if read += int(h.rows.to - h.rows.from); read > maxPosts {
			break // what comes is more common still
		}
		own := s.own[:0]
		for j := range s.strays[:n] {
			if t := &s.strays[j]; t.base != h.base {
				own = append(own, t)
			}
		}
		if len(own) == 0 {
			continue
		}
		for _, p := range s.x.posted[h.rows.from:h.rows.to] {
			for _, t := range own {
				d := apart(t.mask, p.peer&alphabet)
				if d > int(t.most[p.peer>>lenAt]) || p.peer&t.not != 0 {
					continue
				}
				s.pass(p, h.value, t.worth*(1-float32(d)/float32(max(p.peer>>lenAt, 1))))
				break
			}
		}
	}
	total := s.total + 1
	for i := range s.may {
		p := &s.may[i]
		if a := s.acc[p.row]; a < 0 && a > ranked {
			p.value, s.acc[p.row] = -a, ranked
		}
		heavy := float32(s.x.heavy[p.row]) * 0.5
		a := p.value + min(p.tie, max(heavy-p.value, 0))
		p.value = a / max(total+heavy-a, 1)
	}
	s.may = slices.DeleteFunc(s.may, func(p peer) bool { return p.value < minPeer })
	if len(s.may) > maxPeers {
		slices.SortFunc(s.may, func(a, b peer) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.row, b.row)) })
		s.may = s.may[:maxPeers]
	}
	for _, p := range s.may {
		s.ranked = append(s.ranked, p.row)
	}
}

// pass notes a row.
func (s *Searcher) pass(p posting, value, tie float32) {
	a := s.acc[p.row]
	switch {
	case a == ranked:
		return
	case a > 0: // all that was found of it is in
		s.may = append(s.may, peer{p.row, a, tie})
		s.acc[p.row] = ranked
		return
	case a == 0:
		s.touched = append(s.touched, p.row)
		s.may = append(s.may, peer{p.row, 0, tie})
	}
	s.acc[p.row] -= value
}
