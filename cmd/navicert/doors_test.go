package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"navicert"
	"navicert/api"
	"navicert/list"
	"navicert/screen"
)

// doors are the ways by which somebody is looked up.
type doors struct {
	*testing.T
	dir, deal string
	server    *api.Server
}

// who is looked up.
type who struct{ name, kind, country, born string }

func (d *doors) write(name, text string) string {
	file := filepath.Join(d.dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		d.Fatal(err)
	}
	return file
}

func (d *doors) run(args ...string) []byte {
	var out, errs bytes.Buffer
	if code := run(append(args, "--lists", filepath.Join(d.dir, "lists"), "--tuning", filepath.Join(d.dir, "tuning.yaml")), strings.NewReader(""), &out, &errs); code == 1 {
		d.Fatalf("%v: %s", args, errs.String())
	}
	return out.Bytes()
}

func sorted(ids []string) string {
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), " ")
}

// check gives the entities that a deal with somebody is stopped or held by.
func (d *doors) check(a who) string {
	party := fmt.Sprintf("parties:\n  - role: purchaser\n    name: %q\n", a.name)
	if a.born != "" {
		party += fmt.Sprintf("    birth_date: %q\n", a.born)
	}
	if a.kind != "" {
		party += fmt.Sprintf("    person: %t\n", a.kind == "person")
	}
	if a.country != "" {
		party += fmt.Sprintf("    country: %q\n", a.country)
	}
	text := strings.Replace(d.deal, "parties:\n", party, 1)
	var out navicert.Decision
	if err := json.Unmarshal(d.run("check", "--json", d.write("deal.yaml", text)), &out); err != nil {
		d.Fatal(err)
	}
	var ids []string
	for _, h := range out.Hits {
		if h.States || h.Open {
			ids = append(ids, h.Entry)
		}
	}
	return sorted(ids)
}

func (d *doors) screen(a who) string {
	args := []string{"screen", "--json", a.name}
	for k, v := range map[string]string{"--kind": a.kind, "--country": a.country, "--born": a.born} {
		if v != "" {
			args = append(args, k, v)
		}
	}
	var out result
	if err := json.Unmarshal(d.run(args...), &out); err != nil {
		d.Fatal(err)
	}
	var ids []string
	for _, h := range out.Hits {
		if h.Grade != screen.Contradicted.String() && h.Cleared == nil {
			ids = append(ids, h.Entity)
		}
	}
	return sorted(ids)
}

// batch screens all of them as a book.
func (d *doors) batch(as []who) []string {
	book := "name,type,country,dob\n"
	for _, a := range as {
		book += fmt.Sprintf("%q,%s,%s,%s\n", a.name, a.kind, a.country, a.born)
	}
	out := filepath.Join(d.dir, "hits.csv")
	_ = os.Remove(out)
	d.run("screen", "--batch", d.write("book.csv", book), "-o", out)
	data, err := os.ReadFile(out)
	if err != nil {
		d.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		d.Fatal(err)
	}
	at := func(column string) int { return slices.Index(rows[0], column) }
	ids := make([][]string, len(as))
	for _, r := range rows[1:] {
		n := 0
		if _, err := fmt.Sscan(r[at("row")], &n); err != nil {
			d.Fatal(err)
		}
		if r[at("grade")] != screen.Contradicted.String() && r[at("cleared_by")] == "" {
			ids[n-1] = append(ids[n-1], r[at("entity")])
		}
	}
	var all []string
	for _, i := range ids {
		all = append(all, sorted(i))
	}
	return all
}

