package feed

import (
	"strings"

	"navicert/list"
)

// readCSLCSV reads consolidated.csv in the shapes of 2020 to 2025: arrays are
// joined by "; ", documents written with their type last until 2022 and first
// since.
var readCSLCSV = fromCSL(func(f File, r *cslReader) error {
	form := tableForm{comma: ',', need: []string{
		"_id", "source", "entity_number", "type", "programs", "name", "addresses", "federal_register_notice", "start_date",
		"end_date", "license_requirement", "license_policy", "alt_names", "dates_of_birth", "ids",
	}}
	return form.each(f, func(t *csvTable) error {
		row := cslRow{
			source: t.Get("source"), number: t.Get("entity_number"), kind: t.Get("type"), name: t.Get("name"), title: t.Get("title"),
			notices: t.Get("federal_register_notice"), start: t.Get("start_date"), end: t.Get("end_date"), standard: t.Get("standard_order"),
			requirement: t.Get("license_requirement"), policy: t.Get("license_policy"), remarks: t.Get("remarks"), url: t.Get("source_list_url"),
			callSign: t.Get("call_sign"), vesselType: t.Get("vessel_type"), tonnage: t.Get("gross_tonnage"),
			grossTons: t.Get("gross_registered_tonnage"), flag: t.Get("vessel_flag"), owner: t.Get("vessel_owner"),
			programs: parts(t.Get("programs")), aliases: parts(t.Get("alt_names")), citizenships: parts(t.Get("citizenships")),
			births: parts(t.Get("dates_of_birth")), nationalities: parts(t.Get("nationalities")), birthplaces: parts(t.Get("places_of_birth")),
		}
		for _, a := range parts(t.Get("addresses")) {
			row.addresses = append(row.addresses, cslAddressOf(a))
		}
		row.ids = cslIDs(t.Get("ids"))
		return r.add(&row, r.at(t.Line))
	})
})

// parts parts an array of the CSV form.
func parts(s string) []string {
	if s == "" {
		return nil
	}
	var out []string
	for _, p := range strings.Split(s, ";") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// cslAddressOf reads "street, city, postal code, CC". The parts have no fixed
// places: the text is kept whole.
func cslAddressOf(s string) list.Address {
	i := strings.LastIndexByte(s, ',')
	a := list.Address{Text: strings.Trim(s, ", "), Country: countryCode(s[i+1:])}
	if a.Country != "" && i < 0 && len(s) == 2 {
		a.Text = "" // a country alone
	}
	return a
}

// cslIDs reads the documents and other facts: "TYPE, VALUE, COUNTRY, ISSUED,
// EXPIRES" since 2025, the same from the end before. A value may hold both
// separators, so an item that neither begins nor ends with a known type
// belongs to the one beside it.
func cslIDs(s string) []fact {
	if s == "" {
		return nil
	}
	items := strings.Split(s, "; ")
	var out []fact
	for i := 0; i < len(items); i++ {
		item := items[i]
		if kind := leadingKind(item); kind != "" {
			from := i
			for i+1 < len(items) && leadingKind(items[i+1]) == "" && trailingKind(items[i+1]) == "" {
				i++
			}
			value := strings.TrimPrefix(strings.Join(items[from:i+1], "; ")[len(kind):], ", ")
			out = append(out, cslFact(kind, strings.Split(value, ", "), false))
			continue
		}
		from, kind := i, trailingKind(item)
		for kind == "" && i+1 < len(items) && leadingKind(items[i+1]) == "" {
			i++
			kind = trailingKind(items[i])
		}
		item = strings.Join(items[from:i+1], "; ")
		if kind != "" {
			out = append(out, cslFact(kind, strings.Split(strings.TrimSuffix(item[:len(item)-len(kind)], ", "), ", "), true))
			continue
		}
		out = append(out, fact{value: item})
	}
	return out
}

// cslFact takes country and dates off a document's number. Of one date alone
// it is not said which it is: it stays beside the number.
func cslFact(kind string, values []string, reversed bool) fact {
	f := fact{kind: kind}
	document := !factNotes[kind] && factContacts[kind] == "" && !strings.HasPrefix(kind, currencyPrefix)
	if _, ok := factDates[kind]; ok {
		document = false
	}
	if _, ok := factCountries[kind]; ok {
		document = false
	}
	if document && len(values) > 1 {
		var dates []string
		isDate := func(s string) bool { _, ok := readDay(s, dayFirst); return ok && len(s) > 8 }
		isCountry := func(s string) bool { return len(s) == 2 && countryCode(s) != "" }
		if reversed {
			if isCountry(values[0]) {
				f.country, values = values[0], values[1:]
			}
			for len(values) > 1 && len(dates) < 2 && isDate(values[0]) {
				dates, values = append(dates, values[0]), values[1:]
			}
			if len(dates) == 2 {
				dates[0], dates[1] = dates[1], dates[0]
			}
		} else {
			for len(values) > 1 && len(dates) < 2 && isDate(values[len(values)-1]) {
				dates, values = append([]string{values[len(values)-1]}, dates...), values[:len(values)-1]
			}
			if last := len(values) - 1; last > 0 && isCountry(values[last]) {
				f.country, values = values[last], values[:last]
			}
		}
		switch len(dates) {
		case 2:
			f.issued, f.expires = dates[0], dates[1]
		case 1:
			f.note = "issued or expires " + dates[0]
		}
	}
	f.value = strings.Join(values, ", ")
	return f
}

// isKind is whether s is a type of a document or another fact of OFAC's.
func isKind(s string) bool {
	if s == "" || len(s) > 100 {
		return false
	}
	if strings.HasPrefix(s, currencyPrefix) {
		return !strings.Contains(s[len(currencyPrefix):], " ")
	}
	for _, k := range remarkKinds[s[0]] {
		if k.word == s || k.kind == s {
			return true
		}
	}
	switch s {
	case "Nationality Country", "Citizenship Country", "Place of Birth", "Birthdate", "Executive Order 14024 Directive Information -":
		return true
	}
	for _, end := range []string{" No.", " Number", " Information:", " information:", " #", " ID", "Directive Determination -", " (CMIC)"} {
		if strings.HasSuffix(s, end) && s[0] >= 'A' && s[0] <= 'Z' {
			return true
		}
	}
	return strings.HasSuffix(s, ":") && (strings.HasPrefix(s, "Listing Date") || strings.HasPrefix(s, "Effective Date"))
}

func leadingKind(item string) string {
	kind, _, ok := strings.Cut(item, ", ")
	if ok && isKind(kind) {
		return kind
	}
	return ""
}

func trailingKind(item string) string {
	i := strings.LastIndex(item, ", ")
	if i >= 0 && isKind(item[i+2:]) {
		return item[i+2:]
	}
	return ""
}
