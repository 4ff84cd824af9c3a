package rule

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestLint keeps the product's law free of findings.
func TestLint(t *testing.T) {
	l, tests := load(t), loadTests(t)
	start := time.Now()
	found := l.Lint(tests)
	took := time.Since(start)
	warnings := 0
	for _, f := range found {
		if f.Warn {
			warnings++
			t.Logf("%s", f)
		} else {
			t.Errorf("%s", f)
		}
	}
	t.Logf("%d findings, %d of them warnings, in %v", len(found), warnings, took.Round(time.Millisecond))
}

func TestLintSmallLaw(t *testing.T) {
	l, tests := small(t)
	if got := l.Lint(tests); len(got) > 0 {
		t.Errorf("a sound law has findings: %v", got)
	}
	const review = `
  - id: r.1
    cite: 15 CFR 740.22(a)(3)
    since: "2021-10-20"
    source: unknown
    evidence: recalled
    says: s
    reviews: denial
    when: {to: "CN"}
  - id: r.2
    cite: 15 CFR 740.22(a)(4)
    since: "2021-10-20"
    source: unknown
    evidence: recalled
    says: s
    reviews: approve
    when: {all: [knows, state]}
`
	for _, c := range []struct{ name, old, new, rule, want string }{
		{"no yes test", `{kind: bank, share: 25}, fires: yes`, `{kind: bank}, fires: open`, "", ""},
		{
			"no yes test on a day", `2022-05-26", given: {knows: false}, fires: yes`, `2022-05-25", given: {}, fires: no`, "tests",
			"a.2.i has no test that says yes on a day from 2022-05-26 to today",
		},
		{"no tests at all", `entry: a.2.i,`, `entry: a.1,`, "tests", "says yes, and none that says no"},
		{"never", `when: {knows: false}`, `when: {all: [{kind: police}, {knows: false}]}`, "never", "a.2.i can never hold"},
		{"always", `when: {knows: false}`, `when: {any: [{not: {kind: police}}, knows]}`, "always", "a.2.i holds in every case"},
		{"never although stayed", `when: {knows: false}`, "status: stayed\n    when: {all: [knows, {not: knows}]}", "never", "a.2.i can never hold"},
		{
			"reviews", `when: {knows: false}` + "\n", `when: {knows: false}` + review, "reviews",
			"r.2 (approve) and r.1 (denial, us/1.yaml:34) can hold together on 2021-10-20 and neither comes before the other: write over in one of them. For example:\n    to: CN\n    share: 25\n    knows: true",
		},
		{"reviews in order", `when: {knows: false}` + "\n", `when: {knows: false}` + strings.Replace(review, "reviews: approve", "reviews: approve\n    over: [r.1]", 1), "-reviews", ""},
		{
			"undefined", `since: "2021-10-20"`, "since: \"2022-06-01\"", "undefined",
			"warning: state is asked by a.2 (us/1.yaml:17) and others before any entry defines it, and so is false from 2022-05-26 to 2022-05-31",
		},
		{"no longer defined", `defines: state`, "until: \"2024-01-31\"\n    defines: state", "undefined", "but no entry defines it from 2024-02-01 to today"},
		{"empty", `{in: ["CN"]}, {in: ["NO"]`, `{in: ["CN", "NO"]`, "empty", "a.2 asks the set D:1, which has no member yet from 2022-05-26 to 2022-12-31"},
		{"empty again", `{in: ["CN"]}, {in: ["NO"], since: "2023-01-01"`, `{in: ["CN", "NO"], until: "2023-12-31"`, "empty", "a.2 asks the set D:1, which is empty from 2024-01-01 to today"},
		{"overlap", `{in: ["CN"]}`, `{in: ["CN", "NO"]}`, "rows", "D:1: NO is a member from 2023-01-01, but the row at tables/t.yaml:10 has it already until today"},
		{"unused term", `when: {knows: false}`, `when: {kind: bank}`, "", ""},
		{"cite", `cite: 15 CFR 740.22(a)(1)`, `cite: section 740.22(a)(1)`, "cite", `"section 740.22(a)(1)" is no citation`},
		{"source", `source: 87 FR 31951`, `source: a newspaper`, "source", `"a newspaper" is no source`},
		{"not encoded", `cite: 15 CFR 740.22(a)(1)`, `cite: 15 CFR 740.22(b)(1)`, "coverage", "coverage does not list 15 CFR 740.22(b)(1) as encoded"},
		{"encoded nowhere", `{para: "(b)", is: not normative}`, `{para: "(b)", is: encoded}`, "coverage", "us/1.yaml:6: 15 CFR 740.22 (b) is listed as encoded, but no entry cites it"},
	} {
		l, tests := small(t, c.old, c.new)
		var got []Finding
		for _, f := range l.Lint(tests) {
			if f.Rule == strings.TrimPrefix(c.rule, "-") {
				got = append(got, f)
			}
		}
		switch {
		case c.rule == "" || strings.HasPrefix(c.rule, "-"):
			if len(got) > 0 {
				t.Errorf("%s: got %v, want nothing", c.name, got)
			}
		case !slices.ContainsFunc(got, func(f Finding) bool { return strings.Contains(f.String(), c.want) }):
			t.Errorf("%s: got %v, want %q", c.name, got, c.want)
		}
	}
}

func TestReferences(t *testing.T) {
	for _, c := range []struct {
		base, cite string
		want       []string
	}{
		{"", "15 CFR 740.22(a), (b)(1)", []string{"15 CFR 740.22(a)", "15 CFR 740.22(b)(1)"}},
		{"", "15 CFR 734.13(a)(2), 734.14(a)(2)", []string{"15 CFR 734.13(a)(2)", "15 CFR 734.14(a)(2)"}},
		{"", "15 CFR 740.22(b)(4)(iv); 772.1", []string{"15 CFR 740.22(b)(4)(iv)", "15 CFR 772.1"}},
		{"", "15 CFR 774 Supp. 1, note to 4D004", []string{"15 CFR 774 Supp. 1"}},
		{"", "S/RES/2397 (2017) para. 14", []string{"S/RES/2397 (2017) para. 14"}},
		{"S/RES/1718 (2006)", "8(d)", []string{"S/RES/1718 (2006) para. 8(d)"}},
		{"15 CFR 740.22", "(c)(4)", []string{"15 CFR 740.22(c)(4)"}},
		{"15 CFR 742", "742.4(c) and (d)", []string{"15 CFR 742.4(c)", "15 CFR 742.4(d)"}},
		{"15 CFR 742", "742.8, the rest", []string{"15 CFR 742.8"}},
		{"15 CFR 738", "Supp. 1", []string{"15 CFR 738 Supp. 1"}},
		{"15 CFR 774 Supp. 1", "every other entry", nil},
	} {
		if got := references(c.base, c.cite); !slices.Equal(got, c.want) {
			t.Errorf("references(%q, %q) = %q, want %q", c.base, c.cite, got, c.want)
		}
	}
}
