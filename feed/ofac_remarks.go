package feed

import (
	"slices"
	"strings"

	"navicert/list"
)

// remarkKinds are the words with which an item of the remarks can begin, and
// the kind of fact that follows.
var remarkKinds = func() map[byte][]remarkKind {
	words := map[string]string{
		"DOB": "Birthdate", "POB": "Place of Birth", "nationality": "Nationality Country", "citizen": "Citizenship Country",
		"Gender": "Gender", "Linked To:": "Linked To:", "Aircraft Model": "Aircraft Model", "Aircraft Operator": "Aircraft Operator",
		"BIK (RU)": "BIK (RU)", "ISIN": "ISIN", "SWIFT/BIC": "SWIFT/BIC", "Equity Ticker": "Equity Ticker", "UN/LOCODE": "UN/LOCODE",
		"Aircraft Mode S Transponder Code": "Aircraft Mode S Transponder Code", "MICEX Code": "MICEX Code", "D-U-N-S Number": "D-U-N-S Number",
		"Aircraft Construction Number (also called L/N or S/N or F/N)": "Aircraft Construction Number (also called L/N or S/N or F/N)",
		"Aircraft Manufacturer's Serial Number (MSN)":                  "Aircraft Manufacturer's Serial Number (MSN)",
		"Aircraft Tail Number":                                         "Aircraft Tail Number", "Previous Aircraft Tail Number": "Previous Aircraft Tail Number",
		"Other Vessel Call Sign": "Other Vessel Call Sign",
	}
	for _, k := range ofacDocuments {
		words[k] = k
	}
	for k := range factNotes {
		words[k] = k
	}
	for k := range factDates {
		words[k] = k
	}
	for k := range factCountries {
		words[k] = k
	}
	for k := range factContacts {
		words[k] = k
	}
	out := map[byte][]remarkKind{}
	for w, k := range words {
		out[w[0]] = append(out[w[0]], remarkKind{w, k})
	}
	for _, ks := range out { // the longest first
		slices.SortFunc(ks, func(a, b remarkKind) int { return len(b.word) - len(a.word) })
	}
	return out
}()

type remarkKind struct{ word, kind string }

// ofacDocuments are the kinds of documents that OFAC's own reference table
// lists, and some older ones.
var ofacDocuments = strings.Split("Cedula No.|Passport|SSN|R.F.C.|D.N.I.|NIT #|US FEIN|Driver's License No.|RUC #|N.I.E.|C.I.F.|"+
	"Business Registration Document #|RIF #|National ID No.|Registration ID|LE Number|Bosnian Personal ID No.|Registered Charity No.|"+
	"V.A.T. Number|Credencial electoral|Kenyan ID No.|Italian Fiscal Code|Serial No.|C.I.N.|C.U.I.T.|Tax ID No.|Moroccan Personal ID No.|"+
	"Public Security and Immigration No.|C.U.R.P.|British National Overseas Passport|C.R. No.|UK Company Number|Immigration No.|"+
	"Travel Document Number|Electoral Registry No.|Identification Number|Paraguayan tax identification number|National Foreign ID Number|"+
	"RFC|Diplomatic Passport|Dubai Chamber of Commerce Membership No.|Trade License No.|Commercial Registry Number|"+
	"Certificate of Incorporation Number|Tourism License No.|Aircraft Serial Identification|Cartilla de Servicio Militar Nacional|C.U.I.P.|"+
	"Vessel Registration Identification|Personal ID Card|Registration Certificate Number (Dubai)|VisaNumberID|Matricula Mercantil No|"+
	"Residency Number|Numero Unico de Identificacao Tributaria (NUIT)|CNP (Personal Numerical Code)|Romanian Permanent Resident|"+
	"Government Gazette Number|Fiscal Code|Pilot License Number|Romanian C.R.|Folio Mercantil No.|Istanbul Chamber of Comm. No.|"+
	"Turkish Identification Number|Romanian Tax Registration|Stateless Person Passport|Stateless Person ID Card|Refugee ID Card|"+
	"Afghan Money Service Provider License Number|MMSI|Company Number|Public Registration Number|N.I.F.|RTN|Numero de Identidad|"+
	"SRE Permit No.|Tazkira National ID Card|License|Chinese Commercial Code|I.F.E.|Branch Unit Number|Enterprise Number|Organization Code|"+
	"Citizen's Card Number|UAE Identification|United Social Credit Code Certificate (USCCC)|Chamber of Commerce Number|Legal Entity Number|"+
	"Business Number|Birth Certificate Number|Business Registration Number|Registration Number|MSB Registration Number|RSIN|File Number|"+
	"C.U.I.|Seafarer's Identification Document|Unified Social Credit Code (USCC)|Central Registration System Number|"+
	"Economic Register Number (CBLS)|Trademark number|Permit Number|Military Registration Number|"+
	"Russian State Individual Business Registration Number Pattern (OGRNIP)|Global Intermediary Identification Number", "|")

// readRemarks reads the remarks of the CSV form: items parted by "; ", a
// period at the end. What no rule knows becomes a note, so that every word of
// the remarks is somewhere in e.
func readRemarks(e *list.Entity, text string, at place) {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	for text != "" {
		var item string
		item, text = nextItem(text)
		if item = strings.TrimSpace(item); item != "" {
			readRemark(e, item, at)
		}
	}
}

