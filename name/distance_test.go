package name_test

import (
	"testing"

	"pgregory.net/rapid"

	"navicert/name"
)

// plain is the textbook table.
func plain(a, b []byte) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestDistance(t *testing.T) {
	var p name.Pattern
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.ByteRange('a', 'd'), 0, 64)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		want := plain(a, b)
		if got := name.Distance(a, b); got != want {
			t.Fatalf("Distance(%s, %s) = %d, want %d", a, b, got, want)
		}
		p.Set(a)
		if got := p.Distance(b); got != want {
			t.Fatalf("Pattern(%s).Distance(%s) = %d, want %d", a, b, got, want)
		}
		limit := rapid.IntRange(0, 8).Draw(t, "limit")
		if got := p.Within(b, limit); want <= limit && got != want || want > limit && got <= limit {
			t.Fatalf("Pattern(%s).Within(%s, %d) = %d, want %d", a, b, limit, got, want)
		}
	})
}

func BenchmarkDistance(b *testing.B) {
	x, y := []byte("vladimirovich"), []byte("vladimiroviqh")
	for b.Loop() {
		name.Distance(x, y)
	}
}
