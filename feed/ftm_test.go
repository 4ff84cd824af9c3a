package feed

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"navicert/ftm"
	"navicert/list"
)

// canon orders lines of FollowTheMoney and the values in them, which carry
// no order.
func canon(t testing.TB, text string) []string {
	t.Helper()
	var out []string
	for line := range strings.Lines(text) {
		var x ftm.Entity
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		for _, vs := range x.Properties {
			slices.SortFunc(vs, func(a, b ftm.Value) int { return strings.Compare(a.Text, b.Text) })
		}
		b, _ := json.Marshal(x)
		out = append(out, string(b))
	}
	slices.Sort(out)
	return out
}

func writeFtM(t testing.TB, es []*list.Entity) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, e := range es {
		for _, x := range append([]*ftm.Entity{ftm.FromList(e, "set")}, ftm.Links(e, "set", "AUTH")...) {
			if err := enc.Encode(x); err != nil {
				t.Fatal(err)
			}
		}
	}
	return b.String()
}

// What is written, read and written again is the same: nothing is lost that
// FollowTheMoney has a place for.
func roundTrip(t testing.TB, es []*list.Entity) {
	t.Helper()
	first := writeFtM(t, es)
	ed, err := ftmData.Forms[0].Parse([]File{text("set.json", first)})
	if err != nil {
		t.Fatal(err)
	}
	if len(ed.Entities) != len(es) {
		t.Fatalf("%d entities, want %d", len(ed.Entities), len(es))
	}
	for _, n := range ed.Notes {
		t.Errorf("note: %s", n)
	}
	a, b := canon(t, first), canon(t, writeFtM(t, ed.Entities))
	bad := 0
	for _, l := range a {
		if _, ok := slices.BinarySearch(b, l); !ok {
			if bad++; bad < 10 {
				t.Errorf("lost: %s", l)
			}
		}
	}
	for _, l := range b {
		if _, ok := slices.BinarySearch(a, l); !ok {
			if bad++; bad < 20 {
				t.Errorf("new: %s", l)
			}
		}
	}
}

func TestFtMRoundTripReal(t *testing.T) {
	for _, p := range []string{"un/consolidated.2026-02-27.xml.gz", "eu/eu_fsf_1_1.2022-10-28.csv.gz", "uk/ConList.2022-11-14.csv.gz", "ca/sema-lmes.2025.xml.gz"} {
		if testing.Short() && !strings.HasPrefix(p, "un/") {
			continue
		}
		t.Run(p, func(t *testing.T) { roundTrip(t, parse(t, shared(t, p)).Entities) })
	}
}

// Whatever is written in whatever order finds its place.
func TestFtM(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(sampleText(t, "x.ftm.json")), "\n")
	for name, ls := range map[string][]string{"as it stands": lines, "backwards": reverse(lines)} {
		ed := parse(t, []File{text("x.ftm.json", `{"id":"first","schema":"Vessel","properties":{"name":["FIRST"],"imoNumber":["7406784"]}}`+"\n"+strings.Join(ls, "\n"))})
		by := map[string]*list.Entity{}
		for _, e := range ed.Entities {
			by[e.ID] = e
		}
		if len(by) != 8 || ed.Date.String() != "2026-05-04" {
			t.Fatalf("%s: %d entities, %s", name, len(by), ed.Date)
		}
		c, p := by["c1"], by["p1"]
		if c.Names[0].Text != "ACME LLC" || c.Wallets[0].Address != "1abc" || c.Addresses[0].City != "Dandong" || c.Kind != list.KindOrganization ||
			c.Listings[0].List != "EU" || len(c.Listings) != 1 || c.Ref != "KPe.001" || c.Referents[0] != "c0" || c.Documents[0].Kind != "INN" {
			t.Errorf("%s: %+v", name, c)
		}
		if r := c.Relations; len(r) != 2 || !slices.Contains(r, list.Relation{Type: list.OwnedOrControlledBy, Kind: "shareholder", To: "p1", Percent: 51}) ||
			!slices.Contains(r, list.Relation{Type: list.OtherRelation, Kind: "CEO (seen from the other side)", To: "gone"}) {
			t.Errorf("%s: %+v", name, r)
		}
		if p.Listings[0].Since.String() != "2019-09-13" || p.Documents[0].Country != "KP" || !p.Names[1].Weak || p.Programs[0] != "DPRK3" ||
			p.Relations[0] != (list.Relation{Type: list.Family, Kind: "brother", To: "p9", Name: "Kim"}) {
			t.Errorf("%s: %+v", name, p)
		}
		if by["kin"].Listed() || !by["pep"].Listed() || by["w2"].Wallets[0].Address != "0xAb" || by["w3"] == nil || by["air"].Kind != list.KindUnknown {
			t.Errorf("%s: %+v", name, by)
		}
		if n := strings.Join(ed.Notes, "\n"); !strings.Contains(n, "1 entities of the schema Position") || !strings.Contains(n, "1 links lead") ||
			!strings.Contains(n, "Spaceship") {
			t.Errorf("%s: notes %s", name, n)
		}
	}
}

func reverse(s []string) []string {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

func TestFtMFaults(t *testing.T) {
	const good = `{"id":"a","schema":"Person","properties":{"name":["A"]}}` + "\n"
	for _, c := range []struct{ text, want string }{
		{good + good, "x.json:2: the entity a stands already at x.json:1"},
		{good + `{"id":"b","schema":"Person","prop`, "x.json:2: the entity is cut"},
		{good + "[1]", "x.json:2: the line is no entity"},
		{good + `{"id":"b"}`, "x.json:2: the entity lacks its id or its schema"},
		{good + "{\"id\":\"\xff\"}", "x.json:2: the text is not UTF-8"},
		{good + `{"id":"b","schema":"Person","properties":{"name":[["A"]]}}`, "x.json:2: the entity cannot be read"},
		{
			good + `{"id":"b","schema":"Person","properties":` + strings.Repeat(`{"a":[`, 40) + strings.Repeat("]}", 40) + "}",
			"x.json:2: the entity cannot be read: properties are nested deeper",
		},
		{`{"id":"a","schema":"Position","properties":{}}`, "x.json: nobody is listed"},
		{"", "x.json: nobody is listed"},
	} {
		if _, err := ftmData.Forms[0].Parse([]File{text("x.json", c.text)}); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%.60s: %v, want %s", c.text, err, c.want)
		}
	}
}
