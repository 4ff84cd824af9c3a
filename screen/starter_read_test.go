package screen

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
	"navicert/list"
)

// readStarter reads the starter's files, which match pattern, into an edition
// for each list that they name. Faults are reported together, each with its
// file and line.
func readStarter(fsys fs.FS, pattern string) ([]*list.Edition, error) {
	files, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, err
	}
	r := &starterReader{ids: map[string]string{}}
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		r.file = file
		r.read(data)
	}
	if len(files) == 0 {
		r.errs = append(r.errs, &navicert.Error{What: fmt.Sprintf("no list file matches %q", pattern)})
	}
	if len(r.errs) > 0 {
		return nil, r.errs
	}
	return r.out, nil
}

type starterReader struct {
	file string
	errs navicert.Errors
	ids  map[string]string // id to place
	out  []*list.Edition
}

func (r *starterReader) fault(n *yaml.Node, format string, args ...any) {
	if len(r.errs) < 50 {
		r.errs = append(r.errs, &navicert.Error{File: r.file, Line: n.Line, What: fmt.Sprintf(format, args...)})
	}
}

func (r *starterReader) read(data []byte) {
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
	source, day := r.text(f, "list"), r.day(f, "date")
	i := slices.IndexFunc(r.out, func(e *list.Edition) bool { return e.Source == source })
	if i < 0 {
		i = len(r.out)
		r.out = append(r.out, &list.Edition{Source: source, Form: "yaml", Date: day})
	} else if r.out[i].Date != day { // one list, one date, however many files
		r.fault(top, "%s has the date %s in another file", source, r.out[i].Date)
	}
	for _, n := range r.items(f["entries"]) {
		r.out[i].Entities = append(r.out[i].Entities, r.entry(n, r.out[i]))
	}
}

var starterKinds = map[string]list.Kind{
	"person": list.KindPerson, "vessel": list.KindVessel,
	"entity": list.KindOrganization, "group": list.KindOrganization, "mixer": list.KindOrganization, "exchange": list.KindOrganization,
}

var starterLists = map[string]string{"OFAC": list.SDN, "UN 1718": "1718", "FinCEN": list.FinCEN311}

func (r *starterReader) entry(n *yaml.Node, of *list.Edition) *list.Entity {
	f := r.fields(n, []string{"id", "name", "kind", "listed", "authority", "programs", "source", "evidence"},
		"role", "aliases", "countries", "delisted", "uid", "date_evidence", "outsider", "note", "wallets")
	kind := r.oneOf(f, "kind", "entity", "person", "group", "mixer", "exchange", "vessel")
	authority := r.oneOf(f, "authority", "OFAC", "UN 1718", "FinCEN")
	evidence := r.oneOf(f, "evidence", "checked", "recalled")
	days := r.oneOf(f, "date_evidence", "checked", "recalled")
	outsider := r.oneOf(f, "outsider", "true", "false") == "true"
	l := list.Listing{List: starterLists[authority], Since: r.day(f, "listed"), Notices: []string{r.text(f, "source")}}
	gone := navicert.Forever
	if f["delisted"] != nil {
		gone = r.day(f, "delisted")
		l.Until = gone - 1
	}
	e := &list.Entity{ID: r.text(f, "id"), Ref: r.code(f, "uid"), Kind: starterKinds[kind], Programs: r.texts(f["programs"]), Listings: []list.Listing{l}}
	// Mixers and exchanges served whoever came.
	if of.Source == list.DPRKCyber && authority == "OFAC" && !outsider && kind != "mixer" && kind != "exchange" {
		e.Listings = append(e.Listings, list.Listing{List: list.DPRKCyber, Since: l.Since, Until: l.Until})
	}
	e.Names = append(e.Names, list.Name{Text: r.text(f, "name")})
	for _, a := range r.texts(f["aliases"]) {
		e.Names = append(e.Names, list.Name{Text: a, Kind: list.AKA})
	}
	for _, c := range r.texts(f["countries"]) {
		e.Countries = append(e.Countries, list.Country{Code: c, Text: c})
	}
	for _, k := range []string{"role", "note"} {
		if t := r.text(f, k); t != "" {
			e.Notes = append(e.Notes, t)
		}
	}
	if evidence == "recalled" {
		e.Notes = append(e.Notes, list.Recalled)
	}
	if days == "recalled" || days == "" && evidence == "recalled" {
		e.Notes = append(e.Notes, list.RecalledDays)
	}
	if gone <= l.Since {
		r.fault(n, "%s is delisted on %s, but listed only on %s", e.ID, gone, l.Since)
	}
	if l.Since > of.Date {
		r.fault(n, "%s is listed on %s, after the date of the list", e.ID, l.Since)
	}
	if at, ok := r.ids[e.ID]; ok {
		r.fault(n, "id %q stands already at %s", e.ID, at)
	}
	r.ids[e.ID] = navicert.Place(r.file, n.Line, 0)
	for _, w := range r.items(f["wallets"]) {
		e.Wallets = append(e.Wallets, r.wallet(w, e.ID, l.Since, gone))
	}
	return e
}

// wallet reads an address of the one listed from since until gone.
func (r *starterReader) wallet(n *yaml.Node, id string, since, gone navicert.Day) list.Wallet {
	f := r.fields(n, []string{"asset", "address", "listed"}, "delisted")
	listed, removed := r.day(f, "listed"), gone
	if f["delisted"] != nil {
		removed = r.day(f, "delisted")
	}
	w := list.Wallet{Asset: r.text(f, "asset"), Address: r.code(f, "address"), Listed: list.Span{After: listed - 1, By: listed}}
	if removed != navicert.Forever {
		w.Removed = list.Span{After: removed - 1, By: removed}
	}
	if listed < since || removed > gone || removed <= listed {
		r.fault(n, "the days of wallet %s do not lie within those of %s", w.Address, id)
	}
	if strings.ContainsAny(w.Address, " \t") {
		r.fault(n, "wallet address %q holds a space", w.Address)
	}
	return w
}
