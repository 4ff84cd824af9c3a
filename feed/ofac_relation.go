package feed

import (
	"strings"

	"navicert/list"
)

// ofacRelations are OFAC's types of relations; the party whose entry holds the
// relation is the subject.
var ofacRelations = map[string]list.RelationType{
	"owned or controlled by":        list.OwnedOrControlledBy,
	"owns, controls, or operates":   list.Owns,
	"acting for or on behalf of":    list.ActsFor,
	"providing support to":          list.Supports,
	"associate of":                  list.Associate,
	"family member of":              list.Family,
	"leader or official of":         list.LeaderOf,
	"principal executive officer":   list.LeaderOf,
	"property in the interest of":   list.PropertyOf,
	"playing a significant role in": list.OtherRelation,
}

func relation(kind, to string, former bool) list.Relation {
	return list.Relation{Type: ofacRelations[strings.ToLower(kind)], Kind: kind, To: ofacID(to), Former: former}
}

// turnRelations turns what OFAC writes the wrong way round for what the two
// are: nobody owns a person, and no ship leads one. Only parties of the edition are
// looked at; where either kind is not known, the relation stays as it is.
func turnRelations(es []*list.Entity) {
	byID := make(map[string]*list.Entity, len(es))
	for _, e := range es {
		byID[e.ID] = e
	}
	for _, e := range es {
		keep := e.Relations[:0]
		for _, r := range e.Relations {
			other := byID[r.To]
			if other == nil {
				keep = append(keep, r)
				continue
			}
			if r.Name == "" {
				r.Name = other.Names[0].Text
			}
			owned, led := canBeOwned(e.Kind), e.Kind == list.KindPerson || e.Kind == list.KindUnknown
			switch {
			case r.Type == list.OwnedOrControlledBy && !owned && canBeOwned(other.Kind):
				r.Type = list.Owns
			case r.Type == list.Owns && !canOwn(e.Kind) && canOwn(other.Kind) || r.Type == list.Owns && !canBeOwned(other.Kind) && owned:
				r.Type = list.OwnedOrControlledBy
			case r.Type == list.PropertyOf && !owned && canBeOwned(other.Kind): // the other is the property
				other.Relations = append(other.Relations, list.Relation{Type: list.PropertyOf, Kind: r.Kind, To: e.ID, Name: e.Names[0].Text, Former: r.Former})
				continue
			case r.Type == list.LeaderOf && !led && other.Kind == list.KindPerson:
				other.Relations = append(other.Relations, list.Relation{Type: list.LeaderOf, Kind: r.Kind, To: e.ID, Name: e.Names[0].Text, Former: r.Former})
				continue
			}
			keep = append(keep, r)
		}
		e.Relations = keep
	}
}

func canBeOwned(k list.Kind) bool { return k != list.KindPerson && k != list.KindUnknown }

func canOwn(k list.Kind) bool {
	return k == list.KindPerson || k == list.KindOrganization || k == list.KindUnknown
}

// ofacScripts gives OFAC's names of scripts their ISO 15924 codes.
var ofacScripts = map[string]string{
	"Arabic": "Arab", "Armenian": "Armn", "Chinese Simplified": "Hans", "Chinese Traditional": "Hant", "Cyrillic": "Cyrl", "Georgian": "Geor",
	"Greek": "Grek", "Hangul": "Hang", "Hebrew": "Hebr", "Japanese": "Jpan", "Korean": "Kore", "Latin": "Latn",
}

func ofacScript(s string) string {
	if code := ofacScripts[s]; code != "" {
		return code
	}
	if len(s) == 4 {
		return s
	}
	return ""
}

// ofacParts makes an address of OFAC's named parts.
func ofacParts(country string, part func(string) string) (list.Address, bool) {
	a := list.Address{
		Street: joined(", ", part("ADDRESS1"), part("ADDRESS2"), part("ADDRESS3")), City: part("CITY"), State: part("STATE/PROVINCE"), Postal: part("POSTAL CODE"),
		Country: countryCode(country),
	}
	region := part("REGION")
	if country == "undetermined" && a == (list.Address{}) && region == "" {
		return a, false
	}
	if region != "" || a.Country == "" && country != "" {
		a.Text = joined(", ", a.Street, a.City, a.State, a.Postal, region, country)
	}
	return a, a != list.Address{}
}
