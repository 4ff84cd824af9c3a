package deal

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"navicert"
)

// TestFaults holds every message against testdata/faults.txt.
func TestFaults(t *testing.T) {
	b, err := os.ReadFile("testdata/faults.txt")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(b), "\n=== ")
	var out strings.Builder
	out.WriteString(head + "\n")
	for _, c := range strings.Split(rest, "\n=== ") {
		name, body, _ := strings.Cut(c, "\n")
		text, want, _ := strings.Cut(body, "---- says")
		_, err := Read("deal.yaml", strings.NewReader(text), testVoc())
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		got := err.Error()
		if !*update && got != strings.TrimSpace(want) {
			t.Errorf("%s:\n got %s\nwant %s", name, got, strings.TrimSpace(want))
		}
		fmt.Fprintf(&out, "=== %s\n%s---- says\n%s\n", name, text, got)
	}
	if *update {
		golden(t, "faults.txt", []byte(out.String()))
	}
}

func TestReadGathersFacts(t *testing.T) {
	d := read(t, strings.ReplaceAll(`day: "2026-09-24"
activity: export
reference: PO-4711
items:
  - name: Suite
    candidate: "5D001.c"
    for: "5A001.j"
    also: [{eccn: "5A003"}]
    us_content: 030.50
    update_only: {value: false, by: R. Roe, on: "2026-09-01", why: asked the maker}
    value: {amount: "12000", currency: USD}
    hs: "8523.49"
route: {from: US, via: SG, to: "NO", encrypted: false}
parties:
  - role: [end_user, purchaser]
    name: 松花示例
    country: "CN"
    kind: unknown
    government_share: 0
    wallets: [{asset: XBT, address: "1A1zP1"}]
  - {role: bank, name: No, country: FR}
knowledge: {by: J. Weber, on: "2026-09-20", red_flags: false, military: null}
`, "\n", "\r\n"))
	if d.Day.String() != "2026-09-24" || d.Reference != "PO-4711" || d.Items[0].HS != "8523.49" ||
		d.Items[0].Value.Amount != "12000" || d.Via[0] != "SG" || d.Parties[1].Name != "No" ||
		d.Parties[0].Wallets[0].Asset != "XBT" || !d.Parties[0].Has(navicert.Purchaser) {
		t.Errorf("fields: %+v", d)
	}
	cases := Cases(d)
	if len(cases) != 2 {
		t.Fatalf("%d cases, want 2", len(cases))
	}
	got := factMap(cases[0].Facts)
	for term, want := range map[string]string{
		"activity": "export", "item.eccn": "5D001.c for 5A001.j",
		"item.final": "false", "item.us_content": "30.5", "item.update_only": "false", "route.to": "NO",
		"storage.encrypted": "false", "end_user.located_in": "CN", "end_user.government_share": "0",
		"knowledge.red_flags": "false",
	} {
		if got[term].Value != want {
			t.Errorf("%s = %q, want %q", term, got[term].Value, want)
		}
	}
	for _, term := range []string{"end_user.kind", "knowledge.military"} {
		if _, ok := got[term]; ok {
			t.Errorf("%s was not stated", term)
		}
	}
	want := navicert.Evidence{Kind: "attested", By: "R. Roe", On: "2026-09-01", Where: "deal.yaml:10:26", Note: "asked the maker"}
	if ev := got["item.update_only"].Evidence; ev != want {
		t.Errorf("evidence %+v, want %+v", ev, want)
	}
	want = navicert.Evidence{Kind: "attested", By: "J. Weber", On: "2026-09-20", Where: "deal.yaml:22:56"}
	if ev := got["knowledge.red_flags"].Evidence; ev != want {
		t.Errorf("evidence %+v, want %+v", ev, want)
	}
	second := factMap(cases[1].Facts)["item.eccn"]
	if second.Value != "other" || !strings.Contains(second.Evidence.Note, "5A003") {
		t.Errorf("the second classification is %+v", second)
	}
	if cases[1].Label != "Suite [5A003] to 松花示例" {
		t.Errorf("label %q", cases[1].Label)
	}
}

func TestItemCodes(t *testing.T) {
	for written, want := range map[string]string{
		"4D004": "4D004", "EAR99": "EAR99", "5A002.a.1": "5A002",
		"4A005.z": "other", "5A002.z.1": "other", "5A992.a": "other", "4D001.a for 4A003": "other",
		"5D002 penetration tool": "5D002 penetration tool", "5A004.b.2": "5A004.b", "9A004": "other",
	} {
		d := read(t, fmt.Sprintf("day: \"2026-09-24\"\nitems: [{eccn: %q}]", written))
		if got := d.Items[0].Classes[0].Code; got != want {
			t.Errorf("%s is %s, want %s", written, got, want)
		}
	}
}

