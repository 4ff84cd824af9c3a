//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cutter cuts the snapshots of a folder when the first answer is written.
type cutter struct {
	dir string
	bytes.Buffer
}

func (c *cutter) Write(b []byte) (int, error) {
	if c.Len() == 0 {
		files, err := filepath.Glob(filepath.Join(c.dir, "*", "*.snap"))
		if err != nil || len(files) == 0 {
			return 0, io.ErrUnexpectedEOF
		}
		for _, f := range files {
			if err := os.Truncate(f, 0); err != nil {
				return 0, err
			}
		}
	}
	return c.Buffer.Write(b)
}

// A list that is cut while screen reads it ends the command with an error, not
// the program with a signal.
func TestListCutWhileScreening(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "own.csv")
	if err := os.WriteFile(own, []byte("id,name\n1,Zala Mara\n2,Ostrov Trading\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	lists := filepath.Join(dir, "lists")
	var told bytes.Buffer
	if code := run([]string{"lists", "add", own, "--date", "2026-01-01", "--lists", lists}, nil, io.Discard, &told); code != 0 {
		t.Fatal(told.String())
	}
	told.Reset()
	out := &cutter{dir: lists}
	code := run([]string{"screen", "Zala Mara", "Ostrov Trading", "--lists", lists}, nil, out, &told)
	if code != 1 || !strings.Contains(told.String(), "was cut while it was in use") || strings.Contains(told.String(), "fault of the program") {
		t.Errorf("code %d: %s", code, told.String())
	}
	if !strings.Contains(out.String(), "Zala Mara") || strings.Contains(out.String(), "Ostrov Trading") {
		t.Errorf("%s", out.String())
	}
}
