package ftm

import (
	"slices"
	"strings"

	"navicert/list"
)

// FromList writes a listed entity, alone: what hangs on it (listings,
// documents in full, addresses in parts, wallets, relations) is in [Links].
// Texts that FollowTheMoney has no property for stand among the notes.
func FromList(e *list.Entity, dataset string) *Entity {
	out := &Entity{
		ID: e.ID, Schema: schemaOf(e), Properties: Properties{},
		Datasets: []string{}, Referents: append([]string{}, e.Referents...),
	}
	if dataset != "" {
		out.Datasets = append(out.Datasets, dataset)
	}
	p := out.Properties
	names(out, e)
	topics := Topics(e)
	p.Add("topics", topics...)
	out.Target = e.Listed()
	for _, d := range e.Dates {
		prop := dateProps[d.Kind]
		vs := dates(d)
		if prop == "birthDate" && e.Kind != list.KindPerson && e.Kind != list.KindUnknown {
			prop = "incorporationDate"
		}
		if len(vs) == 0 {
			p.Add("notes", noteDate[d.Kind]+words(d))
		}
		p.Add(prop, vs...)
	}
	for _, b := range e.Places {
		p.Add("birthPlace", b.Text)
		p.Add("birthCountry", country(b.Country, ""))
	}
	for _, c := range e.Countries {
		if code := country(c.Code, c.Text); code != "" {
			p.Add(countryProp(e.Kind, c.Role), code)
		} else {
			p.Add("notes", noteCountry+c.Text)
		}
	}
	for _, d := range e.Documents {
		if prop := docProp(e.Kind, d.Type); prop != "" {
			p.Add(prop, d.Number)
		}
	}
	for _, a := range e.Addresses {
		p.Add("address", full(a))
		if parted(a) {
			p.Add("addressEntity", linkID(e.ID, "Address", address(a)))
		}
		if e.Kind != list.KindPerson {
			p.Add("country", country(a.Country, ""))
		}
	}
	for _, c := range e.Contacts {
		switch c.Kind {
		case "email", "phone", "website":
			p.Add(c.Kind, c.Value)
		default:
			p.Add("notes", c.Kind+": "+c.Value)
		}
	}
	switch e.Gender {
	case list.Male:
		p.Add("gender", "male")
	case list.Female:
		p.Add("gender", "female")
	}
	p.Add("program", e.Programs...)
	for _, l := range e.Listings {
		p.Add("sourceUrl", l.Source)
	}
	if e.Kind == list.KindPerson || e.Kind == list.KindUnknown {
		p.Add("position", e.Titles...)
	} else {
		p.Add("notes", e.Titles...)
	}
	if v := e.Vessel; v != nil {
		p.Add("type", v.Type)
		p.Add("tonnage", v.Tonnage)
		p.Add("grossRegisteredTonnage", v.GrossTons)
		p.Add("model", v.Model)
		p.Add("manufacturer", v.Manufacturer)
		if v.Owner != "" {
			p.Add("notes", noteOwner+v.Owner)
		}
	}
	for _, r := range e.Relations {
		if r.To == "" && r.Name != "" {
			p.Add("notes", relationKind(r)+": "+r.Name)
		}
	}
	if out.Schema == "CryptoWallet" {
		p.Add("publicKey", e.Wallets[0].Address)
		p.Add("currency", e.Wallets[0].Asset)
	}
	p.Add("notes", e.Notes...)
	return out
}

// Notes that FromList writes for what has no property, and List reads back.
const (
	noteBorn    = "Born: "
	noteCountry = "Country: "
	noteOwner   = "Owner: "
)

var noteDate = [...]string{list.Birth: noteBorn, list.Death: "Died: ", list.Founded: "Founded: ", list.Built: "Built: "}

var dateProps = [...]string{list.Birth: "birthDate", list.Death: "deathDate", list.Founded: "incorporationDate", list.Built: "buildDate"}

