package feed

import (
	"fmt"
	"strconv"
	"strings"

	"navicert/list"
)

// readOFACXML reads SDN.XML and CONSOLIDATED.XML: parties without relations,
// without listing dates, with names in Latin letters alone.
func readOFACXML(of string) Parser {
	return fromOFAC(of, func(f File, r *ofacReader) error {
		err := walkXML(f, "sdnList", map[string]func(*node) error{
			"publshInformation": func(n *node) (err error) {
				var ok bool
				if r.Date, ok = readDay(n.Text("Publish_Date"), monthFirst); !ok {
					return fault(f.Name, n.Line, fmt.Sprintf("the date of publication is %q", n.Text("Publish_Date")), "MM/DD/YYYY", fetchAgain)
				}
				if r.Declared, err = strconv.Atoi(n.Text("Record_Count")); err != nil || r.Declared <= 0 {
					return fault(f.Name, n.Line, fmt.Sprintf("Record_Count is %q", n.Text("Record_Count")), "the number of parties", fetchAgain)
				}
				return nil
			},
			"sdnEntry": func(n *node) error { return r.entry(n, r.at(n.Line)) },
		})
		if err == nil && r.Declared != len(r.Entities) {
			err = fault(f.Name, 0, fmt.Sprintf("the file declares %d parties and holds %d", r.Declared, len(r.Entities)), "as many as it declares", fetchAgain)
		}
		return err
	})
}

// begin makes an entity of a number and a kind, each number once.
func (r *ofacReader) begin(number, kind string, at place) (*list.Entity, error) {
	switch k, ok := ofacKinds[strings.ToLower(kind)]; {
	case !isNumber(number):
		return nil, fault(at.file, at.line, fmt.Sprintf("%q is not OFAC's number of a party", number), "digits", "")
	case r.byNumber[number] != nil:
		return nil, fault(at.file, at.line, "party "+number+" stands twice", "each once", "")
	case !ok:
		return nil, fault(at.file, at.line, fmt.Sprintf("%q is no type of a party", kind), "Individual, Entity, Vessel or Aircraft", "")
	default:
		e := &list.Entity{ID: ofacID(number), Ref: number, Kind: k}
		r.byNumber[number] = e
		r.Entities = append(r.Entities, e)
		return e, nil
	}
}

func (r *ofacReader) entry(n *node, at place) error {
	e, err := r.begin(n.Text("uid"), n.Text("sdnType"), at)
	if err != nil {
		return err
	}
	if n.Text("lastName") == "" {
		return fault(at.file, at.line, "party "+e.Ref+" has no name", "a name", "")
	}
	e.Names = append(e.Names, partedName(n, list.Primary))
	for _, a := range n.All("akaList", "aka") {
		kind, ok := aliasKind(a.Text("type"))
		if !ok {
			return fault(at.file, a.Line, fmt.Sprintf("%q is no type of an alias", a.Text("type")), "a.k.a., f.k.a. or n.k.a.", "")
		}
		name := partedName(a, kind)
		name.Weak = a.Text("category") == "weak"
		if name.Text != "" {
			e.Names = append(e.Names, name)
		}
	}
	for _, p := range n.All("programList", "program") {
		if s := p.Text(); s != "" {
			e.Programs = append(e.Programs, s)
		}
	}
	e.Listings = ofacListings(r.of, e.Programs)
	facts := func(kind string, ns []*node, field string) {
		for _, m := range ns {
			fact{kind: kind, value: m.Text(field)}.add(e, place{at.notes, at.file, m.Line})
		}
	}
	if t := n.Text("title"); t != "" {
		e.Titles = strings.Split(t, "; ")
	}
	facts("Birthdate", n.All("dateOfBirthList", "dateOfBirthItem"), "dateOfBirth")
	facts("Place of Birth", n.All("placeOfBirthList", "placeOfBirthItem"), "placeOfBirth")
	facts("Nationality Country", n.All("nationalityList", "nationality"), "country")
	facts("Citizenship Country", n.All("citizenshipList", "citizenship"), "country")
	for _, d := range n.All("idList", "id") {
		fact{
			kind: d.Text("idType"), value: d.Text("idNumber"), country: d.Text("idCountry"),
			issued: d.Text("issueDate"), expires: d.Text("expirationDate"),
		}.add(e, place{at.notes, at.file, d.Line})
	}
	for _, a := range n.All("addressList", "address") {
		names := map[string]string{
			"ADDRESS1": "address1", "ADDRESS2": "address2", "ADDRESS3": "address3", "CITY": "city",
			"STATE/PROVINCE": "stateOrProvince", "POSTAL CODE": "postalCode",
		}
		if x, ok := ofacParts(a.Text("country"), func(p string) string { return a.Text(names[p]) }); ok {
			e.Addresses = append(e.Addresses, x)
		}
	}
	v := n.At("vesselInfo")
	for _, p := range []struct{ kind, field string }{
		{"Vessel Call Sign", "callSign"},
		{"Vessel Type", "vesselType"},
		{"Vessel Flag", "vesselFlag"},
		{"Vessel Owner", "vesselOwner"},
		{"Vessel Tonnage", "tonnage"},
		{"Vessel Gross Registered Tonnage", "grossRegisteredTonnage"},
	} {
		fact{kind: p.kind, value: v.Text(p.field)}.add(e, at)
	}
	if s := n.Text("remarks"); s != "" {
		readRemarks(e, s, at)
	}
	return nil
}

// partedName reads a name of which the family name stands apart, and writes
// it as OFAC's other forms do.
func partedName(n *node, k list.NameKind) list.Name {
	last, first := n.Text("lastName"), n.Text("firstName")
	if first == "" || last == "" {
		return list.Name{Text: last + first, Kind: k}
	}
	return list.Name{Text: last + ", " + first, Last: last, First: first, Kind: k}
}
