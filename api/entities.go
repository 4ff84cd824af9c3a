package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"navicert/ftm"
	"navicert/list"
)

var errNoEntity = &fault{code: http.StatusNotFound, text: "No such entity!"}

// graph finds what hangs on an entity: what its lists say of it, and the
// links of other entities that name it.
type graph struct {
	*Book
	text *textIndex
}

// entity answers with one entity, its neighbors inside it unless that is not wanted.
func (w *answer) entity(r *http.Request, p *params, at []string) error {
	id := at[0]
	b, err := w.acquireWords(p)
	if err != nil {
		return err
	}
	g := graph{b, b.text()}
	x, err := g.root(w, id, r.URL.RawQuery, "")
	if x == nil || err != nil {
		return err
	}
	if p.bool("nested") {
		x = g.nest(x, nil, 0)
	}
	w.out = appendEntity(w.out, x)
	w.out = b.appendLists(w.out, b.placesOf(id), w.asOf)
	w.out = append(w.out, '}')
	return nil
}

// placesOf gives the lists that an ID stands on.
func (b *Book) placesOf(id string) []int {
	var out []int
	for _, p := range b.find(id) {
		out = append(out, int(p.list))
	}
	return out
}

// root finds an entity, or answers with where it went. It is nil then.
func (g *graph) root(w *answer, id, query, below string) (*ftm.Entity, error) {
	if x := g.get(id); x != nil {
		return x, nil
	}
	to, ok := g.text.merged[id]
	if !ok {
		return nil, errNoEntity
	}
	w.code, w.kind = http.StatusPermanentRedirect, ""
	to = "/entities/" + url.PathEscape(to) + below
	if query != "" {
		to += "?" + query
	}
	w.header("Location", to)
	return nil, nil
}

// get finds an entity of a list, or one that hangs on one.
func (g *graph) get(id string) *ftm.Entity {
	if ps := g.find(id); len(ps) > 0 {
		x, _ := g.thing(ps[0])
		for _, p := range ps[1:] {
			y, _ := g.thing(p)
			merge(x, y)
		}
		return x
	}
	// The ID of what hangs on an entity begins with that one's.
	for end := len(id); end > 0; {
		if end = strings.LastIndexByte(id[:end], '-'); end <= 0 {
			break
		}
		for _, p := range g.find(id[:end]) {
			for _, x := range g.hanging(p) {
				if x.ID == id {
					return x
				}
			}
		}
	}
	return nil
}

// hanging gives what a list says of an entity in entities of their own.
func hanging(l *List, e *list.Entity) []*ftm.Entity {
	xs := ftm.Links(e, l.name, l.Snapshot.Info().Authority)
	for _, x := range xs {
		l.stamp(x, e)
		x.Target = x.Target && theModel().risky(x)
		if x.Caption == "" {
			x.Caption = theModel().schemata[x.Schema].label
		}
	}
	return xs
}

func (b *Book) hanging(p at) []*ftm.Entity {
	l := b.Lists[p.list]
	return hanging(l, l.Entity(int(p.entity)))
}

// edge is a neighbor, under the property by which an entity shows it.
type edge struct {
	prop string
	*ftm.Entity
}

// edges gives the neighbors of x, each once.
func (g *graph) edges(x *ftm.Entity) []edge {
	var out []edge
	add := func(prop string, y *ftm.Entity) {
		if prop != "" && y != nil && !slices.ContainsFunc(out, func(e edge) bool { return e.prop == prop && e.ID == y.ID }) {
			out = append(out, edge{prop, y})
		}
	}
	m := theModel()
	kind := m.schemata[x.Schema]
	if kind == nil {
		return nil
	}
	for _, name := range sortedKeys(x.Properties) { // what x names
		if p := kind.props[name]; p != nil && p.typ == "entity" {
			for _, v := range x.Properties[name] {
				if v.Entity == nil {
					add(name, g.get(v.Text))
				}
			}
		}
	}
	for _, p := range g.find(x.ID) { // what its lists say of it
		for _, y := range g.hanging(p) {
			add(m.reverseOf(x, y), y)
		}
	}
	for _, p := range g.text.naming[x.ID] { // links of others that name it
		for _, y := range g.hanging(p) {
			add(m.reverseOf(x, y), y)
		}
	}
	return out
}

