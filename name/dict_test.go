package name

import (
	"maps"
	"reflect"
	"slices"
	"testing"
)

func TestDict(t *testing.T) {
	b := newBuilder()
	l := words()
	for w, want := range b.entries {
		got := l.entry([]byte(w))
		if got == nil || got.class != want.class || got.common != want.common || got.arabic != want.arabic || got.only != want.only || got.weak != want.weak ||
			!slices.Equal(got.groups, want.groups) || !slices.Equal(got.reads, want.reads) {
			t.Fatalf("%q: %+v, want %+v", w, got, want)
		}
		if w += "\x00"; l.entry([]byte(w)) != nil {
			t.Fatalf("%q is no word of the tables, but found", w)
		}
	}
	if l.entry(nil) != nil {
		t.Error("the empty word is found")
	}
	if got := l.labels; !reflect.DeepEqual(got, b.labels) {
		t.Error("the labels differ")
	}
	for d := range b.differ {
		if !l.different(d[0], d[1]) {
			t.Errorf("%s and %s are one name", d[0], d[1])
		}
	}
}

// BenchmarkLookup looks up all words of the tables, and as many that are in
// none, in a dict and in a map.
func BenchmarkLookup(b *testing.B) {
	m := newBuilder().entries
	var ws [][]byte
	for _, w := range slices.Sorted(maps.Keys(m)) {
		ws = append(ws, []byte(w), []byte(w+"q"))
	}
	l, n := words(), 0
	b.Run("dict", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if l.entry(ws[i*7919%len(ws)]) != nil {
				n++
			}
		}
	})
	b.Run("map", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if m[string(ws[i*7919%len(ws)])] != nil {
				n++
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		open(data)
	}
}
