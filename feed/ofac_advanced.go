package feed

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"navicert/list"
)

// readAdvanced reads SDN_ADVANCED.XML and CONS_ADVANCED.XML. Everything there
// is a number that another part of the file explains: code tables, places and
// documents come before the parties, relations and listings after them.
func readAdvanced(of string) Parser {
	return fromOFAC(of, func(f File, ofac *ofacReader) error {
		r := &advancedReader{
			ofacReader: ofac, codes: map[string]string{}, places: map[string]advancedPlace{}, documents: map[string][]fact{}, partyKinds: map[string]string{},
		}
		want := map[string]func(*node) error{
			"DateOfIssue":                                        r.issue,
			"Locations/Location":                                 r.location,
			"IDRegDocuments/IDRegDocument":                       r.document,
			"DistinctParties/DistinctParty":                      r.distinct,
			"ProfileRelationships/ProfileRelationship":           r.related,
			"SanctionsEntries/SanctionsEntry":                    r.listed,
			"ReferenceValueSets/PartySubTypeValues/PartySubType": r.subType,
		}
		for _, set := range []string{
			"AliasType", "AreaCode", "Country", "DetailReference", "FeatureType", "IDRegDocType", "IDRegDocDateType", "LegalBasis", "List", "LocPartType",
			"NamePartType", "PartyType", "RelationType", "SanctionsType", "Script", "Validity",
		} {
			want["ReferenceValueSets/"+set+"Values/"+set] = func(n *node) error {
				text := n.Text()
				if set == "AreaCode" {
					text = n.Attr("Description")
				}
				r.codes[set+" "+n.Attr("ID")] = text
				return nil
			}
		}
		if err := walkXML(f, "Sanctions", want); err != nil {
			return err
		}
		if r.Date == 0 {
			return fault(f.Name, 0, "DateOfIssue is missing", "the day of the data", fetchAgain)
		}
		for _, e := range r.Entities {
			if len(e.Listings) == 0 {
				return fault(f.Name, 0, "party "+e.Ref+" has no entry of sanctions: the file is cut or broken", "one for each party", fetchAgain)
			}
			e.Listings = namedListings(e.Listings)
		}
		turnRelations(r.Entities)
		return nil
	})
}

type advancedReader struct {
	*ofacReader
	codes      map[string]string // "FeatureType 344" to its words
	partyKinds map[string]string // PartySubTypeID to Individual, Entity, Vessel, Aircraft
	places     map[string]advancedPlace
	documents  map[string][]fact // by the ID of the identity
}

type advancedPlace struct {
	country string
	parts   map[string]string
}

// code looks a number up. One that the file's own tables do not explain is a
// fault: what it says would be lost.
func (r *advancedReader) code(set string, n *node, attr string) (string, error) {
	s, ok := r.codes[set+" "+n.Attr(attr)]
	if !ok {
		return "", fault(r.file, n.Line, fmt.Sprintf("%s %q stands in no table of the file", attr, n.Attr(attr)), "a "+set+" of its reference values", fetchAgain)
	}
	return s, nil
}

func (r *advancedReader) issue(n *node) error {
	s, ok := advancedDay(n)
	if !ok || s.from != s.to {
		return fault(r.file, n.Line, "DateOfIssue is no day", "Year, Month, Day", fetchAgain)
	}
	r.Date = s.from
	return nil
}

func advancedDay(n *node) (span, bool) {
	y, _ := strconv.Atoi(n.Text("Year"))
	m, _ := strconv.Atoi(n.Text("Month"))
	d, _ := strconv.Atoi(n.Text("Day"))
	return makeSpan(y, m, d)
}

// period reads a DatePeriod as OFAC's other forms write it.
func period(n *node) string {
	from, ok1 := advancedDay(n.At("Start", "From"))
	to, ok2 := advancedDay(n.At("End", "To"))
	if !ok1 || !ok2 {
		return ""
	}
	return periodText(span{from.from, to.to}, n.At("Start").Attr("Approximate") == "true" || n.At("End").Attr("Approximate") == "true")
}

func (r *advancedReader) subType(n *node) error {
	kind := n.Text()
	if kind == "Unknown" { // then the type says it; type tables stand before subtypes or after them
		kind = map[string]string{"1": "Individual", "2": "Entity"}[n.Attr("PartyTypeID")]
	}
	r.partyKinds[n.Attr("ID")] = kind
	return nil
}

