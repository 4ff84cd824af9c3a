package feed

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"navicert/list"
)

// read finds out what files are and reads them.
func read(t testing.TB, files []File) (*Source, *list.Edition) {
	t.Helper()
	s, f, err := Sniff(files)
	if err != nil {
		t.Fatal(err)
	}
	ed, err := s.read(f, files)
	if err != nil {
		t.Fatal(err)
	}
	return s, ed
}

func byID(t testing.TB, es []*list.Entity) map[string]*list.Entity {
	t.Helper()
	out := map[string]*list.Entity{}
	for _, e := range es {
		if out[e.ID] != nil {
			t.Errorf("%s stands twice", e.ID)
		}
		out[e.ID] = e
	}
	return out
}

var sdn2025 = []string{"ofac/sdn.2025-12-23.csv.gz", "ofac/add.2025-12-23.csv.gz", "ofac/alt.2025-12-23.csv.gz", "ofac/sdn_comments.2025-12-23.csv.gz"}

func history(day string, comments bool) []string {
	out := []string{"ofac/history/sdn." + day + ".csv.gz", "ofac/history/add." + day + ".csv.gz", "ofac/history/alt." + day + ".csv.gz"}
	if comments {
		out = append(out, "ofac/history/sdn_comments."+day+".csv.gz")
	}
	return out
}

func TestSDNOfDecember2025(t *testing.T) {
	files := shared(t, slices.Clone(sdn2025)...)
	s, ed := read(t, files)
	if s != ofacSDN || len(ed.Entities) != 18494 || len(ed.Notes) != 0 {
		t.Errorf("%s: %d parties, notes %q", s.Key, len(ed.Entities), ed.Notes)
	}
	es := byID(t, ed.Entities)
	kinds, wallets, total := map[list.Kind]int{}, map[string]int{}, 0
	strong, addresses, weak := 0, 0, 0
	for _, e := range ed.Entities {
		kinds[e.Kind]++
		addresses += len(e.Addresses)
		for i, n := range e.Names {
			if n.Weak {
				weak++
			} else if i > 0 {
				strong++
			}
		}
		for _, w := range e.Wallets {
			wallets[w.Asset]++
			total++
			if strings.ContainsAny(w.Address, " ;()'") || len(w.Address) < 25 {
				t.Errorf("%s: address %q", e.ID, w.Address)
			}
		}
		for _, d := range e.Dates {
			if d.Text != "" {
				t.Errorf("%s: date %q is not read", e.ID, d.Text)
			}
		}
		for _, n := range e.Notes {
			for _, word := range []string{"DOB ", "POB ", "Digital Currency", "Passport ", "a.k.a. '", "Tax ID No.", "Linked To:"} {
				if strings.HasPrefix(strings.TrimPrefix(n, "alt. "), word) {
					t.Errorf("%s: %q is left as a note", e.ID, n)
				}
			}
		}
	}
	if want := map[list.Kind]int{list.KindPerson: 7329, list.KindOrganization: 9408, list.KindVessel: 1415, list.KindAircraft: 342}; !maps.Equal(kinds, want) {
		t.Errorf("kinds %v, want %v", kinds, want)
	}
	want := map[string]int{
		"XBT": 519, "USDT": 93, "ETH": 77, "TRX": 29, "LTC": 11, "XMR": 8, "BCH": 7, "ZEC": 3, "DASH": 3, "USDC": 2,
		"BTG": 1, "ETC": 1, "BSV": 1, "XVG": 1, "XRP": 1, "ARB": 1, "BSC": 1, "SOL": 1,
	}
	if total != 760 || !maps.Equal(wallets, want) {
		t.Errorf("%d wallets %v, want 760 %v", total, wallets, want)
	}
	if n := countIn(t, files, ".a. '", 0, 3); strong != 20107 || weak != n {
		t.Errorf("%d strong aliases, %d weak ones; want 20107, %d", strong, weak, n)
	}
	rows, empty := 0, 0
	eachRow(t, files[1], func(row []string) {
		rows++
		if null(row[2]) == "" && null(row[3]) == "" && (null(row[4]) == "" || row[4] == "undetermined") {
			empty++
		}
	})
	if rows != 24244 || addresses < rows-empty || addresses > rows {
		t.Errorf("%d rows of addresses, %d empty, %d addresses", rows, empty, addresses)
	}

	lazarus := es["ofac-27307"]
	var aliases []string
	for _, n := range lazarus.Names[1:] {
		if n.Weak {
			aliases = append(aliases, n.Text)
		}
	}
	if got := strings.Join(aliases, ", "); got != "HIDDEN COBRA, OFFICE 91, GUARDIANS OF PEACE, THE NEW ROMANTIC CYBER ARMY TEAM, WHOIS HACKING TEAM, RED DOT, TEMP.HERMIT, GROUP 77, ZINC, APT-C-26, APPLEWORM" {
		t.Errorf("Lazarus Group's aliases are %s", got)
	}
	if len(lazarus.Wallets) != 8 || lazarus.Wallets[0].Address != "0x098B716B8Aaf21512996dC57EB0615e2383E2f96" || lazarus.Programs[0] != "DPRK3" {
		t.Errorf("%+v", lazarus)
	}
	semenov := ""
	for _, e := range ed.Entities {
		if strings.HasPrefix(e.Names[0].Text, "TORNADO") {
			t.Errorf("Tornado Cash went in March 2025: %s", e.ID)
		}
		if e.Names[0].Last == "SEMENOV" && len(e.Wallets) > 0 {
			semenov = fmt.Sprint(len(e.Wallets), e.Programs)
		}
	}
	if !strings.HasPrefix(semenov, "8 ") || !strings.Contains(semenov, "DPRK3") {
		t.Errorf("Roman Semenov: %q, want 8 wallets under DPRK3", semenov)
	}
	to := map[string]int{}
	for _, e := range ed.Entities {
		for _, r := range e.Relations {
			if r.To == "ofac-27307" {
				to[r.Kind]++
			}
		}
	}
	if to["Linked To"] < 2 {
		t.Errorf("relations to Lazarus Group: %v", to)
	}
	dprk := map[string]int{}
	for _, e := range ed.Entities {
		for _, p := range e.Programs {
			dprk[p]++
		}
	}
	if dprk["DPRK"] != 69 || dprk["DPRK2"] != 124 || dprk["DPRK3"] != 160 || dprk["DPRK4"] != 190 {
		t.Errorf("DPRK programs: %d %d %d %d", dprk["DPRK"], dprk["DPRK2"], dprk["DPRK3"], dprk["DPRK4"])
	}
}

