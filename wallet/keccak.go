package wallet

import (
	"encoding/binary"
	"math/bits"
)

var rounds = [24]uint64{
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
	0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
	0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
}

// keccak256 is the hash that chains took before it became SHA-3 with another
// padding; the standard library has the later one alone.
func keccak256(data []byte) (out [32]byte) {
	const rate = 136
	var st [25]uint64
	var block [rate]byte
	for done := false; !done; {
		n := copy(block[:], data)
		data = data[n:]
		if n < rate {
			clear(block[n:])
			block[n] ^= 1
			block[rate-1] ^= 0x80
			done = true
		}
		for i := range rate / 8 {
			st[i] ^= binary.LittleEndian.Uint64(block[8*i:])
		}
		permute(&st)
	}
	for i := range 4 {
		binary.LittleEndian.PutUint64(out[8*i:], st[i])
	}
	return out
}

func permute(a *[25]uint64) {
	for _, rc := range rounds {
		var c [5]uint64
		for x := range 5 {
			c[x] = a[x] ^ a[x+5] ^ a[x+10] ^ a[x+15] ^ a[x+20]
		}
		for x := range 5 {
			d := c[(x+4)%5] ^ bits.RotateLeft64(c[(x+1)%5], 1)
			for y := 0; y < 25; y += 5 {
				a[x+y] ^= d
			}
		}
		x, y, last := 1, 0, a[1]
		for t := range 24 { // rho and pi along one walk over the lanes
			x, y = y, (2*x+3*y)%5
			last, a[x+5*y] = a[x+5*y], bits.RotateLeft64(last, (t+1)*(t+2)/2)
		}
		for y := 0; y < 25; y += 5 {
			r := [5]uint64(a[y : y+5])
			for x := range 5 {
				a[x+y] = r[x] ^ ^r[(x+1)%5]&r[(x+2)%5]
			}
		}
		a[0] ^= rc
	}
}
