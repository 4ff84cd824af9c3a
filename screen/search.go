// Package screen finds out who the parties of a deal are: it looks them up in
// lists as of a day, in what is known of their owners, and among addresses
// that law enforcement has published, and states what the law asks about.
//
// A hit states facts only when it is the same name, number or address, and
// nothing contradicts. What may be the same states nothing, and a person must
// settle it. No hit states nothing: that a party was not found does not make
// it clean.
package screen

import (
	"cmp"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
	"navicert/match"
	"navicert/name"
)

// Grade says how a name and an entity belong together.
type Grade uint8

// The grades. A contradicted hit is shown and does no more.
const (
	Same Grade = iota
	Possible
	Contradicted
)

// String names the grade.
func (g Grade) String() string { return [...]string{"same", "possible", "contradicted"}[g] }

// Hit is a listed entity that somebody is or may be.
type Hit struct {
	match.Hit
	List    *List
	Entity  *list.Entity
	Asked   string // the name as asked
	Listed  string // the name as listed
	Grade   Grade
	How     string // name, alias, identifier, address
	When    When
	Span    list.Span // the days between which the listing began, as far as editions show it; zero: the source says it itself
	Removed list.Span // the same of its end, where When is Earlier
	Effects []match.Effect
	Clear   *navicert.Clear // the firm's decision that it is not the entity

	lapsed   navicert.Day // the entry ran until this day, after that of its edition
	unsure   string       // why a name that is the same proves nothing
	within   string       // the name that what was asked is a part of
	crowd    bool         // very many people bear the name, and nothing else tells them apart
	numbered bool         // a number is the same
	kept     bool         // it is shown whatever its score: the name, or a number, is the same
}

// Why says why a name that is the same is only possible; empty: it is not.
func (h *Hit) Why() string {
	if h.Grade != Possible {
		return ""
	}
	return h.unsure
}

// Explain explains the hit of a query word by word.
func (h *Hit) Explain(q *match.Query) match.Explanation {
	one := *q
	if h.Asked != "" {
		one.Names = []string{h.Asked}
	}
	return h.List.index.Explain(&one, h.Hit)
}

// Options are how a search is made.
type Options struct {
	Min    float32            // of scores; 0: match.Standard
	MinOf  map[string]float32 // by source, before Min
	Limit  int                // hits of a name in a list; 0: 20
	Tuning *Tuning
	Memory int // words that a searcher remembers, where many names are looked up; see match
	Own    Searchers

	same bool // only names that are the same are looked up
}

// Searchers are one goroutine's own, with what they remember, by list; where
// there are none, shared ones are used.
type Searchers map[*List]*match.Searcher

// of gives the searcher of a list, and what to do with it afterwards.
func (o *Options) of(s *List) (*match.Searcher, func()) {
	if o.Own == nil {
		m := s.Searcher()
		return m, func() { s.Done(m) }
	}
	m := o.Own[s]
	if m == nil {
		m = searcher(s.index)
		m.Memory = o.Memory
		o.Own[s] = m
	}
	return m, func() {}
}

func (o *Options) min(source string) float32 {
	if m, ok := o.MinOf[source]; ok {
		return m
	}
	if o.Tuning != nil {
		if m, ok := o.Tuning.Thresholds[source]; ok {
			return m
		}
	}
	return cmp.Or(o.Min, match.Standard)
}

// Search looks for somebody in the lists. Each entity comes once for each
// name that was asked, and again where another list has it under the same ID:
// OFAC's SDN list and its sectoral list do. The best comes first.
func (l *Lists) Search(q *match.Query, o *Options) []Hit {
	var out []Hit
	taken := told{}
	for n := range q.Names {
		one := *q
		one.Names = q.Names[n : n+1]
		whole := len(out)
		out = l.all(&one, o, taken, out)
		out = l.pieces(&one, o, taken, whole, out)
	}
	if len(q.Names) == 0 && len(q.Documents) > 0 {
		out = l.all(q, o, taken, out)
	}
	out = l.addresses(q, o, out)
	slices.SortStableFunc(out, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Grade, b.Grade), cmp.Compare(b.Score, a.Score), strings.Compare(a.Entity.ID, b.Entity.ID))
	})
	return out
}

