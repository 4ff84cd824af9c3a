package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHarbinGolden holds every word of a whole answer, so that a change of
// wording is seen.
func TestHarbinGolden(t *testing.T) {
	golden, err := os.ReadFile("testdata/harbin.golden")
	if err != nil && !*update {
		t.Fatal(err)
	}
	out := judged(t, 2, "check", "../../examples/pentest-suite-to-harbin.yaml")
	if *update {
		if err := os.WriteFile("testdata/harbin.golden", []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, want := strings.Split(out, "\n"), strings.Split(string(golden), "\n")
	for i := range max(len(got), len(want)) {
		g, w := "(the end)", "(the end)"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w && !strings.HasPrefix(w, "  law      data ") { // the hashes change with every word of the law
			t.Fatalf("line %d is\n%s\nwant\n%s\n(if it should be so: go test ./cmd/navicert -update)", i+1, g, w)
		}
	}
}

// TestWidth holds answers to the width of a page; only an address may be
// longer, for it must stay whole.
func TestWidth(t *testing.T) {
	for _, file := range []string{"pentest-suite-to-moscow", "lazarus-front", "not-enough-facts"} {
		code := map[string]int{"pentest-suite-to-moscow": 2, "lazarus-front": 3, "not-enough-facts": 4}[file]
		for _, l := range strings.Split(judged(t, code, "check", "../../examples/"+file+".yaml"), "\n") {
			if utf8.RuneCountInString(l) > width && !strings.Contains(l, "https://") {
				t.Errorf("%s: %d characters: %s", file, utf8.RuneCountInString(l), l)
			}
		}
	}
}

func judged(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if got := run(args, nil, &out, &errOut); got != code {
		t.Fatalf("exit code %d, want %d: %s", got, code, &errOut)
	}
	return out.String()
}
