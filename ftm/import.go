package ftm

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"navicert/list"
)

// List reads a thing as a listed entity, with the links that are written
// inside it; other links go in with [Join]. A schema that is not known gives
// an entity of unknown kind.
func List(x *Entity) *list.Entity {
	p := x.Properties
	e := &list.Entity{ID: x.ID, Kind: KindOf(x.Schema)}
	listNames(e, x)
	for _, t := range p.Texts("gender") {
		switch strings.ToLower(t) {
		case "male":
			e.Gender = list.Male
		case "female":
			e.Gender = list.Female
		}
	}
	for kind, prop := range dateProps {
		for _, t := range p.Texts(prop) {
			e.Dates = append(e.Dates, readDate(list.DateKind(kind), t))
		}
	}
	listCountries(e, p)
	for _, d := range docProps {
		for _, t := range p.Texts(d.prop) {
			ty := d.typ
			if ty == list.Registration && e.Kind == list.KindAircraft {
				ty = list.TailNumber
			}
			e.Documents = append(e.Documents, list.Document{Type: ty, Kind: d.kind, Number: t})
		}
	}
	for _, r := range x.Referents {
		if r != x.ID {
			e.Referents = append(e.Referents, r)
		}
	}
	for _, t := range p.Texts("address") {
		e.Addresses = append(e.Addresses, list.Address{Text: t})
	}
	for _, kind := range []string{"email", "phone", "website"} {
		for _, t := range p.Texts(kind) {
			e.Contacts = append(e.Contacts, list.Contact{Kind: kind, Value: t})
		}
	}
	e.Programs = p.Texts("program")
	if len(e.Programs) == 0 {
		e.Programs = p.Texts("programId")
	}
	e.Topics = p.Texts("topics")
	e.Titles = p.Texts("title", "position")
	listVessel(e, p)
	if x.Schema == "CryptoWallet" && p.First("publicKey") != "" {
		e.Wallets = append(e.Wallets, list.Wallet{Asset: p.First("currency", "currencySymbol"), Address: p.First("publicKey")})
	}
	for _, prop := range noteProps {
		for _, t := range p.Texts(prop) {
			note(e, t)
		}
	}
	for _, prop := range []string{"addressEntity", "identification", "identificiation", "passports", "cryptoWallets", "sanctions"} {
		for _, v := range p[prop] {
			if v.Entity != nil {
				Join(e, v.Entity)
			}
		}
	}
	return e
}

// noteProps are the properties that go to the notes, in this order.
var noteProps = []string{"notes", "summary", "description"}

// note keeps a remark, or reads it back into the field that it was written from.
func note(e *list.Entity, t string) {
	if rest, ok := strings.CutPrefix(t, noteCountry); ok {
		e.Countries = append(e.Countries, list.Country{Text: rest})
		return
	}
	if rest, ok := strings.CutPrefix(t, noteOwner); ok && (e.Kind == list.KindVessel || e.Kind == list.KindAircraft) {
		vessel(e).Owner = rest
		return
	}
	for kind, word := range noteDate {
		if rest, ok := strings.CutPrefix(t, word); ok {
			e.Dates = append(e.Dates, list.Date{Kind: list.DateKind(kind), Text: rest})
			return
		}
	}
	if kind, name, ok := strings.Cut(t, ": "); ok {
		if ty := slices.Index(relationWords[:], kind); ty >= 0 {
			e.Relations = append(e.Relations, list.Relation{Type: list.RelationType(ty), Kind: kind, Name: name})
			return
		}
	}
	e.Notes = append(e.Notes, t)
}

