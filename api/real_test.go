package api

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"navicert/feed"
	"navicert/list"
	"navicert/match/eval"
)

// shared is the folder with the real lists, beside the project.
const shared = "../../shared"

var sdn = sync.OnceValues(func() (*List, error) {
	src := feed.ByKey("us-ofac-sdn")
	var form *feed.Form
	for i := range src.Forms {
		if src.Forms[i].Name == "csv" {
			form = &src.Forms[i]
		}
	}
	var files []feed.File
	for _, n := range []string{"sdn", "add", "alt", "sdn_comments"} {
		path := filepath.Join(shared, "lists", "ofac", n+".2025-12-23.csv.gz")
		files = append(files, feed.File{Name: n + ".csv", Open: func() (io.ReadCloser, error) {
			f, err := os.Open(path)
			if err != nil {
				return nil, err
			}
			return gzip.NewReader(f)
		}})
	}
	ed, err := form.Parse(files)
	if err != nil {
		return nil, err
	}
	ed.Date = day("2025-12-23")
	return snapshotOf(quiet{}, list.Info{Source: src.Key, Title: src.Title, Authority: src.Authority, License: src.License, Date: ed.Date}, ed.Entities), nil
})

// quiet lets helpers of tests be used outside of one.
type quiet struct{ testing.TB }

func (quiet) Helper()           {}
func (quiet) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// realBook is the SDN list of December 2025.
func realBook(t testing.TB) *Book {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the folder with the real lists is not here")
	}
	l, err := sdn()
	if err != nil {
		t.Fatal(err)
	}
	return bookOf(t, &List{List: l.List})
}

// realQueries are names that people may ask for, clean ones among them.
func realQueries(t testing.TB) []object {
	qs, err := eval.ReadQueries(filepath.Join(shared, "names", "queries.csv.gz"))
	if err != nil {
		t.Skip("needs the labeled queries, which are not part of this project: ", err)
	}
	var out []object
	for i := range qs {
		schema := map[string]string{"person": "Person", "vessel": "Vessel"}[qs[i].Type]
		out = append(out, object{"schema": cmp.Or(schema, "LegalEntity"), "properties": object{"name": []string{qs[i].Text}}})
	}
	return out
}
