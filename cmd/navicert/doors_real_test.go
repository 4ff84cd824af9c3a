package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"navicert"
	"navicert/api"
	"navicert/list"
	"navicert/screen"
)

// TestDoorsReal asks OFAC's list for a thousand names, by the code of deals
// and books and by the server: the hits are the same.
func TestDoorsReal(t *testing.T) {
	const shared = "../../../shared/"
	if _, err := os.Stat(shared); err != nil || testing.Short() {
		t.Skip("needs OFAC's list and labeled names, which are not part of this project, and some seconds")
	}
	dir := filepath.Join(t.TempDir(), "lists")
	args := []string{"lists", "add", "--lists", dir, "--date", "2025-12-23"}
	for _, f := range []string{"sdn", "add", "alt", "sdn_comments"} {
		args = append(args, shared+"lists/ofac/"+f+".2025-12-23.csv.gz")
	}
	if c := run(args, strings.NewReader(""), io.Discard, os.Stderr); c != 0 {
		t.Fatalf("lists add: %d", c)
	}
	store := &list.Store{Dir: dir, Index: screen.BuildIndex}
	lists, err := (&screen.Library{Store: store, Only: []string{"us-ofac-sdn"}}).At(navicert.Forever - 1)
	if err != nil {
		t.Fatal(err)
	}
	shelf := api.NewShelf(store)
	if err := shelf.Reload(); err != nil {
		t.Fatal(err)
	}
	server := api.New(api.Options{Lists: shelf})
	f, err := os.Open(shared + "names/queries.csv.gz")
	if err != nil {
		t.Skip("the labeled queries are not here")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	hits := 0
	for i := 1; i < len(rows); i += 13 {
		name := rows[i][1]
		var here, there []string
		for _, h := range lists.Search(screen.Query(&navicert.Party{Name: name}), &screen.Options{Limit: 50}) {
			if h.Grade != screen.Contradicted && h.When == screen.Then {
				here = append(here, h.Entity.ID)
			}
		}
		body, err := json.Marshal(map[string]any{"queries": map[string]any{"q": map[string]any{"schema": "Thing", "properties": map[string]any{"name": name}}}})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest("POST", "/match/us_ofac_sdn?limit=50", bytes.NewReader(body)))
		var out struct {
			Responses map[string]struct{ Results []struct{ ID string } }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != 200 {
			t.Fatalf("%s: %d: %v", name, w.Code, err)
		}
		for _, r := range out.Responses["q"].Results {
			there = append(there, r.ID)
		}
		if a, b := sorted(here), sorted(there); a != b {
			t.Errorf("%q: deals find %q, the server %q", name, a, b)
		}
		hits += len(here)
	}
	if hits < 500 {
		t.Errorf("%d hits are too few to compare", hits)
	}
}
