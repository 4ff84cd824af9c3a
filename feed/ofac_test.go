package feed

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"navicert/list"
)

// sample opens small files that were made by hand.
func sample(t testing.TB, paths ...string) []File {
	t.Helper()
	for i, p := range paths {
		paths[i] = filepath.Join("testdata", filepath.FromSlash(p))
	}
	files, err := OpenFiles(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	sampleCSV   = []string{"ofac/sdn.csv", "ofac/add.csv", "ofac/alt.csv", "ofac/sdn_comments.csv"}
	sampleForms = map[string][]string{
		"csv": sampleCSV, "xml": {"ofac/sdn.xml"}, "enhanced": {"ofac/sdn_enhanced.xml"}, "advanced": {"ofac/sdn_advanced.xml"},
	}
)

func clone(s []string) []string { return append([]string(nil), s...) }

// The samples hold the same four parties in all four forms.
func TestOFACFormsAgree(t *testing.T) {
	_, want := read(t, sample(t, clone(sampleCSV)...))
	if len(want.Entities) != 4 || len(want.Notes) != 0 {
		t.Fatalf("%d parties, notes %q", len(want.Entities), want.Notes)
	}
	for form, paths := range sampleForms {
		s, ed := read(t, sample(t, clone(paths)...))
		if s != ofacSDN || ed.Form != form || len(ed.Entities) != 4 || len(ed.Notes) != 0 {
			t.Errorf("%s: read as %s, %d parties, notes %q", form, ed.Form, len(ed.Entities), ed.Notes)
			continue
		}
		if d := ed.Date; form != "csv" && d.String() != "2025-12-23" {
			t.Errorf("%s: date %s", form, d)
		}
		for i, e := range ed.Entities {
			x, y := facets(want.Entities[i]), facets(e)
			x["vessel"], y["vessel"] = fmt.Sprintf("%+v", want.Entities[i].Vessel), fmt.Sprintf("%+v", e.Vessel)
			x["notes"], y["notes"] = fmt.Sprint(want.Entities[i].Notes), fmt.Sprint(e.Notes)
			for k := range x {
				if x[k] != y[k] {
					t.Errorf("%s: %s of %s is\n\t%s, in csv\n\t%s", form, k, e.ID, y[k], x[k])
				}
			}
			if e.Listings[0].List != "SDN" {
				t.Errorf("%s: %+v", form, e.Listings)
			}
		}
	}
}

func TestOFACFacts(t *testing.T) {
	_, ed := read(t, sample(t, clone(sampleCSV)...))
	kim, trading, star, plane := ed.Entities[0], ed.Entities[1], ed.Entities[2], ed.Entities[3]
	for _, c := range []struct{ got, want string }{
		{fmt.Sprintf("%+v", kim.Names), "[{Text:KIM, Sample Chol First:Sample Chol Last:KIM Script: Lang: Kind:0 Weak:false} " +
			"{Text:SAMPLE, Kim First:Kim Last:SAMPLE Script: Lang: Kind:1 Weak:true} {Text:KIM, Sam-chol First:Sam-chol Last:KIM Script: Lang: Kind:1 Weak:false}]"},
		{fmt.Sprint(kim.Programs, kim.Titles, kim.Gender), "[DPRK3 SDGT] [Director Deputy Director] 1"},
		{fmt.Sprintf("%+v", kim.Places), "[{Text:Sinuiju, Korea, North Country:KP}]"},
		{fmt.Sprintf("%+v", kim.Documents[0]), "{Type:1 Kind:Passport Number:N123456 Country:KP Issued:2010-03-01 Expires:2020-02-28 Note:}"},
		{kim.Documents[1].Note, "undetermined"},
		{fmt.Sprintf("%+v", kim.Relations), "[{Type:0 Kind:Linked To To:ofac-102 Name:SAMPLE TRADING CO., LTD. Percent:0 Former:false}]"},
		{trading.Wallets[1].Asset + trading.Wallets[1].Address, "USDTTN2YVFiBnEhM2DFoDqGGoenYbGe8uVJJEY"}, // cut in one file, continued in another
		{fmt.Sprintf("%+v", trading.Addresses), "[{Text: Street:1 Sample Street, Block 2 City:Dandong State:Liaoning Province Postal:118000 Country:CN} " +
			"{Text:Sevastopol, Region: Crimea Street: City:Sevastopol State: Postal: Country:}]"},
		{trading.Names[1].Text, "SAMPLE; TRADE"},
		{fmt.Sprint(star.Countries), "[{KP Korea, North 5} {PA Panama 6}]"},
		{fmt.Sprint(star.Documents[1].Type == list.IMO, " ", star.Documents[1].Number), "true 7406784"},
		{fmt.Sprintf("%+v", plane.Relations), "[{Type:0 Kind:Aircraft Operator To: Name:Sample Air Percent:0 Former:false}]"},
	} {
		if c.got != c.want {
			t.Errorf("got %s\nwant %s", c.got, c.want)
		}
	}
}

// Relations run from the party to what it is to the other, turned where OFAC
// has them the wrong way round.
func TestOFACRelations(t *testing.T) {
	for _, form := range []string{"enhanced", "advanced"} {
		_, ed := read(t, sample(t, clone(sampleForms[form])...))
		got := map[string]list.RelationType{}
		for _, e := range ed.Entities {
			for _, r := range e.Relations {
				if r.To != "" {
					got[e.Ref+" "+r.Kind+" "+r.To] = r.Type
				}
			}
		}
		want := map[string]list.RelationType{
			"101 Acting for or on behalf of ofac-102":  list.ActsFor,
			"101 Owned or Controlled By ofac-102":      list.Owns,                // nobody owns a person
			"104 Owns, controls, or operates ofac-102": list.OwnedOrControlledBy, // nor does an aircraft own a company
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", form, got, want)
		}
	}
}

func TestFormerRelation(t *testing.T) {
	whole := readAll(t, sample(t, "ofac/sdn_advanced.xml")[0])
	ed, err := ofacSDN.Form("advanced").Parse([]File{text("sdn_advanced.xml", strings.ReplaceAll(whole, `Former="false"`, `Former="true"`))})
	if err != nil || !ed.Entities[0].Relations[0].Former {
		t.Errorf("%v %+v", err, ed)
	}
}

// parseCut reads files of which one is cut; it may never give fewer parties
// without an error.
func parseCut(t *testing.T, files []File, parse Parser, want, step int) {
	t.Helper()
	for i, f := range files {
		whole := readAll(t, f)
		for k := 0; k < 16; k += step {
			files[i] = text(f.Name, whole[:len(whole)*k/16])
			if ed, err := parse(files); err == nil {
				t.Errorf("%s cut after %d/16: %d parties and no error, whole: %d", f.Name, k, len(ed.Entities), want)
			}
		}
		files[i] = f
	}
}

func TestOFACCut(t *testing.T) {
	for form, paths := range sampleForms {
		parseCut(t, sample(t, clone(paths)...), ofacSDN.Form(form).Parse, 4, 1)
	}
	if testing.Short() {
		return
	}
	parseCut(t, shared(t, clone(sdn2025)...), ofacSDN.Form("csv").Parse, 18494, 5)
	parseCut(t, shared(t, "ofac/consolidated.2025-03-28.xml.gz"), ofacCons.Form("xml").Parse, 443, 3)
	parseCut(t, shared(t, "ofac/cons_enhanced.2025-01-10.xml.gz"), ofacCons.Form("enhanced").Parse, 443, 3)
	parseCut(t, shared(t, "ofac/cons_advanced.2020-03-17.xml.gz"), ofacCons.Form("advanced").Parse, 375, 3)
}

func TestOFACFaults(t *testing.T) {
	const n = "-0- ,"
	row := func(number, name, kind, remarks string) string {
		return number + `,"` + name + `",` + kind + `,"SDGT",` + strings.Repeat(n, 7) + `"` + remarks + `"` + "\r\n"
	}
	good := row("1", "A", "-0- ", "x.")
	for _, c := range []struct{ sdn, add, alt, comments, want string }{
		{good + good, "", "", "", "sdn.csv:2: party 1 stands twice"},
		{row("A", "A", "-0- ", ""), "", "", "", `sdn.csv:1: "A" is not OFAC's number`},
		{row("1", "A", "ship", ""), "", "", "", `sdn.csv:1: "ship" is no type`},
		{row("1", " ", "-0- ", ""), "", "", "", "sdn.csv:1: party 1 has no name"},
		{"1,2\r\n", "", "", "", "sdn.csv:1: 2 fields; expected 12"},
		{good, "2,1,\"s\",\"c\",\"China\",-0- \r\n", "", "", "add.csv:1: party 2 is not in sdn.csv"},
		{good, "", "2,1,\"aka\",\"B\",-0- \r\n", "", "alt.csv:1: party 2 is not in sdn.csv"},
		{good, "", "1,1,\"aqa\",\"B\",-0- \r\n", "", `alt.csv:1: "aqa" is no type of an alias`},
		{good, "", "", "2,\"x\"\r\n", "sdn_comments.csv: party 2 is not in sdn.csv"},
		{good, "", "", "1,\"x\"\r\n1,\"y\"\r\n", "sdn_comments.csv:2: party 1 stands twice"},
		{"", "", "", "", "sdn.csv: nobody is listed in the file"},
	} {
		end := func(s string) string { return s + "\x1a" }
		_, err := ofacSDN.Form("csv").Parse([]File{
			text("sdn.csv", end(c.sdn)), text("add.csv", end(c.add)), text("alt.csv", end(c.alt)), text("sdn_comments.csv", end(c.comments)),
		})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if _, err := ofacSDN.Form("csv").Parse([]File{text("sdn.csv", good)}); err == nil || !strings.Contains(err.Error(), "add.csv: the file is missing") {
		t.Error(err)
	}
	for _, c := range []struct{ form, old, new, want string }{
		{"xml", "<Record_Count>4<", "<Record_Count>5<", "declares 5 parties and holds 4"},
		{"xml", "<Record_Count>4<", "<Record_Count>x<", "sdn.xml:3: Record_Count"},
		{"xml", "12/23/2025", "23/12/2025", "sdn.xml:3: the date of publication"},
		{"xml", "<uid>102</uid>\n", "<uid>101</uid>\n", "party 101 stands twice"},
		{"enhanced", "2025-12-23T", "soon", "dataAsOf"},
		{"enhanced", "entityId=\"102\"", "entityId=\"x\"", "relatedEntity has the id"},
		{"enhanced", "<isPrimary>true</isPrimary><isLow", "<isPrimary>false</isPrimary><isLow", "has no primary name"},
		{"advanced", " ProfileID=\"101\"", " ProfileID=\"999\"", `party "999" is not in the file`},
		{"advanced", " From-ProfileID=\"101\"", " From-ProfileID=\"999\"", `from party "999" to "102"`},
		{"advanced", "FeatureType ID=\"", "FeatureType ID=\"9", "stands in no table of the file"},
		{"advanced", "LocationID=\"1\"", "LocationID=\"77\"", `location "77" is not in the file`},
	} {
		b, err := os.ReadFile(filepath.Join("testdata", sampleForms[c.form][0]))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(b), c.old) {
			t.Fatalf("%s: no %q", c.form, c.old)
		}
		_, err = ofacSDN.Form(c.form).Parse([]File{text("sdn.xml", strings.ReplaceAll(string(b), c.old, c.new))})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.form, err, c.want)
		}
	}
}

