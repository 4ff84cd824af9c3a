package match

import "math/bits"

// The keys by which words are found. A key is a 64-bit hash; its kind is part
// of it.
const (
	byBones uint64 = 0x9e3779b97f4a7c15
	byGroup uint64 = 0xc2b2ae3d27d4eb4f
	byWhole uint64 = 0x165667b19e3779f9
	byLess  uint64 = 0x27d4eb2f165667c5
	byText  uint64 = 0x94d049bb133111eb

	fnvPrime = 0x100000001b3
)

const prefix = 7 // letters of a sound that are searched with letters taken out

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 29
	h *= 0xff51afd7ed558ccd
	return h ^ h>>32
}

// hash is for whole strings.
func hash(kind uint64, s []byte) uint64 {
	h := kind
	for _, c := range s {
		h = (h ^ uint64(c)) * fnvPrime
	}
	return mix(h)
}

// errorsIn is how many letters of a sound may be wrong.
func errorsIn(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 7:
		return 1
	}
	return 2
}

// pack packs the first letters of a sound.
func pack(s []byte) (x uint64, n int) {
	n = min(len(s), prefix)
	for i := n - 1; i >= 0; i-- {
		x = x<<8 | uint64(s[i])
	}
	return x, n
}

// without takes letter i out of a packed string.
func without(x uint64, i int) uint64 {
	low := x & (1<<(8*i) - 1)
	return low | x>>8&^(1<<(8*i)-1)
}

// cuts appends the keys of a sound with up to k letters of its start taken
// out. A key can come twice.
func cuts(dst []uint64, s []byte, k int) []uint64 {
	x, n := pack(s)
	dst = append(dst, mix(x^byLess))
	if k < 1 || n < 2 {
		return dst
	}
	for i := range n {
		if i > 0 && s[i] == s[i-1] {
			continue
		}
		y := without(x, i)
		dst = append(dst, mix(y^byLess))
		if k < 2 {
			continue
		}
		for j := i; j < n-1; j++ {
			dst = append(dst, mix(without(y, j)^byLess))
		}
	}
	return dst
}

// mask has a bit for each letter that occurs. Of two words, one needs at least
// as many changes as it has letters that the other has not.
func mask(s []byte) (m uint32) {
	for _, c := range s {
		m |= 1 << (c & 31)
	}
	return m
}

// apart is the least distance that two masks allow.
func apart(a, b uint32) int { return max(bits.OnesCount32(a&^b), bits.OnesCount32(b&^a)) }

// keyOf is what is kept of a key: the number of the word, a tag of the hash,
// and of the sound its length and letters, so that most words that share a key
// by chance, or are too far, are told without a look at them.
func keyOf(h uint64, word uint32, sound []byte) uint64 {
	return uint64(mask(sound)>>1)<<38 | uint64(len(sound))<<33 | h&tagBits<<idBits | uint64(word)
}

const tagBits = 1<<9 - 1

// within tells whether a key can be of a word whose sound is within limit of
// one of these letters and this length.
func within(k uint64, letters uint32, length, limit int) bool {
	d := int(k>>33&31) - length
	return d <= limit && -d <= limit && apart(uint32(k>>38), letters>>1) <= limit
}
