package ftm

import (
	"strings"

	"navicert/list"
)

// parents holds the schemata that this package knows, each with what it is a
// special case of.
var parents = map[string][]string{
	"Thing":          nil,
	"LegalEntity":    {"Thing"},
	"Person":         {"LegalEntity"},
	"Organization":   {"LegalEntity"},
	"Company":        {"Organization", "Asset"},
	"PublicBody":     {"Organization"},
	"Asset":          {"Thing"},
	"Vehicle":        {"Asset"},
	"Vessel":         {"Vehicle"},
	"Airplane":       {"Vehicle"},
	"Security":       {"Asset"},
	"CryptoWallet":   {"Thing"},
	"BankAccount":    {"Asset"},
	"RealEstate":     {"Asset"},
	"Address":        {"Thing"},
	"Interval":       nil,
	"Identification": {"Interval"},
	"Passport":       {"Identification"},
	"Sanction":       {"Interval"},
	"Interest":       {"Interval"},
	"Ownership":      {"Interest"},
	"Directorship":   {"Interest"},
	"Membership":     {"Interest"},
	"Employment":     {"Interest"},
	"Representation": {"Interest"},
	"Succession":     {"Interest"},
	"UnknownLink":    {"Interest"},
	"Associate":      {"Interval"},
	"Family":         {"Interval"},
}

// Known reports whether this package can turn entities of the schema into
// listed ones or into what belongs to them.
func Known(schema string) bool { _, ok := parents[schema]; return ok }

// Is reports whether schema is of, or a special case of it.
func Is(schema, of string) bool {
	if schema == of {
		return true
	}
	for _, p := range parents[schema] {
		if Is(p, of) {
			return true
		}
	}
	return false
}

// schemaOf returns the schema for a listed entity.
func schemaOf(e *list.Entity) string {
	switch e.Kind {
	case list.KindPerson:
		return "Person"
	case list.KindOrganization:
		for _, r := range e.Relations {
			if r.Type == list.OwnedOrControlledBy && r.To != "" {
				return "Company" // only a company can be owned
			}
		}
		return "Organization"
	case list.KindVessel:
		return "Vessel"
	case list.KindAircraft:
		return "Airplane"
	case list.KindAsset:
		for _, d := range e.Documents {
			if d.Type == list.ISIN {
				return "Security"
			}
		}
		if len(e.Wallets) == 1 && len(e.Names) == 1 && e.Names[0].Text == e.Wallets[0].Address {
			return "CryptoWallet"
		}
		return "Asset"
	}
	return "LegalEntity"
}

// KindOf returns the kind of listed entity that a schema stands for. A legal
// entity may be a person or a body.
func KindOf(schema string) list.Kind {
	switch {
	case schema == "Person":
		return list.KindPerson
	case Is(schema, "Organization"):
		return list.KindOrganization
	case schema == "Vessel":
		return list.KindVessel
	case schema == "Airplane":
		return list.KindAircraft
	case Is(schema, "Asset"), schema == "CryptoWallet":
		return list.KindAsset
	}
	return list.KindUnknown
}

// link says which properties of a link name its two ends, and under which
// property each end shows the link when it is written inside the end.
type link struct{ from, to, atFrom, atTo string }

var links = map[string]link{
	"Ownership":      {"owner", "asset", "ownershipOwner", "ownershipAsset"},
	"Directorship":   {"director", "organization", "directorshipDirector", "directorshipOrganization"},
	"Membership":     {"member", "organization", "membershipMember", "membershipOrganization"},
	"Employment":     {"employee", "employer", "employers", "employees"},
	"Representation": {"agent", "client", "agencyClient", "agentRepresentation"},
	"Succession":     {"predecessor", "successor", "successors", "predecessors"},
	"UnknownLink":    {"subject", "object", "unknownLinkTo", "unknownLinkFrom"},
	"Associate":      {"person", "associate", "associates", "associations"},
	"Family":         {"person", "relative", "familyPerson", "familyRelative"},
	"Identification": {"holder", "", "identification", ""},
	"Passport":       {"holder", "", "identification", ""},
	"CryptoWallet":   {"holder", "", "cryptoWallets", ""},
	"Sanction":       {"entity", "", "sanctions", ""},
}

// Ends returns the properties of a link's schema that name its ends; to is
// empty for what belongs to one entity, as a passport does. ok is false for a
// schema that is no link.
func Ends(schema string) (from, to string, ok bool) {
	l, ok := links[schema]
	return l.from, l.to, ok
}

// Reverse returns the property under which an entity shows a link of the
// schema that names the entity in its property end.
func Reverse(schema, end string) string {
	switch l := links[schema]; end {
	case l.from:
		return l.atFrom
	case l.to:
		return l.atTo
	}
	return ""
}

// country writes a country's code as FollowTheMoney does.
func country(code, text string) string {
	if t := strings.ToLower(text); len(t) == 4 && (t == "suhh" || t == "yucs" || t == "csxx" || t == "ddde" || t == "cshh") ||
		len(t) > 3 && t[2] == '-' && strings.EqualFold(t[:2], code) {
		return t // a part of a country, or one that is no more
	}
	return strings.ToLower(code)
}

// readCountry reads what country writes.
func readCountry(s string) list.Country {
	s = strings.TrimSpace(s)
	switch {
	case len(s) == 2:
		return list.Country{Code: strings.ToUpper(s), Text: s}
	case len(s) > 3 && len(s) <= 7 && s[2] == '-':
		return list.Country{Code: strings.ToUpper(s[:2]), Text: s}
	}
	return list.Country{Text: s}
}
