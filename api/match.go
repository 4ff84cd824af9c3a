package api

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strings"

	"navicert"
	"navicert/match"
	"navicert/screen"
)

// filter is what an answer may hold. Its zero value lets everything through.
type filter struct {
	excludeSchema []string
	topics        []string // any of them
	since         string
	excludeIDs    map[string]bool
}

func (f *filter) lets(c *card, also map[string]bool) bool {
	if len(f.excludeSchema) > 0 && slices.Contains(f.excludeSchema, c.schema) {
		return false
	}
	if len(f.topics) > 0 && !slices.ContainsFunc(f.topics, func(t string) bool { return slices.Contains(c.topics, t) }) {
		return false
	}
	if f.since != "" && string(c.change) <= f.since {
		return false
	}
	for _, ids := range [2]map[string]bool{f.excludeIDs, also} {
		if len(ids) == 0 {
			continue
		}
		if ids[c.id] || slices.ContainsFunc(c.referents, func(r string) bool { return ids[r] }) {
			return false
		}
	}
	return true
}

// matching is one request to /match.
type matching struct {
	filter
	weighing
	*Book
	set               *Dataset
	include, exclude  []string
	limit             int
	threshold, cutoff float64
	deep              bool // the client wants to see what is below its threshold
	namesOnly         bool
	firm              *screen.Tuning // what the firm has decided; nil: nothing
	day               navicert.Day   // on which its decisions must still count
	found             []scored       // of one query
	cleared           []cleared      // of one query
	hits              []match.Hit
}

// scored is an entity found, with all the places where it stands in scope.
type scored struct {
	at
	*card
	hit   match.Hit
	score float64
	match bool // the score reaches the threshold, or the listed name stands whole in the one asked
}

func (w *answer) match(r *http.Request, p *params, at []string) error {
	m := matching{
		firm: w.s.opt.Tuning, deep: p.given("cutoff"),
		limit: p.int("limit"), threshold: p.float("threshold"),
		include: p.all("include_dataset"), exclude: p.all("exclude_dataset"),
		filter: filter{excludeSchema: p.all("exclude_schema"), topics: p.all("topics"), since: p.since(), excludeIDs: p.set("exclude_entity_ids")},
	}
	m.cutoff = min(p.float("cutoff"), m.threshold)
	in, err := w.body(r)
	if err != nil {
		return err
	}
	if m.Book, err = w.acquire(p); err != nil {
		return err
	}
	body, err := readMatch(in)
	if err != nil {
		return err
	}
	if m.set, err = m.dataset(at[0]); err != nil {
		return err
	}
	m.day = w.day()
	algo, err := algorithmOf(p.text("algorithm"))
	if err != nil {
		return err
	}
	m.namesOnly = algo.namesOnly
	if m.weighing, err = algo.weigh(body); err != nil {
		return err
	}
	switch {
	case body.beyond:
		return bad("Too many queries in one batch (limit: %d)", maxBatch)
	case len(body.queries) == 0:
		return bad("No queries provided.")
	}
	queries := make([]*asked, len(body.queries))
	for i := range body.queries { // before any is searched: one that is no query spoils the batch
		if queries[i], err = w.s.clean(&body.queries[i]); err != nil {
			return err
		}
	}
	w.out = append(w.out, `{"responses":{`...)
	for i, q := range queries {
		if i > 0 {
			w.out = append(w.out, ',')
			w.pass()
		}
		w.out = append(appendString(w.out, q.key), ':')
		w.out = m.answer(w.out, q)
		if r.Context().Err() != nil { // nobody listens any more
			return nil
		}
	}
	w.out = append(w.out, `},"limit":`...)
	w.out = appendInt(w.out, m.limit)
	scope := m.scope(m.set, m.include, m.exclude)
	w.out = m.appendLists(w.out, scope, w.asOf, m.firmly(scope)...)
	w.out = append(w.out, '}')
	w.header("X-Batch-Size", string(appendInt(nil, len(queries))))
	return nil
}

// answer searches for one query and writes what was found.
func (m *matching) answer(b []byte, q *asked) []byte {
	include, exclude := m.include, m.exclude
	if q.include != nil {
		include = q.include
	}
	if q.exclude != nil {
		exclude = append(slices.Clip(exclude), q.exclude...)
	}
	limit, threshold := m.limit, m.threshold
	if q.hasLimit {
		limit = q.limit
	}
	cutoff := m.cutoff
	if q.hasThreshold {
		threshold = q.threshold
		cutoff = min(cutoff, threshold)
	}
	scope := m.scope(m.set, include, exclude)
	m.search(q, scope, threshold, cutoff, max(20, min(10*limit, maxMatches), limit))
	matches := 0
	for i := range m.found {
		if m.found[i].match {
			matches++
		}
	}
	b = append(b, `{"status":200,"results":[`...)
	for i := range m.found[:min(limit, len(m.found))] {
		f := &m.found[i]
		b = comma(b)
		b = m.appendCard(b, f.card, scope)
		b = m.appendScore(b, q, f)
		b = append(b, '}')
	}
	b = append(b, `],"total":{"value":`...)
	b = appendInt(b, matches)
	b = append(b, `,"relation":"eq"},"query":`...)
	b = q.append(b)
	b = m.appendCleared(b)
	return append(b, '}')
}

