// Package verify accepts or rejects a proof of a decision. It shares no code with the judge, reads nothing but the two
// byte strings it is given, and can be read in one sitting. doc/proof-format.md says what a proof is. The edition is
// trusted: its digest says which one it is. That every fact listed as open can change the outcome is proved; that no
// other fact can is not.
package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// Bounds of one check: bytes of a proof or an edition, steps of evaluation.
const maxBytes, maxSteps = 4 << 20, 50_000_000

// Report says what an accepted proof proves.
type Report struct {
	Day     string `json:"day"`
	Edition string `json:"edition"` // SHA-256 of the edition, in hex
	Bodies  []Body `json:"bodies"`
	Facts   int    `json:"facts"`   // stated or found, without what follows
	Entries int    `json:"entries"` // paragraphs whose value was checked
}

// Body is what is proved of one body of law.
type Body struct {
	Body     string   `json:"body"`
	Outcomes []string `json:"outcomes"` // exactly the possible ones; where not Complete, all that are not ruled out
	Open     []string `json:"open"`     // facts that can still change the outcome
	Complete bool     `json:"complete"` // no other outcome is possible
}

type (
	pair   [2]string // mostly a term and its value
	cond   = []any
	answer struct { // what a proof claims of one body of law
		Body           string
		Outcomes, Open []string
		Cut            bool
		Tree           *node      // nil where it would be too wide
		Base           []pair     // a world: a value for all that is unknown
		Worlds, Pairs  []struct { // the base changed by Set; a pair is two of them, with Term A and B
			Set                 []pair
			Outcome, Term, A, B string
			Outcomes            pair
		}
	}
	node struct { // a leaf (O), or a split on the term T
		O, T string
		C    []struct {
			V []string
			N *node
		}
	}
	law struct { // one edition, and the facts under which it is being read
		Format, Day string
		Terms       []*term
		Sets        map[string][]string
		Ties        []struct {
			If   cond
			Then []pair
		}
		Entries []struct {
			ID        string
			Operative bool
			When      cond
			Unless    []string
		}
		Together map[string]cond // conditions with a name, like entries
		Bodies   []struct {
			Body  string
			Lines [][2]any // outcome and condition: the first that holds
		}
		terms map[string]*term
		rules map[string]cond // entries and what is named together
		at    map[string]string
		memo  map[string]int // values of rules under the facts
		steps *int
	}
	term struct {
		Term, Type string
		Values     []string // a number has one in each interval between thresholds
	}
)

const busy, no, open, yes = -1, 0, 1, 2 // strong Kleene logic: "and" is min, "or" is max, "not v" is yes-v

