package deal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"navicert"
)

// endless gives the same text for ever, and counts what was taken of it.
type endless struct {
	text  string
	taken int
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.text)
	}
	e.taken += n
	return n, nil
}

func TestHugeInputIsNotRead(t *testing.T) {
	in := &endless{text: "# a hundred megabytes of nothing\n"}
	_, err := Read("deal.yaml", io.LimitReader(in, 100<<20), testVoc())
	want := "deal.yaml: the deal is larger than 8 MiB; expected one deal in one file; split the deal, or leave out what no fact needs"
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if in.taken > 2*maxBytes {
		t.Errorf("%d bytes were read", in.taken)
	}
}

// TestHostileInput: each of these must end soon, and in an error.
func TestHostileInput(t *testing.T) {
	day := "day: \"2026-09-24\"\n"
	fill := func(unit string) string { return strings.Repeat(unit, (maxBytes-100)/len(unit)) }
	for name, c := range map[string]struct{ text, want string }{
		"open brackets":   {fill("["), "more than"},
		"many brackets":   {strings.Repeat("[", 700_000), "nested too deeply"},
		"open braces":     {fill("{a: "), "more than"},
		"51 levels":       {day + "items: " + strings.Repeat("[", 50) + strings.Repeat("]", 50), "nested too deeply"},
		"dashes":          {fill("- "), "more than"},
		"many dashes":     {strings.Repeat("- ", 700_000), "nested too deeply"},
		"many questions":  {strings.Repeat("? ", 700_000), "nested too deeply"},
		"commas":          {"items: [" + fill("a,"), "more than"},
		"most entries":    {"items: [" + strings.Repeat("a,", 780_000) + "]", "at most 1000"},
		"long word":       {fill("a"), "single value"},
		"quotes":          {fill(`"`), "not readable"},
		"comments":        {fill(strings.Repeat("#", 50) + "\n"), "empty"},
		"spaces":          {fill(" "), "empty"},
		"anchors":         {day + "reference: &a x\nitems: [" + strings.Repeat("*a,", 1000) + "]", "anchor"},
		"anchor bomb":     {bomb(), "anchor"},
		"not UTF-8":       {day + "reference: \"caf\xe9\"\n", "deal.yaml:2:16: byte 34 of the file, 0xe9, is not UTF-8 text; expected UTF-8; save the file as UTF-8"},
		"UTF-16":          {"\xff\xfed\x00a\x00", "the file is UTF-16"},
		"NUL":             {day + "reference: \x00", "deal.yaml:2:12: there is a control character here (U+0000)"},
		"many keys":       {many("k%d: 1\n", 400_000), "unknown key"},
		"many items":      {day + "items:\n" + strings.Repeat("- {name: a}\n", 1001), "the deal has 1001 items; expected at most 1000; split the deal"},
		"many parties":    {day + "parties:\n" + strings.Repeat("- {role: bank}\n", 10_001), "the deal has 10001 parties; expected at most 10000; split the deal"},
		"many cases":      {day + "items:\n" + strings.Repeat("- {name: a}\n", 101) + "parties:\n" + strings.Repeat("- {role: end_user}\n", 100), "the deal makes 10100 cases"},
		"no line breaks":  {"{" + many(`"k%d":1,`, 300_000) + "}", "unknown key"},
		"backslashes":     {"{\"a\": \"" + fill(`\u`), "not readable"},
		"block in a flow": {day + "items: [|\n" + fill("x ") + "]", "not readable"},
	} {
		start := time.Now()
		_, err := Read("deal.yaml", strings.NewReader(c.text), testVoc())
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %.300v, want %q", name, err, c.want)
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %v", name, d)
		}
		var es navicert.Errors
		if errors.As(err, &es) && len(es) > maxErrors {
			t.Errorf("%s: %d errors at once", name, len(es))
		}
	}
}

func bomb() string {
	s := "a: &a0 [x, x]\n"
	for i := 1; i < 30; i++ {
		s += fmt.Sprintf("b%d: &a%d [*a%d, *a%d]\n", i, i, i-1, i-1)
	}
	return s
}

func many(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestEveryTruncation cuts a file after each byte: never a panic, and never
// a fact that the whole file does not state.
func TestEveryTruncation(t *testing.T) {
	text := "\ufeffday: \"2026-09-24\"\r\nitems:\r\n  - {name: 'Süite', eccn: \"4D004\", published: false}\r\nparties:\r\n" +
		"  - role: end_user\r\n    name: \"松花\"\r\n    country: \"CN\"\r\nscreening: {by: J. Weber, on: \"2026-09-20\", sdn: false}\r\n"
	whole := factMap(Cases(read(t, text))[0].Facts)
	for i := range text {
		d, err := Read("deal.yaml", strings.NewReader(text[:i]), testVoc())
		if err != nil {
			continue
		}
		for _, f := range Cases(d)[0].Facts {
			if whole[f.Term].Value != f.Value {
				t.Errorf("cut at %d: %s is %s", i, f.Term, f.Value)
			}
		}
	}
}

func TestTenThousandParties(t *testing.T) {
	d := read(t, "day: \"2026-09-24\"\nparties:\n"+many("- {role: end_user, name: P%d, country: CN, kind: company}\n", 10_000))
	cs := Cases(d)
	if len(cs) != 10_000 || cs[9_999].Label != "item not named to P9999" || len(cs[9_999].Facts) != 2 {
		t.Errorf("%d cases, the last %+v", len(cs), cs[len(cs)-1])
	}
}

func TestAtMostTwentyFaults(t *testing.T) {
	_, err := Read("deal.yaml", strings.NewReader("day: \"2026-09-24\"\n"+many("k%d: 1\n", 100)), testVoc())
	var es navicert.Errors
	if !errors.As(err, &es) || len(es) != 20 {
		t.Errorf("%d faults", len(es))
	}
	var one *navicert.Error
	if !errors.As(err, &one) || one.Line != 2 {
		t.Errorf("the first fault is %+v", one)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("day: \"2026-09-24\"\nitems: [{eccn: \"4D004\", also: [{candidate: \"5D002\"}]}]\n"))
	f.Add([]byte(`{"day": "2026-09-24", "parties": [{"role": ["end_user"], "name": "\ud840\udc00"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Read("deal.yaml", bytes.NewReader(b), testVoc())
		if err != nil {
			var es navicert.Errors
			if !errors.As(err, &es) || len(es) == 0 || len(es) > maxErrors || es[0].What == "" {
				t.Errorf("an error without a fault: %#v", err)
			}
			return
		}
		if len(Cases(d)) == 0 || d.Day < navicert.FirstDay {
			t.Errorf("%+v", d)
		}
		again, err := Write(d, nil, testVoc())
		if err != nil {
			t.Fatalf("cannot be written back: %v\n%s", err, b)
		}
		d2 := read(t, string(again))
		if !same(Cases(d), Cases(d2)) {
			t.Errorf("other facts after writing:\n%s\n%s", b, again)
		}
	})
}
