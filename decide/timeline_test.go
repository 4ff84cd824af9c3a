package decide

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// turn is one day of testdata/timeline.yaml: which worked deals, restated on
// that day and on the day before it, are answered differently.
type turn struct {
	Day     string
	Law     string
	Changes []struct {
		Body     navicert.Body
		From, To oneOrMore
		Deals    []string
	}
}

// TestTimeline replays every worked deal on both sides of every day on which
// the law changes. Exactly the answers of the timeline may differ.
func TestTimeline(t *testing.T) {
	text, err := os.ReadFile("testdata/timeline.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var turns []turn
	if err := yaml.Unmarshal(text, &turns); err != nil {
		t.Fatal(err)
	}
	want := map[navicert.Day]turn{}
	for _, x := range turns {
		d, err := navicert.ParseDay(x.Day)
		if err != nil {
			t.Fatal(err)
		}
		want[d] = x
	}
	days := loadLaw(t).Days()
	for d, x := range want {
		if !slices.Contains(days, d) {
			t.Errorf("%s: the law does not change on this day", x.Day)
		}
	}
	facts := suiteFacts(t)
	for _, d := range days {
		if d == navicert.FirstDay {
			continue
		}
		x, listed := want[d]
		if testing.Short() && !listed {
			continue
		}
		expected := map[string]string{}
		for _, c := range x.Changes {
			for _, id := range c.Deals {
				expected[id+" "+string(c.Body)] = strings.Join(c.From, "+") + " to " + strings.Join(c.To, "+")
			}
		}
		before, after := newJudge(t, d-1), newJudge(t, d)
		n := 0
		for _, c := range facts {
			a, b := before.outcomes(t, c.in), after.outcomes(t, c.in)
			for i, body := range navicert.Bodies {
				key, got := c.id+" "+string(body), before.names(a[i])+" to "+after.names(b[i])
				exp, ok := expected[key]
				switch {
				case slices.Equal(a[i], b[i]) && ok:
					t.Errorf("%s: %s: no change, expected %s", d, key, exp)
				case slices.Equal(a[i], b[i]):
				case !ok:
					t.Errorf("%s: %s: from %s, expected no change", d, key, got)
				case got != exp:
					t.Errorf("%s: %s: from %s, expected %s", d, key, got, exp)
				default:
					n++
				}
				delete(expected, key)
			}
		}
		for key := range expected {
			t.Errorf("%s: there is no deal %s", d, key)
		}
		t.Logf("%s (%s): %d answers changed", d, x.Law, n)
	}
}
