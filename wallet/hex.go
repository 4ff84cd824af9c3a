package wallet

import "strings"

// only tells whether s is made of these letters alone.
func only(s, letters string) bool { return strings.Trim(s, letters) == "" }

// hex reads what is written in hexadecimal digits: EVM, and TRON's inner form.
func (p *parser) hex() (Address, bool) {
	digits := p.s
	prefixed := len(digits) > 2 && digits[0] == '0' && digits[1]|0x20 == 'x'
	if prefixed {
		digits = digits[2:]
	}
	if digits == "" || !only(digits, "0123456789abcdefABCDEF") {
		return Address{}, false
	}
	low := strings.ToLower(digits)
	switch {
	case len(low) == 42 && low[:2] == "41":
		return Address{Chain: Tron, Check: Bare, Key: "tron:" + low[2:]}, true
	case len(low) == 40:
		a := Address{Chain: EVM, Check: Bare, Key: "evm:" + low}
		if p.ticker == "TRX" { // some tools write TRON so
			a.Also = "tron:" + low
		}
		if digits != low && digits != strings.ToUpper(digits) {
			if a.Check = Valid; digits != eip55(low) {
				a.Check, a.Why = Fails, "its letter case does not hold as a checksum (EIP-55): a letter may be mistyped"
			}
		}
		return a, true
	case len(low) == 64:
		return Address{
			Check: NotAddress, Key: "text:" + low,
			Why: "64 hexadecimal digits are a hash or a key, not an address; it is compared as it is written",
		}, true
	case prefixed:
		return Address{Check: NotAddress, Key: "text:0x" + low, Why: "after 0x an address has 40 hexadecimal digits"}, true
	}
	return Address{}, false
}

// eip55 sets the letter case of 40 hexadecimal digits so that it is a checksum.
func eip55(low string) string {
	h := keccak256([]byte(low))
	out := []byte(low)
	for i, c := range out {
		if nibble := h[i/2] >> (4 * (1 - i%2)) & 15; c >= 'a' && nibble >= 8 {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}
