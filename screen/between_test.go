package screen

import (
	"slices"
	"strings"
	"testing"

	"navicert"
	"navicert/list"
	"navicert/wallet"
)

// TestOneIDOnTwoLists: OFAC has one ID for a party on its SDN list and on its
// sectoral list, in two sources. Whoever finds it on the one has not yet
// looked at the other.
func TestOneIDOnTwoLists(t *testing.T) {
	st := store(t)
	edition(t, st, "us-ofac-cons", "2024-01-10", org("ofac-1", "Sector Example Bank", on(list.Listing{List: "SSI"})))
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "Sector Example Bank"))
	edition(t, st, "us-csl", "2024-01-10", org("ofac-1", "Sector Example Bank", on(list.Listing{List: "SSI"}, list.Listing{List: "SDN"})))
	f := &Finder{Library: &Library{Store: st}}
	found := find(t, f, day(t, "2024-02-01"), named("Sector Example Bank")...)
	if got := termsOf(t, found); got != sdn {
		t.Errorf("facts %q, want %q", got, sdn)
	}
	if len(found.Hits) != 2 {
		t.Errorf("each list once, and no copy of them: %+v", found.Hits)
	}
	found = find(t, f, day(t, "2024-02-01"), named("Sektor Exampel Bank")...)
	if !slices.ContainsFunc(found.Unsettled, func(u navicert.Unsettled) bool { return slices.Contains(u.Terms, sdn) }) {
		t.Errorf("a name that may be it holds nothing: %+v", found)
	}
}

// TestCameAndWent: who came after the edition of the day, and stands no more
// in the newest, may have been listed on the day.
func TestCameAndWent(t *testing.T) {
	st := store(t)
	stays, guest := org("ofac-1", "Stayer Metals"), org("ofac-2", "Guest Example Trading")
	edition(t, st, "us-ofac-sdn", "2024-01-10", stays)
	edition(t, st, "us-ofac-sdn", "2024-03-10", stays, guest)
	edition(t, st, "us-ofac-sdn", "2024-06-10", stays)
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct {
		day, when string
		open      bool
	}{
		{"2024-01-10", "", false},
		{"2024-02-01", "unknown", true},
		{"2024-03-10", "then", false},
		{"2024-07-01", "earlier", false},
	} {
		found := find(t, f, day(t, c.day), named("Guest Example Trading")...)
		when := ""
		if len(found.Hits) == 1 {
			when = found.Hits[0].When
		}
		if when != c.when && c.when != "" || (len(found.Unsettled) > 0) != c.open {
			t.Errorf("%s: %q, open %t: %+v", c.day, when, len(found.Unsettled) > 0, found.Hits)
		}
	}
}

// TestStarterKnowsDays: OFAC's editions are far apart, and the starter knows
// the days on which Tornado Cash came and went.
func TestStarterKnowsDays(t *testing.T) {
	st := store(t)
	stays, tornado := org("ofac-1", "Stayer Metals"), org("ofac-39796", "TORNADO CASH")
	edition(t, st, "us-ofac-sdn", "2022-01-31", stays)
	edition(t, st, "us-ofac-sdn", "2025-01-03", stays, tornado)
	edition(t, st, "us-ofac-sdn", "2025-12-23", stays)
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct{ day, facts, says string }{
		{"2022-08-07", "", "only since 2022-08-08"},
		{"2022-08-08", sdn, "since 2022-08-08"},
		{"2025-03-20", sdn, "since 2022-08-08"},
		{"2025-03-21", "", "from 2022-08-08, taken off on 2025-03-21, no longer listed"},
		{"2026-01-10", "", "from 2022-08-08, taken off on 2025-03-21, no longer listed"},
	} {
		found := find(t, f, day(t, c.day), named("Tornado Cash")...)
		if got := termsOf(t, found); got != c.facts || len(found.Unsettled) != 0 || len(found.Hits) != 1 || !strings.Contains(found.Hits[0].Note, c.says) {
			t.Errorf("%s: facts %q, %+v", c.day, got, found)
		}
	}
}

