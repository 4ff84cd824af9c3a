package feed

import (
	"cmp"
	"fmt"
	"strings"

	"navicert/list"
)

var unSC = &Source{
	Key: "un-sc", Prefix: "un",
	Title:     "United Nations Security Council Consolidated List",
	Authority: "UN",
	License:   "UN terms of use: may be copied to implement sanctions, with attribution; no formal open license. Check before redistributing.",
	Cadence:   "when a committee of the Security Council decides",
	Band:      [2]int{750, 1750},
	MaxChange: 0.25,
	Forms: []Form{{
		Name:  "xml",
		Files: []URL{{Name: "consolidated.xml", Address: "https://scsanctions.un.org/resources/xml/en/consolidated.xml"}},
		Is:    func(h Head) bool { return h.Root() == "CONSOLIDATED_LIST" },
		Parse: parseUN,
	}},
}

// parseUN reads the list as it was published from 2018 on. An entity's ID is
// its permanent reference number, "un-KPe.001".
var parseUN = fromXML("CONSOLIDATED_LIST", func(r *roll) map[string]func(*node) error {
	add := func(kind list.Kind) func(*node) error {
		return func(n *node) error {
			ref, data := n.Text("REFERENCE_NUMBER"), n.Text("DATAID")
			if ref == "" {
				if ref = data; ref == "" {
					return fault(r.file, n.Line, "an entity has neither REFERENCE_NUMBER nor DATAID", "its number", fetchAgain)
				}
				r.at(n.Line).note("an entity has no REFERENCE_NUMBER; its DATAID %s stands for it", data)
			}
			if at, twice := r.lines["un-"+ref]; twice && data != "" {
				r.at(n.Line).note("the reference number %s stands already at line %d; the DATAID %s tells the second one apart", ref, at, data)
				ref += "/" + data
			}
			b := newBuilder("un-"+ref, ref, kind)
			unEntity(b, n)
			return r.add(b, n.Line)
		}
	}
	return map[string]func(*node) error{
		"": func(n *node) error {
			d, ok := readDay(n.Attr("dateGenerated"), dayFirst)
			if !ok {
				return fault(r.file, n.Line, fmt.Sprintf("dateGenerated is %q", n.Attr("dateGenerated")), "a day, 2026-02-27T00:00:09Z", fetchAgain)
			}
			r.Date = d
			return nil
		},
		"INDIVIDUALS/INDIVIDUAL": add(list.KindPerson),
		"ENTITIES/ENTITY":        add(list.KindOrganization),
	}
})

