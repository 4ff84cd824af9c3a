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
	from, to           int32 // in the joined sounds of the query
	first              int32 // of its matches
	best               float32
	marks              uint32
	exact              int32 // word with the same text, -1: none
	kind               uint8
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
}

const (
	maxPerUnit = 160 // words found for one unit
	minSim     = 0.55
)

// look finds the words that a unit may be.
func (s *Searcher) look(ui int, fuzzy bool) {
	u := &s.units[ui]
	u.first, u.exact = int32(len(s.found)), -1
	s.textP.Set(u.text)
	s.soundP.Set(u.sound)
	s.bonesP.Set(u.bones)
	limit := 0
	if u.marks&isNumber == 0 {
		limit = errorsIn(len(u.sound))
	}
	if !fuzzy {
		limit = min(limit, 0)
	}
	s.probes = s.probes[:0]
	if fuzzy && u.marks&isNumber == 0 {
		s.probes = cuts(s.probes, u.sound[:min(len(u.sound), soundMax)], limit)
	} else {
		s.probes = append(s.probes, hash(byWhole, u.sound[:min(len(u.sound), soundMax)]))
	}
	if len(u.bones) > 2 && u.marks&isNumber == 0 {
		s.probes = append(s.probes, hash(byBones, u.bones[:min(len(u.bones), bonesMax)]))
	}
	plain := len(s.probes)
	for _, g := range u.groups {
		s.probes = append(s.probes, groupKey(g))
	}
	x := s.x
	s.epoch++
	for i, h := range s.probes {
		at := h >> x.head.Shift
		t := tag(h)
		for _, k := range x.keys[x.buckets[at]:x.buckets[at+1]] {
			if k&^idMask != t {
				continue
			}
			id := k & idMask
			if s.seen[id] == s.epoch {
				continue
			}
			s.seen[id] = s.epoch
			s.try(u, int32(ui), id, limit, i >= plain)
		}
	}
}

// try compares a unit with a word.
func (s *Searcher) try(u *unit, ui int32, id uint32, limit int, grouped bool) {
	w := &s.x.words[id]
	sim := s.alike(u, w, limit)
	if g := s.together(u, w); g > sim {
		sim = g
	}
	if sim < minSim || len(s.found)-int(u.first) >= maxPerUnit {
		return
	}
	if sim == 1 {
		u.exact = int32(id)
	}
	if sim > u.best {
		u.best = sim
	}
	next := s.slot[id]
	s.slot[id] = int32(len(s.found)) + 1
	s.found = append(s.found, found{word: id, unit: ui, sim: sim, next: next - 1})
}

// alike is how alike the spellings are, 0 to 1.
func (s *Searcher) alike(u *unit, w *word, limit int) float32 {
	sameBones := len(u.bones) > 2 && bytes.Equal(w.bones(), u.bones[:min(len(u.bones), bonesMax)])
	lim := limit
	if sameBones {
		lim = 3
	}
	if d := int(w.SoundLen) - len(u.sound); d > lim && len(u.sound) < soundMax || -d > lim && w.SoundLen < soundMax {
		return 0
	}
	d := s.soundP.Within(w.sound(), lim)
	if d > lim {
		return 0
	}
	text := s.x.textOf(w)
	if d == 0 && bytes.Equal(text, u.text) {
		return 1
	}
	if u.marks&isNumber != 0 {
		return 0
	}
	dt := s.textP.Within(text, 6)
	db := 0
	if !sameBones {
		db = s.bonesP.Within(w.bones(), 6)
	}
	cost := 0.5*float32(d) + 0.25*float32(dt) + 0.25*float32(db)
	n := max(len(text), len(u.text))
	return 1 - cost/float32(n)*1.15
}

// together is how alike words are that share a group.
func (s *Searcher) together(u *unit, w *word) float32 {
	for _, g := range s.x.groups[w.Groups : w.Groups+uint32(w.GroupLen)] {
		for _, h := range u.groups {
			if name.Group(g) == h {
				return groupSim
			}
		}
	}
	return 0
}

const groupSim = 0.93
