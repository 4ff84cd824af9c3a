package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"navicert"
	"navicert/list"
)

func ExampleFinder_Find() {
	day, _ := navicert.ParseDay("2019-09-13")
	f := &Finder{Library: &Library{}}
	found, err := f.Find(&navicert.Deal{Day: day, Parties: []navicert.Party{{Name: "LAZARUS\u200b  GROUP"}, {Name: "Lazarus Bakery"}}})
	if err != nil {
		panic(err)
	}
	for _, h := range found.Hits {
		fmt.Println(h.Note)
	}
	// Output:
	// "LAZARUS�  GROUP" is Lazarus Group, on OFAC's SDN list since 2019-09-13 (DPRK3), source SDN 27307; U.S. Treasury press release sm774
}

func day(t testing.TB, s string) navicert.Day {
	t.Helper()
	d, err := navicert.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func named(names ...string) []navicert.Party {
	var out []navicert.Party
	for _, n := range names {
		out = append(out, navicert.Party{Roles: []string{navicert.EndUser}, Name: n, Where: "deal.yaml:7:5"})
	}
	return out
}

func find(t testing.TB, f *Finder, d navicert.Day, ps ...navicert.Party) *navicert.Finding {
	t.Helper()
	out, err := f.Find(&navicert.Deal{Day: d, Parties: ps})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func termsOf(t testing.TB, found *navicert.Finding) string {
	t.Helper()
	var out []string
	for _, f := range found.Facts {
		if f.Value != "true" || f.Evidence.Kind != "found" || f.Evidence.Note == "" || f.Evidence.On == "" {
			t.Errorf("fact %+v", f)
		}
		out = append(out, f.Term)
	}
	return strings.Join(out, " ")
}

// entries are the entities that were found, with a ? where a person must settle it.
func entries(found *navicert.Finding) string {
	var out []string
	for _, h := range found.Hits {
		e := h.Entry
		if h.Open {
			e += "?"
		}
		out = append(out, e)
	}
	return strings.Join(out, " ")
}

// TestStarter looks up the built-in lists on the days around a change.
func TestStarter(t *testing.T) {
	f := &Finder{Library: &Library{}}
	cyber := "screening.sdn screening.dprk_cyber"
	for _, c := range []struct{ name, day, entry, facts, says string }{
		{"Lazarus Group", "2019-09-12", "us-lazarus", "", "only since 2019-09-13, after the day of this deal"},
		{"Lazarus Group", "2019-09-13", "us-lazarus", cyber, "since 2019-09-13"},
		{"group, LAZARUS", "2026-09-24", "us-lazarus", cyber, ""},
		{"hidden cobra", "2026-09-24", "us-lazarus", cyber, `(alias "HIDDEN COBRA")`},
		{"Jin Hyok Pak", "2026-09-24", "us-park-jin-hyok", cyber, ""},
		{"Tornado Cash", "2022-08-07", "us-tornado", "", "only since"},
		{"Tornado Cash", "2025-03-20", "us-tornado", "screening.sdn", ""},
		{"Tornado Cash", "2025-03-21", "us-tornado", "", "taken off on 2025-03-21, no longer listed"},
		{"Blender.io", "2024-01-01", "us-blender", "screening.sdn", ""},
		{"Sim Hyon Sop", "2024-01-01", "us-sim-hyon-sop", "screening.sdn screening.sdn_744_8 screening.dprk_cyber", ""},
		{"Korea Mining Development Trading Corp.", "2024-01-01", "un-kpe.001", "screening.un_1718", ""},
		{"Huione Group", "2026-01-01", "us-huione", "", "no fact follows here"},
	} {
		found := find(t, f, day(t, c.day), named(c.name)...)
		var h *navicert.ListHit
		for i := range found.Hits {
			if found.Hits[i].Entry == c.entry {
				h = &found.Hits[i]
			}
		}
		if h == nil {
			t.Errorf("%s on %s: %+v", c.name, c.day, found.Hits)
			continue
		}
		if got := termsOf(t, found); got != c.facts || h.States != (c.facts != "") || !strings.Contains(h.Note, c.says) {
			t.Errorf("%s on %s states %q, want %q: %s", c.name, c.day, got, c.facts, h.Note)
		}
	}
}

// TestEveryEntry finds each entry by each of its names and wallets on its
// first day, and on no day before.
func TestEveryEntry(t *testing.T) {
	f := &Finder{Library: &Library{}}
	own, err := starter()
	if err != nil {
		t.Fatal(err)
	}
	check := func(e *list.Entity, p navicert.Party, d navicert.Day, says string) {
		t.Helper()
		found := find(t, f, d, p)
		if !slices.ContainsFunc(found.Hits, func(h navicert.ListHit) bool { return h.Entry == e.ID && strings.Contains(h.Note, says) }) {
			t.Errorf("%s is not found by %+v on %s: %+v", e.ID, p, d, found.Hits)
		}
	}
	for _, l := range own {
		for i := range l.Len() {
			e := l.Entity(i)
			since := e.Listings[0].Since
			for _, n := range e.Names {
				for _, text := range []string{n.Text, strings.ToLower(n.Text)} {
					check(e, navicert.Party{Name: text}, since, " since "+since.String())
				}
				check(e, navicert.Party{Aliases: []string{n.Text}}, since-1, "only since")
			}
			for _, w := range e.Wallets {
				p := navicert.Party{Wallets: []navicert.Wallet{{Address: " " + w.Address + "\u200b\n"}}}
				check(e, p, w.Listed.By, "listed since "+w.Listed.By.String())
				check(e, p, w.Listed.By-1, "only since")
				if w.Removed.By != 0 {
					check(e, p, w.Removed.By, "no longer listed")
				}
			}
		}
	}
}

func TestWalletsOfTheStarter(t *testing.T) {
	f := &Finder{Library: &Library{}}
	const lazarus = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96" // listed 2022-04-14
	for _, c := range []struct{ address, day, facts string }{
		{strings.ToLower(lazarus), "2022-04-13", ""},
		{strings.ToLower(lazarus), "2022-04-14", "screening.sdn screening.dprk_cyber"},
		{"0X" + strings.ToUpper(lazarus[2:]), "2026-04-14", "screening.sdn screening.dprk_cyber"},
		{"ethereum:" + lazarus + "@1?value=1e18", "2026-04-14", "screening.sdn screening.dprk_cyber"},
		{lazarus[:41] + "7", "2026-04-14", ""},
		{"", "2026-04-14", ""},
	} {
		found := find(t, f, day(t, c.day), navicert.Party{Where: "d:1:1", Wallets: []navicert.Wallet{{Asset: "ANY", Address: c.address, Where: "d:2:2"}}})
		if got := termsOf(t, found); got != c.facts {
			t.Errorf("%s on %s: %q", c.address, c.day, got)
		}
		for _, fact := range found.Facts {
			if fact.Evidence.Where != "d:2:2" {
				t.Errorf("a wallet's own place is lost: %s", fact.Evidence.Where)
			}
		}
	}
}

// TestOwnerBlocked: an address that was listed only later was its owner's, and
// that was blocked already, or not.
func TestOwnerBlocked(t *testing.T) {
	f := &Finder{Library: &Library{}}
	for d, open := range map[string]bool{"2019-09-12": false, "2019-09-13": true, "2022-04-13": true} {
		found := find(t, f, day(t, d), navicert.Party{Wallets: []navicert.Wallet{{Address: "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"}}})
		if termsOf(t, found) != "" || Listed(found) != "listed only later" || (len(found.Unsettled) > 0) != open || found.Hits[0].Open != open ||
			strings.Contains(found.Hits[0].Note, "blocked with it") != open {
			t.Errorf("%s: %+v", d, found)
		}
	}
}

// TestDamagedWallet: an address that lost its letter case is never "not listed".
func TestDamagedWallet(t *testing.T) {
	f := &Finder{Library: &Library{}}
	for _, address := range []string{"1a1zp1ep5qgefi2dmptftl5slmv7divfna", "tr7nhqjekqxgtci8q8zy4pl8otszgjlj6t", strings.Repeat("0", 100_000)} {
		found := find(t, f, day(t, "2026-09-24"), navicert.Party{Wallets: []navicert.Wallet{{Address: address}}})
		if len(found.Unsettled) != 1 || !slices.Contains(found.Unsettled[0].Terms, sdn) || len(found.Facts) != 0 {
			t.Errorf("%.50s: %+v", address, found)
		}
	}
	// one that is listed, but for its letter case, is told by name
	own, _ := starter()
	for i := range own[0].Len() {
		for _, w := range own[0].Entity(i).Wallets {
			if a := address(&w); a.Fold == "" {
				continue
			}
			found := find(t, f, w.Listed.By, navicert.Party{Wallets: []navicert.Wallet{{Address: strings.ToLower(w.Address)}}})
			if len(found.Facts) != 0 || len(found.Unsettled) != 2 || !strings.Contains(found.Unsettled[1].Note, "in letter case alone") {
				t.Fatalf("%s: %+v", w.Address, found)
			}
			return
		}
	}
	t.Error("no address to try")
}

// TestAttributed: what the FBI has published is no listing, and holds a deal.
func TestAttributed(t *testing.T) {
	f := &Finder{Library: &Library{}}
	all, err := attributions()
	if err != nil || len(all) != 61 {
		t.Fatalf("%d addresses, %v", len(all), err)
	}
	for _, as := range all {
		for _, a := range as {
			p := navicert.Party{Wallets: []navicert.Wallet{{Address: a.address}}}
			found := find(t, f, a.day, p)
			if len(found.Unsettled) != 1 || found.Unsettled[0].Terms != nil || len(found.Facts) != 0 || !found.Hits[0].Open ||
				!strings.Contains(found.Hits[0].Note, "attributed by the FBI") || !strings.Contains(found.Hits[0].Note, "not a legal listing") {
				t.Errorf("%s: %+v", a.address, found)
			}
			if found = find(t, f, a.day-1, p); len(found.Unsettled) != 0 || len(found.Hits) != 1 || found.Hits[0].Open {
				t.Errorf("%s the day before: %+v", a.address, found)
			}
		}
	}
	// neither the theft's main receiver nor the sender of the transaction is on the FBI's list
	for _, other := range []string{"0x47666Fab8bd0Ac7003bce3f5C3585383F09486E2", "0x0fa09C3A328792253f8dee7116848723b72a6d2e"} {
		if found := find(t, f, day(t, "2026-09-24"), navicert.Party{Wallets: []navicert.Wallet{{Address: other}}}); len(found.Hits) != 0 {
			t.Errorf("%s: %+v", other, found.Hits)
		}
	}
}

func TestFindOnAHostileDeal(t *testing.T) {
	f := &Finder{Library: &Library{}}
	ps := named("", "\xff\xfe", "\u202eLazarus Group", "Lazarus\xff Group", strings.Repeat("Lazarus Group ", 8_000),
		strings.Repeat("\u200b", 100_000)+"Lazarus Group", "\x1b[2JLazarus Group")
	ps = append(ps, navicert.Party{}, navicert.Party{Roles: []string{navicert.Bank}, Aliases: []string{"Andariel"}})
	found := find(t, f, day(t, "2026-09-24"), ps...)
	if got := termsOf(t, found); got != "screening.sdn screening.dprk_cyber" {
		t.Errorf("facts %q", got)
	}
	for _, h := range found.Hits {
		if !utf8.ValidString(h.Note+h.Party) || strings.ContainsAny(h.Note+h.Party, "\u202e\x1b\u200b") || len(h.Note) > 1000 || len(h.Party) > 500 {
			t.Errorf("not fit to print: %.300q", h.Note)
		}
	}
	if !slices.ContainsFunc(found.Hits, func(h navicert.ListHit) bool { return h.How == "cut" }) {
		t.Errorf("nobody says that a name was cut: %+v", found.Hits)
	}
}

func TestNothingFoundStatesNothing(t *testing.T) {
	found := find(t, &Finder{Library: &Library{}}, day(t, "2026-09-24"), named("Acme GmbH", "Group", "Songhua Example Network Security Co., Ltd.")...)
	if len(found.Facts) != 0 || len(found.Hits) != 0 || len(found.Unsettled) != 0 {
		t.Errorf("%+v", found)
	}
	if !strings.Contains(found.Notices[0], "not thereby clean") || len(found.Lists) != 2 || !strings.Contains(found.Lists[0], "sha256 ") {
		t.Errorf("%+v", found)
	}
}

// TestTooManyNames: beyond the bound the same names are still found, and the
// deal does not go.
func TestTooManyNames(t *testing.T) {
	p := navicert.Party{Name: "Acme"}
	for i := range maxNames {
		p.Aliases = append(p.Aliases, fmt.Sprint("x", i))
	}
	start := time.Now()
	found := find(t, &Finder{Library: &Library{}}, day(t, "2026-09-24"), p, navicert.Party{Name: "Lazarus Group"})
	if len(found.Unsettled) != 1 || !slices.Contains(found.Unsettled[0].Terms, sdn) || termsOf(t, found) != "screening.sdn screening.dprk_cyber" {
		t.Errorf("%+v", found)
	}
	t.Log(time.Since(start))
}

func FuzzFind(f *testing.F) {
	f.Add("Lazarus Group", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "passport 123456", 20000)
	f.Add("\u202e\xff", "\x00", "", -1)
	finder := &Finder{Library: &Library{}}
	f.Fuzz(func(t *testing.T, n, w, id string, d int) {
		found, err := finder.Find(&navicert.Deal{Day: navicert.Day(int32(d)), Parties: []navicert.Party{
			{Name: n, Wallets: []navicert.Wallet{{Address: w}}, Identifiers: []navicert.Identifier{{Type: id, Value: id}}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range found.Hits {
			if !utf8.ValidString(h.Note) || h.Note == "" {
				t.Fatalf("%+v", h)
			}
		}
		for _, u := range found.Unsettled {
			if u.Note == "" {
				t.Fatalf("%+v", u)
			}
		}
	})
}
