package ftm_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"navicert"
	"navicert/ftm"
	"navicert/list"
)

func ExampleFromList() {
	e := &list.Entity{
		ID: "ofac-27307", Ref: "27307", Kind: list.KindOrganization,
		Names:    []list.Name{{Text: "LAZARUS GROUP"}, {Text: "HIDDEN COBRA", Kind: list.AKA, Weak: true}},
		Programs: []string{"DPRK3"},
		Countries: []list.Country{
			{Code: "KP", Text: "Korea, North", Role: list.Jurisdiction},
		},
	}
	b, _ := json.Marshal(ftm.FromList(e, "us-ofac-sdn"))
	fmt.Println(string(b))
	// Output:
	// {"id":"ofac-27307","caption":"LAZARUS GROUP","schema":"Organization","properties":{"jurisdiction":["kp"],"name":["LAZARUS GROUP"],"program":["DPRK3"],"topics":["sanction"],"weakAlias":["HIDDEN COBRA"]},"datasets":["us-ofac-sdn"],"referents":[],"target":true,"first_seen":null,"last_seen":null,"last_change":null}
}

func day(s string) navicert.Day {
	d, err := navicert.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// whole is an entity that has everything for which FollowTheMoney has a place.
func whole() *list.Entity {
	return &list.Entity{
		ID: "x-1", Ref: "1", Kind: list.KindPerson, Gender: list.Female,
		Names: []list.Name{
			{Text: "Ri Jong Hyok", First: "Jong Hyok", Last: "Ri"},
			{Text: "리종혁", Kind: list.Spelling},
			{Text: "Lee Jong", Kind: list.AKA},
			{Text: "Kim Jong", Kind: list.FKA},
			{Text: "Boss", Kind: list.AKA, Weak: true},
		},
		Dates: []list.Date{
			{From: day("1962-01-01"), To: day("1962-12-31")},
			{From: day("1963-02-01"), To: day("1963-02-28")},
			{From: day("1970-01-01"), To: day("1970-01-01")},
			{Kind: list.Death, From: day("2020-02-29"), To: day("2020-02-29")},
		},
		Places: []list.Place{{Text: "Nampo", Country: "KP"}},
		Countries: []list.Country{
			{Code: "KP", Text: "kp", Role: list.Nationality},
			{Code: "CN", Text: "cn", Role: list.Citizenship},
			{Code: "UA", Text: "ua-cri", Role: list.Related},
			{Text: "suhh", Role: list.Related},
			{Text: "Atlantis"},
		},
		Documents: []list.Document{
			{Type: list.Passport, Kind: "Diplomatic passport", Number: "A-12", Country: "KP", Issued: day("2010-01-02"), Expires: day("2015-01-02"), Note: "stolen"},
			{Type: list.NationalID, Number: "77"},
			{Type: list.TaxID, Kind: "INN", Number: "7707083893"},
			{Type: list.OtherDoc, Kind: "Seaman's book", Number: "S1", Country: "RU"},
		},
		Addresses: []list.Address{
			{Street: "1 Main St", City: "Dandong", State: "Liaoning", Postal: "118000", Country: "CN"},
			{Text: "somewhere in Vladivostok"},
		},
		Wallets: []list.Wallet{{Asset: "XBT", Address: "1abc"}, {Asset: "ETH", Address: "0xAb"}},
		Relations: []list.Relation{
			{Type: list.OwnedOrControlledBy, Kind: "Owned or Controlled By", To: "x-2", Percent: 33.3},
			{Type: list.ActsFor, Kind: "Acting for or on behalf of", To: "x-3", Former: true},
			{Type: list.Supports, Kind: "Providing support to", To: "x-3"},
			{Type: list.Family, Kind: "brother", To: "x-4"},
			{Type: list.Associate, Kind: "friend", To: "x-4"},
			{Type: list.LeaderOf, Kind: "Director", To: "x-5"},
			{Type: list.PropertyOf, Kind: "Property in the interest of", To: "x-5"},
			{Type: list.OtherRelation, Kind: "seen with", To: "x-6"},
			{Type: list.OtherRelation, Kind: "Linked to", Name: "SOMEBODY"},
		},
		Programs: []string{"DPRK3", "CYBER2"},
		Legal:    []string{"Executive Order 13722"},
		Listings: []list.Listing{
			{List: "SDN", Since: day("2019-09-13"), Source: "https://example.org/1"},
			{
				List: "Entity List", Since: day("2020-01-01"), Until: day("2021-01-01"), Requirement: "All items",
				Policy: "Denial", Footnotes: []int{1, 4}, Notices: []string{"85 FR 1"},
			},
		},
		Titles:   []string{"Minister"},
		Contacts: []list.Contact{{Kind: "email", Value: "a@b.kp"}, {Kind: "phone", Value: "+850"}, {Kind: "website", Value: "http://x.kp"}},
		Notes:    []string{"remark"},
		Topics:   []string{"sanction", "export.control"}, Referents: []string{"NK-abc"},
	}
}

// back writes e as lines of JSON and reads it again.
func back(t testing.TB, e *list.Entity, nested bool) *list.Entity {
	t.Helper()
	lines := []*ftm.Entity{ftm.Nested(e, "d", "A")}
	if !nested {
		lines = append([]*ftm.Entity{ftm.FromList(e, "d")}, ftm.Links(e, "d", "A")...)
	}
	var got *list.Entity
	for i, x := range lines {
		b, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		var y ftm.Entity
		if err := json.Unmarshal(b, &y); err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
		if i == 0 {
			got = ftm.List(&y)
			for _, p := range []string{"ownershipOwner", "ownershipAsset", "agencyClient", "unknownLinkTo", "familyPerson", "associates", "directorshipDirector"} {
				for _, v := range y.Properties[p] {
					_, r, ok := ftm.Relation(v.Entity)
					if !ok {
						t.Errorf("no relation: %+v", v.Entity)
					}
					got.Relations = append(got.Relations, r)
				}
			}
			continue
		}
		if from, _, ok := ftm.Ends(y.Schema); ok && y.Properties.First(from) != e.ID && y.Schema != "Ownership" {
			t.Errorf("%s does not name %s: %s", y.Schema, e.ID, b)
		}
		if !ftm.Join(got, &y) {
			subject, r, ok := ftm.Relation(&y)
			if !ok || subject != e.ID && r.Type != list.OwnedOrControlledBy {
				t.Errorf("relation of %q: %s", subject, b)
			}
			got.Relations = append(got.Relations, r)
		}
	}
	return got
}

// sorted orders what carries no order.
func sorted(e *list.Entity) *list.Entity {
	cmp := func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) }
	slices.SortFunc(e.Documents, func(a, b list.Document) int { return cmp(a, b) })
	slices.SortFunc(e.Relations, func(a, b list.Relation) int { return cmp(a, b) })
	slices.SortFunc(e.Addresses, func(a, b list.Address) int { return cmp(a, b) })
	slices.SortFunc(e.Countries, func(a, b list.Country) int { return cmp(a, b) })
	slices.SortFunc(e.Dates, func(a, b list.Date) int { return cmp(a, b) })
	slices.SortFunc(e.Names[1:], func(a, b list.Name) int { return cmp(a, b) })
	slices.SortFunc(e.Listings, func(a, b list.Listing) int { return cmp(a, b) })
	return e
}

