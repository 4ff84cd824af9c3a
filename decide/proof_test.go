package decide

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"navicert"
	"navicert/verify"
)

// proved is one worked deal's proof, with the law that it is checked against.
type proved struct {
	id      string
	day     navicert.Day
	edition []byte
	proof   []byte
	cases   *navicert.CaseDecision
}

func proofs(t testing.TB) (out []proved) {
	t.Helper()
	d := decider(t)
	editions := map[navicert.Day][]byte{}
	for _, c := range suite(t) {
		dl := readDeal(t, c.ID, c.text)
		dec, err := d.Decide(dl)
		if err != nil {
			t.Fatal(err)
		}
		texts, err := d.Proofs(dl)
		if err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
		if editions[dl.Day] == nil {
			p, _, err := d.Program(dl.Day)
			if err != nil {
				t.Fatal(err)
			}
			editions[dl.Day], _ = p.Edition()
		}
		for i, text := range texts {
			out = append(out, proved{c.ID, dl.Day, editions[dl.Day], text, &dec.Cases[i]})
		}
	}
	return out
}

// TestProofs has the second program check every worked deal.
func TestProofs(t *testing.T) {
	whole := 0
	for i, p := range proofs(t) {
		if testing.Short() && i%5 != 0 {
			continue
		}
		r, err := verify.Check(p.edition, p.proof)
		if err != nil {
			t.Errorf("%s: %v", p.id, err)
			continue
		}
		all := true
		for b, body := range r.Bodies {
			a := &p.cases.Answers[b]
			want, got := slices.Sorted(slices.Values(a.Outcomes)), slices.Sorted(slices.Values(body.Outcomes))
			if body.Body != string(a.Body) || !slices.Equal(want, got) {
				t.Errorf("%s: %s: proved %v, decided %v", p.id, body.Body, got, want)
			}
			if len(body.Open) != len(a.Open) {
				t.Errorf("%s: %s: %d facts proved open, %d named in the answer", p.id, body.Body, len(body.Open), len(a.Open))
			}
			all = all && body.Complete
		}
		if all {
			whole++
		}
	}
	t.Logf("%d proofs leave nothing out", whole)
}

// TestWideProofs has deals of which next to nothing is known: the answer of the
// first is cut, the others are exact, and no tree rules other outcomes out.
func TestWideProofs(t *testing.T) {
	d := decider(t)
	for _, c := range []struct {
		text string
		cut  bool
	}{
		{"day: \"2026-09-24\"\n", true},
		{"day: \"2026-09-24\"\nitems: [{name: x, eccn: \"4D004\"}]\n", false},
		{"day: \"2026-09-24\"\nactivity: export\n", false},
	} {
		dl := readDeal(t, "wide", []byte(c.text))
		dec, err := d.Decide(dl)
		if err != nil {
			t.Fatal(err)
		}
		texts, err := d.Proofs(dl)
		if err != nil {
			t.Fatal(err)
		}
		p, _, err := d.Program(dl.Day)
		if err != nil {
			t.Fatal(err)
		}
		edition, _ := p.Edition()
		r, err := verify.Check(edition, texts[0])
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		a, b := &dec.Cases[0].Answers[0], &r.Bodies[0]
		if a.Cut != c.cut || b.Complete || len(b.Outcomes) != len(a.Outcomes) || !c.cut && len(b.Open) != len(a.Open) {
			t.Errorf("%s: cut %v; decided %v by %d facts, proved %+v", c.text, a.Cut, a.Outcomes, len(a.Open), b)
		}
	}
}

// TestBrokenProofs changes one byte of a proof, at a thousand places.
func TestBrokenProofs(t *testing.T) {
	ps := proofs(t)
	rng := rand.New(rand.NewPCG(3, 14))
	for range 1000 {
		p := ps[rng.IntN(len(ps))]
		bad, at := flip(rng, p.proof)
		if _, err := verify.Check(p.edition, bad); err == nil {
			t.Errorf("%s: accepted with byte %d changed from %q to %q", p.id, at, p.proof[at], bad[at])
		}
	}
}

var quoted = regexp.MustCompile(`"[^"]*"`)

func flip(rng *rand.Rand, b []byte) ([]byte, int) {
	b = bytes.Clone(b)
	at := rng.IntN(len(b))
	b[at] ^= byte(1 + rng.IntN(255))
	return b, at
}

// TestForgedProofs changes one byte or word and puts a digest that fits above it. What
// is still accepted must be the truth about the facts that it now claims.
func TestForgedProofs(t *testing.T) {
	n := 1000
	if testing.Short() {
		n = 150
	}
	ps := proofs(t)
	l := loadLaw(t)
	rng := rand.New(rand.NewPCG(15, 92))
	accepted := 0
	for i := range n {
		p := ps[rng.IntN(len(ps))]
		_, body, _ := bytes.Cut(p.proof, []byte("\n"))
		if len(body) > 100_000 {
			continue
		}
		var at int
		if i%2 == 0 { // another printable character, or most changes would only spoil the JSON
			body, at = bytes.Clone(body), rng.IntN(len(body))
			body[at] = byte(' ' + rng.IntN(95))
		} else { // one word in the place of another
			all := quoted.FindAllIndex(body, -1)
			a, b := all[rng.IntN(len(all))], all[rng.IntN(len(all))]
			at = a[0]
			body = slices.Concat(body[:a[0]], body[b[0]:b[1]], body[a[1]:])
		}
		forged := fmt.Appendf(nil, "navicert-proof/2 %x\n%s", sha256.Sum256(body), body)
		r, err := verify.Check(p.edition, forged)
		if err != nil || bytes.Equal(forged, p.proof) {
			continue
		}
		accepted++
		var claims struct{ Facts [][2]string }
		if err := json.Unmarshal(body, &claims); err != nil {
			t.Fatal(err)
		}
		in := l.NewInput()
		for _, f := range claims.Facts {
			i, raw, err := l.Encode(f[0], f[1])
			if err != nil {
				t.Errorf("%s: byte %d: accepted with a fact that cannot be: %v", p.id, at, err)
				continue
			}
			in[i] = raw
		}
		j := newJudge(t, p.day)
		for b, os := range j.outcomes(t, in) {
			got := slices.Sorted(slices.Values(r.Bodies[b].Outcomes))
			var want []string
			for _, o := range os {
				want = append(want, l.OutcomeName(o))
			}
			if slices.Sort(want); !slices.Equal(got, want) {
				t.Errorf("%s: byte %d: accepted as %v, though the facts say %v", p.id, at, got, want)
			}
		}
	}
	t.Logf("of %d forgeries %d were accepted, as true statements about other facts", n, accepted)
}
