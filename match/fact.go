package match

import (
	"fmt"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
)

// The terms that a hit can state, in the order of the glossary.
const (
	sdn       = "screening.sdn"
	sdn7448   = "screening.sdn_744_8"
	dprkCyber = "screening.dprk_cyber"
	un1718    = "screening.un_1718"
)

var terms = []string{sdn, sdn7448, dprkCyber, un1718}

// tags7448 are the SDN tags of 15 CFR 744.8(a)(1), checked: eCFR 2026-09-24.
// OFAC's data writes a hyphen where the regulation has "ILLICIT DRUGS".
var tags7448 = []string{
	"BELARUS-EO14038", "BELARUS", "RUSSIA-EO14024",
	"UKRAINE-EO13660", "UKRAINE-EO13661", "UKRAINE-EO13662", "UKRAINE-EO13685",
	"FTO", "SDGT", "NPWMD",
	"ILLICIT-DRUGS-EO14059", "SDNT", "SDNTK", "TCO",
}

// cyberPart is the part whose entries belong to North Korea's cyber program,
// unless they are outsiders.
const cyberPart = "dprk-cyber"

// terms returns what the hit states to be true. Nothing is ever stated to be
// false.
func (h *Found) terms() []string {
	if h.Entry == nil || h.Weak || h.When != Then {
		return nil
	}
	e := h.Entry
	switch e.Authority {
	case list.UN1718:
		return []string{un1718}
	case list.OFAC:
		out := []string{sdn}
		if slices.ContainsFunc(e.Programs, func(p string) bool {
			return slices.Contains(tags7448, strings.ReplaceAll(p, " ", "-"))
		}) {
			out = append(out, sdn7448)
		}
		// Mixers and exchanges served whoever came.
		if e.Part == cyberPart && !e.Outsider && e.Kind != "mixer" && e.Kind != "exchange" {
			out = append(out, dprkCyber)
		}
		return out
	}
	return nil
}

// Facts returns what the hits state: each term once, with the first hit that
// states it and the number of the others.
func Facts(hits []Found) []navicert.Fact {
	first, more := map[string]*Found{}, map[string]int{}
	for i := range hits {
		for _, t := range hits[i].terms() {
			if first[t] == nil {
				first[t] = &hits[i]
			} else {
				more[t]++
			}
		}
	}
	var out []navicert.Fact
	for _, t := range terms {
		h := first[t]
		if h == nil {
			continue
		}
		note := h.Note()
		if more[t] > 0 {
			note += fmt.Sprintf("; %d more", more[t])
		}
		out = append(out, navicert.Fact{Term: t, Value: "true", Evidence: navicert.Evidence{
			Kind: "found", By: h.Entry.Part, On: h.Entry.AsOf.String(), Where: h.Where, Note: note,
		}})
	}
	return out
}