func TestRoundTrip(t *testing.T) {
	vessel := &list.Entity{
		ID: "v", Kind: list.KindVessel, Names: []list.Name{{Text: "CHONG CHON GANG"}},
		Vessel:    &list.Vessel{Type: "General Cargo", Owner: "Chongchongang Shipping", Tonnage: "13990", GrossTons: "9147"},
		Documents: []list.Document{{Type: list.IMO, Number: "7937317"}, {Type: list.MMSI, Number: "445114000"}, {Type: list.CallSign, Number: "HMZG"}},
		Countries: []list.Country{{Code: "KP", Text: "kp", Role: list.Flag}, {Code: "MN", Text: "mn", Role: list.FormerFlag}},
		Dates:     []list.Date{{Kind: list.Built, From: day("1977-01-01"), To: day("1977-12-31")}},
		Topics:    []string{"sanction"},
	}
	body := &list.Entity{
		ID: "b", Kind: list.KindOrganization, Names: []list.Name{{Text: "BANK"}},
		Documents: []list.Document{
			{Type: list.BIC, Number: "FTBDKPPY"},
			{Type: list.LEI, Number: "5493001KJTIIGC8Y1R12"},
			{Type: list.DUNS, Number: "123456789"},
			{Type: list.Registration, Kind: "OGRN", Number: "1027700132195"},
		},
		Dates:  []list.Date{{Kind: list.Founded, From: day("1990-01-01"), To: day("1990-12-31")}},
		Notes:  []string{"a: b"},
		Topics: []string{list.Unlisted},
	}
	for _, e := range []*list.Entity{whole(), vessel, body} {
		for _, nested := range []bool{false, true} {
			got, want := back(t, e, nested), *e
			if !e.Listed() {
				want.Topics = nil
			}
			if g, w := sorted(got), sorted(&want); !reflect.DeepEqual(g, w) {
				t.Errorf("nested %v: read back\n%+v, want\n%+v", nested, g, w)
			}
		}
	}
}

