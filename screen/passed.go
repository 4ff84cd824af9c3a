package screen

import (
	"fmt"
	"slices"

	"navicert"
	"navicert/match"
)

// passed shows whom only the firm's thresholds or stop words keep from being a
// possible hit. They have no author and no end, so what they hide is told.
func (s *finding) passed(q *match.Query, hits []Hit) {
	if s.Tuning == nil || len(s.Tuning.Thresholds)+len(s.Tuning.StopWords) == 0 {
		return
	}
	plain := Tuning{Clear: s.Tuning.Clear}
	o := s.opts
	o.Tuning = &plain
	n := 0
	for _, h := range s.lists.Search(q, &o) {
		known := func(k Hit) bool { return k.Entity.ID == h.Entity.ID }
		if h.Grade != Possible || h.Clear != nil || h.When == Later || h.When == Earlier || slices.ContainsFunc(hits, known) {
			continue
		}
		m := s.says(h.List.Source, h.Entity, h.When)
		if !s.holds(&h, m) {
			continue
		}
		if n++; n <= shownHits {
			s.out.Hits = append(s.out.Hits, navicert.ListHit{
				Party: label(s.p), Entry: h.Entity.ID, How: h.How, Note: "passed over by the firm's tuning: " + s.note(&h, m), Source: sourceOf(h.List, h.Entity),
				List: h.List.Source, Since: since(h.Entity), When: h.When.String(),
				Similarity: round(h.Similarity), Completeness: round(h.Completeness), Score: round(h.Score),
			})
		}
	}
	if n > 0 {
		s.out.Notices = append(s.out.Notices, fmt.Sprintf("%s: the firm's thresholds or stop words pass over %d possible hits that nobody has cleared, and that would hold the deal by the standard.", label(s.p), n))
	}
}
