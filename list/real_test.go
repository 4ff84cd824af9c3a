package list_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"navicert/feed"
	"navicert/list"
	"navicert/match"
)

// sdn writes the real SDN list as a snapshot with its index.
func sdn(t testing.TB) (path string, es []*list.Entity) {
	t.Helper()
	var paths []string
	for _, f := range []string{"sdn", "add", "alt", "sdn_comments"} {
		paths = append(paths, filepath.Join("..", "..", "shared", "lists", "ofac", f+".2025-12-23.csv.gz"))
	}
	if _, err := os.Stat(paths[0]); err != nil {
		t.Skip("the real list is not here; this test needs it")
	}
	files, err := feed.OpenFiles(paths...)
	if err != nil {
		t.Fatal(err)
	}
	_, form, err := feed.Sniff(files)
	if err != nil {
		t.Fatal(err)
	}
	ed, err := form.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	sections, err := match.BuildIndex(ed.Entities)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "sdn.snap")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := list.Write(f, list.Info{Source: "us-ofac-sdn", Date: ed.Date}, ed.Entities, sections); err != nil {
		t.Fatal(err)
	}
	return path, ed.Entities
}

func TestRealSnapshotIsSmallAndWhole(t *testing.T) {
	path, es := sdn(t)
	s, err := list.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Verify(); err != nil {
		t.Error(err)
	}
	if s.Len() != 18494 || s.Info().Wallets != 760 {
		t.Errorf("%d entities, %d wallets", s.Len(), s.Info().Wallets)
	}
	for i, e := range es {
		if got := s.Entity(i); got.ID != e.ID || len(got.Names) != len(e.Names) || len(got.Notes) != len(e.Notes) {
			t.Fatalf("%+v, want %+v", got, e)
		}
	}
	if n := testing.AllocsPerRun(3, func() {
		s, err := list.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
	}); n > 200 { // whatever the size: nothing is read into memory
		t.Errorf("%.0f allocations to open a snapshot", n)
	}
}

func BenchmarkOpen(b *testing.B) {
	path, _ := sdn(b)
	b.ReportAllocs()
	for b.Loop() {
		s, err := list.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

func BenchmarkEntity(b *testing.B) {
	path, _ := sdn(b)
	s, err := list.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		runtime.KeepAlive(s.Entity(i % s.Len()))
		i += 7
	}
}

func BenchmarkFind(b *testing.B) {
	path, _ := sdn(b)
	s, err := list.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.ReportAllocs()
	for b.Loop() {
		if s.Find("ofac-27307") < 0 {
			b.Fatal("not found")
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	_, es := sdn(b)
	for b.Loop() {
		f, err := os.Create(filepath.Join(b.TempDir(), "x"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := list.Write(f, list.Info{}, es, nil); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}