func TestDates(t *testing.T) {
	e := &list.Entity{ID: "p", Kind: list.KindPerson, Names: []list.Name{{Text: "P"}}, Dates: []list.Date{
		{From: day("1958-01-01"), To: day("1960-12-31")},
		{From: day("1920-01-01"), To: day("1960-12-31")},
		{Text: "about 1340 AH"},
	}}
	x := ftm.FromList(e, "")
	if got := x.Properties.Texts("birthDate"); !slices.Equal(got, []string{"1958", "1959", "1960"}) {
		t.Errorf("birthDate %q", got)
	}
	if got := x.Properties.Texts("notes"); !slices.Equal(got, []string{"Born: 1920-01-01 to 1960-12-31", "Born: about 1340 AH"}) {
		t.Errorf("notes %q", got)
	}
	for s, want := range map[string][2]string{
		"1962": {"1962-01-01", "1962-12-31"}, "1964-02": {"1964-02-01", "1964-02-29"},
		"1964-02-03": {"1964-02-03", "1964-02-03"}, "1964-02-03T00:00:00": {"1964-02-03", "1964-02-03"}, "1880": {"1880-01-01", "1880-12-31"},
	} {
		got := ftm.List(&ftm.Entity{ID: "a", Schema: "Person", Properties: ftm.Properties{"birthDate": {{Text: s}}}}).Dates[0]
		if got.From.String() != want[0] || got.To.String() != want[1] || got.Text != "" {
			t.Errorf("%s: %+v", s, got)
		}
	}
	for _, s := range []string{"0000", "9999-99-99", "12", "199x", "ca. 1960", "3017-01-01"} {
		got := ftm.List(&ftm.Entity{ID: "a", Schema: "Person", Properties: ftm.Properties{"birthDate": {{Text: s}}}}).Dates[0]
		if got.Text != s || got.From != 0 {
			t.Errorf("%s: %+v", s, got)
		}
	}
}

func TestTopics(t *testing.T) {
	for _, c := range []struct {
		e    list.Entity
		want string
	}{
		{list.Entity{}, "sanction"},
		{list.Entity{Listings: []list.Listing{{List: "SDN"}}}, "sanction"},
		{list.Entity{Listings: []list.Listing{{List: "Entity List (EL) - Bureau of Industry and Security", Requirement: "All"}}}, "export.control"},
		{list.Entity{Listings: []list.Listing{{List: "Unverified List (UVL)"}}}, "export.risk"},
		{list.Entity{Listings: []list.Listing{{List: "UVL"}, {List: "DTC"}, {List: "EL"}, {List: "ISN"}}}, "export.risk debarment export.control sanction"},
		{list.Entity{Listings: []list.Listing{{List: "Unreliable Entity List"}}}, "sanction.counter"},
		{list.Entity{Listings: []list.Listing{{List: "SDN"}, {List: "Entity List"}, {List: "Entity List"}}}, "sanction export.control"},
		{list.Entity{Topics: []string{"role.pep"}, Listings: []list.Listing{{List: "SDN"}}}, "role.pep"},
		{list.Entity{Topics: []string{list.Unlisted}}, ""},
	} {
		if got := strings.Join(ftm.Topics(&c.e), " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.e, got, c.want)
		}
	}
}