// all searches every edition for one name.
func (l *Lists) all(q *match.Query, o *Options, taken told, out []Hit) []Hit {
	for _, s := range l.Now {
		out = l.in(s, Then, q, o, taken, out)
	}
	for _, s := range l.Newer {
		out = l.in(s, Later, q, o, taken, out)
	}
	for _, s := range slices.Backward(l.Older) {
		out = l.in(s, Earlier, q, o, taken, out)
	}
	return out
}

// in searches one edition for one name: that of the day, a later or an earlier one.
func (l *Lists) in(s *List, of When, q *match.Query, o *Options, taken told, out []Hit) []Hit {
	if l.idle(s) {
		return out
	}
	searcher, done := o.of(s)
	defer done()
	least := o.min(s.Source)
	var folder name.Folder
	asked := ""
	if len(q.Names) > 0 {
		asked = q.Names[0]
	}
	var hits []match.Hit
	if o.same {
		for _, e := range s.same(folder.Key(asked)) {
			hits = append(hits, match.Hit{Entity: int32(e), Similarity: 1, Completeness: 1, Score: 10})
		}
	} else {
		hits = s.Whom(searcher, q, least, cmp.Or(o.Limit, 20), nil)
	}
	for _, h := range hits {
		e := s.Entity(int(h.Entity))
		if taken.all(e, asked) || l.superseded(s, e) {
			continue
		}
		hit := Hit{Hit: h, List: s, Entity: e, Asked: asked}
		l.grade(&hit, q, &folder, least)
		if hit.Grade == Possible && h.Score < least && !hit.kept || !l.dated(&hit, of) {
			continue
		}
		if hit.Grade == Possible && o.Tuning.Stops(s, searcher, q, h, least) {
			continue
		}
		if !hit.numbered { // a firm clears a name, not a number
			hit.Clear = o.Tuning.Clears(asked, e, l.Day)
		}
		taken.add(e, asked)
		out = append(out, hit)
	}
	return out
}

// Whom appends the entities of a list that a query may be, as every door asks
// for them: what the search finds, and names that are the same, whatever its
// bounds and whatever contradicts.
func (l *List) Whom(s *match.Searcher, q *match.Query, least float32, limit int, dst []match.Hit) []match.Hit {
	start := len(dst)
	dst = s.Search(q, least, limit, dst)
	var folder name.Folder
	for i, n := range q.Names {
		var all []match.Hit
		for _, e := range l.same(folder.Key(n)) {
			is := func(h match.Hit) bool { return int(h.Entity) == e }
			if slices.ContainsFunc(dst[start:], is) {
				continue
			}
			if all == nil {
				one := *q
				one.Names = q.Names[i : i+1]
				all = s.Search(&one, -1e9, 500, nil)
			}
			h := match.Hit{Entity: int32(e), Similarity: 1, Completeness: 1, Score: 10}
			if k := slices.IndexFunc(all, is); k >= 0 {
				h = all[k]
			}
			h.Asked = uint8(i)
			dst = append(dst, h)
		}
	}
	return dst
}

// told remembers entities, list by list: ID, code of the list, and what was
// asked.
type told map[[3]string]bool

func (t told) add(e *list.Entity, asked string) {
	for _, c := range codes(e) {
		t[[3]string{e.ID, c, asked}] = true
	}
}

// all tells whether every list of the entity was told.
func (t told) all(e *list.Entity, asked string) bool {
	return !slices.ContainsFunc(codes(e), func(c string) bool { return !t[[3]string{e.ID, c, asked}] })
}

// codes are the lists that an entity is on, within its source.
func codes(e *list.Entity) []string {
	if len(e.Listings) == 0 {
		return []string{""}
	}
	out := make([]string, len(e.Listings))
	for i := range e.Listings {
		out[i] = code(e.Listings[i].List)
	}
	return out
}

