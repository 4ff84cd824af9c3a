package api

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"navicert"
	"navicert/ftm"
	"navicert/list"
	"navicert/match"
	"navicert/screen"
)

// asked is a query after cleaning: what is echoed, and what is searched.
type asked struct {
	*example
	kind  *schema
	props []property // known ones, cleaned, in the order given
	query match.Query
	whole []string // the names in which the last of the query's names stand
}

// within gives the name that a name of the query is a part of; empty: of none.
func (q *asked) within(n int) string {
	if n -= len(q.query.Names) - len(q.whole); n >= 0 && n < len(q.whole) {
		return q.whole[n]
	}
	return ""
}

// clean reads an example as an entity of its schema. Unknown properties are
// left out, as the contract has it; values that are none of their type too.
func (s *Server) clean(e *example) (*asked, error) {
	m := theModel()
	kind := m.schemata[e.schema]
	switch {
	case kind == nil:
		return nil, bad("Cannot parse example entity: Unknown schema: %q", short(e.schema))
	case !kind.matchable && kind.name != "Thing":
		return nil, bad("Cannot parse example entity: Non-matchable schema for query: %s", kind.name)
	}
	q := &asked{example: e, kind: kind, props: make([]property, 0, len(e.properties)+1)}
	for i := range e.properties {
		in := &e.properties[i]
		p := kind.props[in.name]
		if p == nil || p.stub {
			continue
		}
		values := make([]string, 0, len(in.values))
		for _, v := range in.values {
			if v = s.value(p, v); v != "" && !slices.Contains(values[:min(len(values), maxNames)], v) {
				values = append(values, v)
			}
		}
		if len(values) > 0 {
			q.props = append(q.props, property{in.name, values})
		}
	}
	if !slices.ContainsFunc(q.props, func(p property) bool { return kind.props[p.name].typ == "name" }) {
		if ns := combine(q.props); len(ns) > 0 {
			q.props = append(q.props, property{"alias", ns})
		}
	}
	return q, q.build()
}

// value cleans one value; empty: it is none of the property's type.
func (s *Server) value(p *prop, v string) string {
	switch v = strings.Join(strings.Fields(v), " "); p.typ {
	case "country":
		return s.country(v)
	case "date":
		if d, ok := readDate(v); ok {
			return d
		}
		return ""
	case "gender":
		switch strings.ToLower(v) {
		case "m", "male", "man", "masculin", "männlich":
			return "male"
		case "f", "female", "woman", "féminin", "weiblich":
			return "female"
		case "other", "o", "divers":
			return "other"
		}
		return ""
	case "topic":
		if v = strings.ToLower(v); theModel().topics[v].label == "" {
			return ""
		}
	case "email":
		if !strings.Contains(v, "@") {
			return ""
		}
		return strings.ToLower(v)
	}
	return v
}

// country reads a code or a name.
func (s *Server) country(v string) string {
	m, low := theModel(), strings.ToLower(v)
	if m.country[low] != "" {
		return low
	}
	if c := m.code[low]; c != "" {
		return c
	}
	if s.opt.Country != nil {
		return strings.ToLower(s.opt.Country(v))
	}
	return ""
}

// readDate reads a date as exactly as it is written: 1965, 1965-03, 1965-03-01.
func readDate(v string) (string, bool) {
	v, _, _ = strings.Cut(strings.ReplaceAll(v, " ", "T"), "T")
	parts := strings.Split(v, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return "", false
	}
	for i, p := range parts {
		for _, c := range p {
			if c < '0' || c > '9' {
				return "", false
			}
		}
		if i > 0 {
			if len(p) == 1 {
				p = "0" + p
			}
			if len(p) != 2 || p == "00" || i == 1 && p > "12" || p > "31" {
				return "", false
			}
			parts[i] = p
		}
	}
	return strings.Join(parts, "-"), true
}

// combine makes names of the parts of names, each given name with each family name.
func combine(props []property) []string {
	part := func(names ...string) []string {
		for _, n := range names {
			for _, p := range props {
				if p.name == n {
					return p.values[:min(len(p.values), 5)]
				}
			}
		}
		return []string{""}
	}
	var out []string
	for _, first := range part("firstName") {
		for _, second := range part("secondName", "middleName") {
			for _, father := range part("fatherName") {
				for _, last := range part("lastName") {
					n := strings.Join(strings.Fields(first+" "+second+" "+father+" "+last), " ")
					if n != "" && !slices.Contains(out, n) && len(out) < 50 {
						out = append(out, n)
					}
				}
			}
		}
	}
	return out
}

