package screen

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"navicert/list"
)

// TestWhatListingsState: each list, in the spellings of its sources, states
// what the law asks about, and no more.
func TestWhatListingsState(t *testing.T) {
	const all = "For all items subject to the EAR. (See §744.11 of the EAR)"
	for _, c := range []struct {
		source, list, requirement, programs, roles string
		states, doubts                             string
	}{
		{"us-ofac-sdn", "SDN", "", "DPRK3", "end_user", sdn, ""},
		{"us-csl", "Specially Designated Nationals (SDN) - Treasury Department", "", "DPRK3", "", sdn, ""},
		{"us-ofac-sdn", "SDN", "", "IRAN NPWMD IFSR", "", sdn + " " + sdn7448, ""},
		{"us-ofac-sdn", "SDN", "", "ILLICIT DRUGS-EO14059", "", sdn + " " + sdn7448, ""},
		{"us-ofac-sdn", "SDN", "", "CYBER2", "", sdn, ""},
		{"us-ofac-cons", "SSI", "", "UKRAINE-EO13662", "", "", ""},
		{"us-ofac-cons", "Non-SDN", "", "UKRAINE-EO13662", "", "", ""},
		{"us-ofac-cons", "Non-SDN Menu-Based Sanctions List", "", "", "", "", ""},
		{"us-csl", "EL", all, "", "end_user", entityList + " " + allItems, ""},
		{"us-csl", "Entity List (EL) - Bureau of Industry and Security", all, "", "bank purchaser", entityList + " " + allItems, ""},
		{"us-csl", "EL", all, "", "bank", "", entityList + " " + allItems + " " + footnoted},
		{"us-csl", "EL", "For all items subject to the EAR. (See §§ 734.9(g) and 744.21(b) of the EAR)", "", "end_user", entityList + " " + allItems + " " + footnoted, ""},
		{"us-csl", "EL", "For all items subject to the EAR when used in projects specified in § 746.8(a)(4) of the EAR", "", "end_user", entityList, allItems},
		{"us-csl", "EL", "", "", "end_user", entityList, allItems},
		{"us-csl", "DPL", "", "", "", denied, ""},
		{"us-csl", "Unverified List (UVL) - Bureau of Industry and Security", "", "", "", unverified, ""},
		{"us-csl", "MEU", "", "", "", meu + " " + military, ""},
		{"us-bis-mieu", "MIEU", "", "", "", mieu + " " + intelligence, ""},
		{"us-csl", "ISN", "", "INKSNA", "", inksna, ""},
		{"us-csl", "ISN", "", "Missile Sanctions Laws", "", inksna, ""},
		{"us-csl", "ISN", "", "E.O. 13382", "", "", ""},
		{"us-csl", "DTC", "", "", "", "", ""},
		{"un-sc", "DPRK", "", "", "", un1718, ""},
		{"un-sc", "Al-Qaida", "", "", "", "", ""},
		{"un-1718", "1718", "", "", "", un1718, ""},
		{"dprk-cyber", "311", "", "", "", "", ""},
		// foreign lists, and whoever calls his own list by another's name, state nothing
		{"eu-fsf", "PRK", "", "DPRK3", "end_user", "", ""},
		{"gb-sl", "DPRK", "", "", "end_user", "", ""},
		{"own", "SDN", "", "DPRK3", "end_user", "", ""},
	} {
		var s said
		e := &list.Entity{}
		if c.programs != "" {
			e.Programs = strings.Split(c.programs, " ")
			if strings.Contains(c.list, "ISN") || strings.Contains(c.programs, "DRUGS") {
				e.Programs = []string{c.programs}
			}
		}
		s.of(c.source, e, &list.Listing{List: c.list, Requirement: c.requirement}, strings.Fields(c.roles))
		if got := strings.Join(s.terms, " "); got != c.states || strings.Join(s.doubts, " ") != c.doubts {
			t.Errorf("%s %s %q: states %q, asks %q; want %q, %q", c.source, c.list, c.programs, got, s.doubts, c.states, c.doubts)
		}
		if len(s.terms) == 0 && s.why == "" {
			t.Errorf("%s %s: nobody says why nothing follows", c.source, c.list)
		}
	}
}

