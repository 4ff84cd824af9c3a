// Package verify accepts or rejects a proof of a decision. It shares no code with the judge, reads nothing but the two
// byte strings it is given, and can be read in one sitting. doc/proof-format.md says what a proof is, doc/format.md which
// outcome comes first. The edition is trusted: its digest says which one it is. That every fact listed as open can
// change the outcome is proved; that no other fact can is not.
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

// Bounds of one check: bytes of a proof or an edition, depth of a tree or of what rests on what, steps of evaluation.
const maxBytes, maxDepth, maxSteps = 4 << 20, 200, 50_000_000

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
	answer struct {  // what a proof claims of one body of law
		Body           string
		Outcomes, Open []string
		Cut, Narrow    bool
		Tree           *node
		Base           []pair
		Worlds, Pairs  []struct { // the base changed by Set; a pair is two of them, with Term A and B
			Set                 []pair
			Outcome, Term, A, B string
			Outcomes            pair
		}
	}
	node struct { // a leaf (O), an impossible case (X) or a split on the term T
		O, T string
		X    bool
		C    []struct {
			V []string
			N *node
		}
	}
	law struct { // one edition, and the facts under which it is being read
		Format, Day, Law             string
		Countries, Items, Exceptions []string
		Sets                         map[string][]string
		Terms                        []*term
		Entries                      []*entry
		Ties                         []struct {
			If   []any
			Then []pair
		}
		terms   map[string]*term
		effects map[string][]*entry // what they do -> entries
		at      map[string]string   // the facts: what is not in it is unknown
		memo    map[*entry]int      // values under the facts
		steps   *int
		depth   int
	}
	term struct {
		Term, Type string
		Values     []string // nil: the term cannot be stated
		Choose     []struct{ When, Use, Value string }
		cuts       map[[2]any][]any // the comparisons with thresholds above 0 that are made of it
	}
	entry struct {
		ID, Body, Verb, Arg, Keeps, Reach string
		Symbols, Unless                   []string
		Operative                         bool
		When                              []any
	}
)

const no, open, yes = 0, 1, 2 // strong Kleene logic: "and" is min, "or" is max, "not v" is yes-v

