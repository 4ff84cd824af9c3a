package match

import (
	"bytes"

	"navicert/name"
)

// unit is a stretch of the query that may be one word of a row: a word, two
// neighbors joined, or a part of a word in which several are run together.
type unit struct {
	text, sound, bones []byte
	groups             []name.Group
	alts               []name.Spelling // how else it may be meant
	from, to           int32           // in the joined letters of the query
	first              int32           // of its matches
	best               float32         // likeness of the spelling that is most like it
	marks              uint32
	exact              int32 // word with the same text, -1: none
	common             uint8
	mask               uint32
	kind               uint8
	memory             *remembered
	foreign            bool // in another script
	syllables          bool // a name of several, as Chinese and Korean ones are
}

const (
	whole = iota // a word of the query
	pair         // two neighbors
	piece        // part of a word
)

// found is a word of the index that may be a unit.
type found struct {
	word uint32
	unit int32
	sim  float32
	next int32 // with the same word
	how  how
}

const (
	maxPerUnit = 160 // words found for one unit
	minSim     = 0.55
)

// look finds the words that a unit may be.
func (s *Searcher) look(ui int, fuzzy bool) {
	u := &s.units[ui]
	u.first, u.exact = int32(len(s.found)), -1
	u.mask = mask(u.text)
	if s.Memory > 0 && u.kind != pair { // two names seldom meet again
		if s.recall(u, int32(ui), fuzzy) {
			return
		}
		defer s.remember(u)
	}
	s.epoch++
	s.spelled(u, int32(ui), u.text, u.sound, u.bones, fuzzy, true)
	for i := range u.alts {
		s.epoch++ // another spelling may be closer
		a := &u.alts[i]
		s.spelled(u, int32(ui), a.Text, a.Sound, a.Bones, fuzzy, false)
	}
}

// spelled looks one spelling of a unit up.
func (s *Searcher) spelled(u *unit, ui int32, text, sound, bones []byte, fuzzy, own bool) {
	sound, bones = sound[:min(len(sound), soundMax)], bones[:min(len(bones), bonesMax)]
	s.textP.Set(text)
	s.soundP.Set(sound)
	s.bonesP.Set(bones)
	number := u.marks&isNumber != 0
	limit := 0
	s.probes = append(s.probes[:0], hash(byWhole, sound))
	sp := spelling{text, sound, bones, mask(sound)}
	s.probe(u, ui, &sp, 0, own, 1)
	s.probes = s.probes[:0]
	if fuzzy && !number {
		limit = errorsIn(len(sound))
		if u.exact >= 0 {
			limit = min(limit, 1) // a word that is known is seldom one with two errors
		}
		s.probes = cuts(s.probes, sound, limit)
	}
	near := len(s.probes) // keys from here on hold for words that sound otherwise
	if len(bones) > 2 && !number {
		s.probes = append(s.probes, hash(byBones, bones))
	}
	if own {
		for _, g := range u.groups {
			s.probes = append(s.probes, groupKey(g))
		}
	}
	if s.every {
		s.tryAll(u, ui, &sp, limit, own)
		return
	}
	s.probe(u, ui, &sp, limit, own, near)
}

// tryAll tries every word, whatever its keys.
func (s *Searcher) tryAll(u *unit, ui int32, sp *spelling, limit int, own bool) {
	for id := range s.x.words[:len(s.x.words)-1] {
		if s.seen[id] != s.epoch {
			s.seen[id] = s.epoch
			s.try(u, ui, uint32(id), sp, limit, own)
		}
	}
}

