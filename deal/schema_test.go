package deal

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestSchema holds the form of the schema against a golden file, made from
// a few words so that a new question of law does not change it.
func TestSchema(t *testing.T) {
	golden(t, "schema.json", Schema(&Vocabulary{
		Terms: []Term{
			{
				Name: "activity", Type: "choice", Group: "deal", Ask: "What is to happen?", Means: "The activity.",
				Values: []Value{{"export", "sending out"}, {"service", "a service"}},
			},
			{Name: "item.eccn", Type: "item", Group: "item", Ask: "Which paragraph?"},
			{Name: "item.final", Type: "yes_no", Group: "item", Ask: "Is it final?"},
			{Name: "item.us_content", Type: "number", Group: "item", Ask: "What percentage?", Cite: "15 CFR 734.4"},
			{Name: "route.to", Type: "country", Group: "route", Ask: "Where to?", Cite: "none"},
			{Name: "end_user.located_in", Type: "country", Group: "end_user", Ask: "Where?"},
			{Name: "end_user.us_subsidiary", Type: "yes_no", Group: "end_user", Ask: "Is it?"},
			{Name: "end_user.favorable", Type: "derived", Means: "Never stated."},
			{Name: "screening.sdn", Type: "yes_no", Group: "screening", Ask: "Is any party listed?"},
		},
		Items:     []string{"4D004", "EAR99"},
		Countries: []Country{{"CN", "China"}, {"SG", "Singapore"}},
	}))
}

// TestSchemaHasEveryTerm: an editor knows every question of the law.
func TestSchemaHasEveryTerm(t *testing.T) {
	got := Schema(testVoc())
	if !json.Valid(got) {
		t.Fatal("not JSON")
	}
	for _, term := range testVoc().Terms {
		ask, err := json.Marshal(term.Ask)
		if err != nil {
			t.Fatal(err)
		}
		special := term.Name == "item.eccn" || term.Name == "item.final" || term.Name == locatedIn
		if term.Ask != "" && !special && !strings.Contains(string(got), strings.Trim(string(ask), `"`)) {
			t.Errorf("%s is not in the schema", term.Name)
		}
	}
}
