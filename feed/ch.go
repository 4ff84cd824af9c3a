package feed

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"navicert"
	"navicert/list"
)

var chSECO = &Source{
	Key: "ch-seco", Prefix: "ch",
	Title:     "SECO consolidated list of sanctioned individuals, entities and organizations",
	Authority: "CH",
	License:   "not established: ask SECO before redistributing",
	Cadence:   "when the Federal Council or the department amends an ordinance",
	Band:      [2]int{3000, 14000},
	MaxChange: 0.25,
	Forms: []Form{{
		Name: "xml",
		Files: []URL{{
			Name:    "seco.xml",
			Address: "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
		}},
		Is:    func(h Head) bool { return h.Root() == "swiss-sanctions-list" },
		Parse: parseCH,
	}},
}

// chReader holds the tables of the file that its targets refer to.
type chReader struct {
	*roll
	programs map[string]chProgram // by the ID of each of their sanctions sets
	places   map[string]*node
	gone     int // targets that have been taken off the list
}

type chProgram struct{ key, name, set string }

// parseCH reads SECO's list. Its tables may stand behind what refers to them:
// the file is read twice.
var parseCH = one(func(f File) (*list.Edition, error) {
	r := &chReader{roll: newRoll(f), programs: map[string]chProgram{}, places: map[string]*node{}}
	err := walkXML(f, "swiss-sanctions-list", map[string]func(*node) error{
		"": func(n *node) error {
			d, ok := readDay(n.Attr("date"), dayFirst)
			if !ok {
				return fault(f.Name, n.Line, fmt.Sprintf("date is %q", n.Attr("date")), "a day, 2024-01-17", fetchAgain)
			}
			r.Date = d
			if t := n.Attr("list-type"); t == "amendment" {
				r.notes.add(f.Name, n.Line, "the file is an amendment: it holds what changed, not the whole list")
			}
			return nil
		},
		"sanctions-program": func(n *node) error {
			p := chProgram{key: chEnglish(n, "program-key"), name: chEnglish(n, "program-name")}
			for _, k := range n.Kids("sanctions-set") {
				if id := k.Attr("ssid"); id != "" && (r.programs[id] == chProgram{} || k.Attr("lang") == "eng") {
					p.set = k.Text()
					r.programs[id] = p
				}
			}
			return nil
		},
		"place": func(n *node) error { r.places[n.Attr("ssid")] = n; return nil },
	})
	if err != nil {
		return nil, err
	}
	err = walkXML(f, "swiss-sanctions-list", map[string]func(*node) error{"target": r.target})
	if err != nil {
		return nil, err
	}
	if r.gone > 0 {
		r.notes.add(f.Name, 0, "%d targets that have been de-listed stay in the file and were left out", r.gone)
	}
	return r.done()
})

// chEnglish returns the English one of elements in four languages, else the
// first.
func chEnglish(n *node, name string) string {
	ks := n.Kids(name)
	for _, k := range ks {
		if k.Attr("lang") == "eng" {
			return k.Text()
		}
	}
	if len(ks) > 0 {
		return ks[0].Text()
	}
	return ""
}

func (r *chReader) target(n *node) error {
	id := n.Attr("ssid")
	if id == "" {
		return fault(r.file, n.Line, "a target has no ssid", "its number", fetchAgain)
	}
	listed, since := chState(n)
	if !listed {
		r.gone++
		return nil
	}
	b := newBuilder("ch-"+id, id, list.KindUnknown)
	var body *node
	for _, k := range n.kids {
		switch k.Name {
		case "individual":
			b.Kind, body = list.KindPerson, k
		case "entity":
			b.Kind, body = list.KindOrganization, k
		case "object":
			body = k
			switch t := strings.ToLower(k.Attr("object-type")); {
			case strings.Contains(t, "vessel"), strings.Contains(t, "ship"):
				b.Kind = list.KindVessel
			case strings.Contains(t, "aircraft"):
				b.Kind = list.KindAircraft
			default:
				b.Kind = list.KindAsset
			}
		}
	}
	if body == nil {
		return fault(r.file, n.Line, "the target "+id+" is neither individual nor entity nor object", "one of them", fetchAgain)
	}
	b.gender(body.Attr("sex"))
	for _, k := range body.Kids("identity") {
		r.identity(b, k)
	}
	for _, k := range body.Kids("justification") {
		b.note("Justification", k.Text())
	}
	for _, k := range append(body.Kids("other-information"), n.Kids("other-information")...) {
		b.note("", k.Text())
	}
	for _, k := range append(body.Kids("generic-attribute"), n.Kids("generic-attribute")...) {
		b.note(k.Attr("name"), k.Text())
	}
	for _, k := range append(body.Kids("relation"), n.Kids("relation")...) {
		kind := joined(": ", k.Attr("relation-type"), k.Text("remark"))
		b.relation(list.Relation{Type: chRelation(k.Attr("relation-type")), Kind: kind, To: "ch-" + k.Attr("target-id")})
	}
	for _, k := range n.Kids("foreign-identifier") {
		b.document(list.Document{Kind: "Foreign identifier", Number: k.Text()})
	}
	r.sets(b, n, since)
	return r.add(b, n.Line)
}

