package feed

import (
	"strings"

	"navicert/list"
)

// docTypes maps what sources call a document, in lower case. What is not here
// is searched for the words of docWords, else it is OtherDoc.
var docTypes = map[string]list.DocType{
	"passport": list.Passport, "diplomatic passport": list.Passport, "stateless person passport": list.Passport,
	"british national overseas passport": list.Passport, "travel document number": list.Passport, "passport no.": list.Passport,
	"national passport": list.Passport, "service passport": list.Passport, "special passport": list.Passport,
	"ssn": list.NationalID, "c.u.r.p.": list.NationalID, "curp": list.NationalID, "cedula no.": list.NationalID, "d.n.i.": list.NationalID,
	"dni": list.NationalID, "cedula de ciudadania": list.NationalID, "i.f.e.": list.NationalID, "personal id card": list.NationalID,
	"numero de identidad": list.NationalID, "c.i.n.": list.NationalID, "n.i.e.": list.NationalID, "citizen's card number": list.NationalID,
	"cnp (personal numerical code)": list.NationalID, "id": list.NationalID, "national identification number": list.NationalID,
	"tax id no.": list.TaxID, "v.a.t. number": list.TaxID, "r.f.c.": list.TaxID, "rfc": list.TaxID, "nit #": list.TaxID, "ruc #": list.TaxID,
	"rif #": list.TaxID, "c.u.i.t.": list.TaxID, "c.i.f.": list.TaxID, "rtn": list.TaxID, "us fein": list.TaxID, "italian fiscal code": list.TaxID,
	"fiscal code": list.TaxID, "romanian tax registration": list.TaxID, "paraguayan tax identification number": list.TaxID, "inn": list.TaxID,
	"numero unico de identificacao tributaria (nuit)": list.TaxID, "tax number": list.TaxID, "tax identification number": list.TaxID,
	"registration number": list.Registration, "registration id": list.Registration, "business registration number": list.Registration,
	"company number": list.Registration, "uk company number": list.Registration, "commercial registry number": list.Registration,
	"unified social credit code (uscc)": list.Registration, "united social credit code certificate (usccc)": list.Registration,
	"c.r. no.": list.Registration, "chamber of commerce number": list.Registration, "enterprise number": list.Registration,
	"business number": list.Registration, "folio mercantil no.": list.Registration, "matricula mercantil no": list.Registration,
	"economic register number (cbls)": list.Registration, "public registration number": list.Registration, "ogrn": list.Registration,
	"certificate of incorporation number": list.Registration, "central registration system number": list.Registration,
	"romanian c.r.": list.Registration, "registered charity no.": list.Registration, "organization code": list.Registration,
	"business registration document #": list.Registration, "government gazette number": list.Registration,
	"istanbul chamber of comm. no.": list.Registration, "dubai chamber of commerce membership no.": list.Registration,
	"russian state individual business registration number pattern (ogrnip)": list.Registration,
	"vessel registration identification":                                     list.IMO, "imo": list.IMO, "imo number": list.IMO, "imo no.": list.IMO, "ship imo number": list.IMO, "international maritime organization no.": list.IMO,
	"mmsi": list.MMSI, "call sign": list.CallSign, "other vessel call sign": list.CallSign, "vessel call sign": list.CallSign,
	"swift/bic": list.BIC, "swift": list.BIC, "bic": list.BIC, "legal entity number": list.LEI, "lei": list.LEI, "legal entity identifier": list.LEI,
	"d-u-n-s number": list.DUNS, "duns": list.DUNS, "isin": list.ISIN,
	"aircraft tail number": list.TailNumber, "previous aircraft tail number": list.TailNumber,
	"aircraft manufacturer's serial number (msn)": list.SerialNumber, "serial no.": list.SerialNumber,
	"aircraft serial identification":                               list.SerialNumber,
	"aircraft construction number (also called l/n or s/n or f/n)": list.SerialNumber,
}

// docWords are tried in this order.
var docWords = []struct {
	word string
	t    list.DocType
}{
	{"passport", list.Passport},
	{"mode s", list.OtherDoc},
	{"national id", list.NationalID},
	{"identity card", list.NationalID},
	{"national foreign id", list.NationalID},
	{"id card", list.NationalID},
	{"personal id", list.NationalID},
	{"identity number", list.NationalID},
	{"tax ", list.TaxID},
	{"vat ", list.TaxID},
	{"company registration", list.Registration},
}

// docType groups a document by what its source calls it and, where the source
// writes it before the number ("IMO 7406784"), by its number.
func docType(kind, number string) list.DocType {
	if strings.HasPrefix(number, "IMO ") {
		return list.IMO
	}
	k := strings.ToLower(strings.TrimSpace(kind))
	if t, ok := docTypes[k]; ok {
		return t
	}
	for _, w := range docWords {
		if strings.Contains(k, w.word) {
			return w.t
		}
	}
	return list.OtherDoc
}
