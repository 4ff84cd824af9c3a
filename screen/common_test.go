package screen

import (
	"testing"

	"navicert"
	"navicert/list"
)

// TestCrowded: a name that very many people bear holds the deal, and states
// nothing until something else agrees.
func TestCrowded(t *testing.T) {
	st := store(t)
	edition(t, st, "us-ofac-sdn", "2024-01-10",
		&list.Entity{
			ID: "ofac-1", Kind: list.KindPerson, Names: []list.Name{{Text: "WANG, Wei"}, {Text: "王伟"}}, Countries: []list.Country{{Code: "CN"}},
			Dates: []list.Date{{Kind: list.Birth, From: day(t, "1974-02-17"), To: day(t, "1974-02-17")}}, Listings: []list.Listing{{List: "SDN"}},
			Documents: []list.Document{{Type: list.Passport, Number: "G12345678"}}, Addresses: []list.Address{{City: "Dandong", Country: "CN"}},
		},
		&list.Entity{ID: "ofac-2", Kind: list.KindUnknown, Names: []list.Name{{Text: "Chen Fang"}}, Listings: []list.Listing{{List: "SDN"}}},
		&list.Entity{ID: "ofac-3", Kind: list.KindPerson, Names: []list.Name{{Text: "EXAMPLOV, Ivan"}}, Listings: []list.Listing{{List: "SDN"}}},
		org("ofac-4", "Kim Il Trading"), org("ofac-5", "Wang Jun"))
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct {
		p     navicert.Party
		facts string
		open  bool
	}{
		{navicert.Party{Name: "Wang Wei"}, "", true},
		{navicert.Party{Name: "Wang Wei", Country: "CN"}, "", true}, // the country tells nobody apart
		{navicert.Party{Name: "王伟", Country: "CN"}, "", true},
		{navicert.Party{Name: "Mr. Wei Wang", Country: "CN"}, "", true},
		{navicert.Party{Name: "Wang Wei", Country: "CN", Born: "1974-02-17"}, sdn, false},
		{navicert.Party{Name: "Wang Wei", Country: "CN", Born: "1974"}, sdn, false},
		{navicert.Party{Name: "Wang Wei", Country: "CN", Born: "1975"}, "", true},
		{navicert.Party{Name: "Wang Wei", Country: "CN", Born: "1990"}, "", false},
		{navicert.Party{Name: "Wang Wei", Country: "CN", Address: "12 Example Road, Dandong"}, sdn, false},
		{navicert.Party{Name: "Wang Wei", Identifiers: []navicert.Identifier{{Type: "passport", Value: "G12345678"}}}, sdn, false},
		{navicert.Party{Name: "Chen Fang"}, "", true},
		{navicert.Party{Name: "Chen Fang", Kind: navicert.Organization}, sdn, false}, // firms are held by their names
		{navicert.Party{Name: "Ivan Examplov"}, sdn, false},
		{navicert.Party{Name: "Kim Il Trading"}, sdn, false},
		{navicert.Party{Name: "Wang Jun"}, sdn, false},
	} {
		found := find(t, f, day(t, "2024-02-01"), c.p)
		if got := termsOf(t, found); got != c.facts || (len(found.Unsettled) > 0) != c.open || len(found.Hits) == 0 {
			t.Errorf("%+v: %q, open %t: %+v", c.p, got, len(found.Unsettled) > 0, found.Hits)
		}
	}
}

func TestBearers(t *testing.T) {
	for n, many := range map[string]bool{
		"Wang Wei": true, "王伟": true, "Иван Петров": true, "Mohammad Khan": true, "John Smith": true, "Maria da Silva": true, "Kim Il": true, "Mohammed": true,
		"Pak Jin Hyok": false, "Vladimir Putin": false, "Yevgeniy Prigozhin": false, "Ivan Examplov": false, "Smith Trading": false, "John Smith Ltd.": false,
		"": false, "Mr.": false, "J. S.": false,
	} {
		if got := bearers(n); (got >= crowd) != many {
			t.Errorf("%q: %.0f", n, got)
		}
	}
}
