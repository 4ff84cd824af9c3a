package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"navicert"
)

// maxCases bounds the case split that a proof carries, counted as a checker
// counts: every value of a branch is a case of its own.
const maxCases = 8000

type (
	// Pair is a term with a value.
	Pair = [2]string

	proofDoc struct {
		Edition string       `json:"edition"`
		Day     navicert.Day `json:"day"`
		Facts   []Pair       `json:"facts"`
		Follows []Pair       `json:"follows"`
		Values  []Pair       `json:"values"`
		Bodies  []proofBody  `json:"bodies"`
	}
	proofBody struct {
		Body     navicert.Body `json:"body"`
		Outcomes []string      `json:"outcomes"`
		Open     []string      `json:"open"`
		Cut      bool          `json:"cut"`
		Tree     *proofTree    `json:"tree,omitempty"`
		Base     []Pair        `json:"base,omitempty"`
		Worlds   []proofWorld  `json:"worlds,omitempty"`
		Pairs    []proofPair   `json:"pairs,omitempty"`
	}
	proofTree struct {
		Outcome string        `json:"o,omitempty"`
		Term    string        `json:"t,omitempty"`
		Cases   []proofBranch `json:"c,omitempty"`
	}
	proofBranch struct {
		Values []string   `json:"v"`
		Next   *proofTree `json:"n"`
	}
	proofWorld struct {
		Set     []Pair `json:"set"`
		Outcome string `json:"outcome"`
	}
	proofPair struct {
		Term     string    `json:"term"`
		Set      []Pair    `json:"set"`
		A        string    `json:"a"`
		B        string    `json:"b"`
		Outcomes [2]string `json:"outcomes"`
	}
)

