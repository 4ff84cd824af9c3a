package decide

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"navicert"
)

// TestNextQuestion forgets some facts of worked deals and then gives each
// answer to the next question: what it promised is what comes out.
func TestNextQuestion(t *testing.T) {
	n := 300
	if testing.Short() {
		n = 60
	}
	d, l, facts := decider(t), loadLaw(t), suiteFacts(t)
	rng := rand.New(rand.NewPCG(27, 18))
	questions, answers := 0, 0
	for range n {
		c := facts[rng.IntN(len(facts))]
		left := slices.Clone(c.facts)
		for range 1 + rng.IntN(8) {
			i := rng.IntN(len(left))
			left = slices.Delete(left, i, i+1)
		}
		p, _, err := d.Program(c.day)
		if err != nil {
			t.Fatal(err)
		}
		in, err := encode(p.Law, left)
		if err != nil {
			t.Fatal(err)
		}
		cd, err := d.one(p, newSession(p), c.id, left, in)
		if err != nil {
			t.Fatal(err)
		}
		j := newJudge(t, c.day)
		for b, a := range cd.Answers {
			if a.Next == nil {
				if len(a.Outcomes) > 1 && !a.Cut {
					t.Errorf("%s: %s is open, and nothing is asked", c.id, a.Body)
				}
				continue
			}
			questions++
			if !slices.ContainsFunc(a.Open, func(q navicert.Ask) bool { return q.Term == a.Next.Term }) {
				t.Errorf("%s: %s asks for %s, which is not open", c.id, a.Body, a.Next.Term)
			}
			var all []string
			for _, ch := range a.Next.Answers {
				v := ch.Values[rng.IntN(len(ch.Values))]
				in, err := encode(l, append(slices.Clone(left), navicert.Fact{Term: a.Next.Term, Value: inside(v)}))
				if err != nil {
					t.Fatalf("%s: %v", c.id, err)
				}
				if err := j.Run(in); err != nil {
					t.Errorf("%s: %s=%s is offered though it cannot be: %v", c.id, a.Next.Term, v, err)
					continue
				}
				var got []string
				for _, o := range j.Exact(b).Outcomes {
					got = append(got, l.OutcomeName(o))
				}
				want := slices.Sorted(slices.Values(ch.Outcomes))
				if slices.Sort(got); !slices.Equal(got, want) {
					t.Errorf("%s: %s, %s=%s: promised %v, came out %v", c.id, a.Body, a.Next.Term, v, want, got)
				}
				all = append(all, got...)
				answers++
			}
			slices.Sort(all)
			if all = slices.Compact(all); !slices.Equal(all, slices.Sorted(slices.Values(a.Outcomes))) {
				t.Errorf("%s: %s: the answers to %s lead to %v, the outcomes were %v", c.id, a.Body, a.Next.Term, all, a.Outcomes)
			}
		}
	}
	t.Logf("%d questions, %d answers", questions, answers)
}

// inside is a number in an interval that is written in words; other values
// stay what they are.
func inside(v string) string {
	var x float64
	switch {
	case scan(v, "at least %g", &x):
		return fmt.Sprint(x)
	case scan(v, "over %g", &x):
		return fmt.Sprint(x + 0.5)
	case scan(v, "at most %g", &x), scan(v, "under %g", &x), v == "any number":
		return "0"
	}
	return v
}

func scan(s, format string, x *float64) bool {
	n, _ := fmt.Sscanf(s, format, x)
	return n == 1
}