// serve gives the entities, and those that the answer says were cleared.
func (d *doors) serve(a who) (found, cleared string) {
	schema := map[string]string{"person": "Person", "organization": "Organization", "": "Thing"}[a.kind]
	props := map[string][]string{"name": {a.name}}
	if a.country != "" {
		props["country"] = []string{a.country}
	}
	if a.born != "" {
		props["birthDate"], schema = []string{a.born}, "Person"
	}
	body, err := json.Marshal(map[string]any{"queries": map[string]any{"q": map[string]any{"schema": schema, "properties": props}}})
	if err != nil {
		d.Fatal(err)
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, httptest.NewRequest("POST", "/match/default?limit=20", bytes.NewReader(body)))
	var out struct {
		Responses map[string]struct {
			Results []struct {
				ID       string
				Match    bool
				Navicert struct{ Contradicted bool }
			}
			Navicert struct{ Cleared []struct{ ID, By string } }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != 200 {
		d.Fatalf("%d: %v: %s", w.Code, err, w.Body)
	}
	var ids, gone []string
	for _, r := range out.Responses["q"].Results {
		if !r.Match {
			d.Errorf("%s: %s is no match", a.name, r.ID)
		}
		if !r.Navicert.Contradicted {
			ids = append(ids, r.ID)
		}
	}
	for _, c := range out.Responses["q"].Navicert.Cleared {
		gone = append(gone, c.ID+" by "+c.By)
	}
	return sorted(ids), sorted(gone)
}

// TestDoors: the same name gives the same hits, by whichever door one asks.
func TestDoors(t *testing.T) {
	deal, err := os.ReadFile("../../examples/pentest-suite-to-munich.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d := &doors{T: t, dir: t.TempDir(), deal: string(deal)}
	none := `"-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "`
	sdn := d.write("sdn.csv", `90001,"HARBOR EXAMPLE TRADING COMPANY","-0- ","RUSSIA-EO14024",`+none+"\n"+
		`90002,"EXAMPLOV, Ivan Petrovich","individual","SDGT","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","DOB 17 Feb 1974; nationality Russia."`+"\n"+
		`90003,"ARTAVIL STAR","vessel","SDGT",`+none+"\n"+
		`90004,"GLOBAL HOLDING GROUP","-0- ","SDGT",`+none+"\n"+
		`90005,"SAMPLE INSTITUTE OF MECHANICS","-0- ","NPWMD",`+none+"\n"+
		`90006,"QWERTZUIL","-0- ","DPRK3",`+none+"\n")
	add := d.write("add.csv", `90001,1,"1 Example Street","Pyongyang","Korea, North","-0- "`+"\n")
	alt := d.write("alt.csv", `90001,1,"aka","SALAMANDER SHIPPING","-0- "`+"\n")
	d.write("tuning.yaml", `
clear:
  - {name: Harbor Example Traders, entity: ofac-90001, reason: a bakery, by: A. Roe, on: "2026-01-21", expires: "2099-12-31"}
  - {name: Acme Ltd d/b/a Salamander Shipping, entity: ofac-90001, reason: a zoo, by: B. Roe, on: "2026-01-21", expires: "2099-12-31"}
  - {name: Sample Mechanics Institute, entity: ofac-90005, reason: too old, by: C. Roe, on: "2020-01-21", expires: "2020-12-31"}
stop_words: [global, holding, group]
thresholds: {us-csl: 9}
`)
	if c := run([]string{"lists", "add", sdn, add, alt, "--lists", filepath.Join(d.dir, "lists"), "--date", "2026-09-20", "--accept", "test", "--by", "T"}, strings.NewReader(""), io.Discard, os.Stderr); c != 0 {
		t.Fatalf("lists add: %d", c)
	}
	store := &list.Store{Dir: filepath.Join(d.dir, "lists"), Index: screen.BuildIndex}
	shelf := api.NewShelf(store)
	if err := shelf.Reload(); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(filepath.Join(d.dir, "tuning.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	tuning, err := screen.ReadTuning("tuning.yaml", in)
	if err != nil {
		t.Fatal(err)
	}
	d.server = api.New(api.Options{Lists: shelf, Tuning: tuning})
	cases := []struct {
		who
		want, cleared string
	}{
		{who{name: "Harbor Example Trading"}, "ofac-90001", ""},
		{who{name: "Acme GmbH d/b/a Harbor Example Trading"}, "ofac-90001", ""},
		{who{name: "Acme GmbH DBA Salamander Shippng"}, "ofac-90001", ""},
		{who{name: "c/o Harbor Exampel Trading"}, "ofac-90001", ""},
		{who{name: "Northern Quay Ltd formerly Salamander Shipping"}, "ofac-90001", ""},
		{who{name: "Northern Quay Ltd, a.k.a. Salamander Shipping"}, "ofac-90001", ""},
		{who{name: "Northern Quay Ltd (Salamander Shipping)"}, "ofac-90001", ""},
		{who{name: "Northern Quay Ltd; Ivan Petrovich Examplov"}, "ofac-90002", ""},
		{who{name: "M/V Artavil Star"}, "ofac-90003", ""},
		{who{name: "Northern Quay Ltd"}, "", ""},
		{who{name: "Harbr Exampel Trade", kind: "organization", country: "CN"}, "ofac-90001", ""}, // a front
		{who{name: "Ivan Examplo", kind: "person", country: "DE"}, "", ""},                        // a namesake
		{who{name: "Ivan Examplo", kind: "person", country: "RU"}, "ofac-90002", ""},
		{who{name: "Ivan Petrovich Examplov", kind: "person", born: "1991-01-01"}, "", ""},
		{who{name: "Harbor Example Traders"}, "", "ofac-90001 by A. Roe"},
		{who{name: "Acme Ltd d/b/a Salamander Shipping"}, "", "ofac-90001 by B. Roe"},
		{who{name: "Acme Ltd d/b/a Harbor Example Traders"}, "", "ofac-90001 by A. Roe"},
		{who{name: "Acme & Salamander Shipping"}, "ofac-90001", ""}, // a listed name stands whole in these
		{who{name: "Salamander Shipping Northern Holdings International LLC"}, "ofac-90001", ""},
		{who{name: "Harbor Example Trading Co. Hong Kong Branch Office"}, "ofac-90001", ""},
		{who{name: "Example Trading Northern Holdings International LLC"}, "", ""}, // and here its common words alone
		{who{name: "Qwertzuil Logistics"}, "ofac-90006", ""},
		{who{name: "Qwertzuil Logistics of the North International Holdings", kind: "organization"}, "ofac-90006", ""},
		{who{name: "Qwertzuil Schneider", kind: "person"}, "", ""},
		{who{name: "Global Holding Group Northern Quay"}, "", ""},
		{who{name: "Sample Mechanics Institute"}, "ofac-90005", ""}, // cleared until 2020
		{who{name: "Holding Global"}, "", ""},                       // stop words alone
		{who{name: "Global Holding Group"}, "ofac-90004", ""},
	}
	var all []who
	for _, c := range cases {
		all = append(all, c.who)
	}
	batch := d.batch(all)
	for i, c := range cases {
		if got := d.check(c.who); got != c.want {
			t.Errorf("check %+v: %q, want %q", c.who, got, c.want)
		}
		if got := d.screen(c.who); got != c.want {
			t.Errorf("screen %+v: %q, want %q", c.who, got, c.want)
		}
		if batch[i] != c.want {
			t.Errorf("batch %+v: %q, want %q", c.who, batch[i], c.want)
		}
		if got, cleared := d.serve(c.who); got != c.want || cleared != c.cleared {
			t.Errorf("serve %+v: %q, want %q; cleared %q, want %q", c.who, got, c.want, cleared, c.cleared)
		}
	}
}
