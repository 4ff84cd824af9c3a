package wallet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

const (
	bitcoinAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	rippleAlphabet  = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
)

// network is what the first byte of a base58check address says, with tickers
// that read the same byte in another way.
type network struct {
	chain Chain
	other map[string]Chain
}

var forks = map[string]Chain{"BCH": BitcoinCash, "BSV": BitcoinSV, "XEC": ECash}

var networks = map[byte]network{
	0:    {Bitcoin, forks},
	5:    {Bitcoin, map[string]Chain{"BCH": BitcoinCash, "BSV": BitcoinSV, "XEC": ECash, "LTC": Litecoin}},
	16:   {Dash, nil},
	22:   {Dogecoin, nil},
	23:   {BitcoinGold, nil},
	30:   {Dogecoin, map[string]Chain{"XVG": Verge}},
	33:   {Verge, nil},
	38:   {BitcoinGold, nil},
	48:   {Litecoin, nil},
	50:   {Litecoin, nil},
	0x41: {Tron, nil},
	76:   {Dash, nil},
	111:  {Testnet, nil},
	196:  {Testnet, nil},
}

const wrongSum = "its checksum does not hold: a letter is mistyped, or it was published with a fault; it is compared as it is written"

// base58 reads base58check addresses, and Solana's, which have no checksum.
func (p *parser) base58() (Address, bool) {
	if len(p.s) < 25 || len(p.s) > 120 {
		return Address{}, false
	}
	b, ok := decode58(p.s, bitcoinAlphabet)
	if !ok {
		return Address{}, false
	}
	sum := summed(b)
	switch {
	case sum && (len(b) == 37 || len(b) == 38) && b[0] == 0x80 || sum && len(b) == 82:
		return Address{Check: NotAddress, Why: "it is a key, not an address; whoever holds it may hold the money, so keep it secret"}, true
	case sum && len(b) >= 25 && len(b) <= 30:
		return p.network(b[:len(b)-4]), true
	case p.s == strings.ToLower(p.s) || p.s == strings.ToUpper(p.s):
		return Address{}, false // for caseLost
	case len(b) == 32:
		return Address{Chain: Solana, Check: Bare, Key: "solana:" + hex.EncodeToString(b), Fold: strings.ToLower(p.s)}, true
	case len(b) == 25:
		return p.asWritten(p.chainOf(b), Fails, wrongSum), true
	}
	return Address{}, false
}

// chainOf tells the chain of a version byte and the hash behind it.
func (p *parser) chainOf(b []byte) Chain {
	if len(b) == 22 && b[0] == 0x1c && (b[1] == 0xb8 || b[1] == 0xbd) {
		return Zcash
	}
	n := networks[b[0]]
	if c, ok := n.other[p.ticker]; ok {
		return c
	}
	return n.chain
}

// network reads a version byte and the hash behind it. The key is the same on
// all chains that share the byte: they are forks, and one key opens all.
func (p *parser) network(b []byte) Address {
	a := Address{Check: Valid, Chain: p.chainOf(b), Fold: strings.ToLower(p.s), Key: "b58:" + hex.EncodeToString(b)}
	switch {
	case len(b) != 21:
	case a.Chain == Tron:
		a.Key = "tron:" + hex.EncodeToString(b[1:])
	case a.Chain == Litecoin && b[0] == 5: // written with M, 50, since 2017
		a.Also, a.Key = a.Key, "b58:32"+hex.EncodeToString(b[1:])
	}
	return a
}

// xrp reads accounts and X-addresses of the XRP ledger. A destination tag
// plays no part.
func (p *parser) xrp() (Address, bool) {
	if len(p.s) < 25 || len(p.s) > 50 || p.s[0] != 'r' && p.s[0] != 'X' {
		return Address{}, false
	}
	b, ok := decode58(p.s, rippleAlphabet)
	if !ok {
		return Address{}, false
	}
	account := []byte(nil)
	switch {
	case !summed(b):
		if p.s[0] == 'r' && len(b) == 25 && b[0] == 0 && p.s != strings.ToLower(p.s) {
			return p.asWritten(XRP, Fails, wrongSum), true
		}
		return Address{}, false
	case len(b) == 25 && b[0] == 0:
		account = b[1:21]
	case len(b) == 35 && b[0] == 5 && b[1] == 0x44:
		account = b[2:22]
	default:
		return Address{}, false
	}
	return Address{Chain: XRP, Check: Valid, Key: "xrp:" + hex.EncodeToString(account), Fold: strings.ToLower(p.s)}, true
}

// summed tells whether b ends with the checksum of what stands before it.
func summed(b []byte) bool {
	if len(b) < 5 {
		return false
	}
	once := sha256.Sum256(b[:len(b)-4])
	twice := sha256.Sum256(once[:])
	return bytes.Equal(twice[:4], b[len(b)-4:])
}

// decode58 reads a number in base 58, its leading zeros as bytes. Texts are
// short: the caller bounds them.
func decode58(s, alphabet string) ([]byte, bool) {
	var digits [120]byte // base 256, the last first
	n := 0
	for i := range len(s) {
		c := strings.IndexByte(alphabet, s[i])
		if c < 0 {
			return nil, false
		}
		for j := range n {
			c += 58 * int(digits[j])
			digits[j] = byte(c)
			c >>= 8
		}
		for ; c > 0; c >>= 8 {
			digits[n] = byte(c)
			n++
		}
	}
	zeros := len(s) - len(strings.TrimLeft(s, alphabet[:1]))
	out := make([]byte, zeros+n)
	for i := range n {
		out[len(out)-1-i] = digits[i]
	}
	return out, true
}
