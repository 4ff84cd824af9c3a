package name_test

import (
	"fmt"
	"testing"

	"navicert/name"
)

func ExampleParser() {
	var p name.Parser
	n := p.Parse("KHOTSENKO, Valeriy Pavlovich")
	for _, t := range n.Readings[0].Tokens {
		fmt.Printf("%s %s %s\n", t.Text, t.Sound, t.Bones)
	}
	// Output:
	// khotsenko hocinko hsnk
	// valeriy valiri flr
	// pavlovich pavloviq pflfj
}

func TestNoAllocations(t *testing.T) {
	var p name.Parser
	for _, s := range names {
		p.Parse(s)
		if n := testing.AllocsPerRun(100, func() { p.Parse(s) }); n != 0 {
			t.Errorf("%s: %v allocations", s, n)
		}
	}
}

var names = []string{
	"KHOTSENKO, Valeriy Pavlovich Andreevich", "Green Alpine Trading, LLC", "Владимир Владимирович Артяков", "Εθνική Αστυνομία της Νικαράγουας",
	"김정은", "조선광업개발무역회사", "丹东至诚金属材料有限公司", "王君正", "KIM Jin-hyok", "WANG, Junzheng",
}

func BenchmarkParse(b *testing.B) {
	var p name.Parser
	for _, s := range names {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Parse(s)
			}
		})
	}
}
