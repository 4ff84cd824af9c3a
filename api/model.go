package api

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"navicert/ftm"
)

//go:embed model.txt
var modelText string

//go:embed topics.txt
var topicText string

//go:embed countries.txt
var countryText string

// schema is a kind of entity of the exchange model.
type schema struct {
	name, label, plural string
	parents             []string
	matchable, edge     bool
	caption, featured   []string
	own                 []*prop
	props               map[string]*prop // its own and its parents'
	is                  map[string]bool  // itself and whatever it is a special case of
}

// prop is a property of a schema.
type prop struct {
	name, typ, label        string
	of                      string // schema
	matchable, hidden, stub bool
	ranges, reverse         string // of an entity
}

// model is the exchange model, read once.
type model struct {
	schemata map[string]*schema
	order    []*schema
	links    map[string]bool // names of properties that hold IDs
	topics   map[string]topic
	country  map[string]string // name of a code
	code     map[string]string // of a country's name in lower case
}

type topic struct {
	label string
	risk  bool
}

var theModel = sync.OnceValue(func() *model {
	m := &model{
		schemata: map[string]*schema{}, topics: map[string]topic{},
		country: map[string]string{}, code: map[string]string{}, links: map[string]bool{},
	}
	var at *schema
	for line := range strings.Lines(modelText) {
		line = strings.TrimSuffix(line, "\n")
		f := strings.Split(strings.TrimPrefix(line, " "), "|")
		switch {
		case strings.HasPrefix(line, "#") || line == "":
		case line[0] == ' ':
			f = append(f, "", "")
			at.own = append(at.own, &prop{
				name: f[0], typ: f[1], label: f[2], of: at.name, ranges: f[4], reverse: f[5],
				matchable: strings.Contains(f[3], "m"), hidden: strings.Contains(f[3], "h"), stub: strings.Contains(f[3], "s"),
			})
		default:
			at = &schema{
				name: f[0], label: f[1], plural: f[2], parents: strings.Fields(f[3]),
				matchable: strings.Contains(f[4], "m"), edge: strings.Contains(f[4], "e"),
				caption: strings.Fields(f[5]), featured: strings.Fields(f[6]),
			}
			m.schemata[at.name] = at
			m.order = append(m.order, at)
		}
	}
	for _, s := range m.order {
		for _, p := range s.own {
			m.links[p.name] = m.links[p.name] || p.typ == "entity"
		}
		s.props, s.is = map[string]*prop{}, map[string]bool{}
		m.inherit(s, s)
	}
	for line := range strings.Lines(topicText) {
		if f := strings.Split(strings.TrimSpace(line), "|"); f[0][0] != '#' {
			m.topics[f[0]] = topic{label: f[1], risk: len(f) > 2}
		}
	}
	for line := range strings.Lines(countryText) {
		if code, name, ok := strings.Cut(strings.TrimSpace(line), "|"); ok && code[0] != '#' {
			m.country[code], m.code[strings.ToLower(name)] = name, code
		}
	}
	return m
})

func (m *model) inherit(s, from *schema) {
	s.is[from.name] = true
	for _, p := range from.own {
		if s.props[p.name] == nil {
			s.props[p.name] = p
		}
	}
	for _, up := range from.parents {
		m.inherit(s, m.schemata[up])
	}
}

// risky tells whether x has a topic that is a risk in business dealings, or one
// that nobody knows, or none.
func (m *model) risky(x *ftm.Entity) bool {
	topics := x.Properties.Texts("topics")
	return len(topics) == 0 || slices.ContainsFunc(topics, func(t string) bool { return m.topics[t].risk || m.topics[t].label == "" })
}

// comparable tells whether an entity of schema e may be what a query by schema
// q looks for: one is a special case of the other. A legal entity may turn out
// to be a person or a company. Thing is anything that is one.
func (m *model) comparable(q, e string) bool {
	a, b := m.schemata[q], m.schemata[e]
	if a == nil || b == nil {
		return false
	}
	if !a.matchable {
		return b.is[q]
	}
	return b.matchable && (a.is[e] || b.is[q])
}

// matchable names the schemata, of those given, that can be searched for, and
// all that they are special cases of.
func (m *model) matchable(used map[string]bool) map[string]bool {
	out := map[string]bool{}
	for name := range used {
		if s := m.schemata[name]; s != nil && s.matchable {
			for up := range s.is {
				out[up] = true
			}
		}
	}
	return out
}

// groups are the types of which all properties together can be asked for, as
// facets and filters.
var groups = map[string]string{
	"names": "name", "addresses": "address", "countries": "country", "dates": "date", "emails": "email",
	"entities": "entity", "genders": "gender", "identifiers": "identifier", "ips": "ip", "languages": "language",
	"phones": "phone", "topics": "topic", "urls": "url",
}
