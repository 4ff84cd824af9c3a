package feed

import (
	"encoding/csv"
	"io"
	"reflect"
	"strings"
	"testing"
)

func readCSV(f File) (rows [][]string, err error) {
	q, err := newCSV(f, ',')
	if err != nil {
		return nil, err
	}
	defer q.Close()
	for {
		row, err := q.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, append([]string(nil), row...))
	}
}

func TestCSV(t *testing.T) {
	for _, c := range []struct {
		text string
		want [][]string
	}{
		{"", nil},
		{"\ufeffa,b\r\n\r\nc,d", [][]string{{"a", "b"}, {"c", "d"}}},
		{"\"a \"\"q\"\"\",,\"\"\n\x1a", [][]string{{`a "q"`, "", ""}}},
		{"\"two\r\nlines\",x\n", [][]string{{"two\nlines", "x"}}},
		{"a,\n", [][]string{{"a", ""}}},
	} {
		if got, err := readCSV(text("x.csv", c.text)); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %q %v, want %q", c.text, got, err, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"a\n\"b", "x.csv:2: a quoted field is not closed: the file is cut"},
		{"a\n\"b\n\nc", "x.csv:2: a quoted field is not closed: the file is cut"},
		{"a\nb\"c\n", "x.csv:2: a quote stands within a field"},
		{"a\n\"b\"c\n", "x.csv:2: text stands after a closing quote"},
		{"a\n\x1a\nb\n", "x.csv:2: text stands after the end mark"},
		{strings.Repeat("a", maxRecord+9), "x.csv:1: a line is longer than"},
		{"\"" + strings.Repeat("a\n", maxRecord), "x.csv:1: a record is longer than"},
	} {
		if _, err := readCSV(text("x.csv", c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: %v, want %q", c.text, err, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	tab, err := newTable(text("x.csv", "name,id\n  Kim   Un ,1\n"), tableForm{comma: ',', need: []string{"id"}})
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := tab.Next(); !ok || err != nil || tab.Get("name") != "Kim Un" || tab.Get("id") != "1" || tab.Get("none") != "" {
		t.Error(ok, err, tab.row)
	}
	for _, c := range []struct{ text, want string }{
		{"", "x.csv:1: the file is empty"},
		{"name\n", `x.csv:1: column "id" is missing`},
		{"id,id\n", `x.csv:1: column "id" stands twice`},
		{"id,name\n1", "x.csv:2: 1 fields: the file is cut; expected 2"},
		{"id,name\n1,2,3\n", "x.csv:2: 3 fields; expected 2"},
		{"id,name\n1,2", "x.csv:2: the last line has no end"},
	} {
		tab, err := newTable(text("x.csv", c.text), tableForm{comma: ',', need: []string{"id"}})
		if err == nil {
			for ok := true; ok && err == nil; {
				ok, err = tab.Next()
			}
		}
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
}

// What encoding/csv reads of a plain file, this reads likewise.
func FuzzCSV(f *testing.F) {
	f.Add("a,\"b\"\"\nc\",d\r\n\"\",x\n")
	f.Add("36,\"A\",-0- \r\n\x1a")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := readCSV(text("x.csv", s))
		if err != nil || strings.ContainsAny(s, "\r\x1a\ufeff") {
			return
		}
		r := csv.NewReader(strings.NewReader(s))
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		if err != nil || len(got) != len(want) {
			t.Fatalf("%q: read %q, encoding/csv %q %v", s, got, want, err)
		}
		for i := range got {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("%q: read %q, encoding/csv %q", s, got[i], want[i])
			}
		}
	})
}