func names(out *Entity, e *list.Entity) {
	p := out.Properties
	for i, n := range e.Names {
		switch {
		case i == 0: // the primary name, weak or not
			out.Caption = n.Text
			p.Add("name", n.Text)
		case n.Weak:
			p.Add("weakAlias", n.Text)
		case n.Kind == list.Primary, n.Kind == list.Spelling:
			p.Add("name", n.Text)
		case n.Kind == list.FKA:
			p.Add("previousName", n.Text)
		default:
			p.Add("alias", n.Text)
		}
		if e.Kind == list.KindPerson && i == 0 {
			p.Add("firstName", n.First)
			p.Add("lastName", n.Last)
		}
	}
	if out.Caption == "" {
		out.Caption = e.ID
	}
}

// Topics returns why an entity is on file: what its source states, else
// export control for a list with license requirements, else sanctions.
func Topics(e *list.Entity) []string {
	if len(e.Topics) > 0 {
		return slices.DeleteFunc(slices.Clone(e.Topics), func(t string) bool { return t == list.Unlisted })
	}
	var out []string
	for _, l := range e.Listings {
		t := "sanction"
		if l.Requirement != "" || l.Policy != "" {
			t = "export.control"
		}
		if topic, ok := codeTopics[l.List]; ok {
			t = topic
		}
		name := strings.ToLower(l.List)
		for _, k := range listTopics {
			if strings.Contains(name, k.part) {
				t = k.topic
				break
			}
		}
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	if out == nil {
		out = []string{"sanction"}
	}
	return out
}

// codeTopics are those of the lists that the Consolidated Screening List knows by codes.
var codeTopics = map[string]string{
	"EL": "export.control", "MEU": "export.control", "MIEU": "export.control", "DPL": "export.control", "UVL": "export.risk", "DTC": "debarment",
}

// listTopics names the lists that are no sanctions, by a part of their name;
// the first that fits counts.
var listTopics = []struct{ part, topic string }{
	{"unreliable entity", "sanction.counter"},
	{"unverified list", "export.risk"},
	{"foreign end-user", "export.risk"},
	{"foreign end user", "export.risk"},
	{"attention list", "export.risk"},
	{"export control", "export.control"},
	{"entity list", "export.control"},
	{"denied persons", "export.control"},
	{"military end", "export.control"},
	{"military intelligence", "export.control"},
	{"military-intelligence", "export.control"},
	{"debarred", "debarment"},
}

func countryProp(k list.Kind, r list.CountryRole) string {
	person := k == list.KindPerson || k == list.KindUnknown
	switch {
	case r == list.Nationality && person:
		return "nationality"
	case r == list.Citizenship && person:
		return "citizenship"
	case r == list.Jurisdiction && (person || k == list.KindOrganization):
		return "jurisdiction"
	case r == list.Flag && k == list.KindVessel:
		return "flag"
	case r == list.FormerFlag && k == list.KindVessel:
		return "pastFlags"
	}
	return "country"
}

// docProp returns the property for a document's number; "" for a document
// that only [Links] can tell.
func docProp(k list.Kind, t list.DocType) string {
	switch t {
	case list.Passport:
		return "passportNumber"
	case list.NationalID:
		return "idNumber"
	case list.TaxID:
		return "taxNumber"
	case list.Registration, list.TailNumber:
		return "registrationNumber"
	case list.IMO:
		return "imoNumber"
	case list.MMSI:
		return "mmsi"
	case list.CallSign:
		return "callSign"
	case list.BIC:
		return "swiftBic"
	case list.LEI:
		return "leiCode"
	case list.DUNS:
		return "dunsCode"
	case list.SerialNumber:
		return "serialNumber"
	case list.ISIN:
		if k == list.KindAsset {
			return "isin"
		}
		return "isinCode"
	}
	return ""
}

// parted reports whether an address has parts, so that [Links] gives it as an
// entity of its own.
func parted(a list.Address) bool { a.Text = ""; return a != list.Address{} }

func address(a list.Address) Properties {
	p := Properties{}
	p.Add("full", full(a))
	p.Add("street", a.Street)
	p.Add("city", a.City)
	p.Add("state", a.State)
	p.Add("postalCode", a.Postal)
	p.Add("country", country(a.Country, ""))
	return p
}

// full writes an address in one line.
func full(a list.Address) string {
	if a.Text != "" {
		return a.Text
	}
	var parts []string
	for _, s := range []string{a.Street, a.City, a.State, a.Postal} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}