func listNames(e *list.Entity, x *Entity) {
	p := x.Properties
	add := func(kind list.NameKind, weak bool, texts ...string) {
		for _, t := range texts {
			t = strings.TrimSpace(t)
			if t != "" && !slices.ContainsFunc(lately(e.Names), func(n list.Name) bool { return n.Text == t }) {
				e.Names = append(e.Names, list.Name{Text: t, Kind: kind, Weak: weak})
			}
		}
	}
	all := p.Texts("name")
	if slices.Contains(all, x.Caption) {
		add(list.Primary, false, x.Caption)
	}
	for i, t := range all {
		kind := list.Spelling
		if i == 0 && len(e.Names) == 0 {
			kind = list.Primary
		}
		add(kind, false, t)
	}
	add(list.AKA, false, p.Texts("alias", "abbreviation")...)
	add(list.FKA, false, p.Texts("previousName", "pastNames")...)
	add(list.AKA, true, p.Texts("weakAlias")...)
	first := strings.Join(p.Texts("firstName", "secondName", "middleName"), " ")
	last := strings.Join(p.Texts("lastName"), " ")
	if len(e.Names) == 0 {
		for _, t := range []string{strings.TrimSpace(first + " " + last), p.First("publicKey"), p.First("registrationNumber"), x.Caption} {
			if len(e.Names) == 0 {
				add(list.Primary, false, t)
			}
		}
	}
	if len(e.Names) > 0 {
		e.Names[0].Kind = list.Primary
		if len(p["firstName"]) <= 1 && len(p["lastName"]) <= 1 { // more of them cannot be told apart
			e.Names[0].First, e.Names[0].Last = first, last
		}
	}
}

func listCountries(e *list.Entity, p Properties) {
	for _, c := range []struct {
		prop string
		role list.CountryRole
	}{
		{"nationality", list.Nationality},
		{"citizenship", list.Citizenship},
		{"jurisdiction", list.Jurisdiction},
		{"mainCountry", list.Jurisdiction},
		{"flag", list.Flag},
		{"pastFlags", list.FormerFlag},
		{"country", list.Related},
	} {
		for _, t := range p.Texts(c.prop) {
			x := readCountry(t)
			x.Role = c.role
			e.Countries = append(e.Countries, x)
		}
	}
	places, countries := p.Texts("birthPlace"), p.Texts("birthCountry")
	for i, t := range places {
		b := list.Place{Text: t}
		if len(places) == 1 && len(countries) == 1 || len(places) == len(countries) && i < len(countries) {
			b.Country = readCountry(countries[i]).Code
		}
		e.Places = append(e.Places, b)
	}
	if len(places) != len(countries) {
		for _, t := range countries {
			e.Places = append(e.Places, list.Place{Country: readCountry(t).Code})
		}
	}
}

// docProps are the properties that hold numbers, with the word for those that
// have no type of their own.
var docProps = []struct {
	prop string
	typ  list.DocType
	kind string
}{
	{"passportNumber", list.Passport, ""},
	{"idNumber", list.NationalID, ""},
	{"socialSecurityNumber", list.NationalID, "SSN"},
	{"taxNumber", list.TaxID, ""},
	{"innCode", list.TaxID, "INN"},
	{"vatCode", list.TaxID, "VAT"},
	{"irsCode", list.TaxID, "IRS"},
	{"registrationNumber", list.Registration, ""},
	{"ogrnCode", list.Registration, "OGRN"},
	{"uscCode", list.Registration, "USCC"},
	{"okpoCode", list.Registration, "OKPO"},
	{"cikCode", list.OtherDoc, "CIK"},
	{"imoNumber", list.IMO, ""},
	{"mmsi", list.MMSI, ""},
	{"callSign", list.CallSign, ""},
	{"swiftBic", list.BIC, ""},
	{"leiCode", list.LEI, ""},
	{"dunsCode", list.DUNS, ""},
	{"uniqueEntityId", list.OtherDoc, "UEI"},
	{"npiCode", list.OtherDoc, "NPI"},
	{"cageCode", list.OtherDoc, "CAGE"},
	{"permId", list.OtherDoc, "PermID"},
	{"serialNumber", list.SerialNumber, ""},
	{"isin", list.ISIN, ""},
	{"isinCode", list.ISIN, ""},
	{"kppCode", list.OtherDoc, "KPP"},
	{"bikCode", list.OtherDoc, "BIK"},
	{"licenseNumber", list.OtherDoc, "License"},
	{"wikidataId", list.OtherDoc, "Wikidata"},
	{"iban", list.OtherDoc, "IBAN"},
	{"accountNumber", list.OtherDoc, "Account"},
	{"ticker", list.OtherDoc, "Ticker"},
}

