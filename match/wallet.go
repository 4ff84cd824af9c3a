package match

import "bytes"

// maxAddress is more than any chain's addresses have.
const maxAddress = 256

// appendWallet appends the form in which an address is compared: without
// spaces and invisible characters, without what makes it a payment link, and in lower case where the chain does not
// tell case apart (0x… and bech32). Base58 does. The asset plays no part: one
// address holds many.
func appendWallet(b []byte, s string) []byte {
	start := len(b)
	for i := 0; i < len(s) && len(b)-start <= maxAddress; i++ {
		if c := s[i]; c > ' ' && c < 0x7f {
			b = append(b, c)
		}
	}
	a := b[start:]
	if i := bytes.LastIndexByte(a, ':'); i >= 0 { // bitcoin:ADDRESS?amount=1, ethereum:ADDRESS@1
		b = append(b[:start], a[i+1:]...)
		a = b[start:]
	}
	if i := bytes.IndexAny(a, "?@"); i >= 0 {
		b = b[:start+i]
		a = b[start:]
	}
	for _, prefix := range []string{"0x", "bc1", "tb1", "ltc1"} {
		if hasPrefix(a, prefix) {
			for i, c := range a {
				a[i] = lower(c)
			}
			break
		}
	}
	return b
}

// hasPrefix ignores case.
func hasPrefix(a []byte, prefix string) bool {
	if len(a) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if lower(a[i]) != prefix[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
