package api

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"navicert/list"
	"navicert/match"
)

// heaviest is the most that a part of a score may be made to count.
const heaviest = 10

// numberMismatch is the one screw of the contract's that this engine has.
const numberMismatch = "nm_number_mismatch"

// weighing is what a client wants to count otherwise than the engine does.
// Its zero value changes nothing.
type weighing struct {
	weights map[string]float64 // by feature; one that is not named counts once
	numbers float64            // share of the score of things whose numbers differ that is taken off
}

// weigh reads weights and config. What this engine cannot do is refused: a
// client that believes it is done would be worse off.
func (a *algorithm) weigh(body *matchBody) (w weighing, err error) {
	for _, k := range sortedKeys(body.weights) {
		if !slices.ContainsFunc(a.features(), func(f [2]string) bool { return f[0] == k }) {
			var have []string
			for _, f := range a.features() {
				have = append(have, f[0])
			}
			return w, bad("Invalid weight: %s is no part of a score of algorithm %s, which has %s; leave it out", short(k), a.name, strings.Join(have, ", "))
		}
		if v := body.weights[k]; v < 0 || v > heaviest || math.IsNaN(v) {
			return w, bad("Invalid weight of %s: %g is not between 0, which leaves it out, and %d", k, v, heaviest)
		}
	}
	w.weights = body.weights
	for _, k := range sortedKeys(body.config) {
		if k != numberMismatch || a.namesOnly {
			only := "which has none"
			if !a.namesOnly {
				only = "which has " + numberMismatch + "; names are weighed in Navicert's own way"
			}
			return w, bad("Invalid configuration parameter: %s for algorithm %s, %s; leave it out", short(k), a.name, only)
		}
		v, err := strconv.ParseFloat(body.config[k], 64)
		if err != nil || !(v >= 0 && v <= 1) {
			return w, bad("Invalid configuration parameter: %s is a number from 0 to 1, not %s", k, short(body.config[k]))
		}
		w.numbers = v
	}
	return w, nil
}

func (w *weighing) weight(feature string) float64 {
	if v, ok := w.weights[feature]; ok {
		return v
	}
	return 1
}

// apply scores hits anew.
func (w *weighing) apply(l *List, q *match.Query, hits []match.Hit) {
	if len(w.weights) == 0 && w.numbers == 0 {
		return
	}
	s := l.Searcher()
	defer l.Done(s)
	for i := range hits {
		h := &hits[i]
		if len(w.weights) > 0 {
			x := s.Explain(q, *h)
			names, rest := float64(h.Score), 0.0
			for _, e := range x.Other {
				names -= float64(e.Effect)
				rest += float64(e.Effect) * w.weight(featureOf(e.What))
			}
			h.Score = float32(names*w.weight("name_match") + rest)
		}
		if w.numbers > 0 && l.numbersDiffer(q, h) {
			h.Score = rawOf(wireScore(h.Score) * (1 - w.numbers))
		}
	}
}

// numbersDiffer tells whether a thing is asked for by a name with a number that
// the listed name has not: OCEAN STAR 2 is not OCEAN STAR 3.
func (l *List) numbersDiffer(q *match.Query, h *match.Hit) bool {
	e := l.Entity(int(h.Entity))
	if e.Kind == list.KindPerson || e.Kind == list.KindOrganization || h.ByDocument || int(h.Asked) >= len(q.Names) || int(h.Name) >= len(e.Names) {
		return false
	}
	listed := numbersOf(e.Names[h.Name].Text)
	return slices.ContainsFunc(numbersOf(q.Names[h.Asked]), func(n string) bool { return !slices.Contains(listed, n) })
}

func numbersOf(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsNumber(r) })
}

// tell adds to the parts of a score what the client's wishes did to them.
func (w *weighing) tell(l *List, q *match.Query, h *match.Hit, parts []feature) {
	for i := range parts {
		if v := w.weight(parts[i].name); v != 1 {
			parts[i].detail += fmt.Sprintf("; it counts %g times, as asked", v)
			if parts[i].name != "name_match" { // whose score is the similarity
				parts[i].score = parts[i].score*v + 0 // no -0
			}
		}
	}
	if w.numbers > 0 && l.numbersDiffer(q, h) {
		parts[0].detail += fmt.Sprintf("; the numbers differ, which takes %g of the score off, as asked", w.numbers)
	}
}
