package main

import (
	"bytes"
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
	"navicert/match/eval"
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
	qs, err := eval.ReadQueries(shared + "names/queries.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	hits := 0
	for i := 0; i < len(qs); i += 13 {
		name := qs[i].Text
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
