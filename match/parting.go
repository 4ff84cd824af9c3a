package match

import (
	"bytes"

	"navicert/name"
)

// knowsJoined tells whether a word of the index is written like n neighbors of
// the query together: those that are known apart are seldom one with errors.
func (s *Searcher) knowsJoined(i, n int) bool {
	at, h := len(s.joined), byText
	for _, u := range s.units[i : i+n] {
		s.joined = append(s.joined, u.text...)
	}
	text := s.joined[at:]
	for _, c := range text {
		h = (h ^ uint64(c)) * fnvPrime
	}
	s.joined = s.joined[:at]
	return s.knowsText(mix(h), text)
}

// pair looks up n neighbors as one word.
func (s *Searcher) pair(i, n int) {
	a, b := &s.units[i], &s.units[i+n-1]
	at := len(s.joined)
	for _, u := range s.units[i : i+n] {
		s.joined = append(s.joined, u.text...)
	}
	text := s.joined[at:len(s.joined):len(s.joined)]
	sound, bones := s.heard(text)
	s.units = append(s.units, unit{text: text, sound: sound, bones: bones, from: a.from, to: b.to, kind: pair})
	s.look(len(s.units)-1, n == 2)
}

// split finds words of the index that are run together in one of the query.
func (s *Searcher) split(i int) {
	u := s.units[i]
	m := u.memory
	if m == nil {
		s.part(&u)
		return
	}
	if !m.parted {
		from := len(s.units)
		s.part(&u)
		if m.parted = len(s.units) < maxUnits; m.parted {
			for _, p := range s.units[from:] {
				p.text, p.sound, p.bones = nil, bytes.Clone(p.sound), bytes.Clone(p.bones)
				p.from, p.to = p.from-u.from, p.to-u.from
				m.parts = append(m.parts, part{p, p.memory})
			}
		}
		return
	}
	for i := range m.parts {
		if len(s.units) >= maxUnits {
			s.cut = true
			return
		}
		p := m.parts[i].unit
		p.text = u.text[p.from:p.to]
		p.from, p.to = p.from+u.from, p.to+u.from
		s.units = append(s.units, p)
		n := len(s.units) - 1
		s.units[n].first = int32(len(s.found))
		s.again(&s.units[n], int32(n), m.parts[i].remembered)
	}
}

// part looks the parts of a word up: those of the parting whose parts are
// longest.
func (s *Searcher) part(u *unit) {
	text := u.text
	n := min(len(text), maxSplit)
	var best [maxSplit + 1]int32
	var from [maxSplit + 1]int8 // where the part that ends here begins, -1: none does
	from[0] = 0
	for e := 1; e <= n; e++ {
		from[e] = -1
	}
	for b := range n {
		if b > 0 && best[b] < best[b-1] {
			best[b] = best[b-1]
		}
		h := byText
		for e := b + 1; e <= min(n, b+20); e++ {
			h = (h ^ uint64(text[e-1])) * fnvPrime
			l := int32(e - b)
			if l < 2 || l < 3 && n > 9 || best[b]+l*l <= best[e] || b == 0 && e == len(text) {
				continue
			}
			part := text[b:e]
			if s.knowsText(mix(h), part) {
				best[e], from[e] = best[b]+l*l, int8(b)
			} else if l > 3 && best[b]+l*l-2 > best[e] && from[b] >= 0 && s.knowsSound(part) {
				best[e], from[e] = best[b]+l*l-2, int8(b)
			}
		}
	}
	end := n // of letters that belong to no part
	for e := n; e > 0; {
		if from[e] < 0 || best[e] == best[e-1] {
			e--
			continue
		}
		if end-e > 3 {
			s.piece(u, e, end, true)
		}
		s.piece(u, int(from[e]), e, false)
		e = int(from[e])
		end = e
	}
	if end > 3 && end < n {
		s.piece(u, 0, end, true)
	}
}

const maxSplit = 96

// piece looks a part of a unit up.
func (s *Searcher) piece(u *unit, from, to int, fuzzy bool) {
	if len(s.units) >= maxUnits {
		s.cut = true
		return
	}
	p := unit{text: u.text[from:to], from: u.from + int32(from), to: u.from + int32(to), kind: piece}
	p.sound, p.bones = s.heard(p.text)
	s.units = append(s.units, p)
	s.look(len(s.units)-1, fuzzy)
}

// heard is how a text sounds.
func (s *Searcher) heard(text []byte) (sound, bones []byte) {
	at := len(s.joined)
	s.joined = name.AppendSound(s.joined, text)
	mid := len(s.joined)
	s.joined = name.AppendBones(s.joined, text)
	return s.joined[at:mid:mid], s.joined[mid:len(s.joined):len(s.joined)]
}

// knowsText tells whether a word of the index is written like this, knowsSound
// whether one sounds like this.
func (s *Searcher) knowsText(h uint64, text []byte) bool {
	x := s.x
	at, t := h>>x.head.Shift, h&tagBits<<idBits
	for _, k := range x.keys[x.buckets[at]:x.buckets[at+1]] {
		if k&(tagBits<<idBits) == t && string(x.textOf(&x.words[uint32(k)&idMask])) == string(text) {
			return true
		}
	}
	return false
}

func (s *Searcher) knowsSound(text []byte) bool {
	s.heardBuf = name.AppendSound(s.heardBuf[:0], text)
	sound := s.heardBuf[:min(len(s.heardBuf), soundMax)]
	h := hash(byWhole, sound)
	x := s.x
	at, t := h>>x.head.Shift, h&tagBits<<idBits
	for _, k := range x.keys[x.buckets[at]:x.buckets[at+1]] {
		if k&(tagBits<<idBits) == t && string(x.words[uint32(k)&idMask].sound()) == string(sound) {
			return true
		}
	}
	return false
}