func TestRemarks(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Passport 123 (Iran) expires May 2010; nationality Iran.", "doc Passport 123 IR 1970-01-01 1970-01-01 expires May 2010; country IR 1; "},
		{"Cedula No. 79 (Cali).", "doc Cedula No. 79 (Cali)  1970-01-01 1970-01-01 ; "},
		{"D-U-N-S Number 68-359-1; UN/LOCODE RUX.", "doc D-U-N-S Number 68-359-1  1970-01-01 1970-01-01 ; doc UN/LOCODE RUX  1970-01-01 1970-01-01 ; "},
		{"info@x.org; www.x.org; http://y.org (website).", "contact email info@x.org; contact website www.x.org; contact website http://y.org; "},
		{"Telephone (98)(21)12; Fax 77.", "contact phone (98)(21)12; contact fax 77; "},
		{"Federal ID 74-15 (United States)", "doc Federal ID 74-15 US 1970-01-01 1970-01-01 ; "},
		{"d.b.a. 'ANARQUIA'; a.k.a. 'X", "name ANARQUIA true; name X true; "},
		{"Member of the Politburo; arrested 30 Sep 2002", "note Member of the Politburo; note arrested 30 Sep 2002; "},
		{"Digital Currency Address - XBT; Gender Unknown", "note Digital Currency Address - XBT; note Gender Unknown; "},
		{"; ;.", "note ;; "},
	} {
		e := &list.Entity{}
		readRemarks(e, c.text, place{&notes{}, "x", 1})
		var b strings.Builder
		for _, d := range e.Documents {
			fmt.Fprintf(&b, "doc %s %s %s %s %s %s; ", d.Kind, d.Number, d.Country, d.Issued, d.Expires, d.Note)
		}
		for _, x := range e.Countries {
			fmt.Fprintf(&b, "country %s %d; ", x.Code, x.Role)
		}
		for _, x := range e.Contacts {
			fmt.Fprintf(&b, "contact %s %s; ", x.Kind, x.Value)
		}
		for _, x := range e.Names {
			fmt.Fprintf(&b, "name %s %v; ", x.Text, x.Weak)
		}
		for _, x := range e.Notes {
			fmt.Fprintf(&b, "note %s; ", x)
		}
		if b.String() != c.want {
			t.Errorf("%q: %s, want %s", c.text, b.String(), c.want)
		}
	}
}

