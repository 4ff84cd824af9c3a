package deal

import (
	"testing"

	"navicert"
)

func TestParseAnswers(t *testing.T) {
	for _, c := range []struct{ term, typed, want, fault string }{
		{"item.published", " Yes ", "true", ""},
		{"item.published", "n", "false", ""},
		{"item.published", "maybe", "", `"maybe" is not an answer; expected yes or no`},
		{"route.to", "cn", "CN", ""},
		{"route.to", "no", "NO", ""},
		{"route.to", "germany", "DE", ""},
		{"route.to", "Holland", "", `"Holland" is not a country code in use; expected two capital letters, ISO 3166-1, such as "CN"; did you mean "NL" (Netherlands)?`},
		{"end_user.kind", "Bank", "bank", ""},
		{"end_user.government_share", "025.0", "25", ""},
		{"item.eccn", "5D001.c for 5A001.j", "5D001.c for 5A001.j", ""},
		{"item.eccn", "5A002.a", "5A002", ""},
		{"item.eccn", "4d004", "", `"4d004" is not a classification; expected a paragraph such as "4D004", "5D001.c for 5A001.j" or "EAR99"; did you mean "4D004"?`},
		{"end_user.favorable", "true", "", `"end_user.favorable" cannot be stated`},
	} {
		got, err := testVoc().Parse(c.term, c.typed)
		fault := ""
		if err != nil {
			fault = err.Error()
		}
		if got != c.want || fault != c.fault {
			t.Errorf("%s %q: %q, %q", c.term, c.typed, got, fault)
		}
	}
}

// TestAnswersStayWithTheirCase: what is answered about one item or one end
// user must not leak to another.
func TestAnswersStayWithTheirCase(t *testing.T) {
	d := read(t, "day: \"2026-09-24\"\nitems: [{eccn: \"4D004\", also: [{eccn: \"5D002\"}]}, {}]\n"+
		"parties: [{role: bank}, {role: end_user}, {role: end_user}]\n")
	before := Cases(d)
	if len(before) != 6 {
		t.Fatalf("%d cases", len(before))
	}
	for i := range before {
		for _, c := range []struct {
			term, value string
			cases       int // how many of the six it must reach
		}{
			{"item.kind", "technology", 0},
			{"item.final", "false", 0},
			{"end_user.kind", "bank", 3},
			{"end_user.located_in", "FR", 3},
			{"route.to", "FR", 6},
		} {
			got, reached := Cases(With(d, before[i].Answer(navicert.Fact{Term: c.term, Value: c.value}))), 0
			if factMap(got[i].Facts)[c.term].Value != c.value {
				t.Errorf("case %d: %s did not arrive", i, c.term)
			}
			for k := range got {
				if factMap(got[k].Facts)[c.term].Value != c.value {
					continue
				}
				reached++
				if c.cases == 0 && got[k].Item != got[i].Item {
					t.Errorf("case %d: %s leaked to case %d", i, c.term, k)
				}
			}
			if c.cases > 0 && reached != c.cases {
				t.Errorf("case %d: %s reached %d cases, want %d", i, c.term, reached, c.cases)
			}
		}
		if !same(before, Cases(d)) {
			t.Fatal("With changed its argument")
		}
	}
}
