package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The vocabulary that ids of types and properties are from.
const modelSpace = "https://www.opensanctions.org/reference/#schema"

// types gives the schemata of d that can be searched for, in order.
func (b *Book) types(d *Dataset) []*schema {
	m := theModel()
	var mask uint64
	for _, i := range d.lists {
		mask |= 1 << i
	}
	used := map[string]bool{}
	for i := range b.text().docs {
		if x := &b.text().docs[i]; x.lists&mask != 0 {
			used[m.order[x.schema].name] = true
		}
	}
	ok := m.matchable(used)
	return slices.DeleteFunc(slices.Clone(m.order), func(s *schema) bool { return !ok[s.name] })
}

// reconcileManifest tells spreadsheet programs (OpenRefine) what this service
// can do, by version 0.2 of the Reconciliation Service API.
func (w *answer) reconcileManifest(r *http.Request, p *params, at []string) error {
	b, d, err := w.inDataset(p, at[0])
	if err != nil {
		return err
	}
	scheme := "http"
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		scheme = "https"
	}
	base := scheme + "://" + r.Host
	query := ""
	if r.URL.RawQuery != "" { // a key may stand in it
		query = "?" + r.URL.RawQuery
	}
	service := func(out []byte, name, path string) []byte {
		out = append(appendField(out, name), '{')
		out = appendString(appendField(out, "service_url"), base+"/reconcile/"+d.name)
		out = appendString(appendField(out, "service_path"), path+query)
		return append(out, '}')
	}
	out := append(w.out, `{"versions":["0.2"]`...)
	out = appendString(appendField(out, "name"), d.title+" (Navicert)")
	out = appendString(appendField(out, "identifierSpace"), modelSpace)
	out = appendString(appendField(out, "schemaSpace"), modelSpace)
	out = appendString(appendField(out, "documentation"), base+"/")
	out = append(out, `,"batchSize":100`...)
	out = append(appendField(out, "view"), '{')
	out = appendString(appendField(out, "url"), base+"/entities/{{id}}"+query)
	out = append(out, '}')
	out = append(appendField(out, "suggest"), '{')
	out = service(out, "entity", "/suggest/entity")
	out = service(out, "type", "/suggest/type")
	out = service(out, "property", "/suggest/property")
	out = append(out, '}')
	out = append(appendField(out, "extend"), '{')
	out = service(out, "propose_properties", "/extend/property")
	out = append(out, `,"propose_settings":[{"name":"limit","label":"Limit","type":"number","default":0,`+
		`"help_text":"At most so many values a row; 0 for all.","choices":[]},`+
		`{"name":"render","label":"Values","type":"select","default":"caption","help_text":"Words (Russia) or codes (ru).",`+
		`"choices":[{"id":"caption","name":"Words"},{"id":"raw","name":"Codes"}]}]}`...)
	out = append(appendField(out, "defaultTypes"), '[')
	for _, s := range b.types(d) {
		out = comma(out)
		out = s.appendType(out)
	}
	w.out = append(out, "]}"...)
	return nil
}

// inDataset takes the lists for who searches one dataset by words.
func (w *answer) inDataset(p *params, name string) (*Book, *Dataset, error) {
	b, err := w.acquireWords(p)
	if err != nil {
		return nil, nil, err
	}
	d, err := b.dataset(name)
	return b, d, err
}

func (s *schema) appendType(out []byte) []byte {
	out = append(out, '{')
	out = appendString(appendField(out, "id"), s.name)
	out = appendString(appendField(out, "name"), s.plural)
	out = appendString(appendField(out, "description"), s.label)
	return append(out, '}')
}