func vessel(e *list.Entity) *list.Vessel {
	if e.Vessel == nil {
		e.Vessel = &list.Vessel{}
	}
	return e.Vessel
}

func listVessel(e *list.Entity, p Properties) {
	if e.Kind != list.KindVessel && e.Kind != list.KindAircraft {
		return
	}
	v := list.Vessel{
		Type: p.First("type"), Tonnage: p.First("tonnage"), GrossTons: p.First("grossRegisteredTonnage"),
		Model: p.First("model"), Manufacturer: p.First("manufacturer"),
	}
	if v != (list.Vessel{}) {
		e.Vessel = &v
	}
}

// Join puts what belongs to a listed entity into it: a Sanction, an Address,
// an Identification or Passport, a CryptoWallet. It reports whether x is one
// of these.
func Join(e *list.Entity, x *Entity) bool {
	p := x.Properties
	switch {
	case x.Schema == "Sanction":
		joinSanction(e, x)
	case x.Schema == "Address":
		Settle(e, Address(x))
	case Is(x.Schema, "Identification"):
		d := list.Document{
			Kind: p.First("type"), Number: p.First("number", "passportNumber", "personalNumber"), Country: readCountry(p.First("country")).Code,
			Issued: readDay(p.First("startDate")), Expires: readDay(p.First("endDate")), Note: join(p.Texts("summary", "description", "authority")),
		}
		if x.Schema == "Passport" {
			d.Type = list.Passport
		}
		last := lately(e.Documents)
		i := slices.IndexFunc(last, func(b list.Document) bool { return sameNumber(b.Number, d.Number) })
		switch {
		case d.Number == "":
		case i >= 0 && last[i].Country == "" && last[i].Issued == 0:
			d.Type = last[i].Type
			last[i] = d
		case i < 0 || last[i] != d:
			e.Documents = append(e.Documents, d)
		}
	case x.Schema == "CryptoWallet":
		w := list.Wallet{Asset: p.First("currency", "currencySymbol"), Address: p.First("publicKey", "accountId", "name")}
		if w.Address != "" && !slices.Contains(lately(e.Wallets), w) {
			e.Wallets = append(e.Wallets, w)
		}
	default:
		return false
	}
	return true
}

// Address reads an Address.
func Address(x *Entity) list.Address {
	p := x.Properties
	a := list.Address{
		Text: p.First("full"), Street: join(p.Texts("street", "street2", "postOfficeBox")), City: p.First("city"),
		State: p.First("state", "region"), Postal: p.First("postalCode"), Country: readCountry(p.First("country")).Code,
	}
	if t := full(list.Address{Street: a.Street, City: a.City, State: a.State, Postal: a.Postal}); a.Text == t {
		a.Text = "" // the parts say it all
	}
	return a
}

// Settle gives a listed entity an address: in the place of the same one in
// a single line, if it has that.
func Settle(e *list.Entity, a list.Address) {
	last := lately(e.Addresses)
	line := list.Address{Text: full(a)}
	if i := slices.Index(last, line); i >= 0 {
		last[i] = a
	} else if !slices.Contains(last, a) && a != (list.Address{}) {
		e.Addresses = append(e.Addresses, a)
	}
}

func join(ts []string) string { return strings.Join(ts, ", ") }

// sameNumber compares the letters and digits of two numbers.
func sameNumber(a, b string) bool {
	only := func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}
	return a == b || strings.Map(only, a) == strings.Map(only, b)
}

