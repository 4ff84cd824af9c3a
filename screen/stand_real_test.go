package screen

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"navicert/list"
	"navicert/match"
)

// column reads one column of a packed CSV file of clean names, every nth line.
func column(t *testing.T, file string, at, nth int, keep func([]string) bool) (out []string) {
	f, err := os.Open("../../shared/" + file)
	if err != nil {
		t.Skip("needs names that are not part of this project")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(z)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(rows); i += nth {
		if keep == nil || keep(rows[i]) {
			out = append(out, rows[i][at])
		}
	}
	return out
}

// TestStandClean finds names with more words than the listed ones, and counts the clean names that alert only because a listed name
// stands whole in them: fewer than three in a thousand more.
func TestStandClean(t *testing.T) {
	st := realStore(t)
	lists, err := (&Library{Store: st, Only: []string{"us-ofac-sdn", "us-csl"}}).At(day(t, "2026-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{
		"NSO Group Technologies":                      "us-el-nso-group",
		"Winners Global Trading Co. Hong Kong Branch": "us-uvl-winners-global-trading-co",
		"Lazarus Group Holdings International LLC":    "ofac-27307",
		"Andariel Logistics":                          "ofac-27309",
		"Acme & Huawei Technologies Co., Ltd.":        "us-el-huawei-technologies-co-ltd-huawei",
	} {
		hits := lists.Search(&match.Query{Names: []string{asked}}, &Options{})
		i := slices.IndexFunc(hits, func(h Hit) bool { return h.Entity.ID == want })
		if i < 0 || hits[i].Grade != Possible || !strings.Contains(hits[i].Why(), "stands whole") {
			t.Errorf("%s: %s is not among %d hits as one that stands in it", asked, want, len(hits))
		}
	}
	books := []struct {
		what  string
		kind  list.Kind
		names []string
	}{
		{"labeled", list.KindUnknown, column(t, "names/queries.csv.gz", 1, 1, func(r []string) bool { return r[2] == "neg" })},
		{"firms", list.KindOrganization, column(t, "lists/negatives/companies_sec_us_listed.2025-02-28.csv.gz", 2, 1, nil)},
		{"people", list.KindPerson, column(t, "lists/negatives/persons_synthetic_global.50k.csv.gz", 0, 5, nil)},
	}
	for _, b := range books {
		more, before := 0, 0
		for _, n := range b.names {
			hits := lists.Search(&match.Query{Names: []string{n}, Kind: b.kind}, &Options{})
			stands, other := "", false
			for i := range hits {
				if h := &hits[i]; h.Stands && h.Score < match.Standard {
					stands = h.Listed
				} else if h.Grade != Contradicted {
					other = true
				}
			}
			switch {
			case other:
				before++
			case stands != "":
				more++
				t.Logf("%s: %q holds %q", b.what, n, stands)
			}
		}
		t.Logf("%s: %d names, %d alert by their score, %d more (%.2f %%)", b.what, len(b.names), before, more, 100*float64(more)/float64(len(b.names)))
		if 1000*more > 3*len(b.names) {
			t.Errorf("%s: too many", b.what)
		}
	}
}
