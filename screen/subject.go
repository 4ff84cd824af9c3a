package screen

import (
	"strings"

	"navicert"
	"navicert/list"
	"navicert/match"
)

// docTypes reads what people call the numbers by which a party is known.
var docTypes = []struct {
	word string
	t    list.DocType
}{
	{"passport", list.Passport},
	{"national", list.NationalID},
	{"identity", list.NationalID},
	{"id card", list.NationalID},
	{"ssn", list.NationalID},
	{"tax", list.TaxID},
	{"vat", list.TaxID},
	{"inn", list.TaxID},
	{"tin", list.TaxID},
	{"ein", list.TaxID},
	{"imo", list.IMO},
	{"mmsi", list.MMSI},
	{"call sign", list.CallSign},
	{"bic", list.BIC},
	{"swift", list.BIC},
	{"lei", list.LEI},
	{"duns", list.DUNS},
	{"isin", list.ISIN},
	{"tail", list.TailNumber},
	{"serial", list.SerialNumber},
	{"regist", list.Registration},
	{"company", list.Registration},
	{"ogrn", list.Registration},
	{"uscc", list.Registration},
	{"unified social credit", list.Registration},
}

// docType tells the type of a number from what people call it.
func docType(called string) list.DocType {
	c := strings.ToLower(called)
	for _, d := range docTypes {
		if strings.Contains(c, d.word) {
			return d.t
		}
	}
	return list.OtherDoc
}

// Query is what is known of a party, as a search takes it.
func Query(p *navicert.Party) *match.Query {
	q := &match.Query{Kind: kindOf(p)}
	for _, n := range append([]string{p.Name}, p.Aliases...) {
		if n != "" {
			q.Names = append(q.Names, n)
		}
	}
	if from, to, err := navicert.ParseDays(p.Born); err == nil {
		q.Dates = []list.Date{{Kind: list.Birth, From: from, To: to}}
	}
	if p.Country != "" {
		q.Countries = []string{p.Country}
	}
	if p.Address != "" {
		q.Addresses = []string{p.Address}
	}
	for _, id := range p.Identifiers {
		d := list.Document{Type: docType(id.Type), Kind: id.Type, Number: id.Value}
		forms := []string{id.Value}
		switch n := plainOf(&d); {
		case d.Type == list.BIC && len(n) == 8: // lists write it either way
			forms = []string{n, n + "XXX"}
		case n != plain(d.Number):
			forms = []string{n}
		}
		for _, d.Number = range forms {
			q.Documents = append(q.Documents, d)
		}
	}
	return q
}

// kindOf is what a party is, where the deal says so.
func kindOf(p *navicert.Party) list.Kind {
	switch p.Kind {
	case navicert.Person:
		return list.KindPerson
	case navicert.Organization:
		return list.KindOrganization
	}
	for _, f := range p.Facts {
		if f.Term == "end_user.kind" {
			if f.Value == "individual" {
				return list.KindPerson
			}
			return list.KindOrganization
		}
	}
	return list.KindUnknown
}
