package screen

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"navicert"
	"navicert/feed"
	"navicert/list"
)

// realStore keeps real editions: OFAC's of three years, the Consolidated
// Screening List and the UN's.
func realStore(t *testing.T) *list.Store {
	t.Helper()
	const dir = "../../shared/lists/"
	if _, err := os.Stat(dir); err != nil || testing.Short() {
		t.Skip("needs real lists, which are not part of this project, and some seconds")
	}
	st := store(t)
	for _, e := range []struct {
		source, day string
		files       []string
	}{
		{"us-ofac-sdn", "2019-01-04", []string{"ofac/history/sdn.2019-01.csv.gz", "ofac/history/add.2019-01.csv.gz", "ofac/history/alt.2019-01.csv.gz"}},
		{"us-ofac-sdn", "2022-01-31", []string{"ofac/history/sdn.2022-01.csv.gz", "ofac/history/add.2022-01.csv.gz", "ofac/history/alt.2022-01.csv.gz"}},
		{"us-ofac-sdn", "2025-01-03", []string{"ofac/history/sdn.2025-01-03.csv.gz", "ofac/history/add.2025-01-03.csv.gz", "ofac/history/alt.2025-01-03.csv.gz", "ofac/history/sdn_comments.2025-01-03.csv.gz"}},
		{"us-ofac-sdn", "2025-12-23", []string{"ofac/sdn.2025-12-23.csv.gz", "ofac/add.2025-12-23.csv.gz", "ofac/alt.2025-12-23.csv.gz", "ofac/sdn_comments.2025-12-23.csv.gz"}},
		{"us-ofac-cons", "2025-12-19", []string{"ofac/cons_prim.2025-12-19.csv", "ofac/cons_add.2025-12-19.csv", "ofac/cons_alt.2025-12-19.csv"}},
		{"us-csl", "2025-05-23", []string{"us-csl/consolidated.2025-05.csv.gz"}},
		{"un-sc", "2026-02-27", []string{"un/consolidated.2026-02-27.xml.gz"}},
	} {
		var paths []string
		for _, f := range e.files {
			paths = append(paths, filepath.Join(dir, f))
		}
		files, err := feed.OpenFiles(paths...)
		if err != nil {
			t.Fatal(err)
		}
		src, form, err := feed.Sniff(files)
		if err != nil || src.Key != e.source {
			t.Fatalf("%s: %v, %v", e.files[0], src, err)
		}
		ed, err := form.Parse(files)
		if err != nil {
			t.Fatal(err)
		}
		ed.Source, ed.Date = src.Key, day(t, e.day)
		if _, err := st.Put(list.Offer{
			Edition: ed, Info: list.Info{Title: src.Title, Authority: src.Authority}, When: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
			Accept: &list.Acceptance{Reason: "test"},
		}); err != nil {
			t.Fatal(err)
		}
	}
	return st
}

