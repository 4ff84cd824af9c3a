package api

import (
	"strings"

	"navicert/match"
)

// atOnce is how many names of a query the engine compares in one search.
const atOnce = 16

// searcher takes a searcher of the list, to be put back into its pool.
func (l *List) searcher() *match.Searcher {
	if s, ok := l.pool.Get().(*match.Searcher); ok {
		return s
	}
	return l.Index.Searcher()
}

// search appends the entities of l that q may be. A query of very many names
// is several searches; the best hit of an entity counts.
func (l *List) search(q *match.Query, least float32, limit int, dst []match.Hit) []match.Hit {
	s := l.searcher()
	defer l.pool.Put(s)
	if len(q.Names) <= atOnce {
		return s.Search(q, least, limit, dst)
	}
	part := *q
	start := len(dst)
	var more []match.Hit
	for n := 0; n < len(q.Names); n += atOnce {
		part.Names = q.Names[n:min(n+atOnce, len(q.Names))]
		more = s.Search(&part, least, limit, more[:0])
	next:
		for _, h := range more {
			h.Asked += uint8(n)
			for i := range dst[start:] {
				if old := &dst[start+i]; old.Entity == h.Entity {
					if h.Score > old.Score {
						*old = h
					}
					continue next
				}
			}
			dst = append(dst, h)
		}
	}
	return dst
}

// feature is one part of a score, told.
type feature struct {
	name, detail     string
	score            float64
	query, candidate string
}

// explain tells what a hit's score is made of: the names, word by word, and
// what else confirms or contradicts.
func (l *List) explain(q *match.Query, h match.Hit) []feature {
	s := l.searcher()
	x := s.Explain(q, h)
	l.pool.Put(s)
	said := make([]string, 0, len(x.Words)+2)
	for _, w := range x.Words {
		said = append(said, w.Says)
	}
	if h.Weak {
		said = append(said, "the list calls this name weak")
	}
	if h.Cut {
		said = append(said, "the query is longer than what is compared: only its beginning was")
	}
	fs := append(make([]feature, 0, 4), feature{
		name: "name_match", score: float64(h.Similarity), query: x.Asked, candidate: x.Listed, detail: strings.Join(said, "; "),
	})
	for _, e := range x.Other {
		name := featureOf(e.What)
		for i := range fs {
			if fs[i].name == name { // said twice: of two documents
				fs[i].detail += "; " + e.Says
				fs[i].score += float64(e.Effect)
				name = ""
			}
		}
		if name != "" {
			fs = append(fs, feature{name: name, score: float64(e.Effect), detail: e.Says})
		}
	}
	return fs
}

// featureOf is the name of a feature by what the engine calls it.
func featureOf(what string) string { return strings.ReplaceAll(what, " ", "_") }