var (
	forms   = map[any]int{"always": 1, "all": 1, "any": 1, "not": 2, "is": 2, "in": 3, "over": 3, "at_least": 3} // parts of a condition, at least
	truth   = map[bool]int{false: no, true: yes}
	decimal = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,6})?$`) // exact as float64
	effects = regexp.MustCompile(`^(EAR (requires license|exempts not_(an_export|subject)|(grants|bars|reviews) .*)|(EAR|OFAC|UN) (prohibits deal|holds (judgment|uncovered)|(defines|lifts|warns) .*))$`)
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
	must(string(first) == "navicert-proof/1 "+digest(rest), "the first line does not give the digest of the rest")
	var p struct {
		Edition, Day           string
		Facts, Follows, Values []pair
		Bodies                 []answer
	}
	decode("proof", rest, &p)
	must(p.Edition == digest(edition), "the proof is of edition %q, this is edition %s", p.Edition, digest(edition))
	l := load(edition)
	must(p.Day == l.Day, "the proof is of day %q, the edition of %s", p.Day, l.Day)
	l = l.with("the facts", p.Facts...)
	claimed := l.with("what follows", p.Follows...)
	due, broken := l.ties()
	for ; len(due) > 0; due, broken = l.ties() {
		l = l.with("what follows", due[0])
	}
	must(maps.Equal(l.at, claimed.at), "what follows from the facts is not %v", p.Follows)
	must(!broken, "the facts cannot stand together")
	r = &Report{Day: l.Day, Edition: p.Edition, Facts: len(p.Facts), Entries: len(l.Entries)}
	for i, e := range l.Entries {
		want := pair{e.ID, "FUT"[l.some("entry "+e.ID):][:1]}
		must(i < len(p.Values) && p.Values[i] == want, "the law gives paragraph %s the value %s, the proof does not", e.ID, want[1])
	}
	for _, b := range []string{"EAR", "OFAC", "UN"} {
		if i := len(r.Bodies); l.effects[b] != nil {
			must(i < len(p.Bodies) && p.Bodies[i].Body == b, "the proof says nothing of %s", b)
			r.Bodies = append(r.Bodies, p.Bodies[i].check(l))
		}
	}
	must(len(r.Bodies) == len(p.Bodies) && len(p.Values) == len(l.Entries), "the proof speaks of what the edition has not, or twice")
	return r, nil
}

func must(ok bool, says string, args ...any) {
	if !ok {
		panic(fmt.Sprintf(says, args...))
	}
}

func digest(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }

// decode reads one JSON value and a newline. What encoding/json makes of it is what is checked and reported.
func decode(what string, data []byte, v any) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	err := dec.Decode(v)
	must(err == nil && string(data[dec.InputOffset():]) == "\n", "the %s is not one object of its form and a newline: %v", what, err)
}

func (a *answer) check(l *law) Body {
	same := func(x, y []string) bool {
		return slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
	}
	var shown, terms []string
	for _, w := range a.Worlds {
		o := a.world(l, w.Set)
		must(o == w.Outcome && slices.Contains(a.Outcomes, o), "%s: a world said to give %s gives %s, of %v", a.Body, w.Outcome, o, a.Outcomes)
		shown = append(shown, o)
	}
	if a.Narrow {
		leaves := map[string]bool{}
		l.walk(a.Body, a.Tree, leaves, 1)
		must(same(slices.Collect(maps.Keys(leaves)), a.Outcomes), "%s: the outcomes are %v, on the leaves stand %v", a.Body, a.Outcomes, leaves)
	}
	possible := l.outcomes(a.Body) // as far as three-valued logic sees
	for _, o := range a.Outcomes {
		must(slices.Contains(possible, o), "%s: outcome %s is impossible", a.Body, o)
	}
	complete := a.Narrow || len(possible) == 1
	if a.Cut || complete && len(a.Outcomes) == 1 && a.Base == nil {
		shown = a.Outcomes // cut short, or decided: not every outcome has a world
	}
	must(len(shown) > 0 && same(shown, a.Outcomes), "%s: the outcomes are %v, worlds show %v", a.Body, a.Outcomes, shown)
	for _, p := range a.Pairs {
		o := pair{a.world(l, p.Set, pair{p.Term, p.A}), a.world(l, p.Set, pair{p.Term, p.B})}
		fits := o == p.Outcomes && o[0] != o[1] && slices.Contains(a.Outcomes, o[0]) && slices.Contains(a.Outcomes, o[1])
		must(fits, "%s: the pair of %s gives %v, the proof says %v of %v", a.Body, p.Term, o, p.Outcomes, a.Outcomes)
		terms = append(terms, p.Term)
	}
	must(same(terms, a.Open), "%s: open are %v, pairs show %v", a.Body, a.Open, terms)
	if !complete { // what the proof leaves out is not thereby ruled out
		return Body{a.Body, possible, a.Open, false}
	}
	return Body{a.Body, a.Outcomes, a.Open, true}
}

// world gives the outcome of the base with some facts changed.
func (a *answer) world(l *law, changes []pair, more ...pair) string {
	w := l.with(a.Body+": the base", a.Base...)
	for _, f := range append(slices.Clone(changes), more...) {
		must(l.at[f[0]] == "", "%s: a world changes %s, which is a fact", a.Body, f[0])
		delete(w.at, f[0])
		w = w.with(a.Body+": a world", f)
	}
	unknown := func(t *term) bool { return t.Values != nil && w.at[t.Term] == "" }
	must(!slices.ContainsFunc(l.Terms, unknown), "%s: a world leaves a term unknown", a.Body)
	_, broken := w.ties()
	must(!broken, "%s: a world breaks a tie", a.Body)
	return w.outcomes(a.Body)[0] // nothing is unknown: there is exactly one
}

// walk checks the tree under the facts on the way here, and collects its leaves.
func (l *law) walk(body string, n *node, leaves map[string]bool, depth int) {
	must(n != nil && depth <= maxDepth, "%s: the tree is deeper than %d, or has an empty node", body, maxDepth)
	_, broken := l.ties()
	switch t := l.terms[n.T]; {
	case n.X:
		must(broken, "%s: the tree calls a case impossible that no tie forbids", body)
	case n.O != "":
		list := l.outcomes(body)
		must(slices.Equal(list, []string{n.O}), "%s: a leaf of the tree says %s, the law gives %v", body, n.O, list)
		leaves[n.O] = true
	default:
		must(t != nil, "%s: the tree splits the unknown term %q", body, n.T)
		count, seen := 0, map[int]bool{}
		for _, c := range n.C {
			for _, v := range c.V {
				l.with(body+": the tree", pair{n.T, v}).walk(body, c.N, leaves, depth+1)
				place := max(slices.Index(t.Values, v), 0)
				for _, cut := range t.cuts { // of a number, the place is how many thresholds it passes
					place += l.passes(cut, v) / yes
				}
				count, seen[place] = count+1, true
			}
		}
		whole := len(t.Values) + len(t.cuts)
		must(count == whole && len(seen) == whole && whole > 0, "%s: a split of the tree on %s has not every value exactly once", body, n.T)
	}
}

// load reads an edition and ties its names together.
func load(data []byte) *law {
	l := &law{terms: map[string]*term{}, effects: map[string][]*entry{}, at: map[string]string{}, steps: new(int)}
	decode("edition", data, l)
	must(l.Format == "navicert-edition/1", "the edition has the unknown format %q", l.Format)
	for _, t := range l.Terms {
		values, known := map[string][]string{
			"yes_no": {"true", "false"}, "reading": {"true", "false"}, "choice": t.Values,
			"country": l.Countries, "item": l.Items, "number": {"0"}, "derived": nil, "switch": nil,
		}[t.Type]
		must(known, "term %s has the unknown type %q", t.Term, t.Type)
		l.terms[t.Term], t.Values, t.cuts = t, values, map[[2]any][]any{}
	}
	for _, e := range l.Entries {
		effect := e.Body + " " + e.Verb + " " + e.Arg
		must(effects.MatchString(effect), "paragraph %s has the unknown effect %q", e.ID, effect)
		does := []string{"entry " + e.ID, e.Body, e.Verb + " " + e.Arg, effect, e.Body + " " + e.Verb + " " + e.Reach}
		for _, s := range l.Exceptions {
			named := slices.Contains(e.Symbols, s)
			if e.Verb == "bars" && (named || slices.Contains(e.Symbols, "all")) || e.Verb == "requires" && e.Keeps != "any" && !named {
				does = append(does, e.Body+" stops "+s)
			}
		}
		for _, key := range does {
			l.effects[key] = append(l.effects[key], e)
		}
	}
	return l
}

// some tells whether an entry holds that has the effect; one that is not in force on the day is not there.
func (l *law) some(effect string) (v int) {
	*l.steps, l.depth = *l.steps+1, l.depth+1
	for _, e := range l.effects[effect] {
		if _, known := l.memo[e]; !known {
			holds := min(l.eval(e.When), truth[e.Operative])
			for _, id := range e.Unless {
				holds = min(holds, yes-l.some("entry "+id))
			}
			l.memo[e] = holds
		}
		v = max(v, l.memo[e])
	}
	l.depth--
	return v
}

// eval gives a condition its value. It leaves out no part: so all thresholds are known once all entries have a value.
func (l *law) eval(c []any) (v int) {
	*l.steps, l.depth = *l.steps+1, l.depth+1
	must(*l.steps <= maxSteps && l.depth <= maxDepth, "the check takes more than %d steps, or a condition goes deeper than %d", maxSteps, maxDepth)
	defer func() { l.depth-- }()
	must(len(c) > 0 && forms[c[0]] > 0 && len(c) >= forms[c[0]], "%.80v is no condition", c)
	switch least, most := yes, no; c[0] {
	case "always":
		return yes
	case "all", "any", "not":
		for _, kid := range c[1:] {
			v = l.eval(kid.([]any))
			least, most = min(least, v), max(most, v)
		}
		return map[any]int{"all": least, "any": most, "not": yes - most}[c[0]]
	}
	t := l.terms[c[1].(string)]
	must(t != nil, "the condition %v names an unknown term", c)
	switch {
	case t.Type == "derived":
		return l.some("defines " + t.Term)
	case t.Type == "switch": // the first branch that applies passes, or all do; the last one has no "when"
		reached, every := yes, yes
		for _, b := range t.Choose {
			when, hit := yes, l.passes(c, b.Value)
			if b.When != "" {
				when = l.eval([]any{"is", b.When})
			}
			if b.Use != "" {
				hit = l.eval(slices.Concat([]any{c[0], b.Use}, c[2:]))
			}
			v, reached, every = max(v, min(reached, when, hit)), min(reached, yes-when), min(every, hit)
		}
		return max(v, every)
	case t.Type == "number" && l.passes(c, "0") == no:
		t.cuts[[2]any{c[0], c[2]}] = c
	}
	if at := l.at[t.Term]; at != "" {
		return l.passes(c, at)
	}
	return open
}

// passes tells whether the value v passes the test c.
func (l *law) passes(c []any, v string) int {
	n, _ := strconv.ParseFloat(v, 64)
	pass := v == "true"
	switch c[0] {
	case "in":
		pass = slices.ContainsFunc(c[2].([]any), func(x any) bool { return x == v || slices.Contains(l.Sets[x.(string)], v) })
	case "over":
		pass = n > c[2].(float64)
	case "at_least":
		pass = n >= c[2].(float64)
	}
	return truth[pass]
}

// with is the law under more facts: each a value that the term can have, where it has none.
func (l *law) with(what string, facts ...pair) *law {
	more := *l
	more.at, more.memo = maps.Clone(l.at), map[*entry]int{}
	for _, f := range facts {
		t, v := l.terms[f[0]], f[1]
		fits := t != nil && more.at[f[0]] == "" && (slices.Contains(t.Values, v) || t.Type == "number" && decimal.MatchString(v))
		must(fits, "%s: %q cannot be %q: it is known already, or has no such value", what, f[0], v)
		more.at[f[0]] = v
	}
	*l.steps += len(more.at)
	return &more
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

// outcomes lists the outcomes of the lines of doc/format.md that could come first.
func (l *law) outcomes(body string) (list []string) {
	some := func(effect string) int { return l.some(body + " " + effect) }
	required, names, free := some("requires license"), []string{}, []int{}
	refused := required
	for _, s := range l.Exceptions {
		available := min(some("grants "+s), yes-some("stops "+s))
		names, free = append(names, "exception:"+s), append(free, min(required, available))
		refused = min(refused, yes-available)
	}
	names = slices.Concat([]string{
		"license_required", "not_an_export", "not_subject", "prohibited", "license_required",
		"needs_person", "not_covered",
	}, names, []string{map[bool]string{true: "NLR", false: "clear"}[body == "EAR"]})
	values := slices.Concat([]int{
		some("requires all"), some("exempts not_an_export"), some("exempts not_subject"),
		some("prohibits deal"), refused, some("holds judgment"), some("holds uncovered"),
	}, free, []int{yes})
	for i, v := range values[:slices.Index(values, yes)+1] {
		if v != no && !slices.Contains(list, names[i]) {
			list = append(list, names[i])
		}
	}
	return list
}