// Proof writes a proof of the decision on in, in the form of
// doc/proof-format.md. values gives the texts of number facts as they were
// stated; other facts are written from in.
func (p *Program) Proof(edition string, in Input, values map[string]string) ([]byte, error) {
	j := p.NewJudge()
	if err := j.Run(in); err != nil {
		return nil, err
	}
	l := p.Law
	doc := proofDoc{Edition: edition, Day: p.Day, Facts: []Pair{}, Follows: []Pair{}, Values: []Pair{}}
	for f := range in {
		name := l.FactTerm(f).Name
		switch {
		case in[f] != Unknown:
			text, ok := values[name]
			if !ok {
				text = l.sample(f, in[f])
			}
			doc.Facts = append(doc.Facts, Pair{name, text})
		case j.in[f] != Unknown:
			doc.Follows = append(doc.Follows, Pair{name, l.sample(f, j.in[f])})
		}
	}
	sortPairs(doc.Facts)
	sortPairs(doc.Follows)
	for _, ce := range p.entries {
		doc.Values = append(doc.Values, Pair{l.Entries[ce.entry].ID, letter(j.at(ce.gate))})
	}
	closed := slices.Clone(j.in)
	for b, body := range navicert.Bodies {
		pb, err := p.proveBody(closed, b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", body, err)
		}
		doc.Bodies = append(doc.Bodies, pb)
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	text = append(text, '\n')
	sum := sha256.Sum256(text)
	return append([]byte("navicert-proof/2 "+hex.EncodeToString(sum[:])+"\n"), text...), nil
}

func letter(v Value) string { return [...]string{True: "T", False: "F", Open: "U"}[v] }

func sortPairs(ps []Pair) { sort.Slice(ps, func(i, j int) bool { return ps[i][0] < ps[j][0] }) }

// prover builds the certificate of one body.
type prover struct {
	p     *Program
	j     *Judge // answers the question itself
	k     *Judge // tries worlds
	body  int
	cases int
}

func (p *Program) proveBody(in Input, body int) (proofBody, error) {
	pr := &prover{p: p, j: p.NewJudge(), k: p.NewJudge(), body: body}
	if err := pr.j.Run(in); err != nil {
		return proofBody{}, err
	}
	a := pr.j.Exact(body)
	var root node
	if !a.Cut && !a.Decided {
		if r, ok := pr.j.whole(); ok {
			root = r
		} else {
			pr.j.coarse(body, a)
		}
	}
	pb := proofBody{Body: navicert.Bodies[body], Outcomes: []string{}, Open: []string{}, Cut: a.Cut}
	for _, o := range a.Outcomes {
		pb.Outcomes = append(pb.Outcomes, p.Law.OutcomeName(o))
	}
	if a.Cut {
		return pb, nil
	}
	if pb.Tree = pr.tree(slices.Clone(in), 1); a.Decided {
		return pb, nil
	}
	base, err := pr.complete(in, p.Law.NewInput(), nil, none)
	if err != nil {
		return pb, err
	}
	pb.Base = pr.diff(in, base)
	for _, o := range a.Outcomes {
		path, ok := pr.j.x.path(root, leaf(o))
		if !ok {
			return pb, fmt.Errorf("no world for %s", p.Law.OutcomeName(o))
		}
		w, err := pr.complete(in, base, pr.j.x.values(path), none)
		if err != nil {
			return pb, err
		}
		pb.Worlds = append(pb.Worlds, proofWorld{pr.diff(base, w), p.Law.OutcomeName(o)})
	}
	for _, f := range a.Open {
		pp, err := pr.pair(in, base, f)
		if err != nil {
			return pb, err
		}
		pb.Open = append(pb.Open, p.Law.FactTerm(f).Name)
		pb.Pairs = append(pb.Pairs, pp)
	}
	return pb, nil
}

// tree splits cases until three-valued logic decides each, or returns nil
// when that takes too many.
func (pr *prover) tree(in Input, times int) *proofTree {
	if pr.cases += times; pr.cases > maxCases {
		return nil
	}
	k := pr.k
	copy(k.in, in) // no closure: a checker does none on the way down
	k.eval()
	for i := range pr.p.ties {
		if k.at(pr.p.ties[i].gate) == False {
			return &proofTree{Outcome: "impossible"}
		}
	}
	if o, ok := k.Outcome(pr.body); ok {
		return &proofTree{Outcome: pr.p.Law.OutcomeName(o)}
	}
	f := pr.split(in)
	t := &proofTree{Term: pr.p.Law.FactTerm(f).Name}
	for _, cell := range pr.p.cells[f] {
		in[f] = cell.first()
		n := pr.tree(in, times*cell.len())
		if n == nil {
			return nil
		}
		b := proofBranch{Next: n}
		for _, r := range cell.members() {
			b.Values = append(b.Values, pr.p.Law.sample(f, r))
		}
		t.Cases = append(t.Cases, b)
	}
	in[f] = Unknown
	return t
}

// split picks the first unknown fact, in glossary order, on which the first
// open rung or a touched tie depends.
func (pr *prover) split(in Input) int {
	for _, r := range pr.p.ladder[pr.body] {
		if pr.k.at(r.gate) == Open {
			if f, ok := pr.liveFact(r.gate, in); ok {
				return f
			}
		}
	}
	panic("an open rung without an unknown fact")
}

// liveFact follows open inputs only.
func (pr *prover) liveFact(r ref, in Input) (best int, ok bool) {
	seen := map[ref]bool{}
	var walk func(ref)
	walk = func(r ref) {
		if seen[r>>1] || pr.k.at(r) != Open {
			return
		}
		seen[r>>1] = true
		g := &pr.p.gates[r>>1]
		if g.op == opAtom {
			if f := int(g.fact); in[f] == Unknown && (!ok || f < best) {
				best, ok = f, true
			}
			return
		}
		for _, k := range pr.p.in[g.lo:g.hi] {
			walk(k)
		}
	}
	walk(r)
	return best, ok
}

// complete lays a way over in and fills in the rest, from base where the ties
// allow, so that the world is possible with each value vs of fact f.
func (pr *prover) complete(in, base Input, way []pair, f int, vs ...Raw) (Input, error) {
	w := slices.Clone(in)
	for _, p := range way {
		w[p.fact] = p.raw
	}
	for g := range w {
		if w[g] != Unknown || g == f {
			continue
		}
		try := []Raw{base[g]}
		for _, cell := range pr.p.cells[g] {
			try = append(try, cell.first())
		}
		ok := slices.ContainsFunc(try, func(r Raw) bool {
			w[g] = r
			return r != Unknown && pr.possible(w, f, vs)
		})
		if !ok {
			return nil, fmt.Errorf("a case has no complete world")
		}
	}
	return w, nil
}

// possible reports whether no tie forbids w with any of the values of f.
func (pr *prover) possible(w Input, f int, vs []Raw) bool {
	if len(vs) == 0 {
		return pr.k.Run(w) == nil && pr.tiesPossible()
	}
	was := w[f]
	defer func() { w[f] = was }()
	for _, w[f] = range vs {
		if pr.k.Run(w) != nil || !pr.tiesPossible() {
			return false
		}
	}
	return true
}

func (pr *prover) tiesPossible() bool {
	for i := range pr.p.ties {
		if pr.k.at(pr.p.ties[i].gate) == False {
			return false
		}
	}
	return true
}

func (pr *prover) diff(from, to Input) []Pair {
	out := []Pair{}
	for f := range to {
		if from[f] != to[f] {
			out = append(out, Pair{pr.p.Law.FactTerm(f).Name, pr.p.Law.sample(f, to[f])})
		}
	}
	sortPairs(out)
	return out
}