func unEntity(b *builder, n *node) {
	main, note := unNames(joined(" ", n.texts("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "FIFTH_NAME", "SIXTH_NAME")...))
	b.note("Name", note)
	for i, t := range main {
		kind := list.Primary
		if i > 0 {
			kind = list.AKA
		}
		b.name(list.Name{Text: t, Kind: kind})
	}
	for _, k := range n.Kids("NAME_ORIGINAL_SCRIPT") {
		originals, _ := unNames(k.Text())
		for _, t := range originals {
			if foreign(t) || !foreign(k.Text()) { // not the "(Tigrinya)" behind it
				b.name(list.Name{Text: t, Kind: list.Spelling})
			}
		}
	}
	b.gender(n.Text("GENDER"))
	what := "ENTITY"
	if b.Kind == list.KindPerson {
		what = "INDIVIDUAL"
	}
	for _, k := range n.Kids(what + "_ALIAS") {
		unAlias(b, k)
	}
	for _, k := range n.All("TITLE", "VALUE") {
		b.title(k.Text())
	}
	for _, k := range n.All("DESIGNATION", "VALUE") {
		b.title(k.Text())
	}
	for _, k := range n.All("NATIONALITY", "VALUE") {
		if t := k.Text(); t != "na" {
			b.country(list.Nationality, t)
		}
	}
	for _, k := range n.Kids(what + "_DATE_OF_BIRTH") {
		unBirth(b, k)
	}
	for _, k := range n.Kids(what + "_PLACE_OF_BIRTH") {
		b.place(unPlace(k, "STREET", "CITY", "STATE_PROVINCE", "COUNTRY"))
		b.note("Place of birth", k.Text("NOTE"))
	}
	for _, k := range n.Kids(what + "_ADDRESS") {
		unAddress(b, k)
	}
	for _, k := range n.Kids(what + "_DOCUMENT") {
		unDocument(b, k)
	}
	b.program(n.Text("UN_LIST_TYPE"))
	since, _ := readDay(n.Text("LISTED_ON"), dayFirst)
	l := list.Listing{List: n.Text("UN_LIST_TYPE"), Since: since}
	if d, ok := readDay(n.Text("DELISTED_ON"), dayFirst); ok {
		l.Until = d
	}
	b.Listings = append(b.Listings, l)
	b.note("Submitted by", n.Text("SUBMITTED_BY"))
	for _, k := range n.Kids("COMMENTS1") {
		b.note("", k.Text())
	}
}

// unNames parts names that stand in one element: "A; B", an original with its
// readings behind it, "حسن غول (Hassan Ghul; Hassan Gul)", or the other way
// round. What is no name is returned as note.
func unNames(s string) (names []string, note string) {
	if before, inner, ok := strings.Cut(s, "("); ok && strings.HasSuffix(s, ")") && before != "" && strings.Count(s, "(") == 1 {
		inner = strings.TrimSuffix(inner, ")")
		a, _ := unNames(before)
		original := inner[strings.IndexByte(inner, ':')+1:] // "(original script: Амир Хазмат)"
		switch {
		case foreign(original) && !foreign(before):
			b, _ := unNames(original)
			return append(a, b...), ""
		case foreign(before) && !foreign(inner):
			b, _ := unNames(inner)
			return append(a, b...), ""
		case unRemark(inner):
			return a, inner
		}
	}
	if before, after, ok := strings.Cut(s, ", born "); ok {
		names, _ = unNames(before)
		return names, "born " + after
	}
	for _, t := range strings.Split(s, ";") {
		if t = strings.Trim(squash(t), " ,"); t != "" {
			names = append(names, t)
		}
	}
	return names, ""
}

// unRemark reports whether what stands in brackets behind a name is no name.
func unRemark(s string) bool {
	switch strings.ToLower(s) {
	case "birth name", "combat name", "nom de guerre", "previously listed as", "formerly listed as":
		return true
	}
	return strings.ContainsAny(s, "0123456789") && strings.Count(s, " ") > 1
}

func unAlias(b *builder, n *node) {
	kind, weak := list.AKA, strings.EqualFold(n.Text("QUALITY"), "low")
	if strings.EqualFold(n.Text("QUALITY"), "f.k.a.") {
		kind = list.FKA
	}
	names, remark := unNames(n.Text("ALIAS_NAME"))
	for _, t := range names {
		b.name(list.Name{Text: t, Kind: kind, Weak: weak})
	}
	for _, note := range []string{n.Text("NOTE"), remark} {
		// "original script: Абу Банат"
		if i := strings.LastIndexByte(note, ':'); i >= 0 && foreign(note[i+1:]) {
			originals, _ := unNames(note[i+1:])
			for _, t := range originals {
				b.name(list.Name{Text: t, Kind: list.AKA, Weak: weak})
			}
		}
		b.note("Alias "+strings.Join(names, "; "), note)
	}
	b.dated(list.Birth, n.Text("DATE_OF_BIRTH"), dayFirst)
	b.place(unPlace(n, "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"))
}

// unPlace joins what is stated of a place; the last of parts is its country.
func unPlace(n *node, parts ...string) list.Place {
	return list.Place{Text: joined(", ", n.texts(parts...)...), Country: countryCode(n.Text(parts[len(parts)-1]))}
}

func unBirth(b *builder, n *node) {
	note := n.Text("NOTE")
	circa := n.Text("TYPE_OF_DATE") == "APPROXIMATELY" || strings.EqualFold(note, "approximately")
	text := n.Text("DATE")
	switch {
	case text != "":
	case n.Text("YEAR") != "":
		text = n.Text("YEAR")
		if m := monthNumber(note); m > 0 && len(note) < 10 { // "Sep." beside 1958
			text, note = note+" "+text, ""
		}
	case n.Text("FROM_YEAR") != "" || n.Text("TO_YEAR") != "":
		text = n.Text("FROM_YEAR") + " to " + n.Text("TO_YEAR")
	default:
		text, note = note, ""
	}
	d, ok := readDate(list.Birth, text, dayFirst)
	if !ok {
		return
	}
	d.Circa = d.Text == "" && (d.Circa || circa)
	b.date(d)
	if !circa || !strings.EqualFold(note, "approximately") {
		b.note("Born "+text, note)
	}
}

func unAddress(b *builder, n *node) {
	a := list.Address{
		Street: n.Text("STREET"), City: n.Text("CITY"), State: n.Text("STATE_PROVINCE"), Postal: n.Text("ZIP_CODE"),
		Country: countryCode(n.Text("COUNTRY")),
	}
	note := n.Text("NOTE")
	switch {
	case a.Country == "" && n.Text("COUNTRY") != "" && n.Text("COUNTRY") != "na":
		b.country(list.Residence, n.Text("COUNTRY"))
	case a == (list.Address{}):
		a.Text, note = note, ""
	}
	b.address(a)
	if note != "" {
		b.note("Address "+cmp.Or(a.Street, a.City, a.State, n.Text("COUNTRY")), note)
	}
}

func unDocument(b *builder, n *node) {
	d := list.Document{
		Kind: cmp.Or(n.Text("TYPE_OF_DOCUMENT2"), n.Text("TYPE_OF_DOCUMENT")), Number: n.Text("NUMBER"), Note: n.Text("NOTE"),
		Country: countryCode(cmp.Or(n.Text("ISSUING_COUNTRY"), n.Text("COUNTRY_OF_ISSUE"))),
	}
	d.Issued, _ = readDay(n.Text("DATE_OF_ISSUE"), dayFirst)
	d.Kind = strings.TrimSuffix(d.Kind, ":")
	if c := n.Text("CITY_OF_ISSUE"); c != "" {
		d.Note = joined("; ", d.Note, "issued in "+c)
	}
	d.Type = unDocType(n.Text("TYPE_OF_DOCUMENT"))
	if d.Number == "" { // the number stands in the words, if anywhere
		b.note("Document", strings.TrimSpace(d.Kind+" "+d.Note))
		return
	}
	// "Libyan Passport No. 96/184442": what stands before the number is its kind
	if i := numberAt(d.Number); i > 0 {
		d.Kind, d.Number = strings.TrimRight(d.Number[:i], " :"), d.Number[i:]
	}
	b.document(d)
}

// unDocType groups a document; the list knows two types, in three languages.
func unDocType(s string) list.DocType {
	s = strings.ToLower(s)
	if strings.Contains(s, "passeport") || strings.Contains(s, "pasaporte") {
		return list.Passport
	}
	if strings.HasPrefix(s, "national ident") {
		return list.NationalID
	}
	return docType(s, "")
}

// numberAt finds where the number begins behind the words that some entries
// write before it; 0 where it is the number itself.
func numberAt(s string) int {
	low := strings.ToLower(s)
	for _, w := range []string{"number: ", "number ", "no.: ", "no. ", "no: "} {
		if i := strings.LastIndex(low, w); i >= 0 && strings.ContainsAny(s[i+len(w):], "0123456789") {
			return i + len(w)
		}
	}
	return 0
}
