package list

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"navicert"
)

var update = flag.Bool("update", false, "write starter.tsv")

func ExampleStarter() {
	for _, p := range Starter().Parts {
		fmt.Println(p.Name, p.Date)
	}
	// Output:
	// dprk-cyber 2026-03-12
	// un-1718 2026-02-27
}

func TestStarterIsFresh(t *testing.T) {
	l, err := Read(os.DirFS("."), "starter list", "North Korea's cyber program and the UN 1718 list", "dprk*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := encode(&want, l); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("starter.tsv", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		starter = want.String()
	}
	if starter != want.String() {
		t.Fatal("starter.tsv is older than dprk*.yaml; run: go generate ./list")
	}
	got, err := decode(starter)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Entries) != len(l.Entries) || !reflect.DeepEqual(got.Parts, l.Parts) || got.Hash != l.Hash {
		t.Fatalf("read back: %s, want %s", got, l)
	}
	byID := map[string]*Entry{}
	for _, e := range l.Entries {
		byID[e.ID] = e
	}
	for _, e := range got.Entries {
		if w := byID[e.ID]; fmt.Sprintf("%+v", *e) != fmt.Sprintf("%+v", *w) {
			t.Errorf("read back %+v, want %+v", e, w)
		}
	}
}

func TestStarter(t *testing.T) {
	l := Starter()
	if len(l.Entries) < 200 || len(l.Hash) != 64 || !strings.Contains(l.String(), l.Hash[:12]) {
		t.Fatalf("starter: %s", l)
	}
	wallets := 0
	for _, e := range l.Entries {
		wallets += len(e.Wallets)
		if e.ID == "us-lazarus" && (e.Name != "Lazarus Group" || e.Listed.String() != "2019-09-13" ||
			e.Delisted != navicert.Forever || len(e.Wallets) != 8) {
			t.Errorf("%+v", e)
		}
	}
	if wallets < 250 {
		t.Errorf("%d wallets", wallets)
	}
}

const (
	head = "list: x\ntitle: X\ndate: \"2026-01-01\"\nentries:\n"
	good = `  - {id: a, name: A, kind: entity, authority: OFAC, programs: ["DPRK3"], listed: "2020-01-01", source: S, evidence: checked`
)

func TestReadTellsFaults(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "x.yaml:1: the file is empty"},
		{"no yaml", "a: [", "x.yaml: yaml:"},
		{"no mapping", "- a\n", "x.yaml:1: expected a mapping"},
		{"unknown key", head + good + ", color: red}\n", `x.yaml:5: unknown key "color"; expected one of id, name`},
		{"twice", head + good + ", id: b}\n", `x.yaml:5: key "id" stands twice`},
		{"same id", head + good + "}\n" + good + "}\n", `x.yaml:6: id "a" stands already at x.yaml:5`},
		{"no source", head + strings.Replace(good, "source: S, ", "", 1) + "}\n", `x.yaml:5: "source" is missing`},
		{"empty source", head + strings.Replace(good, "source: S", `source: ""`, 1) + "}\n", "x.yaml:5: source: expected a text"},
		{"no date", head + strings.Replace(good, `listed: "2020-01-01", `, "", 1) + "}\n", `x.yaml:5: "listed" is missing`},
		{"bad date", head + strings.Replace(good, "2020-01-01", "2020-02-30", 1) + "}\n", "x.yaml:5: listed: "},
		{"plain date", head + strings.Replace(good, `"2020-01-01"`, "2020-01-01", 1) + "}\n", "x.yaml:5: listed: write it in quotes"},
		{"plain number", head + good + ", uid: 27307}\n", "x.yaml:5: uid: write it in quotes"},
		{"plain program", head + strings.Replace(good, `"DPRK3"`, "311", 1) + "}\n", "x.yaml:5: text: write it in quotes"},
		{"authority", head + strings.Replace(good, "OFAC", "FBI", 1) + "}\n", `x.yaml:5: authority: "FBI" is none of OFAC`},
		{"delisted first", head + good + `, delisted: "2020-01-01"}` + "\n", "x.yaml:5: a is delisted on 2020-01-01, but listed only"},
		{"after the list", head + strings.Replace(good, "2020", "2027", 1) + "}\n", "x.yaml:5: a is listed on 2027-01-01, after"},
		{"wallet first", head + good + `, wallets: [{asset: ETH, address: "0x1", listed: "2019-01-01"}]}` + "\n", "x.yaml:5: the days of wallet 0x1"},
		{"tab", head + strings.Replace(good, "name: A", `name: "A\tB"`, 1) + "}\n", "x.yaml:5: name: expected a text on one line"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := Read(fstest.MapFS{"x.yaml": {Data: []byte(c.text)}}, "x", "X", "*.yaml")
			if err == nil || l != nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	if _, err := Read(fstest.MapFS{}, "x", "X", "*.yaml"); err == nil {
		t.Error("no file is no fault")
	}
}

func TestReadGivesWalletsTheirDays(t *testing.T) {
	text := head + good + `, delisted: "2025-01-01", wallets: [{asset: ETH, address: "0x1", listed: "2021-01-01"}]}` + "\n"
	l, err := Read(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, "x", "X", "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if w := l.Entries[0].Wallets[0]; w.Listed.String() != "2021-01-01" || w.Delisted.String() != "2025-01-01" {
		t.Errorf("a wallet goes with its owner: %+v", w)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(starter[:2000])
	f.Add("L\tnavicert-list/1\tx\tX\t2026-01-01\tabc\nW\ta\tb\tc\td\n")
	f.Fuzz(func(t *testing.T, s string) {
		if l, err := decode(s); (l == nil) == (err == nil) {
			t.Fatal("neither list nor error, or both")
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decode(starter); err != nil {
			b.Fatal(err)
		}
	}
}
