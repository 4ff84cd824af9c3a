package feed

import (
	"cmp"
	"strings"

	"navicert"
	"navicert/list"
)

const euToken = "?token=dG9rZW4tMjAxNw" // public and the same for everybody; the Commission publishes it

var euFSF = &Source{
	Key: "eu-fsf", Prefix: "eu",
	Title:     "EU Consolidated Financial Sanctions List",
	Authority: "EU",
	License:   "Commission Decision 2011/833/EU: reuse with attribution. Check before redistributing.",
	Cadence:   "when an act of the Council or the Commission enters into force",
	Band:      [2]int{3000, 12000},
	MaxChange: 0.25,
	Forms: []Form{{
		Name:  "xml",
		Files: []URL{{Name: "eu.xml", Address: "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content" + euToken}},
		Is:    func(h Head) bool { return h.Root() == "export" && strings.Contains(string(h.Bytes), "/fpi/fsd/export") },
		Parse: parseEUXML,
	}, {
		Name:  "csv",
		Files: []URL{{Name: "eu.csv", Address: "https://webgate.ec.europa.eu/fsd/fsf/public/files/csvFullSanctionsList_1_1/content" + euToken}},
		Is:    func(h Head) bool { return strings.HasPrefix(string(h.Bytes), "fileGenerationDate;Entity_LogicalId;") },
		Parse: parseEUCSV,
	}},
}

// euRecord gives the fields of one block of the list, a name or an address,
// by their names in the CSV form: "WholeName".
type euRecord func(field string) string

// euParts are the blocks of an entity, by their columns and elements.
var euParts = []struct {
	column, element string
	add             func(*builder, euRecord)
}{
	{"NameAlias_", "nameAlias", euName},
	{"Address_", "address", euAddress},
	{"BirthDate_", "birthdate", euBirth},
	{"Identification_", "identification", euDocument},
	{"Citizenship_", "citizenship", euCitizenship},
}

// euEntity takes what is stated of the entity itself, in each row or element
// again.
func euEntity(b *builder, get euRecord, programme, title string, url string) {
	if id := get("UnitedNationId"); id != "" {
		b.document(list.Document{Kind: "UN reference number", Number: id})
	}
	b.note("", euText(get("Remark")))
	b.note("Designation details", euText(get("DesignationDetails")))
	since, _ := readDay(get("DesignationDate"), dayFirst)
	euBasis(b, programme, title)
	if programme == "" {
		programme = "EU"
	}
	euListing(b, programme, since, url)
}

// euListing adds a listing, one for each programme.
func euListing(b *builder, programme string, since navicert.Day, url string) {
	if !strings.HasPrefix(url, "http") {
		url = ""
	}
	for i := range b.Listings {
		if l := &b.Listings[i]; l.List == programme {
			if l.Since == 0 {
				l.Since = since
			}
			if l.Source == "" {
				l.Source = url
			}
			return
		}
	}
	b.Listings = append(b.Listings, list.Listing{List: programme, Since: since, Source: url})
}

// euBasis adds the programme and the act that a block rests on.
func euBasis(b *builder, programme, title string) {
	b.program(programme)
	b.legal(title)
}

// euText undoes the line ends that stand as two characters in the texts.
func euText(s string) string { return squash(strings.ReplaceAll(s, `\n`, " ")) }

var (
	euLow    = pattern(`(?i)\blo[w]? +q[a-z]*lity`)
	euFormer = pattern(`(?i)formerly|former name|previously|maiden name`)
	euLetter = pattern(`(?i)(?:^|[,;.]? )\(?[a-z]\) ?`)
)

func euName(b *builder, get euRecord) {
	n := list.Name{
		Text: euText(get("WholeName")), First: squash(get("FirstName") + " " + get("MiddleName")), Last: squash(get("LastName")),
		Lang: strings.ToLower(get("NameLanguage")), Kind: list.AKA,
	}
	if n.Text == "" {
		n.Text = squash(n.First + " " + n.Last)
	}
	remark := euText(get("Remark"))
	n.Weak = euLow().MatchString(remark) || get("Strong") == "false"
	switch {
	case euFormer().MatchString(remark):
		n.Kind = list.FKA
	case foreign(n.Text):
		n.Kind = list.Spelling
	case len(b.Names) == 0 && !n.Weak:
		n.Kind = list.Primary
	}
	b.name(n)
	if !euLow().MatchString(remark) && !strings.Contains(strings.ToLower(remark), "quality") || len(remark) > 30 {
		b.note("Name "+n.Text, remark)
	}
	b.gender(get("Gender"))
	for _, field := range []string{"Title", "Function"} {
		for _, t := range lettered(euText(get(field))) {
			if b.Kind == list.KindPerson {
				b.title(t)
			} else {
				b.note("", t)
			}
		}
	}
}

