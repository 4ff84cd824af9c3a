package screen

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"navicert"
	"navicert/list"
	"navicert/name"
	"navicert/owner"
)

// edition keeps one edition of a source in the store.
func edition(t testing.TB, s *list.Store, source, of string, es ...*list.Entity) {
	t.Helper()
	_, err := s.Put(list.Offer{
		Edition: &list.Edition{Source: source, Form: "test", Date: day(t, of), Entities: es},
		Info:    list.Info{Authority: "T"}, When: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Accept: &list.Acceptance{Reason: "test"},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func org(id, named string, more ...func(*list.Entity)) *list.Entity {
	e := &list.Entity{ID: id, Kind: list.KindOrganization, Names: []list.Name{{Text: named}}, Listings: []list.Listing{{List: "SDN"}}}
	for _, f := range more {
		f(e)
	}
	return e
}

func holds(address string) func(*list.Entity) {
	return func(e *list.Entity) { e.Wallets = append(e.Wallets, list.Wallet{Asset: "XBT", Address: address}) }
}

func on(listings ...list.Listing) func(*list.Entity) {
	return func(e *list.Entity) { e.Listings = listings }
}

func ownedBy(id string, percent float64) func(*list.Entity) {
	return func(e *list.Entity) {
		e.Relations = append(e.Relations, list.Relation{Type: list.OwnedOrControlledBy, Kind: "Owned or Controlled By", To: id, Percent: percent})
	}
}

const (
	first  = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"
	second = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
)

func store(t testing.TB) *list.Store {
	return &list.Store{Dir: t.TempDir(), Index: BuildIndex}
}

// TestDays: three editions, and what is known of the days in between.
func TestDays(t *testing.T) {
	st := store(t)
	gone, come, stays := org("ofac-1", "Goner Trading"), org("ofac-2", "Newcomer Shipping"), org("ofac-3", "Stayer Metals", holds(first))
	later := org("ofac-3", "Stayer Metals", holds(second))
	edition(t, st, "us-ofac-sdn", "2024-01-10", gone, stays)
	edition(t, st, "us-ofac-sdn", "2024-03-10", gone, stays, come)
	edition(t, st, "us-ofac-sdn", "2024-06-10", come, later)
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct {
		who, day string
		facts    bool
		open     bool
		says     string
	}{
		{"Stayer Metals", "2024-01-09", false, true, "for the day of this deal there is none"}, // before the first edition
		{"Stayer Metals", "2024-01-10", true, false, "since 2024-01-10 or before"},
		{"Stayer Metals", "2025-01-01", true, false, ""},
		{"Newcomer Shipping", "2024-01-10", false, false, "only since some day from 2024-01-11 to 2024-03-10, after the day of this deal"},
		{"Newcomer Shipping", "2024-02-01", false, true, "since some day from 2024-01-11 to 2024-03-10: on the day of this deal it is not known"},
		{"Newcomer Shipping", "2024-03-10", true, false, "since some day from 2024-01-11 to 2024-03-10"},
		{"Goner Trading", "2024-04-01", true, false, ""}, // the edition in use still has it
		{"Goner Trading", "2024-06-10", false, false, "taken off on some day from 2024-03-11 to 2024-06-10, no longer listed"},
		{"wallet " + first, "2024-02-01", true, false, "listed since 2024-01-10 or before"},
		{"wallet " + first, "2024-01-09", false, true, "on the day of this deal it is not known"},
		{"wallet " + first, "2024-04-01", false, true, "taken off between 2024-03-10 and 2024-06-10: on the day of this deal it is not known"},
		{"wallet " + first, "2024-06-10", false, false, "taken off by 2024-06-10, no longer listed"},
		{"wallet " + second, "2024-02-01", false, true, "2024-03-11 to 2024-06-10, after the day of this deal; source us-ofac-sdn of 2024-01-10, ofac-3. Its owner, Stayer Metals, was on"},
		{"wallet " + second, "2024-04-01", false, true, "it is not known"},
		{"wallet " + second, "2024-06-10", true, false, "listed since some day from 2024-03-11 to 2024-06-10"},
	} {
		p := navicert.Party{Name: c.who}
		if w, ok := strings.CutPrefix(c.who, "wallet "); ok {
			p = navicert.Party{Wallets: []navicert.Wallet{{Address: w}}}
		}
		found := find(t, f, day(t, c.day), p)
		if len(found.Hits) != 1 {
			t.Errorf("%s on %s: %+v", c.who, c.day, found.Hits)
			continue
		}
		h := found.Hits[0]
		if h.States != c.facts || (len(found.Facts) > 0) != c.facts || h.Open != c.open || (len(found.Unsettled) > 0) != c.open || !strings.Contains(h.Note, c.says) {
			t.Errorf("%s on %s: states %t, open %t, want %t, %t: %s", c.who, c.day, h.States, h.Open, c.facts, c.open, h.Note)
		}
		for _, u := range found.Unsettled {
			if !slices.Contains(u.Terms, sdn) {
				t.Errorf("%s on %s: what was attested of the SDN list still counts", c.who, c.day)
			}
		}
	}
}

// TestOtherLists: a foreign list is shown, the firm's own list stops a deal,
// and neither states a fact of United States law.
func TestOtherLists(t *testing.T) {
	st := store(t)
	edition(t, st, "eu-fsf", "2024-01-10", org("eu-1", "Europe Example", on(list.Listing{List: "RUS"})))
	edition(t, st, "own", "2024-01-10", org("own-1", "Late Payer Example", on(list.Listing{List: "own list"})))
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct {
		who, entry string
		open       bool
	}{{"Europe Example", "eu-1", false}, {"Europa Exampel", "eu-1", false}, {"Late Payer Example", "own-1", true}, {"Late Payer Exampel", "own-1", true}} {
		found := find(t, f, day(t, "2024-01-10"), named(c.who)...)
		if len(found.Hits) != 1 || found.Hits[0].Entry != c.entry || len(found.Facts) != 0 || found.Hits[0].Open != c.open || (len(found.Unsettled) > 0) != c.open {
			t.Errorf("%s: %+v", c.who, found)
		}
	}
}

// TestSourcesOwnDays: where the source states days, they count.
func TestSourcesOwnDays(t *testing.T) {
	st := store(t)
	edition(t, st, "us-csl", "2024-01-10", org("us-1", "Denied Example", on(list.Listing{List: "DPL", Since: day(t, "2020-05-01"), Until: day(t, "2024-05-01")})),
		org("us-2", "Entity Example", on(list.Listing{List: "EL", Since: day(t, "2021-05-01"), Requirement: "For all items subject to the EAR"})))
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct {
		who, day, facts string
		open            bool
	}{
		{"Denied Example", "2020-04-30", "", false},
		{"Denied Example", "2020-05-01", denied, false},
		{"Denied Example", "2024-05-01", denied, false},
		{"Denied Example", "2024-05-02", "", true}, // the edition is older than the end of the order: it may have been renewed
		{"Entity Example", "2021-04-30", "", false},
		{"Entity Example", "2022-01-01", entityList + " " + allItems, false}, // before the first edition, but the source says since when
	} {
		found := find(t, f, day(t, c.day), named(c.who)...)
		if got := termsOf(t, found); got != c.facts || (len(found.Unsettled) > 0) != c.open {
			t.Errorf("%s on %s: %q, want %q: %+v", c.who, c.day, got, c.facts, found)
		}
	}
}

// TestStarterStepsBack: what an official list says takes the starter's place,
// and the starter still says who belongs to North Korea's cyber program.
func TestStarterStepsBack(t *testing.T) {
	st := store(t)
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-27307", "LAZARUS GROUP", func(e *list.Entity) { e.Programs = []string{"DPRK3"} }))
	f := &Finder{Library: &Library{Store: st, Expected: []string{"us-ofac-sdn", "us-csl"}}}
	found := find(t, f, day(t, "2024-02-01"), named("Lazarus Group", "Andariel", "Huione Group")...)
	if got := entries(found); got != "ofac-27307 us-huione" && got != "ofac-27307" {
		t.Errorf("hits %q", got)
	}
	if got := termsOf(t, found); got != sdn+" "+dprkCyber {
		t.Errorf("facts %q", got)
	}
	if n := strings.Join(found.Notices, "\n"); !strings.Contains(n, "Not searched: no edition of us-csl. What stands on it is not known here, and that nobody is on the lists of BIS (Denied Persons, Entity, Unverified, Military End User) or on the State Department's is the word of who attests it") || !strings.Contains(n, "as it was on 2024-01-10, before the day of the question (2024-02-01)") {
		t.Errorf("notices: %s", n)
	}
	// before the first edition, the starter knows the days
	if found = find(t, f, day(t, "2023-01-01"), named("Lazarus Group")...); termsOf(t, found) != sdn+" "+dprkCyber || len(found.Hits) != 1 {
		t.Errorf("before the first edition: %+v", found.Hits)
	}
}

// TestCopies: where OFAC's own list and a copy differ, the newer one counts,
// and of the same day OFAC's own.
func TestCopies(t *testing.T) {
	a, b := org("ofac-1", "Delisted Example", holds(first)), org("ofac-2", "Stayer Example")
	f := func(own, copied string) *Finder {
		st := store(t)
		edition(t, st, "us-csl", copied, a, b)
		edition(t, st, "us-ofac-sdn", "2024-01-01", a, b)
		edition(t, st, "us-ofac-sdn", own, b)
		return &Finder{Library: &Library{Store: st}}
	}
	for _, c := range []struct {
		own, copied string
		facts       string
	}{{"2024-05-10", "2024-03-10", ""}, {"2024-05-10", "2024-05-10", ""}, {"2024-05-10", "2024-06-10", sdn}} {
		found := find(t, f(c.own, c.copied), day(t, "2024-07-01"), named("Delisted Example", "Acme")...)
		if got := termsOf(t, found); got != c.facts {
			t.Errorf("own %s, copy %s: %q, want %q: %+v", c.own, c.copied, got, c.facts, found.Hits)
		}
	}
	p := navicert.Party{Wallets: []navicert.Wallet{{Address: first}}}
	if found := find(t, f("2024-05-10", "2024-03-10"), day(t, "2024-07-01"), p); len(found.Facts) != 0 || len(found.Hits) != 1 {
		t.Errorf("a wallet that OFAC took off: %+v", found)
	}
}

// TestWhoItIs: what beside the name confirms and contradicts.
func TestWhoItIs(t *testing.T) {
	st := store(t)
	person := &list.Entity{
		ID: "ofac-9", Kind: list.KindPerson, Names: []list.Name{{Text: "EXAMPLOV, Ivan Petrovich"}, {Text: "VANYA", Kind: list.AKA, Weak: true}},
		Dates:     []list.Date{{Kind: list.Birth, From: day(t, "1974-02-17"), To: day(t, "1974-02-17")}},
		Documents: []list.Document{{Type: list.Passport, Number: "712345678"}}, Listings: []list.Listing{{List: "SDN"}},
	}
	edition(t, st, "us-ofac-sdn", "2024-01-10", person, org("ofac-10", "Blackstone"), org("ofac-11", "TSS LIMITED LIABILITY COMPANY"),
		org("ofac-12", "Банк Пример Северный"))
	f := &Finder{Library: &Library{Store: st}}
	for _, c := range []struct {
		p     navicert.Party
		facts string
		open  bool
		how   string
	}{
		{navicert.Party{Name: "Ivan Petrovich Examplov"}, sdn, false, "name"},
		{navicert.Party{Name: "Ivan Petrovich Examplov", Born: "1974"}, sdn, false, "name"},
		{navicert.Party{Name: "Ivan Petrovich Examplov", Born: "1990-01-01"}, "", false, "name"}, // somebody else
		{navicert.Party{Name: "Ivan Petrovitch Exemplov"}, "", true, "name"},
		{navicert.Party{Name: "Blackstone Inc."}, "", true, "name"}, // one word and a form
		{navicert.Party{Name: "Tss, Inc."}, "", true, "name"},
		{navicert.Party{Name: "Blackstone"}, sdn, false, "name"},
		{navicert.Party{Name: "Bank Primer Severny"}, sdn, false, "name"}, // the same in another script
		{navicert.Party{Name: "Vanya"}, "", true, "alias"},                // one word, and a weak one
		{navicert.Party{Name: "Somebody Else", Identifiers: []navicert.Identifier{{Type: "Passport No.", Value: "71 2345678"}}}, sdn, false, "identifier"},
		{navicert.Party{Name: "Somebody Else", Identifiers: []navicert.Identifier{{Type: "club card", Value: "712345678"}}}, "", true, "identifier"},
	} {
		found := find(t, f, day(t, "2024-01-10"), c.p)
		if termsOf(t, found) != c.facts || (len(found.Unsettled) > 0) != c.open || len(found.Hits) != 1 || c.facts != "" && found.Hits[0].How != c.how {
			t.Errorf("%+v: %+v", c.p, found)
		}
	}
}

// TestTuning: a clear covers one name and one entity while it lasts, stop
// words make no possible hits, thresholds are each list's own.
func TestTuning(t *testing.T) {
	st := store(t)
	edition(t, st, "us-ofac-sdn", "2024-01-10", org("ofac-1", "Harbor Example Trading"))
	tune := func(text string) *Tuning {
		tn, err := ReadTuning("t.yaml", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return tn
	}
	clear := func(named, entity, expires string) *Tuning {
		return tune("clear: [{name: " + named + ", entity: " + entity + `, reason: r, by: B, on: "2024-01-01", expires: "` + expires + `"}]`)
	}
	lib := &Library{Store: st}
	for _, c := range []struct {
		what   string
		tuning *Tuning
		p      navicert.Party
		facts  string
		open   bool
		clear  int
	}{
		{"none", nil, navicert.Party{Name: "Harbor Example Trading"}, sdn, false, 0},
		{"cleared", clear("Trading Example HARBOR", "ofac-1", "2024-12-31"), navicert.Party{Name: "Harbor Example Trading"}, "", false, 1},
		{"last day", clear("Harbor Example Trading", "ofac-1", "2024-02-01"), navicert.Party{Name: "Harbor Example Trading"}, "", false, 1},
		{"lapsed", clear("Harbor Example Trading", "ofac-1", "2024-01-31"), navicert.Party{Name: "Harbor Example Trading"}, sdn, false, 0},
		{"another entity", clear("Harbor Example Trading", "ofac-2", "2024-12-31"), navicert.Party{Name: "Harbor Example Trading"}, sdn, false, 0},
		{
			"another name of the party", clear("Harbot Example Trading", "ofac-1", "2024-12-31"),
			navicert.Party{Name: "Harbot Example Trading", Aliases: []string{"Harbor Example Trading"}},
			sdn, false, 1,
		},
		{"possible", nil, navicert.Party{Name: "Harbot Exampel Trading"}, "", true, 0},
		{"threshold", tune("thresholds: {us-ofac-sdn: 15}"), navicert.Party{Name: "Harbot Exampel Trading"}, "", false, 0},
		{"threshold below the standard", tune("thresholds: {us-ofac-sdn: 2}"), navicert.Party{Name: "Harbot Exampel Trading"}, "", true, 0},
		{"threshold of another list", tune("thresholds: {un-sc: 15}"), navicert.Party{Name: "Harbot Exampel Trading"}, "", true, 0},
		{"stop words", tune("stop_words: [exampel, harbot]"), navicert.Party{Name: "Harbot Exampel Trading"}, "", false, 0},
		{"stop words take no fact away", tune("stop_words: [example, harbor]"), navicert.Party{Name: "Harbor Example Trading"}, sdn, false, 0},
	} {
		f := &Finder{Library: lib, Tuning: c.tuning}
		found := find(t, f, day(t, "2024-02-01"), c.p)
		if termsOf(t, found) != c.facts || (len(found.Unsettled) > 0) != c.open || len(found.Cleared) != c.clear {
			t.Errorf("%s: %+v", c.what, found)
		}
		if told := strings.Contains(strings.Join(found.Notices, "\n"), "lets fewer names count as possible hits"); told != (c.what == "threshold") {
			t.Errorf("%s: the reader is told of a raised threshold: %t", c.what, told)
		}
		passed := strings.Contains(strings.Join(found.Notices, "\n"), "pass over 1 possible hits") && strings.HasPrefix(found.Hits[0].Note, "passed over by the firm's tuning: ")
		if want := c.what == "threshold" || c.what == "stop words"; passed != want {
			t.Errorf("%s: who was passed over is told: %t", c.what, passed)
		}
	}
}

func TestReadTuningTellsFaults(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "t.yaml:1: the file is empty"},
		{"a: [", "t.yaml: the file is not YAML"},
		{"- x", "t.yaml:1:1: this is not a group of entries"},
		{"stop: [x]", `t.yaml:1:1: unknown key "stop"`},
		{"clear: {name: X}", "t.yaml:1:8: this is not a list"},
		{"stop_words: [7]", "t.yaml:1:14: this is not a text"},
		{"thresholds: {x: .nan}", `".nan" is not a threshold`},
		{"thresholds: {x: 7, x: 8}", `"x" stands twice`},
		{"clear: [{name: \"--\", entity: e, reason: r, by: B, on: \"2024-01-01\", expires: \"2024-01-02\"}]", "the name has no letters"},
		{"clear: [{name: X, entity: e, reason: r, by: \"-\", on: \"2024-01-01\", expires: \"2024-01-02\"}]", "is nobody who could clear"},
		{"clear: [{name: X, entity: e, reason: r, by: B, on: 2024-01-01, expires: \"2024-01-02\"}]", "this is not a text"},
	} {
		if got, err := ReadTuning("t.yaml", strings.NewReader(c.text)); err == nil || got != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
}

func FuzzReadTuning(f *testing.F) {
	f.Add(`clear: [{name: X, entity: e, reason: r, by: B, on: "2024-01-01", expires: "2024-01-02"}]`)
	f.Add("stop_words: [a]\nthresholds: {x: 8}\n")
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := ReadTuning("t.yaml", strings.NewReader(text)); (got == nil) == (err == nil) {
			t.Fatal("neither tuning nor error, or both")
		}
	})
}

// TestOwners: the firm's data and the lists' own relations, rule by rule.
func TestOwners(t *testing.T) {
	st := store(t)
	el := list.Listing{List: "EL", Requirement: "For all items subject to the EAR"}
	edition(t, st, "us-csl", "2026-10-01",
		org("us-el", "Entity Example", on(el)), org("us-meu", "Military Example", on(list.Listing{List: "MEU"})),
		org("ofac-5", "Tagged Example", func(e *list.Entity) { e.Programs = []string{"SDGT"} }),
		org("ofac-1", "Blocked Example"), org("ofac-2", "Other Blocked"),
		org("ofac-6", "Sectoral Alone", on(list.Listing{List: "SSI"})),
		org("ofac-3", "Sectoral Daughter", on(list.Listing{List: "SSI"}), ownedBy("ofac-1", 0)),
		org("ofac-4", "Sectoral Half", on(list.Listing{List: "SSI"}), ownedBy("ofac-1", 50)))
	edition(t, st, "un-sc", "2026-10-01", org("un-1", "Nations Example", on(list.Listing{List: "DPRK"})))
	for _, c := range []struct {
		what, csv, country string
		facts, doubts      string
	}{
		{"nothing", "A,X,100", "", "", ""},
		{"together", "Blocked Example,X,25\nofac-2,X,25", "", sdnOwner, ""},
		{"49", "Blocked Example,X,25\nofac-2,X,24", "", "", ""},
		{"through a third", "Blocked Example,M,50\nM,X,50", "", sdnOwner, ""},
		{"unknown", "Blocked Example,X,", "", "", sdnOwner},
		{"perhaps an owner", "Bloked Exampel,X,60", "", "", sdnOwner},
		{"Entity List", "Entity Example,X,50", "CN", entityOwner, ""},
		{"Entity List, not foreign", "Entity Example,X,50", "US", "", ""},
		{"Entity List and Military End User List", "Entity Example,X,30\nMilitary Example,X,30", "CN", "", entityOwner + " " + meuOwner},
		{"Military End User List", "Military Example,X,50", "CN", meuOwner, ""},
		{"Military End User List, not foreign", "Military Example,X,50", "US", "", ""},
		{"Military End User List, perhaps", "Military Example,X,", "CN", "", meuOwner},
		{"Entity List and 744.8", "Entity Example,X,30\nTagged Example,X,20", "CN", "", entityOwner + " " + meuOwner},
		{"744.8 alone", "Tagged Example,X,50", "CN", sdnOwner, ""},
		{"a sectoral owner", "Sectoral Alone,X,50", "", "", "-"},
		{"a sectoral owner, perhaps", "Sectoral Alone,X,", "", "", "-"},
		{"a sectoral owner, less", "Sectoral Alone,X,49", "", "", ""},
		{"UN", "Nations Example,X,75", "", un1718, ""},
		{"both bodies", "Nations Example,X,50\nBlocked Example,X,50", "", sdnOwner + " " + un1718, ""},
	} {
		shares, err := owner.Read("o.csv", strings.NewReader("owner,owned,percent\n"+c.csv+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		f := &Finder{Library: &Library{Store: st}, Owners: owner.New(shares, name.Key)}
		p := named("X")[0]
		p.Country = c.country
		found := find(t, f, day(t, "2026-10-01"), p)
		var doubts []string
		for _, u := range found.Unsettled {
			doubts = append(doubts, u.Terms...)
			if len(u.Terms) == 0 {
				doubts = append(doubts, "-") // it holds the deal, and no term asks about it
			}
		}
		if got := termsOf(t, found); got != c.facts || strings.Join(doubts, " ") != c.doubts {
			t.Errorf("%s: states %q, asks %q; want %q, %q", c.what, got, doubts, c.facts, c.doubts)
		}
		for _, fact := range found.Facts {
			if !strings.HasPrefix(fact.Evidence.Where, "o.csv:") || !strings.Contains(fact.Evidence.Note, "owns") {
				t.Errorf("%s: no path proves it: %+v", c.what, fact.Evidence)
			}
		}
	}
	f := &Finder{Library: &Library{Store: st}}
	if found := find(t, f, day(t, "2026-10-01"), named("Sectoral Half")...); termsOf(t, found) != sdnOwner {
		t.Errorf("a list's own percentage: %+v", found)
	}
	found := find(t, f, day(t, "2026-10-01"), named("Sectoral Daughter")...)
	if len(found.Facts) != 0 || len(found.Unsettled) != 2 || !strings.Contains(found.Unsettled[1].Note, "Owned or Controlled By") {
		t.Errorf("a list's own relation: %+v", found)
	}
}

// TestOpenWithoutIndex: a snapshot of another program is indexed when it is opened.
func TestOpenWithoutIndex(t *testing.T) {
	var b bytes.Buffer
	if _, err := list.Write(&b, list.Info{Source: "own", Date: 20000}, []*list.Entity{org("own-1", "Harbor Example")}, nil); err != nil {
		t.Fatal(err)
	}
	s, err := list.Load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	if !l.anew {
		t.Error("nobody says that it had to be indexed")
	}
	if got := l.same([]byte(name.Key("Example Harbor"))); !slices.Equal(got, []int{0}) {
		t.Errorf("%v", got)
	}
}
