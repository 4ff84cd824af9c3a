package feed

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"navicert/list"
)

// Counts of rows by list; a party on several rows is one entity.
func TestCSLEditions(t *testing.T) {
	for _, c := range []struct {
		file     string
		rows     int
		entities int
		lists    map[string]int
	}{
		{"us-csl/csl.2020-07.csv.gz", 11498, 11416, nil},
		{"us-csl/consolidated.2022-05.csv.gz", 14160, 13960, nil},
		{"us-csl/csl.2022-09.csv.gz", 14760, 14549, nil},
		{"us-csl/consolidated.2025-05.csv.gz", 23432, 23260, map[string]int{
			"SDN": 17920, "EL": 3313, "DTC": 771, "DPL": 529, "SSI": 286, "UVL": 222, "ISN": 161, "PLC": 78, "MEU": 70, "CMIC": 68, "MBS": 12, "FSE": 1, "CAP": 1,
		}},
	} {
		files := shared(t, c.file)
		_, ed := read(t, files)
		es := byID(t, ed.Entities)
		tab, err := newTable(files[0], tableForm{comma: ','})
		if err != nil {
			t.Fatal(err)
		}
		rows, lists, lost := 0, map[string]int{}, 0
		for {
			ok, err := tab.Next()
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			rows++
			code, ofac, _ := cslCode(tab.Get("source"))
			lists[code]++
			id := nameID("us-"+strings.ToLower(code), tab.Get("name"))
			if ofac {
				id = ofacID(tab.Get("entity_number"))
			}
			e := es[id]
			if e == nil || !slices.ContainsFunc(e.Listings, func(l list.Listing) bool { return l.List == code }) {
				lost++
			}
		}
		tab.Close()
		if rows != c.rows || lost > 0 || len(ed.Entities) != c.entities {
			t.Errorf("%s: %d rows, %d lost, %d entities; want %d, 0, %d", c.file, rows, lost, len(ed.Entities), c.rows, c.entities)
		}
		if c.lists != nil && !maps.Equal(lists, c.lists) {
			t.Errorf("%s: %v, want %v", c.file, lists, c.lists)
		}
		for _, e := range ed.Entities {
			for _, n := range e.Names {
				if strings.HasPrefix(n.Text, "and ") || strings.TrimSpace(n.Text) != n.Text || n.Text == "" {
					t.Errorf("%s: name %q", e.ID, n.Text)
				}
			}
		}
		last := map[string]int{}
		for _, e := range ed.Entities {
			for _, l := range e.Listings {
				for _, f := range l.Footnotes {
					last[string(rune('0'+f))]++
				}
			}
		}
		if strings.Contains(c.file, "2025-05") && !maps.Equal(last, map[string]int{"1": 134, "2": 134, "3": 752, "4": 92, "5": 17}) {
			t.Errorf("footnotes %v", last)
		}
	}
}

func TestCSLCompactEdition(t *testing.T) {
	files := shared(t, "us-csl/csl-compact.2026-07-31.json.gz")
	_, ed := read(t, files)
	if ed.Date.String() != "2026-07-31" || len(ed.Entities) != 25628 {
		t.Errorf("%s, %d", ed.Date, len(ed.Entities))
	}
	var raw struct {
		Tables  struct{ Sources []string }
		Entries []struct{ S int }
	}
	if err := json.Unmarshal([]byte(readAll(t, files[0])), &raw); err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, e := range raw.Entries {
		code, _, known := cslCode(raw.Tables.Sources[e.S])
		if !known {
			t.Errorf("%s is not known", raw.Tables.Sources[e.S])
		}
		rows[code]++
	}
	want := map[string]int{"SDN": 19181, "EL": 3420, "DPL": 1596, "DTC": 787, "SSI": 286, "UVL": 222, "ISN": 161, "PLC": 78, "MEU": 70, "CMIC": 68, "MBS": 51, "CAP": 1}
	if len(raw.Entries) != 25921 || !maps.Equal(rows, want) {
		t.Errorf("%d rows %v, want 25921 %v", len(raw.Entries), rows, want)
	}
	lists := map[string]int{}
	for _, e := range ed.Entities {
		for _, l := range e.Listings {
			lists[l.List]++
		}
	}
	for code, n := range want { // rows that say the same of one party are one listing
		if got := lists[code]; got > n || got < n-20 {
			t.Errorf("%s: %d listings of %d rows", code, got, n)
		}
	}
}

// OFAC's rows of the CSL are OFAC's parties: what is on both lists must agree
// but for the changes between May and December.
func TestCSLJoinsOFAC(t *testing.T) {
	_, ofac := read(t, shared(t, slices.Clone(sdn2025)...))
	_, us := read(t, shared(t, "us-csl/consolidated.2025-05.csv.gz"))
	parties := byID(t, ofac.Entities)
	both, names, kinds, wallets, dates := 0, 0, 0, 0, 0
	for _, e := range us.Entities {
		o := parties[e.ID]
		if o == nil {
			continue
		}
		both++
		x, y := facets(e), facets(o)
		names += btoi(x["primary"] != y["primary"])
		kinds += btoi(e.Kind != o.Kind)
		wallets += btoi(x["wallets"] != y["wallets"])
		dates += btoi(x["dates"] != y["dates"])
	}
	t.Logf("%d parties on both; %d names, %d kinds, %d wallets, %d dates differ", both, names, kinds, wallets, dates)
	if both < 16000 || names > 200 || kinds > 0 || wallets > 10 || dates > 200 {
		t.Errorf("%d parties on both; %d names, %d kinds, %d wallets, %d dates differ", both, names, kinds, wallets, dates)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestBISEditions(t *testing.T) {
	for _, c := range []struct {
		file          string
		rows, persons int
	}{{"us-csl/dpl.2022-09.txt.gz", 581, 458}, {"us-csl/dpl.2023-11.txt.gz", 546, 414}} {
		files := shared(t, c.file)
		_, ed := read(t, files)
		rows := strings.Count(strings.TrimSpace(readAll(t, files[0])), "\n")
		if rows != c.rows || len(ed.Entities) != c.persons {
			t.Errorf("%s: %d rows, %d persons", c.file, rows, len(ed.Entities))
		}
		if !strings.Contains(strings.Join(ed.Notes, "\n"), "3017-08-22") {
			t.Errorf("%s: %q", c.file, ed.Notes)
		}
	}
	if _, ed := read(t, shared(t, "us-csl/bis_mieu.csv")); len(ed.Entities) != 13 {
		t.Errorf("%d military-intelligence end users", len(ed.Entities))
	}
}
