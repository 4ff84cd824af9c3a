package feed

import (
	"encoding/json"
	"fmt"
	"strings"

	"navicert/list"
)

// Two governments publish their lists as web pages and PDF alone. What is read
// here is a third party's normal form of them, not official bytes.
const controlLicense = "not established; the form is a third party's, not the government's"

var jpMETI = &Source{
	Key: "jp-meti", Prefix: "jp",
	Title:     "METI Foreign End User List (Japan), as normalized by a third party",
	Authority: "JP",
	License:   controlLicense,
	Cadence:   "about once a year",
	Band:      [2]int{500, 2000},
	MaxChange: 0.25,
	Forms:     []Form{{Name: "json", Is: isControl("jp-"), Parse: parseControl("jp")}},
}

var cnMOFCOM = &Source{
	Key: "cn-mofcom", Prefix: "cn",
	Title:     "MOFCOM export control, unreliable entity and attention lists (China), as normalized by a third party",
	Authority: "CN",
	License:   controlLicense,
	Cadence:   "when the ministry announces it",
	Band:      [2]int{100, 2000},
	MaxChange: 0.5,
	Forms:     []Form{{Name: "json", Is: isControl("cn-"), Parse: parseControl("cn")}},
}

func isControl(prefix string) func(Head) bool {
	return func(h Head) bool {
		s := string(h.Bytes)
		return strings.HasPrefix(s, "[") && strings.Contains(s, `"source_list_name"`) && strings.Contains(s, `"list_id": "`+prefix)
	}
}

// controlEntry is one entry.
type controlEntry struct {
	ID       string   `json:"id"`
	Name     string   `json:"entity_name"`
	Type     string   `json:"entity_type"`
	Aliases  []string `json:"aliases"`
	Places   []string `json:"addresses"`
	Added    string   `json:"date_added"`
	Verified string   `json:"last_verified"`
	List     string   `json:"source_list_name"`
	URL      string   `json:"source_url"`
	Reason   string   `json:"reason"`
}

func parseControl(prefix string) Parser {
	return one(func(f File) (*list.Edition, error) {
		r, n := newRoll(f), 0
		err := walkJSON(f, map[string]func(json.RawMessage) error{"": func(raw json.RawMessage) error {
			var x controlEntry
			if n++; json.Unmarshal(raw, &x) != nil || x.ID == "" {
				return fmt.Errorf("entry %d cannot be read or lacks its id", n)
			}
			if squash(x.Name) == "" {
				r.at(0).note("entry %d, %s, has no entity_name", n, x.ID)
				x.mend()
			}
			ref := strings.TrimPrefix(x.ID, prefix+"-")
			if _, twice := r.lines[prefix+"-"+ref]; twice {
				r.at(0).note("entry %d: the id %s stands twice; the second one is called %s/%d", n, x.ID, x.ID, n)
				ref += fmt.Sprintf("/%d", n)
			}
			e := newBuilder(prefix+"-"+ref, ref, list.KindUnknown)
			x.build(e)
			if d, ok := readDay(x.Verified, dayFirst); ok && d > r.Date {
				r.Date = d
			}
			return r.add(e, 0)
		}}, nil)
		if err != nil {
			return nil, err
		}
		return r.done()
	})
}

// mend finds a name that has slipped behind the country: "People's Republic of
// China 23rd Research Institute".
func (x *controlEntry) mend() {
	for j, place := range x.Places {
		words := strings.Fields(place)
		for i := len(words) - 1; i > 0; i-- {
			if land := strings.Join(words[:i], " "); countryCode(land) != "" {
				x.Name, x.Places[j] = strings.Join(words[i:], " "), land
				return
			}
		}
	}
}

func (x controlEntry) build(b *builder) {
	switch x.Type {
	case "organization":
		b.Kind = list.KindOrganization
	case "person", "individual":
		b.Kind = list.KindPerson
	}
	b.name(list.Name{Text: x.Name})
	for _, a := range x.Aliases {
		kind := list.AKA
		if foreign(a) {
			kind = list.Spelling
		}
		b.name(list.Name{Text: a, Kind: kind})
	}
	for _, p := range x.Places {
		if countryCode(p) != "" {
			b.country(list.Related, p)
		} else {
			b.address(list.Address{Text: squash(p)})
		}
	}
	since, _ := readDay(x.Added, dayFirst)
	b.program(x.List)
	b.Listings = append(b.Listings, list.Listing{List: x.List, Since: since, Source: x.URL})
	b.note("Reason", x.Reason)
}
