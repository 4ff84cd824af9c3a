package screen

import (
	"regexp"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
)

// The terms of the law that a listing can state, in the order of the glossary.
const (
	denied      = "screening.denied"
	entityList  = "screening.entity_list"
	allItems    = "screening.entity_list_all_items"
	footnoted   = "screening.entity_list_footnote"
	entityOwner = "screening.entity_list_owner"
	meu         = "screening.military_end_user"
	meuOwner    = "screening.military_end_user_owner"
	mieu        = "screening.military_intelligence"
	unverified  = "screening.unverified"
	sdn         = "screening.sdn"
	sdn7448     = "screening.sdn_744_8"
	sdnOwner    = "screening.sdn_owner"
	dprkCyber   = "screening.dprk_cyber"
	inksna      = "screening.inksna"
	un1718      = "screening.un_1718"

	military     = "knowledge.military"
	intelligence = "knowledge.military_intelligence"
)

var terms = []string{military, intelligence, denied, entityList, allItems, footnoted, entityOwner, meu, meuOwner, mieu, unverified, sdn, sdn7448, sdnOwner, dprkCyber, inksna, un1718}

// tags7448 are the SDN tags of 15 CFR 744.8(a)(1), checked: eCFR 2026-09-24.
// OFAC's data writes a hyphen where the regulation has "ILLICIT DRUGS".
var tags7448 = []string{
	"BELARUS-EO14038", "BELARUS", "RUSSIA-EO14024",
	"UKRAINE-EO13660", "UKRAINE-EO13661", "UKRAINE-EO13662", "UKRAINE-EO13685",
	"FTO", "SDGT", "NPWMD",
	"ILLICIT-DRUGS-EO14059", "SDNT", "SDNTK", "TCO",
}

// nonproliferation names the acts of 15 CFR 744.19 as the State Department's
// list names them: the Iran, North Korea and Syria Nonproliferation Act and
// its predecessors, the Iran-Iraq Arms Non-Proliferation Act, the missile
// sanctions of section 11B of the Export Administration Act, and the Iran
// Sanctions Act.
var nonproliferation = []string{
	"INKSNA", "NORTH KOREA, AND SYRIA NONPROLIFERATION", "NORTH KOREA AND SYRIA NONPROLIFERATION", "IRAN NONPROLIFERATION ACT",
	"IRAN AND SYRIA NONPROLIFERATION", "IRAN-IRAQ ARMS", "MISSILE SANCTIONS", "IRAN SANCTIONS ACT",
}

// code is the short code of a list within a source, whatever the source's own
// spelling.
func code(l string) string {
	u := strings.ToUpper(strings.TrimSpace(l))
	for _, c := range []struct{ in, code string }{
		{"SPECIALLY DESIGNATED", "SDN"},
		{"SDN LIST", "SDN"},
		{"ENTITY LIST", "EL"},
		{"DENIED PERSONS", "DPL"},
		{"UNVERIFIED", "UVL"},
		{"MILITARY-INTELLIGENCE", "MIEU"},
		{"MILITARY INTELLIGENCE", "MIEU"},
		{"MILITARY END", "MEU"},
		{"NONPROLIFERATION SANCTIONS", "ISN"},
		{"NON-SDN", "NON-SDN"},
	} {
		if strings.Contains(u, c.in) && !(c.code == "SDN" && strings.HasPrefix(u, "NON-")) {
			return c.code
		}
	}
	return u
}

// trading are the roles of 15 CFR 748.5(c) to (f), whom the Entity List asks about.
var trading = []string{navicert.Purchaser, navicert.IntermediateConsignee, navicert.UltimateConsignee, navicert.EndUser}

// said is what one listing means in the law.
type said struct {
	terms  []string // it states to be true
	doubts []string // a person must answer
	why    string   // about the doubt, or about the listing
	hold   bool     // it forbids something that is not encoded: a person must see whether that is this deal
}

// answer says what is to be done about a listing that is certain, and does not
// say by itself what it means for the deal.
func (s *said) answer(own bool) string {
	switch {
	case own:
		return "Whoever keeps the firm's own list must release the deal."
	case len(s.doubts) > 0:
		return "Read the entry. If it reaches this deal, state " + strings.Join(s.doubts, " and ") + " as true; that it does not is for a person to decide, and stays open here."
	}
	return "Until somebody has, the answer stays open; keep with the deal what was decided."
}

// partly are lists of the United States that block nothing and forbid some
// dealings. What they forbid is not encoded.
var partly = map[string]string{
	"SSI":     "directives under E.O. 13662 (31 CFR part 589) forbid credit beyond some days, and goods, services and technology for some oil projects",
	"FSE":     "E.O. 13608 forbids US persons dealings with foreign sanctions evaders, goods, services and technology among them",
	"CAP":     "correspondent and payable-through accounts of the bank are forbidden or under conditions",
	"MBS":     "its entry says which sanctions of a menu bind it; export licenses can be one",
	"PLC":     "transactions of members of the Palestinian Legislative Council are to be rejected",
	"NON-SDN": "it has lists with rules of their own, which block nothing",
}

