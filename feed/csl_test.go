package feed

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"navicert/list"
)

func TestFootnotes(t *testing.T) {
	for _, c := range []struct {
		text string
		want []int
	}{
		{"For all items subject to the EAR. (See §744.11 of the EAR).", nil},
		{"(See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", []int{3}},
		{"(See §§ 734.9(g), 3 746.8(a)(3), and 744.21(b) of the EAR.)", []int{3}},
		{"(See §§ 734.9(g),3\u00a0746.8(a)(3), and 744.21(b) of the EAR)", []int{3}},
		{"(See §§734.9(g)3, 746.8(a)(3), and 744.2l(b) of the EAR", []int{3}},
		{"(See §734.9(g), 3 §746.8(a)(3), and §744.21(b) of the EAR).", []int{3}},
		{"(See §§ 734.9(g),3 744.21(b) and 746.8(a)(3) of the EAR)", []int{3}},
		{"see §§\u00a0734.9(e)1 and 744.11 of the EAR2", []int{1, 2}},
		{"see §§ 734.9(e)\u00a01\u00a0and 744.11 of the EAR\u00a02", []int{1, 2}},
		{"see §§ 734.9(e)1, and 744.11 of the EAR2", []int{1, 2}},
		{"(See §734.9(e)1, and §744.11 of the EAR)2.", []int{1, 2}},
		{"(See §§ 734.9(e)(2) and 744.11 of the EAR)4", []int{4}},
		{"(See §§ 734.9(e) and 744.11 of the EAR) 4", []int{4}},
		{"(See §734.9(e), and 744.11 of the EAR)4.", []int{4}},
		{"(See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5", []int{5}},
		{"(See §734.4(a)(9), 734.9(e)(3) and 744.11 of the EAR)5\u00a0", []int{5}},
		{"(See §§744.8(b), 744.11, 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", []int{3}},
		{"when used in projects specified in § 746.8(a)(4)5 of the EAR", []int{5}},
		{"(See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)", nil},
		{"For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR", nil},
		{"pursuant to General License No. 11 of December 20, 2016.", nil},
		{"except EAR99 (see § 744.2 (d) of the EAR). License Exception GOV under § 740.11(b)(2) and (e).", nil},
		{"", nil},
	} {
		if got := footnotes(c.text); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
		}
	}
}

