package name

// Distance is the optimal string alignment distance of two words: how many
// letters must be put in, taken out, replaced, or swapped with their neighbor
// to turn one into the other. Words over 64 bytes are compared by their first
// 64 bytes, and the difference in length beyond is added. It does not
// allocate.
func Distance(a, b []byte) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return len(b)
	}
	extra := 0
	if len(b) > 64 {
		extra = len(b) - max(64, len(a))
		b = b[:64]
		if len(a) > 64 {
			a = a[:64]
		}
	}
	var p Pattern
	p.Set(a)
	return p.Distance(b) + extra
}

// Pattern is a word of up to 64 bytes made ready to be compared with many
// others. It is 2 kB large; reuse it.
type Pattern struct {
	masks [256]uint64
	word  [64]byte
	n     int
}

// Set prepares the pattern for a word, cut at 64 bytes.
func (p *Pattern) Set(word []byte) {
	for _, c := range p.word[:p.n] {
		p.masks[c] = 0
	}
	p.n = copy(p.word[:], word)
	for i, c := range p.word[:p.n] {
		p.masks[c] |= 1 << i
	}
}

// Distance is the optimal string alignment distance between the pattern's
// word and another word (Hyyrö's bit-parallel recurrence).
func (p *Pattern) Distance(b []byte) int {
	return p.Within(b, 1<<30)
}

// Within is Distance, but may stop as soon as it is sure to exceed limit; it
// then returns a number above limit.
func (p *Pattern) Within(b []byte, limit int) int {
	m := p.n
	if m == 0 {
		return len(b)
	}
	vp, vn := ^uint64(0), uint64(0)
	var d0, prev uint64
	score := m
	last := uint64(1) << (m - 1)
	for j, c := range b {
		eq := p.masks[c]
		tr := (((^d0) & eq) << 1) & prev
		d0 = tr | (((eq & vp) + vp) ^ vp) | eq | vn
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		if hp&last != 0 {
			score++
		} else if hn&last != 0 {
			score--
		}
		if score-(len(b)-1-j) > limit {
			return limit + 1
		}
		hp = hp<<1 | 1
		hn <<= 1
		vp = hn | ^(d0 | hp)
		vn = d0 & hp
		prev = eq
	}
	return score
}
