//go:build unix

package list

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// wide is an edition of which the snapshot takes many pages of memory.
func wide(t *testing.T) (s *Store, path string, entities int) {
	t.Helper()
	var words []string
	for i := range 2000 {
		words = append(words, strings.Repeat("x", 50)+string(rune('a'+i%26))+strings.Repeat("y", i%40)+string(rune('0'+i/260))+strings.Repeat("z", i/40))
	}
	s = &Store{Dir: t.TempDir()}
	mustPut(t, s, edition(20000, words...), Added)
	all, err := s.Editions("us-test")
	if err != nil {
		t.Fatal(err)
	}
	return s, all[0].Path, len(words)
}

// A snapshot that somebody cuts in place while it is in use is an error that
// names it. Without Reading this test would not fail: it would end.
func TestCutInUse(t *testing.T) {
	for _, size := range []int64{0, 1, 20_000} {
		s, path, n := wide(t)
		sn, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		for what, read := range map[string]func() error{
			"entities": func() error {
				for i := range n {
					sn.Entity(i)
				}
				return nil
			},
			"checksums": sn.Verify,
		} {
			err := Reading(read)
			if cut := (*CutError)(nil); !errors.As(err, &cut) || cut.Path != path {
				t.Errorf("cut to %d, %s: %v", size, what, err)
			}
		}
		if inPlace, _ := sn.Altered(); !inPlace {
			t.Errorf("cut to %d: the snapshot seems to be what it was", size)
		}
		if _, err := s.At(20000); err == nil {
			t.Errorf("cut to %d: it is opened again", size)
		}
		if err := sn.Close(); err != nil {
			t.Error(err)
		}
	}
}

// What is no cut file is no error of the lists: it stays the panic that it is.
func TestReadingHidesNoFault(t *testing.T) {
	for what, f := range map[string]func(){
		"a panic": func() { panic("oh") },
		"nil":     func() { var p *Snapshot; p.info.Names++ },
		"index":   func() { var b []byte; b[len(os.Args)+7]++ },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was swallowed", what)
				}
			}()
			t.Error(what, Reading(func() error { f(); return nil }))
		}()
	}
	if err := Reading(func() error { return os.ErrExist }); err != os.ErrExist {
		t.Error(err)
	}
}

// A file that is moved away or replaced leaves what is in use whole; one that is
// written over does not.
func TestAltered(t *testing.T) {
	_, path, _ := wide(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sn, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sn.Close() }()
	check := func(what string, wantInPlace, wantReplaced bool) {
		t.Helper()
		if inPlace, replaced := sn.Altered(); inPlace != wantInPlace || replaced != wantReplaced {
			t.Errorf("%s: %v, %v", what, inPlace, replaced)
		}
	}
	check("as it was", false, false)
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	check("moved away", false, false)
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	check("replaced", false, true)
	if err := Reading(sn.Verify); err != nil {
		t.Error(err)
	}
	if err := os.Rename(path+".old", path); err != nil {
		t.Fatal(err)
	}
	check("moved back", false, false)
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(whole[:10]); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	check("written to", true, false)
}
