package feed

import (
	"slices"
	"strings"

	"navicert"
	"navicert/list"
)

// fact is one thing that OFAC says of a party. In XML facts are features and
// documents, in CSV they stand in the remarks; the kinds have the same names.
type fact struct {
	kind, value     string
	country         string // of the issuer, in words
	issued, expires string
	note            string
}

const currencyPrefix = "Digital Currency Address - "

// factNotes are kinds that say nothing which a field holds: law, mostly. They
// are kept as notes.
var factNotes = map[string]bool{
	"Secondary sanctions risk:": true, "Additional Sanctions Information -": true, "Organization Type:": true, "Target Type": true,
	"Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:": true,
	"Executive Order 13662 Directive Determination -":                                         true, "Executive Order 13846 information:": true,
	"Executive Order 14024 Directive Information -": true, "Executive Order 14024 Directive Information": true,
	"Executive Order 14059 information:": true, "Executive Order 14014 Directive Information:": true,
	"CAATSA Section 235 Information:": true, "IFCA Determination -": true, "PEESA Information:": true, "Issuer Name": true,
	"Listing Date (CMIC)": true, "Effective Date (CMIC)": true, "Purchase/Sales For Divestment Date (CMIC)": true,
	"Listing Date (EO 14024 Directive 1a):": true, "Effective Date (EO 14024 Directive 1a):": true,
	"Listing Date (EO 14024 Directive 2):": true, "Effective Date (EO 14024 Directive 2):": true,
	"Listing Date (EO 14024 Directive 3):": true, "Effective Date (EO 14024 Directive 3):": true,
	"Listing Date (EO 14014 Directive 1):": true, "Effective Date (EO 14014 Directive 1):": true,
	"Other Vessel Type": true,
}

var factDates = map[string]list.DateKind{
	"Birthdate": list.Birth, "Organization Established Date": list.Founded, "Vessel Year of Build": list.Built, "Aircraft Manufacture Date": list.Built,
}

var factCountries = map[string]list.CountryRole{
	"Nationality Country": list.Nationality, "Citizenship Country": list.Citizenship, "Nationality of Registration": list.Jurisdiction,
	"Registration Country": list.Jurisdiction, "Vessel Flag": list.Flag, "VESSEL FLAG": list.Flag, "Other Vessel Flag": list.Flag, "Former Vessel Flag": list.FormerFlag,
}

var factContacts = map[string]string{
	"Website": "website", "Email Address": "email", "Phone Number": "phone", "Phone No.": "phone", "Telephone": "phone", "Fax": "fax", "Fax Number": "fax",
}

// add puts a fact where it belongs. Nothing is dropped: what has no field is a note.
func (f fact) add(e *list.Entity, at place) {
	f.value = squash(f.value)
	if f.value == "" {
		return
	}
	if asset, ok := strings.CutPrefix(f.kind, currencyPrefix); ok {
		e.Wallets = append(e.Wallets, list.Wallet{Asset: asset, Address: f.value})
		return
	}
	if kind, ok := factDates[f.kind]; ok {
		addDate(e, kind, f.value, dayFirst, at)
		return
	}
	if role, ok := factCountries[f.kind]; ok {
		addCountry(e, role, f.value)
		return
	}
	if kind, ok := factContacts[f.kind]; ok {
		e.Contacts = append(e.Contacts, list.Contact{Kind: kind, Value: f.value})
		return
	}
	switch f.kind {
	case "Gender":
		switch f.value {
		case "Male":
			e.Gender = list.Male
		case "Female":
			e.Gender = list.Female
		default:
			e.Notes = append(e.Notes, "Gender "+f.value)
		}
	case "Place of Birth":
		e.Places = append(e.Places, readPlace(f.value))
	case "Aircraft Model":
		if v := vessel(e); v.Model == "" {
			v.Model = f.value
			return
		}
		e.Notes = append(e.Notes, "Aircraft Model "+f.value)
	case "Aircraft Operator":
		e.Relations = append(e.Relations, list.Relation{Kind: f.kind, Name: f.value})
	case "Linked To:":
		e.Relations = append(e.Relations, list.Relation{Kind: "Linked To", Name: f.value})
	case "Title":
		e.Titles = append(e.Titles, f.value)
	case "Vessel Type", "VESSEL TYPE":
		vessel(e).Type = f.value
	case "Vessel Owner":
		vessel(e).Owner = f.value
	case "Vessel Tonnage":
		vessel(e).Tonnage = f.value
	case "Vessel Gross Registered Tonnage":
		vessel(e).GrossTons = f.value
	case "":
		e.Notes = append(e.Notes, f.value)
	default:
		if factNotes[f.kind] {
			e.Notes = append(e.Notes, f.kind+" "+f.value)
			return
		}
		e.Documents = append(e.Documents, f.document())
	}
}

func (f fact) document() list.Document {
	d := list.Document{Type: docType(f.kind, f.value), Kind: f.kind, Number: f.value, Note: f.note}
	if d.Type == list.IMO {
		d.Number = strings.TrimSpace(strings.TrimPrefix(d.Number, "IMO"))
	}
	more := func(s string) { d.Note = joined("; ", d.Note, s) }
	if f.country != "" {
		if d.Country = countryCode(f.country); d.Country == "" {
			more(f.country)
		}
	}
	day := func(word, s string) (out navicert.Day) {
		if s != "" {
			var ok bool
			if out, ok = readDay(s, dayFirst); !ok {
				more(word + " " + s)
				return 0
			}
		}
		return out
	}
	d.Issued, d.Expires = day("issued", f.issued), day("expires", f.expires)
	return d
}

func vessel(e *list.Entity) *list.Vessel {
	if e.Vessel == nil {
		e.Vessel = &list.Vessel{}
	}
	return e.Vessel
}

// place is where something stands, for notes.
type place struct {
	*notes
	file string
	line int
}

func (p place) note(format string, args ...any) { p.add(p.file, p.line, format, args...) }

// addDate adds a date; one that cannot be read is kept as written and noted.
func addDate(e *list.Entity, kind list.DateKind, s string, o order, at place) {
	d, ok := readDate(kind, s, o)
	if !ok {
		return
	}
	if d.Text != "" {
		at.note("the date %q cannot be read; it is kept as written", d.Text)
	}
	e.Dates = appendNew(e.Dates, d)
}

// addCountry adds a country once in each role.
func addCountry(e *list.Entity, role list.CountryRole, text string) {
	if text = squash(text); text == "" {
		return
	}
	c := list.Country{Code: countryCode(text), Text: text, Role: role}
	for _, have := range e.Countries[:min(len(e.Countries), maxCompared)] {
		if have.Role == role && have.Code == c.Code && (c.Code != "" || have.Text == c.Text) {
			return
		}
	}
	e.Countries = append(e.Countries, c)
}

// readPlace reads a place of birth: its country is what stands after its last
// comma, or after the last but one ("Sinuiju, Korea, North").
func readPlace(text string) list.Place {
	i := strings.LastIndexByte(text, ',')
	code := countryCode(text[i+1:])
	if code == "" && i > 0 {
		code = countryCode(text[strings.LastIndexByte(text[:i], ',')+1:])
	}
	return list.Place{Text: text, Country: code}
}

// maxCompared bounds how many values of an entity a new one is compared with:
// hostile files hold a million. What stands twice beyond it does no harm.
const maxCompared = 1000

func appendNew[T comparable](to []T, x T) []T {
	if slices.Contains(to[:min(len(to), maxCompared)], x) {
		return to
	}
	return append(to, x)
}
