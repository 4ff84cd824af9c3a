package feed

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"navicert/ftm"
	"navicert/list"
)

var ftmData = &Source{
	Key: "ftm", Prefix: "",
	Title:     "Entities in FollowTheMoney form, as OpenSanctions publishes them",
	Authority: "",
	License:   "that of whoever made the file; OpenSanctions' own data are CC BY-NC and need a license for business use",
	Cadence:   "that of whoever makes the file",
	Band:      [2]int{1, 20_000_000},
	MaxChange: 0.25,
	Forms: []Form{{
		Name:  "json",
		Is:    isFtM,
		Parse: one(parseFtM),
	}},
}

// isFtM looks for an entity in the first line, of which only the
// beginning may be there.
func isFtM(h Head) bool {
	line := h.Line(0)
	return strings.HasPrefix(line, "{") && strings.Contains(line, `"schema":`) && strings.Contains(line, `"properties":`)
}

// maxEntity bounds one line. The longest real one, a government with all who
// held a post in it, has some 5 MB.
const maxEntity = 32 << 20

// ftmReader puts together what stands on different lines, in any order.
type ftmReader struct {
	*roll
	at        map[string]*list.Entity
	addresses map[string]list.Address
	lives     []ftmRef      // who lives where
	parts     []*ftm.Entity // that belong to an entity which has not come yet
	ties      []ftmTie
	tied      map[ftmTie]bool
	unknown   map[string]int
	bare      map[*list.Entity]bool // whose listings are but the names of datasets
	lost      int                   // links of which no end is here
}

type ftmRef struct {
	who   *list.Entity
	where string
}

type ftmTie struct {
	subject string
	list.Relation
}

// parseFtM reads one entity per line. What belongs to another entity (a
// sanction, an address, a passport, a wallet) or ties two is merged
// into it, whether it is written inside or on a line of its own.
func parseFtM(f File) (*list.Edition, error) {
	src, c, err := f.open()
	if err != nil {
		return nil, err
	}
	defer c.Close()
	r := &ftmReader{
		roll: newRoll(f), at: map[string]*list.Entity{}, addresses: map[string]list.Address{},
		tied: map[ftmTie]bool{}, unknown: map[string]int{}, bare: map[*list.Entity]bool{},
	}
	in := bufio.NewReaderSize(src, 1<<16)
	for n := 1; ; n++ {
		line, err := longLine(in, maxEntity)
		if errors.Is(err, errLong) {
			return nil, fault(f.Name, n, fmt.Sprintf("the line is longer than %d bytes", maxEntity), "one entity", "")
		}
		if err != nil && err != io.EOF {
			return nil, readFault(f.Name, n, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, bom)
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := r.line(line, n); err != nil {
				return nil, err
			}
		}
		if err == io.EOF {
			break
		}
	}
	return r.finish()
}

var errLong = errors.New("line too long")

// longLine reads a line of any length up to a bound; io.EOF comes with the last one.
func longLine(in *bufio.Reader, most int) ([]byte, error) {
	line, err := in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, err
	}
	long := slices.Clone(line)
	for errors.Is(err, bufio.ErrBufferFull) {
		if line, err = in.ReadSlice('\n'); len(long)+len(line) > most {
			return nil, errLong
		}
		long = append(long, line...)
	}
	return long, err
}

func (r *ftmReader) line(line []byte, n int) error {
	var x struct {
		ftm.Entity
		Target *bool `json:"target"` // one that is not stated is no "no"
	}
	switch {
	case line[0] != '{':
		return fault(r.file, n, "the line is no entity", "one entity per line, each {\"id\": …, \"schema\": …, \"properties\": {…}}", "")
	case !utf8.Valid(line):
		return fault(r.file, n, "the text is not UTF-8", "UTF-8", fetchAgain)
	}
	if err := json.Unmarshal(line, &x); err != nil {
		var s *json.SyntaxError
		if errors.As(err, &s) && s.Error() == "unexpected end of JSON input" {
			return fault(r.file, n, "the entity is cut", "}", fetchAgain)
		}
		return fault(r.file, n, "the entity cannot be read: "+err.Error(), "JSON in FollowTheMoney's form", "")
	}
	if x.ID == "" || x.Schema == "" {
		return fault(r.file, n, "the entity lacks its id or its schema", "both", "")
	}
	if d, ok := readDay(string(x.LastSeen), dayFirst); ok && d > r.Date {
		r.Date = d // the day on which the data were last put together
	}
	return r.take(&x.Entity, x.Target, n)
}