// An edition that a parser gives out is one that a program can use.
func checkEdition(t *testing.T, ed *list.Edition, err error) {
	t.Helper()
	if err != nil {
		if ed != nil || err.Error() == "" {
			t.Fatalf("error %q and an edition", err)
		}
		return
	}
	seen := map[string]bool{}
	for _, e := range ed.Entities {
		if e.ID == "" || seen[e.ID] || len(e.Names) == 0 || e.Names[0].Text == "" {
			t.Fatalf("entity %+v", e)
		}
		seen[e.ID] = true
	}
	if ed.Declared > 0 && ed.Declared != len(ed.Entities) {
		t.Fatalf("%d declared, %d read", ed.Declared, len(ed.Entities))
	}
}

func FuzzOFACCSV(f *testing.F) {
	var seed []string
	for _, p := range sampleCSV {
		b, _ := os.ReadFile(filepath.Join("testdata", p))
		seed = append(seed, string(b))
	}
	f.Add(seed[0], seed[1], seed[2], seed[3])
	f.Fuzz(func(t *testing.T, sdn, add, alt, comments string) {
		ed, err := ofacSDN.Form("csv").Parse([]File{text("sdn.csv", sdn), text("add.csv", add), text("alt.csv", alt), text("sdn_comments.csv", comments)})
		checkEdition(t, ed, err)
	})
}

func fuzzForm(f *testing.F, s *Source, form string, paths ...string) {
	for _, p := range paths {
		b, err := os.ReadFile(filepath.Join("testdata", p))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, data string) {
		ed, err := s.Form(form).Parse([]File{text("x", data)})
		checkEdition(t, ed, err)
	})
}

func FuzzOFACXML(f *testing.F)      { fuzzForm(f, ofacSDN, "xml", "ofac/sdn.xml") }
func FuzzOFACEnhanced(f *testing.F) { fuzzForm(f, ofacSDN, "enhanced", "ofac/sdn_enhanced.xml") }
func FuzzOFACAdvanced(f *testing.F) { fuzzForm(f, ofacSDN, "advanced", "ofac/sdn_advanced.xml") }
