// Package eval measures a name search on labeled queries: recall where a
// given share of clean names alerts, slice by slice, and what a query costs.
// It reads and writes two CSV files, an index of names and the queries, so
// that any engine can be measured on the same ones.
package eval

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"

	"navicert/list"
)

// Query is one labeled query.
type Query struct {
	ID       string
	Text     string
	Kind     string // alias, xlist, xscript, manip, neg
	Slice    string // what was done to the name: "typo", "alias_variant"
	Strength string
	Type     string   // person, entity, vessel, aircraft
	Expected []string // ids of entities, none: must not alert
}

// ReadQueries reads qid, query, kind, manipulation, strength, etype, expected.
func ReadQueries(path string) ([]Query, error) {
	var out []Query
	err := readCSV(path, 7, func(r []string) {
		q := Query{ID: r[0], Text: r[1], Kind: r[2], Slice: r[3], Strength: r[4], Type: r[5]}
		if r[6] != "" {
			q.Expected = strings.Split(r[6], "|")
		}
		out = append(out, q)
	})
	return out, err
}

// ReadIndex reads name_id, entity_id, etype, name_kind, name into entities.
// Names of the kind "weak" are left out.
func ReadIndex(path string) ([]*list.Entity, error) {
	var out []*list.Entity
	at := map[string]*list.Entity{}
	err := readCSV(path, 5, func(r []string) {
		e := at[r[1]]
		if e == nil {
			e = &list.Entity{ID: r[1], Kind: KindOf(r[2])}
			at[r[1]] = e
			out = append(out, e)
		}
		if r[3] != "weak" {
			e.Names = append(e.Names, list.Name{Text: r[4]})
		}
	})
	return out, err
}

// KindOf is the kind of an etype.
func KindOf(etype string) list.Kind {
	switch etype {
	case "person":
		return list.KindPerson
	case "entity":
		return list.KindOrganization
	case "vessel":
		return list.KindVessel
	case "aircraft":
		return list.KindAircraft
	}
	return list.KindUnknown
}

func readCSV(path string, fields int, row func([]string)) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	r := csv.NewReader(in)
	r.FieldsPerRecord = fields
	for n := 0; ; n++ {
		rec, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if n > 0 {
			row(rec)
		}
	}
}
