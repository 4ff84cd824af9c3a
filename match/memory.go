package match

import "encoding/binary"

// remembered is what a word was found to be.
type remembered struct {
	found []found
	best  float32
	exact int32
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
	m, ok := s.memory[string(k)]
	if !ok {
		return false
	}
	u.best, u.exact = m.best, m.exact
	for _, f := range m.found {
		f.unit = ui
		s.find(f)
	}
	return true
}

// remember keeps what was just found. A full memory is emptied: names come and
// go in waves, and what is common is soon back.
func (s *Searcher) remember(u *unit) {
	if s.memory == nil || len(s.memory) >= s.Memory {
		s.memory = map[string]remembered{}
	}
	s.memory[string(s.key)] = remembered{append([]found(nil), s.found[u.first:]...), u.best, u.exact}
}