// dated places the listing; false: the edition of the day has the entity too,
// and says it better.
func (l *Lists) dated(h *Hit, of When) bool {
	if of == Then {
		h.When = Earlier
		later := true
		for _, li := range h.Entity.Listings {
			switch {
			case li.Since != 0 && l.Day < li.Since:
			case li.Until != 0 && l.Day > li.Until:
				later = false
				if h.List.Date <= li.Until && !l.newer(h.List, li.Until) { // it ran when the edition was made, and may have been renewed
					h.lapsed = li.Until
				}
			default:
				h.When = Then
			}
		}
		switch {
		case len(h.Entity.Listings) == 0:
			h.When = Then
		case h.When == Earlier && later:
			h.When = Later
		case h.When == Earlier && h.lapsed != 0:
			h.When = Between
		}
		if li, ok := listingOf(starterRefs()[h.Entity.ID], list.SDN); ok && h.When == Then && h.List.Date <= li.Until && li.Until < l.Day {
			h.When, h.Removed = Earlier, list.Span{After: li.Until, By: li.Until + 1}
		}
		if h.When != Later && since(h.Entity) == "" {
			if li, ok := listingOf(starterRefs()[h.Entity.ID], list.SDN); ok && l.Day >= li.Since {
				h.Span = list.Span{After: li.Since - 1, By: li.Since}
			} else {
				s, _, _ := l.stay(h)
				h.Span = s.Listed
			}
		}
		return true
	}
	for _, s := range l.Now {
		if s.Source == h.List.Source && s.Find(h.Entity.ID) >= 0 {
			return false
		}
	}
	if of == Earlier {
		s, _, _ := l.stay(h)
		h.When, h.Span, h.Removed = Earlier, s.Listed, s.Removed
		if li, ok := listingOf(starterRefs()[h.Entity.ID], list.SDN); ok && s.Listed.After < li.Since && li.Since <= s.Listed.By {
			h.Span = list.Span{After: li.Since - 1, By: li.Since}
			if s.Removed.After <= li.Until && li.Until < s.Removed.By {
				h.Removed = list.Span{After: li.Until, By: li.Until + 1}
			}
		}
		return s.Removed.By != 0 && s.Removed.By <= l.Day
	}
	h.When = Between
	for _, li := range h.Entity.Listings { // the source's own word
		if li.Since != 0 && l.Day < li.Since {
			h.When = Later
			h.Span = list.Span{After: li.Since - 1, By: li.Since}
		} else if li.Since != 0 {
			h.When = Then
			return true
		}
	}
	if h.When == Later {
		return true
	}
	if li, ok := listingOf(starterRefs()[h.Entity.ID], list.SDN); ok && strings.HasPrefix(h.List.Source, "us-") {
		switch h.Span = (list.Span{After: li.Since - 1, By: li.Since}); {
		case l.Day < li.Since:
			h.When = Later
		case li.Until != 0 && l.Day > li.Until:
			h.When = Between // it came back
		default:
			h.When = Then
		}
		return true
	}
	s, on, known := l.stay(h)
	h.Span = s.Listed
	switch {
	case on:
		h.When = Then
	case known && s.Listed.After != 0 && l.Day <= s.Listed.After:
		h.When = Later
	}
	return true
}

// newer tells whether a copy of a list is in use that was made after a day, and
// would have what was renewed then.
func (l *Lists) newer(s *List, day navicert.Day) bool {
	return s.Source == "us-bis-dpl" && slices.ContainsFunc(l.Now, func(o *List) bool { return o.Source == "us-csl" && o.Date > day })
}

// stay is how long the editions of a source show the entity on it, the stay of
// the day first.
func (l *Lists) stay(h *Hit) (out list.EntitySpan, on, known bool) {
	past, err := l.days()
	if err != nil { // then the days stay unknown
		return out, false, false
	}
	hist := past.history[h.List.Source]
	if ofac := past.history["us-ofac-sdn"]; ofac != nil && h.List.Source == "us-csl" && strings.HasPrefix(h.Entity.ID, "ofac-") {
		hist = ofac
	}
	if hist == nil {
		return out, false, false
	}
	for _, s := range hist.Entities {
		if s.ID != h.Entity.ID {
			continue
		}
		if on, known = hist.On(s.Listed, s.Removed, l.Day); on {
			return s, on, known
		}
		out = s
	}
	return out, false, known
}
