package feed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
)

var ownList = &Source{
	Key: "own", Prefix: "own",
	Title:     "A firm's own list",
	Authority: "own",
	License:   "the firm's own",
	Cadence:   "as the firm decides",
	Band:      [2]int{1, 20_000_000},
	MaxChange: 0.5,
	Forms: []Form{{
		Name:  "csv",
		Is:    isOwn,
		Parse: parseOwn,
	}},
}

// ownColumns are the columns that a firm's own list may have, in any order.
// Several values in one field are parted by semicolons.
//
//	id            unique, and the same in every edition; required
//	name          the primary name; required
//	aliases       other names
//	weak_aliases  names too common to be found by alone
//	kind          person, organization, vessel, aircraft, asset; empty: not known
//	gender        male, female
//	country       countries that it belongs to, as ISO codes or in words
//	nationality   of a person, likewise
//	birth_date    1962, 1962-05, 1962-05-17, "circa 1962" or "1958 to 1960"
//	birth_place
//	address
//	passport, national_id, tax_id, registration, imo, mmsi, call_sign, bic, lei, duns, isin, other_id
//	wallet        ticker and address: "XBT 1abc…"
//	email, phone, website
//	position
//	program       why it is on the list: the name of a regime or of a rule of the house
//	since, until  first and last day on the list, YYYY-MM-DD
//	url           where more stands
//	note
var ownColumns = map[string]func(b *builder, v string) string{
	"id": nil, "name": nil, "kind": nil, "since": nil, "until": nil, "url": nil, "gender": nil,
	"aliases":      func(b *builder, v string) string { b.name(list.Name{Text: v, Kind: list.AKA}); return "" },
	"weak_aliases": func(b *builder, v string) string { b.name(list.Name{Text: v, Kind: list.AKA, Weak: true}); return "" },
	"country":      ownCountry(list.Related),
	"nationality":  ownCountry(list.Nationality),
	"birth_date": func(b *builder, v string) string {
		d, ok := readDate(list.Birth, v, dayFirst)
		if ok && d.Text != "" {
			return "a date: 1962-05-17, 1962-05, 1962, circa 1962 or 1958 to 1960"
		}
		if ok {
			b.date(d)
		}
		return ""
	},
	"birth_place":  func(b *builder, v string) string { b.place(list.Place{Text: v}); return "" },
	"address":      func(b *builder, v string) string { b.address(list.Address{Text: v}); return "" },
	"passport":     ownDocument(list.Passport),
	"national_id":  ownDocument(list.NationalID),
	"tax_id":       ownDocument(list.TaxID),
	"registration": ownDocument(list.Registration),
	"imo":          ownDocument(list.IMO),
	"mmsi":         ownDocument(list.MMSI),
	"call_sign":    ownDocument(list.CallSign),
	"bic":          ownDocument(list.BIC),
	"lei":          ownDocument(list.LEI),
	"duns":         ownDocument(list.DUNS),
	"isin":         ownDocument(list.ISIN),
	"other_id":     ownDocument(list.OtherDoc),
	"wallet": func(b *builder, v string) string {
		asset, address, ok := strings.Cut(v, " ")
		if !ok || strings.Contains(address, " ") {
			return "a ticker and an address: XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT"
		}
		b.Wallets = append(b.Wallets, list.Wallet{Asset: asset, Address: address})
		return ""
	},
	"email":    ownContact("email"),
	"phone":    ownContact("phone"),
	"website":  ownContact("website"),
	"position": func(b *builder, v string) string { b.title(v); return "" },
	"program":  func(b *builder, v string) string { b.program(v); return "" },
	"note":     func(b *builder, v string) string { b.note("", v); return "" },
}

func ownColumnNames() string { return strings.Join(slices.Sorted(maps.Keys(ownColumns)), ", ") }

func ownCountry(role list.CountryRole) func(*builder, string) string {
	return func(b *builder, v string) string {
		if countryCode(v) == "" {
			return "a country: an ISO code in upper case or its English name"
		}
		b.country(role, v)
		return ""
	}
}

func ownDocument(typ list.DocType) func(*builder, string) string {
	return func(b *builder, v string) string { b.document(list.Document{Type: typ, Number: v}); return "" }
}

func ownContact(kind string) func(*builder, string) string {
	return func(b *builder, v string) string { b.contact(kind, v); return "" }
}

var ownKinds = map[string]list.Kind{
	"": list.KindUnknown, "person": list.KindPerson, "organization": list.KindOrganization, "vessel": list.KindVessel,
	"aircraft": list.KindAircraft, "asset": list.KindAsset,
}

// isOwn knows the header: all its columns are known, and id and name are there.
func isOwn(h Head) bool {
	seen := map[string]bool{}
	for _, c := range strings.Split(h.Line(0), ",") {
		c = strings.Trim(c, `" `)
		if _, ok := ownColumns[c]; !ok {
			return false
		}
		seen[c] = true
	}
	return seen["id"] && seen["name"]
}

// parseOwn reads a firm's own list. It is strict: a column that it does not
// know and a value that it cannot read are errors, for nobody else can tell
// the firm that its list does not say what it means.
var parseOwn = fromTable(tableForm{comma: ',', need: []string{"id", "name"}, head: func(t *csvTable) error {
	for _, c := range t.names {
		if _, ok := ownColumns[c]; !ok {
			return t.fault(fmt.Sprintf("the column %q is not known", c), "some of "+ownColumnNames())
		}
	}
	return nil
}}, func(r *roll, t *csvTable) error {
	b, err := ownRow(t)
	if err != nil {
		return err
	}
	return r.add(b, t.Line)
})

func ownRow(t *csvTable) (*builder, error) {
	bad := func(column, want string) error {
		return t.fault(fmt.Sprintf("%s is %q", column, t.Get(column)), want)
	}
	id, name := t.Get("id"), t.Get("name")
	if id == "" || name == "" {
		return nil, t.fault("id or name is empty", "both in each row")
	}
	kind, ok := ownKinds[strings.ToLower(t.Get("kind"))]
	if !ok {
		return nil, bad("kind", "person, organization, vessel, aircraft, asset or nothing")
	}
	b := newBuilder("own-"+id, id, kind)
	b.name(list.Name{Text: name})
	if b.gender(t.Get("gender")); b.Gender == list.GenderUnknown && t.Get("gender") != "" {
		return nil, bad("gender", "male, female or nothing")
	}
	for _, c := range t.names {
		add := ownColumns[c]
		if add == nil {
			continue
		}
		values := strings.Split(t.Get(c), ";")
		if c == "note" { // prose
			values = []string{t.Get(c)}
		}
		for _, v := range values {
			if v = squash(v); v == "" {
				continue
			}
			if want := add(b, v); want != "" {
				return nil, bad(c, want)
			}
		}
	}
	l := list.Listing{List: cmp.Or(t.Get("program"), "own list"), Source: t.Get("url")}
	for i, to := range []*navicert.Day{&l.Since, &l.Until} {
		c := []string{"since", "until"}[i]
		if v := t.Get(c); v != "" {
			if *to, ok = readDay(v, dayFirst); !ok {
				return nil, bad(c, "a day, 2026-11-27")
			}
		}
	}
	b.Listings = append(b.Listings, l)
	b.Topics = []string{"poi"} // of interest to the firm; no law is meant
	return b, nil
}
