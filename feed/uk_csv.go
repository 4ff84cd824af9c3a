package feed

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
)

// ukTable reads a table that has a line with its date before its header. The
// header may stand again within it (one sheet after the other), and
// empty fields at the end of a row may be missing.
type ukTable struct {
	*csvTable
	Date navicert.Day
	head []string
}

var ukDay = pattern(`\d{1,2}[-/ ](?:\d{2}|[A-Za-z]{3,9})[-/ ]\d{4}|\d{4}-\d{2}-\d{2}`)

func newUKTable(f File, need ...string) (*ukTable, error) {
	q, err := newCSV(f, ',')
	if err != nil {
		return nil, err
	}
	t := &ukTable{csvTable: &csvTable{csvReader: q}}
	if err := t.top(need); err != nil {
		q.Close()
		return nil, err
	}
	return t, nil
}

func (t *ukTable) top(need []string) error {
	row, err := t.Read()
	if err == io.EOF {
		return fault(t.file, 1, "the file is empty", "a list", fetchAgain)
	}
	if err != nil {
		return err
	}
	first := strings.Join(row, ",")
	d, ok := readDay(ukDay().FindString(first), dayFirst)
	if !ok {
		return t.fault(fmt.Sprintf("no date stands in the first line %.60q", first), "the day of the list, Report Date: 30-Nov-2022")
	}
	t.Date = d
	if err := t.header(need...); err != nil {
		return err
	}
	t.head = make([]string, t.width)
	for name, i := range t.col {
		t.head[i] = name
	}
	return nil
}

func (t *ukTable) Next() (bool, error) {
	for {
		row, err := t.Read()
		if err == io.EOF {
			return false, t.whole()
		}
		if err != nil {
			return false, err
		}
		if len(row) > len(t.head) {
			return false, t.fault(fmt.Sprintf("%d fields", len(row)), fmt.Sprintf("%d, as in the header", len(t.head)))
		}
		if slices.Equal(row, t.head) {
			continue
		}
		t.row = append(row, make([]string, len(t.head)-len(row))...)
		return true, nil
	}
}

// six returns the fields of six columns.
func (t *ukTable) six(format string) (out [6]string) {
	for i := range out {
		out[i] = t.Get(fmt.Sprintf(format, i+1))
	}
	return out
}

// parseUKCSV reads the UK Sanctions List. Its rows are a cross product of
// names, birth dates, addresses and so on: each counts once.
func parseUKCSV(files []File) (*list.Edition, error) {
	f, err := only(files)
	if err != nil {
		return nil, err
	}
	t, err := newUKTable(f, "Unique ID", "Name 6", "Name 1", "Name type", "Regime Name", "Individual, Entity, Ship", "Date Designated", "D.O.B")
	if err != nil {
		return nil, err
	}
	defer t.Close()
	r := newRoll("uk-sl", "csv", f)
	r.Date = t.Date
	g := newGroups()
	for {
		if ok, err := t.Next(); err != nil {
			return nil, err
		} else if !ok {
			break
		}
		id, kind := t.Get("Unique ID"), ukKind(t.Get("Individual, Entity, Ship"))
		if id == "" || kind == list.KindUnknown {
			return nil, t.fault(fmt.Sprintf("Unique ID is %q and the kind %q", id, t.Get("Individual, Entity, Ship")), "an ID, and Individual, Entity or Ship")
		}
		b := g.get("uk-"+id, id, kind, t.Line)
		ukRow(b, t)
		b.program(t.Get("Regime Name"))
		ukListing(b, "UK Sanctions List", t.Get("Regime Name"), t.Get("Date Designated"))
	}
	return r.groups(g)
}

// ukRow takes the fields of a row.
func ukRow(b *builder, t *ukTable) {
	ukName(b, [6]string{t.Get("Name 1"), t.Get("Name 2"), t.Get("Name 3"), t.Get("Name 4"), t.Get("Name 5"), t.Get("Name 6")},
		t.Get("Name type"), t.Get("Alias strength"))
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
	ukGender(b, get("Gender"))
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
		p.Text = strings.TrimPrefix(town+", "+country, ", ")
	}
	p.Text = strings.TrimSuffix(p.Text, ", ")
	return p
}
