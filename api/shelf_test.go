package api

import (
	"fmt"
	"testing"
	"time"

	"navicert"
	"navicert/list"
)

// Days of an entity come from the editions that are kept, and err on the side of asking again.
func TestSeenAndChanged(t *testing.T) {
	store := &list.Store{Dir: t.TempDir()}
	put := func(date string, notes ...string) {
		t.Helper()
		es := zala()[:len(notes)]
		for i, e := range es {
			e.Listings = nil
			e.Notes = []string{notes[i]}
		}
		_, err := store.Put(list.Offer{
			Edition: &list.Edition{Source: "zala", Form: "test", Date: day(date), Entities: es},
			When:    time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Accept: &list.Acceptance{Reason: "test"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put("2026-01-01", "a", "a")
	shelf := NewShelf(store)
	c := newClient(t, Options{Lists: shelf})
	seen := func(i int) string {
		t.Helper()
		if err := shelf.Reload(); err != nil {
			t.Fatal(err)
		}
		b, release, err := shelf.Acquire(navicert.Forever)
		if err != nil {
			t.Fatal(err)
		}
		b.text()
		release()
		x := c.get(200, "/entities/"+zala()[i].ID)
		return fmt.Sprintf("%.10s %.10s %.10s", x["first_seen"], x["last_change"], x["last_seen"])
	}
	if got, want := seen(0), "2026-01-01 2026-01-01 2026-01-01"; got != want {
		t.Errorf("the first edition: %s, want %s", got, want)
	}
	put("2026-01-10", "a", "b", "b")
	put("2026-01-20", "a", "b", "b", "c")
	for i, want := range []string{"2026-01-01 2026-01-01 2026-01-20", "2026-01-01 2026-01-10 2026-01-20", "2026-01-10 2026-01-10 2026-01-20", "2026-01-20 2026-01-20 2026-01-20"} {
		if got := seen(i); got != want {
			t.Errorf("entity %d: %s, want %s", i, got, want)
		}
	}
	if got := total(t, c.get(200, "/search/zala?schema=LegalEntity&changed_since=2026-01-05")); got != 3 {
		t.Errorf("%d have changed, want 3", got)
	}
	put("2026-01-15", "z", "z") // history may come late
	if got, want := seen(0), "2026-01-01 2026-01-20 2026-01-20"; got != want {
		t.Errorf("after a late edition: %s, want %s", got, want)
	}
	if got := c.get(200, "/entities/"+zala()[0].ID+"?as_of=2026-01-12")["last_seen"]; got != "2026-01-10T00:00:00" {
		t.Errorf("as of the 12th: %v", got)
	}
	c.get(404, "/entities/"+zala()[0].ID+"?as_of=2025-12-31")
}

// While newer lists are made ready, which takes long, past days are answered too.
func TestReloadHoldsNobodyUp(t *testing.T) {
	store := &list.Store{Dir: t.TempDir()}
	put := func(date string, n int) {
		t.Helper()
		_, err := store.Put(list.Offer{
			Edition: &list.Edition{Source: "zala", Form: "test", Date: day(date), Entities: zala()[:n]},
			When:    time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Accept: &list.Acceptance{Reason: "test"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put("2026-01-01", 1)
	shelf := NewShelf(store)
	if err := shelf.Reload(); err != nil {
		t.Fatal(err)
	}
	b, release, err := shelf.Acquire(navicert.Forever)
	if err != nil {
		t.Fatal(err)
	}
	<-b.ready()
	release()
	put("2026-01-10", 2)
	making <- struct{}{} // nothing can be made ready
	done := make(chan error, 1)
	go func() { done <- shelf.Reload() }()
	asked := make(chan string, 1)
	go func() {
		for range 20 { // the reload will have begun by then
			b, release, err := shelf.Acquire(day("2026-01-05"))
			if err != nil {
				asked <- err.Error()
				return
			}
			b.Lists[0].Entity(0)
			release()
			time.Sleep(5 * time.Millisecond)
		}
		asked <- ""
	}()
	select {
	case fault := <-asked:
		if fault != "" {
			t.Error(fault)
		}
	case <-time.After(20 * time.Second):
		t.Error("a past day waits for the reload")
	}
	<-making
	if err := <-done; err != nil {
		t.Error(err)
	}
	if got := shelf.Describe(); len(got) != 1 || got[0] != "zala 2026-01-10 (2)" {
		t.Error(got)
	}
}
