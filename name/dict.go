package name

import (
	"encoding/binary"
	"math/bits"
)

// A dict finds words. It was compiled with the tables and is used where it
// lies: nothing is made of it at the start.
//
// A slot has eight bytes: where the word starts among the keys (three), its
// length (one), bits of its hash (two), and its value (two, never 0). A word
// is in the first free slot from the one that its hash gives.
type dict struct {
	slots string // a power of two of them
	keys  string
}

const slotSize = 8

// get gives the value of a word, 0 if it has none.
func (d *dict) get(word []byte) uint16 {
	h := hashOf(word)
	for i := h; ; i++ {
		at := (i * slotSize) & uint64(len(d.slots)-1)
		s := le64(d.slots[at:])
		if s == 0 {
			return 0
		}
		if uint16(s>>32) == uint16(h>>48) {
			key, n := s&0xffffff, s>>24&0xff
			if d.keys[key:key+n] == string(word) {
				return uint16(s >> 48)
			}
		}
	}
}

func hashOf(b []byte) uint64 {
	const k = 0x9e3779b97f4a7c15
	h := uint64(len(b)) * k
	for ; len(b) >= 8; b = b[8:] {
		h = (h ^ binary.LittleEndian.Uint64(b)) * k
		h ^= h >> 32
	}
	if n := len(b); n >= 4 {
		h ^= uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint32(b[n-4:]))<<32
	} else if n > 0 {
		h ^= uint64(b[0]) | uint64(b[n/2])<<8 | uint64(b[n-1])<<16
	}
	hi, lo := bits.Mul64(h, k) // every bit of the word tells in every bit
	return hi ^ lo
}

func le16(s string) uint16 { return uint16(s[0]) | uint16(s[1])<<8 }

func le32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func le64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