// probe tries the words that have one of the keys in s.probes, the first near
// of which are those of a sound within limit. What lies far apart in memory is
// asked for at once, and looked at afterwards.
func (s *Searcher) probe(u *unit, ui int32, sp *spelling, limit int, own bool, near int) {
	x := s.x
	s.spans = s.spans[:0]
	for _, h := range s.probes {
		at := h >> x.head.Shift
		s.spans = append(s.spans, span{x.buckets[at], x.buckets[at+1]})
	}
	first := uint64(0)
	for _, p := range s.spans {
		if p.from < p.to {
			first |= x.keys[p.from]
		}
	}
	s.tried = s.tried[:0]
	for i, h := range s.probes {
		t := h & tagBits << idBits
		for _, k := range x.keys[s.spans[i].from:s.spans[i].to] {
			if k&(tagBits<<idBits) != t || i < near && !within(k, sp.letters, len(sp.sound), limit) {
				continue
			}
			id := uint32(k) & idMask
			if s.seen[id] != s.epoch {
				s.seen[id] = s.epoch
				s.tried = append(s.tried, id)
			}
		}
	}
	for _, id := range s.tried {
		first |= uint64(x.words[id].SoundLen)
	}
	s.loads = first
	for _, id := range s.tried {
		s.try(u, ui, id, sp, limit, own)
	}
}

type span struct{ from, to uint32 }

type spelling struct {
	text, sound, bones []byte
	letters            uint32 // of the sound
}

// try compares a spelling of a unit with a word.
func (s *Searcher) try(u *unit, ui int32, id uint32, sp *spelling, limit int, own bool) {
	w := &s.x.words[id]
	sim, by := s.alike(u, w, sp, limit), looked
	if own {
		if g := s.together(u, w); g != 0 {
			if gs := groupSim[g.Kind()]; gs > sim {
				sim, by = gs, grouped
			}
		} else if sim > 0 && sim < 1 && len(u.groups) > 0 && w.GroupLen > 0 && s.differ(u, w) {
			return
		}
	} else {
		sim *= 0.97
	}
	if sim < minSim || len(s.found)-int(u.first) >= maxPerUnit && !s.every {
		return
	}
	if sim == 1 {
		u.exact = int32(id)
	}
	if sim > u.best && by != grouped {
		u.best = sim
	}
	s.find(found{word: id, unit: ui, sim: sim, how: by})
}

// alike is how alike the spellings are, 0 to 1.
func (s *Searcher) alike(u *unit, w *word, sp *spelling, limit int) float32 {
	sameBones := len(sp.bones) > 2 && bytes.Equal(w.bones(), sp.bones)
	lim := limit
	if sameBones {
		lim = 3
	}
	if d := int(w.SoundLen) - len(sp.sound); d > lim || -d > lim {
		return 0
	}
	d := s.soundP.Within(w.sound(), lim)
	if d > lim {
		return 0
	}
	text := s.x.textOf(w)
	if d == 0 && bytes.Equal(text, sp.text) {
		return 1
	}
	if u.marks&isNumber != 0 || len(sp.text) == 1 || len(text) == 1 { // one letter is like no other word
		return 0
	}
	dt := s.textP.Within(text, 6)
	db := 0
	if !sameBones {
		db = s.bonesP.Within(w.bones(), 6)
	}
	cost := 0.5*float32(d) + 0.25*float32(dt) + 0.25*float32(db)
	n := max(len(text), len(sp.text))
	return 1 - cost/float32(n)*1.15
}

// together is the strongest group that a unit shares with a word, 0 if none.
func (s *Searcher) together(u *unit, w *word) name.Group {
	best := name.Group(0)
	for _, g := range s.x.groups[w.Groups : w.Groups+uint32(w.GroupLen)] {
		for _, h := range u.groups {
			if g == h && (best == 0 || g.Kind() < best.Kind()) {
				best = g
			}
		}
	}
	return best
}

// differ tells words that look alike and are known to be different names.
func (s *Searcher) differ(u *unit, w *word) bool {
	a := name.Token{Groups: u.groups}
	b := name.Token{Groups: s.x.groups[w.Groups : w.Groups+uint32(w.GroupLen)]}
	return name.Differ(&a, &b)
}

// groupSim is how alike words are that share a group, by its kind.
var groupSim = [8]float32{name.Variant: 0.97, name.Form: 0.97, name.Word: 0.93, name.Syllable: 0.95, name.Nick: 0.85}
