package batch

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"navicert/list"
	"navicert/match"
	"navicert/match/eval"
	"navicert/screen"
)

// sdn is a real list, if it is there.
func sdn(t testing.TB) []*list.Entity {
	t.Helper()
	es, err := eval.ReadIndex("../../shared/names/index.csv.gz")
	if err != nil {
		t.Skip("the list to screen against is not here: ", err)
	}
	return slices.DeleteFunc(es, func(e *list.Entity) bool { return len(e.Names) == 0 })
}

// people makes n customers: names of people from all over the world, a few
// listed names among them, with a letter changed in every second one.
func people(t testing.TB, n int, es []*list.Entity) string {
	t.Helper()
	f, err := os.Open("../../shared/lists/negatives/persons_synthetic_global.50k.csv.gz")
	if err != nil {
		t.Skip("the customers to make a book of are not here: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var first, last []string
	r := csv.NewReader(z)
	for {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		first, last = append(first, rec[1]), append(last, rec[3])
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	name := filepath.Join(t.TempDir(), "book.csv")
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := csv.NewWriter(out)
	_ = w.Write([]string{"id", "name", "birth_date", "country"})
	for i := range n {
		text := first[1+rnd.IntN(len(first)-1)] + " " + last[1+rnd.IntN(len(last)-1)]
		if rnd.IntN(50) == 0 {
			e := es[rnd.IntN(len(es))]
			text = e.Names[rnd.IntN(len(e.Names))].Text
			if b := []byte(text); i%2 == 0 && len(b) > 6 {
				b[2+rnd.IntN(len(b)-3)] = 'a' + byte(rnd.IntN(26))
				text = string(b)
			}
		}
		_ = w.Write([]string{fmt.Sprint(i), text, fmt.Sprintf("%d-0%d-%02d", 1950+rnd.IntN(50), 1+rnd.IntN(9), 1+rnd.IntN(28)), ""})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
	return name
}

// What an update finds is what screening the whole book finds of the changed
// entities, with the same scores.
func TestUpdate(t *testing.T) {
	es := sdn(t)
	set, dir := setOf(t, es), t.TempDir()
	book, shelf := people(t, 20_000, es), filepath.Join(dir, "shelf")
	changed := es[len(es)-500:]
	ids := map[string]bool{}
	for _, e := range changed {
		ids[e.ID] = true
	}
	whole, part := filepath.Join(dir, "whole.csv"), filepath.Join(dir, "part.csv")
	ctx := context.Background()
	if _, err := Run(ctx, Job{In: book, Out: whole, Lists: set, Options: screen.Options{Min: match.Standard, Limit: 50}}); err != nil {
		t.Fatal(err)
	}
	if s, err := Keep(ctx, book, shelf, nil); err != nil || s.Rows != 20_000 {
		t.Fatalf("%+v %v", s, err)
	}
	rep, err := Update(ctx, Job{In: shelf, Out: part, Lists: set, Options: screen.Options{Min: match.Standard, Limit: 50}}, changed)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, r := range hits(t, whole) {
		if ids[r[9]] {
			want = append(want, strings.Join(r, ","))
		}
	}
	for _, r := range hits(t, part) {
		got = append(got, strings.Join(r, ","))
	}
	lost := 0
	for _, w := range want {
		if slices.Contains(got, w) {
			continue
		}
		if lost++; lost < 20 {
			t.Log("lost: ", w)
		}
		if slices.Contains(strings.Split(w, ","), "same") {
			t.Error("lost, though it is the same name: ", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Error("not in the whole: ", g)
		}
	}
	t.Logf("%d of %d hits of %d changed entities found again, %d customers looked at", len(want)-lost, len(want), len(changed), rep.Rows)
	if len(want) < 10 || lost*20 > len(want) {
		t.Errorf("%d of %d lost", lost, len(want))
	}
}

// Hostile customers and edited folders: an error or all customers, never fewer.
func TestShelfOfAnything(t *testing.T) {
	set, dir := setOf(t, sdn(t)[:500]), t.TempDir()
	var b strings.Builder
	b.WriteString("id,name,address\n1,\"Laz\x1farus\x1f\",\"a\x1fb\"\n")
	long := strings.Repeat("x", 500_000)
	for i := range 200 { // one name with more customers than an entity may hold
		fmt.Fprintf(&b, "%d,Jane Miller,%s\n", i+2, long)
	}
	book, shelf := write(t, "book.csv", b.String()), filepath.Join(dir, "shelf")
	ctx := context.Background()
	s, err := Keep(ctx, book, shelf, nil)
	if err != nil || s.Rows != 201 {
		t.Fatalf("%+v %v", s, err)
	}
	changed := []*list.Entity{{ID: "c-1", Names: []list.Name{{Text: "Jane Miller"}, {Text: "Laz arus"}}}}
	rep, err := Update(ctx, Job{In: shelf, Out: filepath.Join(dir, "out.csv"), Lists: set}, changed)
	if err != nil || rep.Rows != 201 {
		t.Errorf("%+v %v", rep, err)
	}
	note := filepath.Join(shelf, shelfNote)
	data, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, now string }{{`"parts":1`, `"parts":0`}, {`"parts":1`, `"parts":2`}, {`"names":`, `"names":1`}, {`/1"`, `/2"`}, {"{", "["}} {
		if err := os.WriteFile(note, []byte(strings.Replace(string(data), c.old, c.now, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Update(ctx, Job{In: shelf, Out: filepath.Join(dir, "never.csv"), Lists: set}, changed); err == nil || !strings.Contains(err.Error(), "keep the book anew") {
			t.Errorf("%s: %v", c.now, err)
		}
	}
}

// BenchmarkBook screens a book file to file on all cores.
func BenchmarkBook(b *testing.B) {
	es := sdn(b)
	const n = 200_000
	set, book := setOf(b, es), people(b, n, es)
	for b.Loop() {
		rep, err := Run(context.Background(), Job{In: book, Out: filepath.Join(b.TempDir(), "hits.csv"), Lists: set, Options: screen.Options{Min: match.Standard}})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(rep.Found)/n*100, "%found")
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "names/s")
}

// A book whose index cannot be used says what to do about it.
func TestBookOfAnotherVersion(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "00000.snap")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := list.Write(f, list.Info{Source: "book"}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := (&updater{}).part(file); err == nil || !strings.Contains(err.Error(), "keep it anew: navicert book keep") {
		t.Error(err)
	}
}