func (r *ftmReader) take(x *ftm.Entity, target *bool, n int) error {
	_, to, isLink := ftm.Ends(x.Schema)
	switch {
	case x.Schema == "Address":
		r.addresses[x.ID] = ftm.Address(x)
		return nil
	case x.Schema == "CryptoWallet" && x.Properties.First("holder") == "":
		// a thing of its own
	case isLink && to == "":
		if !r.join(x) {
			r.parts = append(r.parts, x)
		}
		return nil
	case isLink:
		r.tie(x)
		return nil
	case !ftm.Known(x.Schema) && (target == nil || !*target):
		r.unknown[x.Schema]++
		return nil
	case !ftm.Known(x.Schema):
		r.notes.add(r.file, n, "the schema %s of %s is not known; it is kept as an entity of unknown kind", x.Schema, x.ID)
	}
	e := ftm.List(x)
	if target != nil && !*target {
		e.Topics = append(e.Topics, list.Unlisted)
	}
	if len(e.Listings) == 0 && e.Listed() {
		for _, d := range x.Datasets {
			e.Listings = append(e.Listings, list.Listing{List: d})
			r.bare[e] = true
		}
	}
	if err := r.put(e, n); err != nil {
		return err
	}
	r.at[x.ID] = e
	for _, v := range x.Properties["addressEntity"] {
		if v.Entity == nil {
			r.lives = append(r.lives, ftmRef{e, v.Text})
		}
	}
	r.inside(x)
	return nil
}

// inside takes the links that are written inside a thing. A link there need
// not name the thing once more.
func (r *ftmReader) inside(x *ftm.Entity) {
	props := make([]string, 0, len(x.Properties))
	for p := range x.Properties {
		props = append(props, p)
	}
	slices.Sort(props) // the order of a map is none
	for _, prop := range props {
		for _, v := range x.Properties[prop] {
			if v.Entity == nil {
				continue
			}
			from, to, isLink := ftm.Ends(v.Entity.Schema)
			if !isLink {
				if v.Entity.Schema != "Address" {
					r.unknown[v.Entity.Schema+" inside of another entity"]++
				}
				continue
			}
			if to == "" {
				continue // ftm.List has joined it
			}
			link := &ftm.Entity{Schema: v.Entity.Schema, Properties: ftm.Properties{}}
			for k, vs := range v.Entity.Properties {
				link.Properties[k] = vs
			}
			for _, end := range []string{from, to} {
				if ftm.Reverse(link.Schema, end) == prop && len(link.Properties[end]) == 0 {
					link.Properties.Add(end, x.ID)
				}
			}
			r.tie(link)
		}
	}
}

func (r *ftmReader) tie(x *ftm.Entity) {
	subject, rel, ok := ftm.Relation(x)
	if !ok {
		r.lost++
		return
	}
	r.ties = append(r.ties, ftmTie{subject, rel})
}

// join puts a part into the entities that it names; false if none of them is
// here.
func (r *ftmReader) join(x *ftm.Entity) bool {
	from, _, _ := ftm.Ends(x.Schema)
	found := false
	for _, id := range x.Properties.Texts(from) {
		e := r.at[id]
		if e == nil {
			continue
		}
		if x.Schema == "Sanction" && r.bare[e] { // it says more than the names of datasets
			e.Listings = nil
			delete(r.bare, e)
		}
		ftm.Join(e, x)
		found = true
	}
	return found
}

func (r *ftmReader) finish() (*list.Edition, error) {
	for _, l := range r.lives {
		if a, ok := r.addresses[l.where]; ok {
			ftm.Settle(l.who, a)
		} else {
			r.lost++
		}
	}
	for _, x := range r.parts {
		switch {
		case r.join(x):
		case x.Schema == "CryptoWallet": // its holder is not here, but the wallet is listed
			if err := r.put(ftm.List(x), 0); err != nil {
				return nil, err
			}
		default:
			r.lost++
		}
	}
	for _, t := range r.ties {
		if r.at[t.To] != nil {
			t.Name = ""
		}
		e := r.at[t.subject]
		if e == nil {
			if e = r.at[t.To]; e == nil {
				r.lost++
				continue
			}
			t = reversed(t)
		}
		if !r.tied[t] {
			r.tied[t] = true
			e.Relations = append(e.Relations, t.Relation)
		}
	}
	for _, schema := range slices.Sorted(maps.Keys(r.unknown)) {
		r.notes.add(r.file, 0, "%d entities of the schema %s are not listed parties and were left out", r.unknown[schema], schema)
	}
	if r.lost > 0 {
		r.notes.add(r.file, 0, "%d links lead to entities that are not in the file and were left out", r.lost)
	}
	return r.done()
}

// reversed tells a tie from its other end, where its subject is not here.
func reversed(t ftmTie) ftmTie {
	t.subject, t.To = t.To, t.subject
	switch t.Type {
	case list.OwnedOrControlledBy:
		t.Type = list.Owns
	case list.Associate, list.Family, list.OtherRelation:
	default:
		t.Type = list.OtherRelation
		t.Kind += " (seen from the other side)"
	}
	return t
}
