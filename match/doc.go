// Package match looks names up in lists: through other scripts and
// spellings, errors in every word, other word order and other corporate
// forms. What else is known of the one asked about confirms or contradicts.
//
// It finds and ranks; what a hit means in law is not for it to say.
package match

import (
	"strings"
	"unicode"
)

const printed = 120 // runes; more of a name helps nobody

// printable makes a text of others safe to print: no controls, no direction
// overrides, no bytes that are no text, and not too long.
func printable(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n++; n > printed {
			return b.String() + "…"
		}
		if !unicode.IsGraphic(r) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}