// search fills m.found with what scores more than cutoff, best first, and
// m.cleared with what the firm has cleared.
func (m *matching) search(q *asked, scope []int, threshold, cutoff float64, candidates int) {
	m.found, m.cleared = m.found[:0], m.cleared[:0]
	if m.namesOnly {
		q.query = match.Query{Names: q.query.Names, Kind: q.query.Kind}
	}
	var also map[string]bool
	if len(q.excludeIDs) > 0 {
		also = make(map[string]bool, len(q.excludeIDs))
		for _, id := range q.excludeIDs {
			also[id] = true
		}
	}
	for _, i := range scope {
		l := m.Lists[i]
		reach, least := m.limits(l, threshold, cutoff)
		from := rawScore(least)
		if len(m.weights) > 0 { // which may lift what is below
			from, candidates = -math.MaxFloat32, maxMatches
		}
		m.hits = l.search(&q.query, from, candidates, m.hits[:0])
		m.apply(l, &q.query, m.hits)
		for _, h := range m.hits {
			f := scored{at: at{int32(i), h.Entity}, hit: h, score: wireScore(h.Score)}
			if f.score <= least && !stands(&h, reach) {
				continue
			}
			f.card = m.card(f.at)
			if q.kind.name == "CryptoWallet" && f.schema != q.kind.name {
				f.card = m.wallet(f.at, q.query.Wallets)
			}
			if f.card == nil || !theModel().comparable(q.kind.name, f.schema) || !m.lets(f.card, also) || m.settled(q, &f, reach, least, from, candidates) {
				continue
			}
			if f.match = f.score >= reach || stands(&h, reach); m.seen(&f) {
				continue
			}
			m.found = append(m.found, f)
		}
	}
	slices.SortFunc(m.found, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.hit.Score, a.hit.Score), strings.Compare(a.id, b.id))
	})
}

// stands tells a listed name that stands whole in the one asked: it is a match
// whatever its score, unless more than the standard threshold is asked for.
func stands(h *match.Hit, reach float64) bool { return h.Stands && reach <= standard }

// seen tells whether the entity has been found on another list; the better hit counts.
func (m *matching) seen(f *scored) bool {
	if len(f.places) < 2 {
		return false
	}
	for i := range m.found {
		if old := &m.found[i]; old.id == f.id {
			if f.hit.Score > old.hit.Score {
				*old = *f
			}
			return true
		}
	}
	return false
}

// appendScore writes what makes a found entity a scored one.
func (m *matching) appendScore(b []byte, q *asked, f *scored) []byte {
	b = appendFloat(appendField(b, "score"), f.score)
	parts, against := m.Lists[f.list].explain(q, f.hit)
	m.tell(m.Lists[f.list], &q.query, &f.hit, parts)
	b = append(appendField(b, "features"), '{') // the older name, which clients still read
	for _, x := range parts {
		b = appendFloat(appendField(b, x.name), x.score)
	}
	b = append(b, '}')
	b = append(appendField(b, "explanations"), '{')
	for _, x := range parts {
		b = append(appendField(b, x.name), '{')
		b = appendNullable(appendField(b, "detail"), x.detail)
		b = appendFloat(appendField(b, "score"), x.score)
		b = appendNullable(appendField(b, "query"), x.query)
		b = appendNullable(appendField(b, "candidate"), x.candidate)
		b = append(b, '}')
	}
	b = append(b, '}')
	b = appendBool(appendField(b, "match"), f.match)
	b = append(appendField(b, "navicert"), '{')
	b = appendFloat(appendField(b, "score"), float64(f.hit.Score))
	b = appendFloat(appendField(b, "similarity"), float64(f.hit.Similarity))
	b = appendFloat(appendField(b, "completeness"), float64(f.hit.Completeness))
	b = appendBool(appendField(b, "weak_name"), f.hit.Weak)
	b = appendBool(appendField(b, "contradicted"), against)
	return append(b, '}')
}

func appendNullable(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

// appendLists says which lists, of which day, were searched.
func (b *Book) appendLists(out []byte, scope []int, asOf navicert.Day, notes ...string) []byte {
	out = append(appendField(out, "navicert"), `{"as_of":`...)
	out = appendNullable(out, asOf.String())
	out = append(out, `,"lists":[`...)
	for _, i := range scope {
		out = comma(out)
		l := b.Lists[i]
		info := l.Snapshot.Info()
		out = append(out, '{')
		out = appendString(appendField(out, "dataset"), l.name)
		out = appendString(appendField(out, "date"), info.Date.String())
		out = appendString(appendField(out, "version"), l.version)
		out = appendString(appendField(out, "hash"), info.Hash)
		out = appendInt(appendField(out, "entities"), info.Entities)
		out = append(out, '}')
	}
	out = append(out, ']')
	if notes = append(slices.Clip(b.notes), notes...); len(notes) > 0 {
		out = appendStrings(appendField(out, "notes"), notes)
	}
	return append(out, '}')
}
