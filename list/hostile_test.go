package list

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzHistoryFile: a history that was damaged is drawn anew, and one that was
// forged gives no panic.
func FuzzHistoryFile(f *testing.F) {
	dir := f.TempDir()
	s := &Store{Dir: dir}
	mustPut(f, s, edition(20000, "a:0x1"), Added)
	mustPut(f, s, edition(20001, "b:0x2"), Added)
	path := filepath.Join(dir, "us-test", historyFile)
	b, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(magic))
	var none bytes.Buffer // strings asked for, and none shared
	if err := writeSections(&none, map[string][]byte{historyFile: {1, 1, 0, 0, 0, 0}}); err != nil {
		f.Fatal(err)
	}
	f.Add(none.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		b = bytes.Clone(b)
		reseal(b)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if h, err := s.History("us-test"); err != nil || h.Source != "us-test" {
			t.Fatalf("%+v, %v", h, err)
		}
	})
}

// FuzzLedger: a damaged ledger is an error or read, never a panic, and what is
// appended to it is there.
func FuzzLedger(f *testing.F) {
	hash := strings.Repeat("0f", 32)
	first := `{"when":"2026-01-01T00:00:00Z","result":"added","source":"us-test","date":"2026-01-01","hash":"` + hash + `"}` + "\n"
	f.Add([]byte(first))
	f.Add([]byte(first + `{"result":"same","source":"us-test","date":"2026-01-02","of":"2026-01-01","hash":"` + hash + `"}` + "\n{"))
	f.Add([]byte("\n\n"))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, b []byte) {
		dir := filepath.Join(t.TempDir(), "us-test") // a ledger tells of the source whose folder it stands in
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, ledgerFile), b, 0o600); err != nil {
			t.Fatal(err)
		}
		before, err := readLedger(dir)
		if err != nil {
			return
		}
		all := editions(dir, before)
		for i := range all {
			if i > 0 && all[i-1].Date >= all[i].Date || all[i].Until < all[i].Date {
				t.Fatalf("%+v", all)
			}
		}
		if err := appendLedger(dir, Record{Result: Refused, Source: "us-test", Date: 20000}); err != nil {
			t.Fatal(err)
		}
		after, err := readLedger(dir)
		if err != nil || len(after) != len(before)+1 || after[len(before)].Source != "us-test" {
			t.Fatalf("%d lines, then %d, %v", len(before), len(after), err)
		}
	})
}
