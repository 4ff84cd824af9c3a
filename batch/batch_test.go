package batch

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"navicert"
	"navicert/list"
	"navicert/match"
	"navicert/screen"
)

// watched is a small list.
func watched(t testing.TB) *screen.Lists {
	t.Helper()
	return setOf(t, []*list.Entity{
		{ID: "x-1", Kind: list.KindPerson, Names: []list.Name{{Text: "PAK, Jin Hyok"}}, Programs: []string{"DPRK3"}},
		{ID: "x-2", Kind: list.KindOrganization, Names: []list.Name{{Text: "LAZARUS GROUP"}, {Text: "HIDDEN COBRA", Weak: true}}},
		{ID: "x-3", Kind: list.KindOrganization, Names: []list.Name{{Text: "KOREA MINING DEVELOPMENT TRADING CORPORATION"}}},
	})
}

func setOf(t testing.TB, es []*list.Entity) *screen.Lists {
	t.Helper()
	return setIn(t, t.TempDir(), es)
}

func setIn(t testing.TB, dir string, es []*list.Entity) *screen.Lists {
	t.Helper()
	store := &list.Store{Dir: dir, Index: screen.BuildIndex}
	day, _ := navicert.ParseDay("2026-01-02")
	if _, err := store.Put(list.Offer{When: time.Unix(int64(day)*86400, 0), Edition: &list.Edition{Source: "test", Date: day, Entities: es}}); err != nil {
		t.Fatal(err)
	}
	lists, err := (&screen.Library{Store: store, Only: []string{"test"}}).At(day)
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func hits(t testing.TB, file string) [][]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestRun(t *testing.T) {
	in := write(t, "book.csv", "\xef\xbb\xbfID;Full Name;DOB;Country;branch\n"+
		"a;Jin-hyok Park;1984;KP;1\n"+
		"b;Jane Miller;1990-02-30;Utopia;2\n"+
		"c;;;;3\n"+
		"\"=d\";\"Lazarus \"\"Group\"\"\";;;4\n")
	out := filepath.Join(t.TempDir(), "hits.csv")
	rep, err := Run(context.Background(), Job{In: in, Out: out, Lists: watched(t), Options: screen.Options{Min: match.Broad}})
	if err != nil {
		t.Fatal(err)
	}
	if rep.Rows != 4 || rep.Unnamed != 1 || rep.Unread != 1 || len(rep.First) != 3 {
		t.Errorf("%+v", rep)
	}
	got := hits(t, out)
	if len(got) != 2 || got[0][0] != "1" || got[0][9] != "x-1" || got[1][1] != "'=d" || got[1][9] != "x-2" {
		t.Errorf("%q", got)
	}
	if left, _ := filepath.Glob(out + ".part*"); left != nil {
		t.Errorf("left behind: %s", left)
	}
}

// Hits are the same, and in the order of the book, however many work on it and
// wherever it is interrupted.
func TestResume(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,name\n")
	for i := range 20 * chunkRows {
		n := "Jane Miller"
		if i%97 == 0 {
			n = "Lazarus Group"
		}
		fmt.Fprintf(&b, "%d,%s\n", i, n)
	}
	in, dir := write(t, "book.csv", b.String()), t.TempDir()
	whole := filepath.Join(dir, "whole.csv")
	job := Job{In: in, Out: whole, Lists: watched(t), Options: screen.Options{Min: match.Standard}, Workers: 1, Print: "lists"}
	if _, err := Run(context.Background(), job); err != nil {
		t.Fatal(err)
	}
	job.Out, job.Workers = filepath.Join(dir, "parts.csv"), 4
	stop, runs := errors.New("stop"), 0
	for ; ; runs++ {
		if runs > 50 {
			t.Fatal("never done")
		}
		ctx, cancel := context.WithCancelCause(context.Background())
		n := 0
		job.Progress = func(int64, int64) {
			if n++; n == 3 {
				cancel(stop)
			}
		}
		rep, err := Run(ctx, job)
		if err == nil {
			if rep.Rows != 20*chunkRows || rep.Resumed == 0 {
				t.Errorf("%+v", rep)
			}
			break
		}
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
	}
	if runs == 0 {
		t.Fatal("was never interrupted")
	}
	a, _ := os.ReadFile(whole)
	c, _ := os.ReadFile(job.Out)
	if !bytes.Equal(a, c) || len(a) < 1000 {
		t.Errorf("interrupted %d times: %d bytes, in one go: %d", runs, len(c), len(a))
	}
}

// Two runs do not write the same file.
func TestOneAtATime(t *testing.T) {
	lists := watched(t)
	in := write(t, "book.csv", "name\nlazarus group\n")
	out := filepath.Join(t.TempDir(), "hits.csv")
	first, err := os.OpenFile(out+".part", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.WriteString("what the first run has found\n"); err != nil || !hold(first) {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		t.Skip("nothing keeps two runs apart on Windows")
	}
	j := Job{In: in, Out: out, Lists: lists}
	if _, err := Run(context.Background(), j); err == nil || !strings.Contains(err.Error(), "another run") {
		t.Errorf("%v, want another run", err)
	}
	if text, _ := os.ReadFile(out + ".part"); string(text) != "what the first run has found\n" {
		t.Errorf("the second run wrote %q", text)
	}
	if err := first.Close(); err != nil { // it was killed
		t.Fatal(err)
	}
	if rep, err := Run(context.Background(), j); err != nil || rep.Hits != 1 {
		t.Errorf("%+v %v", rep, err)
	}
}

func TestResumeRefuses(t *testing.T) {
	in, out := write(t, "book.csv", "name\nLazarus Group\n"), filepath.Join(t.TempDir(), "hits.csv")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	job := Job{In: in, Out: out, Lists: watched(t), Print: "a"}
	if _, err := Run(ctx, job); err == nil {
		t.Fatal("a canceled run ends well")
	}
	job.Print = "b"
	if _, err := Run(context.Background(), job); err == nil || !strings.Contains(err.Error(), "other lists") {
		t.Errorf("other lists: %v", err)
	}
	job.Print = "a"
	note, err := os.ReadFile(out + ".part.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{strings.Replace(string(note), `"mark":{"rows":`, `"mark":{"rows":9`, 1), "{}", "", "null", strings.Replace(string(note), `"at":`, `"at":1`, 1)} {
		if err := os.WriteFile(out+".part.json", []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Run(context.Background(), job); err == nil || !strings.Contains(err.Error(), "remove it to begin anew") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if err := os.WriteFile(out+".part.json", note, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in, []byte("name\nLazarus Group\nx\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), job); err == nil || !strings.Contains(err.Error(), "the book has changed") {
		t.Errorf("another book: %v", err)
	}
	if err := os.WriteFile(out, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), job); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("would write over a file: %v", err)
	}
}

// The book is never written over, whatever the hits are to be called.
func TestTheBookIsSafe(t *testing.T) {
	const text = "name\nLazarus Group\n"
	in := write(t, "hits.csv.part", text)
	dir := filepath.Dir(in)
	if err := os.Symlink(in, filepath.Join(dir, "other.csv.part")); err != nil {
		t.Skip("no pipe or link can be made here: ", err)
	}
	for _, out := range []string{"hits.csv", "other.csv", "hits.csv.part"} {
		if _, err := Run(context.Background(), Job{In: in, Out: filepath.Join(dir, out), Lists: watched(t)}); err == nil {
			t.Errorf("%s was written", out)
		}
		if got, err := os.ReadFile(in); string(got) != text {
			t.Fatalf("%s: the book is now %q, %v", out, got, err)
		}
	}
}

func TestParquet(t *testing.T) {
	type customer struct {
		ID      int64    `parquet:"id"`
		Name    *string  `parquet:"name,optional"`
		Born    int32    `parquet:"birth_date,date"`
		Aliases []string `parquet:"aliases,list"`
		Other   float64  `parquet:"balance"`
	}
	laz, none := "Somebody Else", "Jane Miller"
	var b bytes.Buffer
	if err := parquet.Write(&b, []customer{{ID: 7, Name: &laz, Aliases: []string{"x", "Lazarus Group"}}, {ID: 8}, {ID: 9, Name: &none}}); err != nil {
		t.Fatal(err)
	}
	in, out := write(t, "book.parquet", b.String()), filepath.Join(t.TempDir(), "hits.csv")
	rep, err := Run(context.Background(), Job{In: in, Out: out, Lists: watched(t), Options: screen.Options{Min: match.Standard}})
	if err != nil {
		t.Fatal(err)
	}
	if got := hits(t, out); rep.Rows != 3 || rep.Unnamed != 1 || rep.Unread != 0 || len(got) != 1 || got[0][1] != "7" || got[0][2] != "Lazarus Group" {
		t.Errorf("%+v %q", rep, got)
	}
	for cut := 0; cut < b.Len(); cut += 37 { // a cut file is an error, never a shorter book
		in := write(t, "cut.parquet", b.String()[:cut])
		if _, err := Run(context.Background(), Job{In: in, Out: out + "2", Lists: watched(t)}); err == nil {
			t.Errorf("cut at %d: no error", cut)
		}
	}
	lie := bytes.Clone(b.Bytes()) // four gigabytes of a directory in a file of some kilobytes
	copy(lie[len(lie)-8:], "\xfe\xfe\xfe\xfe")
	if _, err := Run(context.Background(), Job{In: write(t, "lie.parquet", string(lie)), Out: out + "3", Lists: watched(t)}); err == nil || !strings.Contains(err.Error(), "announces a directory") {
		t.Errorf("%v", err)
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "the file is empty"},
		{"no name", "id,surname\n1,x\n", "no column holds names"},
		{"twice", "name,full name\nx,y\n", `two columns are "name"`},
		{"fields", "id,name\n1,x\n2\n", "row 2: 1 fields, expected 2"},
		{"open quote", "name\n\"" + strings.Repeat("x", 3*maxRow), "is not closed"},
		{"no line", strings.Repeat("x", 2*maxRow), "no line ends"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Run(context.Background(), Job{In: write(t, "book.csv", c.text), Out: filepath.Join(t.TempDir(), "o"), Lists: watched(t)})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("id,name,birth_date\n1,Lazarus Group,1984-02\n")
	f.Add("\xef\xbb\xbfname;aliases\n\"a\nb\";c|d\n")
	set := watched(f)
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = Run(context.Background(), Job{In: write(t, "b.csv", text), Out: filepath.Join(t.TempDir(), "o"), Lists: set, Workers: 1})
	})
}