// lettered parts "(a) Mullah, (b) Haji."; a text that is no such list stays whole.
func lettered(s string) []string {
	if l := strings.ToLower(s); !strings.HasPrefix(l, "(a)") && !strings.HasPrefix(l, "a)") {
		return []string{s}
	}
	var out []string
	for _, t := range euLetter().Split(s, -1) {
		if t = strings.Trim(t, " ,;."); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// euCountry reads a code; 00 is an unknown country.
func euCountry(code string) string {
	if code == "00" {
		return ""
	}
	return countryCode(code)
}

func euAddress(b *builder, get euRecord) {
	a := list.Address{
		Street: euText(get("Street")), City: euText(cmp.Or(get("City"), get("Place"))), State: euText(get("Region")), Postal: get("ZipCode"),
		Country: euCountry(get("CountryIso2Code")),
	}
	if box := get("PoBox"); box != "" {
		if !strings.Contains(strings.ToLower(box), "box") {
			box = "P.O. Box " + box
		}
		a.Street = joined(", ", a.Street, box)
	}
	if p := euText(get("Place")); p != "" && p != a.City {
		a.Street = joined(", ", a.Street, p)
	}
	b.address(a)
	where := cmp.Or(a.Street, a.City, a.Country)
	remark, info := euText(get("Remark")), euText(get("ContactInfo"))
	b.note("Address "+where, remark)
	if info != "("+remark+")" {
		b.note("Contact "+where, info)
	}
}

func euBirth(b *builder, get euRecord) {
	y, m, d := get("Year"), get("Month"), get("Day")
	switch {
	case !strings.EqualFold(get("CalendarType"), "ISLAMIC"):
		text := get("BirthDate")
		if text == "" && y != "" {
			text = orZero(d) + "/" + orZero(m) + "/" + y
		}
		if text == "" && (get("YearRangeFrom") != "" || get("YearRangeTo") != "") {
			text = cmp.Or(get("YearRangeFrom"), get("YearRangeTo")) + " to " + cmp.Or(get("YearRangeTo"), get("YearRangeFrom"))
		}
		if x, ok := readDate(list.Birth, text, dayFirst); ok {
			x.Circa = x.Text == "" && (x.Circa || yes(get("Circa")))
			b.date(x)
		}
	case y != "":
		// Two calendars have this name, lunar and Iranian: no day is made up.
		text := y
		if m != "" {
			text = m + "/" + text
		}
		if d != "" {
			text = d + "/" + text
		}
		b.date(list.Date{Kind: list.Birth, Text: text + " (Islamic calendar)"})
	}
	b.place(list.Place{Text: joined(", ", euText(get("Place")), euText(get("City")), euText(get("Region"))), Country: euCountry(get("CountryIso2Code"))})
	b.note("Birth", euText(get("Remark")))
}

func orZero(s string) string {
	if s == "" {
		return "00"
	}
	return s
}

func yes(s string) bool { return s == "YES" || s == "true" }

// euDocTypes maps the list's own codes.
var euDocTypes = map[string]list.DocType{
	"passport": list.Passport, "travelcardid": list.Passport, "diplpassport": list.Passport, "id": list.NationalID, "ssn": list.NationalID,
	"regnumber": list.Registration, "fiscalcode": list.TaxID, "imo": list.IMO, "swiftbic": list.BIC, "isin": list.ISIN,
}

func euDocument(b *builder, get euRecord) {
	code, remark := get("TypeCode"), euText(get("Remark"))
	d := list.Document{
		Type: euDocTypes[code], Kind: cmp.Or(get("TypeDescription"), code), Number: euText(cmp.Or(get("LatinNumber"), get("Number"))),
		Country: euCountry(get("CountryIso2Code")),
	}
	// "0000092405 (passport-National passport) (remark)"
	if i := strings.Index(d.Number, " ("+code+"-"); i >= 0 {
		d.Number = d.Number[:i]
	}
	if d.Type == list.OtherDoc && remark != "" {
		d.Type = docType(strings.Trim(remark, "()."), "")
		switch remark {
		case "TIN":
			d.Type = list.TaxID
		case "ID number":
			d.Type = list.NationalID
		}
	}
	d.Issued, _ = readDay(cmp.Or(get("IssuedDate"), get("ValidFrom")), dayFirst)
	d.Expires, _ = readDay(get("ValidTo"), dayFirst)
	var notes []string
	for _, f := range []struct{ field, word string }{
		{"Diplomatic", "diplomatic"},
		{"KnownExpired", "known to be expired"},
		{"KnownFalse", "known to be false"},
		{"ReportedLost", "reported lost"},
		{"RevokedByIssuer", "revoked by its issuer"},
	} {
		if yes(get(f.field)) {
			notes = append(notes, f.word)
		}
	}
	d.Note = joined("; ", append(notes, remark, euText(get("IssuedBy")), euText(get("NameOnDocument")), euText(get("Region")))...)
	b.document(d)
}

func euCitizenship(b *builder, get euRecord) {
	if code := get("CountryIso2Code"); code != "00" {
		b.country(list.Citizenship, cmp.Or(code, get("CountryDescription")))
	}
	b.note("Citizenship", euText(get("Remark")))
}

// euKind reads P and E, and their long forms.
func euKind(s string) list.Kind {
	switch s {
	case "P", "person":
		return list.KindPerson
	case "E", "enterprise":
		return list.KindOrganization
	}
	return list.KindUnknown
}
