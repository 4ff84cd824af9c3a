package api

import (
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
	filters  []fieldValue // by index
	props    []fieldValue // by decoding
	and      bool
	schemata []bool // by number: lets an entity through
	docs     []ranked
}

func (w *answer) search(_ *http.Request, p *params, at []string) (err error) {
	limit, offset := p.int("limit"), p.int("offset")
	limit = max(0, min(limit, maxWindow-offset))
	f := searching{
		schema: p.text("schema"), exclude: p.all("exclude_schema"), since: p.since(), and: p.text("filter_op") == "AND",
	}
	if p.given("target") {
		f.filters = append(f.filters, fieldValue{"target", strconv.FormatBool(p.bool("target"))})
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
	for _, field := range []string{"countries", "topics", "datasets"} {
		for _, v := range p.all(field) {
			f.filters = append(f.filters, fieldValue{field, v})
		}
	}
	for _, flt := range p.all("filter") {
		field, value, ok := strings.Cut(flt, ":")
		if !ok {
			return bad("Invalid filter: '%s'", short(flt))
		}
		f.filter(field, value)
	}
	f.scope = f.Book.scope(set, p.all("include_dataset"), p.all("exclude_dataset"))
	f.text = f.Book.text()
	sorts := p.all("sort")
	if err := knownSorts(sorts); err != nil {
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
	for i, d := range f.docs[min(offset, len(f.docs)):min(offset+limit, len(f.docs))] {
		if i > 0 {
			out = append(out, ',')
		}
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

// filter takes a condition to where it is answered.
func (f *searching) filter(field, value string) {
	switch field {
	case "countries", "topics", "genders", "datasets", "schema", "target", "id", "entity_id", "referents":
		f.filters = append(f.filters, fieldValue{field, value})
	default:
		f.props = append(f.props, fieldValue{field, value})
	}
}

// run finds the docs.
func (f *searching) run(q string, fuzzy, simple bool) error {
	t := f.text
	switch {
	case strings.TrimSpace(q) == "":
		f.docs = result{all: true}.docs(t)
	case simple:
		f.docs = t.plain(q)
	default:
		docs, fields, err := t.query(q, fuzzy)
		if err != nil {
			return err
		}
		f.docs = docs
		for _, c := range fields {
			f.filter(c.field, c.value)
		}
	}
	m := theModel()
	f.schemata = make([]bool, len(m.order))
	for i, s := range m.order {
		f.schemata[i] = (f.schema == s.name || m.schemata[f.schema].matchable && m.comparable(f.schema, s.name) ||
			!m.schemata[f.schema].matchable && s.is[f.schema]) && !contains(f.exclude, s.name)
	}
	for _, i := range f.scope {
		f.mask |= 1 << i
	}
	f.narrow()
	props := f.props
	f.props = nil // the dear ones last
	f.docs = slices.DeleteFunc(f.docs, func(r ranked) bool { return !f.lets(&t.docs[r.doc]) })
	if f.props = props; len(props) > 0 {
		if len(f.docs) > maxDecode {
			return bad("Too many entities (%d) to look for %s in each; narrow the search", len(f.docs), short(props[0].field))
		}
		f.docs = slices.DeleteFunc(f.docs, func(r ranked) bool { return !f.lets(&t.docs[r.doc]) })
	}
	for i := range f.docs { // what much is known of comes first among equals
		f.docs[i].score += float32(math.Sqrt(float64(t.docs[f.docs[i].doc].values) / 2))
	}
	return nil
}

// maxDecode is how many entities one search may read whole.
const maxDecode = 20_000

// narrow leaves the docs that have all words of a property that is asked for.
func (f *searching) narrow() {
	for _, c := range f.props {
		field := strings.TrimPrefix(c.field, "properties.")
		if theModel().links[field] || strings.HasSuffix(c.field, "_seen") || c.field == "last_change" {
			continue // its values are no words of the index
		}
		var any []ranked
		for _, o := range f.props {
			if o.field == c.field {
				any = either(any, f.text.plain(o.value))
			}
		}
		f.docs = both(f.docs, any)
	}
}

// lets tells whether a doc passes all conditions. Several of one field are one of them, or each.
func (f *searching) lets(d *doc) bool {
	if d.lists&f.mask == 0 || !f.schemata[d.schema] || f.since != "" && string(d.change) <= f.since {
		return false
	}
	if !f.holds(f.filters, func(c fieldValue) bool { return f.has(d, c) }) {
		return false
	}
	if len(f.props) == 0 {
		return true
	}
	x := f.entity(d)
	return f.holds(f.props, func(c fieldValue) bool { return holdsProperty(x, c) })
}

func (f *searching) holds(cs []fieldValue, has func(fieldValue) bool) bool {
	for i, c := range cs {
		if has(c) {
			continue
		}
		if f.and || !slices.ContainsFunc(cs, func(o fieldValue) bool { return o.field == c.field && o != cs[i] && has(o) }) {
			return false
		}
	}
	return true
}

func (f *searching) has(d *doc, c fieldValue) bool {
	switch c.field {
	case "countries":
		return contains(d.countries, strings.ToLower(c.value))
	case "topics":
		return contains(d.topics, c.value)
	case "genders":
		return contains(d.genders, c.value)
	case "schema":
		return theModel().order[d.schema].name == c.value
	case "target":
		return d.target == (c.value == "true")
	case "datasets":
		set := f.sets[c.value]
		return set != nil && slices.ContainsFunc(set.lists, func(i int) bool { return d.lists&(1<<i) != 0 })
	case "id", "entity_id":
		return f.entity(d).ID == c.value
	case "referents":
		return contains(f.entity(d).Referents, c.value)
	}
	return false
}

func holdsProperty(x *ftm.Entity, c fieldValue) bool {
	field := strings.TrimPrefix(c.field, "properties.")
	want := lettersOf(c.value)
	is := func(v ftm.Value) bool { return lettersOf(v.Text) == want }
	if typ, ok := groups[field]; ok && field == c.field {
		kind := theModel().schemata[x.Schema]
		for name, vs := range x.Properties {
			if kind != nil && kind.props[name] != nil && kind.props[name].typ == typ && slices.ContainsFunc(vs, is) {
				return true
			}
		}
		return false
	}
	switch c.field {
	case "caption":
		return lettersOf(x.Caption) == want
	case "first_seen", "last_seen", "last_change":
		return strings.HasPrefix(string(map[string]ftm.Stamp{"first_seen": x.FirstSeen, "last_seen": x.LastSeen, "last_change": x.LastChange}[c.field]), c.value)
	}
	return slices.ContainsFunc(x.Properties[field], is)
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
