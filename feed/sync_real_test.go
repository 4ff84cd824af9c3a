package feed

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"navicert/list"
)

// TestSyncRealLists fetches real lists from a bad server: it has only one of
// the forms, hangs up in the middle of each file, and goes back to an old list.
func TestSyncRealLists(t *testing.T) {
	if testing.Short() {
		t.Skip("reads whole lists")
	}
	root := filepath.Join("..", "..", "shared", "lists")
	files := map[string]string{
		"/us-ofac-sdn/sdn.csv": "ofac/sdn.2025-12-23.csv.gz", "/us-ofac-sdn/add.csv": "ofac/add.2025-12-23.csv.gz",
		"/us-ofac-sdn/alt.csv": "ofac/alt.2025-12-23.csv.gz", "/us-ofac-sdn/sdn_comments.csv": "ofac/sdn_comments.2025-12-23.csv.gz",
		"/un-sc/consolidated.xml": "un/consolidated.2026-02-27.xml.gz",
	}
	published := time.Date(2025, 12, 23, 15, 0, 0, 0, time.UTC)
	cuts := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/us-ofac-cons/cons_enhanced.xml" { // published as a zip file
			w.Write(zipOf(t, "CONS_ENHANCED.XML", filepath.Join(root, "ofac", "cons_enhanced.2025-01-10.xml.gz")))
			return
		}
		name, ok := files[strings.ToLower(r.URL.Path)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("ETag", fmt.Sprintf("%q", name))
		w.Header().Set("Last-Modified", published.Format(http.TimeFormat))
		if cuts[name]++; cuts[name] == 1 {
			cut(w, b)
		}
		http.ServeContent(w, r, name, published, bytes.NewReader(b))
	}))
	defer srv.Close()
	if _, err := os.Stat(filepath.Join(root, files["/un-sc/consolidated.xml"])); err != nil {
		t.Skip("the real lists are not here; this test needs them")
	}
	y := &Syncer{Store: &list.Store{Dir: t.TempDir()}, Fetch: Fetcher{
		Wait:   time.Millisecond,
		Mirror: func(s *Source, u URL) string { return srv.URL + "/" + s.Key + "/" + u.Name },
	}}
	sync := func(key string, want list.Result) *Outcome {
		t.Helper()
		out, err := y.Sync(context.Background(), ByKey(key))
		if err != nil || out.Record.Result != want {
			t.Fatalf("%+v, %v", out, err)
		}
		return out
	}
	sdn := sync("us-ofac-sdn", list.Added)
	if sdn.Form.Name != "csv" || sdn.Record.Entities != 18494 || sdn.Record.Wallets != 760 || sdn.Record.Date != day(t, "2025-12-23") {
		t.Errorf("%+v", sdn.Record)
	}
	if n := strings.Count(strings.Join(sdn.Notes, "\n"), `the form "csv" was taken instead`); n == 0 {
		t.Errorf("notes %q", sdn.Notes)
	}
	if un := sync("un-sc", list.Added); un.Record.Entities != 1003 || un.Record.Date != day(t, "2026-02-27") {
		t.Errorf("%+v", un.Record)
	}
	if cons := sync("us-ofac-cons", list.Added); cons.Form.Name != "enhanced" || cons.Record.Entities != 443 || cons.Record.Date != day(t, "2025-01-10") {
		t.Errorf("%+v", cons.Record)
	}
	// The server comes back with an old list: it goes to its place in the history.
	files["/un-sc/consolidated.xml"] = "un/consolidated.2025-04-19.xml.gz"
	sync("un-sc", list.Older)
	y.Force = true
	sync("un-sc", list.NotNewer)
	// And with the list without its companion file, in which half of the addresses stand.
	delete(files, "/us-ofac-sdn/sdn_comments.csv")
	published = published.AddDate(0, 0, 7)
	if out, err := y.Sync(context.Background(), ByKey("us-ofac-sdn")); err == nil || !strings.Contains(err.Error(), "the edition of 2025-12-23 stays in use") || !strings.Contains(err.Error(), "sdn_comments.csv: the server answers 404") {
		t.Errorf("%+v, %v", out.Record, err)
	}
	set, err := y.Store.At(day(t, "2026-11-27"))
	if err != nil || len(set.Snapshots) != 3 || set.Snapshots[0].Info().Date != day(t, "2026-02-27") || set.Snapshots[2].Info().Wallets != 760 {
		t.Errorf("%+v, %v", set, err)
	}
	_ = set.Close()
}

func zipOf(t *testing.T, name, path string) []byte {
	files, err := OpenFiles(path)
	if err != nil {
		t.Error(err)
		return nil
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(w, readAll(t, files[0]))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Error(err)
	}
	return b.Bytes()
}
