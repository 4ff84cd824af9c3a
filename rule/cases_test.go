package rule

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"navicert/law"
)

var theTests = sync.OnceValues(func() ([]EntryTest, error) { return LoadTests(law.Files) })

func loadTests(t testing.TB) []EntryTest {
	t.Helper()
	tests, err := theTests()
	if err != nil {
		t.Fatalf("the rule tests do not load:\n%v", err)
	}
	return tests
}

// TestRuleTests runs every *_test.yaml that stands beside the rules.
func TestRuleTests(t *testing.T) {
	l, tests := load(t), loadTests(t)
	for _, f := range l.RunTests(tests) {
		t.Errorf("%s", f)
	}
	t.Logf("%d rule tests", len(tests))
}

// smallLaw is a law of a few words that the tests of this package vary.
const smallWords = `
terms:
  - {term: to, type: country, group: g, ask: "Where to?", means: m, cite: none}
  - {term: kind, type: choice, group: g, values: {bank: a bank, police: police}, ask: "Who?", means: m, cite: none}
  - {term: share, type: number, group: g, ask: "How much?", means: m, cite: none}
  - {term: knows, type: yes_no, group: g, ask: "Known?", means: m, cite: none}
  - {term: state, type: derived, means: m, cite: none}
implies:
  - {if: {kind: police}, then: {knows: true}, because: police know}
`

const smallTables = `
countries: [{code: "CN", name: China}, {code: "DE", name: Germany}, {code: "NO", name: Norway}]
items: [{item: "EAR99", says: the rest}]
sets:
  - set: "D:1"
    of: country
    title: t
    cite: 15 CFR 740 Supp. 1
    evidence: recalled
    members: [{in: ["CN"]}, {in: ["NO"], since: "2023-01-01", source: 88 FR 1}]
`

const smallHead = `
section: 15 CFR 740.22
title: t
body: EAR
url: u
coverage: [{para: "(a)", is: encoded}, {para: "(b)", is: not normative}]
entries:
`

const smallEntries = `
  - id: a.1
    cite: 15 CFR 740.22(a)(1)
    since: "2021-10-20"
    source: unknown
    evidence: recalled
    says: s
    defines: state
    when: {any: [{kind: police}, {share: {at_least: 25}}]}
  - id: a.2
    cite: 15 CFR 740.22(a)(2)
    since: "2022-05-26"
    source: 87 FR 31951
    evidence: recalled
    says: s
    bars: [ACE]
    when: {all: [{to: ["D:1"]}, state]}
    unless: [a.2.i]
  - id: a.2.i
    cite: 15 CFR 740.22(a)(2)(i)
    since: "2022-05-26"
    source: 87 FR 31951
    evidence: recalled
    says: s
    lifts: a.2
    when: {knows: false}
`

const smallTests = `
- {entry: a.1, day: "2022-01-01", given: {kind: police}, fires: yes}
- {entry: a.1, day: "2022-01-01", given: {kind: bank, share: 24.9}, fires: no}
- {entry: a.1, day: "2022-01-01", given: {kind: bank, share: 25}, fires: yes}
- {entry: a.1, day: "2022-01-01", given: {kind: bank}, fires: open}
- {entry: a.2, day: "2022-05-26", given: {kind: police, to: "CN"}, fires: yes, bars: [ACE]}
- {entry: a.2, day: "2022-05-25", given: {kind: police, to: "CN"}, fires: no}
- {entry: a.2, day: "2022-05-26", given: {kind: police, to: "NO"}, fires: no}
- {entry: a.2, day: "2023-01-01", given: {kind: police, to: "NO"}, fires: yes}
- {entry: a.2, day: "2023-01-01", given: {kind: bank, share: 25, knows: false, to: "NO"}, fires: no}
- {entry: a.2.i, day: "2022-05-26", given: {knows: false}, fires: yes}
- {entry: a.2.i, day: "2022-05-26", given: {knows: true}, fires: no}
`

// tree lays a small law out as files; each text may be varied by old, new
// pairs.
func tree(swap ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range map[string]string{
		"glossary.yaml": smallWords, "tables/t.yaml": smallTables, "exceptions.yaml": `[{symbol: ACE, name: n, cite: 15 CFR 740.22}]`,
		"us/1.yaml": smallHead + smallEntries, "us/1_test.yaml": smallTests,
	} {
		out[name] = &fstest.MapFile{Data: []byte(strings.NewReplacer(swap...).Replace(text))}
	}
	return out
}

func small(t testing.TB, swap ...string) (*Law, []EntryTest) {
	t.Helper()
	l, err := Load(tree(swap...))
	if err != nil {
		t.Fatal(err)
	}
	tests, err := LoadTests(tree(swap...))
	if err != nil {
		t.Fatal(err)
	}
	return l, tests
}

func TestRunTests(t *testing.T) {
	l, tests := small(t)
	for _, f := range l.RunTests(tests) {
		t.Errorf("a right test fails: %s", f)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"wrong answer", `fires: yes, bars`, `fires: no, bars`, "us/1_test.yaml:6: a.2 on 2022-05-26: the test says no, the law gives yes"},
		{"wrong effect", `bars: [ACE]}`, `reach: all}`, "the test says reach: all, the entry says nothing"},
		{"open", `{kind: bank, share: 24.9}, fires: no`, `{}, fires: no`, "the law gives open; not known: kind, share"},
		{"unknown entry", `entry: a.2.i, day: "2022-05-26", given: {knows: false}`, `entry: b, day: "2022-05-26", given: {knows: false}`, "b is no entry of the law"},
		{"unknown term", `{kind: bank}, fires: open`, `{kin: bank}, fires: open`, `given: "kin" is no term that can be stated`},
		{"derived term", `{kind: bank}, fires: open`, `{state: true}, fires: open`, `given: "state" is no term that can be stated`},
		{"unknown value", `{kind: bank}, fires: open`, `{kind: banker}, fires: open`, `given: "banker" is no value of kind`},
		{"contradiction", `{kind: police, to: "NO"}, fires: no`, `{kind: police, knows: false}, fires: no`, "contradict each other: police know"},
	} {
		l, tests := small(t, c.old, c.new)
		got := l.RunTests(tests)
		if len(got) != 1 || !strings.Contains(got[0].String(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, got, c.want)
		}
	}
}

func TestLoadTestsRefuses(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", `fires: yes, bars`, `fires: yes, bar`, `us/1_test.yaml:6: unknown key "bar"`},
		{"bare code", `to: "NO"}, fires: yes`, `to: NO}, fires: yes`, `us/1_test.yaml:9: write the code NO in quotes`},
		{"bare day", `day: "2022-05-25"`, `day: 2022-05-25`, `us/1_test.yaml:7: write the day 2022-05-25 in quotes`},
		{"no such answer", `fires: open`, `fires: maybe`, `us/1_test.yaml:5: "maybe" is not one of yes, no, open`},
		{"too early", `day: "2022-05-25"`, `day: "2020-05-25"`, `us/1_test.yaml:7: the law is kept from 2021-10-20 on`},
		{"twice", `{kind: bank, share: 25}`, `{kind: bank, kind: bank}`, `kind`},
		{"nothing given", `given: {kind: bank}, `, ``, `us/1_test.yaml:5: given is missing`},
	} {
		_, err := LoadTests(tree(c.old, c.new))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}