func TestRealLists(t *testing.T) {
	f := &Finder{Library: &Library{Store: realStore(t), Expected: []string{"us-ofac-sdn", "us-csl", "un-sc"}}}
	for _, c := range []struct{ who, day, entry, facts, doubts string }{
		{"Lazarus Group", "2019-09-12", "ofac-27307", "", ""},
		{"Lazarus Group", "2019-09-13", "ofac-27307", sdn + " " + dprkCyber, ""},
		{"ROSSIYA BANK", "2022-03-01", "ofac-16681", sdn + " " + sdn7448, ""},
		{"Tornado Cash", "2022-08-07", "ofac-39796", "", ""}, // between two editions
		{"Tornado Cash", "2022-08-08", "ofac-39796", sdn, ""},
		{"Tornado Cash", "2025-03-20", "ofac-39796", sdn, ""},
		{"Tornado Cash", "2025-03-21", "ofac-39796", "", ""},
		{"Sberbank of Russia", "2026-03-01", "ofac-17018", sdn + " " + sdn7448, ""},
		{"Tornado Cash", "2025-01-03", "ofac-39796", sdn, ""}, // served whoever came, whatever its tag
		{"Tornado Cash", "2026-03-01", "ofac-39796", "", ""},
		{"Abdul Satar Ghoura", "2026-03-01", "", entityList + " " + allItems, ""},
		{"Huawei Technology Co. Ltd.", "2026-03-01", "", entityList, allItems},
		{"Huawei Technologies Co., Ltd.", "2026-03-01", "us-el-huawei-technologies-co-ltd-huawei", entityList + " " + allItems + " " + footnoted, ""},
		{"Huawei Tecnologies", "2026-03-01", "", "", entityList}, // not as the list writes it: a person must see
		{"Atlas Sanatgaran", "2026-03-01", "", unverified, ""},
		{"Academy of Aerospace Solid Propulsion Technology (AASPT)", "2026-03-01", "", meu + " " + military, ""},
		{"I. ASH", "2026-03-01", "", denied, ""},
		{"Korea Mining Development Trading Corporation", "2026-03-01", "un-KPe.001", un1718, ""},
		{"Isar Beispiel Sicherheit GmbH", "2026-03-01", "", "", ""},
		{"Songhua Example Network Security Co., Ltd.", "2026-03-01", "", "", ""},
	} {
		found := find(t, f, day(t, c.day), named(c.who)...)
		got := strings.Fields(termsOf(t, found))
		for _, w := range strings.Fields(c.facts) {
			if !slices.Contains(got, w) {
				t.Errorf("%s on %s: %q, want %q: %+v", c.who, c.day, got, c.facts, found.Hits)
			}
		}
		if c.facts == "" && len(got) > 0 {
			t.Errorf("%s on %s: %q: %+v", c.who, c.day, got, found.Hits)
		}
		open := slices.ContainsFunc(found.Unsettled, func(u navicert.Unsettled) bool { return c.doubts == "" || slices.Contains(u.Terms, c.doubts) })
		if c.doubts != "" && !open || c.doubts == "" && c.facts == "" && len(found.Unsettled) > 0 {
			t.Errorf("%s on %s: %+v", c.who, c.day, found.Unsettled)
		}
		if c.entry != "" && !strings.Contains(" "+entries(found)+" ", " "+c.entry+" ") {
			t.Errorf("%s on %s: %s, want %s", c.who, c.day, entries(found), c.entry)
		}
	}
}

// TestRealWallets: each address that OFAC listed up to the edition's day is
// found on that day, and none that it listed only later.
func TestRealWallets(t *testing.T) {
	file, err := os.Open("../../shared/chain/ofac-wallets.csv")
	if err != nil {
		t.Skip("needs OFAC's wallet addresses, which are not part of this project")
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := &Finder{Library: &Library{Store: realStore(t)}}
	of := day(t, "2025-12-23")
	listed, later := 0, 0
	for _, r := range rows[1:] {
		address, exact, by, status := r[0], r[7], r[8], r[10]
		found := find(t, f, of, navicert.Party{Wallets: []navicert.Wallet{{Address: address}}})
		states := slices.ContainsFunc(found.Facts, func(f navicert.Fact) bool { return f.Term == sdn })
		switch {
		case status != "listed":
			if states {
				t.Errorf("%s was taken off: %+v", address, found.Hits)
			}
		case by <= of.String(): // the day in "exact" is an action's, and some addresses were added to it later
			if listed++; !states {
				t.Errorf("%s is not found: %+v", address, found.Hits)
			}
		case exact > of.String():
			if later++; states {
				t.Errorf("%s was listed only on %s: %+v", address, exact, found.Hits)
			}
		}
	}
	if t.Logf("%d listed by then, %d only later", listed, later); listed < 500 || later < 10 {
		t.Errorf("%d and %d addresses", listed, later)
	}
}

// TestRealBothLists: whoever is on OFAC's SDN list is found there by its name,
// also where another list has it under the same ID.
func TestRealBothLists(t *testing.T) {
	lists, err := (&Library{Store: realStore(t)}).At(day(t, "2026-01-10"))
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]*List{}
	for _, l := range lists.Now {
		at[l.Source] = l
	}
	both := 0
	cons, blocked := at["us-ofac-cons"], at["us-ofac-sdn"]
	for i := range cons.Len() {
		e := cons.Entity(i)
		if blocked.Find(e.ID) < 0 {
			continue
		}
		both++
		p := navicert.Party{Name: e.Names[0].Text}
		on := func(h Hit) bool { return h.Entity.ID == e.ID && h.List == blocked && h.Grade == Same && h.When == Then }
		if hits := lists.Search(Query(&p), &Options{}); !slices.ContainsFunc(hits, on) {
			t.Errorf("%s %q is not found on the SDN list: %d hits", e.ID, e.Names[0].Text, len(hits))
		}
	}
	if both != 88 {
		t.Errorf("%d entities are on both lists, want 88", both)
	}
}
