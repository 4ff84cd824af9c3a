package wallet

import (
	"encoding/hex"
	"strings"
)

const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

const (
	bech32Sum  = 1
	bech32mSum = 0x2bc830a3
)

// prefixes are the chains whose addresses begin so. Others of that form are
// told by their checksum.
var prefixes = map[string]Chain{
	"bc": Bitcoin, "tb": Testnet, "bcrt": Testnet, "ltc": Litecoin, "tltc": Testnet,
	"zs": Zcash, "u": Zcash, "tex": Zcash, "bnb": BNB,
}

// bech32 reads what has a prefix, a 1, and 32 letters without case.
func (p *parser) bech32() (Address, bool) {
	low := strings.ToLower(p.s)
	i := strings.LastIndexByte(low, '1')
	if i < 1 || len(low)-i < 7 {
		return Address{}, false
	}
	prefix, data := low[:i], low[i+1:]
	chain, known := prefixes[prefix]
	a := Address{Chain: chain, Check: Valid, Key: "bech32:" + low}
	sum, ok := polymod32(prefix, data)
	if !ok {
		a.Check, a.Why = Fails, "it has a letter that this form does not use"
		return a, prefix == "bc" || prefix == "ltc"
	}
	good := sum == bech32Sum || sum == bech32mSum
	if prefix == "bc" || prefix == "tb" || prefix == "bcrt" || prefix == "ltc" || prefix == "tltc" {
		good = sum == witness(data)
	}
	switch {
	case !good && (!known || prefix == "tb" && len(low) == 34): // a TRON address begins with TB1 as well
		return Address{}, false
	case !good:
		a.Check, a.Why = Fails, wrongSum
	case p.s != low && p.s != strings.ToUpper(p.s):
		a.Check, a.Why = Fails, "it mixes upper and lower case, which this form forbids"
	}
	return a, true
}

// witness is the sum that the program of a witness must have, 0 where there
// is no such program (BIP 141, 173, 350).
func witness(data string) uint32 {
	version := strings.IndexByte(charset, data[0])
	size := (len(data) - 7) * 5 / 8
	switch {
	case version > 16 || size < 2 || size > 40:
		return 0
	case version > 0:
		return bech32mSum
	case size == 20 || size == 32:
		return bech32Sum
	}
	return 0
}

func polymod32(prefix, data string) (uint32, bool) {
	sum := uint32(1)
	step := func(v byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	for i := range len(prefix) {
		step(prefix[i] >> 5)
	}
	step(0)
	for i := range len(prefix) {
		step(prefix[i] & 31)
	}
	for i := range len(data) {
		v := strings.IndexByte(charset, data[i])
		if v < 0 {
			return 0, false
		}
		step(byte(v))
	}
	return sum, true
}

// cash reads Bitcoin Cash's own form, with or without its prefix. It is
// compared as the older form of the same hash.
func (p *parser) cash() (Address, bool) {
	low := strings.ToLower(p.s)
	tries := []string{"bitcoincash", "ecash", "bchtest"}
	named := p.scheme == tries[0] || p.scheme == tries[1] || p.scheme == tries[2]
	if named {
		tries = []string{p.scheme}
	}
	if len(low) < 42 || len(low) > 112 || !named && (len(low) != 42 || strings.IndexByte("qpzr", low[0]) < 0) {
		return Address{}, false
	}
	for _, prefix := range tries {
		b, ok := cashPayload(prefix, low)
		if !ok {
			continue
		}
		chain := map[string]Chain{"bitcoincash": BitcoinCash, "ecash": ECash, "bchtest": Testnet}[prefix]
		a := Address{Chain: chain, Check: Valid, Key: "cash:" + hex.EncodeToString(b)}
		if version, hash := b[0], b[1:]; len(hash) == 20 {
			switch {
			case chain == Testnet:
			case version == 0 || version == 2<<3: // to a key; 2: of those, one for tokens too
				a.Key = "b58:00" + hex.EncodeToString(hash)
			case version == 1<<3 || version == 3<<3: // to a script
				a.Key = "b58:05" + hex.EncodeToString(hash)
			}
		}
		if p.s != low && p.s != strings.ToUpper(p.s) {
			a.Check, a.Why = Fails, "it mixes upper and lower case, which this form forbids"
		}
		return a, true
	}
	if named || p.ticker == "BCH" && only(low, charset) {
		return Address{Chain: BitcoinCash, Check: Fails, Why: wrongSum, Key: "text:" + low}, true
	}
	return Address{}, false
}

// cashPayload returns the version byte and the hash.
func cashPayload(prefix, data string) ([]byte, bool) {
	sum := uint64(1)
	step := func(v byte) {
		top := sum >> 35
		sum = sum&0x07ffffffff<<5 ^ uint64(v)
		for i, g := range [...]uint64{0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	for i := range len(prefix) {
		step(prefix[i] & 31)
	}
	step(0)
	var out []byte
	acc, n := uint32(0), 0
	for i := range len(data) {
		v := strings.IndexByte(charset, data[i])
		if v < 0 {
			return nil, false
		}
		step(byte(v))
		if i >= len(data)-8 {
			continue
		}
		acc, n = acc<<5&0xfff|uint32(v), n+5
		if n >= 8 {
			n -= 8
			out = append(out, byte(acc>>n))
		}
	}
	size := 20
	if len(out) > 0 {
		size = [...]int{20, 24, 28, 32, 40, 48, 56, 64}[out[0]&7]
	}
	return out, sum == 1 && len(out) == 1+size && acc&(1<<n-1) == 0
}
