package feed

import (
	"fmt"

	"navicert/list"
)

// parseUKXML reads the UK Sanctions List as XML, one element for each
// designation.
var parseUKXML = fromXML("Designations", func(r *roll) map[string]func(*node) error {
	return map[string]func(*node) error{
		"DateGenerated": func(n *node) error {
			d, ok := readDay(dayInLine().FindString(n.Text()), dayFirst)
			if !ok {
				return fault(r.file, n.Line, fmt.Sprintf("DateGenerated is %q", n.Text()), "a day, 30/11/2022", fetchAgain)
			}
			r.Date = d
			return nil
		},
		"Designation": func(n *node) error {
			id, kind := n.Text("UniqueID"), ukKind(n.Text("IndividualEntityShip"))
			if id == "" || kind == list.KindUnknown {
				return fault(r.file, n.Line, fmt.Sprintf("UniqueID is %q and IndividualEntityShip %q", id, n.Text("IndividualEntityShip")),
					"an ID, and Individual, Entity or Ship", fetchAgain)
			}
			b := newBuilder("uk-"+id, id, kind)
			ukDesignation(b, n)
			return r.add(b, n.Line)
		},
	}
})

// ukColumns gives the elements that are the columns of the CSV form.
var ukColumns = map[string][]string{
	"Title": {"Titles", "Title"}, "Phone number": {"PhoneNumbers", "PhoneNumber"}, "Website": {"Websites", "Website"},
	"Email address": {"EmailAddresses", "EmailAddress"}, "UN Reference Number": {"UNReferenceNumber"}, "OFSI Group ID": {"OFSIGroupID"},
	"Sanctions Imposed": {"SanctionsImposed"}, "Designation source": {"DesignationSource"},
	"UK Statement of Reasons": {"UKStatementofReasons"}, "Other Information": {"OtherInformation"},
	"Position":       {"IndividualDetails", "Individual", "Positions", "Position"},
	"Gender":         {"IndividualDetails", "Individual", "Genders", "Gender"},
	"Type of entity": {"EntityDetails", "Entity", "TypeOfEntities", "TypeOfEntity"},
	"Parent company": {"EntityDetails", "Entity", "ParentCompanies", "ParentCompany"},
	"Subsidiaries":   {"EntityDetails", "Entity", "Subsidiaries", "Subsidiary"},
}

func ukDesignation(b *builder, n *node) {
	for _, k := range n.All("Names", "Name") {
		ukName(b, k.six("Name%d"), k.Text("NameType"), k.Text("AliasStrength"))
	}
	for _, k := range n.All("NonLatinNames", "NonLatinName") {
		ukForeign(b, k.Text("NameNonLatinScript"), k.Text("NonLatinScriptLanguage"))
	}
	// Where an element stands several times, each round takes the next one.
	for i := 0; ; i++ {
		some := false
		ukCommon(b, func(column string) string {
			ks := n.All(ukColumns[column]...)
			if i >= len(ks) {
				return ""
			}
			some = true
			return ks[i].Text()
		})
		if !some {
			break
		}
	}
	for _, k := range n.All("Addresses", "Address") {
		ukAddress(b, k.six("AddressLine%d"), k.Text("AddressPostalCode"), k.Text("AddressCountry"))
	}
	for _, p := range n.All("IndividualDetails", "Individual") {
		for _, k := range p.All("DOBs", "DOB") {
			b.dated(list.Birth, k.Text(), dayFirst)
		}
		for _, k := range p.All("Nationalities", "Nationality") {
			b.country(list.Nationality, k.Text())
		}
		for _, k := range p.All("BirthDetails", "Location") {
			b.place(ukPlace(k.Text("TownOfBirth"), k.Text("CountryOfBirth")))
		}
		for _, k := range p.All("PassportDetails", "Passport") {
			ukDocument(b, list.Passport, "Passport", k.Text("PassportNumber"), k.Text("PassportAdditionalInformation"))
		}
		for _, k := range p.All("NationalIdentifierDetails", "NationalIdentifier") {
			ukDocument(b, list.NationalID, "National identifier", k.Text("NationalIdentifierNumber"), k.Text("NationalIdentifierAdditionalInformation"))
		}
	}
	for _, k := range n.All("EntityDetails", "Entity", "BusinessRegistrationNumbers", "BusinessRegistrationNumber") {
		ukBusiness(b, k.Text())
	}
	for _, s := range n.All("ShipDetails", "Ship") {
		for _, box := range s.kids {
			for _, k := range box.kids {
				ukShip(b, k.Name, k.Text())
			}
		}
	}
	ukListing(b, "UK Sanctions List", n.Text("RegimeName"), n.Text("DateDesignated"))
}
