package match_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"navicert"
	"navicert/list"
	"navicert/match"
)

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

func ExampleFinder_Search() {
	f := match.New(list.Starter())
	day, _ := navicert.ParseDay("2019-09-13")
	for _, h := range f.Search(day, []navicert.Party{{Name: "LAZARUS\u200b  GROUP"}, {Name: "Lazarus Bakery"}}) {
		fmt.Println(h.Note())
	}
	// Output:
	// "LAZARUS�  GROUP" is Lazarus Group, on OFAC's list since 2019-09-13 (DPRK3), source SDN 27307; U.S. Treasury press release sm774
}

// TestStarter looks up the built-in list on the days around a change.
func TestStarter(t *testing.T) {
	f := match.New(list.Starter())
	cyber := "screening.sdn screening.dprk_cyber"
	for _, c := range []struct {
		name, day, entry, facts string
		when                    match.When
	}{
		{"Lazarus Group", "2019-09-12", "us-lazarus", "", match.Later},
		{"Lazarus Group", "2019-09-13", "us-lazarus", cyber, match.Then},
		{"group, LAZARUS", "2026-09-24", "us-lazarus", cyber, match.Then},
		{"hidden cobra", "2026-09-24", "us-lazarus", cyber, match.Then},
		{"Jin Hyok Pak", "2026-09-24", "us-park-jin-hyok", cyber, match.Then},
		{"Tornado Cash", "2022-08-07", "us-tornado", "", match.Later},
		{"Tornado Cash", "2025-03-20", "us-tornado", "screening.sdn", match.Then},
		{"Tornado Cash", "2025-03-21", "us-tornado", "", match.Before},
		{"Blender.io", "2024-01-01", "us-blender", "screening.sdn", match.Then},
		{"Sim Hyon Sop", "2024-01-01", "us-sim-hyon-sop", "screening.sdn screening.sdn_744_8 screening.dprk_cyber", match.Then},
		{"Korea Mining Development Trading Corp.", "2024-01-01", "un-kpe.001", "screening.un_1718", match.Then},
		{"Huione Group", "2026-01-01", "us-huione", "", match.Then},
	} {
		hits := f.Search(day(t, c.day), named(c.name))
		if len(hits) != 1 || hits[0].Entry.ID != c.entry || hits[0].When != c.when {
			t.Errorf("%s on %s: %+v", c.name, c.day, hits)
			continue
		}
		if got := termsOf(t, match.Facts(hits)); got != c.facts {
			t.Errorf("%s on %s states %q, want %q", c.name, c.day, got, c.facts)
		}
		if hits[0].States() != (c.facts != "") {
			t.Errorf("%s on %s: States is %v", c.name, c.day, hits[0].States())
		}
	}
}

func termsOf(t testing.TB, facts []navicert.Fact) string {
	var out []string
	for _, f := range facts {
		if f.Value != "true" || f.Evidence.Kind != "found" || f.Evidence.Note == "" || f.Evidence.On == "" {
			t.Errorf("fact %+v", f)
		}
		out = append(out, f.Term)
	}
	return strings.Join(out, " ")
}

// TestEveryEntry finds each entry by each of its names and wallets on its
// first day, and on no day before.
func TestEveryEntry(t *testing.T) {
	l := list.Starter()
	f := match.New(l)
	check := func(e *list.Entry, p navicert.Party, d navicert.Day, want match.When) {
		t.Helper()
		for _, h := range f.Search(d, []navicert.Party{p}) {
			if h.Entry == e && h.When == want {
				return
			}
		}
		t.Errorf("%s is not found by %+v on %s", e.ID, p, d)
	}
	for _, e := range l.Entries {
		for _, n := range append([]string{e.Name, strings.ToLower(e.Name)}, e.Aliases...) {
			check(e, navicert.Party{Name: n}, e.Listed, match.Then)
			check(e, navicert.Party{Aliases: []string{n}}, e.Listed-1, match.Later)
		}
		for _, w := range e.Wallets {
			p := navicert.Party{Wallets: []navicert.Wallet{{Address: " " + w.Address + "\u200b\n"}}}
			check(e, p, w.Listed, match.Then)
			check(e, p, w.Listed-1, match.Later)
			if w.Delisted != navicert.Forever {
				check(e, p, w.Delisted, match.Before)
			}
		}
	}
}

