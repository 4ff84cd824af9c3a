package feed

import (
	"bytes"
	"fmt"
	"strings"

	"navicert/list"
)

const cslAddress = "https://data.trade.gov/downloadable_consolidated_screening_list/v1/"

// csl is the screening list of the Departments of Commerce, State and the
// Treasury. Its OFAC rows have OFAC's IDs, so that they join with OFAC's own
// lists; the other rows have IDs of list and name, because the list gives them
// no number that lasts.
var csl = &Source{
	Key: "us-csl", Prefix: "us",
	Title:     "Consolidated Screening List (Commerce, State, Treasury)",
	Authority: "US",
	License:   "work of the United States Government: public domain (17 USC 105)",
	Cadence:   "daily, at about 13:15 UTC",
	Forms: []Form{
		{
			Name: "json", Files: []URL{{Name: "consolidated.json", Address: cslAddress + "consolidated.json"}}, Parse: readCSLJSON,
			Is: func(h Head) bool {
				return bytes.HasPrefix(bytes.TrimSpace(h.Bytes), []byte("{")) && bytes.Contains(h.Bytes, []byte(`"source_list_url"`))
			},
		},
		{
			Name: "csv", Files: []URL{{Name: "consolidated.csv", Address: cslAddress + "consolidated.csv"}}, Parse: readCSLCSV,
			Is: func(h Head) bool { return strings.HasPrefix(h.Line(0), "_id,source,entity_number,") },
		},
		// The same list as somebody else has shortened it: no streets, no
		// documents, no dates. It has no official address.
		{Name: "compact", Parse: readCSLCompact, Is: func(h Head) bool { return bytes.Contains(h.Bytes, []byte(`"countsBySource"`)) }},
	},
	Band:      [2]int{18000, 50000},
	MaxChange: 0.25,
}

// cslLists gives the lists in the CSL their short codes, by a part of their
// names; the more special name stands first.
var cslLists = []struct{ part, code string }{
	{"(NS-MBS List)", "MBS"},
	{"(CMIC)", "CMIC"},
	{"(SDN)", "SDN"},
	{"(SSI)", "SSI"},
	{"(PLC)", "PLC"},
	{"(FSE)", "FSE"},
	{"(CAP)", "CAP"},
	{"(EL)", "EL"},
	{"(DPL)", "DPL"},
	{"(UVL)", "UVL"},
	{"(MEU)", "MEU"},
	{"(ISN)", "ISN"},
	{"(DTC)", "DTC"},
}

// cslCode returns the short code of a list, and whether OFAC keeps it. A list
// that is new keeps its name.
func cslCode(source string) (code string, ofac, known bool) {
	for _, l := range cslLists {
		if strings.Contains(source, l.part) {
			return l.code, strings.Contains(source, "Treasury"), true
		}
	}
	if i, j := strings.LastIndexByte(source, '('), strings.LastIndexByte(source, ')'); i >= 0 && j > i+1 {
		return source[i+1 : j], strings.Contains(source, "Treasury"), false
	}
	return source, strings.Contains(source, "Treasury"), false
}

// cslRow is one row, whatever the form.
type cslRow struct {
	source, number, kind, name, title, notices, start, end string
	standard, requirement, policy, remarks, url            string
	callSign, vesselType, tonnage, grossTons, flag, owner  string
	programs, aliases, citizenships, births, nationalities []string
	birthplaces                                            []string
	addresses                                              []list.Address
	ids                                                    []fact
}

type cslReader struct {
	*roll
	byID    map[string]*list.Entity
	more    map[string][]*list.Entity // further rows of an entity
	unknown map[string]bool           // lists that this program does not know
	count   int                       // of rows
}

// fromCSL makes a Parser of a form of rows that belong together by their IDs.
func fromCSL(read func(File, *cslReader) error) Parser {
	return one(func(f File) (*list.Edition, error) {
		r := &cslReader{roll: newRoll(f), byID: map[string]*list.Entity{}, more: map[string][]*list.Entity{}, unknown: map[string]bool{}}
		if err := read(f, r); err != nil {
			return nil, err
		}
		for id, rows := range r.more {
			merge(r.byID[id], rows)
		}
		linkNames(r.Entities)
		return r.done()
	})
}

