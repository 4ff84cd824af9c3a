package list

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// Read reads the list files of a directory that match pattern, in the order
// of their names. Faults are reported together, each with its file and line.
func Read(fsys fs.FS, name, title, pattern string) (*List, error) {
	files, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, err
	}
	l, r, h := &List{Name: name, Title: title}, &reader{ids: map[string]string{}}, sha256.New()
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		h.Write(fmt.Appendf(nil, "%s\x00%d\x00", file, len(data)))
		h.Write(data)
		r.file = file
		r.read(l, data)
	}
	if len(files) == 0 {
		r.errs = append(r.errs, &navicert.Error{What: fmt.Sprintf("no list file matches %q", pattern)})
	}
	if len(r.errs) > 0 {
		return nil, r.errs
	}
	l.Hash = hex.EncodeToString(h.Sum(nil))
	return l, nil
}

type reader struct {
	file string
	errs navicert.Errors
	ids  map[string]string // id to place
}

func (r *reader) fault(n *yaml.Node, format string, args ...any) {
	if len(r.errs) < 50 {
		r.errs = append(r.errs, &navicert.Error{File: r.file, Line: n.Line, What: fmt.Sprintf(format, args...)})
	}
}

func (r *reader) read(l *List, data []byte) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		r.errs = append(r.errs, &navicert.Error{File: r.file, What: err.Error()})
		return
	}
	if len(doc.Content) != 1 {
		r.errs = append(r.errs, &navicert.Error{File: r.file, Line: 1, What: "the file is empty"})
		return
	}
	top := doc.Content[0]
	f := r.fields(top, []string{"list", "title", "date", "entries"})
	r.text(f, "title") // of the file alone: a part may have several
	p := Part{Name: r.text(f, "list"), Date: r.day(f, "date")}
	i := slices.IndexFunc(l.Parts, func(q Part) bool { return q.Name == p.Name })
	if i < 0 {
		i = len(l.Parts)
		l.Parts = append(l.Parts, p)
	} else if l.Parts[i].Date != p.Date { // one list, one date, however many files
		r.fault(top, "%s has the date %s in another file", p.Name, l.Parts[i].Date)
	}
	l.Date = max(l.Date, p.Date)
	for _, n := range r.items(f["entries"]) {
		e := r.entry(n)
		e.Part, e.AsOf = p.Name, p.Date
		if e.Listed > p.Date {
			r.fault(n, "%s is listed on %s, after the date of the list", e.ID, e.Listed)
		}
		l.Entries = append(l.Entries, e)
		l.Parts[i].Entries++
	}
}

func (r *reader) entry(n *yaml.Node) *Entry {
	f := r.fields(n, []string{"id", "name", "kind", "listed", "authority", "programs", "source", "evidence"},
		"role", "aliases", "countries", "delisted", "uid", "date_evidence", "outsider", "note", "wallets")
	e := &Entry{
		ID: r.text(f, "id"), Name: r.text(f, "name"), Role: r.text(f, "role"), Note: r.text(f, "note"),
		Kind:      r.oneOf(f, "kind", "entity", "person", "group", "mixer", "exchange", "vessel"),
		Authority: r.oneOf(f, "authority", OFAC, UN1718, FinCEN),
		Aliases:   r.texts(f["aliases"]), Countries: r.texts(f["countries"]), Programs: r.texts(f["programs"]),
		UID: r.code(f, "uid"), Source: r.text(f, "source"),
		Evidence: r.oneOf(f, "evidence", "checked", "recalled"),
		Dates:    r.oneOf(f, "date_evidence", "checked", "recalled"),
		Outsider: r.oneOf(f, "outsider", "true", "false") == "true",
		Listed:   r.day(f, "listed"), Delisted: navicert.Forever,
	}
	if e.Dates == "" {
		e.Dates = e.Evidence
	}
	if f["delisted"] != nil {
		e.Delisted = r.day(f, "delisted")
	}
	if e.Delisted <= e.Listed {
		r.fault(n, "%s is delisted on %s, but listed only on %s", e.ID, e.Delisted, e.Listed)
	}
	if at, ok := r.ids[e.ID]; ok {
		r.fault(n, "id %q stands already at %s", e.ID, at)
	}
	r.ids[e.ID] = navicert.Place(r.file, n.Line, 0)
	for _, w := range r.items(f["wallets"]) {
		e.Wallets = append(e.Wallets, r.wallet(w, e))
	}
	return e
}

func (r *reader) wallet(n *yaml.Node, e *Entry) EntryWallet {
	f := r.fields(n, []string{"asset", "address", "listed"}, "delisted")
	w := EntryWallet{Asset: r.text(f, "asset"), Address: r.code(f, "address"), Listed: r.day(f, "listed"), Delisted: e.Delisted}
	if f["delisted"] != nil {
		w.Delisted = r.day(f, "delisted")
	}
	if w.Listed < e.Listed || w.Delisted > e.Delisted || w.Delisted <= w.Listed {
		r.fault(n, "the days of wallet %s do not lie within those of %s", w.Address, e.ID)
	}
	if strings.ContainsAny(w.Address, " \t") {
		r.fault(n, "wallet address %q holds a space", w.Address)
	}
	return w
}
