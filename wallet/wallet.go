// Package wallet reads addresses on chains of blocks: which chain an address
// is of, whether its checksum holds, and in what form it is compared.
//
// Lists name a ticker, not a chain: "XBT" stands before a TRON address, "USDT"
// before Bitcoin ones. The form of the address decides; the ticker only helps
// where one form is used on several chains.
package wallet

import "strings"

// Address is what an address says of itself.
type Address struct {
	Chain Chain
	Check Check
	Why   string // what is wrong with it, for people; empty where Check is Valid or Bare

	Key  string // what is compared: addresses that share a key are one; empty: it cannot be
	Also string // a second key, where an older form of the chain is another chain's
	Fold string // without letter case, of forms that tell case apart; equal folds alone prove nothing
}

// Chain is a family of chains on which an address is the same.
type Chain string

// The chains that are told apart. EVM is Ethereum and every chain that has its
// addresses (BSC, Arbitrum, Ethereum Classic …).
const (
	Unknown     Chain = ""
	Bitcoin     Chain = "bitcoin"
	Testnet     Chain = "testnet"
	BitcoinCash Chain = "bitcoin_cash"
	BitcoinGold Chain = "bitcoin_gold"
	BitcoinSV   Chain = "bitcoin_sv"
	BNB         Chain = "bnb"
	Dash        Chain = "dash"
	Dogecoin    Chain = "dogecoin"
	ECash       Chain = "ecash"
	EVM         Chain = "evm"
	Litecoin    Chain = "litecoin"
	Monero      Chain = "monero"
	Solana      Chain = "solana"
	Tron        Chain = "tron"
	Verge       Chain = "verge"
	XRP         Chain = "xrp"
	Zcash       Chain = "zcash"
)

// Check is what the checksum of an address says.
type Check uint8

// The verdicts.
const (
	NoForm     Check = iota // no form that is known here; compared as it is written
	Valid                   // the checksum holds
	Bare                    // this form has no checksum
	Fails                   // the checksum does not hold: mistyped, or published with a fault
	Damaged                 // the letter case was lost: cannot be compared
	NotAddress              // something else: a hash, a key
)

// String names the verdict.
func (c Check) String() string {
	return [...]string{"unknown form", "valid", "no checksum", "checksum fails", "damaged", "not an address"}[c]
}

// maxLength is more than any chain's addresses have.
const maxLength = 512

// Parse reads an address as a list or a person writes it: alone, as a payment
// link (bitcoin:…?amount=1), or as a chain-agnostic name (eip155:1:0x…). The
// ticker may be empty.
func Parse(text, ticker string) Address {
	scheme, s := clean(text)
	p := parser{scheme: scheme, ticker: strings.ToUpper(strings.TrimSpace(ticker)), s: s}
	switch {
	case s == "":
		return Address{Check: NotAddress, Why: "it is empty"}
	case len(s) > maxLength:
		return Address{Check: NotAddress, Why: "it is longer than any address"}
	}
	for _, form := range []func(*parser) (Address, bool){
		(*parser).hex, (*parser).bech32, (*parser).cash, (*parser).monero, (*parser).xrp, (*parser).base58, (*parser).caseLost,
	} {
		if a, ok := form(&p); ok {
			return a
		}
	}
	return p.asWritten(Unknown, NoForm, "no form of address that is known here; it is compared as it is written")
}

type parser struct{ scheme, ticker, s string }

// asWritten is an address that can only be compared as text.
func (p *parser) asWritten(c Chain, check Check, why string) Address {
	return Address{Chain: c, Check: check, Why: why, Key: "text:" + p.s, Fold: strings.ToLower(p.s)}
}

// caseLost finds forms that tell letter case apart and have lost it.
func (p *parser) caseLost() (Address, bool) {
	low := strings.ToLower(p.s)
	if len(p.s) < 25 || len(p.s) > 106 || p.s != low && p.s != strings.ToUpper(p.s) || !only(low, "0123456789abcdefghijklmnopqrstuvwxyz") ||
		only(low, "0123456789") {
		return Address{}, false
	}
	how := "lower"
	if p.s != low {
		how = "upper"
	}
	return Address{Check: Damaged, Fold: low, Why: "damaged by " + how + "-casing: this form tells letter case apart, so it cannot be compared; " +
		"get it as it was first written"}, true
}

// clean drops spaces, invisible characters and what makes an address a
// payment link. It returns the scheme of the link in lower case.
func clean(text string) (scheme, s string) {
	if len(text) > 2*maxLength {
		text = text[:2*maxLength] // still too long, and told so
	}
	b := make([]byte, 0, len(text))
	for i := range len(text) {
		if c := text[i]; c > ' ' && c < 0x7f {
			b = append(b, c)
		}
	}
	s = string(b)
	if i := strings.IndexByte(s, ':'); i >= 0 {
		scheme = strings.ToLower(s[:i])
	}
	s, query, _ := strings.Cut(s, "?")
	if scheme == "ethereum" && strings.Contains(s, "/transfer") {
		for pair := range strings.SplitSeq(query, "&") { // of a token: the link names the contract first
			if to, ok := strings.CutPrefix(pair, "address="); ok {
				return scheme, to
			}
		}
	}
	s = s[strings.LastIndexByte(s, ':')+1:]
	if i := strings.IndexAny(s, "@/"); i >= 0 {
		s = s[:i]
	}
	return scheme, strings.TrimPrefix(s, "pay-")
}
