package api

import (
	"strings"

	"navicert/match"
	"navicert/screen"
)

// atOnce is how many names of a query the engine compares in one search.
const atOnce = 16

// search appends the entities of l that q may be. A query of very many names
// is several searches; the best hit of an entity counts.
func (l *List) search(q *match.Query, least float32, limit int, dst []match.Hit) []match.Hit {
	s := l.Searcher()
	defer l.Done(s)
	if len(q.Names) <= atOnce {
		return l.Whom(s, q, least, limit, dst)
	}
	part := *q
	start := len(dst)
	var more []match.Hit
	for n := 0; n < len(q.Names); n += atOnce {
		part.Names = q.Names[n:min(n+atOnce, len(q.Names))]
		more = l.Whom(s, &part, least, limit, more[:0])
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
// what else confirms or contradicts; against: it says that it is somebody else.
func (l *List) explain(q *asked, h match.Hit) (fs []feature, against bool) {
	s := l.Searcher()
	x := s.Explain(&q.query, h)
	l.Done(s)
	said := make([]string, 0, len(x.Words)+4)
	if n := q.within(int(h.Asked)); n != "" {
		said = append(said, "it stands within the name '"+n+"'")
	}
	for _, w := range x.Words {
		said = append(said, w.Says)
	}
	if h.Stands && h.Score < alert {
		said = append(said, "the listed name stands whole in it, which counts whatever the score")
	}
	if h.Weak {
		said = append(said, "the list calls this name weak")
	}
	if h.Cut {
		said = append(said, "the query is longer than what is compared: only its beginning was")
	}
	fs = append(make([]feature, 0, 4), feature{
		name: "name_match", score: float64(h.Similarity), query: x.Asked, candidate: x.Listed, detail: strings.Join(said, "; "),
	})
	for _, e := range x.Other {
		against = against || screen.Contradicts(&e)
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
	return fs, against && !screen.Numbered(&q.query, l.Entity(int(h.Entity)))
}

// featureOf is the name of a feature by what the engine calls it.
func featureOf(what string) string { return strings.ReplaceAll(what, " ", "_") }