var (
	truth   = map[bool]int{false: no, true: yes}
	decimal = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,6})?$`) // exact as float64
)

// Check accepts the proof under the edition, or says which claim is wrong.
func Check(edition, proof []byte) (r *Report, err error) {
	defer func() {
		if fault := recover(); fault != nil { // from must; or from Go, where an edition has another form
			r, err = nil, fmt.Errorf("%.500v", fault)
		}
	}()
	must(max(len(proof), len(edition)) <= maxBytes, "the proof or the edition is larger than %d bytes", maxBytes)
	first, rest, _ := bytes.Cut(proof, []byte("\n"))
	must(string(first) == "navicert-proof/2 "+digest(rest), "the first line does not give the digest of the rest")
	var p struct {
		Edition, Day           string
		Facts, Follows, Values []pair
		Bodies                 []answer
	}
	dec := json.NewDecoder(bytes.NewReader(rest)) // what it makes of the bytes is what is checked and reported
	dec.DisallowUnknownFields()
	err = dec.Decode(&p)
	must(err == nil && string(rest[dec.InputOffset():]) == "\n", "the proof is not one object of its form and a newline: %v", err)
	must(p.Edition == digest(edition), "the proof is of edition %q, this is edition %s", p.Edition, digest(edition))
	l := load(edition)
	must(p.Day == l.Day, "the proof is of day %q, the edition of %s", p.Day, l.Day)
	l = l.with(p.Facts)
	claimed := l.with(p.Follows)
	due, broken := l.ties()
	for ; len(due) > 0 && !broken; due, broken = l.ties() {
		l = l.with(due[:1])
	}
	must(!broken, "the facts cannot stand together")
	must(maps.Equal(l.at, claimed.at), "what follows from the facts is not %v", p.Follows)
	must(len(p.Bodies) == len(l.Bodies) && len(p.Values) == len(l.Entries), "the proof says nothing of some paragraph or body, or too much")
	r = &Report{Day: l.Day, Edition: p.Edition, Facts: len(p.Facts), Entries: len(l.Entries)}
	for i, e := range l.Entries {
		want := pair{e.ID, "FUT"[l.holds(e.ID):][:1]}
		must(p.Values[i] == want, "the law gives paragraph %s the value %s, the proof does not", e.ID, want[1])
	}
	for i, b := range l.Bodies {
		must(p.Bodies[i].Body == b.Body, "the proof says nothing of %s", b.Body)
		r.Bodies = append(r.Bodies, p.Bodies[i].check(l, i))
	}
	return r, nil
}

func must(ok bool, says string, args ...any) {
	if !ok {
		panic(fmt.Sprintf(says, args...))
	}
}

func digest(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }

func same(x, y []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
}

func (a *answer) check(l *law, body int) Body {
	possible := l.outcomes(body) // as far as three-valued logic sees
	if a.Tree != nil {
		leaves := map[string]bool{}
		l.walk(body, a.Tree, leaves)
		possible = slices.Collect(maps.Keys(leaves))
		must(same(possible, a.Outcomes), "%s: the outcomes are %v, on the leaves stand %v", a.Body, a.Outcomes, possible)
	}
	var shown, open []string
	for _, w := range a.Worlds {
		o := a.world(l, body, w.Set)
		must(o == w.Outcome, "%s: a world said to give %s gives %s", a.Body, w.Outcome, o)
		shown = append(shown, o)
	}
	if a.Cut || a.Base == nil && len(possible) == 1 {
		shown = possible // cut short, or decided: there are no worlds
	}
	must(same(shown, a.Outcomes), "%s: the outcomes are %v, worlds show %v", a.Body, a.Outcomes, shown)
	for _, p := range a.Pairs {
		o := pair{a.world(l, body, p.Set, pair{p.Term, p.A}), a.world(l, body, p.Set, pair{p.Term, p.B})}
		must(o == p.Outcomes && o[0] != o[1], "%s: the pair of %s gives %v, the proof says %v", a.Body, p.Term, o, p.Outcomes)
		open = append(open, p.Term)
	}
	must(same(open, a.Open), "%s: open are %v, pairs show %v", a.Body, a.Open, open)
	if a.Tree == nil && len(possible) > 1 { // what the proof leaves out is not thereby ruled out
		return Body{a.Body, possible, a.Open, false}
	}
	return Body{a.Body, a.Outcomes, a.Open, true}
}

// world gives the outcome of the base with some facts changed.
func (a *answer) world(l *law, body int, changes []pair, more ...pair) string {
	w := l.with(a.Base)
	for _, f := range slices.Concat(changes, more) {
		must(l.at[f[0]] == "", "%s: a world changes %s, which is a fact", a.Body, f[0])
		delete(w.at, f[0])
		w = w.with([]pair{f})
	}
	must(len(w.at) == len(l.Terms), "%s: a world leaves a term unknown", a.Body)
	_, broken := w.ties()
	must(!broken, "%s: a world breaks a tie", a.Body)
	return w.outcomes(body)[0] // nothing is unknown: there is exactly one
}

// walk checks the tree under the facts on the way here, and collects its leaves.
func (l *law) walk(body int, n *node, leaves map[string]bool) {
	must(n != nil, "the tree has an empty node")
	switch t := l.terms[n.T]; {
	case n.O == "impossible":
		_, broken := l.ties()
		must(broken, "the tree calls a case impossible that no tie forbids")
	case n.O != "":
		list := l.outcomes(body)
		must(slices.Equal(list, []string{n.O}), "a leaf of the tree says %s, the law gives %v", n.O, list)
		leaves[n.O] = true
	default:
		var values []string
		for _, c := range n.C {
			for _, v := range c.V {
				l.with([]pair{{n.T, v}}).walk(body, c.N, leaves)
				values = append(values, v)
			}
		}
		must(t != nil && values != nil && same(values, t.Values), "a split of the tree on %s has not every value exactly once", n.T)
	}
}

// load reads an edition and ties its names together.
func load(data []byte) *law {
	l := &law{terms: map[string]*term{}, rules: map[string]cond{}, steps: new(int)}
	err := json.Unmarshal(data, l)
	must(err == nil && l.Format == "navicert-edition/2", "the edition is not of its form: %v, format %q", err, l.Format)
	for _, t := range l.Terms {
		l.terms[t.Term] = t
	}
	maps.Copy(l.rules, l.Together)
	for _, e := range l.Entries {
		must(l.rules[e.ID] == nil, "the edition has two paragraphs %s", e.ID)
		rule := cond{"all", e.When}
		for _, id := range e.Unless {
			rule = append(rule, cond{"not", cond{"holds", id}})
		}
		if !e.Operative {
			rule = cond{"any"}
		}
		l.rules[e.ID] = rule
	}
	return l
}

// with is the law under more facts: each a value that the term can have, where it has none.
func (l *law) with(facts []pair) *law {
	more := *l
	more.at, more.memo = map[string]string{}, map[string]int{}
	maps.Copy(more.at, l.at)
	for _, f := range facts {
		t, v := l.terms[f[0]], f[1]
		fits := t != nil && more.at[f[0]] == "" && (slices.Contains(t.Values, v) || t.Type == "number" && decimal.MatchString(v))
		must(fits, "%q cannot be %q: it is known already, or has no such value", f[0], v)
		more.at[f[0]] = v
	}
	*l.steps += len(more.at)
	return &more
}

// holds gives a paragraph its value; one that is not in force on the day does not hold.
func (l *law) holds(rule string) int {
	v, known := l.memo[rule]
	must(v != busy, "paragraph %s rests on itself", rule)
	if c := l.rules[rule]; !known && c != nil {
		l.memo[rule] = busy
		v = l.eval(c)
		l.memo[rule] = v
	}
	return v
}

// eval gives a condition its value.
func (l *law) eval(c cond) int {
	*l.steps++
	must(*l.steps <= maxSteps, "the check takes more than %d steps", maxSteps)
	switch least, most := yes, no; c[0] {
	case "always":
		return yes
	case "not":
		return yes - l.eval(c[1].(cond))
	case "all", "any":
		for _, kid := range c[1:] {
			v := l.eval(kid.(cond))
			least, most = min(least, v), max(most, v)
		}
		return map[any]int{"all": least, "any": most}[c[0]]
	case "holds":
		return l.holds(c[1].(string))
	}
	term := c[1].(string)
	must(l.terms[term] != nil, "the condition %v names an unknown term", c)
	at := l.at[term]
	if at == "" {
		return open
	}
	switch n, _ := strconv.ParseFloat(at, 64); c[0] {
	case "is":
		return truth[at == "true"]
	case "in":
		return truth[slices.ContainsFunc(c[2].(cond), func(x any) bool { return x == at || slices.Contains(l.Sets[x.(string)], at) })]
	case "over":
		return truth[n > c[2].(float64)]
	case "at_least":
		return truth[n >= c[2].(float64)]
	}
	panic(fmt.Sprintf("%.80v is no condition", c))
}

// ties tells what the ties add to the facts, and whether one is false whatever is still unknown.
func (l *law) ties() (due []pair, broken bool) {
	for _, t := range l.Ties {
		if l.eval(t.If) == yes {
			broken = broken || len(t.Then) == 0
			for _, f := range t.Then {
				at := l.at[f[0]]
				if broken = broken || at != "" && at != f[1]; at == "" {
					due = append(due, f)
				}
			}
		}
	}
	return due, broken
}

// outcomes lists the outcomes of the lines that could come first.
func (l *law) outcomes(body int) (list []string) {
	for _, line := range l.Bodies[body].Lines {
		o, v := line[0].(string), l.eval(line[1].(cond))
		if v != no && !slices.Contains(list, o) {
			list = append(list, o)
		}
		if v == yes {
			break
		}
	}
	return list
}
