package decide

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"navicert"
	"navicert/deal"
	"navicert/rule"
)

// stated is one worked deal as the judge gets it.
type stated struct {
	id    string
	day   navicert.Day
	facts []navicert.Fact
	in    rule.Input
}

// suiteFacts returns the facts of every worked deal, found ones included.
func suiteFacts(t testing.TB) []stated {
	t.Helper()
	loadLaw(t)
	for _, c := range suite(t) {
		readDeal(t, c.ID, c.text) // says what is wrong with the file, and where
	}
	return theFacts()
}

var theFacts = sync.OnceValue(func() (out []stated) {
	l, _ := theLaw()
	all, _ := theSuite()
	for _, c := range all {
		d, _ := deal.Read(c.ID, strings.NewReader(string(c.text)), theWords())
		found, err := theDecider().find(d)
		if err != nil {
			panic(err)
		}
		for _, cs := range deal.Cases(d) {
			facts, _ := merge(usable(cs.Facts, unnamed(d), found.Unsettled), found.Facts)
			in, err := encode(l, facts)
			if err != nil {
				panic(err)
			}
			out = append(out, stated{c.ID, d.Day, facts, in})
		}
	}
	return out
})

// judge answers for all bodies of law on one day.
type judge struct {
	*rule.Judge
	l *rule.Law
}

func newJudge(t testing.TB, d navicert.Day) *judge {
	t.Helper()
	p, _, err := decider(t).Program(d)
	if err != nil {
		t.Fatal(err)
	}
	return &judge{p.NewJudge(), p.Law}
}

// outcomes returns every outcome that the facts leave possible, per body.
func (j *judge) outcomes(t testing.TB, in rule.Input) [][]rule.Outcome {
	t.Helper()
	if err := j.Run(in); err != nil {
		t.Fatalf("facts that came from a possible deal contradict each other: %v", err)
	}
	out := make([][]rule.Outcome, len(navicert.Bodies))
	for b := range navicert.Bodies {
		out[b] = slices.Clone(j.Exact(b).Outcomes)
	}
	return out
}

func (j *judge) names(os []rule.Outcome) string {
	var out []string
	for _, o := range os {
		out = append(out, j.l.OutcomeName(o))
	}
	slices.Sort(out)
	return strings.Join(out, "+")
}

// lost returns an outcome of was that now lacks, per body.
func (j *judge) lost(was, now [][]rule.Outcome) (body navicert.Body, outcome string) {
	for b := range was {
		for _, o := range was[b] {
			if !slices.Contains(now[b], o) {
				return navicert.Bodies[b], j.l.OutcomeName(o)
			}
		}
	}
	return "", ""
}
