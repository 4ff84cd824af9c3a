package feed

import (
	"html"
	"strings"

	"navicert/list"
)

const ukLicense = "UK Open Government Licence v3.0: reuse with attribution. Check before redistributing."

var ukSL = &Source{
	Key: "uk-sl", Prefix: "uk",
	Title:     "UK Sanctions List",
	Authority: "UK",
	License:   ukLicense,
	Cadence:   "when a designation is made, varied or revoked",
	Band:      [2]int{3400, 12000},
	MaxChange: 0.25,
	Forms: []Form{{
		Name:  "xml",
		Files: []URL{{Name: "uk-sanctions-list.xml", Address: "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml"}},
		Is:    func(h Head) bool { return h.Root() == "Designations" },
		Parse: parseUKXML,
	}, {
		Name:  "csv",
		Files: []URL{{Name: "uk-sanctions-list.csv", Address: "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"}},
		Is: func(h Head) bool {
			return strings.Contains(h.Line(1), "Unique ID") && strings.Contains(h.Line(1), "OFSI Group ID")
		},
		Parse: parseUKCSV,
	}, {
		Name:  "ods",
		Is:    func(h Head) bool { return strings.HasSuffix(h.Name, ".ods") },
		Parse: refuseODS,
	}},
}

var ukOFSI = &Source{
	Key: "uk-ofsi", Prefix: "uk-ofsi",
	Title:     "OFSI Consolidated List of Financial Sanctions Targets",
	Authority: "UK",
	License:   ukLicense,
	Cadence:   "none: frozen on 28 January 2026 and kept for its history; the UK Sanctions List has replaced it",
	Band:      [2]int{2500, 8000},
	MaxChange: 0.3,
	Forms: []Form{{
		Name: "csv",
		Is: func(h Head) bool {
			return strings.HasPrefix(h.Line(0), "Last Updated,") && strings.HasPrefix(h.Line(1), "Name 6,")
		},
		Parse: parseConList,
	}},
}

// refuseODS says what to take instead: the sheets of the list unpack to more
// than 600 MB, and all that they say is in the other forms.
var refuseODS = one(func(f File) (*list.Edition, error) {
	return nil, fault(f.Name, 0, "this is an OpenDocument spreadsheet, which is not read: a small one can unpack to 632 MB",
		"the same list as CSV or XML", "fetch UK-Sanctions-List.xml from https://sanctionslist.fcdo.gov.uk/docs/")
})

// ukKind reads the kind of a designation.
func ukKind(s string) list.Kind {
	switch strings.ToLower(s) {
	case "individual":
		return list.KindPerson
	case "entity":
		return list.KindOrganization
	case "ship":
		return list.KindVessel
	}
	return list.KindUnknown
}

// ukName adds a name: part[0] is Name 1, part[5] is Name 6, the family
// name or the name of a body.
func ukName(b *builder, part [6]string, kind, strength string) {
	n := list.Name{Weak: strings.HasPrefix(strings.ToLower(strength), "low")}
	given := squash(strings.Join(part[:5], " "))
	n.Text = squash(given + " " + part[5])
	if b.Kind == list.KindPerson && given != "" {
		n.First, n.Last = given, part[5]
	}
	switch strings.ToLower(kind) {
	case "primary name", "":
		n.Kind = list.Primary
	case "primary name variation":
		n.Kind = list.Spelling
	case "fka":
		n.Kind = list.FKA
	default:
		n.Kind = list.AKA
	}
	b.name(n)
}

// ukLangs are the languages that the lists name.
var ukLangs = map[string]string{
	"russian": "ru", "russia": "ru", "persian": "fa", "persian/farsi": "fa", "farsi": "fa", "arabic": "ar", "ukrainian": "uk", "ukraine": "uk",
	"belarusian": "be", "bosnian": "bs", "serbian": "sr", "korean": "ko", "chinese": "zh", "bulgarian": "bg", "spanish": "es", "greek": "el",
	"romanian": "ro", "pashto": "ps", "urdu": "ur", "burmese": "my", "hebrew": "he", "turkish": "tr", "georgian": "ka", "armenian": "hy",
}

func ukForeign(b *builder, text, lang string) {
	b.name(list.Name{Text: text, Kind: list.Spelling, Lang: ukLangs[strings.ToLower(lang)]})
}

// ukAddress adds an address of six lines, the last of which is the town.
func ukAddress(b *builder, line [6]string, postal, country string) {
	for i, l := range line[:5] {
		line[i] = strings.Trim(squash(l), " ,")
	}
	a := list.Address{Street: joined(", ", line[:5]...), City: squash(line[5]), Postal: squash(postal), Country: countryCode(country)}
	if a.Country == "" && country != "" { // "Occupied Palestinian Territories"
		a.State = country
	}
	b.address(a)
}

