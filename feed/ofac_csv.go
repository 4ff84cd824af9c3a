package feed

import (
	"fmt"
	"io"
	"strings"

	"navicert/list"
)

// readOFACCSV reads the oldest form: a file of parties, one of addresses, one
// of strong aliases, and one of remarks that go on where the first file cuts
// them at 1000 characters.
func readOFACCSV(of, prim, add, alt, comments string) Parser {
	return func(files []File) (*list.Edition, error) {
		var f [4]File
		whole := true
		for i, name := range []string{prim, add, alt, comments} {
			got, ok, err := pick(files, name)
			if err != nil {
				return nil, err
			}
			if !ok && i < 3 {
				return nil, fault(name, 0, "the file is missing", strings.Join([]string{prim, add, alt, comments}, ", "), "an edition needs all its files")
			}
			f[i], whole = got, ok
		}
		return fromOFAC(of, func(_ File, r *ofacReader) error {
			if r.noComments = !whole; whole {
				r.comments = map[string]string{}
				if err := r.table(f[3], 2, r.comment); err != nil {
					return err
				}
			}
			for i, step := range []struct {
				width int
				fn    func([]string, place) error
			}{{12, r.party}, {6, r.address}, {5, r.alias}} {
				if err := r.table(f[i], step.width, step.fn); err != nil {
					return err
				}
			}
			for number := range r.comments {
				if r.byNumber[number] == nil {
					if err := r.orphan(place{&r.notes, f[3].Name, 0}, []string{number, r.comments[number]}); err != nil {
						return err
					}
				}
			}
			if len(r.cut) > 0 {
				r.at(0).note("the remarks of %d parties are cut at 1000 characters and %s is not there to go on, so that wallet addresses and numbers of theirs are lost: %s",
					len(r.cut), comments, strings.Join(r.cut, ", "))
			}
			return nil
		})(f[:1])
	}
}

type ofacReader struct {
	*roll
	of         string
	byNumber   map[string]*list.Entity
	last       *list.Entity // party of the row before
	comments   map[string]string
	noComments bool
	official   bool            // the row that is being read ends as OFAC's rows do
	orphans    map[string]bool // numbers that rows of re-saved files name and no party has
	cut        []string        // parties whose remarks are cut
}

// fromOFAC makes a Parser of a form of OFAC's; of is the list of parties whose
// form does not name it.
func fromOFAC(of string, read func(File, *ofacReader) error) Parser {
	return one(func(f File) (*list.Edition, error) {
		r := &ofacReader{roll: newRoll(f), of: of, byNumber: map[string]*list.Entity{}}
		if err := read(f, r); err != nil {
			return nil, err
		}
		linkNames(r.Entities)
		return r.done()
	})
}

// table reads one file to its end, and makes sure that it is the end.
func (r *ofacReader) table(f File, width int, fn func([]string, place) error) error {
	q, err := newCSV(f, ',')
	if err != nil {
		return err
	}
	defer q.Close()
	at := place{&r.notes, f.Name, 0}
	crlf, lastField := false, ""
	for {
		row, err := q.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if len(row) != width {
			what := fmt.Sprintf("%d fields", len(row))
			if !q.Closed {
				what += ": the file is cut"
			}
			return q.fault(what, fmt.Sprint(width))
		}
		if !isNumber(row[0]) {
			return q.fault(fmt.Sprintf("%q is not OFAC's number of a party", row[0]), "digits")
		}
		at.line, r.official = q.Line, q.CRLF
		if err := fn(row, at); err != nil {
			return err
		}
		crlf = crlf || q.CRLF
		lastField = row[width-1]
	}
	switch {
	case q.Mark:
	case crlf: // as OFAC writes it; then the mark is there too
		return fault(f.Name, q.Line, "the file is cut: its end mark is missing", "a lone 0x1A in the last line", fetchAgain)
	case !q.Closed && (lastField == "" || lastField == "-"):
		return fault(f.Name, q.Line, "the file is cut within its last line", "a whole line", fetchAgain)
	default:
		at.line = 0
		at.note("the file has been saved by another program and its end mark is gone: whether it is whole is not to be seen")
	}
	return nil
}

// null makes "-0- " an empty field.
func null(s string) string {
	if s == "-0- " { // as nearly always
		return ""
	}
	if s = squash(s); s == "-0-" || s == "-0" { // the latter in a file that somebody has cut by two bytes
		return ""
	}
	return s
}

func (r *ofacReader) comment(row []string, at place) error {
	if _, twice := r.comments[row[0]]; twice {
		return fault(at.file, at.line, "party "+row[0]+" stands twice", "one continuation for each party", "")
	}
	r.comments[row[0]] = row[1]
	return nil
}

