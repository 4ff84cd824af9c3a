package rule

import (
	"sync"
	"testing"

	"navicert"
	"navicert/law"
)

var theLaw = sync.OnceValues(func() (*Law, error) { return Load(law.Files) })

// load returns the product's law, read from its YAML.
func load(t testing.TB) *Law {
	t.Helper()
	l, err := theLaw()
	if err != nil {
		t.Fatalf("the law does not load:\n%v", err)
	}
	return l
}

func day(t testing.TB, s string) navicert.Day {
	t.Helper()
	d, err := navicert.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func program(t testing.TB, s string) *Program {
	t.Helper()
	p, err := load(t).At(day(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLaw(t *testing.T) {
	l := load(t)
	t.Logf("%d terms, %d sections, %d entries, %d sets, %d days on which the law changes, hash %.12s",
		len(l.Terms), len(l.Sections), len(l.Entries), len(l.Sets), len(l.Days()), l.Hash)
	p := program(t, "2026-09-24")
	t.Logf("on 2026-09-24: %d entries, %d gates, %d inputs", len(p.entries), len(p.gates), len(p.in))
}