// ukDocument adds a document; what is said about it tells its type where
// typ does not.
func ukDocument(b *builder, typ list.DocType, kind, number, info string) {
	number = strings.Trim(squash(number), " .")
	if number == "" || number == "-" {
		if info != "-" {
			b.note(kind, info)
		}
		return
	}
	d := list.Document{Type: typ, Kind: kind, Number: number, Note: info}
	if first, _, _ := strings.Cut(info, " "); first != "" {
		d.Country = countryCode(strings.Trim(first, ".,()"))
	}
	if c := countryCode(strings.TrimSuffix(strings.TrimSuffix(info, " number"), " passport")); c != "" {
		d.Country = c
	}
	b.document(d)
}

var (
	ukLabel  = pattern(`^([A-Za-z. /]{2,40}?)(?: ?[-–:] ?| no\.? ?| No\.? ?|\. )([0-9A-Z].*)$`)
	ukSource = pattern(`^(.*[0-9A-Za-z]) ?\(([A-Za-z ]{2,40})\)\.?$`)
	ukNext   = pattern(`(?:\)\.|;|\.) +[A-Z][A-Za-z ]+[Nn](?:o\.|umber)`)
)

// ukBusiness adds the numbers of a company: "Tax Identification Number: INN
// 2536210349", "1117746568829 (Russia). Tax ID No. 7735579027 (Russia)".
func ukBusiness(b *builder, s string) {
	s = squash(s)
	for at := ukNext().FindStringIndex(s); at != nil && at[0] > 0; at = ukNext().FindStringIndex(s) {
		end := at[0] + strings.IndexAny(s[at[0]:], ".;")
		ukNumber(b, s[:end])
		s = strings.TrimSpace(s[end+1:])
	}
	ukNumber(b, s)
}

func ukNumber(b *builder, s string) {
	d := list.Document{Type: list.Registration, Kind: "Business registration number", Number: s}
	if m := ukLabel().FindStringSubmatch(s); m != nil {
		d.Kind, d.Number = strings.TrimSpace(m[1]), m[2]
	}
	if m := ukSource().FindStringSubmatch(d.Number); m != nil {
		if c := countryCode(m[2]); c != "" {
			d.Number, d.Country = m[1], c
		}
	}
	if in, ok := strings.CutPrefix(d.Number, "INN "); ok {
		d.Kind, d.Number = "INN", in
	}
	for _, k := range strings.Fields(strings.ToLower(d.Kind)) {
		switch k {
		case "inn", "tin", "tax", "taxpayer":
			d.Type = list.TaxID
		}
	}
	b.document(d)
}

// ukShip adds what is stated of a ship, by the names of the XML form.
func ukShip(b *builder, what, s string) {
	s = squash(s)
	if s == "" {
		return
	}
	if b.Vessel == nil {
		b.Vessel = &list.Vessel{}
	}
	set := func(to *string) {
		if *to == "" {
			*to = s
		} else if *to != s {
			b.note(what, s)
		}
	}
	switch what {
	case "IMONumber":
		b.document(list.Document{Type: list.IMO, Kind: "IMO number", Number: strings.TrimSpace(strings.TrimPrefix(s, "IMO"))})
	case "CurrentOwnerOperator":
		set(&b.Vessel.Owner)
		b.relation(list.Relation{Type: list.OtherRelation, Kind: "Current owner/operator", Name: s})
	case "PreviousOwnerOperator":
		b.relation(list.Relation{Type: list.OtherRelation, Kind: "Previous owner/operator", Name: s, Former: true})
	case "CurrentBelievedFlagOfShip":
		b.country(list.Flag, s)
	case "PreviousFlag":
		for _, t := range strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == ';' }) {
			b.country(list.FormerFlag, t)
		}
	case "TypeOfShip":
		set(&b.Vessel.Type)
	case "TonnageOfShip":
		set(&b.Vessel.Tonnage)
	case "YearBuilt":
		b.dated(list.Built, s, dayFirst)
	case "HullIdentificationNumber":
		b.document(list.Document{Type: list.SerialNumber, Kind: "Hull identification number", Number: s})
	case "LengthOfShip":
		b.note("Length of ship", s)
	}
}

// ukText undoes the HTML that stands in statements.
func ukText(s string) string {
	for range 2 { // some are escaped twice
		s = html.UnescapeString(s)
	}
	return squash(ukTag().ReplaceAllString(s, " "))
}

var ukTag = pattern(`</?[a-zA-Z][^<>]{0,200}>`)

// ukListing adds a listing for each regime.
func ukListing(b *builder, name, regime, since string) {
	d, _ := readDay(since, dayFirst)
	b.program(regime)
	l := list.Listing{List: name, Since: d}
	for i := range b.Listings {
		if have := &b.Listings[i]; have.List == name && have.Since == d {
			return
		}
	}
	b.Listings = append(b.Listings, l)
}
