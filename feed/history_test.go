package feed

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"navicert"
	"navicert/list"
)

func day(t testing.TB, s string) navicert.Day {
	t.Helper()
	d, err := navicert.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// truth is one row of what is known from elsewhere of OFAC's addresses.
type truth struct {
	exact, seen, last navicert.Day // day of listing where known; at the latest; last seen, where removed
	removed           bool
}

func chainTruth(t testing.TB) map[string]truth {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "chain", "ofac-wallets.csv"))
	if err != nil {
		t.Skip("the table of OFAC's wallet addresses is not here; this test needs it")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]truth{}
	for _, r := range rows[1:] {
		if strings.HasPrefix(r[4], "Sim Hyon Sop") {
			r[7] = "" // the table gives the day of his entry, 2023-04-24, for addresses of 2026-03-12 too
		}
		v := truth{seen: day(t, r[8]), last: day(t, r[11]), removed: r[10] != "listed"}
		if r[7] != "" {
			v.exact = day(t, r[7])
		}
		out[strings.ToLower(r[0])] = v
	}
	return out
}

// TestWalletDaysOfRealEditions puts five real editions of the SDN list into a
// store, the newest first, and compares the days of each address with what is
// known from elsewhere.
func TestWalletDaysOfRealEditions(t *testing.T) {
	if testing.Short() {
		t.Skip("reads five whole lists")
	}
	known := chainTruth(t)
	y := &Syncer{Store: &list.Store{Dir: t.TempDir()}, Accept: &list.Acceptance{Reason: "history"}}
	for _, e := range []struct {
		day   string
		files []string
	}{
		{"2025-12-23", sdn2025},
		{"2025-01-03", history("2025-01-03", true)},
		{"2019-01-04", history("2019-01", false)},
		{"2022-01-31", history("2022-01", false)},
		{"2021-07-07", history("2021-07", false)},
	} {
		var paths []string
		for _, f := range e.files {
			paths = append(paths, filepath.Join("..", "..", "shared", "lists", f))
		}
		if _, err := os.Stat(paths[0]); err != nil {
			t.Skip("the real lists are not here; this test needs them")
		}
		if _, err := y.Add(paths, nil, day(t, e.day)); err != nil {
			t.Fatal(err)
		}
	}
	h, err := y.Store.History("us-ofac-sdn")
	if err != nil {
		t.Fatal(err)
	}
	if h.Begins != day(t, "2019-01-04") || h.Ends != day(t, "2025-12-23") {
		t.Errorf("from %s to %s", h.Begins, h.Ends)
	}
	compareSpans(t, h, known, 720)
	lazarus, tornado := 0, 0
	for _, w := range h.Wallets {
		switch w.Entity {
		case "ofac-27307": // listed on 2019-09-13; none of its addresses was
			lazarus++
			if w.Listed != (list.Span{After: day(t, "2022-01-31"), By: day(t, "2025-01-03")}) || w.Removed.By != 0 {
				t.Errorf("%+v", w)
			}
		case "ofac-39796":
			tornado++
			if w.Name != "TORNADO CASH" || w.Removed != (list.Span{After: day(t, "2025-01-03"), By: day(t, "2025-12-23")}) {
				t.Errorf("%+v", w)
			}
		}
	}
	if lazarus != 8 || tornado != 90 {
		t.Errorf("%d addresses of Lazarus Group, %d of Tornado Cash", lazarus, tornado)
	}
	for _, e := range h.Entities {
		if e.ID == "ofac-27307" && e.Listed != (list.Span{After: day(t, "2019-01-04"), By: day(t, "2021-07-07")}) {
			t.Errorf("%+v", e)
		}
	}
	for asOf, want := range map[string]bool{"2019-01-04": false, "2022-01-31": true, "2025-12-23": true} {
		set, err := y.Store.At(day(t, asOf))
		if err != nil {
			t.Fatal(err)
		}
		if got := set.Snapshots[0].Find("ofac-27307") >= 0; got != want {
			t.Errorf("Lazarus Group on %s: %v", asOf, got)
		}
		if err := set.Close(); err != nil {
			t.Error(err)
		}
	}
}

// compareSpans checks that no span contradicts what is known.
func compareSpans(t *testing.T, h *list.History, known map[string]truth, least int) {
	t.Helper()
	found, now := map[string]bool{}, map[string]bool{}
	for _, w := range h.Wallets {
		if w.Removed.By == 0 {
			now[strings.ToLower(w.Address)] = true
		}
	}
	for _, w := range h.Wallets {
		k, ok := known[strings.ToLower(w.Address)]
		if !ok {
			continue
		}
		found[strings.ToLower(w.Address)] = true
		if w.Listed.After >= k.seen || k.exact != 0 && (w.Listed.After >= k.exact || w.Listed.By < k.exact) {
			t.Errorf("%s %s of %s: listed after %s and by %s, but known: %s, seen %s", w.Asset, w.Address, w.Name, w.Listed.After, w.Listed.By, k.exact, k.seen)
		}
		if k.removed && w.Removed.By != 0 && w.Removed.By <= k.last || !k.removed && !now[strings.ToLower(w.Address)] {
			t.Errorf("%s %s of %s: removed after %s and by %s, but seen on %s", w.Asset, w.Address, w.Name, w.Removed.After, w.Removed.By, k.last)
		}
	}
	if len(found) < least {
		t.Errorf("%d addresses of which something is known, want at least %d", len(found), least)
	}
}