// sets adds a listing for each sanctions set of the target.
func (r *chReader) sets(b *builder, n *node, since navicert.Day) {
	for _, k := range n.Kids("sanctions-set-id") {
		p, ok := r.programs[k.Text()]
		if !ok {
			r.notes.add(r.file, k.Line, "the sanctions set %s of %s is not in the file", k.Text(), b.ID)
			continue
		}
		b.program(cmp.Or(p.key, p.name))
		b.legal(p.set)
		l := list.Listing{List: cmp.Or(p.name, p.key), Since: since}
		if !slices.ContainsFunc(b.Listings, func(m list.Listing) bool { return m.List == l.List }) {
			b.Listings = append(b.Listings, l)
		}
	}
	if len(b.Listings) == 0 {
		b.Listings = []list.Listing{{List: "SECO", Since: since}}
	}
}

// chState tells from the modifications of a target whether it is listed, and
// since when it first was. The last one counts; of several on a day, the one
// that stands last.
func chState(n *node) (listed bool, since navicert.Day) {
	listed = true
	var last navicert.Day
	for _, m := range n.Kids("modification") {
		d, ok := readDay(cmp.Or(m.Attr("effective-date"), m.Attr("publication-date")), dayFirst)
		kind := m.Attr("modification-type")
		if kind == "listed" && ok && (since == 0 || d < since) {
			since = d
		}
		if d >= last {
			last = d
			listed = kind != "de-listed"
		}
	}
	return listed, since
}

func chRelation(s string) list.RelationType {
	s = strings.ToLower(s)
	switch {
	case strings.Contains(s, "owned-by"), strings.Contains(s, "controlled-by"):
		return list.OwnedOrControlledBy
	case strings.Contains(s, "family"), strings.Contains(s, "spouse"), strings.Contains(s, "child"), strings.Contains(s, "sibling"), strings.Contains(s, "parent-of"):
		return list.Family
	case strings.Contains(s, "associate"):
		return list.Associate
	}
	return list.OtherRelation
}

func (r *chReader) identity(b *builder, n *node) {
	for _, k := range n.Kids("name") {
		kind := list.AKA
		switch k.Attr("name-type") {
		case "primary-name":
			if kind = list.Primary; n.Attr("main") == "false" {
				kind = list.AKA
			}
		case "formerly-known-as":
			kind = list.FKA
		}
		for i, nm := range chNames(k) {
			if nm.Kind = kind; i > 0 && kind == list.Primary {
				nm.Kind = list.Spelling
			}
			nm.Weak = k.Attr("quality") == "low"
			b.name(nm)
		}
	}
	dates := list.Birth
	switch b.Kind {
	case list.KindOrganization:
		dates = list.Founded
	case list.KindVessel, list.KindAircraft:
		dates = list.Built
	}
	for _, k := range n.Kids("day-month-year") {
		text := strings.Trim(orZero(k.Attr("day"))+"/"+orZero(k.Attr("month"))+"/"+k.Attr("year"), "/")
		if c := k.Attr("calendar"); c != "" && !strings.EqualFold(c, "gregorian") {
			b.date(list.Date{Kind: dates, Text: strings.TrimPrefix(text, "00/00/") + " (" + c + " calendar)"})
			continue
		}
		if k.Attr("year") != "" {
			b.dated(dates, text, dayFirst)
		}
	}
	for _, k := range n.Kids("nationality") {
		c := k.At("country")
		b.country(list.Nationality, cmp.Or(k.Text("country"), c.Attr("iso-code")))
	}
	for _, k := range n.Kids("place-of-birth") {
		a := r.place(k)
		p := list.Place{Country: a.Country, Text: joined(", ", a.Street, a.City, a.State)}
		b.place(p)
	}
	for _, k := range n.Kids("address") {
		a := r.place(k)
		a.Street = joined(", ", k.Text("c-o"), k.Text("address-details"), k.Text("p-o-box"))
		a.Postal = k.Text("zip-code")
		b.address(a)
		b.note("Address", k.Text("remark"))
	}
	for _, k := range n.Kids("identification-document") {
		kind := k.Attr("document-type")
		d := list.Document{Type: docType(strings.ReplaceAll(kind, "-", " "), ""), Kind: kind, Number: k.Text("number"), Note: k.Text("remark")}
		d.Country = countryCode(k.At("issuer").Attr("code"))
		if d.Country == "" {
			d.Country = countryCode(k.Text("issuer"))
		}
		d.Issued, _ = readDay(k.Text("date-of-issue"), dayFirst)
		d.Expires, _ = readDay(k.Text("expiry-date"), dayFirst)
		if kind == "id-card" || kind == "identity-card" {
			d.Type = list.NationalID
		}
		b.document(d)
	}
}

