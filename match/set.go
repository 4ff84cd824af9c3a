package match

import (
	"cmp"
	"slices"

	"navicert/list"
)

// Set is several lists searched together.
type Set struct {
	Parts []Part
	Tuning
}

// Part is one list of a set.
type Part struct {
	Index *Index
	Min   float32 // threshold of this list; 0: the search's own
}

// Source is the key of the part's list.
func (p *Part) Source() string {
	if p.Index.snap == nil {
		return ""
	}
	return p.Index.snap.Info().Source
}

// SetHit is an entity of one of the lists.
type SetHit struct {
	Hit
	Part int   // number of the list
	Pass *Pass // the firm's own exception that covers it, if any
	id   uint64
}

// Snapshot is the list that was searched.
func (x *Index) Snapshot() *list.Snapshot { return x.snap }

// SetSearcher searches a set. It is for one goroutine at a time.
type SetSearcher struct {
	set  *Set
	subs []*Searcher
	hits []Hit
	out  []SetHit
	q    Query
}

// Searcher returns a new searcher of the set.
func (s *Set) Searcher() *SetSearcher {
	out := &SetSearcher{set: s}
	for i := range s.Parts {
		out.subs = append(out.subs, s.Parts[i].Index.Searcher())
	}
	return out
}

// Search appends to dst what the lists hold, the best first, at most limit. An
// entity that several lists know under one ID comes once, with its best hit.
// What a firm has passed is still found, and says so.
func (s *SetSearcher) Search(q *Query, least float32, limit int, dst []SetHit) []SetHit {
	s.out = s.out[:0]
	q = s.set.stopped(q, s)
	for i := range s.set.Parts {
		p := &s.set.Parts[i]
		m := least
		if p.Min > 0 {
			m = p.Min
		}
		s.hits = s.subs[i].Search(q, m, limit, s.hits[:0])
		for _, h := range s.hits {
			s.out = append(s.out, SetHit{Hit: h, Part: i, id: p.Index.ids[h.Entity]})
		}
	}
	slices.SortStableFunc(s.out, func(a, b SetHit) int { return cmp.Compare(b.Score, a.Score) })
	start := len(dst)
	for i := range s.out {
		if len(dst)-start == limit {
			break
		}
		h := &s.out[i]
		if slices.ContainsFunc(dst[start:], func(o SetHit) bool { return o.id == h.id }) {
			continue
		}
		h.Pass = s.set.pass(q, h.id)
		dst = append(dst, *h)
	}
	return dst
}
