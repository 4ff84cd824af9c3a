package screen

import (
	"strings"
	"testing"

	"navicert"
	"navicert/list"
)

// TestSameNameOtherPerson: what a name alone proves of a person, and what a
// number proves whatever the rest says.
func TestSameNameOtherPerson(t *testing.T) {
	st := store(t)
	born := []list.Date{{Kind: list.Birth, From: day(t, "1974-02-17"), To: day(t, "1974-02-17")}}
	person := &list.Entity{
		ID: "ofac-1", Kind: list.KindPerson, Names: []list.Name{{Text: "EXAMPLOV, Ivan"}, {Text: "ALI, Sample", Kind: list.AKA, Weak: true}},
		Countries: []list.Country{{Code: "RU"}}, Dates: born, Listings: []list.Listing{{List: "SDN"}},
		Documents: []list.Document{{Type: list.Passport, Number: "712345678"}},
	}
	edition(t, st, "us-ofac-sdn", "2024-01-10", person, org("ofac-2", "Beispielbank PJSC", func(e *list.Entity) { e.Countries = []list.Country{{Code: "RU"}} }))
	f := &Finder{Library: &Library{Store: st}}
	passport := []navicert.Identifier{{Type: "passport", Value: "712345678"}}
	for _, c := range []struct {
		p     navicert.Party
		facts string
		open  bool
	}{
		{navicert.Party{Name: "Ivan Examplov"}, sdn, false},
		{navicert.Party{Name: "Ivan Examplov", Country: "RU"}, sdn, false},
		{navicert.Party{Name: "Ivan Examplov", Country: "GB"}, "", true}, // a namesake, as likely as not
		{navicert.Party{Name: "Ivan Examplov", Country: "GB", Born: "1974-02-17"}, sdn, false},
		{navicert.Party{Name: "Ivan Examplov", Country: "GB", Born: "1991"}, "", false},
		{navicert.Party{Name: "Ivan Examplov", Country: "GB", Identifiers: passport}, sdn, false},
		{navicert.Party{Name: "Ivan Examplov", Born: "1991", Identifiers: passport}, "", true}, // the passport outweighs the birthday
		{navicert.Party{Name: "Sample Ali"}, "", true},                                         // the list calls that name weak
		{navicert.Party{Name: "Beispielbank", Country: "SG"}, "", true},                        // a branch
	} {
		found := find(t, f, day(t, "2024-02-01"), c.p)
		if got := termsOf(t, found); got != c.facts || (len(found.Unsettled) > 0) != c.open || len(found.Hits) != 1 {
			t.Errorf("%+v: %q, open %t: %+v", c.p, got, len(found.Unsettled) > 0, found.Hits)
		}
	}
}

// TestBornFirst: the first of January 1970 is a day like any other, and 1970 a year.
func TestBornFirst(t *testing.T) {
	st := store(t)
	born := func(id, called, from, to string) *list.Entity {
		return &list.Entity{
			ID: id, Kind: list.KindPerson, Names: []list.Name{{Text: called}}, Listings: []list.Listing{{List: "SDN"}},
			Dates: []list.Date{{Kind: list.Birth, From: day(t, from), To: day(t, to)}},
		}
	}
	unread := born("ofac-3", "BLORKIN, Zephon", "1970-01-01", "1970-01-01")
	unread.Dates[0].Text = "in the year of the flood"
	edition(t, st, "us-ofac-sdn", "2024-01-10", born("ofac-1", "EXAMPLOV, Ivan", "1970-01-01", "1970-01-01"), born("ofac-2", "SAMPLEV, Oleg", "1970-01-01", "1970-12-31"), unread)
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct{ name, born, facts string }{
		{"Ivan Examplov", "1970-01-01", sdn},
		{"Ivan Examplov", "1985-03-04", ""},
		{"Oleg Samplev", "1970-01-01", sdn},
		{"Oleg Samplev", "1985-03-04", ""},
		{"Zephon Blorkin", "1985-03-04", sdn}, // nothing contradicts
	} {
		found := find(t, f, day(t, "2024-02-01"), navicert.Party{Name: c.name, Born: c.born})
		if got := termsOf(t, found); got != c.facts {
			t.Errorf("%s, born %s: %q, want %q: %+v", c.name, c.born, got, c.facts, found.Hits)
		}
	}
}