// TestWalletDaysFromDailyChanges replays what OFAC added and removed from day
// to day: then the days of listing are exact.
func TestWalletDaysFromDailyChanges(t *testing.T) {
	known := chainTruth(t)
	f, err := os.Open(filepath.Join("..", "..", "shared", "lists", "crypto", "ofac_address_changes.2024-12_2026-08.jsonl.gz"))
	if err != nil {
		t.Skip("the table of changes is not here; this test needs it")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	type address struct{ Address, Ticker, UID, Entity string }
	s := &list.Store{Dir: t.TempDir()}
	now := map[address]bool{}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var change struct {
			Day                      string `json:"sdn_list_date"`
			Baseline, Added, Removed []address
		}
		if err := json.Unmarshal(lines.Bytes(), &change); err != nil {
			t.Fatal(err)
		}
		for _, a := range change.Removed {
			delete(now, a)
		}
		for _, a := range append(change.Baseline, change.Added...) {
			now[a] = true
		}
		ed := &list.Edition{Source: "us-test", Date: day(t, change.Day)}
		owners := map[string]*list.Entity{}
		for a := range now {
			e := owners[a.UID]
			if e == nil {
				e = &list.Entity{ID: "ofac-" + a.UID, Names: []list.Name{{Text: a.Entity}}}
				owners[a.UID] = e
				ed.Entities = append(ed.Entities, e)
			}
			e.Wallets = append(e.Wallets, list.Wallet{Asset: a.Ticker, Address: a.Address})
		}
		if _, err := s.Put(list.Offer{Edition: ed, When: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	h, err := s.History("us-test")
	if err != nil {
		t.Fatal(err)
	}
	byDay := map[string]int{}
	for _, w := range h.Wallets {
		if w.Listed.After != 0 {
			byDay["+"+w.Listed.By.String()]++
		}
		if w.Removed.By != 0 {
			byDay["-"+w.Removed.By.String()]++
		}
	}
	for what, want := range map[string]int{"-2025-03-21": 90, "+2025-08-27": 1, "+2025-11-04": 53, "+2026-03-12": 21} {
		if byDay[what] != want {
			t.Errorf("%s: %d addresses, want %d", what, byDay[what], want)
		}
	}
	compareSpans(t, h, known, 1040)
	bnb := 0 // one address, two owners, and nobody's for nine months
	for _, w := range h.Wallets {
		if w.Address == "bnb136ns6lfw4zs5hg4n85vdthaad7hq5m4gtkgf23" {
			bnb++
		}
	}
	if bnb != 2 {
		t.Errorf("the address that changed hands has %d spans", bnb)
	}
}

// TestWalletDaysOfTwoLists: the Consolidated Screening List carries OFAC's
// addresses too, and its editions fall on other days.
func TestWalletDaysOfTwoLists(t *testing.T) {
	if testing.Short() {
		t.Skip("reads two whole lists, which a short run leaves out")
	}
	known := chainTruth(t)
	y := &Syncer{Store: &list.Store{Dir: t.TempDir()}, Accept: &list.Acceptance{Reason: "history"}}
	for _, e := range []struct{ day, file string }{{"2022-05-16", "consolidated.2022-05.csv.gz"}, {"2020-07-23", "csl.2020-07.csv.gz"}} {
		path := filepath.Join("..", "..", "shared", "lists", "us-csl", e.file)
		if _, err := os.Stat(path); err != nil {
			t.Skip("the real lists are not here; this test needs them")
		}
		if _, err := y.Add([]string{path}, nil, day(t, e.day)); err != nil {
			t.Fatal(err)
		}
	}
	h, err := y.Store.History("us-csl")
	if err != nil {
		t.Fatal(err)
	}
	compareSpans(t, h, known, 300)
	lazarus := 0
	for _, w := range h.Wallets {
		if w.Entity == "ofac-27307" {
			lazarus++
			if w.Listed != (list.Span{After: day(t, "2020-07-23"), By: day(t, "2022-05-16")}) {
				t.Errorf("%+v", w)
			}
		}
	}
	if lazarus != 8 {
		t.Errorf("%d addresses of Lazarus Group", lazarus)
	}
}
