// Package owner finds out whether somebody is owned, 50 percent or more, by
// listed persons: alone or together, directly or through others that are
// themselves so owned. That is OFAC's 50 percent rule (31 CFR 510.411 and its
// like), and the Affiliates Rule of 15 CFR 744.11(a)(1) counts in the same way.
//
// A share that nobody states is unknown, from 0 to 100 percent. What is owned
// for certain, what may be, and what is not, are three answers.
package owner

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"navicert"
)

// Percent is a share in millionths of a percent, so that sums are exact.
type Percent int64

// The shares that decide.
const (
	Half  Percent = 50_000_000
	Whole Percent = 100_000_000
)

// String writes a share as people do: "33.5".
func (p Percent) String() string {
	s := strconv.FormatFloat(float64(p)/1e6, 'f', 6, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// Share is what somebody owns of somebody.
type Share struct {
	Owner, Owned string       // names, or IDs of listed entities
	Low, High    Percent      // the same where the share is known
	Since, Until navicert.Day // first and last day; MinDay and Forever where not stated
	Source       string       // who says so
	Where        string       // file:line of the statement
}

// Text says how much it is.
func (s *Share) Text() string { return between(s.Low, s.High) }

func between(low, high Percent) string {
	switch {
	case low == high:
		return low.String() + " %"
	case low == 0 && high == Whole:
		return "an unknown share"
	}
	return fmt.Sprintf("between %s %% and %s %%", low, high)
}

// Listed says whether an owner is itself listed.
type Listed uint8

// Possibly is an owner whose name may be a listed one's.
const (
	Not Listed = iota
	Possibly
	Certainly
)

// Graph holds shares by whom they are of. It is never changed after New.
type Graph struct {
	Title  string // what it was made from, for whoever relies on it
	key    func(string) string
	shares map[string][]*Share // by key of Owned
	base   *Graph              // what it adds to
}

// New makes shares ready to be asked about. The key of a name is the form in
// which names are the same.
func New(shares []Share, key func(string) string) *Graph {
	g := &Graph{key: key, shares: map[string][]*Share{}}
	for i := range shares {
		s := &shares[i]
		k := key(s.Owned)
		g.shares[k] = append(g.shares[k], s)
	}
	return g
}

// With is g and more shares.
func (g *Graph) With(shares []Share) *Graph {
	more := New(shares, g.key)
	more.Title, more.base = g.Title, g
	return more
}

// of gives the shares in whoever has the key.
func (g *Graph) of(k string) []*Share {
	if g.base == nil {
		return g.shares[k]
	}
	return slices.Concat(g.base.of(k), g.shares[k])
}

// Answer is what shares say of somebody on a day.
type Answer struct {
	Listed    Listed  // Certainly: 50 percent or more by listed owners; Possibly: it cannot be excluded
	Low, High Percent // of the listed owners together
	Told      Percent // of all owners on file, at least
	Path      []Step  // what proves it, the nearest first
}

// Step is one share on the way from a listed owner.
type Step struct {
	Share
	Itself bool // the owner is listed itself; else it is owned by the steps that follow
	Sure   bool // the owner is counted for certain
}

// node is somebody on the way to a listed owner.
type node struct {
	id   string
	self Listed
	in   []edge
	out  []*edge // of its shares, where they stand in their owned's in

	sure, may int // round in which it was counted, from 1; 0: it is not
	low, high Percent
	others    Percent // held at least by owners that do not count
	told      Percent // held at least by all
	shown     bool    // in a path
}

type edge struct {
	Share
	from, to *node
}

// Ask finds what is owned of somebody, known by one or more names or IDs. The
// function tells whether an owner is listed itself; it is asked once of each.
func (g *Graph) Ask(day navicert.Day, names []string, listed func(owner string) Listed) Answer {
	root := &node{}
	nodes, all := map[string]*node{}, []*node{root}
	for _, n := range names {
		if k := g.key(n); k != "" {
			nodes[k] = root // a share in itself, by whatever name, is a cycle
		}
	}
	keys := slices.Sorted(maps.Keys(nodes))
	for i := 0; i < len(all); i++ {
		n := all[i]
		if i > 0 {
			keys = []string{n.id}
		}
		for _, k := range keys {
			for _, s := range g.of(k) {
				if day < s.Since || day > s.Until {
					continue
				}
				ok := g.key(s.Owner)
				from := nodes[ok]
				if from == nil {
					from = &node{id: ok, self: listed(s.Owner)}
					nodes[ok] = from
					all = append(all, from)
				}
				n.add(s, from)
			}
		}
		for j := range n.in {
			e := &n.in[j]
			e.from.out = append(e.from.out, e)
			n.told += e.Low
		}
		n.others = n.told
	}
	count(all)
	a := Answer{Told: min(root.told, Whole)}
	a.Low, a.High = root.bounds()
	switch {
	case a.Low >= Half:
		a.Listed = Certainly
	case a.High >= Half:
		a.Listed = Possibly
	}
	a.Path = root.path(a.Listed == Certainly, nil)
	return a
}

// add joins what several spellings say of one owner: it may be the same share
// told twice, or two lots.
func (n *node) add(s *Share, from *node) {
	for i := range n.in {
		if e := &n.in[i]; e.from == from {
			e.Low, e.High = min(e.Low, s.Low), min(e.High+s.High, Whole)
			return
		}
	}
	n.in = append(n.in, edge{*s, from, n})
}

// count spreads listing along shares, round by round, until nothing is added.
// The first rounds are the shortest ways, and no cycle holds itself up.
func count(all []*node) {
	var now, next []*node
	for _, n := range all[1:] {
		if n.self != Not {
			now = append(now, n)
			n.may = 1
			if n.self == Certainly {
				n.sure = 1
			}
		}
	}
	type told struct{ sure, may bool }
	done := map[*node]told{}
	for round := 2; len(now) > 0; round++ {
		next = next[:0:0]
		for _, n := range now {
			d := done[n]
			for _, e := range n.out {
				if n.sure > 0 && !d.sure {
					e.to.low += e.Low
				}
				if n.may > 0 && !d.may {
					e.to.high += e.High
					e.to.others -= e.Low
				}
			}
			done[n] = told{n.sure > 0, n.may > 0}
		}
		for _, n := range now {
			for _, e := range n.out {
				o := e.to
				if o == all[0] { // who is asked about is never its own owner
					continue
				}
				low, high := o.bounds()
				sure, may := o.sure == 0 && low >= Half, o.may == 0 && high >= Half
				if sure {
					o.sure = round
				}
				if may || sure && o.may == 0 {
					o.may = round
				}
				if sure || may {
					next = append(next, o)
				}
			}
		}
		now = next
	}
}

// bounds are the least and the most that counted owners hold together. Shares
// on file that come to more than the whole cannot all be right: the surplus is
// taken off the least.
func (n *node) bounds() (low, high Percent) {
	if surplus := n.told - Whole; surplus > 0 {
		return max(0, n.low-surplus), min(n.high, Whole)
	}
	return n.low, min(n.high, Whole-n.others)
}

// path tells the shares that count, nearest first, and those behind them.
func (n *node) path(sure bool, out []Step) []Step {
	if n.shown {
		return out
	}
	n.shown = true
	in := slices.Clone(n.in)
	slices.SortStableFunc(in, func(a, b edge) int { return cmp.Compare(b.High, a.High) })
	var behind []*node
	for _, e := range in {
		round, own := e.from.may, n.may
		if sure {
			round, own = e.from.sure, n.sure
		}
		if round == 0 || own > 0 && round >= own { // not by these it came to count
			continue
		}
		out = append(out, Step{Share: e.Share, Itself: e.from.self != Not, Sure: e.from.sure > 0})
		if e.from.self == Not {
			behind = append(behind, e.from)
		}
	}
	for _, b := range behind {
		out = b.path(sure, out)
	}
	return out
}
