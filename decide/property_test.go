package decide

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"navicert"
	"navicert/deal"
	"navicert/rule"
)

// An absent fact never helps a deal through: who knows less can only be left
// with more outcomes, never with others.

// TestForgetOneFact forgets every single fact of every worked deal.
func TestForgetOneFact(t *testing.T) {
	n := 0
	for _, c := range suiteFacts(t) {
		j := newJudge(t, c.day)
		full := j.outcomes(t, c.in)
		in := slices.Clone(c.in)
		for f, raw := range c.in {
			if raw == rule.Unknown {
				continue
			}
			in[f] = rule.Unknown
			if body, o := j.lost(full, j.outcomes(t, in)); o != "" {
				t.Errorf("%s without %s: %s can no longer be %s", c.id, j.l.FactTerm(f).Name, body, o)
			}
			in[f] = raw
			n++
		}
	}
	t.Logf("%d facts forgotten, one at a time", n)
}

// TestForgetSomeFacts forgets facts at random, and then some more, up to half
// of them. Deals are restated on the days of others, so that every edition of
// the law has its turn.
func TestForgetSomeFacts(t *testing.T) {
	facts := suiteFacts(t)
	judges := map[navicert.Day]*judge{}
	rapid.Check(t, func(r *rapid.T) {
		c := rapid.SampledFrom(facts).Draw(r, "deal")
		day := rapid.SampledFrom(facts).Draw(r, "on the day of").day
		j := judges[day]
		if j == nil {
			j = newJudge(t, day)
			judges[day] = j
		}
		was := j.outcomes(t, c.in)
		in := slices.Clone(c.in)
		order := rapid.Permutation(known(c.in)).Draw(r, "order")
		order = order[:len(order)/2]
		for len(order) > 0 {
			n := rapid.IntRange(1, len(order)).Draw(r, "forget")
			for _, f := range order[:n] {
				in[f] = rule.Unknown
			}
			order = order[n:]
			now := j.outcomes(t, in)
			if body, o := j.lost(was, now); o != "" {
				r.Fatalf("%s on %s with less: %s can no longer be %s; %v", c.id, day, body, o, j.stated(in))
			}
			was = now
		}
	})
}

// TestForgetNearlyAll leaves one fact in ten, where answers are wide and some
// are cut: even then none may lose an outcome.
func TestForgetNearlyAll(t *testing.T) {
	n := 15
	if testing.Short() {
		n = 3
	}
	facts := suiteFacts(t)
	rng := rand.New(rand.NewPCG(5, 8))
	for range n {
		c := facts[rng.IntN(len(facts))]
		j := newJudge(t, c.day)
		full := j.outcomes(t, c.in)
		in := slices.Clone(c.in)
		for _, f := range known(in) {
			if rng.IntN(10) > 0 {
				in[f] = rule.Unknown
			}
		}
		if body, o := j.lost(full, j.outcomes(t, in)); o != "" {
			t.Errorf("%s with %v alone: %s can no longer be %s", c.id, j.stated(in), body, o)
		}
	}
}

func known(in rule.Input) (out []int) {
	for f, raw := range in {
		if raw != rule.Unknown {
			out = append(out, f)
		}
	}
	return out
}

// stated spells out an input.
func (j *judge) stated(in rule.Input) (out []string) {
	for _, f := range known(in) {
		out = append(out, j.l.FactTerm(f).Name+"="+j.l.Text(f, in[f]))
	}
	return out
}

// TestForgetLine takes single lines out of the deal files themselves: an
// answer that stops the deal must not turn into one that lets it go.
func TestForgetLine(t *testing.T) {
	d := decider(t)
	every := 3
	if testing.Short() {
		every = 20
	}
	n, refused := 0, 0
	for i, c := range suite(t) {
		if i%every != 0 && c.ID != "LAZARUS-1" { // who is found by name alone
			continue
		}
		full, err := d.Decide(readDeal(t, c.ID, c.text))
		if err != nil {
			t.Fatal(err)
		}
		for text, line := range without(c.text) {
			// known: without an end user, what was attested of the screening still counts
			if line == ".parties" && (c.ID == "LAZARUS-1" || c.ID == "NAMELESS-1") {
				continue
			}
			dl, err := deal.Read(c.ID, bytes.NewReader(text), words(t))
			if err != nil {
				refused++ // a deal without a day, a group without its signature
				continue
			}
			part, err := d.Decide(dl)
			if err != nil {
				t.Fatalf("%s without %s: %v", c.ID, line, err)
			}
			n++
			for b := range navicert.Bodies {
				for _, o := range full.Cases[0].Answers[b].Outcomes {
					if !slices.Contains(part.Cases[0].Answers[b].Outcomes, o) {
						t.Errorf("%s without %s: %s was %v, is %v", c.ID, line, navicert.Bodies[b],
							full.Cases[0].Answers[b].Outcomes, part.Cases[0].Answers[b].Outcomes)
					}
				}
			}
		}
	}
	t.Logf("%d lines taken out, %d more refused by the reader", n, refused)
}

// without yields the file without each of its entries in turn.
func without(text []byte) func(func([]byte, string) bool) {
	return func(yield func([]byte, string) bool) {
		var doc yaml.Node
		if err := yaml.Unmarshal(text, &doc); err != nil {
			panic(err)
		}
		var walk func(n *yaml.Node, way string) bool
		walk = func(n *yaml.Node, way string) bool {
			step := 1
			if n.Kind == yaml.MappingNode {
				step = 2
			}
			for i := 0; n.Kind != yaml.ScalarNode && i < len(n.Content); i += step {
				here := way
				if step == 2 {
					here += "." + n.Content[i].Value
				}
				all := n.Content
				n.Content = slices.Concat(all[:i:i], all[i+step:])
				less, err := yaml.Marshal(doc.Content[0])
				n.Content = all
				if err != nil {
					panic(err)
				}
				if !yield(less, here) || !walk(n.Content[i+step-1], here) {
					return false
				}
			}
			return true
		}
		walk(doc.Content[0], "")
	}
}
