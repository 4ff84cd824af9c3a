package api

import (
	"net/http"
	"slices"
	"strings"
)

// extendable names the properties that rows of a type can be extended by.
func (w *answer) extendable(_ *http.Request, p *params, _ []string) error {
	typ, limit := p.text("type"), p.int("limit")
	s := theModel().schemata[typ]
	if s == nil {
		return bad("Invalid type: %s", short(typ))
	}
	var ps []*prop
	for _, name := range s.featured {
		if p := s.props[name]; p != nil {
			ps = append(ps, p)
		}
	}
	for _, name := range sortedKeys(s.props) {
		if p := s.props[name]; !p.hidden && p.typ != "entity" && !contains(s.featured, name) {
			ps = append(ps, p)
		}
	}
	if limit > 0 {
		ps = ps[:min(limit, len(ps))]
	}
	slices.SortFunc(ps, func(a, b *prop) int { return strings.Compare(a.label, b.label) })
	out := appendInt(append(w.out, `{"limit":`...), limit)
	out = appendString(appendField(out, "type"), s.name)
	out = append(appendField(out, "properties"), '[')
	w.out = append(appendProps(out, ps), "]}"...)
	return nil
}

// appendProps writes properties as a spreadsheet knows them.
func appendProps(out []byte, ps []*prop) []byte {
	for _, p := range ps {
		out = append(comma(out), '{')
		out = appendString(appendField(out, "id"), p.name)
		out = appendString(appendField(out, "name"), p.label)
		out = append(out, '}')
	}
	return out
}

// extend answers with properties of entities that rows were matched to.
func (w *answer) extend(b *Book, text string) error {
	s := &scanner{in: []byte(text)}
	var ids property
	type want struct {
		id    string
		limit int
		raw   bool
	}
	var wants []want
	s.object(func(name string) {
		switch name {
		case "ids":
			s.array(func() { ids.element(s) })
		case "properties":
			s.array(func() {
				x := want{}
				s.object(func(name string) {
					switch c := s.peek(); {
					case name == "id" && c == '"':
						x.id = s.string()
					case name == "settings" && c == '{':
						s.object(func(name string) {
							switch c := s.peek(); {
							case name == "limit" && '0' <= c && c <= '9':
								x.limit = small(s.literal(), 1000)
							case name == "render" && c == '"':
								x.raw = s.string() == "raw"
							default:
								s.skip()
							}
						})
					default:
						s.skip()
					}
				})
				wants = append(wants, x)
			})
		default:
			s.skip()
		}
	})
	if err := s.end(); err != nil {
		return bad("Cannot decode extension request")
	}
	if len(ids.values) > maxBatch || len(wants) > maxBatch {
		return bad("Too many queries in one batch (limit: %d)", maxBatch)
	}
	g := graph{b, b.text()}
	var meta []*prop
	rows := append([]byte(nil), '{')
	for _, id := range ids.values {
		rows = append(appendString(comma(rows), id), ":{"...)
		x := g.get(id)
		if x == nil {
			if _, ok := g.text.merged[id]; ok {
				return bad("Please specify the canonical entity ID, not a referent")
			}
			rows = append(rows, '}')
			continue
		}
		n := 0
		for _, v := range wants {
			p := theModel().schemata[x.Schema].props[v.id]
			if p == nil {
				continue
			}
			if !slices.ContainsFunc(meta, func(o *prop) bool { return o.name == p.name }) {
				meta = append(meta, p)
			}
			values := x.Properties.Texts(p.name)
			if v.limit > 0 {
				values = values[:min(v.limit, len(values))]
			}
			n++
			rows = append(appendString(comma(rows), v.id), ":["...)
			for _, t := range values {
				rows = comma(rows)
				if name := theModel().country[t]; p.typ == "country" && name != "" && !v.raw {
					t = name
				}
				if name := theModel().topics[t].label; p.typ == "topic" && name != "" && !v.raw {
					t = name
				}
				rows = append(appendString(append(rows, `{"str":`...), t), '}')
			}
			rows = append(rows, ']')
		}
		rows = append(rows, '}')
	}
	rows = append(rows, '}')
	out := appendProps(append(w.out, `{"meta":[`...), meta)
	w.out = append(append(append(out, `],"rows":`...), rows...), '}')
	w.header("X-Batch-Size", string(appendInt(nil, len(ids.values))))
	return nil
}