// place looks up the place that an element names.
func (r *chReader) place(n *node) list.Address {
	p := r.places[n.Attr("place-id")]
	c := p.At("country")
	return list.Address{City: p.Text("location"), State: p.Text("area"), Country: countryCode(cmp.Or(c.Attr("iso-code"), p.Text("country")))}
}

// maxSpellings bounds the product of a name's parts.
const maxSpellings = 64

// chNames puts a name together of its parts in their order. Parts of the same
// order stand for each other, and each variant (a language and a script)
// replaces the parts that have it.
func chNames(n *node) []list.Name {
	type variant struct{ lang, script string }
	groups := map[int][]*node{}
	var orders []int
	variants := []variant{{}}
	for _, p := range n.Kids("name-part") {
		o, _ := strconv.Atoi(p.Attr("order"))
		if groups[o] == nil {
			orders = append(orders, o)
		}
		groups[o] = append(groups[o], p)
		for _, s := range p.Kids("spelling-variant") {
			if v := (variant{s.Attr("lang"), s.Attr("script")}); !slices.Contains(variants, v) && len(variants) < maxSpellings {
				variants = append(variants, v)
			}
		}
	}
	slices.Sort(orders)
	var out []list.Name
	for _, v := range variants {
		names := []list.Name{{Lang: chLang(v.lang), Script: chScript(v.script)}}
		for _, o := range orders {
			texts, types := chTexts(groups[o], v.lang, v.script)
			var next []list.Name
			for _, base := range names {
				for i, t := range texts {
					if len(next) == maxSpellings {
						break
					}
					x := base
					x.Text = squash(x.Text + " " + t)
					switch types[i] {
					case "family-name":
						x.Last = squash(x.Last + " " + t)
					case "given-name", "further-given-name":
						x.First = squash(x.First + " " + t)
					}
					next = append(next, x)
				}
			}
			names = next
		}
		for _, x := range names {
			if len(out) < 4*maxSpellings && !slices.ContainsFunc(out, func(y list.Name) bool { return y.Text == x.Text }) {
				out = append(out, x)
			}
		}
	}
	return out
}

// chTexts are the spellings in a variant of parts that stand for each other;
// where none of them has it, their values.
func chTexts(parts []*node, lang, script string) (texts, types []string) {
	for _, p := range parts {
		for _, s := range p.Kids("spelling-variant") {
			if (lang != "" || script != "") && s.Attr("lang") == lang && s.Attr("script") == script {
				texts, types = append(texts, s.Text()), append(types, p.Attr("name-part-type"))
			}
		}
	}
	if texts == nil {
		for _, p := range parts {
			texts, types = append(texts, p.Text("value")), append(types, p.Attr("name-part-type"))
		}
	}
	return texts, types
}

// chLang turns the list's ISO 639-2 codes into ISO 639-1.
func chLang(s string) string {
	return map[string]string{
		"eng": "en", "ger": "de", "fre": "fr", "ita": "it", "rus": "ru", "ara": "ar", "per": "fa", "chi": "zh", "kor": "ko", "ukr": "uk",
		"bel": "be", "srp": "sr", "pus": "ps", "urd": "ur", "bur": "my", "heb": "he",
	}[s]
}

// chScript keeps codes of ISO 15924 and turns the list's words into them.
func chScript(s string) string {
	switch strings.ToLower(s) {
	case "latin", "latn":
		return "Latn"
	case "cyrillic", "cyrl":
		return "Cyrl"
	case "arabic", "arab":
		return "Arab"
	case "hangul", "hang":
		return "Hang"
	case "han", "hani", "chinese":
		return "Hani"
	}
	return ""
}
