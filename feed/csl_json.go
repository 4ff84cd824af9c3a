package feed

import (
	"encoding/json"
	"fmt"
	"strconv"

	"navicert/list"
)

// cslResult is one element of "results".
type cslResult struct {
	Source       loose     `json:"source"`
	Number       loose     `json:"entity_number"`
	Type         loose     `json:"type"`
	Programs     looseList `json:"programs"`
	Name         loose     `json:"name"`
	Title        loose     `json:"title"`
	Notices      loose     `json:"federal_register_notice"`
	Start        loose     `json:"start_date"`
	End          loose     `json:"end_date"`
	Standard     loose     `json:"standard_order"`
	Requirement  loose     `json:"license_requirement"`
	Policy       loose     `json:"license_policy"`
	CallSign     loose     `json:"call_sign"`
	VesselType   loose     `json:"vessel_type"`
	Tonnage      loose     `json:"gross_tonnage"`
	GrossTons    loose     `json:"gross_registered_tonnage"`
	Flag         loose     `json:"vessel_flag"`
	Owner        loose     `json:"vessel_owner"`
	Remarks      loose     `json:"remarks"`
	URL          loose     `json:"source_list_url"`
	Aliases      looseList `json:"alt_names"`
	Citizenships looseList `json:"citizenships"`
	Births       looseList `json:"dates_of_birth"`
	Nations      looseList `json:"nationalities"`
	Birthplaces  looseList `json:"places_of_birth"`
	Addresses    []struct {
		Address loose `json:"address"`
		City    loose `json:"city"`
		State   loose `json:"state"`
		Postal  loose `json:"postal_code"`
		Country loose `json:"country"`
	} `json:"addresses"`
	IDs []struct {
		Type    loose `json:"type"`
		Number  loose `json:"number"`
		Country loose `json:"country"`
		Issued  loose `json:"issue_date"`
		Expires loose `json:"expiration_date"`
	} `json:"ids"`
}

// readCSLJSON reads consolidated.json: an envelope with "results", or the
// array alone.
var readCSLJSON = fromCSL(func(f File, r *cslReader) error {
	row := func(raw json.RawMessage) error {
		var v cslResult
		if err := json.Unmarshal(raw, &v); err != nil {
			return fmt.Errorf("result %d: %w", r.count+1, err)
		}
		return r.result(&v, r.at(0))
	}
	err := walkJSON(f, map[string]func(json.RawMessage) error{"results": row, "": row}, map[string]func(json.RawMessage) error{
		"search_performed_at": func(raw json.RawMessage) error {
			var s loose
			err := json.Unmarshal(raw, &s)
			if d, ok := readDay(string(s), dayFirst); ok {
				r.Date = d
			}
			return err
		},
	})
	if err == nil && r.count == 0 {
		err = fault(f.Name, 0, `"results" is missing or empty`, "a list", fetchAgain)
	}
	return err
})

func (r *cslReader) result(v *cslResult, at place) error {
	row := cslRow{
		source: string(v.Source), number: string(v.Number), kind: string(v.Type), name: string(v.Name), title: string(v.Title),
		notices: string(v.Notices), start: string(v.Start), end: string(v.End), standard: string(v.Standard), requirement: string(v.Requirement),
		policy: string(v.Policy), remarks: string(v.Remarks), url: string(v.URL), callSign: string(v.CallSign), vesselType: string(v.VesselType),
		tonnage: string(v.Tonnage), grossTons: string(v.GrossTons), flag: string(v.Flag), owner: string(v.Owner),
		programs: v.Programs, citizenships: v.Citizenships, births: v.Births, nationalities: v.Nations, birthplaces: v.Birthplaces,
	}
	for _, a := range v.Aliases {
		row.aliases = append(row.aliases, parts(a)...)
	}
	for _, a := range v.Addresses {
		x := list.Address{Street: string(a.Address), City: string(a.City), State: string(a.State), Postal: string(a.Postal), Country: countryCode(string(a.Country))}
		if x.Country == "" && a.Country != "" {
			x.Text = squash(string(a.Address + " " + a.City + " " + a.State + " " + a.Postal + " " + a.Country))
		}
		if x != (list.Address{}) {
			row.addresses = append(row.addresses, x)
		}
	}
	for _, d := range v.IDs {
		row.ids = append(row.ids, fact{kind: string(d.Type), value: string(d.Number), country: string(d.Country), issued: string(d.Issued), expires: string(d.Expires)})
	}
	return r.add(&row, at)
}

// readCSLCompact reads the shortened form: texts that repeat stand in tables.
var readCSLCompact = fromCSL(func(f File, r *cslReader) error {
	var (
		tables struct {
			Sources, LicenceRequirements, LicencePolicies, Programmes, URLs []string
		}
		stamp    loose
		declared loose
	)
	into := func(v any) func(json.RawMessage) error {
		return func(raw json.RawMessage) error { return json.Unmarshal(raw, v) }
	}
	skip := func(json.RawMessage) error { return nil }
	err := walkJSON(f, map[string]func(json.RawMessage) error{"entries": skip}, map[string]func(json.RawMessage) error{
		"tables": into(&tables), "sourceGeneratedAt": into(&stamp), "entryCount": into(&declared),
	})
	if err != nil {
		return err
	}
	var ok bool
	if r.Date, ok = readDay(string(stamp), dayFirst); !ok {
		return fault(f.Name, 0, fmt.Sprintf("sourceGeneratedAt is %q", stamp), "the day of the list", "")
	}
	pick := func(table []string, i *int) (string, error) {
		switch {
		case i == nil:
			return "", nil
		case *i < 0 || *i >= len(table):
			return "", fmt.Errorf("entry %d points to %d of a table of %d", r.count+1, *i, len(table))
		}
		return squash(table[*i]), nil
	}
	err = walkJSON(f, map[string]func(json.RawMessage) error{"entries": func(raw json.RawMessage) error {
		var v struct {
			N, T, E, FR      loose
			A, C             looseList
			S, LR, LP, PG, U *int
		}
		if err := json.Unmarshal(raw, &v); err != nil {
			return fmt.Errorf("entry %d: %w", r.count+1, err)
		}
		row := cslRow{name: string(v.N), kind: string(v.T), number: string(v.E), notices: string(v.FR)}
		var program string
		for _, p := range []struct {
			to    *string
			table []string
			i     *int
		}{
			{&row.source, tables.Sources, v.S},
			{&row.requirement, tables.LicenceRequirements, v.LR},
			{&row.policy, tables.LicencePolicies, v.LP},
			{&program, tables.Programmes, v.PG},
			{&row.url, tables.URLs, v.U},
		} {
			if *p.to, err = pick(p.table, p.i); err != nil {
				return err
			}
		}
		row.programs = parts(program)
		for _, a := range v.A {
			row.aliases = append(row.aliases, parts(a)...)
		}
		for _, c := range v.C {
			x := list.Address{Country: countryCode(c)}
			if x.Country == "" {
				x.Text = c
			}
			row.addresses = append(row.addresses, x)
		}
		return r.add(&row, r.at(0))
	}}, nil)
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(string(declared)); err != nil || n != r.count {
		return fault(f.Name, 0, fmt.Sprintf("the file declares %s entries and holds %d", declared, r.count), "as many as it declares", fetchAgain)
	}
	r.at(0).note("this form has been shortened by somebody else: it holds no streets, documents, dates of birth or dates of listing")
	return nil
})
