package list

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"navicert"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func on(t testing.TB, s string) navicert.Day {
	t.Helper()
	d, err := navicert.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// edition has an entity for each word; "b:0x1,0x2" has two wallets.
func edition(d navicert.Day, words ...string) *Edition {
	ed := &Edition{Source: "us-test", Form: "csv", Date: d}
	for _, w := range words {
		id, wallets, _ := strings.Cut(w, ":")
		e := &Entity{ID: "t-" + id, Names: []Name{{Text: "NAME OF " + id}}}
		for a := range strings.SplitSeq(wallets, ",") {
			if a != "" {
				e.Wallets = append(e.Wallets, Wallet{Asset: "ETH", Address: a})
			}
		}
		ed.Entities = append(ed.Entities, e)
	}
	return ed
}

func offer(ed *Edition) Offer { return Offer{Edition: ed, Origin: "files", When: noon} }

func mustPut(t testing.TB, s *Store, ed *Edition, want Result) Record {
	t.Helper()
	r, err := s.Put(offer(ed))
	if err != nil || r.Result != want {
		t.Fatalf("%s: %s, %v; want %s", ed.Date, r.Result, err, want)
	}
	return r
}

func TestPutSaysWhatBecameOfAnEdition(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	mustPut(t, s, edition(20000, "a", "b:0xA"), Added)
	mustPut(t, s, edition(20000, "a", "b:0xA"), Unchanged)
	r := mustPut(t, s, edition(20007, "a", "c:0xC"), Added)
	if *r.Delta != (Counts{Added: 1, Removed: 1, WalletsAdded: 1, WalletsRemoved: 1}) {
		t.Errorf("delta %+v", *r.Delta)
	}
	mustPut(t, s, edition(20000, "a", "b:0xA"), NotNewer) // last week's list
	mustPut(t, s, edition(20010, "a", "c:0xC"), Same)
	mustPut(t, s, edition(20003, "a"), Older)
	mustPut(t, s, edition(20007, "a", "c:0xC", "d"), Replaced)
	all, err := s.Editions("us-test")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range all {
		got = append(got, fmt.Sprintf("%d..%d %s", k.Date, k.Until, k.Result))
	}
	// What held on 20010 is the first reading of 20007, which came back as it were.
	want := []string{"20000..20000 added", "20003..20003 older", "20007..20007 replaced", "20010..20010 same"}
	if !slices.Equal(got, want) {
		t.Errorf("editions %q, want %q", got, want)
	}
	ledger, err := s.Ledger("us-test")
	if err != nil || len(ledger) != 7 {
		t.Errorf("%d lines in the ledger, %v", len(ledger), err)
	}
}

func TestPutRefusesAndKeepsThePrevious(t *testing.T) {
	many := func(n int, tail ...string) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("e%d:0x%d", i, i))
		}
		return append(out, tail...)
	}
	guards := Guards{Band: [2]int{50, 200}, MaxChange: 0.2}
	bare := func(ed *Edition) *Edition {
		for _, e := range ed.Entities {
			e.Wallets = nil
		}
		return ed
	}
	other := edition(20010, many(100)...)
	for _, e := range other.Entities {
		e.ID = "x" + e.ID
	}
	declared := edition(20010, many(100)...)
	declared.Declared = 101
	for _, c := range []struct {
		name string
		ed   *Edition
		want string
	}{
		{"empty", edition(20010), "it is empty"},
		{"cut", edition(20010, many(70)...), "more than 22 % of a difference"},
		{"too small", edition(20010, many(49)...), "between 50 and 200 are plausible"},
		{"too large", edition(20010, many(201)...), "between 50 and 200 are plausible"},
		{"not as declared", declared, "it says that it has 101 records, but 100 were read"},
		{"no wallets", bare(edition(20010, many(100)...)), "0 wallet addresses, but the edition before, of 2024-10-04, has 100"},
		{"another list", other, "100 of the 100 entities of 2024-10-04 are gone"},
		{"older, cut", edition(19990, many(30)...), "but the edition after, of 2024-10-04, has 100"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Store{Dir: t.TempDir()}
			mustPut(t, s, edition(20000, many(100)...), Added)
			o := offer(c.ed)
			o.Guards = guards
			r, err := s.Put(o)
			var refusal *Refusal
			if !errors.As(err, &refusal) || r.Result != Refused || !strings.Contains(err.Error(), c.want) ||
				!strings.Contains(err.Error(), "the edition of 2024-10-04 stays in use") || !strings.Contains(err.Error(), "--accept") {
				t.Fatalf("%s, %v; want %q", r.Result, err, c.want)
			}
			if all, _ := s.Editions("us-test"); len(all) != 1 {
				t.Errorf("editions: %+v", all)
			}
			if files, _ := filepath.Glob(filepath.Join(s.Dir, "us-test", "*[0-9a-f].snap")); len(files) != 1 {
				t.Errorf("files: %q", files)
			}
			o.Accept = &Acceptance{By: "J. Doe", Reason: "looked at it"}
			if r, err = s.Put(o); err != nil || r.Accepted.Reason != "looked at it" || len(r.Doubts) == 0 {
				t.Errorf("%+v, %v", r, err)
			}
			ledger, _ := s.Ledger("us-test")
			if len(ledger) != 3 || ledger[2].Accepted.By != "J. Doe" {
				t.Errorf("ledger %+v", ledger)
			}
		})
	}
	t.Run("stale", func(t *testing.T) { // no day in the files, and last week's again
		s := &Store{Dir: t.TempDir()}
		a, b := offer(edition(20000, "a")), offer(edition(20007, "a", "b"))
		a.Info.Files, b.Info.Files = []FileSum{{"x", 1, "11"}}, []FileSum{{"x", 1, "22"}}
		for _, o := range []Offer{a, b} {
			if _, err := s.Put(o); err != nil {
				t.Fatal(err)
			}
		}
		again := offer(edition(20008, "a"))
		again.Info.Files = a.Info.Files
		if _, err := s.Put(again); err == nil || !strings.Contains(err.Error(), "byte for byte, those of the edition of 2024-10-04") {
			t.Error(err)
		}
	})
	for _, c := range []struct {
		ed   *Edition
		want string
	}{
		{edition(0, "a"), "say it with --date"},
		{edition(380000, "a"), "which cannot be"},
		{&Edition{Source: "../x", Date: 20000}, "is no key of a source"},
	} {
		if _, err := (&Store{Dir: t.TempDir()}).Put(offer(c.ed)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

func TestAtSaysWhereHistoryBegins(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	if set, err := s.At(navicert.Forever); err != nil || len(set.Snapshots)+len(set.Missing) != 0 {
		t.Fatalf("%+v, %v", set, err)
	}
	mustPut(t, s, edition(on(t, "2019-01-04"), "a"), Added)
	mustPut(t, s, edition(on(t, "2022-01-31"), "a", "b:0x1"), Added)
	for _, c := range []struct{ day, got, missing, gap string }{
		{"2019-01-03", "", "no edition of us-test before 2019-01-04", ""},
		{"2019-01-04", "2019-01-04", "", ""},
		{"2021-05-01", "2019-01-04", "", "2019-01-04 2022-01-31"},
		{"2022-01-31", "2022-01-31", "", ""},
		{"2026-01-01", "2022-01-31", "", "2022-01-31 1970-01-01"},
	} {
		set, err := s.At(on(t, c.day))
		if err != nil {
			t.Fatal(err)
		}
		var got, gap string
		for _, sn := range set.Snapshots {
			got += sn.Info().Date.String()
		}
		for _, g := range set.Gaps {
			gap += fmt.Sprint(g.Date, " ", g.Next)
		}
		if got != c.got || strings.Join(set.Missing, "") != c.missing || gap != c.gap {
			t.Errorf("%s: %q %q %q", c.day, got, set.Missing, gap)
		}
		if i := slices.IndexFunc(set.Snapshots, func(s *Snapshot) bool { return s.Find("t-b") >= 0 }); i >= 0 {
			e := set.Snapshots[i].Entity(set.Snapshots[i].Find("t-b"))
			if w := e.Wallets[0]; w.Listed != (Span{on(t, "2019-01-04"), on(t, "2022-01-31")}) || w.Removed != (Span{}) {
				t.Errorf("wallet %+v", w)
			}
		}
		if err := set.Close(); err != nil {
			t.Error(err)
		}
	}
	if set, err := s.At(20000, "us-other"); err != nil || set.Missing[0] != "no edition of us-other" {
		t.Errorf("%+v, %v", set, err)
	}
}

func TestCrashesLeaveThePreviousEdition(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	mustPut(t, s, edition(20000, "a"), Added)
	mustPut(t, s, edition(20001, "a", "b"), Added)
	dir := filepath.Join(s.Dir, "us-test")
	ledger := filepath.Join(dir, ledgerFile)
	b, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	// Died while it wrote the line: the snapshot is there and does not count.
	if err := os.WriteFile(ledger, b[:len(b)-20], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "new-1.tmp"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := s.At(navicert.Forever)
	if err != nil || set.Snapshots[0].Info().Date != 20000 {
		t.Fatalf("%+v, %v", set, err)
	}
	if err := set.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Clean("us-test"); err != nil {
		t.Error(err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 4 { // snapshot, ledger, history, lock
		t.Errorf("left: %v", files)
	}
	if err := os.WriteFile(filepath.Join(dir, "new-2.tmp"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	mustPut(t, s, edition(20001, "a", "b"), Added)
	if files, _ := filepath.Glob(filepath.Join(dir, "*.tmp")); len(files) != 0 {
		t.Errorf("left: %v", files)
	}
	if h, err := s.History("us-test"); err != nil || len(h.Entities) != 2 || h.Entities[1].Listed != (Span{20000, 20001}) {
		t.Errorf("%+v, %v", h, err)
	}
	// A damaged history is drawn anew, a damaged ledger is not guessed at.
	if err := os.WriteFile(filepath.Join(dir, historyFile), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if h, err := s.History("us-test"); err != nil || len(h.Entities) != 2 {
		t.Errorf("%+v, %v", h, err)
	}
	if err := os.WriteFile(ledger, append([]byte("{\n"), b...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.At(navicert.Forever); err == nil || !strings.Contains(err.Error(), "ledger.jsonl:1: the line is damaged") {
		t.Error(err)
	}
}

func TestWritersTakeTurns(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if _, err := s.Put(offer(edition(navicert.Day(20000+i), "a", fmt.Sprint("b", i)))); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err := s.Editions("us-test"); err != nil || len(got) != 8 {
		t.Errorf("%d editions, %v", len(got), err)
	}
}

// TestHistoryDoesNotDependOnTheOrder offers the same editions in two orders:
// spans, and what is in use on each day, are the same.
func TestHistoryDoesNotDependOnTheOrder(t *testing.T) {
	const days = 8
	defer func(f func(*os.File) error) { flush = f }(flush)
	flush = func(*os.File) error { return nil }
	rapid.Check(t, func(t *rapid.T) {
		var eds []*Edition
		for d := range days {
			if !rapid.Bool().Draw(t, "published") {
				continue
			}
			words := []string{"always"}
			for _, w := range []string{"a:0xA", "a:0xA,0xB", "b:0xa", "c"} {
				if id, _, _ := strings.Cut(w, ":"); rapid.Bool().Draw(t, w) && !slices.ContainsFunc(words, func(v string) bool { return strings.HasPrefix(v, id+":") }) {
					words = append(words, w)
				}
			}
			eds = append(eds, edition(navicert.Day(20000+d), words...))
		}
		dir, err := os.MkdirTemp("", "store")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		ordered, mixed := &Store{Dir: filepath.Join(dir, "a")}, &Store{Dir: filepath.Join(dir, "b")}
		for _, ed := range eds {
			if _, err := ordered.Put(offer(ed)); err != nil {
				t.Fatal(err)
			}
		}
		for _, ed := range rapid.Permutation(eds).Draw(t, "order") {
			if _, err := mixed.Put(offer(ed)); err != nil {
				t.Fatal(err)
			}
		}
		if a, b := spansOf(t, ordered), spansOf(t, mixed); !slices.Equal(a, b) {
			t.Fatalf("in order %q\nmixed    %q", a, b)
		}
		for d := range days + 1 {
			day := navicert.Day(20000 + d)
			var want []string
			for _, ed := range eds {
				if ed.Date <= day {
					want = nil
					for _, e := range ed.Entities {
						want = append(want, fmt.Sprint(e.ID, len(e.Wallets)))
					}
				}
			}
			for _, s := range []*Store{ordered, mixed} {
				if got := idsAt(t, s, day); !slices.Equal(got, want) {
					t.Fatalf("day %d: %q, want %q", d, got, want)
				}
			}
		}
	})
}

func spansOf(t *rapid.T, s *Store) []string {
	h, err := s.History("us-test")
	if err != nil {
		t.Fatal(err)
	}
	out := []string{fmt.Sprint(h.Begins, h.Ends)}
	for _, w := range h.Wallets {
		out = append(out, fmt.Sprint(w))
	}
	for _, e := range h.Entities {
		out = append(out, fmt.Sprint(e))
	}
	slices.Sort(out)
	return out
}

func idsAt(t *rapid.T, s *Store, d navicert.Day) (out []string) {
	set, err := s.At(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, sn := range set.Snapshots {
		for i := range sn.Len() {
			e := sn.Entity(i)
			out = append(out, fmt.Sprint(e.ID, len(e.Wallets)))
			for _, w := range e.Wallets {
				if w.Listed.By == 0 || w.Listed.By > d {
					t.Fatalf("wallet %+v on day %d", w, d)
				}
			}
		}
	}
	_ = set.Close()
	return out
}

func TestHistoryOfADay(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	mustPut(t, s, edition(20000, "a"), Added)
	mustPut(t, s, edition(20010, "a:0xAB"), Added)
	mustPut(t, s, edition(20015, "a:0xab"), Added) // letter case says nothing
	mustPut(t, s, edition(20020, "a"), Added)
	h, err := s.History("us-test")
	if err != nil || len(h.Wallets) != 1 {
		t.Fatalf("%+v, %v", h, err)
	}
	w := h.Wallets[0]
	for _, c := range []struct {
		day       navicert.Day
		on, known bool
	}{{20000, false, true}, {20001, false, false}, {20009, false, false}, {20010, true, true}, {20015, true, true}, {20016, false, false}, {20020, false, true}, {20099, false, true}} {
		if on, known := h.On(w.Listed, w.Removed, c.day); on != c.on || known != c.known {
			t.Errorf("%d: %v %v, want %v %v", c.day, on, known, c.on, c.known)
		}
	}
	a := h.Entities[0]
	for _, c := range []struct {
		day       navicert.Day
		on, known bool
	}{{19999, false, false}, {20000, true, true}, {20020, true, true}, {20021, true, false}} {
		if on, known := h.On(a.Listed, a.Removed, c.day); on != c.on || known != c.known {
			t.Errorf("%d: %v %v, want %v %v", c.day, on, known, c.on, c.known)
		}
	}
}

func TestDiff(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	a, b := edition(20000, "a", "b:0x1", "c", "d"), edition(20007, "a", "c:0x2", "d", "e")
	a.Entities[0].Names = append(a.Entities[0].Names, Name{Text: "x"}, Name{Text: "y"})
	b.Entities[0].Names = append(b.Entities[0].Names, Name{Text: "y"}, Name{Text: "x"}) // order says nothing
	b.Entities[2].Programs = []string{"DPRK3"}
	mustPut(t, s, a, Added)
	mustPut(t, s, b, Added)
	d, err := s.Diff("us-test", 20001, navicert.Forever)
	if err != nil {
		t.Fatal(err)
	}
	if d.Counts != (Counts{1, 1, 2, 1, 1}) || d.Added[0].ID != "t-e" || d.Removed[0].Name != "NAME OF b" ||
		!reflect.DeepEqual(d.Changed, []Change{{Ref{"t-c", "NAME OF c"}, []string{"wallets"}}, {Ref{"t-d", "NAME OF d"}, []string{"programs"}}}) ||
		d.WalletsAdded[0].Address != "0x2" || d.WalletsRemoved[0].Address != "0x1" {
		t.Errorf("%+v", d)
	}
	if _, err := s.Diff("us-test", 19999, 20007); err == nil || err.Error() != "no edition of us-test before 2024-10-04" {
		t.Error(err)
	}
}

func TestVerifyAndReindex(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	mustPut(t, s, edition(20000, "a", "b:0x1"), Added)
	mustPut(t, s, edition(20007, "a"), Added)
	if n, faults := s.Verify("us-test"); n != 2 || len(faults) != 0 {
		t.Fatalf("%d, %v", n, faults)
	}
	s.Index = func(es []*Entity) (map[string][]byte, error) {
		return map[string][]byte{"index": fmt.Append(nil, len(es))}, nil
	}
	before, _ := s.Editions("us-test")
	stale := func(sn *Snapshot) bool { return sn.Section("index") == nil }
	for i, want := range []int{1, 1, 0} {
		if n, err := s.Reindex("us-test", i == 0, stale); n != want || err != nil {
			t.Errorf("%d, %v; want %d", n, err, want)
		}
	}
	sn, err := Open(before[0].Path)
	if err != nil || string(sn.Section("index")) != "2" || sn.Info().Hash != before[0].Hash {
		t.Errorf("%v", err)
	}
	b, err := os.ReadFile(before[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	b[bytes.Index(b, []byte("NAME OF a"))] ^= 1
	if err := os.WriteFile(before[1].Path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, faults := s.Verify("us-test"); len(faults) != 1 || !strings.Contains(faults[0].Error(), "damaged") {
		t.Errorf("%v", faults)
	}
	if err := os.Remove(before[1].Path); err != nil {
		t.Fatal(err)
	}
	if _, faults := s.Verify("us-test"); len(faults) != 1 || !strings.Contains(faults[0].Error(), "add the list of 2024-10-11 again") {
		t.Errorf("%v", faults)
	}
}

// A snapshot in the place of another is not taken for it, and a line of the
// ledger names no file elsewhere.
func TestEditionsAreThoseOfTheLedger(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	mustPut(t, s, edition(20000, "a", "b:0x1"), Added)
	mustPut(t, s, edition(20007, "a"), Added)
	all, err := s.Editions("us-test")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(all[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(all[1].Path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.At(20007); err == nil || !strings.Contains(err.Error(), "but the ledger says us-test of 2024-10-11") {
		t.Errorf("%v", err)
	}
	if set, err := s.At(20006); err != nil || len(set.Snapshots) != 1 {
		t.Errorf("the other edition: %v", err)
	}
	ledger := filepath.Join(s.Dir, "us-test", ledgerFile)
	text, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, now, want string }{
		{all[1].Hash, "x/../../../y", "its hash is none"},
		{`"source":"us-test"`, `"source":"us-other"`, `it is of "us-other"`},
		{`"date":"2024-10-11"`, `"date":"2024-10-99"`, "ledger.jsonl:2: the line is damaged"},
	} {
		if err := os.WriteFile(ledger, bytes.ReplaceAll(text, []byte(c.old), []byte(c.now)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.At(20007); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.now, err)
		}
	}
}

// What is lost or damaged can be added again, and holds nobody up who has looked.
func TestLostEditionsComeBack(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	first, second := edition(20000, "a", "b:0x1"), edition(20007, "a")
	mustPut(t, s, first, Added)
	mustPut(t, s, second, Added)
	all, err := s.Editions("us-test")
	if err != nil {
		t.Fatal(err)
	}
	for i, ed := range []*Edition{first, second} {
		for _, damage := range []func() error{
			func() error { return os.Truncate(all[i].Path, 100) },
			func() error { return os.Remove(all[i].Path) },
		} {
			if err := damage(); err != nil {
				t.Fatal(err)
			}
			mustPut(t, s, ed, Replaced)
			if n, faults := s.Verify("us-test"); n != 2 || len(faults) != 0 {
				t.Errorf("%d, %v", n, faults)
			}
		}
	}
	if err := os.Truncate(all[1].Path, 100); err != nil {
		t.Fatal(err)
	}
	o := offer(edition(20014, "a"))
	var refusal *Refusal
	if _, err := s.Put(o); !errors.As(err, &refusal) || !strings.Contains(err.Error(), "cannot be compared with the edition of 2024-10-11") {
		t.Errorf("%v", err)
	}
	o.Accept = &Acceptance{By: "test", Reason: "its size is right"}
	if r, err := s.Put(o); r.Result != Added || err != nil {
		t.Errorf("%s, %v", r.Result, err)
	}
	if set, err := s.At(20014); err != nil || len(set.Snapshots) != 1 {
		t.Errorf("%v", err)
	}
}
