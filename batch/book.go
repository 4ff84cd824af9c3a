package batch

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
	"navicert/match"
)

// row is one customer.
type row struct {
	number int64 // from 1, the header not counted
	id     string
	query  match.Query
	faults []string
}

// mark is a place in a book: after Rows customers. At is how far that is, in
// the units of Size.
type mark struct {
	Rows int64 `json:"rows"`
	At   int64 `json:"at"`
}

// format reads the fields of one customer after another.
type format interface {
	// next returns the fields of a row, good until the next call, in the order
	// of the columns that it was opened with, "" for those it has not.
	next() ([]string, error)
	at() int64
	skip(m mark) error
	close() error
}

// book is a file of customers.
type book struct {
	format
	file string
	size int64
	rows int64
}

// The columns of a book. Only a name is needed; others may stand beside them
// and are not read.
var columns = []string{
	"id", "name", "aliases", "kind", "birth_date", "country", "passport", "national_id", "tax_id",
	"registration", "imo", "lei", "bic", "wallet", "address",
}

// column numbers, as in columns.
const (
	colID = iota
	colName
	colAliases
	colKind
	colBorn
	colCountry
	colPassport
)

var docTypes = []list.DocType{list.Passport, list.NationalID, list.TaxID, list.Registration, list.IMO, list.LEI, list.BIC}

var colWallet, colAddress = colPassport + len(docTypes), colPassport + len(docTypes) + 1

func openBook(file string) (*book, error) {
	st, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, &navicert.Error{File: file, What: "this is not a file", Want: "a book of customers, .csv or .parquet"}
	}
	b := &book{file: file, size: st.Size()}
	if strings.HasSuffix(strings.ToLower(file), ".parquet") {
		b.format, b.size, err = openParquet(file, st.Size())
	} else {
		b.format, err = openCSV(file)
	}
	return b, err
}

// Size is how much there is to read: bytes of a CSV file, rows of a Parquet one.
func (b *book) Size() int64 { return b.size }

// Close closes the file.
func (b *book) Close() { _ = b.close() }

func (b *book) mark() mark { return mark{b.rows, b.at()} }

// next reads the next customer, io.EOF after the last.
func (b *book) next(r *row) error {
	f, err := b.format.next()
	if err != nil {
		if err == io.EOF {
			return err
		}
		return fmt.Errorf("%s: row %d: %w", b.file, b.rows+1, err)
	}
	b.rows++
	r.number = b.rows
	r.read(f)
	return nil
}

// read takes a row's fields, in the order of columns.
func (r *row) read(f []string) {
	r.id = f[colID]
	fault := func(what, got, want string) {
		r.faults = append(r.faults, fmt.Sprintf("row %d: %s %q was not read; write %s", r.number, what, clip(got), want))
	}
	q := &r.query
	if n := strings.TrimSpace(f[colName]); n != "" {
		q.Names = append(q.Names, n)
	}
	q.Names = append(q.Names, several(f[colAliases])...)
	if k := f[colKind]; k != "" {
		var ok bool
		if q.Kind, ok = kinds[strings.ToLower(strings.TrimSpace(k))]; !ok {
			fault("kind", k, "person, organization, vessel or aircraft")
		}
	}
	for _, s := range several(f[colBorn]) {
		if from, to, err := navicert.ParseDays(s); err == nil {
			q.Dates = append(q.Dates, list.Date{From: from, To: to})
		} else {
			fault("birth_date", s, "YYYY-MM-DD, YYYY-MM or YYYY")
		}
	}
	for _, s := range several(f[colCountry]) {
		if c := strings.ToUpper(s); len(c) == 2 && c[0] >= 'A' && c[0] <= 'Z' && c[1] >= 'A' && c[1] <= 'Z' {
			q.Countries = append(q.Countries, c)
		} else {
			fault("country", s, "the two letters of ISO 3166-1")
		}
	}
	for i, t := range docTypes {
		for _, n := range several(f[colPassport+i]) {
			q.Documents = append(q.Documents, list.Document{Type: t, Number: n})
		}
	}
	q.Wallets = several(f[colWallet])
	if a := strings.TrimSpace(f[colAddress]); a != "" {
		q.Addresses = []string{a}
	}
}

var kinds = map[string]list.Kind{
	"person": list.KindPerson, "individual": list.KindPerson, "natural person": list.KindPerson,
	"organization": list.KindOrganization, "organisation": list.KindOrganization, "company": list.KindOrganization,
	"entity": list.KindOrganization, "legal person": list.KindOrganization, "business": list.KindOrganization,
	"vessel": list.KindVessel, "ship": list.KindVessel, "aircraft": list.KindAircraft, "unknown": list.KindUnknown,
}

// several parts a field that holds more than one value.
func several(s string) []string {
	if s == "" {
		return nil
	}
	if !strings.ContainsAny(s, ";|") {
		if s = strings.TrimSpace(s); s == "" {
			return nil
		}
		return []string{s}
	}
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '|' }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// place finds the columns in a header. Names are compared without case,
// spaces and underscores.
func place(names []string) ([]int, error) {
	at := make([]int, len(columns))
	for i := range at {
		at[i] = -1
	}
	for i, n := range names {
		n = strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(n)), " ", "_"), "-", "_")
		if o, ok := otherNames[n]; ok {
			n = o
		}
		k := slices.Index(columns, n)
		if k < 0 {
			continue
		}
		if at[k] >= 0 {
			return nil, &navicert.Error{What: fmt.Sprintf("two columns are %q", columns[k]), Want: "each column once"}
		}
		at[k] = i
	}
	if at[colName] < 0 {
		return nil, &navicert.Error{What: "no column holds names", Want: `a header with "name", and as many as there are of ` + strings.Join(columns, ", ")}
	}
	return at, nil
}

var otherNames = map[string]string{
	"customer_id": "id", "full_name": "name", "customer_name": "name", "dob": "birth_date", "date_of_birth": "birth_date",
	"born": "birth_date", "nationality": "country", "country_code": "country", "type": "kind", "alias": "aliases",
}
