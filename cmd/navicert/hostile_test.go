package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestHostile gives the program what no deal looks like: it must say what is
// wrong, or decide, and always end, soon and in bounded memory.
func TestHostile(t *testing.T) {
	munich := example(t, "pentest-suite-to-munich")
	parties := strings.Index(munich, "\npurpose:") + 1
	many := func(party string) string {
		var b strings.Builder
		b.WriteString(munich[:parties])
		for i := range 9998 {
			fmt.Fprintf(&b, party, i)
		}
		b.WriteString(munich[parties:])
		return b.String()
	}
	bomb := "day: \"2026-09-24\"\na: &a [x, x]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("b%d: &b%d [*a, *a, *a]\n", i, i)
	}
	for _, c := range []struct {
		name, text string
		code       int
		says       string // in the error
	}{
		{"empty", "", 1, "the deal is empty"},
		{"blank", "\n\n# nothing\n", 1, "the deal is empty"},
		{"no day", "reference: x\n", 1, "day"},
		{"binary", string([]byte{0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0xff}), 1, "standard input:1:1: "},
		{"Latin-1", "day: \"2026-09-24\"\nreference: M\xfcller\n", 1, "standard input:2:13: byte 31"},
		{"UTF-16", "\xff\xfed\x00a\x00y\x00", 1, "UTF-16"},
		{"year 0", "day: \"0000-01-01\"\n", 1, "1900 to 2100"},
		{"year 9999", "day: \"9999-12-31\"\n", 1, "1900 to 2100"},
		{"too early", "day: \"2021-10-19\"\n", 1, "2021-10-20"},
		{"30 February", "day: \"2026-02-30\"\n", 1, "is not a day"},
		{"deep flow", "day: \"2026-09-24\"\nitems: " + strings.Repeat("[", 100_000), 1, "nested too deeply"},
		{"deep JSON", `{"day": "2026-09-24", "items": ` + strings.Repeat(`{"a":`, 100_000), 1, "nested too deeply"},
		{"anchor bomb", bomb, 1, "is a YAML a"},
		{"two documents", "day: \"2026-09-24\"\n---\nday: \"2026-09-24\"\n", 1, "one deal in one file"},
		{"escape sequence", "day: \"2026-09-24\"\nreference: \x1b[2J\n", 1, "control character"},
		{"the least", "day: \"2026-09-24\"\n", 4, ""},
		{"the last day", "day: \"2100-12-31\"\n", 4, ""},
		{"10,000 parties", many("  - {role: other, name: \"Party %d\", country: \"DE\"}\n"), 0, ""},
		{"10,000 end users", many("  - {role: end_user, name: \"Party %d\", country: \"DE\"}\n"), 4, ""},
		{"10,001 parties", many("  - {role: other, name: \"Party %d\"}\n") + "x: 1\n", 1, "x"},
	} {
		if testing.Short() && strings.Contains(c.name, "10,000 end users") {
			continue
		}
		t.Run(c.name, func(t *testing.T) { hostile(t, strings.NewReader(c.text), c.code, c.says) })
	}
	t.Run("100 MB", func(t *testing.T) {
		hostile(t, io.LimitReader(&endless{}, 100<<20), 1, "larger than 8 MiB")
	})
	t.Run("broken pipe", func(t *testing.T) {
		hostile(t, io.MultiReader(strings.NewReader("day: "), &broken{}), 1, "the line went dead")
	})
}

// endless is a comment that goes on.
type endless struct{}

func (*endless) Read(b []byte) (int, error) {
	copy(b, bytes.Repeat([]byte("# and so on\n"), len(b)/12+1))
	return len(b), nil
}

type broken struct{}

func (*broken) Read([]byte) (int, error) { return 0, errors.New("the line went dead") }

func hostile(t *testing.T, in io.Reader, code int, says string) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	var out, errOut bytes.Buffer
	got := run([]string{"check", "-"}, in, &out, &errOut)
	runtime.ReadMemStats(&after)
	told := errOut.String()
	if got != code {
		t.Errorf("exit code %d, want %d: %.300s", got, code, told)
	}
	if !strings.Contains(told, says) || strings.Contains(told, "goroutine") {
		t.Errorf("says %.300q, want %q", told, says)
	}
	if len(told) > 8000 {
		t.Errorf("an error of %d bytes", len(told))
	}
	if code != 1 && out.Len() == 0 {
		t.Error("no decision")
	}
	if testing.Short() {
		return // beside the race detector, time and memory say nothing
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
	if mb := (after.Sys - before.Sys) >> 20; mb > 512 {
		t.Errorf("took %d MB", mb)
	}
}

// TestTruncated cuts a deal wherever a copy may break off.
func TestTruncated(t *testing.T) {
	text := example(t, "pentest-suite-to-munich")
	step := 97
	if testing.Short() {
		step = 797
	}
	for n := 0; n < len(text); n += step {
		var out, errOut bytes.Buffer
		switch code := run([]string{"check", "-q", "-"}, strings.NewReader(text[:n]), &out, &errOut); {
		case code != 1 && code != 4 && code != 0:
			t.Errorf("cut after %d bytes: exit code %d", n, code)
		case code == 0 && n < strings.Index(text, "screening:"):
			t.Errorf("cut after %d bytes, it may go", n)
		case strings.Contains(errOut.String(), "goroutine"):
			t.Errorf("cut after %d bytes: %s", n, &errOut)
		case code == 1 && errOut.Len() == 0:
			t.Errorf("cut after %d bytes: an error without a word", n)
		}
	}
}

// TestLostAnswer: an answer that did not arrive must not end like one that did.
func TestLostAnswer(t *testing.T) {
	var errOut bytes.Buffer
	code := run([]string{"check", "../../examples/pentest-suite-to-munich.yaml"}, nil, full{}, &errOut)
	if code != 1 || !strings.Contains(errOut.String(), "could not be written") {
		t.Errorf("exit code %d: %s", code, &errOut)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestBrokenProofs: whatever a proof file holds, verify ends with a word.
func TestBrokenProofs(t *testing.T) {
	name := filepath.Join(t.TempDir(), "deal.proof")
	judged(t, 0, "check", "-q", "--proof", name, "../../examples/pentest-suite-to-munich.yaml")
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	bad := [][]byte{nil, []byte(`"day":"`), []byte(`"day":"2026-09-24"`), bytes.Repeat([]byte(`{"day":"2026-09-24",`), 10_000), append(bytes.Clone(good), good...)}
	for n := 1; n < len(good); n += len(good)/40 + 1 {
		flipped := bytes.Clone(good)
		flipped[n] ^= 1
		bad = append(bad, good[:n], flipped)
	}
	for i, b := range bad {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		var out, errOut bytes.Buffer
		code := run([]string{"verify", name}, nil, &out, &errOut)
		if code != 1 || out.Len() > 0 || errOut.Len() == 0 || strings.Contains(errOut.String(), "goroutine") {
			t.Errorf("%d: exit code %d, %.200s%.200s", i, code, &out, &errOut)
		}
	}
}

func example(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../examples/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
