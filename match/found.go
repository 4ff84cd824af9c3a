package match

import (
	"fmt"
	"strings"
	"unicode"

	"navicert"
	"navicert/list"
)

// How says by what a party was found.
type How string

// The ways to be found. Cut is no find: the name is longer than what is
// compared, and the reader must know.
const (
	ByName   How = "name"
	ByAlias  How = "alias"
	ByWallet How = "wallet"
	Cut      How = "cut"
)

// When compares the day of the deal with the days of the listing.
type When int

// An entry counts from the day it is listed to the day before it is removed.
const (
	Then   When = iota // listed on that day
	Later              // listed only later
	Before             // no longer listed
)

// Found is an entry that a party was found as.
type Found struct {
	Entry            *list.Entry // nil for Cut
	Party            int         // index
	Where            string      // place of the party or wallet in the deal
	How              How
	Asked            string // as the deal writes it
	Matched          string // as the list writes it
	Weak             bool   // one word in common besides corporate forms: for a person to compare
	When             When
	Listed, Delisted navicert.Day // of the entry, or of the wallet itself
}

// States tells whether the hit states a fact; the others are only shown.
func (h *Found) States() bool { return len(h.terms()) > 0 }

// Note tells the hit in one sentence.
func (h *Found) Note() string {
	asked := `"` + printable(h.Asked) + `"`
	if h.How == Cut {
		return asked + " is longer than the names that are compared: only its beginning was looked up."
	}
	e := h.Entry
	var b strings.Builder
	switch {
	case h.How == ByWallet:
		fmt.Fprintf(&b, "wallet %s is a wallet of %s", h.Matched, e.Name)
	case h.Weak:
		fmt.Fprintf(&b, "%s has a word in common with %s, too little to be taken for it (compare by hand)", asked, e.Name)
	case h.How == ByAlias:
		fmt.Fprintf(&b, "%s is %s (alias %q)", asked, e.Name, h.Matched)
	default:
		fmt.Fprintf(&b, "%s is %s", asked, e.Name)
	}
	since := h.Listed.String()
	if e.Dates == "recalled" {
		since += " [day recalled]"
	}
	switch h.When {
	case Then:
		fmt.Fprintf(&b, ", on %s since %s", listName(e.Authority), since)
	case Later:
		fmt.Fprintf(&b, ", on %s only since %s, after the day of this deal", listName(e.Authority), since)
	case Before:
		fmt.Fprintf(&b, ", on %s from %s, taken off on %s, no longer listed on the day of this deal", listName(e.Authority), since, h.Delisted)
	}
	fmt.Fprintf(&b, " (%s), source %s", strings.Join(e.Programs, ", "), e.Source)
	if e.Evidence == "recalled" {
		b.WriteString(" [recalled]")
	}
	if e.Authority == list.FinCEN {
		b.WriteString("; it closes correspondent accounts and blocks no property, so no fact follows here")
	}
	return b.String()
}

func listName(authority string) string {
	switch authority {
	case list.OFAC:
		return "OFAC's list"
	case list.UN1718:
		return "the UN 1718 list"
	}
	return authority + "'s list"
}

// label names a party for people.
func label(p *navicert.Party) string {
	switch {
	case p.Name != "":
		return printable(p.Name)
	case len(p.Aliases) > 0:
		return printable(p.Aliases[0])
	case len(p.Wallets) > 0:
		return printable(p.Wallets[0].Address)
	}
	return strings.Join(p.Roles, ", ")
}

const printed = 120 // runes; more of a name helps nobody

// printable makes a text of the deal safe to print: no controls, no
// direction overrides, no bytes that are no text, and not too long.
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
