package deal

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"navicert"
)

// same compares cases without the places at which facts stand.
func same(a, b []Case) bool {
	return slices.EqualFunc(a, b, func(x, y Case) bool {
		return x.Label == y.Label && slices.EqualFunc(x.Facts, y.Facts, func(f, g navicert.Fact) bool {
			f.Evidence.Where, g.Evidence.Where = "", ""
			return f == g
		})
	})
}

func TestRoundTripOfExamples(t *testing.T) {
	paths, err := filepath.Glob("../examples/*.yaml")
	if err != nil || len(paths) < 8 {
		t.Fatalf("%d examples, %v", len(paths), err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		d := read(t, string(b))
		if cs := Cases(d); len(cs) != 1 || cs[0].EndUser < 0 || cs[0].Item != 0 {
			t.Errorf("%s: cases %+v", p, cs)
		}
		again, err := Write(d, nil, testVoc())
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if !same(Cases(d), Cases(read(t, string(again)))) {
			t.Errorf("%s: other facts after writing:\n%s", p, again)
		}
		if n := strings.Count(string(b), "#"); strings.Count(string(again), "#") != n {
			t.Errorf("%s: comments were lost:\n%s", p, again)
		}
	}
}

func TestWriteCompletesADeal(t *testing.T) {
	b, err := os.ReadFile("../examples/not-enough-facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	by := navicert.Evidence{By: "J. Weber", On: "2026-09-24"}
	ask := func(term, value string, ev navicert.Evidence) Answer {
		return Answer{Fact: navicert.Fact{Term: term, Value: value, Evidence: ev}}
	}
	out, err := Write(read(t, string(b)), []Answer{
		ask("item.final", "true", navicert.Evidence{}),
		ask("end_user.kind", "telecom", navicert.Evidence{}),
		ask("end_user.government_share", "25", navicert.Evidence{By: "A. Roe", On: "2026-09-23", Note: "annual report"}),
		ask("route.from", "NO", navicert.Evidence{}),
		ask("screening.sdn", "false", by),
		ask("screening.denied", "false", by),
		ask("screening.unverified", "false", navicert.Evidence{By: "A. Roe", On: "2026-09-23"}),
		ask("purpose.investigation", "true", navicert.Evidence{}),
	}, testVoc())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "completed.yaml", out)

	if _, err := Write(read(t, string(b)), []Answer{ask("knowledge.red_flags", "false", navicert.Evidence{})}, testVoc()); err == nil {
		t.Error("knowledge was written without a name")
	}
	if _, err := Write(read(t, string(b)), []Answer{ask("end_user.favorable", "true", navicert.Evidence{})}, testVoc()); err == nil {
		t.Error("a derived term was written")
	}
}

func TestWriteFromJSON(t *testing.T) {
	d := read(t, `{"day": "2026-09-24", "items": [{"candidate": "5D001.c", "for": "5A001.j"}, {}], "parties": [{"role": "bank"}]}`)
	out, err := Write(d, []Answer{
		{Item: 0, EndUser: -1, Fact: navicert.Fact{Term: "item.eccn", Value: "4D004"}},
		{Item: 1, EndUser: -1, Fact: navicert.Fact{Term: "item.kind", Value: "technology"}},
		{Item: 0, EndUser: -1, Fact: navicert.Fact{Term: "end_user.located_in", Value: "CN"}},
	}, testVoc())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "from-json.yaml", out)
}

// TestWriteUnnamed completes a deal that names neither its item nor its end
// user: all answers about one of them go to one place.
func TestWriteUnnamed(t *testing.T) {
	voc := testVoc()
	d, err := Read("short.yaml", strings.NewReader("day: \"2026-09-24\"\nparties: [{role: exporter, name: A}]\n"), voc)
	if err != nil {
		t.Fatal(err)
	}
	cs := Cases(d)
	var answers []Answer
	for _, f := range []navicert.Fact{
		{Term: "item.eccn", Value: "4D004"},
		{Term: "item.kind", Value: "object_code"},
		{Term: "end_user.kind", Value: "bank"},
		{Term: "end_user.located_in", Value: "DE"},
	} {
		answers = append(answers, cs[0].Answer(f))
	}
	text, err := Write(d, answers, voc)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Read("back.yaml", bytes.NewReader(text), voc)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Items) != 1 || len(back.Parties) != 2 || len(Cases(back)) != 1 {
		t.Fatalf("%d items, %d parties, %d cases:\n%s", len(back.Items), len(back.Parties), len(Cases(back)), text)
	}
}
