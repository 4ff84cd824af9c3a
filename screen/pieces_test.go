package screen

import (
	"slices"
	"strings"
	"testing"

	"navicert"
	"navicert/list"
	"navicert/match"
)

func TestPieces(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Lazarus Group", ""},
		{"Acme GmbH d/b/a Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"Acme GmbH DBA Lazarus", "Acme GmbH|Lazarus"},
		{"Acme GmbH, a.k.a. Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"c/o Lazarus Group", "Lazarus Group"},
		{"Acme (Lazarus Group)", "Lazarus Group"},
		{"Acme Trading (formerly Lazarus Group) Ltd.", "Acme Trading Ltd|Lazarus Group"},
		{"John Miller / Lazarus Group", "John Miller|Lazarus Group"},
		{"John Miller; Lazarus Group", "John Miller|Lazarus Group"},
		{"Acme GmbH (a wholly owned subsidiary of Lazarus Group)", "Acme GmbH|Lazarus Group"},
		{"Acme GmbH, also Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"Acme GmbH for the account of Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"Acme GmbH f/b/o Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"Acme GmbH as agent for Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"Acme Trading as agent for Lazarus Group", "Acme|Lazarus Group"}, // and not "trading as"
		{"Vienna Branch of Lazarus Group", "Vienna|Lazarus Group"},
		{"Acme GmbH owned by Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"Acme GmbH - Lazarus Group", "Acme GmbH|Lazarus Group"},
		{"Acme GmbH – Vienna", "Acme GmbH"}, // a place
		{"Al-Aka Branch Trading", ""},
		{"Fund for Peace", ""},
		{"ALSO Holding AG", ""},
		{"M/V ARTAVIL", "ARTAVIL"},
		{"MV Artavil", "Artavil"},
		{"Acme (Shanghai)", ""}, // a place
		{"A/S Norden", ""},
		{"Mvita Trading", ""},
		{"Al-Aka Trading", ""},
		{"()(((", ""},
	} {
		if got := strings.Join(Pieces(c.name), "|"); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
	if got := Pieces(strings.Repeat("a b (c d) / ", 50)); len(got) > maxPieces {
		t.Errorf("%d pieces", len(got))
	}
}

// TestDisguises: a listed name, number or address that stands where it is not
// looked for holds the deal, and proves nothing by itself.
func TestDisguises(t *testing.T) {
	st := store(t)
	ship := org("ofac-2", "ARTAVIL", func(e *list.Entity) { e.Kind = list.KindVessel })
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "Harbor Example Trading", holds(first)), ship)
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct {
		p     navicert.Party
		facts string
		open  bool
	}{
		{navicert.Party{Name: "Acme GmbH d/b/a Harbor Example Trading"}, "", true},
		{navicert.Party{Name: "Acme (Harbor Example Trading)"}, "", true},
		{navicert.Party{Name: "c/o Harbor Exampel Trading"}, "", true},
		{navicert.Party{Name: "M/V Artavil"}, "", true},
		{navicert.Party{Name: "Acme GmbH"}, "", false},
		{navicert.Party{Name: "Acme GmbH", Address: "pay to " + first}, sdn, false},
		{navicert.Party{Name: first}, sdn, false},
		{navicert.Party{Name: "Acme GmbH", Identifiers: []navicert.Identifier{{Type: "wallet", Value: first}}}, sdn, false},
		{navicert.Party{Name: "Acme GmbH", Address: "pay to " + second}, "", false},
		// mistyped: which address is meant is not known
		{navicert.Party{Name: "Acme GmbH", Wallets: []navicert.Wallet{{Address: "0x098B716B8Aaf21512996dC57EB0615e2383E2f97"}}}, "", true},
		{navicert.Party{Name: "Acme GmbH", Wallets: []navicert.Wallet{{Address: "0x098b716b8aaf21512996dc57eb0615e2383e2f97"}}}, "", false},
	} {
		found := find(t, f, day(t, "2024-02-01"), c.p)
		if got := termsOf(t, found); got != c.facts || (len(found.Unsettled) > 0) != c.open {
			t.Errorf("%+v: %q, open %t: %+v", c.p, got, len(found.Unsettled) > 0, found.Hits)
		}
	}
}

// TestAbroad: a firm that is listed in one country may have a front in another;
// a person of another country is mostly somebody else.
func TestAbroad(t *testing.T) {
	st := store(t)
	korea := func(e *list.Entity) { e.Countries = []list.Country{{Code: "KP"}} }
	person := &list.Entity{ID: "ofac-2", Kind: list.KindPerson, Names: []list.Name{{Text: "EXAMPLOVICH, Sampleon"}}, Listings: []list.Listing{{List: "SDN"}}}
	korea(person)
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "Harbor Example Trading", korea), person)
	lists, err := (&Library{Store: st}).At(day(t, "2024-02-01"))
	if err != nil {
		t.Fatal(err)
	}
	score := func(who, country string) float32 {
		hits := lists.Search(Query(&navicert.Party{Name: who, Country: country}), &Options{Min: 1})
		if len(hits) != 1 || country != "" && !slices.ContainsFunc(hits[0].Effects, func(e match.Effect) bool { return e.What == "country" }) {
			t.Fatalf("%s in %q: %+v", who, country, hits)
		}
		return hits[0].Score
	}
	if a, b, here := score("Harbor Exampel Trade", ""), score("Harbor Exampel Trade", "CN"), score("Harbor Exampel Trade", "KP"); a != b || here <= a {
		t.Errorf("a front: %.2f abroad, %.2f where no country is said, %.2f at home", b, a, here)
	}
	if a, b := score("Sampleon Examplovitsh", ""), score("Sampleon Examplovitsh", "CN"); b >= a {
		t.Errorf("a person: %.2f abroad, %.2f where no country is said", b, a)
	}
}

// TestClearIsOfANameAlone: a number that is the same still counts.
func TestClearIsOfANameAlone(t *testing.T) {
	st := store(t)
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "Harbor Example Trading", func(e *list.Entity) {
		e.Documents = []list.Document{{Type: list.TaxID, Number: "7712345678"}}
	}))
	tn, err := ReadTuning("t.yaml", strings.NewReader(`clear: [{name: Harbor Example Trading, entity: ofac-1, reason: r, by: B, on: "2024-01-01", expires: "2024-12-31"}]`))
	if err != nil {
		t.Fatal(err)
	}
	f := &Finder{Library: &Library{Store: st}, Tuning: tn}
	for number, facts := range map[string]string{"": "", "7799999999": "", "7712345678": sdn} {
		p := navicert.Party{Name: "Harbor Example Trading"}
		if number != "" {
			p.Identifiers = []navicert.Identifier{{Type: "tax", Value: number}}
		}
		if got := termsOf(t, find(t, f, day(t, "2024-02-01"), p)); got != facts {
			t.Errorf("%q: %q, want %q", number, got, facts)
		}
	}
}
