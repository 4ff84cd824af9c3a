package api

import (
	"slices"

	"navicert"
	"navicert/match"
	"navicert/screen"
)

// cleared is an entity that a query may be by its name, and that the firm has
// decided it is not.
type cleared struct {
	id, caption string
	score       float64
	*navicert.Clear
}

// limits are the threshold and the cutoff of a list. The firm's own threshold
// counts before the client's, as it does in a deal; below it only who asks for
// a cutoff sees anything.
func (m *matching) limits(l *List, threshold, cutoff float64) (reach, least float64) {
	if m.firm == nil {
		return threshold, cutoff
	}
	raw, ok := m.firm.Thresholds[l.Source]
	switch own := wireScore(raw); {
	case !ok:
		return threshold, cutoff
	case m.deep:
		return own, min(cutoff, own)
	default:
		return own, own - 1e-9 // what scores as much counts
	}
}

// settled tells whether the firm's decisions take a find away. A name that was
// cleared is told; what another name of the query finds, or a number, stands.
func (m *matching) settled(q *asked, f *scored, reach, least float64, from float32, candidates int) bool {
	if m.firm == nil {
		return false
	}
	l := m.Lists[f.list]
	if len(m.firm.StopWords) > 0 {
		s := l.Searcher()
		stopped := m.firm.Stops(l.List, s, &q.query, f.hit, from)
		l.Done(s)
		if stopped {
			return true
		}
	}
	if len(m.firm.Clear) == 0 {
		return false
	}
	e := l.Entity(int(f.entity))
	var clear *navicert.Clear
	rest, left := q.query, []int{}
	rest.Names = nil
	holds := map[string]bool{} // names with a part that was cleared
	for i, n := range q.query.Names {
		c := m.firm.Clears(n, e, m.day)
		if w := q.within(i); w != "" {
			if holds[w] = holds[w] || c != nil; c == nil {
				c = m.firm.Clears(w, e, m.day)
			}
		}
		switch {
		case c == nil:
			rest.Names, left = append(rest.Names, n), append(left, i)
		case clear == nil || i == int(f.hit.Asked):
			clear = c
		}
	}
	if clear == nil || screen.Numbered(&q.query, e) {
		return false
	}
	if len(left) > 0 {
		hits := l.search(&rest, from, candidates, nil)
		m.apply(l, &rest, hits)
		if i := slices.IndexFunc(hits, func(h match.Hit) bool {
			return h.Entity == f.entity && (wireScore(h.Score) > least || stands(&h, reach) && !holds[rest.Names[h.Asked]])
		}); i >= 0 {
			f.hit = hits[i]
			f.hit.Asked = uint8(left[f.hit.Asked])
			f.score = wireScore(f.hit.Score)
			return false
		}
	}
	if !slices.ContainsFunc(m.cleared, func(c cleared) bool { return c.id == f.id && c.Clear == clear }) {
		m.cleared = append(m.cleared, cleared{f.id, e.Names[0].Text, f.score, clear})
	}
	return true
}

// appendCleared tells what the firm has cleared, and who did.
func (m *matching) appendCleared(b []byte) []byte {
	if len(m.cleared) == 0 {
		return b
	}
	b = append(b, `,"navicert":{"cleared":[`...)
	for _, c := range m.cleared {
		b = append(comma(b), '{')
		b = appendFloat(appendField(b, "score"), c.score)
		for _, kv := range [][2]string{
			{"id", c.id}, {"caption", c.caption}, {"name", c.Name}, {"reason", c.Reason}, {"by", c.By}, {"on", c.On.String()}, {"expires", c.Expires.String()},
		} {
			b = appendString(appendField(b, kv[0]), kv[1])
		}
		b = append(b, '}')
	}
	return append(b, "]}"...)
}

// firmly says in words that the firm's decisions were used.
func (m *matching) firmly(scope []int) (notes []string) {
	if m.firm == nil {
		return nil
	}
	var sources []string
	for _, i := range scope {
		sources = append(sources, m.Lists[i].Source)
	}
	notes = append(notes, m.firm.Title)
	if n := m.firm.Raised(sources); n != "" {
		notes = append(notes, n)
	}
	return notes
}