func TestReadsLoosely(t *testing.T) {
	var x ftm.Entity
	in := `{"id":"q","schema":"Person","properties":{"name":"Kim","birthDate":["1965",null,""],"height":1.8,"x":null}}`
	if err := json.Unmarshal([]byte(in), &x); err != nil {
		t.Fatal(err)
	}
	if len(x.Properties) != 3 || x.Properties.First("name") != "Kim" || len(x.Properties["birthDate"]) != 1 || x.Properties.First("height") != "1.8" {
		t.Errorf("%+v", x.Properties)
	}
	for _, bad := range []string{
		`{"properties":{"name":[["Kim"]]}}`, `{"properties":[]}`, `{"properties":{"name":{"id":1}}}`,
		strings.Repeat(`{"properties":{"a":[`, 2000) + strings.Repeat(`]}}`, 2000),
	} {
		if err := json.Unmarshal([]byte(bad), &x); err == nil {
			t.Errorf("%.80s: no error", bad)
		}
	}
}

func TestSchemata(t *testing.T) {
	if !ftm.Is("Company", "Asset") || !ftm.Is("PublicBody", "LegalEntity") || ftm.Is("Person", "Organization") || ftm.Is("Nonsense", "Thing") {
		t.Error("the tree of schemata is wrong")
	}
	if ftm.KindOf("LegalEntity") != list.KindUnknown || ftm.KindOf("Company") != list.KindOrganization || ftm.KindOf("Airplane") != list.KindAircraft {
		t.Error("kinds")
	}
	if ftm.Reverse("Ownership", "asset") != "ownershipAsset" || ftm.Reverse("Family", "person") != "familyPerson" {
		t.Error("reverse")
	}
}

// FuzzList: whatever the JSON, reading does not panic, and what was read can
// be written and read once more without change.
func FuzzList(f *testing.F) {
	b, _ := json.Marshal(ftm.Nested(whole(), "d", "A"))
	f.Add(b)
	f.Add([]byte(`{"id":"w","schema":"CryptoWallet","properties":{"publicKey":["1abc"],"currency":["XBT"],"topics":["sanction"]}}`))
	f.Add([]byte(`{"id":"v","schema":"Vessel","properties":{"name":["A","B"],"notes":["Owner: C","Born: D","Linked to: E"]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var x ftm.Entity
		if json.Unmarshal(b, &x) != nil {
			return
		}
		e := ftm.List(&x)
		if len(e.Names) == 0 {
			return
		}
		ftm.Relation(&x)
		ftm.Join(e, &x)
		for _, y := range append(ftm.Links(e, "d", "A"), ftm.Nested(e, "d", "A")) {
			if _, err := json.Marshal(y); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestNamesSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := &list.Entity{ID: "r", Kind: list.KindPerson, Topics: []string{"sanction"}}
		for i, s := range rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-zА-я가-힣]{1,8}( [A-Z]{1,5})?`), 1, 12, rapid.ID).Draw(t, "names") {
			n := list.Name{Text: s, Kind: rapid.SampledFrom([]list.NameKind{list.AKA, list.FKA, list.Spelling}).Draw(t, "kind")}
			if n.Kind == list.AKA {
				n.Weak = rapid.Bool().Draw(t, "weak")
			}
			if i == 0 {
				n = list.Name{Text: s}
			}
			e.Names = append(e.Names, n)
		}
		got := sorted(ftm.List(ftm.FromList(e, "d")))
		if want := sorted(e); !reflect.DeepEqual(got.Names, want.Names) {
			t.Fatalf("%+v, want %+v", got.Names, want.Names)
		}
	})
}
