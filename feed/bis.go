package feed

import (
	"bytes"
	"strings"

	"navicert/list"
)

// bisDPL is the list of denied persons as a table of its own. BIS has moved
// it more than once; the Consolidated Screening List has the same
// orders, under the same IDs.
var bisDPL = &Source{
	Key: "us-bis-dpl", Prefix: "us-dpl",
	Title:     "BIS Denied Persons List",
	Authority: "BIS",
	License:   "work of the United States Government: public domain (17 USC 105)",
	Cadence:   "when an order is issued",
	Forms: []Form{{Name: "tsv", Parse: readDPL, Is: func(h Head) bool {
		return bytes.HasPrefix(h.Bytes, []byte("\"Name\"\t\"Street_Address\"")) || bytes.HasPrefix(h.Bytes, []byte("Name\tStreet_Address"))
	}}},
	Band:      [2]int{300, 4000}, // from 498 to 1,518 persons within a year, for no known reason
	MaxChange: 0.6,
}

// bisMIEU is the few bodies that 15 CFR 744.22(f)(2) names as military-intelligence
// end users. BIS publishes them only in the text of the rule.
var bisMIEU = &Source{
	Key: "us-bis-mieu", Prefix: "us-mieu",
	Title:     "Military-intelligence end users named in 15 CFR 744.22(f)(2)",
	Authority: "BIS",
	License:   "names from the Code of Federal Regulations: public domain (17 USC 105); tables made of it have terms of their own",
	Cadence:   "when the rule is amended",
	Forms: []Form{{Name: "csv", Parse: readMIEU, Is: func(h Head) bool {
		return strings.HasPrefix(h.Line(0), "Type,Name,Alias,Country,Topics,Program,")
	}}},
	Band:      [2]int{5, 200},
	MaxChange: 1,
}

// readDPL reads dpl.txt: a row for each address of a person. Rows of orders
// that have ended stay in the file, and are read with their last day.
var readDPL = fromCSL(func(f File, r *cslReader) error {
	form := tableForm{comma: '\t', open: true, need: []string{
		"Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date", "FR_Citation",
	}}
	return form.each(f, func(t *csvTable) error {
		row := cslRow{
			source: "Denied Persons List (DPL)", name: t.Get("Name"), notices: t.Get("FR_Citation"), start: t.Get("Effective_Date"),
			end: t.Get("Expiration_Date"), standard: t.Get("Standard_Order"), remarks: t.Get("Action"),
		}
		a := list.Address{
			Street: t.Get("Street_Address"), City: t.Get("City"), State: t.Get("State"), Postal: t.Get("Postal_Code"),
			Country: countryCode(t.Get("Country")),
		}
		if c := t.Get("Country"); c == "" && len(a.State) == 2 {
			a.Country = "US" // the file leaves it out
		} else if a.Country == "" && c != "" {
			a.Text = squash(strings.Join([]string{a.Street, a.City, a.State, a.Postal, c}, " "))
		}
		if a != (list.Address{}) {
			row.addresses = []list.Address{a}
		}
		if s := t.Get("Last_Update"); s != "" {
			if _, ok := readDay(s, monthFirst); !ok {
				r.at(t.Line).note("Last_Update %q cannot be right; nothing depends on it", s)
			}
		}
		return r.add(&row, r.at(t.Line))
	})
})

// readMIEU reads a table of the bodies, made by hand from the rule.
var readMIEU = fromCSL(func(f File, r *cslReader) error {
	form := tableForm{comma: ',', need: []string{"Type", "Name", "Alias", "Country", "Date", "End date", "Source URL"}}
	return form.each(f, func(t *csvTable) error {
		name := t.Get("Name")
		if name == "" {
			return t.fault("the row has no name", "a name")
		}
		e := &list.Entity{
			ID:    nameID("us-mieu-"+strings.ToLower(t.Get("Country")), name),
			Names: []list.Name{{Text: name}},
			Legal: []string{"15 CFR 744.22(f)(2)"},
		}
		if t.Get("Type") == "Organization" {
			e.Kind = list.KindOrganization
		}
		for _, a := range parts(t.Get("Alias")) {
			e.Names = append(e.Names, list.Name{Text: a, Kind: list.AKA})
		}
		addCountry(e, list.Related, t.Get("Country"))
		e.Listings = []list.Listing{{
			List: "MIEU", Since: addDay(e, "start date", t.Get("Date"), r.at(t.Line)), Until: addDay(e, "end date", t.Get("End date"), r.at(t.Line)), Source: t.Get("Source URL"),
		}}
		r.keep(e)
		return nil
	})
})
