package feed

import (
	"strings"

	"navicert/list"
)

const ofacExports = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"

// OFAC numbers the parties of both lists from one series, so both lists share
// the prefix and a party on both has one ID.
var ofacSDN = &Source{
	Key: "us-ofac-sdn", Prefix: "ofac",
	Title:     "OFAC Specially Designated Nationals and Blocked Persons List",
	Authority: "OFAC",
	License:   "work of the United States Government: public domain (17 USC 105)",
	Cadence:   "several times a week, without a fixed day",
	Forms: []Form{
		{Name: "enhanced", Files: []URL{{Name: "sdn_enhanced.xml", Address: ofacExports + "SDN_ENHANCED.ZIP"}}, Parse: readEnhanced("SDN"), Is: ofacXML("sdn", "sanctionsData")},
		{Name: "advanced", Files: []URL{{Name: "sdn_advanced.xml", Address: ofacExports + "SDN_ADVANCED.XML"}}, Parse: readAdvanced("SDN"), Is: ofacXML("sdn", "Sanctions")},
		{Name: "xml", Files: []URL{{Name: "sdn.xml", Address: ofacExports + "SDN.XML"}}, Parse: readOFACXML("SDN"), Is: ofacXML("sdn", "sdnList")},
		{Name: "csv", Files: []URL{
			{Name: "sdn.csv", Address: ofacExports + "SDN.CSV"},
			{Name: "add.csv", Address: ofacExports + "ADD.CSV"},
			{Name: "alt.csv", Address: ofacExports + "ALT.CSV"},
			{Name: "sdn_comments.csv", Address: ofacExports + "SDN_COMMENTS.CSV"},
		}, Parse: readOFACCSV("SDN", "sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv"), Is: ofacCSV("sdn", "add", "alt", "sdn_comments")},
	},
	Band:      [2]int{14890, 35030}, // 18,500 in 2025, of which 518 went on one day
	MaxChange: 0.2,
}

var ofacCons = &Source{
	Key: "us-ofac-cons", Prefix: "ofac",
	Title:     "OFAC Consolidated Sanctions List (non-SDN)",
	Authority: "OFAC",
	License:   ofacSDN.License,
	Cadence:   "a few times a month at most",
	Forms: []Form{
		{Name: "enhanced", Files: []URL{{Name: "cons_enhanced.xml", Address: ofacExports + "CONS_ENHANCED.ZIP"}}, Parse: readEnhanced(nonSDN), Is: ofacXML("cons", "sanctionsData")},
		{Name: "advanced", Files: []URL{{Name: "cons_advanced.xml", Address: ofacExports + "CONS_ADVANCED.XML"}}, Parse: readAdvanced(nonSDN), Is: ofacXML("cons", "Sanctions")},
		{Name: "xml", Files: []URL{{Name: "consolidated.xml", Address: ofacExports + "CONSOLIDATED.XML"}}, Parse: readOFACXML(nonSDN), Is: ofacXML("cons", "sdnList")},
		{Name: "csv", Files: []URL{
			{Name: "cons_prim.csv", Address: ofacExports + "CONS_PRIM.CSV"},
			{Name: "cons_add.csv", Address: ofacExports + "CONS_ADD.CSV"},
			{Name: "cons_alt.csv", Address: ofacExports + "CONS_ALT.CSV"},
			{Name: "cons_comments.csv", Address: ofacExports + "CONS_COMMENTS.CSV", Optional: true},
		}, Parse: readOFACCSV(nonSDN, "cons_prim.csv", "cons_add.csv", "cons_alt.csv", "cons_comments.csv"), Is: ofacCSV("cons_prim", "cons_add", "cons_alt", "cons_comments")},
	},
	Band:      [2]int{300, 1200}, // 443 in 2025
	MaxChange: 0.2,
}

// nonSDN is the list of a party of which a form says only that it is on one of
// the lists beside the SDN list.
const nonSDN = "Non-SDN"

// The forms of both lists look alike: the name of the file tells which it is.
func ofacXML(prefix, root string) func(Head) bool {
	return func(h Head) bool { return h.Root() == root && strings.HasPrefix(h.Name, prefix) }
}

func ofacCSV(stems ...string) func(Head) bool {
	return func(h Head) bool {
		for _, s := range stems {
			if stem(h.Name) == s && strings.HasSuffix(h.Name, ".csv") {
				return true
			}
		}
		return false
	}
}

// ofacLists gives OFAC's lists the short codes that the Consolidated Screening
// List has for them.
var ofacLists = map[string]string{
	"SDN List": "SDN",
	"Non-SDN Palestinian Legislative Council List": "PLC",
	"FSE List":          "FSE",
	"CAPTA List":        "CAP",
	"SDN":               "SDN",
	nonSDN:              nonSDN,
	"Non-SDN CMIC List": "CMIC",
	"Sectoral Sanctions Identifications List": "SSI",
	"Non-SDN Menu-Based Sanctions List":       "MBS",
}

// metaList stands beside a list of its own for every party that is not an SDN.
const metaList = "Consolidated List"

// programLists tells the list of a non-SDN party from its program, where only
// one list uses the program.
var programLists = map[string]string{
	"NS-PLC": "PLC", "UKRAINE-EO13662": "SSI", "CMIC-EO13959": "CMIC", "FSE-IR": "FSE", "FSE-SY": "FSE", "FSE-WMD": "FSE",
}

// listings makes the listings of a party whose form does not name its lists.
func ofacListings(of string, programs []string) []list.Listing {
	if of != nonSDN {
		return []list.Listing{{List: of}}
	}
	var out []list.Listing
	for _, p := range programs {
		if l := programLists[p]; l != "" {
			out = append(out, list.Listing{List: l})
		}
	}
	if out == nil {
		out = []list.Listing{{List: nonSDN}}
	}
	return out
}

func ofacID(uid string) string { return "ofac-" + uid }

var ofacKinds = map[string]list.Kind{
	"individual": list.KindPerson, "entity": list.KindOrganization, "vessel": list.KindVessel, "aircraft": list.KindAircraft,
	"-0-": list.KindOrganization, // CSV
}

// ofacName makes a name of what CSV writes: persons as "LAST, First Middle".
func ofacName(text string, k list.NameKind, person bool) list.Name {
	n := list.Name{Text: squash(text), Kind: k}
	if last, first, ok := strings.Cut(n.Text, ", "); ok && person {
		n.Last, n.First = last, first
	}
	return n
}

var ofacAliases = map[string]list.NameKind{
	"aka": list.AKA, "fka": list.FKA, "nka": list.NKA, "dba": list.AKA, "name": list.Primary,
}

// aliasKind reads "a.k.a.", "A.K.A.", "aka".
func aliasKind(s string) (list.NameKind, bool) {
	k, ok := ofacAliases[strings.ToLower(strings.ReplaceAll(s, ".", ""))]
	return k, ok
}

// isNumber is whether s is one of OFAC's numbers.
func isNumber(s string) bool {
	if s == "" || len(s) > 12 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
