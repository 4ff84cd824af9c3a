package feed

import (
	"fmt"
	"strings"

	"navicert/list"
)

// readEnhanced reads SDN_ENHANCED.XML and CONS_ENHANCED.XML, OFAC's fullest
// form that keeps each party in one piece.
func readEnhanced(of string) Parser {
	return fromOFAC(of, func(f File, r *ofacReader) error {
		err := walkXML(f, "sanctionsData", map[string]func(*node) error{
			"publicationInfo": func(n *node) error {
				var ok bool
				if r.Date, ok = readDay(n.Text("dataAsOf"), dayFirst); !ok {
					return fault(f.Name, n.Line, fmt.Sprintf("dataAsOf is %q", n.Text("dataAsOf")), "a day", fetchAgain)
				}
				return nil
			},
			"entities/entity": func(n *node) error { return r.enhanced(n, r.at(n.Line)) },
		})
		if err == nil && r.Date == 0 {
			err = fault(f.Name, 0, "publicationInfo is missing", "the day of the data", fetchAgain)
		}
		turnRelations(r.Entities)
		return err
	})
}

func (r *ofacReader) enhanced(n *node, at place) error {
	info := n.At("generalInfo")
	e, err := r.begin(n.Attr("id"), info.Text("entityType"), at)
	if err != nil {
		return err
	}
	at.line = n.Line
	if err := r.enhancedNames(e, n, at); err != nil {
		return err
	}
	texts := func(path ...string) (out []string) {
		for _, m := range n.All(path...) {
			if s := m.Text(); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	e.Programs = texts("sanctionsPrograms", "sanctionsProgram")
	e.Legal = texts("legalAuthorities", "legalAuthority")
	for _, l := range n.All("sanctionsLists", "sanctionsList") {
		since := l.Attr("datePublished")
		day, ok := readDay(since, dayFirst)
		if !ok && since != "" {
			at.note("party %s is listed since %q, which is no day", e.Ref, since)
		}
		e.Listings = append(e.Listings, list.Listing{List: l.Text(), Since: day})
	}
	e.Listings = namedListings(e.Listings)
	for _, a := range n.All("addresses", "address") {
		for _, t := range a.All("translations", "translation") {
			parts := map[string]string{}
			for _, p := range t.All("addressParts", "addressPart") {
				parts[p.Text("type")] = p.Text("value")
			}
			if len(parts) == 0 && t.Text("isPrimary") != "true" {
				continue
			}
			if x, ok := ofacParts(a.Text("country"), func(p string) string { return parts[p] }); ok {
				e.Addresses = append(e.Addresses, x)
			}
		}
	}
	for _, t := range append(info.Kids("title"), n.Kids("title")...) {
		if s := t.Text(); s != "" {
			e.Titles = append(e.Titles, strings.Split(s, "; ")...)
		}
	}
	for _, f := range n.All("features", "feature") {
		enhancedFeature(e, f, place{at.notes, at.file, f.Line})
	}
	for _, d := range n.All("identityDocuments", "identityDocument") {
		x := fact{
			kind: d.Text("type"), value: d.Text("documentNumber"), country: d.Text("issuingCountry"),
			issued: d.Text("issueDate"), expires: d.Text("expirationDate"), note: d.Text("issuingAuthority"),
		}
		if d.Text("isValid") == "false" {
			x.note = joined("; ", x.note, "marked as not valid")
		}
		x.note = joined("; ", x.note, d.Text("comments"))
		x.add(e, place{at.notes, at.file, d.Line})
	}
	for _, l := range n.All("relationships", "relationship") {
		to := l.At("relatedEntity")
		if !isNumber(to.Attr("entityId")) {
			return fault(at.file, l.Line, fmt.Sprintf("relatedEntity has the id %q", to.Attr("entityId")), "OFAC's number of a party", "")
		}
		x := relation(l.Text("type"), to.Attr("entityId"), l.Text("isFormer") == "true" || l.Text("former") == "true")
		x.Name = to.Text()
		e.Relations = append(e.Relations, x)
	}
	if s := info.Text("remarks"); s != "" {
		readRemarks(e, s, at)
	}
	return nil
}

// namedListings writes lists by their short codes, and leaves the meta-list
// out where the list itself is named.
func namedListings(ls []list.Listing) []list.Listing {
	var out []list.Listing
	for _, l := range ls {
		if l.List == metaList && len(ls) > 1 {
			continue
		}
		if code := ofacLists[l.List]; code != "" {
			l.List = code
		}
		out = append(out, l)
	}
	return out
}

func (r *ofacReader) enhancedNames(e *list.Entity, n *node, at place) error {
	for _, m := range n.All("names", "name") {
		kind, weak := list.AKA, m.Text("isLowQuality") == "true"
		if m.Text("isPrimary") == "true" {
			kind = list.Primary
		} else if s := m.Text("aliasType"); s != "" {
			var ok bool
			if kind, ok = aliasKind(s); !ok {
				return fault(at.file, m.Line, fmt.Sprintf("%q is no type of an alias", s), "A.K.A., F.K.A. or N.K.A.", "")
			}
		}
		for _, t := range m.All("translations", "translation") {
			name := list.Name{
				Text: t.Text("formattedFullName"), Last: t.Text("formattedLastName"), First: t.Text("formattedFirstName"),
				Script: ofacScript(t.Text("script")), Kind: kind, Weak: weak,
			}
			if name.First == "" || name.Last == "" {
				if name.Text == "" {
					name.Text = name.Last + name.First
				}
				name.First, name.Last = "", ""
			}
			if t.Text("isPrimary") != "true" {
				name.Kind = list.Spelling
			}
			if name.Text != "" {
				e.Names = append(e.Names, name)
			}
		}
	}
	return primaryFirst(e, at)
}

// primaryFirst puts the primary name in front.
func primaryFirst(e *list.Entity, at place) error {
	for i, n := range e.Names {
		if n.Kind == list.Primary {
			copy(e.Names[1:i+1], e.Names[:i])
			e.Names[0] = n
			return nil
		}
	}
	return fault(at.file, at.line, "party "+e.Ref+" has no primary name", "one", "")
}

func enhancedFeature(e *list.Entity, f *node, at place) {
	kind, value := f.Text("type"), f.Text("value")
	if d := f.At("valueDate"); d != nil {
		if _, isDate := factDates[kind]; isDate {
			if x, ok := readDate(list.Birth, value, dayFirst); !ok || x.Text != "" { // the text says less than the days do
				from, ok1 := readDay(d.Text("fromDateBegin"), dayFirst)
				to, ok2 := readDay(d.Text("toDateEnd"), dayFirst)
				if ok1 && ok2 {
					value = periodText(span{from, to}, d.Text("isApproximate") == "true")
				}
			}
		}
	}
	c := f.Text("comments")
	x := fact{kind: kind, value: value}
	before := len(e.Documents)
	x.add(e, at)
	switch {
	case c == "":
	case len(e.Documents) > before:
		e.Documents[before].Note = c
	default:
		e.Notes = append(e.Notes, strings.TrimSpace(kind+" "+value)+": "+c)
	}
}

// periodText writes days as OFAC's other forms do: "1962", "17 Feb 1974".
func periodText(s span, circa bool) string {
	y := s.from.String()[:4]
	year, _ := readSpan(y, dayFirst)
	month, _ := readSpan(s.from.String()[:7], dayFirst)
	var out string
	switch {
	case s == year:
		out = y
	case s.from == s.to:
		out = dayText(s.from)
	case s == month:
		out = dayText(s.from)[3:]
	default:
		out = dayText(s.from) + " to " + dayText(s.to)
	}
	if circa {
		return "circa " + out
	}
	return out
}
