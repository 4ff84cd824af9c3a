package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What lists and askers write must not steer the terminal it is shown on.
func TestNothingSteersTheTerminal(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("NAVICERT_LISTS", filepath.Join(dir, "lists"))
	file := filepath.Join(dir, "own.csv")
	const name = "EVIL\u009b31m \u202eTRADING\u007f"
	rows := "id,name,aliases,program,note\ne1\u009b2J," + name + ",SECOND \u2066NAME,P\u009b5m,seen \u009b1A\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code int
		args string
	}{
		{0, "lists|add|" + file + "|--source|own|--date|2026-01-01"},
		{3, "screen|" + name},
		{3, "screen|" + name + "|--explain"},
		{3, "screen|" + name + "|--json"},
		{0, "lists|export"},
		{1, "lists|add|" + dir + "/no\x1b]0;such\x07"},
		{1, "check|no\x1b[2Jsuch.yaml"},
		{1, "screen|a|--list|x\x1b[2J"},
	} {
		var out, errOut bytes.Buffer
		if got := run(strings.Split(c.args, "|"), nil, &out, &errOut); got != c.code {
			t.Errorf("%q: exit code %d, want %d: %s", c.args, got, c.code, &errOut)
		}
		if all := out.String() + errOut.String(); strings.ContainsAny(all, "\x1b\x07\u007f\u009b\u202e\u2066") {
			t.Errorf("%q: %q", c.args, all)
		}
		if line, _, _ := strings.Cut(out.String(), "\n"); strings.HasPrefix(line, "{") {
			var o struct{ Caption, Name string }
			if err := json.Unmarshal([]byte(line), &o); err != nil || o.Caption+o.Name != name {
				t.Errorf("%q: the JSON says another name: %q, %v", c.args, o.Caption+o.Name, err)
			}
		}
	}
}

// A character that comes in pieces is judged whole.
func TestSinkInPieces(t *testing.T) {
	const in = "a\x1b[1mb\x1b[0m\x1b[31mc\r\u009bd\u200c朴\u202e\xff\n\xe6\x9c"
	for size := 1; size < len(in); size++ {
		var out bytes.Buffer
		s := &sink{Writer: &out}
		for b := []byte(in); len(b) > 0; b = b[min(size, len(b)):] {
			if n, err := s.Write(b[:min(size, len(b))]); err != nil || n != min(size, len(b)) {
				t.Fatal(n, err)
			}
		}
		s.Flush()
		want := "a\x1b[1mb\x1b[0m\\u001b[31mc\\u000d\\u009bd\u200c朴\\u202e\uFFFD\n\uFFFD"
		if size < 4 { // emphasis is written in one piece, or not at all
			want = strings.ReplaceAll(want, "\x1b", `\u001b`)
		}
		got := out.String()
		if size >= 4 {
			got = strings.ReplaceAll(got, `\u001b[1m`, "\x1b[1m")
			got = strings.ReplaceAll(got, `\u001b[0m`, "\x1b[0m")
		}
		if got != want {
			t.Errorf("in pieces of %d: %q, want %q", size, got, want)
		}
	}
}
