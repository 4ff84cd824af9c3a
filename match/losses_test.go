package match

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"navicert/match/eval"
)

func TestLosses(t *testing.T) {
	want := os.Getenv("SLICE")
	if want == "" {
		t.Skip()
	}
	es, qs := sharedData(t)
	e := newEngine(t, es)
	r := eval.Run(e, qs)
	t1 := r.Threshold(0.01)
	at := map[string]int{}
	for i, en := range es {
		at[en.ID] = i
	}
	n := 0
	for i := range qs {
		q, o := &qs[i], &r.Outcomes[i]
		neg := q.Kind == "neg"
		if want == "neg" {
			if !neg || o.Best < t1 {
				continue
			}
		} else if neg || !strings.HasPrefix(q.Slice, want) || o.Rank > 0 && o.Score > t1 {
			continue
		}
		if n++; n > 80 {
			break
		}
		fmt.Printf("%s [%s %s] best %.2f score %.2f rank %d t %.2f\n", q.Text, q.Slice, q.Strength, o.Best, o.Score, o.Rank, t1)
		if o.Top.ID != "" {
			k := at[o.Top.ID]
			e.Search(q, 10, nil)
			for _, h := range e.buf {
				if int(h.Entity) == k {
					fmt.Printf("    top  %s  %s", es[k].Names[h.Name].Text, feat(e, q, h))
				}
				for _, x := range q.Expected {
					if at[x] == int(h.Entity) && at[x] != k {
						fmt.Printf("    want %s  %s", es[at[x]].Names[h.Name].Text, feat(e, q, h))
					}
				}
			}
		}
		for _, x := range q.Expected {
			var ns []string
			for _, n := range es[at[x]].Names {
				ns = append(ns, n.Text)
			}
			fmt.Printf("    exp  %.200s\n", strings.Join(ns, " | "))
		}
	}
}

func feat(e *engine, q *eval.Query, h Hit) string {
	e.s.explain(q.Text, int(h.reading), h.row)
	a := &e.s.al
	w := &weights[0]
	if a.person {
		w = &weights[1]
	}
	out := fmt.Sprintf("[m %.1f b %.1f q %.1f r %.1f w %d", a.matched, a.bent, a.qLeft, a.rLeft, a.words)
	for i, v := range a.f {
		if c := v * w[i]; c > 0.15 || c < -0.15 {
			if i != fBase {
				out += fmt.Sprintf(" %s %.1f", featureNames[i][1:], c)
			}
		}
	}
	return out + fmt.Sprintf("] %.2f\n", h.Score)
}

func TestCeiling(t *testing.T) {
	if os.Getenv("CEIL") == "" {
		t.Skip()
	}
	es, qs := sharedData(t)
	e := newEngine(t, es)
	type c struct{ n, seen, top, above int }
	m := map[string]*c{}
	r := eval.Run(e, qs)
	t1 := r.Threshold(0.01)
	rows := 0
	for i := range qs {
		q := &qs[i]
		seen := false
		e.s.tap = func(r uint32, _ float32) {
			rows++
			for _, x := range q.Expected {
				seen = seen || es[e.s.x.rows[r].Entity].ID == x
			}
		}
		e.Search(q, 10, nil)
		if q.Kind == "neg" {
			continue
		}
		k := q.Slice + " " + q.Strength
		if m[k] == nil {
			m[k] = &c{}
		}
		m[k].n++
		if seen {
			m[k].seen++
		}
		if r.Outcomes[i].Rank > 0 {
			m[k].top++
			if r.Outcomes[i].Score > t1 {
				m[k].above++
			}
		}
	}
	for k, v := range m {
		fmt.Printf("%-26s %5d seen %.3f top10 %.3f above %.3f lost %d\n", k, v.n, float64(v.seen)/float64(v.n), float64(v.top)/float64(v.n), float64(v.above)/float64(v.n), v.n-v.above)
	}
	fmt.Println("rows per query", float64(rows)/float64(len(qs)))
}

func TestOne(t *testing.T) {
	if os.Getenv("ONE") == "" {
		t.Skip()
	}
	es, _ := sharedData(t)
	e := newEngine(t, es)
	q := &eval.Query{Text: os.Getenv("ONE"), Type: os.Getenv("TYPE")}
	e.Search(q, 6, nil)
	for _, h := range e.buf {
		fmt.Println(es[h.Entity].Names[h.Name].Text, feat(e, q, h))
		for _, w := range e.s.explain(q.Text, int(h.reading), h.row) {
			fmt.Println("   ", w.Says, w.Likeness, w.Weight)
		}
	}
	p := e.s.parser.Parse(q.Text)
	for i := range p.Readings {
		e.s.toks = p.Readings[i].Tokens
		e.s.prepare()
		for i := range e.s.units {
			u := &e.s.units[i]
			fmt.Printf("  unit %s sound %s [%d %d) kind %d best %.2f marks %x groups %v common %d\n", u.text, u.sound, u.from, u.to, u.kind, u.best, u.marks, u.groups, u.common)
		}
		e.s.clear()
	}
}
