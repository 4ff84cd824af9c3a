//go:build unix

package api

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"navicert/list"
	"navicert/match"
)

// Lists whose file is cut or written over in place answer nothing, until a
// whole file stands there again; the server goes on.
func TestListsChangedUnderTheServer(t *testing.T) {
	for what, change := range map[string]func(t *testing.T, path string){
		"cut": func(t *testing.T, path string) {
			must(t, os.Truncate(path, 0))
		},
		"written": func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte(strings.Repeat("x", 100_000)), 0o600))
		},
	} {
		t.Run(what, func(t *testing.T) {
			store := &list.Store{Dir: t.TempDir(), Index: match.BuildIndex}
			var es []*list.Entity
			for i := range 2000 {
				es = append(es, &list.Entity{ID: fmt.Sprint("z-", i), Kind: list.KindPerson, Names: []list.Name{{Text: fmt.Sprint("ZALA MARA ", i)}}})
			}
			_, err := store.Put(list.Offer{
				Edition: &list.Edition{Source: "zala", Form: "test", Date: day("2026-01-01"), Entities: es},
				When:    time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC),
			})
			must(t, err)
			shelf := NewShelf(store)
			must(t, shelf.Reload())
			c := newClient(t, Options{Lists: shelf, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
			ask := func(code int) object { return c.get(code, "/entities/z-1234") }
			ask(200)
			c.get(200, "/entities/z-1999?as_of=2026-01-01")
			all, err := store.Editions("zala")
			must(t, err)
			path := all[0].Path
			whole, err := os.ReadFile(path)
			must(t, err)
			change(t, path)
			if what == "cut" {
				ask(503) // it is seen at once
				c.get(503, "/entities/z-1999?as_of=2026-01-01")
			}
			if err := shelf.Reload(); err == nil {
				t.Error("the file is taken")
			}
			if got := fmt.Sprint(ask(503)); !strings.Contains(got, "changed under the server") {
				t.Errorf("%s", got)
			}
			c.get(503, "/readyz")
			c.get(200, "/healthz")
			other := filepath.Join(t.TempDir(), "whole")
			must(t, os.WriteFile(other, whole, 0o600))
			must(t, os.Rename(other, path))
			must(t, shelf.Reload())
			ask(200)
			c.get(200, "/readyz")
			c.get(200, "/entities/z-1999?as_of=2026-01-01")
		})
	}
}

// A past edition that cannot be opened is the server's trouble, and no path is told.
func TestDamagedPast(t *testing.T) {
	store := &list.Store{Dir: t.TempDir(), Index: match.BuildIndex}
	for i, date := range []string{"2026-01-01", "2026-01-05"} {
		_, err := store.Put(list.Offer{
			Edition: &list.Edition{Source: "zala", Form: "test", Date: day(date), Entities: zala()[:i+1]},
			When:    time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC),
		})
		must(t, err)
	}
	shelf := NewShelf(store)
	must(t, shelf.Reload())
	all, err := store.Editions("zala")
	must(t, err)
	must(t, os.Truncate(all[0].Path, 100))
	var log strings.Builder
	c := newClient(t, Options{Lists: shelf, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if got := fmt.Sprint(c.get(503, "/search/zala?as_of=2026-01-02")); strings.Contains(got, store.Dir) || !strings.Contains(log.String(), all[0].Path) {
		t.Errorf("%s; log: %s", got, log.String())
	}
	c.get(200, "/search/zala")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
