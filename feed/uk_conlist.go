package feed

import (
	"fmt"
	"strings"

	"navicert/list"
)

// parseConList reads OFSI's list, the rows of which are a cross product
// likewise. What has no column stands in its Other Information, each
// part behind its label.
var parseConList = fromTable(tableForm{comma: ',', dated: true, need: []string{
	"Name 6", "Name 1", "DOB", "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On", "Group ID",
}}, func(r *roll, t *csvTable) error {
	id, kind := t.Get("Group ID"), ukKind(t.Get("Group Type"))
	if id == "" || kind == list.KindUnknown {
		return t.fault(fmt.Sprintf("Group ID is %q and Group Type %q", id, t.Get("Group Type")), "a number, and Individual, Entity or Ship")
	}
	r.Date = t.Date
	conRow(r.get("uk-ofsi-"+id, id, kind, t.Line), t)
	return nil
})

func conRow(b *builder, t *csvTable) {
	ukName(b, t.six("Name %d"), t.Get("Alias Type"), t.Get("Alias Quality"))
	for _, s := range numbered(t.Get("Name Non-Latin Script")) {
		ukForeign(b, s, t.Get("Non-Latin Script Language"))
	}
	for _, column := range []string{"Title", "Position"} {
		for _, s := range numbered(t.Get(column)) {
			b.title(s)
		}
	}
	for _, s := range numbered(t.Get("DOB")) {
		b.dated(list.Birth, s, dayFirst)
	}
	towns, lands := numbered(t.Get("Town of Birth")), numbered(t.Get("Country of Birth"))
	for i := range max(len(towns), len(lands)) {
		b.place(ukPlace(nth(towns, i), nth(lands, i)))
	}
	for _, s := range numbered(t.Get("Nationality")) {
		b.country(list.Nationality, strings.TrimSuffix(s, "."))
	}
	conDocuments(b, list.Passport, "Passport", t.Get("Passport Number"), t.Get("Passport Details"))
	conDocuments(b, list.NationalID, "National identifier", t.Get("National Identification Number"), t.Get("National Identification Details"))
	ukAddress(b, t.six("Address %d"), t.Get("Post/Zip Code"), t.Get("Country"))
	if s := t.Get("Other Information"); b.first([2]string{"other", s}) {
		conOther(b, s)
	}
	ukListing(b, "OFSI Consolidated List", t.Get("Regime"), t.Get("Listed On"))
	b.note("Designated on the UK Sanctions List", t.Get("UK Sanctions List Date Designated"))
}

func conDocuments(b *builder, typ list.DocType, kind, number, details string) {
	ns, ds := numbered(number), numbered(details)
	for i := range max(len(ns), len(ds)) {
		ukDocument(b, typ, kind, nth(ns, i), nth(ds, i))
	}
}

var numberMark = pattern(`(?:^|\s)\(\d{1,3}\)\s?`)

// numbered parts "(1) Germany. (2) Morocco"; any other text is one part. A
// part that is "-" is empty but keeps its place.
func numbered(s string) []string {
	if !strings.HasPrefix(s, "(1)") {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	var out []string
	for _, p := range numberMark().Split(s, -1)[1:] {
		if p = strings.TrimSpace(p); p == "-" || p == "- ." {
			p = ""
		}
		out = append(out, p)
	}
	return out
}

func nth(s []string, i int) string {
	if i < len(s) {
		return s[i]
	}
	return ""
}

var (
	conLabel = pattern(`\((UK Sanctions List Ref|UK Statement of Reasons|Gender|UN Ref|Phone number|Website|Type of entity|Email address|` +
		`Business Reg No|Parent company|Subsidiaries|IMO number|Flag of ship|Type of ship|Tonnage of ship|Length of ship|Year built|` +
		`Current owners|Previous owners|Previous flags|Hull Id|Fax)\):`)
	conRef = pattern(`^([A-Z]{2,4}i?\.?\d{3,5}|[A-Z]{2}[ei]\.\d{3})\.?\s*`)
)

// conOther parts the Other Information of an entry.
func conOther(b *builder, s string) {
	at := conLabel().FindAllStringSubmatchIndex(s, -1)
	if len(at) == 0 || at[0][0] > 0 {
		end := len(s)
		if len(at) > 0 {
			end = at[0][0]
		}
		b.note("", ukText(s[:end]))
	}
	for i, m := range at {
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		label, v := s[m[2]:m[3]], squash(s[m[1]:end])
		if v == "" {
			continue
		}
		switch label {
		case "UK Sanctions List Ref", "UN Ref":
			ref := conRef().FindStringSubmatch(v)
			if ref == nil {
				b.note(label, v)
				continue
			}
			kind := "UN reference number"
			if label != "UN Ref" {
				kind = "UK Sanctions List ID"
			}
			b.document(list.Document{Kind: kind, Number: ref[1]})
			b.note("", ukText(v[len(ref[0]):]))
		case "Gender":
			word, rest, _ := strings.Cut(v, " ")
			b.gender(strings.TrimSuffix(word, "."))
			b.note("", rest)
		case "Phone number":
			b.contact("phone", v)
		case "Website":
			b.contact("website", v)
		case "Email address":
			b.contact("email", v)
		case "Business Reg No":
			ukBusiness(b, v)
		case "Parent company":
			b.relation(list.Relation{Type: list.OwnedOrControlledBy, Kind: "Parent company", Name: v})
		case "Subsidiaries":
			b.relation(list.Relation{Type: list.Owns, Kind: "Subsidiary", Name: v})
		case "IMO number":
			ukShip(b, "IMONumber", v)
		case "Flag of ship":
			ukShip(b, "CurrentBelievedFlagOfShip", v)
		case "Previous flags":
			ukShip(b, "PreviousFlag", v)
		case "Type of ship":
			ukShip(b, "TypeOfShip", v)
		case "Tonnage of ship":
			ukShip(b, "TonnageOfShip", v)
		case "Length of ship":
			ukShip(b, "LengthOfShip", v)
		case "Year built":
			ukShip(b, "YearBuilt", v)
		case "Current owners":
			ukShip(b, "CurrentOwnerOperator", v)
		case "Previous owners":
			ukShip(b, "PreviousOwnerOperator", v)
		case "Hull Id":
			ukShip(b, "HullIdentificationNumber", v)
		default:
			b.note(label, ukText(v))
		}
	}
}
