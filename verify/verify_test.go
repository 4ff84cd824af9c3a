package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// A small law. A requirement (r) for listed items to D:1; ACE unless a police
// end user (b), save one at home (b.x); an end user that must be asked about.
const smallLaw = `{"format":"navicert-edition/2","day":"2026-09-24","law":"00",` +
	`"terms":[{"term":"carved","type":"yes_no","values":["false","true"]},{"term":"item","type":"item","values":["4D004","EAR99"]},` +
	`{"term":"to","type":"country","values":["CN","DE","FR","RU"]},{"term":"kind","type":"choice","values":["company","police","army"]},` +
	`{"term":"share","type":"number","values":["0","25.5","50"]},{"term":"listed","type":"reading","values":["false","true"]},` +
	`{"term":"tagged","type":"yes_no","values":["false","true"]},{"term":"swift","type":"yes_no","values":["false","true"]}],` +
	`"sets":{"D:1":["CN","RU"]},` +
	`"ties":[{"if":["is","tagged"],"then":[["listed","true"]]},{"if":["not",["is","listed"]],"then":[["tagged","false"]]},` +
	`{"if":["all",["is","tagged"],["in","kind",["army"]]],"then":[]}],` +
	`"entries":[` +
	`{"id":"o.1","verb":"defines","arg":"official","operative":true,"when":["in","kind",["police","army"]],"unless":[]},` +
	`{"id":"o.2","verb":"defines","arg":"official","operative":true,"when":["at_least","share",50],"unless":["gone"]},` +
	`{"id":"r","verb":"requires","arg":"license","symbols":["ACE"],"operative":true,"when":["all",` + entryTest + `,["in","to",["D:1"]]],"unless":[]},` +
	`{"id":"g","verb":"grants","arg":"ACE","operative":true,"when":["always"],"unless":[]},` +
	`{"id":"b","verb":"bars","symbols":["ACE"],"operative":true,"when":["holds","official"],"unless":["b.x"]},` +
	`{"id":"b.x","verb":"lifts","arg":"b","operative":true,"when":["in","to",["DE"]],"unless":[]},` +
	`{"id":"off","verb":"prohibits","arg":"deal","operative":false,"when":["always"],"unless":[]},` +
	`{"id":"s","verb":"prohibits","arg":"deal","operative":true,"when":["any",["is","tagged"],["all",["is","listed"],["over","share",25]]],"unless":[]},` +
	`{"id":"w","verb":"warns","arg":"yes","operative":true,"when":["is","swift"],"unless":[]}],` +
	`"together":{"official":["any",["holds","o.1"],["holds","o.2"]],"exception ACE":["all",["holds","g"],["not",["holds","b"]]]},` +
	`"bodies":[{"body":"EAR","lines":[["prohibited",["any",["holds","off"]]],["license_required",["all",["holds","r"],["not",["holds","exception ACE"]]]],` +
	`["exception:ACE",["all",["holds","r"],["holds","exception ACE"]]],["NLR",["always"]]]},` +
	`{"body":"OFAC","lines":[["prohibited",["holds","s"]],["clear",["always"]]]}]}` + "\n"

// entryTest asks for a listed item, which one carved out is not.
const entryTest = `["any",["all",["not",["always"]],["is","carved"]],["all",["in","item",["4D004"]],["not",["is","carved"]]],["all",["not",["always"]],["in","item",["4D004"]]]]`

func signed(body string) []byte {
	return []byte("navicert-proof/2 " + digest([]byte(body)) + "\n" + body)
}