func (r *advancedReader) location(n *node) error {
	p := advancedPlace{parts: map[string]string{}}
	if c := n.At("LocationCountry"); c != nil {
		s, err := r.code("Country", c, "CountryID")
		if err != nil {
			return err
		}
		p.country = s
	} else if a := n.At("LocationAreaCode"); a != nil {
		s, err := r.code("AreaCode", a, "AreaCodeID")
		if err != nil {
			return err
		}
		p.country = s
	}
	for _, part := range n.Kids("LocationPart") {
		kind, err := r.code("LocPartType", part, "LocPartTypeID")
		if err != nil {
			return err
		}
		for _, v := range part.Kids("LocationPartValue") {
			if s := v.Text("Value"); s != "" && (p.parts[kind] == "" || v.Attr("Primary") == "true") {
				p.parts[kind] = s
			}
		}
	}
	r.places[n.Attr("ID")] = p
	return nil
}

func (r *advancedReader) document(n *node) error {
	kind, err := r.code("IDRegDocType", n, "IDRegDocTypeID")
	if err != nil {
		return err
	}
	f := fact{kind: kind, value: n.Text("IDRegistrationNo"), note: n.Text("IssuingAuthority")}
	if n.Attr("IssuedBy-CountryID") != "" {
		if f.country, err = r.code("Country", n, "IssuedBy-CountryID"); err != nil {
			return err
		}
	}
	if r.codes["Validity "+n.Attr("ValidityID")] == "Fraudulent" {
		f.note = joined("; ", f.note, "fraudulent")
	}
	for _, d := range n.Kids("DocumentDate") {
		kind, err := r.code("IDRegDocDateType", d, "IDRegDocDateTypeID")
		if err != nil {
			return err
		}
		if strings.HasPrefix(kind, "Issue") {
			f.issued = period(d.At("DatePeriod"))
		} else {
			f.expires = period(d.At("DatePeriod"))
		}
	}
	id := n.Attr("IdentityID")
	r.documents[id] = append(r.documents[id], f)
	return nil
}

func (r *advancedReader) distinct(n *node) error {
	at := r.at(n.Line)
	p := n.At("Profile")
	e, err := r.begin(p.Attr("ID"), r.partyKinds[p.Attr("PartySubTypeID")], at)
	if err != nil {
		return err
	}
	for _, id := range p.Kids("Identity") {
		if err := r.names(e, id); err != nil {
			return err
		}
		if id.Attr("False") == "true" {
			e.Notes = append(e.Notes, "one identity is marked as false")
		}
		for _, f := range r.documents[id.Attr("ID")] {
			f.add(e, at)
		}
		delete(r.documents, id.Attr("ID"))
	}
	if err := primaryFirst(e, at); err != nil {
		return err
	}
	for _, f := range p.Kids("Feature") {
		if err := r.feature(e, f); err != nil {
			return err
		}
	}
	for _, c := range []string{n.Text("Comment"), p.Text("Comment")} {
		if c != "" {
			readRemarks(e, c, at)
		}
	}
	return nil
}

// nameOrder is the order of a person's names after the family name.
var nameOrder = []string{"First Name", "Middle Name", "Patronymic", "Matronymic", "Maiden Name", "Nickname"}

func (r *advancedReader) names(e *list.Entity, id *node) error {
	kinds := map[string]string{}
	for _, g := range id.All("NamePartGroups", "MasterNamePartGroup", "NamePartGroup") {
		s, err := r.code("NamePartType", g, "NamePartTypeID")
		if err != nil {
			return err
		}
		kinds[g.Attr("ID")] = s
	}
	for _, a := range id.Kids("Alias") {
		words, err := r.code("AliasType", a, "AliasTypeID")
		if err != nil {
			return err
		}
		kind, ok := aliasKind(words)
		if !ok {
			return fault(r.file, a.Line, fmt.Sprintf("%q is no type of an alias", words), "A.K.A., F.K.A., N.K.A. or Name", "")
		}
		if a.Attr("Primary") == "true" {
			kind = list.Primary
		} else if kind == list.Primary {
			kind = list.AKA
		}
		for i, d := range a.Kids("DocumentedName") {
			n := list.Name{Kind: kind, Weak: a.Attr("LowQuality") == "true"}
			parts := map[string]string{}
			var rest []string
			for _, v := range d.All("DocumentedNamePart", "NamePartValue") {
				if n.Script == "" && v.Attr("ScriptID") != "" {
					s, err := r.code("Script", v, "ScriptID")
					if err != nil {
						return err
					}
					n.Script = ofacScript(s)
				}
				switch k := kinds[v.Attr("NamePartGroupID")]; {
				case k == "Last Name" || slices.Contains(nameOrder, k):
					parts[k] = strings.TrimSpace(parts[k] + " " + v.Text())
				default:
					rest = append(rest, v.Text())
				}
			}
			n.Last = parts["Last Name"]
			for _, k := range nameOrder {
				n.First = strings.TrimSpace(n.First + " " + parts[k])
			}
			n.Text = strings.Join(append(rest, n.Last), " ")
			switch {
			case n.First != "" && n.Last != "":
				n.Text = strings.TrimSpace(n.Text) + ", " + n.First
			default:
				n.Text = strings.TrimSpace(n.Text + n.First)
				n.First, n.Last = "", ""
			}
			if i > 0 || n.Script != "" && n.Script != "Latn" {
				n.Kind = list.Spelling
			}
			if n.Text != "" {
				e.Names = append(e.Names, n)
			}
		}
	}
	return nil
}

