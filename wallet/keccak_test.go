package wallet

import (
	"encoding/hex"
	"strings"
	"testing"
)

func TestKeccak256(t *testing.T) {
	for in, want := range map[string]string{
		"":                                  "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
		"abc":                               "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
		"Transfer(address,address,uint256)": "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
	} {
		if h := keccak256([]byte(in)); hex.EncodeToString(h[:]) != want {
			t.Errorf("%q: %x", in, h)
		}
	}
	seen := map[[32]byte]bool{} // a block's edge changes nothing else
	for n := range 300 {
		h := keccak256([]byte(strings.Repeat("a", n)))
		if seen[h] {
			t.Errorf("length %d repeats a hash", n)
		}
		seen[h] = true
	}
}
