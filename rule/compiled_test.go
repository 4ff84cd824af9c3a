package rule

import (
	"testing"

	"navicert/law"
)

// TestCompiledLawIsFresh holds the compiled law against the YAML.
func TestCompiledLawIsFresh(t *testing.T) {
	l, err := Decompile(law.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	if want := load(t).Hash; l.Hash != want {
		t.Fatalf("law/law.bin was made from law data %.12s, the YAML is %.12s: run go generate ./law", l.Hash, want)
	}
	for _, d := range l.Days() {
		a, _ := l.At(d)
		b, _ := load(t).At(d)
		_, ha := a.Edition()
		_, hb := b.Edition()
		if ha != hb {
			t.Fatalf("the compiled law of %s is not that of the YAML", d)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decompile(law.Compiled); err != nil {
			b.Fatal(err)
		}
	}
}