// TestFootnotes: which rules on foreign-made items an entry brings with it.
func TestFootnotes(t *testing.T) {
	for _, c := range []struct {
		notes                   []int
		requirement             string
		states, doubts, mention string
	}{
		{nil, "", "", "", ""},
		{[]int{2}, "", "", "", ""},
		{[]int{1, 2}, "", footnoted, "", "734.9(e)(1)"},
		{[]int{3}, "", footnoted, "", "734.9(g)"},
		{[]int{4}, "", footnoted, "", "734.9(e)(2)"},
		{[]int{5}, "", footnoted, "", "734.4(a)(9)"},
		{nil, "734.4(a)(9)", footnoted, "", "734.4(a)(9)"},
		{[]int{4, 6}, "", "", footnoted, "footnotes 4, 6"},
	} {
		var s said
		l := &list.Listing{List: "EL", Requirement: "For all items subject to the EAR " + c.requirement, Footnotes: c.notes}
		s.of("us-csl", &list.Entity{}, l, []string{"end_user"})
		states := strings.TrimSpace(strings.TrimPrefix(strings.Join(s.terms, " "), entityList+" "+allItems))
		if states != c.states || strings.Join(s.doubts, " ") != c.doubts || !strings.Contains(s.why, c.mention) || (s.why == "") != (c.mention == "") {
			t.Errorf("%v %q: states %q, asks %q: %s", c.notes, c.requirement, states, s.doubts, s.why)
		}
	}
}

func TestReach(t *testing.T) {
	for text, want := range map[string]reached{
		"For all items subject to the EAR.  (See §744.11 of the EAR)":                                         reachAll,
		"All items subject to the EAR (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)":              reachAll,
		"For All Items Subject to the EAR (See §734.9(e)(2), and §744.11 of the EAR)4.":                       reachAll,
		"For all items subject to the EAR":                                                                    reachAll,
		"For all items subject to the EAR except for: crude oil":                                              reachPart,
		"For all items subject to the EAR, see §§ 736.2(b)(3)(vi), and 744.11 of the EAR, EXCEPT for":         reachPart,
		"For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR":              reachPart,
		"For any item subject to the EAR listed in supplement no. 2 to part 744.":                             reachPart,
		"For all items subject to the EAR. This license requirement may be overcome by License Exception GOV": reachPart,
		"For all items subject to the EAR, with case-by-case basis for items listed on the CCL":               reachPart,
		"": reachPart,
	} {
		if got := reach(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestReachOfTheRealList: of the Entity List in May 2025, all but the named
// few ask for a license for every item.
func TestReachOfTheRealList(t *testing.T) {
	f, err := os.Open("../../shared/lists/us-csl/consolidated.2025-05.csv.gz")
	if err != nil {
		t.Skip("needs the Consolidated Screening List, which is not part of this project")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[strings.TrimPrefix(h, "\ufeff")] = i
	}
	count := map[reached]int{}
	for _, r := range rows[1:] {
		if strings.HasPrefix(r[at["source"]], "Entity List") {
			count[reach(r[at["license_requirement"]])]++
		}
	}
	if count[reachAll] != 3171 || count[reachPart] != 142 {
		t.Errorf("%v", count)
	}
}

func TestDocType(t *testing.T) {
	for called, want := range map[string]list.DocType{
		"passport": list.Passport, "Passport No.": list.Passport, "tax": list.TaxID, "INN": list.TaxID, "IMO": list.IMO,
		"LEI": list.LEI, "BIC": list.BIC, "company registration": list.Registration, "club card": list.OtherDoc, "": list.OtherDoc,
	} {
		if got := docType(called); got != want {
			t.Errorf("%q: %v, want %v", called, got, want)
		}
	}
}