// byHand is a proof written without any help of the program: only the country
// and the end user are open to the EAR, and OFAC is decided.
func byHand() string {
	return `{"edition":"` + digest([]byte(smallLaw)) + `","day":"2026-09-24",` +
		`"facts":[["carved","false"],["item","4D004"],["listed","false"],["share","10"]],` +
		`"follows":[["tagged","false"]],` +
		`"values":[["o.1","U"],["o.2","F"],["r","U"],["g","T"],["b","U"],["b.x","U"],["off","F"],["s","F"],["w","U"]],` +
		`"bodies":[{"body":"EAR","outcomes":["license_required","exception:ACE","NLR"],"open":["to","kind"],"cut":false,` +
		`"tree":{"t":"to","c":[{"v":["DE","FR"],"n":{"o":"NLR"}},{"v":["CN","RU"],"n":{"t":"kind","c":[{"v":["police","army"],"n":{"o":"license_required"}},{"v":["company"],"n":{"o":"exception:ACE"}}]}}]},` +
		`"base":[["kind","police"],["swift","false"],["to","CN"]],` +
		`"worlds":[{"set":[],"outcome":"license_required"},{"set":[["kind","company"]],"outcome":"exception:ACE"},{"set":[["to","FR"]],"outcome":"NLR"}],` +
		`"pairs":[{"term":"to","set":[],"a":"RU","b":"DE","outcomes":["license_required","NLR"]},{"term":"kind","set":[["to","RU"]],"a":"company","b":"army","outcomes":["exception:ACE","license_required"]}]},` +
		`{"body":"OFAC","outcomes":["clear"],"open":[],"cut":false,"tree":{"o":"clear"},"worlds":[],"pairs":[]}]}` + "\n"
}

func TestByHand(t *testing.T) {
	r, err := Check([]byte(smallLaw), signed(byHand()))
	if err != nil {
		t.Fatal(err)
	}
	if r.Facts != 4 || r.Entries != 9 || len(r.Bodies) != 2 || !r.Bodies[0].Complete || !r.Bodies[1].Complete || r.Day != "2026-09-24" {
		t.Errorf("report %+v", r)
	}
}

func TestEveryByteCounts(t *testing.T) {
	proof := signed(byHand())
	for i := range proof {
		for _, flip := range []byte{1, 0x20, 0x80} {
			bad := slices.Clone(proof)
			bad[i] ^= flip
			if _, err := Check([]byte(smallLaw), bad); err == nil {
				t.Fatalf("byte %d flipped by %x: accepted", i, flip)
			}
		}
	}
	for _, bad := range []string{"", "\n", string(proof) + "\n", string(proof[:len(proof)-1])} {
		if _, err := Check([]byte(smallLaw), []byte(bad)); err == nil {
			t.Errorf("accepted %.20q…", bad)
		}
	}
}

