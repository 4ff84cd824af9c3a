package decide

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// TestWorkedCases answers every case of testdata/cases.
func TestWorkedCases(t *testing.T) {
	type tally struct{ right, known, wrong int }
	score := map[string]*tally{}
	seen := map[string]bool{}
	for _, c := range suite(t) {
		if seen[c.ID] {
			t.Errorf("%s stands twice", c.ID)
		}
		seen[c.ID] = true
		s := score[c.Rank]
		if s == nil {
			s = &tally{}
			score[c.Rank] = s
		}
		faults := judged(t, c)
		switch {
		case len(faults) == 0 && c.Known != "":
			t.Errorf("%s %s: the answer is right now; drop known", c.file, c.ID)
			s.wrong++
		case len(faults) == 0:
			s.right++
		case c.Known != "" && (c.Rank == "C" || c.Rank == "D"):
			s.known++
		default:
			s.wrong++
			t.Errorf("%s %s:\n  %s", c.file, c.ID, strings.Join(faults, "\n  "))
		}
	}
	for _, r := range []string{"A", "B", "C", "D", ""} {
		if s := score[r]; s != nil {
			t.Logf("rank %1s: %3d right, %d known, %d wrong", r, s.right, s.known, s.wrong)
		}
	}
	if n := len(seen); n < 104 {
		t.Errorf("%d cases, expected at least the 104 that were worked out", n)
	}
}

// judged says what is wrong with the answer to one case.
func judged(t *testing.T, c *worked) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	d := readDeal(t, c.ID, c.text)
	dec, err := decider(t).Decide(d)
	if err != nil {
		return []string{err.Error()}
	}
	if len(dec.Cases) != 1 {
		return []string{fmt.Sprintf("%d cases, expected one", len(dec.Cases))}
	}
	var reasons, review, warnings []navicert.Reason
	var open []string
	for _, a := range dec.Cases[0].Answers {
		want := []string(c.Expect[a.Body])
		if want == nil {
			want = []string{"clear"} // nothing to see for OFAC and the UN
		}
		got := slices.Sorted(slices.Values(a.Outcomes))
		if slices.Sort(want); !slices.Equal(got, want) {
			var why []string
			for _, r := range a.Reasons {
				why = append(why, r.ID+"="+r.Holds)
			}
			fault("%s: %v, expected %v (%s)", a.Body, got, want, strings.Join(why, " "))
			for _, q := range a.Open {
				faults[len(faults)-1] += " ?" + q.Term
			}
		}
		if a.Cut {
			fault("%s: too wide for an exact answer", a.Body)
		}
		if (len(got) == 1) != (len(a.Open) == 0) {
			fault("%s: outcomes %v, open facts %d", a.Body, got, len(a.Open))
		}
		for _, q := range a.Open {
			open = append(open, q.Term)
		}
		reasons = append(reasons, a.Reasons...)
		review = append(review, a.Review...)
		warnings = append(warnings, a.Warnings...)
	}
	// what stops a deal must hold; what lets it go may be a bar that does not
	ear := dec.Cases[0].Answers[0].Verdict
	stopped := ear == navicert.LicenseRequired || ear == navicert.Prohibited
	for _, w := range c.Open {
		if !slices.Contains(open, w) {
			fault("open are %v, expected %s among them", open, w)
		}
	}
	for _, list := range []struct {
		what string
		want []string
		have []navicert.Reason
	}{{"reasons", c.Cite, reasons}, {"review policies", c.Review, review}, {"warnings", c.Warns, warnings}} {
		for _, w := range list.want {
			rs := cited(list.have, w)
			if stopped && len(rs) > 0 && !slices.ContainsFunc(rs, func(r navicert.Reason) bool { return r.Holds == "yes" }) {
				fault("%s is named, but none of it holds", w)
			}
			if len(rs) == 0 {
				var have []string
				for _, r := range list.have {
					have = append(have, r.Cite.Cite)
				}
				fault("%s do not cite %s, only %s", list.what, w, strings.Join(have, " | "))
			}
		}
	}
	return faults
}

// TestTwoClassifications: a tool that is 4D004 and 5D002 needs a way out under
// each of them.
func TestTwoClassifications(t *testing.T) {
	base, err := os.ReadFile("testdata/cases/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		diff string
		want navicert.Verdict
	}{
		{`item: {also: [{eccn: "5D002"}]}`, navicert.LicenseRequired},
		{`{item: {also: [{eccn: "5D002"}]}, encryption: {self_classified: true}}`, navicert.MayGo},
		{`{item: {also: [{eccn: "5D002"}]}, encryption: {self_classified: null}}`, navicert.OpenVerdict},
	} {
		var diff yaml.Node
		if err := yaml.Unmarshal([]byte(c.diff), &diff); err != nil {
			t.Fatal(err)
		}
		text, err := patched(base, diff.Content[0])
		if err != nil {
			t.Fatal(err)
		}
		dec, err := decider(t).Decide(readDeal(t, "both", text))
		if err != nil {
			t.Fatal(err)
		}
		if len(dec.Cases) != 2 || dec.Verdict != c.want {
			t.Errorf("%s: %s in %d cases, expected %s in 2", c.diff, dec.Verdict, len(dec.Cases), c.want)
		}
	}
}
