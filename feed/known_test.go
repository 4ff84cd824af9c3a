package feed

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"navicert/list"
)

// Numbers here are known from elsewhere: the publishers' own counts, and what
// others have counted in the same files.

// rowsOf counts the records of a table without a header's help.
func rowsOf(t testing.TB, f File, comma byte) int {
	t.Helper()
	q, err := newCSV(f, comma)
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	for n := 0; ; n++ {
		if _, err := q.Read(); err == io.EOF {
			return n
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestKnownRows(t *testing.T) {
	for path, want := range map[string]int{ // without lines before the rows
		"eu/eu_fsf_1_1.2022-10-28.csv.gz":             22619,
		"eu/eu_fsf_1_1.2024-01-24.csv.gz":             31987,
		"uk/ConList.2022-11-14.csv.gz":                16155,
		"uk/ConList.2024-01-25.csv.gz":                17642,
		"uk/UK_Sanctions_List.2022-11-30.csv.gz":      95757,
		"ofac/cons_prim.2025-12-19.csv":               442,
		"ofac/cons_add.2025-12-19.csv":                574,
		"ofac/cons_alt.2025-12-19.csv":                1073,
		"ofac/sdn_comments.2025-12-23.csv.gz":         28,
		"ofac/history/sdn_comments.2025-01-03.csv.gz": 21,
		"ofac/history/sdn_comments.2024-01.csv":       13,
		"ofac/history/add.2024-01.csv.gz":             18990,
		"ofac/history/alt.2024-01.csv.gz":             17091,
		"us-csl/bis_mieu.csv":                         13,
	} {
		t.Run(strings.ReplaceAll(path, "/", " "), func(t *testing.T) {
			if testing.Short() && want > 20000 {
				t.Skip("reads a large list, which a short run leaves out")
			}
			before, comma := 0, byte(',')
			switch {
			case strings.HasPrefix(path, "eu/"):
				before, comma = 1, ';'
			case strings.HasPrefix(path, "uk/"): // the day and the header; those of further sheets count
				before = 2
			case strings.HasPrefix(path, "us-csl/"):
				before = 1
			}
			if got := rowsOf(t, shared(t, path)[0], comma) - before; got != want {
				t.Errorf("%d rows, want %d", got, want)
			}
		})
	}
}

// The Consolidated Screening List repeats its own IDs, and says of OFAC's parties
// alone what they are.
func TestKnownCSL(t *testing.T) {
	ids, rows, untyped := map[string]bool{}, 0, 0
	form := tableForm{comma: ','}
	err := form.each(shared(t, "us-csl/consolidated.2025-05.csv.gz")[0], func(r *csvTable) error {
		ids[r.Get("_id")] = true
		if rows++; r.Get("type") == "" {
			untyped++
		}
		return nil
	})
	if err != nil || rows != 23432 || rows-len(ids) != 80 || untyped != 5066 {
		t.Errorf("%v: %d rows, %d IDs repeat, %d without a type", err, rows, rows-len(ids), untyped)
	}
}

// Without the file of comments nearly half of the digital currency addresses are
// lost, and one of the other 391 is cut off: it is told whose remarks are cut.
func TestCommentsHoldTheRest(t *testing.T) {
	files := shared(t, slices.Clone(sdn2025)...)
	longest, kinds, several := 0, map[list.NameKind]int{}, 0
	eachRow(t, files[3], func(row []string) { longest = max(longest, len(row[1])) })
	if longest != 7812 {
		t.Errorf("the longest comment has %d bytes", longest)
	}
	_, whole := read(t, files)
	for _, e := range whole.Entities {
		for _, n := range e.Names {
			if !n.Weak {
				kinds[n.Kind]++
			}
		}
		if len(e.Programs) > 1 {
			several++
		}
	}
	if want := map[list.NameKind]int{list.Primary: 18494, list.AKA: 19551, list.FKA: 539, list.NKA: 17}; !maps.Equal(kinds, want) || several != 2622 {
		t.Errorf("names %v, want %v; %d parties of several programs", kinds, want, several)
	}
	_, cut := read(t, files[:3])
	wallets := 0
	for _, e := range cut.Entities {
		wallets += len(e.Wallets)
	}
	notes := strings.Join(cut.Notes, "\n")
	if wallets != 390 || !strings.Contains(notes, `"alt. Digital Currency Address - XBT" cannot be read`) || !strings.Contains(notes, "of 28 parties are cut at 1000 characters") {
		t.Errorf("%d addresses, want 390; %s", wallets, notes)
	}
}

// What the UN says of the quality of its names, counted in the file itself.
func TestKnownUNQualities(t *testing.T) {
	got := map[string]int{}
	count := func(n *node) error { got[n.Name+" "+n.Text("QUALITY")]++; return nil }
	err := walkXML(shared(t, "un/consolidated.2026-02-27.xml.gz")[0], "CONSOLIDATED_LIST", map[string]func(*node) error{
		"INDIVIDUALS/INDIVIDUAL/INDIVIDUAL_ALIAS": count, "ENTITIES/ENTITY/ENTITY_ALIAS": count,
	})
	for what, want := range map[string]int{
		"INDIVIDUAL_ALIAS Good": 1524, "INDIVIDUAL_ALIAS Low": 615, "ENTITY_ALIAS a.k.a.": 594, "ENTITY_ALIAS f.k.a.": 19,
	} {
		if got[what] != want {
			t.Errorf("%s: %d, want %d (%v)", what, got[what], want, err)
		}
	}
	if empty := got["INDIVIDUAL_ALIAS "] + got["ENTITY_ALIAS "]; empty != 291 {
		t.Errorf("%d empty aliases, want 291", empty)
	}
}

// Three others have read OFAC's addresses; what the log of changes comes to on
// its last day is what each of them has.
func TestAddressesOfOthers(t *testing.T) {
	var dated struct {
		Addresses []struct {
			Address  string
			Entity   int `json:"entity_id"`
			Programs []string
		}
	}
	var lower struct {
		Addresses map[string]struct{ Entries []json.RawMessage }
	}
	var byTicker map[string][]string
	files := shared(t, "crypto/ofac_addresses.2026-08-20.json.gz", "crypto/ofac_addresses_lowercased.2026-08-22.json.gz",
		"crypto/ofac_addresses_by_ticker.2024-09-27.json", "crypto/ofac_address_changes.2024-12_2026-08.jsonl.gz")
	for i, v := range []any{&dated, &lower, &byTicker} {
		if err := json.Unmarshal([]byte(readAll(t, files[i])), v); err != nil {
			t.Fatal(err)
		}
	}
	now, events, entries := map[string]bool{}, 0, 0
	for line := range strings.Lines(readAll(t, files[3])) {
		type entry struct{ Address, Ticker, UID string }
		var e struct{ Baseline, Added, Removed []entry }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if events++; events == 1 && len(e.Baseline) != 663 {
			t.Errorf("%d entries at the beginning", len(e.Baseline))
		}
		for _, x := range e.Removed {
			delete(now, strings.ToLower(x.Address))
		}
		for _, x := range append(e.Baseline, e.Added...) {
			now[strings.ToLower(x.Address)] = true
		}
	}
	owners, dprk := map[int]bool{}, 0
	for _, a := range dated.Addresses {
		owners[a.Entity] = true
		if slices.ContainsFunc(a.Programs, func(p string) bool { return strings.HasPrefix(p, "DPRK") }) {
			dprk++
		}
		if !now[strings.ToLower(a.Address)] || lower.Addresses[strings.ToLower(a.Address)].Entries == nil {
			t.Errorf("%s is not everywhere", a.Address)
		}
	}
	for _, a := range lower.Addresses {
		entries += len(a.Entries)
	}
	tickers := 0
	for _, as := range byTicker {
		tickers += len(as)
	}
	for what, n := range map[string][2]int{
		"events": {events - 1, 26}, "addresses of the log": {len(now), 961}, "addresses": {len(dated.Addresses), 961}, "owners": {len(owners), 94},
		"of North Korean programs": {dprk, 123}, "in lower case": {len(lower.Addresses), 961}, "entries": {entries, 977},
		"tickers": {len(byTicker), 17}, "by ticker": {tickers, 654}, "ETH": {len(byTicker["ETH"]), 152},
	} {
		if n[0] != n[1] {
			t.Errorf("%s: %d, want %d", what, n[0], n[1])
		}
	}
}

// Of the addresses of North Korean thefts only those that OFAC has listed are on
// its list: the FBI's are attributed, not blocked by name.
func TestTheftAddressesOnSDN(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(readAll(t, shared(t, "crypto/dprk_theft_addresses.csv")[0]))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	_, ed := read(t, shared(t, slices.Clone(sdn2025)...))
	listed := map[string]bool{}
	for _, e := range ed.Entities {
		for _, w := range e.Wallets {
			listed[strings.ToLower(w.Address)] = true
		}
	}
	classes, on := map[string]int{}, map[string]int{}
	for _, r := range rows[1:] {
		class := r[5]
		classes[class]++
		if listed[strings.ToLower(r[0])] {
			on[class]++
		}
	}
	if len(rows)-1 != 124 || classes["law_enforcement"] != 61 || on["law_enforcement"] != 0 || classes["ofac_sdn"] != 21 || on["ofac_sdn"] != 21 {
		t.Errorf("%d rows, %v, of which %v are on the list", len(rows)-1, classes, on)
	}
	for _, a := range []string{"0x47666Fab8bd0Ac7003bce3f5C3585383F09486E2", "0x0fa09C3A328792253f8dee7116848723b72a6d2e"} {
		if listed[strings.ToLower(a)] {
			t.Errorf("%s is on the list", a)
		}
	}
}

// On 2025-06-30 OFAC took 518 parties off its list, when the program of Syria
// ended. No edition of twenty months is doubted, and what went is told.
func TestMassDelisting(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(readAll(t, shared(t, "ofac/sdn_publication_timeline.2024-12_2026-08.csv")[0]))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows)-1 != 197 {
		t.Errorf("%d publications, want 197", len(rows)-1)
	}
	count := func(r []string) int {
		n, err := strconv.Atoi(r[1])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	fall := 0
	for i, r := range rows[1:] {
		n := count(r)
		if n < ofacSDN.Band[0] || n > ofacSDN.Band[1] {
			t.Errorf("%s: %d parties are outside of the band", r[0], n)
		}
		if i > 0 {
			before := count(rows[i])
			if fall = max(fall, before-n); float64(before-n) > ofacSDN.MaxChange*float64(before) {
				t.Errorf("%s: from %d to %d would be doubted", r[0], before, n)
			}
		}
	}
	if fall != 518 {
		t.Errorf("the largest fall is of %d parties, want 518", fall)
	}
	s := &list.Store{Dir: t.TempDir()}
	put := func(date string, n int) list.Record {
		ed := &list.Edition{Source: ofacSDN.Key, Form: "xml", Date: day(t, date)}
		for i := range n {
			id := strconv.Itoa(i)
			ed.Entities = append(ed.Entities, &list.Entity{ID: ofacID(id), Names: []list.Name{{Text: "PARTY " + id}}})
		}
		r, err := s.Put(list.Offer{Edition: ed, When: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Guards: list.Guards{Band: ofacSDN.Band, MaxChange: ofacSDN.MaxChange}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	put("2025-06-24", 18020)
	if r := put("2025-06-30", 17502); r.Result != list.Added || len(r.Doubts) > 0 || r.Delta == nil || r.Delta.Removed != 518 {
		t.Errorf("%+v", r)
	}
}

// North Korea stands on all lists, each in its own words.
func TestNorthKoreaOnEUAndUK(t *testing.T) {
	if testing.Short() {
		t.Skip("reads two large lists, which a short run leaves out")
	}
	for path, c := range map[string]struct {
		program string
		least   int
	}{"eu/eu_fsf_1_1.2024-01-24.csv.gz": {"PRK", 150}, "uk/ConList.2024-01-25.csv.gz": {"Democratic People's Republic of Korea", 150}} {
		_, ed := read(t, shared(t, path))
		n := 0
		for _, e := range ed.Entities {
			if slices.ContainsFunc(e.Programs, func(p string) bool { return strings.Contains(p, c.program) }) {
				n++
			}
		}
		t.Logf("%s: %d", path, n)
		if n < c.least {
			t.Errorf("%s: %d entities of %s", path, n, c.program)
		}
	}
}

// SECO's own example of its form is an amendment, and says so.
func TestSECOExample(t *testing.T) {
	s, ed := read(t, shared(t, "other/seco.example-amendment.xml"))
	var got []string
	for _, e := range ed.Entities {
		got = append(got, strings.Join([]string{e.ID, e.Names[0].Text, e.Countries[0].Code, e.Dates[0].From.String(), strings.Join(e.Legal, "/")}, " "))
	}
	want := []string{
		"ch-64398 Test B GB 2025-12-31 Financial measures, annex 2",
		"ch-64403 Test C US 2000-01-01 Travel ban, annex 1",
		"ch-64393 Test A CH 1900-01-01 Financial measures, annex 2/Travel ban, annex 1",
	}
	if s != chSECO || ed.Date.String() != "2024-01-17" || !slices.Equal(got, want) || !strings.Contains(strings.Join(ed.Notes, "\n"), "is an amendment") {
		t.Errorf("%s %s %q %q", s.Key, ed.Date, got, ed.Notes)
	}
}

// A file that only looks like OFAC's advanced form is refused at its first fault.
func TestHandmadeAdvanced(t *testing.T) {
	files := shared(t, "schemas/sample_sdn_advanced.handmade.xml")
	_, err := ofacSDN.Form("advanced").Parse(files)
	if err == nil || !strings.HasPrefix(err.Error(), filepath.Base(files[0].Name)+":3: DateOfIssue is no day") {
		t.Error(err)
	}
}
