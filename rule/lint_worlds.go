package rule

import (
	"fmt"
	"slices"
	"strings"

	"navicert"
)

// worlds compiles every edition of the law and decides, over all facts at
// once, what can hold.
func (k *linter) worlds() {
	pairs := map[[2]int]bool{}
	for _, day := range k.days {
		p, err := k.law.At(day)
		if err != nil {
			k.refuse(Pos{}, "compile", "%v", err)
			return
		}
		q := newWorlds(p)
		if q == nil {
			k.refuse(k.law.Implies[0].At, "ties", "on %s the implications contradict each other", day)
			return
		}
		for _, ce := range p.entries {
			if !k.looks(ce.entry) || k.done(ce.entry) {
				continue
			}
			q, ce := q, ce
			if e := &k.law.Entries[ce.entry]; !e.Operative() { // judged as if it were in force
				if q, ce, err = k.overlaid(e.ID, day); err != nil {
					k.refuse(e.At, "compile", "%v", err)
					continue
				}
			}
			t, f := q.possible(ce.gate)
			k.seen[ce.entry] = true
			k.canTrue[ce.entry] = k.canTrue[ce.entry] || t
			k.canFalse[ce.entry] = k.canFalse[ce.entry] || f
		}
		k.reviews(q, pairs)
	}
	for i := range k.law.Entries {
		e := &k.law.Entries[i]
		switch {
		case !k.seen[i] || !k.looks(i):
		case !k.canTrue[i]:
			k.refuse(e.At, "never", "%s can never hold on any day from %s to %s: its conditions, its exceptions and the implications leave no case",
				e.ID, e.Since, end(e.Until))
		case !k.canFalse[i] && e.When.Op != Always:
			k.refuse(e.At, "always", "%s holds in every case on every day from %s to %s; if that is meant, write {always: true}",
				e.ID, e.Since, end(e.Until))
		}
	}
}

// done reports that no further day can teach anything about an entry.
func (k *linter) done(i int) bool {
	return k.canTrue[i] && (k.canFalse[i] || k.law.Entries[i].When.Op == Always)
}

func (k *linter) overlaid(id string, day navicert.Day) (*worlds, compiled, error) {
	p, err := k.law.At(day, With(id))
	if err != nil {
		return nil, compiled{}, err
	}
	q := newWorlds(p)
	if q == nil {
		return nil, compiled{}, fmt.Errorf("on %s the implications contradict each other", day)
	}
	return q, p.entries[p.byID[id]], nil
}

// worlds answers what is possible when nothing is known.
type worlds struct {
	p *Program
	j *Judge // over no facts
	k *Judge // to try facts
}

// Leaves of the diagrams here: a gate holds or fails.
var holds, fails = leaf(1), leaf(0)

// newWorlds returns nil when the implications alone contradict each other.
func newWorlds(p *Program) *worlds {
	q := &worlds{p: p, j: p.NewJudge(), k: p.NewJudge()}
	if q.j.Run(p.Law.NewInput()) != nil {
		return nil
	}
	return q
}

// root returns the diagram that tells whether all gates hold, with impossible
// worlds marked.
func (j *Judge) root(rs ...ref) node {
	j.prepare()
	j.x.whole = true
	for _, r := range rs {
		j.want(r)
	}
	j.bind()
	j.x.d.reset(Limit)
	j.x.settle(false)
	all := always
	for _, r := range rs {
		all = j.x.d.both(j.node(r), all)
	}
	return j.constrain(j.x.d.choose(all, choice{holds, 0}, fails))
}

// possible reports whether a gate is true in some possible world, and whether
// it is false in some. What is too large to decide counts as possible.
func (q *worlds) possible(r ref) (canBeTrue, canBeFalse bool) {
	n := q.j.root(r)
	if q.j.x.d.cut {
		return true, true
	}
	q.j.x.reach(n)
	return q.j.x.ends>>(holds>>1)&1 == 1, q.j.x.ends>>(fails>>1)&1 == 1
}

// witness returns facts under which every gate of rs holds, as few as will
// do; ok is false when no possible world has them, or the diagram was cut.
func (q *worlds) witness(rs ...ref) (in Input, ok bool) {
	root := q.j.root(rs...)
	if q.j.x.d.cut {
		return nil, false // the caller looks at cut
	}
	way, ok := q.j.x.path(root, holds)
	if !ok {
		return nil, false
	}
	in = q.p.Law.NewInput()
	way = q.j.x.values(slices.Clone(way))
	for _, pr := range way {
		in[pr.fact] = pr.raw
	}
	for _, pr := range way { // leave out what the gates do not need
		in[pr.fact] = Unknown
		if !q.hold(in, rs) {
			in[pr.fact] = pr.raw
		}
	}
	return in, true
}

func (q *worlds) hold(in Input, rs []ref) bool {
	if q.k.Run(in) != nil {
		return false
	}
	for _, r := range rs {
		if q.k.at(r) != True {
			return false
		}
	}
	return true
}

// deal writes facts as lines of a deal.
func (q *worlds) deal(in Input) string {
	l := q.p.Law
	var out []string
	for f, raw := range in {
		if raw != Unknown {
			out = append(out, fmt.Sprintf("    %s: %s", l.FactTerm(f).Name, l.sample(f, raw)))
		}
	}
	return strings.Join(out, "\n")
}