func (r *advancedReader) feature(e *list.Entity, n *node) error {
	kind, err := r.code("FeatureType", n, "FeatureTypeID")
	if err != nil {
		return err
	}
	at := r.at(n.Line)
	for _, v := range n.Kids("FeatureVersion") {
		f := fact{kind: kind}
		d := v.At("VersionDetail")
		switch {
		case d.Attr("DetailReferenceID") != "":
			if f.value, err = r.code("DetailReference", d, "DetailReferenceID"); err != nil {
				return err
			}
		case d.Text() != "":
			f.value = d.Text()
		case v.At("DatePeriod") != nil:
			if f.value = period(v.At("DatePeriod")); f.value == "" {
				at.note("party %s: the date of %q cannot be read", e.Ref, kind)
			}
		}
		for _, l := range v.Kids("VersionLocation") {
			p, ok := r.places[l.Attr("LocationID")]
			if !ok {
				return fault(r.file, l.Line, fmt.Sprintf("location %q is not in the file", l.Attr("LocationID")), "one of its Locations", fetchAgain)
			}
			if kind != "Location" {
				if f.value == "" {
					f.value = p.country
				}
				continue
			}
			if a, ok := ofacParts(p.country, func(s string) string { return p.parts[s] }); ok {
				e.Addresses = append(e.Addresses, a)
			}
		}
		f.add(e, at)
		if c := v.Text("Comment"); c != "" {
			e.Notes = append(e.Notes, strings.TrimSpace(kind+" "+f.value)+": "+c)
		}
	}
	return nil
}

func (r *advancedReader) related(n *node) error {
	kind, err := r.code("RelationType", n, "RelationTypeID")
	if err != nil {
		return err
	}
	from, to := n.Attr("From-ProfileID"), n.Attr("To-ProfileID")
	e := r.byNumber[from]
	if e == nil || !isNumber(to) {
		return fault(r.file, n.Line, fmt.Sprintf("the relation goes from party %q to %q", from, to), "parties of the file", fetchAgain)
	}
	e.Relations = append(e.Relations, relation(kind, to, n.Attr("Former") == "true"))
	return nil
}

func (r *advancedReader) listed(n *node) error {
	e := r.byNumber[n.Attr("ProfileID")]
	if e == nil {
		return fault(r.file, n.Line, fmt.Sprintf("party %q is not in the file", n.Attr("ProfileID")), "one of its parties", fetchAgain)
	}
	name, err := r.code("List", n, "ListID")
	if err != nil {
		return err
	}
	l := list.Listing{List: name}
	for _, ev := range n.Kids("EntryEvent") {
		if basis, err := r.code("LegalBasis", ev, "LegalBasisID"); err != nil {
			return err
		} else if basis != "Unknown" {
			e.Legal = appendNew(e.Legal, basis)
		}
		if s, ok := advancedDay(ev.At("Date")); ok && s.from == s.to && (l.Since == 0 || s.from < l.Since) {
			l.Since = s.from
		}
	}
	for _, m := range n.Kids("SanctionsMeasure") {
		kind, err := r.code("SanctionsType", m, "SanctionsTypeID")
		if err != nil {
			return err
		}
		if p := m.Text("Comment"); kind == "Program" && p != "" {
			e.Programs = appendNew(e.Programs, p)
		}
	}
	e.Listings = append(e.Listings, l)
	return nil
}