func (r *ofacReader) party(row []string, at place) error {
	number, id := row[0], ofacID(row[0])
	if r.byNumber[number] != nil {
		if r.official {
			return fault(at.file, at.line, "party "+number+" stands twice", "each once", "")
		}
		// Somebody has edited the file. No party may get lost over it.
		id = fmt.Sprintf("%s-line-%d", id, at.line)
		at.note("the number %s stands twice: this party, %s, is kept as %s", number, squash(row[1]), id)
	}
	kind, ok := ofacKinds[squash(row[2])]
	if !ok {
		return fault(at.file, at.line, fmt.Sprintf("%q is no type of a party", row[2]), "-0-, individual, vessel or aircraft", "")
	}
	e := &list.Entity{ID: id, Ref: number, Kind: kind}
	if null(row[1]) == "" {
		return fault(at.file, at.line, "party "+number+" has no name", "a name", "")
	}
	e.Names = append(e.Names, ofacName(row[1], list.Primary, kind == list.KindPerson))
	e.Programs = readPrograms(null(row[3]))
	if t := null(row[4]); t != "" {
		e.Titles = strings.Split(t, "; ")
	}
	if s := null(row[5]); s != "" {
		e.Documents = append(e.Documents, list.Document{Type: list.CallSign, Kind: "Vessel Call Sign", Number: s})
	}
	if v := (list.Vessel{Type: null(row[6]), Tonnage: null(row[7]), GrossTons: null(row[8]), Owner: null(row[10])}); v != (list.Vessel{}) {
		e.Vessel = &v
	}
	addCountry(e, list.Flag, null(row[9]))
	e.Listings = ofacListings(r.of, e.Programs)
	remarks := row[11]
	if more, ok := r.comments[number]; ok {
		remarks += more
	} else if len(remarks) >= 1000 && !strings.HasSuffix(remarks, ".") {
		if !r.noComments {
			at.note("the remarks of party %s are cut and the file of comments does not go on", number)
		} else {
			r.cut = append(r.cut, number)
		}
	}
	if null(remarks) != "" {
		readRemarks(e, remarks, at)
	}
	if r.byNumber[number] == nil {
		r.byNumber[number] = e
	}
	r.Entities = append(r.Entities, e)
	return nil
}

// readPrograms parts "IRAN] [SDGT] [IFSR"; older files part by semicolons.
func readPrograms(s string) []string {
	if s == "" {
		return nil
	}
	if !strings.ContainsAny(s, "][;") {
		return []string{s}
	}
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == '[' || r == ']' || r == ';' }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// find returns the party of a row, nil if the row can be passed over.
func (r *ofacReader) find(row []string, at place) (*list.Entity, error) {
	if r.last == nil || r.last.Ref != row[0] {
		if r.last = r.byNumber[row[0]]; r.last == nil {
			return nil, r.orphan(at, row)
		}
	}
	return r.last, nil
}

// orphan is a row of a party that the file of parties does not have: an error,
// because files that do not belong together would make a shorter list. In
// files that somebody has saved again, a few are edits, and are noted.
func (r *ofacReader) orphan(at place, row []string) error {
	if r.orphans == nil {
		r.orphans = map[string]bool{}
	}
	if r.orphans[row[0]] = true; r.official || len(r.orphans) > 3 {
		return fault(at.file, at.line, "party "+row[0]+" is not in "+r.file, "files of one day", "one of the files is cut or of another day; fetch all of them again")
	}
	at.note("party %s is not in %s: %s", row[0], r.file, strings.Join(row, ","))
	return nil
}

func (r *ofacReader) address(row []string, at place) error {
	e, err := r.find(row, at)
	if e == nil {
		return err
	}
	if a, ok := ofacAddress(null(row[2]), null(row[3]), null(row[4])); ok {
		e.Addresses = append(e.Addresses, a)
	}
	if s := null(row[5]); s != "" {
		e.Notes = append(e.Notes, s)
	}
	return nil
}

// ofacAddress parts "city[, state] [postal code]": words with a digit at the
// end are the postal code. A country that has no code stays in Text.
func ofacAddress(street, city, country string) (list.Address, bool) {
	a := list.Address{Street: street, City: city, Country: countryCode(country)}
	if a.Country == "" && country != "" {
		a.Text = strings.Trim(joined(", ", street, city, country), ", ")
	}
	if i := strings.LastIndexByte(a.City, ','); i > 0 {
		a.City, a.State = strings.TrimSpace(a.City[:i]), strings.TrimSpace(a.City[i+1:])
	}
	from := &a.City
	if a.State != "" {
		from = &a.State
	}
	cut := len(*from)
	for {
		i := strings.LastIndexByte((*from)[:cut], ' ')
		if !strings.ContainsAny((*from)[i+1:cut], "0123456789") {
			break
		}
		if i < 0 {
			if cut = 0; from == &a.City {
				cut = len(*from) // a city that is a number alone: leave it
			}
			break
		}
		cut = i
	}
	if cut < len(*from) {
		a.Postal = strings.TrimSpace((*from)[cut:])
		*from = strings.TrimSpace((*from)[:cut])
	}
	return a, a != list.Address{}
}

func (r *ofacReader) alias(row []string, at place) error {
	e, err := r.find(row, at)
	if e == nil {
		return err
	}
	kind, ok := aliasKind(row[2])
	if !ok {
		return fault(at.file, at.line, fmt.Sprintf("%q is no type of an alias", row[2]), "aka, fka or nka", "")
	}
	if s := null(row[3]); s != "" {
		e.Names = append(e.Names, ofacName(s, kind, e.Kind == list.KindPerson))
	}
	if s := null(row[4]); s != "" {
		e.Notes = append(e.Notes, s)
	}
	return nil
}

// linkNames finds the party that a relation names, where exactly one party of
// the edition has that primary name.
func linkNames(es []*list.Entity) {
	byName := make(map[string]string, len(es))
	for _, e := range es {
		if _, twice := byName[e.Names[0].Text]; twice {
			byName[e.Names[0].Text] = ""
		} else {
			byName[e.Names[0].Text] = e.ID
		}
	}
	for _, e := range es {
		for i := range e.Relations {
			if r := &e.Relations[i]; r.To == "" {
				if r.To = byName[r.Name]; r.To == "" {
					r.To = byName[r.Name+"."] // the period that ends the remarks was the name's
				}
				if r.To == e.ID {
					r.To = ""
				}
			}
		}
	}
}