// Forgeries with a digest that fits.
func TestForgeries(t *testing.T) {
	kindPair := `,{"term":"kind","set":[["to","RU"]],"a":"company","b":"army","outcomes":["exception:ACE","license_required"]}`
	police := `{"v":["police","army"],"n":{"o":"license_required"}}`
	for _, f := range []struct {
		name, says string
		change     []string
	}{
		{"wrong value", "gives paragraph b.x the value U", []string{`["b.x","U"]`, `["b.x","F"]`}},
		{"values swapped", "paragraph g", []string{`["g","T"],["b","U"]`, `["b","U"],["g","T"]`}},
		{"stayed paragraph holds", "paragraph off", []string{`["off","F"]`, `["off","T"]`}},
		{"missing outcome", "on the leaves stand", []string{`["license_required","exception:ACE","NLR"],"open"`, `["exception:ACE","NLR"],"open"`}},
		{"missing outcome and world", "on the leaves stand", []string{`["license_required","exception:ACE","NLR"],"open"`, `["exception:ACE","NLR"],"open"`, `{"set":[],"outcome":"license_required"},`, ``}},
		{"impossible outcome", "on the leaves stand", []string{`"exception:ACE","NLR"],"open"`, `"exception:ACE","NLR","prohibited"],"open"`}},
		{"outcome without world", "worlds show", []string{`,{"set":[["to","FR"]],"outcome":"NLR"}`, ``}},
		{"wrong world", "gives NLR", []string{`{"set":[["kind","company"]],"outcome":"exception:ACE"}`, `{"set":[["to","DE"]],"outcome":"exception:ACE"}`}},
		{"open fact without pair", "pairs show [to]", []string{kindPair, ``}},
		{"pair without open fact", "open are [to],", []string{`"open":["to","kind"]`, `"open":["to"]`}},
		{"known fact open", "pairs show", []string{`"open":["to","kind"]`, `"open":["to","kind","share"]`}},
		{"idle pair", "the pair of to gives [NLR NLR]", []string{`"a":"RU","b":"DE","outcomes":["license_required","NLR"]`, `"a":"FR","b":"DE","outcomes":["NLR","NLR"]`}},
		{"wrong pair", "the proof says", []string{`"outcomes":["license_required","NLR"]`, `"outcomes":["NLR","license_required"]`}},
		{"invented value", "cannot be \"bank\"", []string{`"a":"company"`, `"a":"bank"`}},
		{"tree skips a branch", "on kind has not every value exactly once", []string{police + `,`, ``}},
		{"tree skips a value", "on kind has not every value exactly once", []string{`["police","army"],"n"`, `["police"],"n"`}},
		{"tree has a value twice", "on to has not every value exactly once", []string{`["DE","FR"],"n"`, `["DE","FR","FR"],"n"`}},
		{"tree hides a value", "cannot be \"RU\"", []string{`["police","army"],"n"`, `["police","RU"],"n"`}},
		{"wrong leaf", "a leaf of the tree says NLR", []string{`"n":{"o":"license_required"}`, `"n":{"o":"NLR"}`}},
		{"value under the wrong leaf", "a leaf of the tree says NLR", []string{`["DE","FR"],"n"`, `["DE","CN"],"n"`, `["CN","RU"],"n"`, `["FR","RU"],"n"`}},
		{"possible case called impossible", "no tie forbids", []string{`"n":{"o":"license_required"}`, `"n":{"o":"impossible"}`}},
		{"split on a known fact", "known already", []string{`{"o":"clear"}`, `{"t":"share","c":[{"v":["0"],"n":{"o":"clear"}}]}`}},
		{"split on a rule", "no such value", []string{`{"o":"clear"}`, `{"t":"official","c":[{"v":["true","false"],"n":{"o":"clear"}}]}`}},
		{"empty split", "not every value", []string{`{"o":"clear"}`, `{"t":"swift","c":[{"v":[],"n":{"o":"clear"}}]}`}},
		{"tree with a hole", "an empty node", []string{`"n":{"o":"license_required"}`, `"n":null`}},
		{"fact removed", "gives paragraph o.2 the value U", []string{`,["share","10"]`, ``}},
		{"idle fact removed", "leaves", []string{`,["swift","false"]`, ``}},
		{"fact added", "known already", []string{`["share","10"]]`, `["share","10"],["swift","true"]]`, `["w","U"]`, `["w","T"]`}},
		{"fact twice", "known already", []string{`["share","10"]`, `["share","10"],["share","10"]`}},
		{"fact against the ties", "stand together", []string{`["share","10"]]`, `["share","10"],["tagged","true"]]`, `[["tagged","false"]]`, `[]`}},
		{"consequence left out", "what follows", []string{`[["tagged","false"]]`, `[]`}},
		{"consequence invented", "what follows", []string{`[["tagged","false"]]`, `[["swift","true"],["tagged","false"]]`}},
		{"negative number", "no such value", []string{`["share","10"]`, `["share","-1"]`}},
		{"exponent", "no such value", []string{`["share","10"]`, `["share","1e1"]`}},
		{"unknown term", "no such value", []string{`["share","10"]`, `["shares","10"]`}},
		{"base not complete", "unknown", []string{`["swift","false"],["to","CN"]`, `["to","CN"]`}},
		{"world changes a fact", "which is a fact", []string{`"set":[["to","FR"]]`, `"set":[["item","EAR99"]]`}},
		{"another edition", "is of edition", []string{digest([]byte(smallLaw)), strings.Repeat("0", 64)}},
		{"another day", "is of day", []string{`"2026-09-24"`, `"2026-09-25"`}},
		{"body left out", "says nothing of some", []string{`,{"body":"OFAC","outcomes":["clear"],"open":[],"cut":false,"tree":{"o":"clear"},"worlds":[],"pairs":[]}`, ``}},
		{"unknown body", "nothing of OFAC", []string{`"body":"OFAC"`, `"body":"EU"`}},
		{"unknown field", "unknown field", []string{`"cut":false,"tree":{"o":"clear"}`, `"cut":false,"sure":true,"tree":{"o":"clear"}`}},
		{"two objects", "one object", []string{"}]}\n", "}]}{}\n"}},
	} {
		bad := byHand()
		for i := 0; i < len(f.change); i += 2 {
			if !strings.Contains(bad, f.change[i]) {
				t.Fatalf("%s: nothing to change: %s", f.name, f.change[i])
			}
			bad = strings.Replace(bad, f.change[i], f.change[i+1], 1)
		}
		_, err := Check([]byte(smallLaw), signed(bad))
		if err == nil {
			t.Errorf("%s: accepted", f.name)
		} else if !strings.Contains(err.Error(), f.says) {
			t.Errorf("%s: rejected, but says %q", f.name, err)
		}
	}
}