// TestNumbers: one number, written in different ways.
func TestNumbers(t *testing.T) {
	st := store(t)
	numbered := func(dt list.DocType, number string) func(*list.Entity) {
		return func(e *list.Entity) { e.Documents = []list.Document{{Type: dt, Number: number}} }
	}
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "Harbor Example Bank", numbered(list.BIC, "SABRRUMM")), org("ofac-2", "Other Example Bank", numbered(list.BIC, "VTBRRUM2XXX")),
		org("ofac-3", "EXAMPLE STAR", numbered(list.IMO, "9187629")), org("ofac-4", "Sample Chemicals", numbered(list.TaxID, "91230199MA1C1X2Y3Z")))
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct{ called, number, entry string }{
		{"BIC", "SABRRUMM", "ofac-1"},
		{"SWIFT code", "SABRRUMMXXX", "ofac-1"},
		{"SWIFT/BIC", "SABR RU MM 012", "ofac-1"}, // a branch
		{"BIC", "VTBRRUM2", "ofac-2"},
		{"BIC", "SABRRUM9", ""},
		{"IMO", "IMO 9187629", "ofac-3"},
		{"IMO number", "9187629", "ofac-3"},
		{"unified social credit code", "91230199MA1C1X2Y3Z", "ofac-4"},
	} {
		found := find(t, f, day(t, "2024-02-01"), navicert.Party{Name: "Nobody Such", Identifiers: []navicert.Identifier{{Type: c.called, Value: c.number}}})
		if got := entries(found); got != c.entry || c.entry != "" && termsOf(t, found) != sdn {
			t.Errorf("%s %s: %q, want %q: %+v", c.called, c.number, got, c.entry, found)
		}
	}
}

// TestPartly: lists of the United States that forbid some dealings hold a deal
// and state nothing; others are shown.
func TestPartly(t *testing.T) {
	st := store(t)
	held := map[string]bool{"SSI": true, "FSE": true, "CAP": true, "MBS": true, "PLC": true, "Brand New List": true, "ISN": true, "CMIC": false, "DTC": false}
	var es []*list.Entity
	for l := range held {
		es = append(es, org("us-"+l, "Sample "+l+" Example", on(list.Listing{List: l})))
	}
	edition(t, st, "us-csl", "2024-01-10", es...)
	edition(t, st, "eu-fsf", "2024-01-10", org("eu-1", "Sample Europe Example", on(list.Listing{List: "UKR"})))
	held["Europe"] = false
	f := &Finder{Library: &Library{Store: st}}
	for l, held := range held {
		found := find(t, f, day(t, "2024-02-01"), navicert.Party{Name: "Sample " + l + " Example"})
		if len(found.Facts) != 0 || len(found.Hits) == 0 || found.Hits[0].Open != held || (len(found.Unsettled) > 0) != held {
			t.Errorf("%s: %+v", l, found)
		}
		if held && !strings.Contains(found.Unsettled[0].Note, "a person must see") {
			t.Errorf("%s: %s", l, found.Unsettled[0].Note)
		}
	}
}

// TestWritten: names that a search takes for one are one only where they are
// written so.
func TestWritten(t *testing.T) {
	st := store(t)
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "General Example Intelligence Directorate"), org("ofac-2", "Songhwa Technologies Paraguay S.A."),
		org("ofac-3", "Банк Пример Северный"), org("ofac-4", "Yanbian Silverstar Sample Network"))
	f := &Finder{Library: &Library{Store: st}}
	for who, facts := range map[string]string{
		"Main Example Intelligence Directorate": "", "Songhwa Technologies Co., Ltd.": "", "Songhwa Technologies": "",
		"General Example Intelligence Directorate": sdn, "SONGHWA Technologies, Paraguay S. A.": sdn, "Bank Primer Severny": sdn, "Yanbian Silver Star Sample Network": sdn,
	} {
		if got := termsOf(t, find(t, f, day(t, "2024-02-01"), navicert.Party{Name: who})); got != facts {
			t.Errorf("%s: %q, want %q", who, got, facts)
		}
	}
}

// TestMoot: what could only state what is certain already holds nothing.
func TestMoot(t *testing.T) {
	st := store(t)
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "Harbor Example Trading"), org("ofac-2", "Harbor Exampel Tradings"))
	edition(t, st, "un-sc", "2024-01-10", org("un-1", "Harbor Exampel Tradings", on(list.Listing{List: "DPRK"})))
	edition(t, st, "eu-fsf", "2024-01-10", org("eu-1", "Harbor Exampel Tradings", on(list.Listing{List: "PRK"})))
	found := find(t, &Finder{Library: &Library{Store: st}}, day(t, "2024-02-01"), navicert.Party{Name: "Harbor Example Trading"})
	if len(found.Hits) < 4 || len(found.Unsettled) != 1 || !strings.Contains(found.Unsettled[0].Note, "un-1") || termsOf(t, found) != sdn {
		t.Errorf("%+v", found)
	}
}
