package wallet

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strings"
)

// blockBytes is how many bytes so many base58 digits hold in Monero's blocks.
var blockBytes = map[int]int{2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}

// monero reads standard, sub- and integrated addresses. An integrated one is
// compared without its payment ID: it pays the standard address.
func (p *parser) monero() (Address, bool) {
	if len(p.s) != 95 && len(p.s) != 106 {
		return Address{}, false
	}
	b, ok := decodeMonero(p.s)
	if !ok || len(b) != 69 && len(b) != 77 {
		if p.ticker == "XMR" && p.s != strings.ToLower(p.s) {
			return p.asWritten(Monero, Fails, "it is no Monero address: a letter is mistyped; it is compared as it is written"), true
		}
		return Address{}, false
	}
	sum := keccak256(b[:len(b)-4])
	chain := map[byte]Chain{18: Monero, 19: Monero, 42: Monero, 53: Testnet, 54: Testnet, 63: Testnet, 24: Testnet, 25: Testnet, 36: Testnet}[b[0]]
	if !bytes.Equal(sum[:4], b[len(b)-4:]) {
		if p.s == strings.ToLower(p.s) {
			return Address{}, false
		}
		return p.asWritten(Monero, Fails, wrongSum), true
	}
	return Address{Chain: chain, Check: Valid, Key: "monero:" + hex.EncodeToString(b[1:65]), Fold: strings.ToLower(p.s)}, true
}

// decodeMonero reads base58 in blocks of 11 digits for 8 bytes.
func decodeMonero(s string) ([]byte, bool) {
	var out []byte
	for len(s) > 0 {
		digits := s[:min(11, len(s))]
		s = s[len(digits):]
		size, ok := blockBytes[len(digits)]
		var n uint64
		for i := range len(digits) {
			c := strings.IndexByte(bitcoinAlphabet, digits[i])
			hi, lo := bits.Mul64(n, 58)
			var carry uint64
			n, carry = bits.Add64(lo, uint64(max(c, 0)), 0)
			ok = ok && c >= 0 && hi == 0 && carry == 0
		}
		if !ok || size < 8 && n>>(8*size) != 0 {
			return nil, false
		}
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], n)
		out = append(out, b[8-size:]...)
	}
	return out, true
}
