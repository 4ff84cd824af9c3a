package screen

import (
	"strconv"
	"strings"
	"unicode"

	"navicert"
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

func digits(ns []int) string {
	var out []string
	for _, n := range ns {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, ", ")
}

func percent(f float32) string { return strconv.Itoa(int(f*100+0.5)) + " %" }

// titles are how lists are called in a sentence.
var titles = map[string]string{
	"SDN": "OFAC's SDN list", "EL": "the BIS Entity List", "DPL": "the BIS Denied Persons List", "UVL": "the BIS Unverified List",
	"MEU": "the BIS Military End User List", "MIEU": "the BIS list of military-intelligence end users",
	"ISN": "the State Department's nonproliferation sanctions", "1718": "the UN 1718 list", "311": "FinCEN's section 311 list",
	"SSI": "OFAC's Sectoral Sanctions Identifications List", "CAP": "OFAC's CAPTA list", "CMIC": "OFAC's CMIC list",
	"MBS": "OFAC's Menu-Based Sanctions List", "PLC": "OFAC's PLC list", "FSE": "OFAC's Foreign Sanctions Evaders List",
	"DTC": "the State Department's list of debarred parties", "NON-SDN": "OFAC's consolidated list",
}

// title calls a list of a source by its name.
func title(authority, l string) string {
	c := code(l)
	if authority == "UN" && c == "DPRK" {
		c = "1718"
	}
	if t := titles[c]; t != "" {
		return t
	}
	if authority == "" {
		return "the list " + printable(l)
	}
	return "a list of " + printable(authority) + " (" + printable(l) + ")"
}