func small() *list.List {
	e := func(id, name, authority string, programs ...string) *list.Entry {
		return &list.Entry{
			Part: "dprk-cyber", ID: id, Name: name, Kind: "entity", Authority: authority, Programs: programs,
			Listed: 0, Delisted: navicert.Forever, Source: "S", Evidence: "checked", Dates: "recalled",
		}
	}
	a, b, c := e("a", "Fortuna LLC", list.OFAC, "DPRK2"), e("b", "Garantex", list.OFAC, "CYBER4", "RUSSIA-EO14024"), e("c", "Old Hand", list.OFAC, "DPRK3")
	b.Kind, c.Outsider = "exchange", true
	a.Wallets = []list.EntryWallet{
		{Asset: "ETH", Address: "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", Listed: 100, Delisted: 200},
		{Asset: "XBT", Address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Listed: 0, Delisted: navicert.Forever},
		{Asset: "XBT", Address: "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", Listed: 0, Delisted: navicert.Forever},
	}
	return &list.List{Name: "small", Entries: []*list.Entry{a, b, c}}
}

func TestWallets(t *testing.T) {
	f := match.New(small())
	for _, c := range []struct {
		address string
		day     navicert.Day
		facts   string
		hits    int
	}{
		{"0x098b716b8aaf21512996dc57eb0615e2383e2f96", 99, "", 1},
		{"0x098b716b8aaf21512996dc57eb0615e2383e2f96", 100, "screening.sdn screening.dprk_cyber", 1},
		{"0X098B716B8AAF21512996DC57EB0615E2383E2F96", 199, "screening.sdn screening.dprk_cyber", 1},
		{"0x098B716B8Aaf21512996dC57EB0615e2383E2f96", 200, "", 1},
		{"0x098b716b8aaf21512996dc57eb0615e2383e2f97", 150, "", 0},
		{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", 150, "screening.sdn screening.dprk_cyber", 1},
		{"ethereum:0x098B716B8Aaf21512996dC57EB0615e2383E2f96@1?value=1e18", 150, "screening.sdn screening.dprk_cyber", 1},
		{"bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=1", 150, "screening.sdn screening.dprk_cyber", 1},
		{"\t1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2\u202c ", 150, "screening.sdn screening.dprk_cyber", 1},
		{"1bvbmseystwetqtfn5au4m4gfg7xjanvn2", 150, "", 0}, // another address, or none
		{"", 150, "", 0},
		{strings.Repeat("0", 100_000), 150, "", 0},
	} {
		hits := f.Search(c.day, []navicert.Party{{Where: "d:1:1", Wallets: []navicert.Wallet{{Asset: "ANY", Address: c.address, Where: "d:2:2"}}}})
		facts := match.Facts(hits)
		if got := termsOf(t, facts); got != c.facts || len(hits) != c.hits {
			t.Errorf("%.50q on %s: %q, %d hits", c.address, c.day, got, len(hits))
		}
		for _, fact := range facts {
			if fact.Evidence.Where != "d:2:2" {
				t.Errorf("a wallet's own place is lost: %s", fact.Evidence.Where)
			}
		}
	}
}

func TestWhatHitsState(t *testing.T) {
	f := match.New(small())
	for _, c := range []struct{ name, facts string }{
		{"FORTUNA LLC", "screening.sdn screening.dprk_cyber"},
		{"Fortuna, L.L.C.", ""}, // one word and a form: shown only
		{"Fortuna GmbH", ""},
		{"Fortuna", ""},
		{"Garantex", "screening.sdn screening.sdn_744_8"}, // an exchange is not the program's own
		{"Hand, Old", "screening.sdn"},
	} {
		hits := f.Search(10, named(c.name))
		if len(hits) != 1 || termsOf(t, match.Facts(hits)) != c.facts {
			t.Errorf("%s: %+v", c.name, hits)
		}
	}
	facts := match.Facts(f.Search(10, named("Old Hand", "Garantex", "Hand Old")))
	if len(facts) != 2 || !strings.HasPrefix(facts[0].Evidence.Note, `"Old Hand" is Old Hand, on OFAC's list since 1970-01-01 [day recalled] (DPRK3)`) ||
		!strings.HasSuffix(facts[0].Evidence.Note, "; 2 more") {
		t.Errorf("%+v", facts)
	}
}

func TestOneHitPerPartyAndEntry(t *testing.T) {
	f := match.New(small())
	p := navicert.Party{
		Name: "Fortuna", Aliases: []string{"Fortuna LLC", "FORTUNA LLC"},
		Wallets: []navicert.Wallet{{Address: "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"}, {Address: "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"}},
	}
	hits := f.Search(10, []navicert.Party{p, p})
	if len(hits) != 4 || hits[0].Weak || hits[0].Asked != "Fortuna LLC" || hits[1].How != match.ByWallet || hits[2].Party != 1 {
		t.Errorf("%+v", hits)
	}
}

func TestFindOnAHostileDeal(t *testing.T) {
	f := match.New(list.Starter())
	d := &navicert.Deal{Day: day(t, "2026-09-24"), Parties: named(
		"", "\xff\xfe", "\u202eLazarus Group", "Lazarus\xff Group", strings.Repeat("Lazarus Group ", 8_000),
		strings.Repeat("\u200b", 100_000)+"Lazarus Group", "\x1b[2JLazarus Group")}
	d.Parties = append(d.Parties, navicert.Party{}, navicert.Party{Roles: []string{navicert.Bank}, Aliases: []string{"Andariel"}})
	facts, hits := f.Find(d)
	if got := termsOf(t, facts); got != "screening.sdn screening.dprk_cyber" {
		t.Errorf("facts %q", got)
	}
	how := ""
	for _, h := range hits {
		how += h.How + " "
		if !utf8.ValidString(h.Note+h.Party) || strings.ContainsAny(h.Note+h.Party, "\u202e\x1b\u200b") || len(h.Note) > 1000 || len(h.Party) > 500 {
			t.Errorf("not fit to print: %.300q", h.Note)
		}
	}
	// what an escape sequence leaves ("2j") is glued to the name and hides it
	if how != "name name cut name name " {
		t.Errorf("hits: %s", how)
	}
}

func TestNothingFoundStatesNothing(t *testing.T) {
	f := match.New(list.Starter())
	facts, hits := f.Find(&navicert.Deal{Day: day(t, "2026-09-24"), Parties: named("Acme GmbH", "Lazarus", "Group", "Kim")})
	if facts != nil || len(hits) != 0 {
		t.Errorf("%v %v", facts, hits)
	}
	if n := f.Notice(); !strings.Contains(n, "not thereby clean") || !strings.Contains(f.Checked(), "sha256 ") {
		t.Error(n, f.Checked())
	}
}

func TestTenThousandParties(t *testing.T) {
	parties := many(10_000)
	hits := match.New(list.Starter()).Search(day(t, "2026-09-24"), parties)
	if len(hits) != 100 {
		t.Errorf("%d hits", len(hits))
	}
}

func many(n int) []navicert.Party {
	out := make([]navicert.Party, n)
	for i := range out {
		out[i] = navicert.Party{
			Name: fmt.Sprintf("Företag Nr. %d Trading Co., Ltd.", i), Aliases: []string{fmt.Sprintf("Firma %d", i)},
			Wallets: []navicert.Wallet{{Address: fmt.Sprintf("0x%040x", i)}},
		}
		if i%100 == 0 {
			out[i].Name = "Lazarus Group"
		}
	}
	return out
}

func BenchmarkSearch10000(b *testing.B) {
	f, parties, d := match.New(list.Starter()), many(10_000), day(b, "2026-09-24")
	b.ReportAllocs()
	for b.Loop() {
		f.Search(d, parties)
	}
}

func BenchmarkNew(b *testing.B) {
	l := list.Starter()
	b.ReportAllocs()
	for b.Loop() {
		match.New(l)
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("Lazarus Group", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", 20000)
	f.Add("\u202e\xff", "\x00", -1)
	finder := match.New(list.Starter())
	f.Fuzz(func(t *testing.T, n, w string, d int) {
		facts, hits := finder.Find(&navicert.Deal{Day: navicert.Day(int32(d)), Parties: []navicert.Party{
			{Name: n, Wallets: []navicert.Wallet{{Address: w}}},
		}})
		for _, h := range hits {
			if !utf8.ValidString(h.Note) || h.Note == "" {
				t.Fatalf("%+v", h)
			}
		}
		for _, fact := range facts {
			if fact.Value != "true" {
				t.Fatalf("%+v", fact)
			}
		}
	})
}