// reverseOf is the property under which x shows y, which names it; "" where y does not.
func (m *model) reverseOf(x, y *ftm.Entity) string {
	kind, own := m.schemata[y.Schema], m.schemata[x.Schema]
	if y.Schema == "Address" && own != nil && own.is["Thing"] {
		return "addressEntity" // it is x that names the address
	}
	if kind == nil || own == nil {
		return ""
	}
	for _, name := range sortedKeys(y.Properties) {
		p := kind.props[name]
		if p == nil || p.typ != "entity" || !slices.ContainsFunc(y.Properties[name], func(v ftm.Value) bool { return v.Text == x.ID }) {
			continue
		}
		if own.props[p.reverse] == nil {
			return ""
		}
		return p.reverse
	}
	return ""
}

// nest writes the neighbors of x inside it, and inside a link its other end.
func (g *graph) nest(x *ftm.Entity, path []string, depth int) *ftm.Entity {
	path = append(slices.Clip(path), x.ID)
	out := *x
	out.Properties = make(ftm.Properties, len(x.Properties))
	kind := theModel().schemata[x.Schema]
	for name, vs := range x.Properties {
		if kind != nil && kind.props[name] != nil && kind.props[name].typ == "entity" {
			vs = slices.DeleteFunc(slices.Clone(vs), func(v ftm.Value) bool { return v.Entity == nil && slices.Contains(path, v.Text) })
		}
		if len(vs) > 0 {
			out.Properties[name] = vs
		}
	}
	if depth > 1 || depth == 1 && !(kind != nil && (kind.edge || kind.is["Interval"])) {
		return &out
	}
	for _, e := range g.edges(x) {
		if slices.Contains(path, e.ID) {
			continue
		}
		vs := slices.DeleteFunc(slices.Clone(out.Properties[e.prop]), func(v ftm.Value) bool { return v.Entity == nil && v.Text == e.ID })
		out.Properties[e.prop] = append(vs, ftm.Value{Entity: g.nest(e.Entity, path, depth+1)})
	}
	return &out
}

// adjacent answers with the neighbors of an entity, page by page.
func (w *answer) adjacent(r *http.Request, p *params, at []string) error {
	id, prop := at[0], at[1:]
	limit, offset := p.int("limit"), p.int("offset")
	sorts, err := knownSorts(p.all("sort"))
	if err != nil {
		return err
	}
	b, err := w.acquireWords(p)
	if err != nil {
		return err
	}
	g := graph{b, b.text()}
	below := "/adjacent"
	if len(prop) > 0 {
		below += "/" + url.PathEscape(prop[0])
	}
	x, err := g.root(w, id, r.URL.RawQuery, below)
	if x == nil || err != nil {
		return err
	}
	by := map[string][]*ftm.Entity{}
	for _, e := range g.edges(x) {
		by[e.prop] = append(by[e.prop], g.nest(e.Entity, []string{x.ID}, 1))
	}
	if len(prop) > 0 {
		if def := theModel().schemata[x.Schema].props[prop[0]]; def == nil || def.typ != "entity" {
			return &fault{code: http.StatusNotFound, text: "No such property!"}
		}
		w.out = appendPage(w.out, by[prop[0]], sorts, limit, offset)
		return nil
	}
	w.out = append(w.out, `{"entity":`...)
	w.out = append(appendEntity(w.out, x), `},"adjacent":{`...)
	for _, name := range sortedKeys(by) {
		w.out = append(appendString(comma(w.out), name), ':')
		w.out = appendPage(w.out, by[name], sorts, limit, offset)
	}
	w.out = append(w.out, "}}"...)
	return nil
}

// appendPage writes one page of entities.
func appendPage(b []byte, xs []*ftm.Entity, sorts []string, limit, offset int) []byte {
	sortEntities(xs, sorts)
	b = append(b, `{"results":[`...)
	for _, x := range xs[min(offset, len(xs)):min(offset+limit, len(xs))] {
		b = comma(b)
		b = append(appendEntity(b, x), '}')
	}
	b = append(b, `],"total":{"value":`...)
	b = appendInt(b, len(xs))
	b = append(b, `,"relation":"eq"},"limit":`...)
	b = appendInt(b, limit)
	b = append(b, `,"offset":`...)
	return append(appendInt(b, offset), '}')
}
