package rule

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The official tables, transcribed row by row, are kept beside the
// repository; without them these tests are skipped.
const transcribed = "../../shared/law"

const tablesDay = "2026-09-24"

func rows(t *testing.T, name string) (out []map[string]string) {
	t.Helper()
	f, err := os.Open(filepath.Join(transcribed, name))
	if err != nil {
		t.Skipf("The transcribed official table %s is not here, so the tables are not compared with it.", name)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range all[1:] {
		row := map[string]string{}
		for i, v := range rec {
			row[all[0][i]] = v
		}
		out = append(out, row)
	}
	return out
}

// member reports whether code is in the set on the day of the tables.
func member(t *testing.T, l *Law, set, code string) bool {
	t.Helper()
	for i := range l.Sets {
		if l.Sets[i].Name == set {
			return slices.Contains(l.Sets[i].On(day(t, tablesDay)), code)
		}
	}
	t.Fatalf("there is no set %s", set)
	return false
}

// TestChartRows compares the chart sets with every row of the Country Chart.
func TestChartRows(t *testing.T) {
	l := load(t)
	rs := rows(t, "country-chart.csv")
	byCode := map[string]map[string]string{}
	for _, r := range rs {
		byCode[r["iso2"]] = r
	}
	columns := map[string]string{"chart:NS1": "NS1", "chart:NS2": "NS2", "chart:RS1": "RS1"}
	for _, r := range rs {
		code, from := r["iso2"], r
		if parent := r["inherits_row_of"]; parent != "" {
			from = byCode[parent]
		}
		if _, ok := l.country[code]; !ok {
			t.Errorf("%s (%s) has a row in the chart and is no country here", code, r["ear_name"])
			continue
		}
		special := r["see_part_746_instead"] != ""
		if got := member(t, l, "chart:part-746", code); got != special {
			t.Errorf("%s in chart:part-746 is %v, in the chart %v", code, got, special)
		}
		if member(t, l, "chart:no-row", code) {
			t.Errorf("%s has a row in the chart and is in chart:no-row", code)
		}
		for set, col := range columns {
			if got, want := member(t, l, set, code), from[col] == "X"; got != want {
				t.Errorf("%s in %s is %v, in the chart %v", code, set, got, want)
			}
		}
	}
	t.Logf("%d rows", len(rs))
}

// TestChartElsewhere looks at the countries without a row: they have the row
// of another country, or are named as having none.
func TestChartElsewhere(t *testing.T) {
	l := load(t)
	listed := map[string]bool{}
	for _, r := range rows(t, "country-chart.csv") {
		listed[r["iso2"]] = true
	}
	var inherit []string
	for _, c := range l.Countries {
		if listed[c.Code] || c.Code == "US" || member(t, l, "chart:no-row", c.Code) {
			continue
		}
		inherit = append(inherit, c.Code)
		if member(t, l, "chart:NS2", c.Code) && !member(t, l, "chart:NS1", c.Code) {
			t.Errorf("%s is in chart:NS2 and not in chart:NS1; no row of the chart is like that", c.Code)
		}
	}
	t.Logf("%d territories have the row of their country: %v", len(inherit), inherit)
}

// TestGroupRows compares the country groups with every row of Supp. 1 to part 740.
func TestGroupRows(t *testing.T) {
	l := load(t)
	sets := map[string]string{
		"A1": "A:1", "A2": "A:2", "A3": "A:3", "A4": "A:4", "A5": "A:5", "A6": "A:6", "B": "B",
		"D1": "D:1", "D2": "D:2", "D3": "D:3", "D4": "D:4", "D5": "D:5", "E1": "E:1", "E2": "E:2",
	}
	rs := rows(t, "country-groups.csv")
	for _, r := range rs {
		code := r["iso2"]
		d, e := false, false
		for col, set := range sets {
			want := r[col] == "X"
			if got := member(t, l, set, code); got != want {
				t.Errorf("%s (%s) in %s is %v, in the supplement %v", code, r["ear_name"], set, got, want)
			}
			d = d || want && col[0] == 'D'
			e = e || want && col[0] == 'E'
		}
		if member(t, l, "D:any", code) != d || member(t, l, "E:any", code) != e {
			t.Errorf("%s: D:any or E:any is not the union of its groups", code)
		}
	}
	t.Logf("%d rows", len(rs))
}
