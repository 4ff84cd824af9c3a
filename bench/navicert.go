package main

import (
	"bytes"

	"navicert"
	"navicert/list"
	"navicert/match"
	"navicert/match/eval"
)

// engine searches as `navicert screen` does, at no threshold, so that the
// evaluation can set its own.
type engine struct {
	*match.Searcher
	ids  []string
	hits []match.Hit
}

func newEngine(es []*list.Entity) (*engine, error) {
	sections, err := match.BuildIndex(es)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	day, _ := navicert.ParseDay("2025-12-23")
	if _, err := list.Write(&file, list.Info{Source: "us-ofac-sdn", Date: day}, es, sections); err != nil {
		return nil, err
	}
	s, err := list.Load(file.Bytes())
	if err != nil {
		return nil, err
	}
	x, err := match.OpenIndex(s)
	if err != nil {
		return nil, err
	}
	e := &engine{Searcher: x.Searcher()}
	for i := range s.Len() {
		e.ids = append(e.ids, s.Entity(i).ID)
	}
	return e, nil
}

// Search implements eval.Engine.
func (e *engine) Search(q *eval.Query, limit int, dst []eval.Result) []eval.Result {
	ask := match.Query{Names: []string{q.Text}, Kind: eval.KindOf(q.Type)}
	e.hits = e.Searcher.Search(&ask, 0, limit, e.hits[:0])
	for i := range e.hits {
		h := &e.hits[i]
		dst = append(dst, eval.Result{ID: e.ids[h.Entity], Score: float64(h.Score)})
	}
	return dst
}
