package feed

import (
	"cmp"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
)

// builder puts an entity together of parts that a source may repeat: each
// part counts once. Empty parts are passed over.
type builder struct {
	list.Entity
	names map[string]int
	seen  map[any]struct{}
}

func newBuilder(id, ref string, kind list.Kind) *builder {
	return &builder{Entity: list.Entity{ID: id, Ref: ref, Kind: kind}, names: map[string]int{}, seen: map[any]struct{}{}}
}

// first reports whether a part is new.
func (b *builder) first(part any) bool {
	if _, ok := b.seen[part]; ok {
		return false
	}
	b.seen[part] = struct{}{}
	return true
}

// name adds a spelling. One that is there is not added again; a strong one
// makes a weak one strong. The script of other than Latin letters is found
// where it is not stated.
func (b *builder) name(n list.Name) {
	n.Text = unquote(squash(n.Text))
	if n.Text == "" || n.Text == "-" {
		return
	}
	if i, ok := b.names[n.Text]; ok {
		have := &b.Names[i]
		have.Weak = have.Weak && n.Weak
		if have.Lang == "" {
			have.Lang = n.Lang
		}
		if have.Last == "" && have.First == "" {
			have.First, have.Last = n.First, n.Last
		}
		return
	}
	if n.Script == "" {
		if s := scriptOf(n.Text); s != "Latn" {
			n.Script = s
		}
	}
	b.names[n.Text] = len(b.Names)
	b.Names = append(b.Names, n)
}

// unquote takes a name out of the quotes that stand around all of it.
func unquote(s string) string {
	for _, q := range [][2]string{{`"`, `"`}, {"‘", "’"}, {"“", "”"}, {"'", "'"}, {"«", "»"}, {"„", "“"}} {
		if in, ok := strings.CutPrefix(s, q[0]); ok && len(in) > len(q[1]) && strings.HasSuffix(in, q[1]) {
			if in = strings.TrimSuffix(in, q[1]); !strings.Contains(in, q[0]) && !strings.Contains(in, q[1]) {
				return strings.TrimSpace(in)
			}
		}
	}
	return s
}

// lead puts the first name of kind Primary before all others; where a source
// marks none, the first strong one.
func (b *builder) lead() {
	at := slices.IndexFunc(b.Names, func(n list.Name) bool { return n.Kind == list.Primary })
	if at < 0 {
		at = slices.IndexFunc(b.Names, func(n list.Name) bool { return !n.Weak && n.Kind == list.AKA })
	}
	if at > 0 {
		n := b.Names[at]
		copy(b.Names[1:at+1], b.Names[:at])
		b.Names[0] = n
	}
	for i := range b.Names {
		switch {
		case i == 0:
			b.Names[i].Kind = list.Primary
		case b.Names[i].Kind == list.Primary:
			b.Names[i].Kind = list.Spelling
		}
	}
}

// readGender reads a word or letter for a gender.
func readGender(s string) (g list.Gender, ok bool) {
	switch strings.ToLower(squash(s)) {
	case "male", "m":
		return list.Male, true
	case "female", "f":
		return list.Female, true
	}
	return list.GenderUnknown, false
}

func (b *builder) gender(s string) {
	if g, ok := readGender(s); ok {
		b.Gender = g
	}
}

func (b *builder) date(d list.Date) {
	if b.first(d) {
		b.Dates = append(b.Dates, d)
	}
}

// dated adds a date that is written in some way.
func (b *builder) dated(kind list.DateKind, s string, o order) {
	if d, ok := readDate(kind, s, o); ok {
		b.date(d)
	}
}

func (b *builder) place(p list.Place) {
	if p != (list.Place{}) && b.first(p) {
		b.Places = append(b.Places, p)
	}
}

// country adds a country by its name in words or its code.
func (b *builder) country(role list.CountryRole, s string) {
	if s = squash(s); s == "" || s == "-" {
		return
	}
	c := list.Country{Code: countryCode(s), Text: s, Role: role}
	if b.first(c) {
		b.Countries = append(b.Countries, c)
	}
}