// maxListName is how long the name of a list may be; a longer description of
// a sanction is prose.
const maxListName = 120

func joinSanction(e *list.Entity, x *Entity) {
	p := x.Properties
	l := list.Listing{
		List: p.First("authority", "program", "publisher"), Source: p.First("sourceUrl", "programUrl"),
		Since: readDay(p.First("listingDate", "startDate")), Until: readDay(p.First("endDate")), Notices: p.Texts("summary"),
	}
	for _, t := range p.Texts("description") {
		if len(t) <= maxListName && l.List == p.First("authority", "program", "publisher") {
			l.List = t
		} else {
			e.Notes = appendNew(e.Notes, t)
		}
	}
	if e.Ref == "" {
		e.Ref = p.First("authorityId", "unscId")
	}
	for _, t := range p.Texts("program") {
		e.Programs = appendNew(e.Programs, t)
	}
	for _, t := range p.Texts("provisions") {
		if rest, ok := strings.CutPrefix(t, wordRequirement); ok {
			l.Requirement = rest
		} else if rest, ok := strings.CutPrefix(t, wordPolicy); ok {
			l.Policy = rest
		} else if rest, ok := strings.CutPrefix(t, wordFootnote); ok {
			if n, err := strconv.Atoi(rest); err == nil {
				l.Footnotes = append(l.Footnotes, n)
			}
		} else {
			e.Notes = appendNew(e.Notes, "Provisions: "+t)
		}
	}
	for _, t := range p.Texts("reason") {
		if rest, ok := strings.CutPrefix(t, wordLegal); ok {
			e.Legal = appendNew(e.Legal, rest)
		} else {
			e.Notes = appendNew(e.Notes, "Reason: "+t)
		}
	}
	for _, prop := range []string{"status", "duration"} {
		for _, t := range p.Texts(prop) {
			e.Notes = appendNew(e.Notes, "Sanction "+prop+": "+t)
		}
	}
	e.Listings = append(e.Listings, l)
}

func appendNew(s []string, t string) []string {
	if slices.Contains(lately(s), t) {
		return s
	}
	return append(s, t)
}

// Relation reads a link between two listed entities: it is a relation of the
// entity called subject. ok is false for any other schema and for a link that
// lacks an end.
func Relation(x *Entity) (subject string, r list.Relation, ok bool) {
	l, known := links[x.Schema]
	if !known || l.to == "" {
		return "", r, false
	}
	p := x.Properties
	from, to := p.First(l.from), p.First(l.to)
	if from == "" || to == "" {
		return "", r, false
	}
	subject = from
	r = list.Relation{Kind: p.First("role", "relationship", "ownershipType", "summary"), To: to}
	switch x.Schema {
	case "Ownership":
		subject, r.To, r.Type = to, from, list.OwnedOrControlledBy
	case "Directorship":
		r.Type = list.LeaderOf
	case "Representation":
		r.Type = list.ActsFor
	case "Associate":
		r.Type = list.Associate
	case "Family":
		r.Type = list.Family
	case "UnknownLink":
		if i := slices.IndexFunc(relationWords[:], func(w string) bool { return strings.EqualFold(w, r.Kind) }); i >= 0 {
			r.Type = list.RelationType(i)
		}
	}
	if r.Kind == "" {
		r.Kind = x.Schema
	}
	r.Percent = percent(p.First("percentage"))
	r.Former = strings.EqualFold(p.First("status"), wordFormer)
	if end := p.First("endDate"); end != "" {
		r.Former = true
		r.Kind += ", until " + end
	}
	other := l.to
	if subject == to {
		other = l.from
	}
	if x := p[other][0].Entity; x != nil {
		r.Name = x.Caption
	}
	return subject, r, true
}

// percent reads "51", "51%", "51.00 %"; 0 for what is no single share.
func percent(s string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%")), 64)
	if err != nil || !(f > 0 && f <= 100) {
		return 0
	}
	return f
}
