package match

import "encoding/binary"

// remembered is what a word was found to be.
type remembered struct {
	found []found
	best  float32
	exact int32

	parts  []part // into which it was split
	parted bool   // it was
}

// part is a part of a word, and what that was found to be.
type part struct {
	unit unit // from and to are those in the word
	*remembered
}

// recall answers a look-up from memory. All that a look-up depends on beside
// the index is in the key; where the word is not known yet, the key stays for
// remember.
func (s *Searcher) recall(u *unit, ui int32, fuzzy bool) bool {
	k := append(s.key[:0], u.kind, byte(u.marks&isNumber), 0)
	if fuzzy {
		k[2] = 1
	}
	add := func(b []byte) { k = append(binary.AppendUvarint(k, uint64(len(b))), b...) }
	add(u.text)
	add(u.sound)
	add(u.bones)
	for _, g := range u.groups {
		k = binary.LittleEndian.AppendUint32(k, uint32(g))
	}
	for i := range u.alts {
		add(u.alts[i].Text)
		add(u.alts[i].Sound)
		add(u.alts[i].Bones)
	}
	s.key = k
	m := s.memory[string(k)]
	if m == nil {
		if m = s.elder[string(k)]; m == nil {
			return false
		}
		s.keep(m)
	}
	s.again(u, ui, m)
	return true
}

// again notes what was remembered of a unit.
func (s *Searcher) again(u *unit, ui int32, m *remembered) {
	u.best, u.exact, u.memory = m.best, m.exact, m
	for _, f := range m.found {
		f.unit = ui
		s.find(f)
	}
}

// remember keeps what was just found.
func (s *Searcher) remember(u *unit) {
	u.memory = &remembered{found: append([]found(nil), s.found[u.first:]...), best: u.best, exact: u.exact}
	s.keep(u.memory)
}

// keep keeps m under the key. When half of the memory is full, what was not
// asked for since the last time is forgotten.
func (s *Searcher) keep(m *remembered) {
	if s.memory == nil || len(s.memory) >= s.Memory/2 {
		s.memory, s.elder = make(map[string]*remembered, min(len(s.memory), s.Memory/2)), s.memory
	}
	s.memory[string(s.key)] = m
}