func (b *builder) document(d list.Document) {
	d.Kind, d.Number, d.Note = squash(d.Kind), squash(d.Number), squash(d.Note)
	if d.Number != "" && b.first(d) {
		b.Documents = append(b.Documents, d)
	}
}

func (b *builder) address(a list.Address) {
	if a != (list.Address{}) && b.first(a) {
		b.Addresses = append(b.Addresses, a)
	}
}

func (b *builder) contact(kind, s string) {
	c := list.Contact{Kind: kind, Value: squash(s)}
	if c.Value != "" && b.first(c) {
		b.Contacts = append(b.Contacts, c)
	}
}

func (b *builder) relation(r list.Relation) {
	if (r.To != "" || r.Name != "") && b.first(r) {
		b.Relations = append(b.Relations, r)
	}
}

type titleText string

func (b *builder) title(s string) {
	if s = squash(s); s != "" && b.first(titleText(s)) {
		b.Titles = append(b.Titles, s)
	}
}

type noteText string

func (b *builder) note(label, s string) {
	if s = squash(s); s == "" || s == "-" {
		return
	}
	label = squash(label)
	if label != "" {
		s = label + ": " + s
	}
	if b.first(noteText(s)) {
		b.Notes = append(b.Notes, s)
	}
}

type programText string

func (b *builder) program(s string) {
	if s = squash(s); s != "" && b.first(programText(s)) {
		b.Programs = append(b.Programs, s)
	}
}

type legalText string

func (b *builder) legal(s string) {
	if s = squash(s); s != "" && b.first(legalText(s)) {
		b.Legal = append(b.Legal, s)
	}
}

// roll is an edition while it is read: each ID once.
type roll struct {
	list.Edition
	notes notes
	file  string
	lines map[string]int
	parts map[string]int // places in begun, by ID
	begun []*builder     // entities of which the rows of a table state parts, in the order of their first rows
	rows  []int          // where they begin
}

func newRoll(f File) *roll {
	return &roll{file: f.Name, lines: map[string]int{}, parts: map[string]int{}}
}

// at is a place in the file.
func (r *roll) at(line int) place { return place{&r.notes, r.file, line} }

// get returns the builder of an ID, a new one at its first row.
func (r *roll) get(id, ref string, kind list.Kind, line int) *builder {
	i, ok := r.parts[id]
	if !ok {
		i = len(r.begun)
		r.parts[id] = i
		r.begun = append(r.begun, newBuilder(id, ref, kind))
		r.rows = append(r.rows, line)
	}
	return r.begun[i]
}

// add takes an entity that begins on a line.
func (r *roll) add(b *builder, line int) error {
	b.lead()
	e := b.Entity
	return r.put(&e, line)
}

// put takes an entity that was not built of parts.
func (r *roll) put(e *list.Entity, line int) error {
	if at, ok := r.lines[e.ID]; ok {
		return fault(r.file, line, "the entity "+e.ID+" stands already at "+navicert.Place(r.file, at, 0), "each once", fetchAgain)
	}
	r.lines[e.ID] = line
	if len(e.Names) == 0 {
		r.notes.add(r.file, line, "%s has no name; its number stands for it", e.ID)
		e.Names = []list.Name{{Text: cmp.Or(e.Ref, e.ID)}}
	}
	r.Entities = append(r.Entities, e)
	return nil
}

// done returns the edition; one without any entity is an error.
func (r *roll) done() (*list.Edition, error) {
	for i, b := range r.begun {
		if err := r.add(b, r.rows[i]); err != nil {
			return nil, err
		}
	}
	if len(r.Entities) == 0 {
		return nil, fault(r.file, 0, "nobody is listed in the file", "a list", fetchAgain)
	}
	r.Notes = r.notes.list()
	return &r.Edition, nil
}