// of says what a listing states of a party with these roles. Nothing is ever
// stated to be false.
func (s *said) of(source string, e *list.Entity, l *list.Listing, roles []string) {
	us, un := strings.HasPrefix(source, "us-") || source == list.DPRKCyber, strings.HasPrefix(source, "un-")
	state := func(ts ...string) { s.terms = added(s.terms, ts) }
	note := func(text string) {
		if s.why != "" && !strings.Contains(s.why, text) {
			text = s.why + "; " + text
		}
		s.why = text
	}
	switch c := code(l.List); {
	case c == "SDN" && us:
		state(sdn)
		if slices.ContainsFunc(e.Programs, func(p string) bool { return slices.Contains(tags7448, strings.ReplaceAll(p, " ", "-")) }) {
			state(sdn7448)
		}
	case c == "EL" && us:
		if !slices.ContainsFunc(trading, func(r string) bool { return slices.Contains(roles, r) }) {
			s.doubts = added(s.doubts, []string{entityList, allItems, footnoted})
			note("15 CFR 744.11 asks about purchaser, consignees and end user, and this party is none of them; a person must see what it does in the deal")
			return
		}
		state(entityList)
		switch reach(l.Requirement) {
		case reachAll:
			state(allItems)
		default:
			s.doubts = added(s.doubts, []string{allItems})
			note("its license requirement is not simply for all items: " + printable(l.Requirement))
		}
		if rules, sure := productRules(l); len(rules) > 0 {
			why := "by a footnote its entry makes more foreign-made items subject to the EAR (15 CFR " + strings.Join(rules, ", ") + ")"
			if sure {
				state(footnoted)
			} else {
				s.doubts = added(s.doubts, []string{footnoted})
				why = "its entry has a footnote that is not known here (" + strings.Join(rules, ", ") + "); it may make more foreign-made items subject to the EAR"
			}
			note(why)
		}
	case c == "DPL" && us:
		state(denied)
	case c == "UVL" && us:
		state(unverified)
	case c == "MEU" && us:
		state(meu, military)
		note("Supp. 7 to 15 CFR part 744 names it as a military end user, so that one is known")
	case c == "MIEU" && us:
		state(mieu, intelligence)
		note("15 CFR 744.22(f)(2) names it as a military-intelligence end user, so that one is known")
	case c == "ISN" && us:
		acts := strings.ToUpper(strings.Join(append(slices.Clone(e.Programs), l.List, strings.Join(e.Legal, " ")), " | "))
		if slices.ContainsFunc(nonproliferation, func(a string) bool { return strings.Contains(acts, a) }) {
			state(inksna)
		} else {
			s.hold = true
			note("15 CFR 744.19 does not name the act under which it is sanctioned; a person must see what that act forbids")
		}
	case (c == "1718" || c == "DPRK") && un:
		state(un1718)
	case c == "DPRK-CYBER" && us:
		state(dprkCyber)
	case c == "311" && us:
		s.hold = true
		note("it closes correspondent accounts and blocks no property, so no fact follows here; a person must see whether money of this deal runs through it")
	case (c == "CMIC" || c == "NON-SDN" && slices.Contains(e.Programs, "CMIC-EO13959")) && us:
		note("E.O. 13959 as amended forbids US persons its securities and blocks no property, so no fact follows here [recalled]")
	case c == "DTC" && us:
		note("the debarment is about exports under the ITAR (22 CFR 127.7), which are not asked here [recalled]")
	case partly[c] != "" && us:
		s.hold = true
		note(partly[c] + " [recalled]; that is not encoded here, and a person must see whether it reaches this deal")
	case source == "own" || strings.HasPrefix(source, "own-"):
		note("the firm's own list stops the deal, not the law")
	case us:
		s.hold = true
		note("what this list of the United States forbids is not encoded here; a person must see whether it is this deal")
	default:
		note("no paragraph of the law that is encoded here asks about this list")
	}
}

// added are terms with more of them, each once.
func added(to, ts []string) []string {
	for _, t := range ts {
		if !slices.Contains(to, t) {
			to = append(to, t)
		}
	}
	return to
}

// footnoteRules are the rules on foreign-made items that the footnotes of the
// Entity List stand for. Footnote 2 stands for none.
var footnoteRules = map[int]string{1: "734.9(e)(1)", 3: "734.9(g)", 4: "734.9(e)(2)", 5: "734.9(e)(3), 734.4(a)(9)"}

// productRules names the rules on foreign-made items that an entry of the
// Entity List brings with it, by its footnotes or in its own words; sure:
// which they are is known.
func productRules(l *list.Listing) (rules []string, sure bool) {
	for _, n := range l.Footnotes {
		if r := footnoteRules[n]; r != "" {
			rules = append(rules, r)
		} else if n != 2 {
			return []string{"footnotes " + digits(l.Footnotes)}, false
		}
	}
	for _, r := range []string{"734.9", "734.4(a)(9)"} { // where the footnote itself was lost
		if len(rules) == 0 && strings.Contains(l.Requirement, r) {
			rules = append(rules, r)
		}
	}
	return rules, true
}

type reached int

const (
	reachPart reached = iota
	reachAll
)

var (
	allItemsText = regexp.MustCompile(`(?i)^(for )?(all|any) items? subject to the ear\b`)
	limits       = regexp.MustCompile(`(?i)except|apart from|other than|when used|case-by-case|may be overcome|listed in|unless|limited to`)
)

// reach reads a license requirement. Only one for all items, without a limit,
// is taken for that.
func reach(requirement string) reached {
	text := strings.Join(strings.Fields(requirement), " ")
	if allItemsText.MatchString(text) && !limits.MatchString(text) {
		return reachAll
	}
	return reachPart
}
