package api

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"navicert/ftm"
)

// searching is one request to /search.
type searching struct {
	*Book
	text     *textIndex
	scope    []int
	mask     uint64 // of scope
	schema   string
	exclude  []string // schemata
	since    string
	wanted   []wanted
	and      bool   // all values of a field must hold
	schemata []bool // by number: lets an entity through
	docs     []ranked

	conditions, decoded int // so far
}

func (w *answer) search(_ *http.Request, p *params, at []string) (err error) {
	limit, offset := p.int("limit"), p.int("offset")
	limit = max(0, min(limit, maxWindow-offset))
	f := searching{
		schema: p.text("schema"), exclude: p.all("exclude_schema"), since: p.since(), and: p.text("filter_op") == "AND",
	}
	if f.Book, err = w.acquireWords(p); err != nil {
		return err
	}
	set, err := f.dataset(at[0])
	if err != nil {
		return err
	}
	if theModel().schemata[f.schema] == nil {
		return bad("Invalid schema")
	}
	f.text = f.Book.text()
	if p.given("target") {
		err = f.want("target", strconv.FormatBool(p.bool("target")))
	}
	for _, field := range []string{"countries", "topics", "datasets"} {
		for _, v := range p.all(field) {
			err = cmp.Or(err, f.want(field, v))
		}
	}
	for _, flt := range p.all("filter") {
		field, value, ok := strings.Cut(flt, ":")
		if !ok {
			return bad("Invalid filter: '%s'", short(flt))
		}
		err = cmp.Or(err, f.want(field, value))
	}
	if err != nil {
		return err
	}
	f.scope = f.Book.scope(set, p.all("include_dataset"), p.all("exclude_dataset"))
	sorts, err := knownSorts(p.all("sort"))
	if err != nil {
		return err
	}
	if err := f.run(p.text("q"), p.bool("fuzzy"), p.bool("simple")); err != nil {
		return err
	}
	if err := f.sort(sorts); err != nil {
		return err
	}
	out := append(w.out, `{"limit":`...)
	out = appendInt(out, limit)
	out = appendInt(appendField(out, "offset"), offset)
	out = appendInt(append(out, `,"total":{"value":`...), len(f.docs))
	out = append(out, `,"relation":"eq"},"results":[`...)
	for _, d := range f.docs[min(offset, len(f.docs)):min(offset+limit, len(f.docs))] {
		out = comma(out)
		out = append(f.append(out, &f.text.docs[d.doc]), '}')
	}
	out = append(out, `],"facets":{`...)
	for _, name := range once(p.all("facets")) {
		if out, err = f.facet(appendField(out, name), name); err != nil {
			return err
		}
	}
	out = append(out, '}')
	out = f.appendLists(out, f.scope, w.asOf)
	w.out = append(out, '}')
	return nil
}

// run finds the docs.
func (f *searching) run(q string, fuzzy, simple bool) (err error) {
	t, m := f.text, theModel()
	f.schemata = make([]bool, len(m.order))
	for i, s := range m.order {
		f.schemata[i] = (f.schema == s.name || m.schemata[f.schema].matchable && m.comparable(f.schema, s.name) ||
			!m.schemata[f.schema].matchable && s.is[f.schema]) && !contains(f.exclude, s.name)
	}
	for _, i := range f.scope {
		f.mask |= 1 << i
	}
	switch {
	case strings.TrimSpace(q) == "":
		f.docs = result{all: true}.docs(t)
	case simple:
		f.docs, err = t.plain(q)
	default:
		f.docs, err = t.query(q, fuzzy, f.whose)
	}
	if err != nil {
		return err
	}
	f.docs = slices.DeleteFunc(f.docs, func(r ranked) bool { return !f.lets(&t.docs[r.doc]) })
	for _, indexed := range []bool{true, false} { // the dear ones last
		for i := range f.wanted {
			if f.wanted[i].indexed() != indexed {
				continue
			}
			if f.docs, err = f.keep(f.docs, &f.wanted[i], f.and); err != nil {
				return err
			}
		}
	}
	for i := range f.docs { // what much is known of comes first among equals
		f.docs[i].score += float32(math.Sqrt(float64(t.docs[f.docs[i].doc].values) / 2))
	}
	return nil
}

// lets tells whether a doc is in scope, of the schema, and new enough.
func (f *searching) lets(d *doc) bool {
	return d.lists&f.mask != 0 && f.schemata[d.schema] && (f.since == "" || string(d.change) > f.since)
}

// entity gives a doc as the lists in scope have it.
func (f *searching) entity(d *doc) *ftm.Entity {
	var out *ftm.Entity
	if d.link < 0 && d.lists&(d.lists-1) == 0 {
		out, _ = f.thing(d.at)
		return out
	}
	if d.link >= 0 {
		return f.hanging(d.at)[d.link]
	}
	for _, p := range f.card(d.at).places {
		if f.mask&(1<<p.list) == 0 {
			continue
		}
		if y, _ := f.thing(p); out == nil {
			out = y
		} else {
			merge(out, y)
		}
	}
	return out
}

func (f *searching) append(b []byte, d *doc) []byte {
	if d.link < 0 {
		return f.appendCard(b, f.card(d.at), f.scope)
	}
	return appendEntity(b, f.entity(d))
}