func eachRow(t testing.TB, f File, fn func([]string)) {
	t.Helper()
	q, err := newCSV(f, ',')
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	for {
		row, err := q.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		fn(row)
	}
}

// countIn counts a text in some files, without the parser. The texts are
// joined as the remarks are.
func countIn(t testing.TB, files []File, s string, which ...int) int {
	t.Helper()
	more, n := map[string]string{}, 0
	eachRow(t, files[which[1]], func(row []string) { more[row[0]] = row[1] })
	eachRow(t, files[which[0]], func(row []string) { n += strings.Count(row[11]+more[row[0]], s) })
	return n
}

func TestSDNHistory(t *testing.T) {
	editions := map[string]map[string]*list.Entity{}
	for _, c := range []struct {
		day                         string
		comments                    bool
		parties, addresses, aliases int
		note                        string
	}{
		{"2019-01", false, 7379, 11696, 9682, "saved by another program"},
		{"2021-07", false, 8976, 13837, 11910, "are cut at 1000 characters"},
		{"2022-01", false, 9044, 13625, 12409, "are cut at 1000 characters"},
		{"2025-01-03", true, 16989, 22641, 19486, ""},
	} {
		files := shared(t, history(c.day, c.comments)...)
		_, ed := read(t, files)
		editions[c.day] = byID(t, ed.Entities)
		rows, aliases := 0, 0
		eachRow(t, files[1], func([]string) { rows++ })
		for _, e := range ed.Entities {
			for _, n := range e.Names[1:] {
				if !n.Weak {
					aliases++
				}
			}
		}
		if len(ed.Entities) != c.parties || rows != c.addresses || aliases != c.aliases {
			t.Errorf("%s: %d parties, %d addresses, %d aliases; want %d, %d, %d", c.day, len(ed.Entities), rows, aliases, c.parties, c.addresses, c.aliases)
		}
		if notes := strings.Join(ed.Notes, "\n"); !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
			t.Errorf("%s: notes %q, want %q", c.day, notes, c.note)
		}
	}
	for id, name := range map[string]string{"ofac-27307": "LAZARUS GROUP", "ofac-27308": "BLUENOROFF", "ofac-27309": "ANDARIEL"} {
		e := editions["2021-07"][id]
		if editions["2019-01"][id] != nil || e == nil || e.Names[0].Text != name || !slices.Contains(e.Programs, "DPRK3") {
			t.Errorf("%s: %+v", id, e)
		}
	}
	tornado := 0
	for _, e := range editions["2025-01-03"] {
		if strings.HasPrefix(e.Names[0].Text, "TORNADO CASH") {
			tornado += len(e.Wallets)
		}
	}
	if tornado < 90 {
		t.Errorf("Tornado Cash had %d wallets in January 2025", tornado)
	}
}

