package feed

import (
	"fmt"
	"strings"

	"navicert/list"
)

// parseUKCSV reads the UK Sanctions List. Its rows are a cross product of
// names, birth dates, addresses and so on: each counts once.
var parseUKCSV = fromTable(tableForm{comma: ',', dated: true, need: []string{
	"Unique ID", "Name 6", "Name 1", "Name type", "Regime Name", "Individual, Entity, Ship", "Date Designated", "D.O.B",
}}, func(r *roll, t *csvTable) error {
	id, kind := t.Get("Unique ID"), ukKind(t.Get("Individual, Entity, Ship"))
	if id == "" || kind == list.KindUnknown {
		return t.fault(fmt.Sprintf("Unique ID is %q and the kind %q", id, t.Get("Individual, Entity, Ship")), "an ID, and Individual, Entity or Ship")
	}
	r.Date = t.Date
	b := r.get("uk-"+id, id, kind, t.Line)
	ukRow(b, t)
	b.program(t.Get("Regime Name"))
	ukListing(b, "UK Sanctions List", t.Get("Regime Name"), t.Get("Date Designated"))
	return nil
})

// ukRow takes the fields of a row.
func ukRow(b *builder, t *csvTable) {
	ukName(b, t.six("Name %d"), t.Get("Name type"), t.Get("Alias strength"))
	ukForeign(b, t.Get("Name non-latin script"), t.Get("Non-latin script language"))
	ukCommon(b, t.Get)
	ukAddress(b, t.six("Address Line %d"), t.Get("Address Postal Code"), t.Get("Address Country"))
	b.dated(list.Birth, t.Get("D.O.B"), dayFirst)
	b.country(list.Nationality, t.Get("Nationality(/ies)"))
	b.place(ukPlace(t.Get("Town of birth"), t.Get("Country of birth")))
	ukDocument(b, list.Passport, "Passport", t.Get("Passport number"), t.Get("Passport additional information"))
	ukDocument(b, list.NationalID, "National identifier", t.Get("National Identifier number"), t.Get("National Identifier additional information"))
	if s := t.Get("Business registration number (s)"); s != "" {
		ukBusiness(b, s)
	}
	for _, c := range ukShipColumns {
		ukShip(b, c[0], t.Get(c[1]))
	}
}

// ukShipColumns gives the column of each element that the XML form has for a ship.
var ukShipColumns = [][2]string{
	{"IMONumber", "IMO number"},
	{"CurrentOwnerOperator", "Current owner/operator (s)"},
	{"PreviousOwnerOperator", "Previous owner/operator (s)"},
	{"CurrentBelievedFlagOfShip", "Current believed flag of ship"},
	{"PreviousFlag", "Previous flags"},
	{"TypeOfShip", "Type of ship"},
	{"TonnageOfShip", "Tonnage of ship"},
	{"LengthOfShip", "Length of ship"},
	{"YearBuilt", "Year Built"},
	{"HullIdentificationNumber", "Hull identification number (HIN)"},
}

// ukCommon takes what stands once in each row, by the names of the columns.
func ukCommon(b *builder, get func(string) string) {
	b.title(get("Title"))
	b.title(get("Position"))
	b.gender(get("Gender"))
	b.contact("phone", get("Phone number"))
	b.contact("website", get("Website"))
	b.contact("email", get("Email address"))
	if s := get("UN Reference Number"); s != "" {
		b.document(list.Document{Kind: "UN reference number", Number: s})
	}
	if s := get("OFSI Group ID"); s != "" {
		b.document(list.Document{Kind: "OFSI group ID", Number: s})
	}
	b.note("Sanctions imposed", strings.ReplaceAll(get("Sanctions Imposed"), "|", ", "))
	b.note("Designated by", strings.ReplaceAll(get("Designation source"), "|", ", "))
	b.note("Type of entity", get("Type of entity"))
	b.relation(list.Relation{Type: list.OwnedOrControlledBy, Kind: "Parent company", Name: get("Parent company")})
	b.relation(list.Relation{Type: list.Owns, Kind: "Subsidiary", Name: get("Subsidiaries")})
	if s := get("UK Statement of Reasons"); b.first([2]string{"reasons", s}) {
		b.note("UK statement of reasons", ukText(s))
	}
	if s := get("Other Information"); b.first([2]string{"other", s}) {
		b.note("", ukText(s))
	}
}

func ukPlace(town, country string) list.Place {
	p := list.Place{Text: town, Country: countryCode(country)}
	if p.Country == "" || town == "" {
		p.Text = joined(", ", town, country)
	}
	p.Text = strings.TrimSuffix(p.Text, ", ")
	return p
}