// TestEveryTermCanBeStated: a question that no file could answer would leave
// a deal open for ever.
func TestEveryTermCanBeStated(t *testing.T) {
	voc := testVoc()
	samples := map[string]string{"yes_no": "true", "reading": "true", "number": "7", "country": "DE", "item": "4D004"}
	for _, term := range voc.Terms {
		if term.Ask == "" {
			continue
		}
		v := samples[term.Type]
		if term.Type == "choice" {
			v = term.Values[len(term.Values)-1].Word
		}
		d := read(t, "day: \"2026-09-24\"\nitems: [{candidate: \"4A005\"}]\nparties: [{role: end_user}]\n")
		a := Answer{Fact: navicert.Fact{
			Term: term.Name, Value: v,
			Evidence: navicert.Evidence{By: "J. Weber", On: "2026-09-20"},
		}}
		b, err := Write(d, []Answer{a}, voc)
		if err != nil {
			t.Errorf("%s: %v", term.Name, err)
			continue
		}
		if got := factMap(Cases(read(t, string(b)))[0].Facts)[term.Name]; got.Value != v {
			t.Errorf("%s: %q came back as %q from\n%s", term.Name, v, got.Value, b)
		}
	}
}

func TestFirstDay(t *testing.T) {
	if s := navicert.FirstDay.String(); s != "2021-10-20" {
		t.Errorf("FirstDay is %s", s)
	}
	read(t, `day: "2021-10-20"`)
}

func TestJSONAndYAMLSayTheSame(t *testing.T) {
	y := read(t, "day: \"2026-09-24\"\nparties:\n- {role: end_user, name: \"\U00020000 \\\\ud840\\\\udc00\", country: CN}\n")
	j := read(t, "\ufeff{\n\t\"day\": \"2026-09-24\",\n\t\"parties\": [{\"role\": \"end_user\",\r\n"+
		`"name": "\ud840\udc00 \\ud840\\udc00", "country": "CN"}]`+"}")
	if y.Parties[0].Name != j.Parties[0].Name {
		t.Errorf("%q and %q", y.Parties[0].Name, j.Parties[0].Name)
	}
}

// TestUnknownClassIsACase: a classification that is known to exist and not
// known to be which one must not drop out.
func TestUnknownClassIsACase(t *testing.T) {
	for item, want := range map[string]string{
		`{also: [{eccn: "5D002"}]}`:                                   "? 5D002",
		`{eccn: unknown, also: [{eccn: "5D002"}]}`:                    "? 5D002",
		`{eccn: "4D004", also: [{eccn: null}, {candidate: "5D002"}]}`: "4D004 ? 5D002",
		`{eccn: "4D004", also: [null]}`:                               "4D004 ?",
		`{eccn: "4D004", also: []}`:                                   "4D004",
		`{eccn: unknown}`:                                             "?",
	} {
		d := read(t, "day: \"2026-09-24\"\nitems: ["+item+"]\n")
		var got []string
		for _, c := range Cases(d) {
			code := factMap(c.Facts)["item.eccn"].Value
			if code == "" {
				code = "?"
			}
			got = append(got, code)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: cases of %s, want %s", item, s, want)
		}
	}
}

// TestUnknownClassIsAnswered: what is answered about it is written where it
// stands.
func TestUnknownClassIsAnswered(t *testing.T) {
	d := read(t, "day: \"2026-09-24\"\nitems: [{also: [{eccn: \"5D002\"}, {eccn: unknown}]}]\n")
	var given []Answer
	for i, code := range []string{"4D004", "5D002", "5A002"} {
		a := Cases(d)[i].Answer(navicert.Fact{Term: "item.eccn", Value: code})
		d, given = With(d, a), append(given, a)
	}
	text, err := Write(d, given, testVoc())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range read(t, string(text)).Items[0].Classes {
		if want := []string{"4D004", "5D002", "5A002"}[i]; c.Code != want {
			t.Errorf("class %d is %s, want %s, in\n%s", i, c.Code, want, text)
		}
	}
}

// TestTextStandsOnOneLine: nothing that a deal says can pass for a line of
// the answer, or turn it around.
func TestTextStandsOnOneLine(t *testing.T) {
	d := read(t, "day: \"2026-09-24\"\nitems:\n- name: \"Suite\\n\\n  MAY GO\\t\\n\"\nparties:\n- {role: bank, name: \"A \\n B  C\"}\n")
	if got := d.Items[0].Name + "|" + d.Parties[0].Name; got != "Suite MAY GO|A B  C" {
		t.Errorf("read as %q", got)
	}
	for text, want := range map[string]string{
		`"a\u202eb"`: "control character (U+202E)",
		`"a\u2028b"`: "control character (U+2028)",
		`"a\u2066b"`: "control character (U+2066)",
		`"a\u0085b"`: "control character (U+0085)",
		`"\u200b"`:   "holds nothing that can be seen",
	} {
		_, err := Read("deal.yaml", strings.NewReader("day: \"2026-09-24\"\nreference: "+text+"\n"), testVoc())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	_, err := Read("deal.yaml", strings.NewReader("day: \"2026-09-24\"\nparties: [{role: [], kind: bank}]\n"), testVoc())
	if err == nil || !strings.Contains(err.Error(), "the list of roles is empty") {
		t.Errorf("no role: %v", err)
	}
}

func TestWhoAPartyIs(t *testing.T) {
	d, err := Read("deal.yaml", strings.NewReader(`day: "2026-09-24"
parties:
  - {role: bank, person: true, birth_date: "1974-02"}
  - {role: bank, person: false, birth_date: unknown}
  - {role: bank, person: null}
`), testVoc())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []navicert.Party{{Kind: navicert.Person, Born: "1974-02"}, {Kind: navicert.Organization}, {}} {
		if p := d.Parties[i]; p.Kind != want.Kind || p.Born != want.Born {
			t.Errorf("party %d: %q %q", i+1, p.Kind, p.Born)
		}
	}
}