// nextItem cuts an item off. A name in quotes may hold a semicolon.
func nextItem(text string) (item, rest string) {
	item, rest, _ = strings.Cut(text, "; ")
	if i := strings.Index(item[:min(len(item), 20)], ".a. '"); i < 0 || strings.HasSuffix(item, "'") {
		return item, rest
	}
	near := text[len(item):min(len(text), len(item)+200)]
	switch j := strings.Index(near, "'; "); {
	case j >= 0 && !strings.Contains(near[:j], ".a. '"):
		j += len(item)
		return text[:j+1], text[j+3:]
	case j < 0 && len(item)+len(near) == len(text) && strings.HasSuffix(near, "'") && !strings.Contains(near, ".a. '"):
		return text, ""
	}
	return item, rest
}

func readRemark(e *list.Entity, item string, at place) {
	body := strings.TrimPrefix(item, "alt. ")
	if v, ok := strings.CutPrefix(body, "(Linked To:"); ok { // as the CSL writes it
		fact{kind: "Linked To:", value: strings.TrimSuffix(v, ")")}.add(e, at)
		return
	}
	if len(body) > 8 && body[1] == '.' && body[3] == '.' && body[5] == '.' && body[6:8] == " '" {
		if k, ok := aliasKind(body[:6]); ok {
			n := ofacName(strings.TrimSuffix(body[8:], "'"), k, e.Kind == list.KindPerson)
			n.Weak = true // the remarks hold only weak aliases; the strong ones are in a file of their own
			e.Names = append(e.Names, n)
			return
		}
	}
	if rest, ok := strings.CutPrefix(body, currencyPrefix); ok {
		if asset, address, ok := strings.Cut(rest, " "); ok && asset != "" && strings.TrimSpace(address) != "" {
			fact{kind: currencyPrefix + asset, value: address}.add(e, at)
			return
		}
		at.note("digital currency address %q cannot be read; it is kept as a note", item)
	}
	for _, k := range remarkKinds[body[0]] {
		if value, ok := strings.CutPrefix(body, k.word); ok && len(value) > 1 && value[0] == ' ' {
			remarkFact(k.kind, value[1:]).add(e, at)
			return
		}
	}
	if f, ok := looseFact(body); ok {
		f.add(e, at)
		return
	}
	fact{value: item}.add(e, at)
}

// remarkFact parts "N123 (Iran) issued 01 Jan 2010 expires 01 Jan 2020" of a document.
func remarkFact(kind, value string) fact {
	f := fact{kind: kind, value: strings.TrimSpace(value)}
	if _, isDate := factDates[kind]; isDate || factNotes[kind] || factContacts[kind] != "" || strings.HasSuffix(kind, "Country") ||
		kind == "Place of Birth" || kind == "Linked To:" || strings.HasPrefix(kind, "Aircraft ") || kind == "Gender" {
		return f
	}
	cut := func(word string) string {
		i := strings.LastIndex(f.value, word)
		if i <= 0 || len(f.value)-i > len(word)+12 {
			return ""
		}
		date := f.value[i+len(word):]
		if d, ok := readDate(list.Birth, date, dayFirst); !ok || d.Text != "" {
			return ""
		}
		f.value = strings.TrimSpace(f.value[:i])
		return date
	}
	f.expires = cut(" expires ")
	f.issued = cut(" issued ")
	if i := strings.LastIndex(f.value, " ("); i > 0 && strings.HasSuffix(f.value, ")") {
		inner := f.value[i+2 : len(f.value)-1]
		if countryCode(inner) != "" || ofacPlaces[inner] || strings.HasPrefix(inner, "Region: ") {
			f.country, f.value = inner, strings.TrimSpace(f.value[:i])
		}
	}
	return f
}

// ofacPlaces are names in OFAC's table of countries that are none today.
var ofacPlaces = map[string]bool{"undetermined": true, "Netherlands Antilles": true}

// looseFact reads what old remarks write without a fixed form: a mail or web
// address alone, a number of a kind that stands in no table.
func looseFact(s string) (fact, bool) {
	bare := strings.TrimSuffix(s, ".")
	for suffix, kind := range map[string]string{" (website)": "Website", " (email)": "Email Address"} {
		if v, ok := strings.CutSuffix(bare, suffix); ok && !strings.Contains(v, " ") {
			return fact{kind: kind, value: v}, true
		}
	}
	if !strings.Contains(s, " ") {
		switch {
		case strings.Contains(s, "@") && strings.Contains(s, "."):
			return fact{kind: "Email Address", value: s}, true
		case strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "http"):
			return fact{kind: "Website", value: s}, true
		}
		return fact{}, false
	}
	if s[0] < 'A' || s[0] > 'Z' {
		return fact{}, false
	}
	for _, word := range []string{" No. ", " Number ", " # ", " ID "} {
		i := strings.Index(s, word)
		if i < 0 || strings.Count(s[:i], " ") > 4 {
			continue
		}
		kind, number := s[:i+len(word)-1], s[i+len(word):]
		f := remarkFact(kind, number)
		if strings.ContainsAny(f.value, "0123456789") && strings.Count(f.value, " ") < 3 {
			return f, true
		}
	}
	return fact{}, false
}
