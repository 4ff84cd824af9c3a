package main

import (
	"cmp"
	"slices"

	"github.com/moov-io/watchman/pkg/search"

	"navicert/list"
	"navicert/match/eval"
)

// watchman scores a query against every entity, as its own search does, with
// its public packages alone and its default settings.
type watchman struct {
	entities []search.Entity[search.Value]
	ids      []string
}

func newWatchman(es []*list.Entity) *watchman {
	w := &watchman{}
	for _, e := range es {
		names := make([]string, len(e.Names))
		for i := range e.Names {
			names[i] = e.Names[i].Text
		}
		if len(names) == 0 {
			continue
		}
		w.ids = append(w.ids, e.ID)
		w.entities = append(w.entities, prepared(e.Kind, names, search.SourceUSOFAC))
	}
	return w
}

// prepared is what watchman compares: an entity of its own type, normalized.
func prepared(kind list.Kind, names []string, source search.SourceList) search.Entity[search.Value] {
	e := search.Entity[search.Value]{Name: names[0], Source: source}
	switch kind {
	case list.KindPerson:
		e.Type, e.Person = search.EntityPerson, &search.Person{Name: names[0], AltNames: names[1:]}
	case list.KindVessel:
		e.Type, e.Vessel = search.EntityVessel, &search.Vessel{Name: names[0], AltNames: names[1:]}
	case list.KindAircraft:
		e.Type, e.Aircraft = search.EntityAircraft, &search.Aircraft{Name: names[0], AltNames: names[1:]}
	default:
		e.Type, e.Business = search.EntityBusiness, &search.Business{Name: names[0], AltNames: names[1:]}
	}
	return e.Normalize()
}

// Search implements eval.Engine.
func (w *watchman) Search(q *eval.Query, limit int, dst []eval.Result) []eval.Result {
	e := prepared(eval.KindOf(q.Type), []string{q.Text}, search.SourceAPIRequest)
	for i := range w.entities {
		if s := search.Similarity(e, w.entities[i]); s > 0 {
			dst = append(dst, eval.Result{ID: w.ids[i], Score: s})
		}
	}
	slices.SortStableFunc(dst, func(a, b eval.Result) int { return cmp.Compare(b.Score, a.Score) })
	return dst[:min(len(dst), limit)]
}
