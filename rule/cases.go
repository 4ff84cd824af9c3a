package rule

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// EntryTest is one case of a *_test.yaml file: whether one paragraph holds on
// a day, given some facts.
type EntryTest struct {
	Entry string
	Day   navicert.Day
	Given []Literal
	Fires string              // yes, no or open
	Says  map[string][]string // the effect told a second time, by key of the rule file
	At    Pos
}

// Failure is a rule test that does not come out as written.
type Failure struct {
	At   Pos
	What string
}

func (f Failure) String() string { return fmt.Sprintf("%s: %s", f.At, f.What) }

// restated are the keys by which a test may tell the effect once more.
var restated = append([]string{"keeps", "reach", "over"}, verbs...)

// LoadTests reads the tests that stand beside the rules of a tree laid out
// like law/. Its error lists everything that is wrong, each with file and line.
func LoadTests(tree fs.FS) ([]EntryTest, error) {
	var files []string
	err := fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path.Base(p), "_test.yaml") {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	r := &reader{}
	var out []EntryTest
	for _, f := range files {
		data, err := readFile(tree, f)
		if err != nil {
			return nil, err
		}
		r.file = f
		if doc := r.parse(data); doc != nil {
			for _, n := range r.list(doc) {
				out = append(out, readTest(r, n))
			}
		}
	}
	return out, r.err()
}

func readTest(r *reader, n *yaml.Node) EntryTest {
	f := r.fields(n, append([]string{"entry", "day", "given", "fires"}, restated...)...)
	t := EntryTest{
		Entry: r.need(n, f, "entry"), Fires: r.oneOf(n, r.need(n, f, "fires"), "yes", "no", "open"), At: r.pos(n),
	}
	if f["day"] == nil {
		r.fail(n, "day is missing")
	}
	t.Day = r.day(f["day"], navicert.FirstDay)
	if t.Day < navicert.FirstDay {
		r.fail(n, "the law is kept from %s on; %s is before that", navicert.FirstDay, t.Day)
	}
	if g := f["given"]; g == nil {
		r.fail(n, "given is missing; write {} where nothing is known")
	} else if g.Kind != yaml.MappingNode {
		r.fail(g, "given is a mapping of terms to values")
	} else {
		seen := map[string]bool{}
		for i := 0; i+1 < len(g.Content); i += 2 {
			term := g.Content[i].Value
			if seen[term] {
				r.fail(g.Content[i], "%s stands twice", term)
			}
			seen[term] = true
			t.Given = append(t.Given, Literal{term, r.given(g.Content[i+1])})
		}
	}
	for _, key := range restated {
		v := f[key]
		switch {
		case v == nil:
			continue
		case v.Kind == yaml.SequenceNode:
			t.says(key, r.texts(v))
		default:
			t.says(key, []string{r.text(v)})
		}
	}
	return t
}

func (t *EntryTest) says(key string, words []string) {
	if t.Says == nil {
		t.Says = map[string][]string{}
	}
	t.Says[key] = words
}

// given reads a value: true, false and plain decimals stand bare, codes in
// quotes.
func (r *reader) given(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.Style == 0 && (n.Tag == "!!bool" || isDecimal(n.Value)) {
		return n.Value
	}
	return r.code(n)
}

func isDecimal(s string) bool {
	whole, part, dot := strings.Cut(s, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!dot || digits(part))
}

// words tells an effect by the keys of the rule file, for comparison.
func (e *Effect) words() map[string][]string {
	out := map[string][]string{e.Verb: {e.Arg}}
	if e.Verb == "bars" {
		out["bars"] = e.Symbols
	}
	switch e.Keeps {
	case "":
	case "list":
		out["keeps"] = e.Symbols
	default:
		out["keeps"] = []string{e.Keeps}
	}
	if e.Reach != "" {
		out["reach"] = []string{e.Reach}
	}
	if len(e.Over) > 0 {
		out["over"] = e.Over
	}
	return out
}

// RunTests evaluates tests, each on its own day, and returns those that fail.
func (l *Law) RunTests(tests []EntryTest) []Failure {
	run := &testRun{law: l, days: map[navicert.Day]*Judge{}, known: map[string]bool{}}
	for i := range l.Entries {
		run.known[l.Entries[i].ID] = true
	}
	var out []Failure
	for i := range tests {
		if what := run.test(&tests[i]); what != "" {
			out = append(out, Failure{tests[i].At, what})
		}
	}
	return out
}

type testRun struct {
	law   *Law
	days  map[navicert.Day]*Judge
	known map[string]bool
	in    Input
}

// test returns what is wrong, or an empty string.
func (r *testRun) test(t *EntryTest) string {
	l := r.law
	if !r.known[t.Entry] {
		return fmt.Sprintf("%s is no entry of the law", t.Entry)
	}
	j, ok := r.days[t.Day]
	if !ok {
		p, err := l.At(t.Day)
		if err != nil {
			return err.Error()
		}
		j = p.NewJudge()
		r.days[t.Day] = j
	}
	if r.in == nil {
		r.in = l.NewInput()
	}
	clear(r.in)
	for _, g := range t.Given {
		f, raw, err := l.Encode(g.Term, g.Value)
		if err != nil {
			return fmt.Sprintf("given: %v", err)
		}
		r.in[f] = raw
	}
	if err := j.Run(r.in); err != nil {
		return fmt.Sprintf("given: %v", err)
	}
	if got := valueWord[j.Holds(t.Entry)]; got != t.Fires {
		what := fmt.Sprintf("%s on %s: the test says %s, the law gives %s", t.Entry, t.Day, t.Fires, got)
		if got == "open" {
			what += "; not known: " + strings.Join(l.names(j.Unknown(t.Entry)), ", ")
		}
		return what
	}
	return r.effect(j, t)
}

var valueWord = [...]string{True: "yes", False: "no", Open: "open"}

// effect compares what the test tells about the effect.
func (r *testRun) effect(j *Judge, t *EntryTest) string {
	if len(t.Says) == 0 {
		return ""
	}
	i, ok := j.p.byID[t.Entry]
	if !ok {
		return fmt.Sprintf("%s is not in force on %s, so it has no effect to tell", t.Entry, t.Day)
	}
	have := r.law.Entries[j.p.entries[i].entry].Effect.words()
	keys := slices.Sorted(maps.Keys(t.Says))
	if t.Says["keeps"] != nil && t.Says["reach"] == nil {
		keys = append(keys, "reach") // who tells a requirement tells all of it
	}
	for _, key := range keys {
		want, got := slices.Sorted(slices.Values(t.Says[key])), slices.Sorted(slices.Values(have[key]))
		if !slices.Equal(want, got) {
			return fmt.Sprintf("%s on %s: the test says %s: %s, the entry says %s",
				t.Entry, t.Day, key, list(want), list(got))
		}
	}
	return ""
}

func list(words []string) string {
	if len(words) == 0 {
		return "nothing"
	}
	return strings.Join(words, ", ")
}

func (l *Law) names(facts []int) []string {
	out := make([]string, len(facts))
	for i, f := range facts {
		out[i] = l.FactTerm(f).Name
	}
	return out
}