// What is proved less is said: a decided outcome needs no tree, an open one does.
func TestComplete(t *testing.T) {
	decided := strings.Replace(byHand(), `"tree":{"o":"clear"},`, ``, 1)
	if r, err := Check([]byte(smallLaw), signed(decided)); err != nil || !r.Bodies[1].Complete {
		t.Errorf("%+v, %v", r, err)
	}
	before, rest, _ := strings.Cut(byHand(), `"tree":{"t"`)
	_, after, _ := strings.Cut(rest, `"base"`)
	after = `"base"` + after
	r, err := Check([]byte(smallLaw), signed(before+after))
	if err != nil || r.Bodies[0].Complete || !r.Bodies[1].Complete {
		t.Errorf("%+v, %v", r, err)
	}
	short := strings.Replace(before+after, `"cut":false`, `"cut":true`, 1)
	short = strings.Replace(short, `,{"set":[["to","FR"]],"outcome":"NLR"}`, ``, 1)
	if r, err := Check([]byte(smallLaw), signed(short)); err != nil || r.Bodies[0].Complete {
		t.Errorf("cut short: %+v, %v", r, err)
	}
	beyond := strings.Replace(short, `"exception:ACE","NLR"],"open"`, `"exception:ACE","NLR","prohibited"],"open"`, 1)
	missing := strings.Replace(short, `["license_required","exception:ACE","NLR"],"open"`, `["exception:ACE","NLR"],"open"`, 1)
	empty := strings.Replace(decided, `"outcomes":["clear"]`, `"outcomes":[]`, 1)
	guess := strings.Replace(decided, `"outcomes":["clear"]`, `"outcomes":["prohibited"]`, 1)
	for _, bad := range []string{empty, guess, beyond, missing} {
		if _, err := Check([]byte(smallLaw), signed(bad)); err == nil {
			t.Errorf("accepted %s", bad)
		}
	}
}