// add makes an entity of a row, or adds the row to the entity that it belongs
// to: OFAC's of the same number, another's of the same list and name.
func (r *cslReader) add(row *cslRow, at place) error {
	r.count++
	if row.name == "" || row.source == "" {
		return fault(at.file, at.line, "the row has no name or no source", "both", "")
	}
	code, ofac, known := cslCode(row.source)
	if !known && !r.unknown[code] {
		r.unknown[code] = true
		at.note("the list %q is new: its parties are read, and listed on %q", row.source, code)
	}
	e := &list.Entity{ID: nameID("us-"+strings.ToLower(code), row.name), Kind: ofacKinds[strings.ToLower(row.kind)]}
	if ofac && isNumber(row.number) {
		e.ID, e.Ref = ofacID(row.number), row.number
	}
	if row.kind == "-0-" {
		e.Kind = list.KindUnknown
	}
	r.names(e, row, code, ofac)
	for _, p := range row.programs {
		for _, p := range strings.Split(p, "; ") {
			if p = squash(p); p != "" {
				e.Programs = appendNew(e.Programs, p)
			}
		}
	}
	if row.title != "" {
		e.Titles = strings.Split(row.title, "; ")
	}
	e.Addresses = row.addresses
	facts := func(kind string, values []string) {
		for _, v := range values {
			fact{kind: kind, value: v}.add(e, at)
		}
	}
	facts("Birthdate", row.births)
	facts("Place of Birth", row.birthplaces)
	facts("Nationality Country", row.nationalities)
	facts("Citizenship Country", row.citizenships)
	for _, f := range row.ids {
		f.add(e, at)
	}
	if !ofac && row.callSign != "" && row.vesselType == "" { // a policy of two sentences has slipped into the next columns
		at.note("%q stands in the column of call signs; it is read as the end of the license policy", row.callSign)
		row.policy = strings.TrimSpace(row.policy + " " + row.callSign)
	} else {
		facts("Vessel Call Sign", []string{row.callSign})
	}
	facts("Vessel Type", []string{row.vesselType})
	facts("Vessel Tonnage", []string{row.tonnage})
	facts("Vessel Gross Registered Tonnage", []string{row.grossTons})
	facts("Vessel Flag", []string{row.flag})
	facts("Vessel Owner", []string{row.owner})
	if row.remarks != "" {
		if ofac {
			readRemarks(e, row.remarks, at)
		} else {
			e.Notes = append(e.Notes, row.remarks)
		}
	}
	if row.standard != "" {
		e.Notes = append(e.Notes, "standard order: "+row.standard)
	}
	l := list.Listing{
		List: code, Requirement: row.requirement, Policy: row.policy, Footnotes: footnotes(row.requirement),
		Notices: noticesOf(row.notices), Source: row.url,
	}
	l.Since = addDay(e, "start date", row.start, at)
	l.Until = addDay(e, "end date", row.end, at)
	e.Listings = []list.Listing{l}
	r.keep(e)
	return nil
}

// keep keeps an entity, and more rows of the same one for later.
func (r *cslReader) keep(e *list.Entity) {
	if r.byID[e.ID] != nil {
		r.more[e.ID] = append(r.more[e.ID], e)
		return
	}
	r.byID[e.ID] = e
	r.Entities = append(r.Entities, e)
}

// names reads the name and the other names of a row.
func (r *cslReader) names(e *list.Entity, row *cslRow, code string, ofac bool) {
	person := e.Kind == list.KindPerson
	name := row.name
	if !ofac {
		if parent, kind, own := splitParent(name); own != "" {
			name = own
			e.Relations = append(e.Relations, list.Relation{Kind: kind, Name: parent})
		}
	}
	n := ofacName(name, list.Primary, person)
	if strings.HasPrefix(name, "Address ") && len(name) < 12 {
		n.Weak = true
		e.Notes = append(e.Notes, "an entry for an address alone: its name is only a number")
	}
	e.Names = []list.Name{n}
	seen := map[string]bool{n.Text: true}
	for _, a := range row.aliases {
		for _, a := range cslAliases(a, code) {
			k := list.AKA
			if rest, ok := cutFold(a, "f.k.a. "); ok {
				a, k = rest, list.FKA
			} else if rest, ok := cutFold(a, "a.k.a. "); ok {
				a = rest
			}
			n := ofacName(a, k, person)
			if n.Text != "" && !seen[n.Text] {
				seen[n.Text] = true
				e.Names = append(e.Names, n)
			}
		}
	}
	if !ofac {
		e.Names = withBrackets(e.Names)
	}
}

// merge adds what more rows of an entity say, each thing once.
func merge(a *list.Entity, rows []*list.Entity) {
	names, listings := map[string]bool{}, map[string]bool{}
	for _, n := range a.Names {
		names[n.Text] = true
	}
	for _, l := range a.Listings {
		listings[fmt.Sprint(l)] = true
	}
	for _, b := range rows {
		if a.Kind == list.KindUnknown {
			a.Kind = b.Kind
		}
		if a.Gender == list.GenderUnknown {
			a.Gender = b.Gender
		}
		if a.Vessel == nil {
			a.Vessel = b.Vessel
		}
		for _, n := range b.Names {
			if names[n.Text] {
				continue
			}
			names[n.Text] = true
			if n.Kind == list.Primary {
				n.Kind = list.Spelling
			}
			a.Names = append(a.Names, n)
		}
		for _, l := range b.Listings {
			if key := fmt.Sprint(l); !listings[key] {
				listings[key] = true
				a.Listings = append(a.Listings, l)
			}
		}
	}
	a.Dates = union(a.Dates, rows, func(e *list.Entity) []list.Date { return e.Dates })
	a.Places = union(a.Places, rows, func(e *list.Entity) []list.Place { return e.Places })
	a.Countries = union(a.Countries, rows, func(e *list.Entity) []list.Country { return e.Countries })
	a.Documents = union(a.Documents, rows, func(e *list.Entity) []list.Document { return e.Documents })
	a.Addresses = union(a.Addresses, rows, func(e *list.Entity) []list.Address { return e.Addresses })
	a.Wallets = union(a.Wallets, rows, func(e *list.Entity) []list.Wallet { return e.Wallets })
	a.Relations = union(a.Relations, rows, func(e *list.Entity) []list.Relation { return e.Relations })
	a.Contacts = union(a.Contacts, rows, func(e *list.Entity) []list.Contact { return e.Contacts })
	a.Programs = union(a.Programs, rows, func(e *list.Entity) []string { return e.Programs })
	a.Titles = union(a.Titles, rows, func(e *list.Entity) []string { return e.Titles })
	a.Notes = union(a.Notes, rows, func(e *list.Entity) []string { return e.Notes })
}

func union[T comparable](a []T, rows []*list.Entity, of func(*list.Entity) []T) []T {
	have := make(map[T]bool, len(a))
	for _, x := range a {
		have[x] = true
	}
	for _, e := range rows {
		for _, x := range of(e) {
			if !have[x] {
				have[x] = true
				a = append(a, x)
			}
		}
	}
	return a
}