// reconcile matches rows of a spreadsheet, or extends them.
func (w *answer) reconcile(r *http.Request, p *params, at []string) error {
	algo, err := algorithmOf(p.text("algorithm"))
	if err != nil {
		return err
	}
	m := matching{limit: matchLimit, threshold: standard, deep: true, firm: w.s.opt.Tuning, namesOnly: algo.namesOnly, filter: filter{since: p.since()}}
	in, err := w.body(r)
	if err != nil {
		return err
	}
	form, err := url.ParseQuery(string(in))
	if err != nil || !utf8.Valid(in) {
		return bad("There was an error parsing the body: it is no form")
	}
	if m.Book, err = w.acquireWords(p); err != nil {
		return err
	}
	if x := form.Get("extend"); strings.TrimSpace(x) != "" {
		return w.extend(m.Book, x)
	}
	if !form.Has("queries") {
		return bad("No queries or extend request provided.")
	}
	if m.set, err = m.dataset(at[0]); err != nil {
		return err
	}
	m.day = w.day()
	rows, err := readRows(form.Get("queries"))
	if err != nil {
		return err
	}
	if len(rows) > maxBatch {
		return bad("Too many queries in one batch (limit: %d)", maxBatch)
	}
	out := append(w.out, '{')
	for i := range rows {
		row := &rows[i]
		q, err := w.s.clean(&row.example)
		if err != nil {
			return err
		}
		w.pass()
		m.search(q, m.set.lists, standard, 0, max(20, min(10*row.n, maxMatches)))
		out = append(appendString(comma(out), row.key), `:{"result":[`...)
		for k := range m.found[:min(row.n, len(m.found))] {
			out = comma(out)
			f := &m.found[k]
			x, _ := m.thing(f.at)
			kind := theModel().schemata[x.Schema]
			out = append(out, '{')
			out = appendString(appendField(out, "id"), x.ID)
			out = appendString(appendField(out, "name"), x.Caption)
			out = appendString(appendField(out, "description"), kind.label)
			out = append(kind.appendType(append(appendField(out, "type"), '[')), ']')
			out = appendFloat(appendField(out, "score"), f.score)
			out = appendBool(appendField(out, "match"), f.match)
			out = append(out, '}')
		}
		out = append(m.appendCleared(append(out, ']')), '}')
	}
	w.out = append(out, '}')
	w.header("X-Batch-Size", string(appendInt(nil, len(rows))))
	return nil
}

// row is one query of a spreadsheet.
type row struct {
	example
	n int
}

// readRows reads {"q0": {"query": …, "type": …, "limit": …, "properties": [{"pid": …, "v": …}]}}.
func readRows(text string) ([]row, error) {
	s := &scanner{in: []byte(text)}
	var rows []row
	s.object(func(key string) {
		if len(rows) > maxBatch { // which is refused
			s.skip()
			return
		}
		q := row{n: matchLimit, example: example{key: key, schema: "Thing"}}
		s.object(func(name string) {
			switch c := s.peek(); {
			case name == "query" && c == '"':
				q.add(s, property{"name", []string{s.string()}})
			case name == "type" && c == '"':
				q.schema = s.string()
			case name == "type" && c == '[':
				first := property{}
				s.array(func() { first.element(s) })
				if len(first.values) > 0 {
					q.schema = first.values[0]
				}
			case name == "limit" && '0' <= c && c <= '9':
				q.n = small(s.literal(), maxMatches)
			case name == "properties" && c == '[':
				s.array(func() { q.detail(s) })
			default:
				s.skip()
			}
		})
		rows = append(rows, q)
	})
	if err := s.end(); err != nil {
		return nil, bad("Cannot decode queries: %v", err)
	}
	return rows, nil
}

// detail reads one further property of a row.
func (q *row) detail(s *scanner) {
	pid := ""
	var v property
	s.object(func(name string) {
		switch name {
		case "pid":
			if s.peek() != '"' {
				s.skip()
				return
			}
			_, pid, _ = strings.Cut(s.string(), ":")
		case "v":
			v.element(s)
		default:
			s.skip()
		}
	})
	if pid == "" {
		return
	}
	for i := range q.properties {
		if p := &q.properties[i]; p.name == pid {
			p.values = append(p.values, v.values...)
			return
		}
	}
	q.add(s, property{pid, v.values})
}

// small reads a whole number between 0 and most.
func small(lit string, most int) int {
	n, err := strconv.Atoi(lit)
	if err != nil {
		return most
	}
	return max(0, min(n, most))
}
