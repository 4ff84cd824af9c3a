package decide

import (
	"slices"
	"testing"

	"navicert"
)

// TestImpact replays the worked cases under the law of other days and holds
// every answer against a single decision on that day.
func TestImpact(t *testing.T) {
	d := decider(t)
	var deals []*navicert.Deal
	for _, c := range suite(t) {
		deals = append(deals, readDeal(t, c.ID, c.text))
	}
	for _, day := range []string{"2022-03-06", "2022-05-25", "2026-11-23"} {
		to, err := navicert.ParseDay(day)
		if err != nil {
			t.Fatal(err)
		}
		moved, err := d.Impact(deals, to)
		if err != nil {
			t.Fatal(err)
		}
		p, _, err := d.Program(to)
		if err != nil {
			t.Fatal(err)
		}
		i, changed := 0, 0
		for _, dl := range deals {
			now, err := d.Decide(dl)
			if err != nil {
				t.Fatal(err)
			}
			for _, cs := range now.Cases {
				in, err := encode(d.Law, cs.Facts)
				if err != nil {
					t.Fatal(err)
				}
				j := p.NewJudge()
				if err := j.Run(in); err != nil {
					t.Fatal(err)
				}
				for b := range navicert.Bodies {
					if !slices.Equal(moved[i].Before[b], cs.Answers[b].Outcomes) {
						t.Errorf("%s before: %v, decided %v", dl.File, moved[i].Before[b], cs.Answers[b].Outcomes)
					}
					if want := d.names(j.Exact(b).Outcomes); !slices.Equal(moved[i].After[b], want) {
						t.Errorf("%s on %s: %v, a single decision says %v", dl.File, day, moved[i].After[b], want)
					}
				}
				if moved[i].Changed() {
					changed++
				}
				i++
			}
		}
		t.Logf("%s: %d of %d answers change", day, changed, i)
	}
}
