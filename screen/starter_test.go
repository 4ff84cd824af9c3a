package screen

import (
	"bytes"
	"flag"
	"os"
	"runtime"
	"testing"

	"navicert/list"
)

var update = flag.Bool("update", false, "write the starter's snapshots")

// starterTitles are the titles of the starter's lists.
var starterTitles = map[string]string{
	list.DPRKCyber: "starter list: North Korea's cyber program, OFAC and FinCEN",
	unStarter:      "starter list: UN 1718 Sanctions List",
}

func TestStarterIsFresh(t *testing.T) {
	if !*update && runtime.GOARCH != "amd64" {
		t.Skip("the index was made on amd64; the last bit of a weight may differ here")
	}
	eds, err := readStarter(os.DirFS("starter"), "dprk*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, ed := range eds {
		sections, err := BuildIndex(ed.Entities)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		info := list.Info{Source: ed.Source, Title: starterTitles[ed.Source], Form: ed.Form, Date: ed.Date, License: "facts of public record"}
		if _, err := list.Write(&b, info, ed.Entities, sections); err != nil {
			t.Fatal(err)
		}
		file := "starter/" + ed.Source + ".snap"
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if !bytes.Equal([][]byte{starterCyber, starterUN}[i], b.Bytes()) {
			t.Errorf("%s is older than dprk*.yaml beside it, or than what reads and indexes names; run: go generate ./name ./screen", file)
		}
	}
}

func TestStarterNeedsNoIndexing(t *testing.T) {
	ls, err := starter()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range ls {
		if l.anew {
			t.Errorf("the index of %s is of another version; run: go generate ./name ./screen", l.Source)
		}
	}
}

func BenchmarkStarter(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range [][]byte{starterCyber, starterUN} {
			s, err := list.Load(data)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := Open(s); err != nil {
				b.Fatal(err)
			}
		}
	}
}
