package rule

import (
	"math/bits"
	"math/rand/v2"
	"testing"
)

// game plays a policy of asking on one open question and counts the expected
// number of questions until it is decided, each value weighted by its class.
type game struct {
	j          *Judge
	best, mine map[node]float64
	formed     map[[2]int]float64
}

func (g *game) outs(n node) (outs int, open []int) {
	x := &g.j.x
	x.reach(n)
	return bits.OnesCount64(x.ends), x.decisive(nil)
}

func (g *game) after(n node, f int, rest func(node) float64) float64 {
	sum, total := 0.0, 0.0
	for k, cell := range g.j.x.cells[f] {
		m := g.j.x.d.restrict(n, g.j.p.rank[f], int32(k), map[node]node{})
		if m == impossible {
			continue
		}
		total += float64(cell.len())
		sum += float64(cell.len()) * rest(m)
	}
	return 1 + sum/total
}

func (g *game) optimal(n node) float64 {
	if v, ok := g.best[n]; ok {
		return v
	}
	v := 0.0
	if outs, open := g.outs(n); outs > 1 {
		v = 1e9
		for _, f := range open {
			v = min(v, g.after(n, f, g.optimal))
		}
	}
	g.best[n] = v
	return v
}

func (g *game) ours(n node) float64 {
	if v, ok := g.mine[n]; ok {
		return v
	}
	v := 0.0
	if outs, open := g.outs(n); outs > 1 {
		g.j.x.root = n
		f, _ := g.j.Ask(open)
		v = g.after(n, f, g.ours)
	}
	g.mine[n] = v
	return v
}

// form asks every unknown fact in the order of the form until it is decided.
func (g *game) form(n node, unknown []int) float64 {
	key := [2]int{int(n), len(unknown)}
	if v, ok := g.formed[key]; ok {
		return v
	}
	v := 0.0
	if outs, _ := g.outs(n); outs > 1 {
		v = g.after(n, unknown[0], func(m node) float64 { return g.form(m, unknown[1:]) })
	}
	g.formed[key] = v
	return v
}

func TestNextQuestion(t *testing.T) {
	p := program(t, "2026-09-24")
	j := p.NewJudge()
	rng := rand.New(rand.NewPCG(3, 4))
	var may []int
	keep := map[string]bool{"item.eccn": true, "activity": true, "route.to": true}
	for f := range p.Law.facts {
		if !keep[p.Law.FactTerm(f).Name] {
			may = append(may, f)
		}
	}
	var ours, optimal, form float64
	n := 0
	for n < 150 {
		in, _, ok := partial(rng, p, may, 0.3, 1<<40)
		if !ok || j.Run(in) != nil {
			continue
		}
		a := j.Exact(0)
		if a.Decided || a.Cut || len(a.Open) > 7 {
			continue
		}
		var unknown []int
		for f, raw := range j.Input() {
			if raw == Unknown {
				unknown = append(unknown, f)
			}
		}
		g := &game{j: j, best: map[node]float64{}, mine: map[node]float64{}, formed: map[[2]int]float64{}}
		root, _ := j.whole()
		o := g.optimal(root)
		optimal += o
		form += g.form(root, unknown)
		ours += g.ours(root)
		if j.x.d.cut {
			t.Fatal("the diagram was cut")
		}
		n++
	}
	k := float64(n)
	t.Logf("expected questions until decided, %d open deals: ours %.3f, optimal %.3f, form order %.3f", n, ours/k, optimal/k, form/k)
	if ours > 1.02*optimal {
		t.Errorf("ours is %.1f %% above optimal, over 2 %%", 100*(ours/optimal-1))
	}
	if ours > form/3 {
		t.Errorf("ours is over a third of form order")
	}
}