// A world that breaks a tie, a case that a tie forbids, number intervals.
func TestTies(t *testing.T) {
	const (
		head = `"facts":[["carved","true"],["item","4D004"],["kind","army"],["swift","true"],["to","CN"]],"follows":[],` +
			`"values":[["o.1","T"],["o.2","U"],["r","F"],["g","T"],["b","T"],["b.x","F"],["off","F"],["s","U"],["w","T"]],` +
			`"bodies":[{"body":"EAR","outcomes":["NLR"],"open":[],"cut":false,"tree":{"o":"NLR"},"worlds":[],"pairs":[]},`
		leaf = `{"t":"share","c":[{"v":["0","0.5"],"n":{"o":"clear"}},{"v":["25.5"],"n":{"o":"prohibited"}},{"v":["50"],"n":{"o":"prohibited"}}]}`
		good = `{"t":"share","c":[{"v":["0"],"n":{"o":"clear"}},{"v":["25.5","50"],"n":{"o":"prohibited"}}]}`
		tail = `"base":[["listed","true"],["share","80"],["tagged","false"]],` +
			`"worlds":[{"set":[],"outcome":"prohibited"},{"set":[["listed","false"]],"outcome":"clear"}],` +
			`"pairs":[{"term":"listed","set":[],"a":"true","b":"false","outcomes":["prohibited","clear"]},{"term":"share","set":[],"a":"1","b":"26","outcomes":["clear","prohibited"]}]}]}` + "\n"
	)
	write := func(split, tail string) []byte {
		tree := `{"t":"tagged","c":[{"v":["true"],"n":{"o":"impossible"}},{"v":["false"],"n":{"t":"listed","c":[{"v":["false"],"n":{"o":"clear"}},{"v":["true"],"n":` + split + `}]}}]}`
		return signed(`{"edition":"` + digest([]byte(smallLaw)) + `","day":"2026-09-24",` + head + `{"body":"OFAC","outcomes":["clear","prohibited"],"open":["listed","share"],"cut":false,"tree":` + tree + `,` + tail)
	}
	if r, err := Check([]byte(smallLaw), write(good, tail)); err != nil || !r.Bodies[1].Complete {
		t.Errorf("rejected: %v, %+v", err, r)
	}
	for name, bad := range map[string][]byte{
		"a sample twice in one interval": write(leaf, tail),
		"an interval left out":           write(strings.Replace(good, `"25.5","50"`, `"50"`, 1), tail),
		"a world breaks a tie":           write(good, strings.Replace(tail, `{"set":[],"outcome":"prohibited"}`, `{"set":[["tagged","true"]],"outcome":"prohibited"}`, 1)),
		"a pair breaks a tie":            write(good, strings.Replace(tail, `"pairs":[`, `"pairs":[{"term":"tagged","set":[["share","1"]],"a":"true","b":"false","outcomes":["prohibited","clear"]},`, 1)),
	} {
		if _, err := Check([]byte(smallLaw), bad); err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(name, "tie") != strings.Contains(err.Error(), "breaks a tie") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Editions that cannot be read are refused, without a panic or a hang.
func TestBadEditions(t *testing.T) {
	deep := strings.Repeat(`["not",`, 11000) + `["always"]` + strings.Repeat(`]`, 11000)
	for _, change := range [][2]string{
		{`["always"],"unless":[]},{"id":"b"`, deep + `,"unless":[]},{"id":"b"`},
		{`["always"],"unless":[]},{"id":"b"`, `["never"],"unless":[]},{"id":"b"`},
		{`["always"],"unless":[]},{"id":"b"`, `null,"unless":[]},{"id":"b"`},
		{`["at_least","share",50]`, `["at_least","to"]`},
		{`["at_least","share",50]`, `["at_least","share","50"]`},
		{`["at_least","share",50]`, `["at_least","shares",50]`},
		{`"when":["in","to",["DE"]],"unless":[]`, `"when":["in","to",["DE"]],"unless":["b"]`},
		{`"when":["in","kind",["police","army"]]`, `"when":["holds","official"]`},
		{`"official":["any"`, `"official":["some"`},
		{`["prohibited",["holds","s"]]`, `["prohibited"]`},
		{`["clear",["always"]]`, `["clear",["not",["always"]]]`},
		{`"terms":[`, `"terms":[null,`},
		{`"bodies":[`, `"bodies":[null,`},
		{`"id":"o.2"`, `"id":"o.1"`},
		{`"id":"o.2"`, `"id":"official"`},
		{`"format":"navicert-edition/2"`, `"format":"navicert-edition/3"`},
	} {
		law := strings.Replace(smallLaw, change[0], change[1], 1)
		if law == smallLaw {
			t.Fatalf("nothing to change: %s", change[0])
		}
		proof := strings.Replace(byHand(), digest([]byte(smallLaw)), digest([]byte(law)), 1)
		_, err := Check([]byte(law), signed(proof))
		if err == nil {
			t.Errorf("%s: accepted", change[1])
		} else if testing.Verbose() {
			t.Logf("%.40s: %v", change[1], err)
		}
	}
}

// prove is the judge in short: it decides by splitting until nothing is
// unknown that matters, and writes down how.
func prove(t testing.TB, edition string, facts []pair) (proof string, report string) {
	byTerm := func(a, b pair) int { return slices.Compare(a[:], b[:]) }
	slices.SortFunc(facts, byTerm)
	l, follows := load([]byte(edition)).with(facts), []pair{}
	due, broken := l.ties()
	for ; len(due) > 0; due, broken = l.ties() {
		l, follows = l.with(due[:1]), append(follows, due[0])
	}
	slices.SortFunc(follows, byTerm)
	if broken {
		return "", ""
	}
	values := []pair{}
	for _, e := range l.Entries {
		values = append(values, pair{e.ID, "FUT"[l.holds(e.ID):][:1]})
	}
	var unknown []*term
	for _, s := range l.Terms {
		if l.at[s.Term] == "" {
			unknown = append(unknown, s)
		}
	}
	var list []any
	for body, b := range []string{"EAR", "OFAC"} {
		type world struct {
			at      map[string]string
			outcome string
		}
		var worlds []world
		var all func(l *law, i int)
		all = func(l *law, i int) {
			if i < len(unknown) {
				for _, v := range unknown[i].Values {
					all(l.with([]pair{{unknown[i].Term, v}}), i+1)
				}
			} else if _, broken := l.ties(); !broken {
				worlds = append(worlds, world{l.at, l.outcomes(body)[0]})
			}
		}
		all(l, 0)
		if len(worlds) == 0 {
			return "", ""
		}
		var split func(l *law, i int) map[string]any
		split = func(l *law, i int) map[string]any {
			if _, broken := l.ties(); broken {
				return map[string]any{"o": "impossible"}
			}
			if o := l.outcomes(body); len(o) == 1 {
				return map[string]any{"o": o[0]}
			}
			var c []any
			for _, v := range unknown[i].Values {
				next := split(l.with([]pair{{unknown[i].Term, v}}), i+1)
				c = append(c, map[string]any{"v": []string{v}, "n": next})
			}
			return map[string]any{"t": unknown[i].Term, "c": c}
		}
		set := func(w world, skip string) []pair {
			p := []pair{}
			for _, s := range unknown {
				if w.at[s.Term] != worlds[0].at[s.Term] && s.Term != skip {
					p = append(p, pair{s.Term, w.at[s.Term]})
				}
			}
			return p
		}
		outcomes, shown := []string{}, []any{}
		for _, w := range worlds {
			if !slices.Contains(outcomes, w.outcome) {
				outcomes = append(outcomes, w.outcome)
				shown = append(shown, map[string]any{"set": set(w, ""), "outcome": w.outcome})
			}
		}
		opens, pairs := []string{}, []any{}
		for _, s := range unknown {
			first := map[string]world{} // by the rest of the world
			for _, w := range worlds {
				key := ""
				for _, u := range unknown {
					if u != s {
						key += w.at[u.Term] + " "
					}
				}
				f, ok := first[key]
				if !ok {
					first[key] = w
				} else if f.outcome != w.outcome {
					opens = append(opens, s.Term)
					pairs = append(pairs, map[string]any{"term": s.Term, "set": set(w, s.Term), "a": f.at[s.Term], "b": w.at[s.Term], "outcomes": []string{f.outcome, w.outcome}})
					break
				}
			}
		}
		base := []pair{}
		for _, s := range unknown {
			base = append(base, pair{s.Term, worlds[0].at[s.Term]})
		}
		a := map[string]any{"body": b, "outcomes": outcomes, "open": opens, "cut": false, "tree": split(l, 0), "worlds": shown, "pairs": pairs, "base": base}
		list = append(list, a)
		report += fmt.Sprint(b, outcomes, opens)
	}
	out, err := json.Marshal(map[string]any{"edition": digest([]byte(edition)), "day": l.Day, "facts": append([]pair{}, facts...), "follows": append([]pair{}, follows...), "values": values, "bodies": list})
	if err != nil {
		t.Fatal(err)
	}
	return string(out) + "\n", report
}

// Every deal of a grid is proved, accepted, and rejected without one of its
// outcomes, worlds, open facts or pairs.
func TestGrid(t *testing.T) {
	choices := [][]string{
		{"carved", "", "true"},
		{"item", "", "4D004"},
		{"to", "", "CN", "DE"},
		{"kind", "", "army"},
		{"share", "", "30"},
		{"listed", "", "false", "true"},
		{"tagged", "", "true"},
		{"swift", "", "true"},
	}
	deals, forged := 0, 0
	var grid func(i int, facts []pair)
	grid = func(i int, facts []pair) {
		if i < len(choices) {
			for _, v := range choices[i][1:] {
				next := slices.Clone(facts)
				if v != "" {
					next = append(next, pair{choices[i][0], v})
				}
				grid(i+1, next)
			}
			return
		}
		proof, report := prove(t, smallLaw, facts)
		if proof == "" {
			return
		}
		r, err := Check([]byte(smallLaw), signed(proof))
		if err != nil {
			t.Fatalf("%v: %v\n%s", facts, err, proof)
		}
		got := ""
		for _, b := range r.Bodies {
			got += fmt.Sprint(b.Body, b.Outcomes, b.Open)
			if !b.Complete {
				t.Errorf("%v: %s is not complete", facts, b.Body)
			}
		}
		if got != report {
			t.Errorf("%v: %s, not %s", facts, got, report)
		}
		deals++
		if deals%5 != 0 {
			return
		}
		for b := range r.Bodies {
			for _, forge := range []func(a map[string]any) bool{
				func(a map[string]any) bool { return drop(a, "open", 0) },
				func(a map[string]any) bool { return drop(a, "pairs", -1) },
				func(a map[string]any) bool { return drop(a, "outcomes", 0) && drop(a, "worlds", 0) },
				func(a map[string]any) bool { return drop(a, "worlds", 0) && len(a["outcomes"].([]any)) > 1 },
			} {
				var p map[string]any
				json.Unmarshal([]byte(proof), &p)
				if forge(p["bodies"].([]any)[b].(map[string]any)) {
					forged++
					bad, _ := json.Marshal(p)
					if _, err := Check([]byte(smallLaw), signed(string(bad)+"\n")); err == nil {
						t.Errorf("%v: accepted a forgery %s", facts, bad)
					}
				}
			}
		}
	}
	grid(0, nil)
	t.Logf("%d deals, %d forgeries", deals, forged)
}

func drop(a map[string]any, field string, i int) bool {
	list := a[field].([]any)
	if len(list) == 0 {
		return false
	}
	if i < 0 {
		i = len(list) - 1
	}
	a[field] = slices.Delete(list, i, i+1)
	return true
}

// A tree that repeats itself for ever ends at the limit, with an error.
func TestSteps(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	var terms []string
	node := `{"o":"clear"}`
	for i := range 60 {
		name := fmt.Sprintf("t%02d", i)
		terms = append(terms, `{"term":"`+name+`","type":"yes_no","values":["false","true"]}`)
	}
	law := strings.Replace(smallLaw, `"terms":[`, `"terms":[`+strings.Join(terms, ",")+",", 1)
	var use []string
	for i := range 60 {
		use = append(use, fmt.Sprintf(`["is","t%02d"]`, i))
		node = fmt.Sprintf(`{"t":"t%02d","c":[{"v":["true","false"],"n":%s}]}`, i, node)
	}
	law = strings.Replace(law, `["is","swift"]`, `["any",`+strings.Join(use, ",")+`]`, 1)
	proof := strings.Replace(byHand(), `{"o":"clear"}`, node, 1)
	proof = strings.Replace(proof, digest([]byte(smallLaw)), digest([]byte(law)), 1)
	base := `["kind","police"],["swift","false"]`
	for i := range 60 {
		base += fmt.Sprintf(`,["t%02d","true"]`, i)
	}
	proof = strings.Replace(proof, `["kind","police"],["swift","false"]`, base, 1)
	start := time.Now()
	if _, err := Check([]byte(law), signed(proof)); err == nil || !strings.Contains(err.Error(), "steps") {
		t.Error(err)
	}
	t.Log(time.Since(start))
}

// FuzzCheck repairs the digests, so that what lies behind them is reached.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(smallLaw), []byte(byHand()))
	proof, _ := prove(f, smallLaw, []pair{{"to", "CN"}, {"item", "4D004"}})
	f.Add([]byte(smallLaw), []byte(proof))
	f.Add([]byte("{}\n"), []byte("{}\n"))
	f.Fuzz(func(t *testing.T, law, body []byte) {
		Check(law, body)
		text := strings.Replace(string(body), digest([]byte(smallLaw)), digest(law), 1)
		start := time.Now()
		if r, err := Check(law, signed(text)); (r == nil) == (err == nil) {
			t.Errorf("neither accepted nor rejected")
		}
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("took %s", d)
		}
	})
}
