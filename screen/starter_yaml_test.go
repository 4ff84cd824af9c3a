package screen

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"navicert/list"
)

// TestStarter reads the files that the starter is made of.
func TestStarterFiles(t *testing.T) {
	eds, err := readStarter(os.DirFS("starter"), "dprk*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	wallets, all := 0, 0
	for _, ed := range eds {
		for _, e := range ed.Entities {
			all++
			wallets += len(e.Wallets)
			cyber := slices.ContainsFunc(e.Listings, func(l list.Listing) bool { return l.List == list.DPRKCyber })
			switch e.ID {
			case "us-lazarus":
				if e.Names[0].Text != "Lazarus Group" || e.Listings[0].Since.String() != "2019-09-13" || e.Listings[0].Until != 0 ||
					len(e.Wallets) != 8 || e.Ref != "27307" || !cyber {
					t.Errorf("%+v", e)
				}
			case "us-tornado", "us-blender", "us-huione":
				if cyber {
					t.Errorf("%s served whoever came", e.ID)
				}
			}
		}
	}
	if len(eds) != 2 || eds[0].Source != list.DPRKCyber || eds[0].Date.String() != "2026-03-12" || eds[1].Date.String() != "2026-02-27" ||
		all != 229 || wallets < 250 {
		t.Errorf("%d editions, %d entries, %d wallets", len(eds), all, wallets)
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
			l, err := readStarter(fstest.MapFS{"x.yaml": {Data: []byte(c.text)}}, "*.yaml")
			if err == nil || l != nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
	if _, err := readStarter(fstest.MapFS{}, "*.yaml"); err == nil {
		t.Error("no file is no fault")
	}
}

func TestReadGivesWalletsTheirDays(t *testing.T) {
	text := head + good + `, delisted: "2025-01-01", wallets: [{asset: ETH, address: "0x1", listed: "2021-01-01"}]}` + "\n"
	l, err := readStarter(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	e := l[0].Entities[0]
	if w := e.Wallets[0]; w.Listed.By.String() != "2021-01-01" || w.Listed.After != w.Listed.By-1 || w.Removed.By.String() != "2025-01-01" {
		t.Errorf("a wallet goes with its owner: %+v", w)
	}
	if e.Listings[0].Until.String() != "2024-12-31" || e.Listings[0].List != list.SDN {
		t.Errorf("%+v", e.Listings)
	}
}