// TestListedAnew: OFAC listed Tornado Cash anew under another number, and a
// copy of the list has an address of it under the old one.
func TestListedAnew(t *testing.T) {
	const address = "0x8589427373D6D84E98730D7795D8f6f8731FDA16"
	st := store(t)
	stays := org("ofac-1", "Stayer Metals")
	edition(t, st, "us-ofac-sdn", "2022-01-31", stays)
	edition(t, st, "us-ofac-sdn", "2025-01-03", stays, org("ofac-39796", "TORNADO CASH", holds(address)))
	edition(t, st, "us-ofac-sdn", "2025-12-23", stays)
	edition(t, st, "us-csl", "2022-09-02", stays, org("ofac-38499", "TORNADO CASH", holds(address)))
	edition(t, st, "us-csl", "2025-05-23", stays)
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct{ day, facts string }{
		{"2022-07-01", ""}, {"2022-08-08", sdn}, {"2024-06-01", sdn}, {"2025-03-20", sdn}, {"2025-03-21", ""}, {"2026-01-10", ""},
	} {
		found := find(t, f, day(t, c.day), navicert.Party{Wallets: []navicert.Wallet{{Address: address}}})
		if got := termsOf(t, found); got != c.facts || len(found.Unsettled) != 0 || len(found.Hits) != 1 {
			t.Errorf("%s: facts %q, %+v", c.day, got, found)
		}
	}
}

// TestNewerCopy: the CSL has what BIS renewed; an old file of BIS alone does
// not know.
func TestNewerCopy(t *testing.T) {
	order := on(list.Listing{List: "DPL", Since: day(t, "2022-05-13"), Until: day(t, "2022-11-09")})
	for _, c := range []struct {
		csl  string
		open bool
	}{{"", true}, {"2022-10-01", true}, {"2023-01-01", false}} {
		st := store(t)
		edition(t, st, "us-bis-dpl", "2022-09-02", org("us-1", "Denied Example", order))
		if c.csl != "" {
			edition(t, st, "us-csl", c.csl, org("us-2", "Stayer Metals"))
		}
		f := &Finder{Library: &Library{Store: st}}
		if found := find(t, f, day(t, "2023-05-01"), named("Denied Example")...); (len(found.Unsettled) > 0) != c.open || len(found.Facts) != 0 || len(found.Hits) != 1 {
			t.Errorf("CSL of %q: %+v", c.csl, found)
		}
	}
}

// TestTwoReadingsOfAnAddress: forty digits under TRX are an EVM address and a
// TRON one. Who is listed under either is found.
func TestTwoReadingsOfAnAddress(t *testing.T) {
	const digits = "098b716b8aaf21512996dc57eb0615e2383e2f96"
	b := book{byKey: map[string][]entry{}, byFold: map[string][]entry{}}
	b.add(entry{WalletSpan: list.WalletSpan{Entity: "evm", Wallet: list.Wallet{Address: "0x" + digits}}})
	b.add(entry{WalletSpan: list.WalletSpan{Entity: "tron", Wallet: list.Wallet{Address: "41" + digits}}})
	same, _ := b.find(wallet.Parse("0x"+digits, "TRX"))
	if len(same) != 2 {
		t.Errorf("%d entries, want both", len(same))
	}
}

// TestUnsureAddress: what cannot be told for an address of any chain holds a
// deal, until somebody says of what it is one.
func TestUnsureAddress(t *testing.T) {
	for _, c := range []struct {
		address, asset string
		holds          bool
	}{
		{"0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "", false},
		{"0x098B716B8Aaf21512996dC57EB0615e2383E2f9", "ETH", true}, // a digit is missing
		{"0x098B716B8Aaf21512996dC57EB0615e2383E2f69", "ETH", true},
		{"hello", "", true},
		{"account.near", "NEAR", false},
		{"5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "BTC", true}, // a private key
	} {
		f := &Finder{Library: &Library{Store: store(t)}}
		found := find(t, f, day(t, "2024-02-01"), navicert.Party{Wallets: []navicert.Wallet{{Address: c.address, Asset: c.asset}}})
		if got := len(found.Unsettled) > 0; got != c.holds {
			t.Errorf("%s %s: holds %t, want %t", c.address, c.asset, got, c.holds)
		}
	}
}