var dateKinds = map[string]list.DateKind{
	"birthDate": list.Birth, "deathDate": list.Death, "incorporationDate": list.Founded, "buildDate": list.Built,
}

var docTypes = map[string]list.DocType{
	"passportNumber": list.Passport, "idNumber": list.NationalID, "taxNumber": list.TaxID, "innCode": list.TaxID, "vatCode": list.TaxID,
	"registrationNumber": list.Registration, "ogrnCode": list.Registration, "imoNumber": list.IMO, "mmsi": list.MMSI,
	"callSign": list.CallSign, "swiftBic": list.BIC, "bikCode": list.BIC, "leiCode": list.LEI, "dunsCode": list.DUNS,
	"serialNumber": list.SerialNumber, "isin": list.ISIN, "isinCode": list.ISIN,
}

// build makes the query of the cleaned values.
func (q *asked) build() error {
	out := &q.query
	if out.Kind = ftm.KindOf(q.kind.name); q.kind.name == "CryptoWallet" {
		out.Kind = list.KindUnknown // it is found by its holder, who may be anybody
	}
	for _, p := range q.props {
		def := q.kind.props[p.name]
		switch def.typ {
		case "name":
			out.Names = append(out.Names, p.values...)
		case "date":
			if kind, ok := dateKinds[p.name]; ok {
				for _, v := range p.values {
					if from, to, err := navicert.ParseDays(v); err == nil {
						out.Dates = append(out.Dates, list.Date{Kind: kind, From: from, To: to})
					}
				}
			}
		case "country":
			for _, v := range p.values {
				if c := strings.ToUpper(v[:2]); !slices.Contains(out.Countries, c) && len(v) != 4 {
					out.Countries = append(out.Countries, c)
				}
			}
		case "gender":
			switch p.values[0] {
			case "male":
				out.Gender = list.Male
			case "female":
				out.Gender = list.Female
			}
		case "address":
			out.Addresses = append(out.Addresses, p.values...)
		case "identifier":
			for _, v := range p.values {
				if p.name == "publicKey" {
					out.Wallets = append(out.Wallets, v)
					continue
				}
				out.Documents = append(out.Documents, list.Document{Type: docTypes[p.name], Kind: def.label, Number: v})
			}
		}
	}
	for _, vs := range [][]string{out.Names, out.Addresses} {
		for _, n := range vs {
			if len(n) > maxName && utf8.RuneCountInString(n) > maxName {
				return bad("Cannot parse example entity: query %q has a name or address of more than %d characters; it would not be compared as a whole", short(q.key), maxName)
			}
		}
	}
	given := out.Names
	for _, n := range given {
		for _, p := range screen.Pieces(n) {
			if !slices.Contains(out.Names, p) && len(out.Names) <= maxNames {
				out.Names, q.whole = append(out.Names, p), append(q.whole, n)
			}
		}
	}
	if len(given) <= maxNames && len(out.Names) > maxNames {
		return bad("Cannot parse example entity: query %q has %d names, and with those that stand within them more than %d", short(q.key), len(given), maxNames)
	}
	if n := max(len(given), len(out.Documents), len(out.Addresses), len(out.Dates), len(out.Wallets)); n > maxNames {
		return bad("Cannot parse example entity: query %q has %d values of one kind, more than %d", short(q.key), n, maxNames)
	}
	return nil
}

// short makes a word of a client safe to say back.
func short(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if n++; n > 60 || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}

// append writes the query as it was understood.
func (q *asked) append(b []byte) []byte {
	b = append(b, '{')
	b = appendField(b, "id")
	if q.hasID {
		b = appendString(b, q.id)
	} else {
		b = append(b, "null"...)
	}
	b = appendString(appendField(b, "schema"), q.kind.name)
	b = append(appendField(b, "properties"), '{')
	for _, p := range q.props {
		b = append(appendString(comma(b), p.name), ':')
		b = appendStrings(b, p.values)
	}
	return append(b, "}}"...)
}
