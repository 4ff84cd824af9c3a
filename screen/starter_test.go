package screen

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"navicert/list"
)

var update = flag.Bool("update", false, "write the starter's snapshots")

func TestStarterIsFresh(t *testing.T) {
	eds, err := list.ReadStarter(os.DirFS("../list"), "dprk*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i, ed := range eds {
		var b bytes.Buffer
		info := list.Info{Source: ed.Source, Title: starterTitles[ed.Source], Form: ed.Form, Date: ed.Date, License: "facts of public record"}
		if _, err := list.Write(&b, info, ed.Entities, nil); err != nil {
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
			t.Errorf("%s is older than list/dprk*.yaml; run: go generate ./screen", file)
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