// Somebody else has read OFAC's list every day and kept what came and went.
// From that, the wallets of a day can be told without this parser.
func TestWalletsAgainstLog(t *testing.T) {
	type entry struct{ UID, Address, Ticker string }
	type event struct {
		Date     string `json:"sdn_list_date"`
		Baseline []entry
		Added    []entry
		Removed  []entry
	}
	var events []event
	for line := range strings.Lines(readAll(t, shared(t, "crypto/ofac_address_changes.2024-12_2026-08.jsonl.gz")[0])) {
		var e event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	key := func(e entry) string { return e.UID + " " + strings.ToLower(e.Address) }
	for day, paths := range map[string][]string{"2025-01-03": history("2025-01-03", true), "2025-12-23": slices.Clone(sdn2025)} {
		want := map[string]bool{}
		for _, ev := range events {
			if ev.Date > day {
				break
			}
			for _, e := range append(ev.Baseline, ev.Added...) {
				want[key(e)] = true
			}
			for _, e := range ev.Removed {
				delete(want, key(e))
			}
		}
		_, ed := read(t, shared(t, paths...))
		got := map[string]bool{}
		for _, e := range ed.Entities {
			for _, w := range e.Wallets {
				got[key(entry{UID: e.Ref, Address: w.Address})] = true
			}
		}
		for k := range want {
			if !got[k] {
				t.Errorf("%s: %s is not read", day, k)
			}
		}
		for k := range got {
			if !want[k] {
				t.Errorf("%s: %s is not in the log", day, k)
			}
		}
	}
}

func TestConsolidatedForms(t *testing.T) {
	s, csv := read(t, shared(t, "ofac/cons_prim.2025-12-19.csv", "ofac/cons_add.2025-12-19.csv", "ofac/cons_alt.2025-12-19.csv"))
	_, xml := read(t, shared(t, "ofac/consolidated.2025-03-28.xml.gz"))
	_, enh := read(t, shared(t, "ofac/cons_enhanced.2025-01-10.xml.gz"))
	_, adv := read(t, shared(t, "ofac/cons_advanced.2020-03-17.xml.gz"))
	strong := 0
	for _, e := range csv.Entities {
		for _, n := range e.Names[1:] {
			if !n.Weak {
				strong++
			}
		}
	}
	if s != ofacCons || len(csv.Entities) != 442 || strong > 1073 || strong < 1060 {
		t.Errorf("csv: %s, %d parties, %d aliases", s.Key, len(csv.Entities), strong)
	}
	if len(xml.Entities) != 443 || xml.Declared != 443 || xml.Date.String() != "2025-03-28" {
		t.Errorf("xml: %d parties, %d declared, %s", len(xml.Entities), xml.Declared, xml.Date)
	}
	if len(enh.Entities) != 443 || enh.Date.String() != "2025-01-10" {
		t.Errorf("enhanced: %d parties, %s", len(enh.Entities), enh.Date)
	}
	if len(adv.Entities) != 375 || adv.Date.String() != "2020-03-17" {
		t.Errorf("advanced: %d parties, %s", len(adv.Entities), adv.Date)
	}
	for _, ed := range []*list.Edition{csv, xml, enh, adv} {
		notes := strings.Join(ed.Notes, "\n")
		if ed == csv && strings.Contains(notes, "the remarks of 10 parties are cut") && len(ed.Notes) == 1 {
			continue
		}
		if notes != "" {
			t.Errorf("%s: notes %s", ed.Form, notes)
		}
	}
	// What differs was changed between the days of the editions, or is cut in the CSV form.
	compare(t, csv, xml, map[string]int{"addresses": 5, "documents": 19, "names": 10, "primary": 1, "programs": 12})
	compare(t, xml, enh, map[string]int{"addresses": 2, "documents": 2})
	compare(t, csv, enh, map[string]int{"addresses": 7, "documents": 21, "names": 10, "primary": 1, "programs": 12})
	compare(t, enh, adv, map[string]int{ // five years
		"addresses": 97, "contacts": 23, "countries": 14, "dates": 24, "documents": 54, "gender": 1, "names": 108, "places": 1, "primary": 55, "programs": 77,
	})

	lists := map[string]int{}
	for _, e := range enh.Entities {
		for _, l := range e.Listings {
			lists[l.List]++
			if l.Since == 0 {
				t.Errorf("%s is on %s since no day", e.ID, l.List)
			}
		}
	}
	if want := map[string]int{"PLC": 78, "SDN": 77, "CAP": 1, "SSI": 286, "MBS": 12, "FSE": 1, "CMIC": 68}; !maps.Equal(lists, want) {
		t.Errorf("lists %v, want %v", lists, want)
	}
	scripts, relations := map[string]int{}, map[list.RelationType]int{}
	for _, e := range enh.Entities {
		for _, n := range e.Names {
			scripts[n.Script]++
		}
		for _, r := range e.Relations {
			relations[r.Type]++
			if r.To == "" || r.Name == "" {
				t.Errorf("%s: %+v", e.ID, r)
			}
		}
	}
	if want := map[string]int{"Latn": 1579, "Cyrl": 39, "Hans": 5, "Hant": 1}; !maps.Equal(scripts, want) {
		t.Errorf("scripts %v, want %v", scripts, want)
	}
	if want := map[list.RelationType]int{list.OwnedOrControlledBy: 278, list.Owns: 4, list.ActsFor: 1}; !maps.Equal(relations, want) {
		t.Errorf("relations %v, want %v", relations, want)
	}
}

// facets writes each field of an entity so that two forms can be compared.
// What a form cannot say is left out.
func facets(e *list.Entity) map[string]string {
	out := map[string]string{}
	set := func(key string, texts []string) {
		slices.Sort(texts)
		out[key] = strings.Join(slices.Compact(texts), " | ")
	}
	var names, dates, places, countries, documents, addresses, wallets, contacts []string
	for i, n := range e.Names {
		if n.Kind == list.Spelling || n.Script != "" && n.Script != "Latn" {
			continue
		}
		if i == 0 {
			out["primary"] = n.Text + "/" + n.Last + "/" + n.First
			continue
		}
		names = append(names, fmt.Sprint(n.Text, n.Kind, n.Weak))
	}
	for _, d := range e.Dates {
		dates = append(dates, fmt.Sprint(d))
	}
	for _, p := range e.Places {
		places = append(places, fmt.Sprint(p))
	}
	for _, c := range e.Countries {
		countries = append(countries, fmt.Sprint(c.Code, c.Role))
	}
	for _, d := range e.Documents {
		d.Note = ""
		documents = append(documents, fmt.Sprint(d))
	}
	for _, a := range e.Addresses {
		if strings.ContainsFunc(a.Street+a.City+a.State, func(r rune) bool { return r > 0x24f }) {
			continue
		}
		addresses = append(addresses, squash(strings.NewReplacer(",", " ").Replace(a.Street+" "+a.City+" "+a.State+" "+a.Postal+" "+a.Country)))
	}
	for _, w := range e.Wallets {
		wallets = append(wallets, fmt.Sprint(w))
	}
	for _, c := range e.Contacts {
		contacts = append(contacts, fmt.Sprint(c))
	}
	out["kind"], out["gender"] = fmt.Sprint(e.Kind), fmt.Sprint(e.Gender)
	set("names", names)
	set("dates", dates)
	set("places", places)
	set("countries", countries)
	set("documents", documents)
	set("addresses", addresses)
	set("wallets", wallets)
	set("contacts", contacts)
	set("programs", slices.Clone(e.Programs))
	set("titles", slices.Clone(e.Titles))
	return out
}

// compare holds two editions of different days and forms against each other:
// what differs in more parties than max says is a fault of a parser.
func compare(t *testing.T, a, b *list.Edition, max map[string]int) {
	t.Helper()
	other := byID(t, b.Entities)
	differ, examples := map[string]int{}, map[string]string{}
	for _, e := range a.Entities {
		if o := other[e.ID]; o != nil {
			x, y := facets(e), facets(o)
			for k := range x {
				if x[k] != y[k] {
					differ[k]++
					examples[k] = fmt.Sprintf("%s:\n\t%s\n\t%s", e.ID, x[k], y[k])
				}
			}
		}
	}
	for k, n := range differ {
		if n > max[k] {
			t.Errorf("%s and %s: %s differs in %d parties, at most %d are known: %s", a.Form, b.Form, k, n, max[k], examples[k])
		}
	}
}

func BenchmarkSDN(b *testing.B) {
	files := shared(b, slices.Clone(sdn2025)...)
	var size int64
	for i, f := range files { // unpacked, as they are fetched
		s := readAll(b, f)
		size += int64(len(s))
		files[i] = text(f.Name, s)
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if _, ed := read(b, files); len(ed.Entities) != 18494 {
			b.Fatal(len(ed.Entities))
		}
	}
}

func BenchmarkEnhanced(b *testing.B) { benchmarkXML(b, "ofac/cons_enhanced.2025-01-10.xml.gz", 443) }

func BenchmarkAdvanced(b *testing.B) { benchmarkXML(b, "ofac/cons_advanced.2020-03-17.xml.gz", 375) }

func benchmarkXML(b *testing.B, file string, want int) {
	files := shared(b, file)
	s := readAll(b, files[0])
	files[0] = text(files[0].Name, s)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ed := read(b, files); len(ed.Entities) != want {
			b.Fatal(len(ed.Entities))
		}
	}
}
