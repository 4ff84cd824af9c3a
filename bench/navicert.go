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
	snapshot *list.Snapshot
	hits     []match.Hit
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
	return &engine{Searcher: x.Searcher(), snapshot: s}, nil
}

// Search implements eval.Engine.
func (e *engine) Search(q *eval.Query, limit int, dst []eval.Result) []eval.Result {
	ask := match.Query{Names: []string{q.Text}, Kind: eval.KindOf(q.Type)}
	e.hits = e.Searcher.Search(&ask, 0, limit, e.hits[:0])
	for i := range e.hits {
		h := &e.hits[i]
		dst = append(dst, eval.Result{ID: e.snapshot.Entity(int(h.Entity)).ID, Score: float64(h.Score)})
	}
	return dst
}