func TestNotices(t *testing.T) {
	for text, want := range map[string]string{
		"87 FR 20299; 87 FR 34136":                        "87 FR 20299|87 FR 34136",
		"84 FR 22961, 85 FR 29852, 85 FR 36720":           "84 FR 22961|85 FR 29852|85 FR 36720",
		"68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06":     "68 F.R. 38290 6/27/03|71 F.R. 38843 7/10/06",
		"66 FR 24266, 77 FR 58006 (no. 182); 84 FR 40241": "66 FR 24266|77 FR 58006 (no. 182)|84 FR 40241",
		"Vol. 84, No. 99, 05/22/2019":                     "Vol. 84, No. 99, 05/22/2019",
		"83 FR 18112 ":                                    "83 FR 18112",
		"":                                                "",
		"see 77 FR 61249 No. 195":                         "see 77 FR 61249 No. 195",
		"84 FR 40241, 84 FR 40241":                        "84 FR 40241",
	} {
		if got := strings.Join(noticesOf(text), "|"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestNameID(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"Huawei Technologies Co., Ltd.", "us-el-huawei-technologies-co-ltd"},
		{" I. ASH", "us-el-i-ash"},
		{"140 Repair Plant JSC", "us-el-140-repair-plant-jsc"},
	} {
		if got := nameID("us-el", c.a); got != c.b {
			t.Errorf("%s: %s", c.a, got)
		}
	}
	a, b := nameID("us-el", "华为"), nameID("us-el", "中兴")
	if a == b || len(a) < 12 || nameID("us-el", strings.Repeat("long name ", 50)) == nameID("us-el", strings.Repeat("long name ", 51)) {
		t.Errorf("%s %s", a, b)
	}
}

var cslSamples = map[string]string{"2025.csv": "csv", "2022.csv": "csv", "consolidated.json": "json"}

// The samples hold the same parties in the three full forms.
func TestCSLForms(t *testing.T) {
	_, want := read(t, sample(t, "csl/2025.csv"))
	for name, form := range cslSamples {
		s, ed := read(t, sample(t, "csl/"+name))
		if s != csl || ed.Form != form || len(ed.Entities) != len(want.Entities) {
			t.Fatalf("%s: %s %s, %d entities, want %d", name, s.Key, ed.Form, len(ed.Entities), len(want.Entities))
		}
		for i, e := range ed.Entities {
			x, y := facets(want.Entities[i]), facets(e)
			if form == "json" { // parted where CSV is not
				delete(x, "addresses")
				delete(y, "addresses")
			}
			x["id"], y["id"] = want.Entities[i].ID, e.ID
			x["listings"], y["listings"] = fmt.Sprintf("%+v", want.Entities[i].Listings), fmt.Sprintf("%+v", e.Listings)
			x["relations"], y["relations"] = fmt.Sprintf("%+v", want.Entities[i].Relations), fmt.Sprintf("%+v", e.Relations)
			x["notes"], y["notes"] = fmt.Sprint(want.Entities[i].Notes), fmt.Sprint(e.Notes)
			x["vessel"], y["vessel"] = fmt.Sprintf("%+v", want.Entities[i].Vessel), fmt.Sprintf("%+v", e.Vessel)
			for k := range x {
				if x[k] != y[k] {
					t.Errorf("%s: %s of %s is\n\t%s, in 2025.csv\n\t%s", name, k, e.ID, y[k], x[k])
				}
			}
		}
	}
	if _, ed := read(t, sample(t, "csl/consolidated.json")); ed.Date.String() != "2025-12-23" {
		t.Error(ed.Date)
	}
	_, compact := read(t, sample(t, "csl/compact.json"))
	if compact.Form != "compact" || compact.Date.String() != "2026-07-31" || len(compact.Entities) != len(want.Entities) {
		t.Errorf("%s of %s: %d", compact.Form, compact.Date, len(compact.Entities))
	}
	for i, e := range compact.Entities {
		if w := want.Entities[i]; e.ID != w.ID || !reflect.DeepEqual(e.Names, w.Names) || e.Listings[0].List != w.Listings[0].List ||
			!slices.Equal(e.Listings[0].Footnotes, w.Listings[0].Footnotes) || !slices.Equal(e.Programs, w.Programs) {
			t.Errorf("compact:\n\t%+v\n\t%+v", e, w)
		}
	}
}

func TestCSLFacts(t *testing.T) {
	_, ed := read(t, sample(t, "csl/2025.csv"))
	es := byID(t, ed.Entities)
	el, part := es["us-el-sample-radar-institute"], es["us-el-sample-radar-institute-subordinate-institution-7th-factory"]
	dpl, kim, trading, star, isn := es["us-dpl-i-sample"], es["ofac-101"], es["ofac-102"], es["ofac-103"], es["us-isn-sample-atomic-bureau"]
	if el == nil || part == nil || dpl == nil || kim == nil || trading == nil || star == nil || isn == nil || len(es) != 7 {
		t.Fatalf("%v", slices.Sorted(maps.Keys(es)))
	}
	var names []string
	for _, n := range append(slices.Clone(el.Names), isn.Names...) {
		names = append(names, fmt.Sprint(n.Text, n.Kind))
	}
	for _, c := range []struct{ got, want string }{
		{strings.Join(names, "|"), "Sample Radar Institute0|Sample Institute1|Tabatha Ltd.1|Sample Radar1|Sample Atomic Bureau0|SAB1|Sample Bureau Co., Ltd.1|Sample Office2"},
		{fmt.Sprint(el.Kind, len(el.Addresses), el.Addresses[1].Country, el.Notes), "0 3HK[(See alternate address under China)]"},
		{fmt.Sprint(len(el.Listings), el.Listings[0].Footnotes, el.Listings[1].Footnotes, el.Listings[0].Notices), "2 [3] [1 2] [84 FR 22961 85 FR 29852 87 FR 34136]"},
		{fmt.Sprintf("%+v", part.Relations), "[{Type:0 Kind:Subordinate Institution To:us-el-sample-radar-institute Name:Sample Radar Institute Percent:0 Former:false}]"},
		{part.Listings[0].Policy, "Case-by-case review for licenses for civil aviation. Presumption of denial for all others."},
		{fmt.Sprint(dpl.Names[0].Text, dpl.Listings[0].Since, dpl.Listings[0].Until, len(dpl.Listings[0].Notices)), "I. SAMPLE2003-06-19 2056-06-29 2"},
		{fmt.Sprint(len(kim.Dates), kim.Dates[0].Circa, kim.Relations[0].To, kim.Gender), "2 trueofac-1021"},
		{fmt.Sprintf("%+v", kim.Documents[0]), "{Type:1 Kind:Passport Number:N123456 Country:KP Issued:2010-03-01 Expires:2020-02-28 Note:}"},
		{strings.Join(kim.Notes, "|"), "Secondary sanctions risk: North Korea Sanctions Regulations; and others"},
		{fmt.Sprint(trading.Listings[0].List, trading.Listings[1].List, trading.Programs, trading.Wallets[0].Asset), "SDNSSI[DPRK3 UKRAINE-EO13662]XBT"},
		{fmt.Sprintf("%+v", *star.Vessel), "{Type:Crude Oil Tanker Owner:Sample Shipping Tonnage:2595 GrossTons:1865 Model: Manufacturer:}"},
		{fmt.Sprint(isn.Notes, isn.Listings[0].Since == 0, isn.Programs), "[start date: 3033-01-17] true [E.O. 13382 INKSNA]"},
	} {
		if c.got != c.want {
			t.Errorf("got %s\nwant %s", c.got, c.want)
		}
	}
	if notes := strings.Join(ed.Notes, "\n"); !strings.Contains(notes, "2025.csv:4: \"Presumption of denial for all others.\"") || !strings.Contains(notes, "3033-01-17") {
		t.Error(notes)
	}
}

func TestBISFiles(t *testing.T) {
	s, ed := read(t, sample(t, "csl/dpl.txt"))
	if s != bisDPL || len(ed.Entities) != 2 || len(ed.Notes) != 1 || !strings.HasPrefix(ed.Notes[0], "dpl.txt:3: Last_Update \"3017-08-22\"") {
		t.Fatalf("%s: %d, %q", s.Key, len(ed.Entities), ed.Notes)
	}
	ash, person := ed.Entities[0], ed.Entities[1]
	if ash.ID != "us-dpl-i-sample" || ash.Addresses[0].Country != "US" || ash.Listings[0].Until.String() != "2056-06-29" || len(ash.Listings[0].Notices) != 2 {
		t.Errorf("%+v", ash)
	}
	if len(person.Addresses) != 2 || len(person.Listings) != 1 || person.Listings[0].Until.String() != "2023-10-03" {
		t.Errorf("%+v", person)
	}
	s, ed = read(t, sample(t, "csl/mieu.csv"))
	if s != bisMIEU || len(ed.Entities) != 2 || ed.Entities[0].Listings[0].Since.String() != "2021-03-16" || ed.Entities[0].Countries[0].Code != "KP" ||
		ed.Entities[0].Kind != list.KindOrganization || ed.Entities[0].Names[1].Text != "SDI" {
		t.Errorf("%s: %+v", s.Key, ed.Entities[0])
	}
}

func TestCSLCut(t *testing.T) {
	for name, form := range cslSamples {
		parseCut(t, sample(t, "csl/"+name), csl.Form(form).Parse, 7, 1)
	}
	parseCut(t, sample(t, "csl/compact.json"), csl.Form("compact").Parse, 7, 1)
	parseCut(t, sample(t, "csl/dpl.txt"), bisDPL.Form("tsv").Parse, 2, 1)
	parseCut(t, sample(t, "csl/mieu.csv"), bisMIEU.Form("csv").Parse, 2, 1)
	if testing.Short() {
		return
	}
	parseCut(t, shared(t, "us-csl/consolidated.2025-05.csv.gz"), csl.Form("csv").Parse, 23260, 3)
	parseCut(t, shared(t, "us-csl/csl-compact.2026-07-31.json.gz"), csl.Form("compact").Parse, 25628, 3)
	parseCut(t, shared(t, "us-csl/dpl.2023-11.txt.gz"), bisDPL.Form("tsv").Parse, 414, 3)
}

func TestCSLFaults(t *testing.T) {
	read := func(p string) string {
		b, err := os.ReadFile("testdata/csl/" + p)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, c := range []struct {
		s              *Source
		form, file     string
		old, new, want string
	}{
		{csl, "csv", "2025.csv", "entity_number", "number", `x:1: column "entity_number" is missing`},
		{csl, "csv", "2025.csv", `"Sample Radar Institute"`, `""`, "x:2: the row has no name"},
		{csl, "json", "consolidated.json", `"results"`, `"hits"`, `"results" is missing`},
		{csl, "json", "consolidated.json", `"name": "SAMPLE STAR"`, `"name": ["SAMPLE STAR"]`, "result 8"},
		{csl, "json", "consolidated.json", `"total": 9`, `"total": 9 x`, "the JSON is broken"},
		{csl, "compact", "compact.json", `"entryCount": 9`, `"entryCount": 10`, "declares 10 entries and holds 9"},
		{csl, "compact", "compact.json", `"lr": 0`, `"lr": 70`, "points to 70"},
		{csl, "compact", "compact.json", `2026-07-31T`, `soon`, "sourceGeneratedAt"},
		{bisDPL, "tsv", "dpl.txt", "\t\"06/19/2003\"", "", "x:2: 11 fields; expected 12"},
		{bisMIEU, "csv", "mieu.csv", "Sample Directorate of Intelligence", "", "x:2: the row has no name"},
	} {
		text0 := read(c.file)
		if !strings.Contains(text0, c.old) {
			t.Fatalf("%s: no %q", c.file, c.old)
		}
		_, err := c.s.Form(c.form).Parse([]File{text("x", strings.Replace(text0, c.old, c.new, 1))})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.file, err, c.want)
		}
	}
	// A list that is not known yet is read, and said.
	ed, err := csl.Form("csv").Parse([]File{text("x", strings.ReplaceAll(read("2025.csv"), "Nonproliferation Sanctions (ISN)", "Some New List (XNL)"))})
	if err != nil || byID(t, ed.Entities)["us-xnl-sample-atomic-bureau"] == nil || !strings.Contains(strings.Join(ed.Notes, "\n"), `(XNL) - State Department" is new`) {
		t.Errorf("%v", err)
	}
}

func FuzzCSLCSV(f *testing.F)     { fuzzForm(f, csl, "csv", "csl/2025.csv", "csl/2022.csv") }
func FuzzCSLJSON(f *testing.F)    { fuzzForm(f, csl, "json", "csl/consolidated.json") }
func FuzzCSLCompact(f *testing.F) { fuzzForm(f, csl, "compact", "csl/compact.json") }
func FuzzDPL(f *testing.F)        { fuzzForm(f, bisDPL, "tsv", "csl/dpl.txt") }
func FuzzMIEU(f *testing.F)       { fuzzForm(f, bisMIEU, "csv", "csl/mieu.csv") }
