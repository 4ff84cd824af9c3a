package feed

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"navicert"
	"navicert/list"
)

var update = flag.Bool("update", false, "write the goldens of the samples")

// samples are small lists made by hand, one for each form.
var samples = []struct {
	file, source, form string
	entities           int
	ends               bool // a cut is seen even at the end of a record
}{
	{"un.xml", "un-sc", "xml", 4, true},
	{"eu.csv", "eu-fsf", "csv", 2, false},
	{"eu.xml", "eu-fsf", "xml", 2, true},
	{"uk.csv", "uk-sl", "csv", 3, false},
	{"uk.xml", "uk-sl", "xml", 3, true},
	{"conlist.csv", "uk-ofsi", "csv", 2, false},
	{"ca.xml", "ca-sema", "xml", 4, true},
	{"ch.xml", "ch-seco", "xml", 3, true},
	{"jp.json", "jp-meti", "json", 2, true},
	{"cn.json", "cn-mofcom", "json", 1, true},
	{"own.csv", "own", "csv", 2, false},
}

func sampleText(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "world", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// plain turns a value into what JSON shows of it, without what is not stated.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem())
	case reflect.Slice:
		var out []any
		for i := range v.Len() {
			out = append(out, plain(v.Index(i)))
		}
		if out == nil {
			return nil
		}
		return out
	case reflect.Struct:
		m := map[string]any{}
		for i := range v.NumField() {
			if x := plain(v.Field(i)); x != nil {
				m[v.Type().Field(i).Name] = x
			}
		}
		if len(m) == 0 && v.Type() != reflect.TypeFor[list.Date]() {
			return nil
		}
		return m
	}
	if v.IsZero() {
		return nil
	}
	if d, ok := v.Interface().(navicert.Day); ok {
		return d.String()
	}
	return v.Interface()
}

// Each sample gives the entities of its golden, field by field.
func TestSamples(t *testing.T) {
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			ed := parse(t, []File{text(s.file, sampleText(t, s.file))})
			if ed.Source != s.source || ed.Form != s.form || len(ed.Entities) != s.entities {
				t.Fatalf("%s %s, %d entities", ed.Source, ed.Form, len(ed.Entities))
			}
			checkEdition(t, ed, nil)
			got, err := json.MarshalIndent(plain(reflect.ValueOf(*ed)), "", " ")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "world", s.file+".golden")
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if g, w := strings.Split(string(got), "\n"), strings.Split(strings.TrimSuffix(string(want), "\n"), "\n"); !slices.Equal(g, w) {
				for i := range min(len(g), len(w)) {
					if g[i] != w[i] {
						t.Fatalf("line %d of the golden: got\n%s, want\n%s", i+1, strings.Join(g[max(0, i-3):min(len(g), i+3)], "\n"), w[i])
					}
				}
				t.Fatalf("%d lines, want %d", len(g), len(w))
			}
		})
	}
}

// The same list says the same in each of its forms.
func TestFormsAgree(t *testing.T) {
	facts := func(file string) string {
		ed := parse(t, []File{text(file, sampleText(t, file))})
		var out []string
		for _, e := range ed.Entities {
			v := reflect.ValueOf(*e)
			for i := range v.NumField() {
				f := v.Type().Field(i).Name
				var parts []string
				if x, ok := plain(v.Field(i)).([]any); ok {
					for _, p := range x {
						b, _ := json.Marshal(p)
						parts = append(parts, string(b))
					}
				} else {
					parts = append(parts, fmt.Sprint(plain(v.Field(i))))
				}
				slices.Sort(parts)
				out = append(out, e.ID+" "+f+" "+strings.Join(parts, " "))
			}
		}
		return strings.Join(out, "\n")
	}
	for _, pair := range [][2]string{{"eu.csv", "eu.xml"}, {"uk.csv", "uk.xml"}} {
		a, b := strings.Split(facts(pair[0]), "\n"), strings.Split(facts(pair[1]), "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Errorf("%s:\n%s\n%s:\n%s", pair[0], a[i], pair[1], b[i])
			}
		}
	}
}

// A file that is cut is an error, wherever it is cut; what remains of a table
// without an end mark must end in the middle of a line for that.
func TestCut(t *testing.T) {
	for _, s := range samples {
		whole := sampleText(t, s.file)
		src, form := ByKey(s.source), ByKey(s.source).Form(s.form)
		for i := range 16 {
			at := len(whole) * i / 16
			if !s.ends && at > 0 && whole[at-1] == '\n' {
				at--
			}
			if ed, err := form.Parse([]File{text(s.file, whole[:at])}); err == nil {
				t.Errorf("%s %s cut at %d of %d bytes: %d entities and no error", src.Key, s.file, at, len(whole), len(ed.Entities))
			} else if !strings.HasPrefix(err.Error(), s.file) {
				t.Errorf("%s cut at %d: the error names no place: %v", s.file, at, err)
			}
		}
	}
}

// The same of the real files, each cut at fifteen places.
func TestRealCut(t *testing.T) {
	if testing.Short() {
		t.Skip("reads each real list fifteen times")
	}
	for _, path := range []string{
		"un/consolidated.2026-02-27.xml.gz", "eu/eu_fsf_1_1.2024-01-24.csv.gz", "uk/ConList.2024-01-25.csv.gz", "uk/UK_Sanctions_List.2022-11-30.csv.gz",
		"ca/sema-lmes.2025.xml.gz", "other/jp_meti_foreign_end_user_list.2025-09-29.json.gz",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			files := shared(t, path)
			_, form, err := Sniff(files)
			if err != nil {
				t.Fatal(err)
			}
			whole := readAll(t, files[0])
			for i := 1; i < 16; i++ {
				at := len(whole) * i / 16
				if strings.HasSuffix(path, ".csv.gz") && whole[at-1] == '\n' {
					at-- // one of them is cut at the very end of a row
				}
				if ed, err := form.Parse([]File{text("x", whole[:at])}); err == nil {
					t.Errorf("cut at %d/16: %d entities and no error", i, len(ed.Entities))
				}
			}
		})
	}
}

func FuzzUN(f *testing.F)       { fuzzForm(f, unSC, "xml", "world/un.xml") }
func FuzzEUXML(f *testing.F)    { fuzzForm(f, euFSF, "xml", "world/eu.xml") }
func FuzzEUCSV(f *testing.F)    { fuzzForm(f, euFSF, "csv", "world/eu.csv") }
func FuzzUKXML(f *testing.F)    { fuzzForm(f, ukSL, "xml", "world/uk.xml") }
func FuzzUKCSV(f *testing.F)    { fuzzForm(f, ukSL, "csv", "world/uk.csv") }
func FuzzConList(f *testing.F)  { fuzzForm(f, ukOFSI, "csv", "world/conlist.csv") }
func FuzzCanada(f *testing.F)   { fuzzForm(f, caSEMA, "xml", "world/ca.xml") }
func FuzzSECO(f *testing.F)     { fuzzForm(f, chSECO, "xml", "world/ch.xml") }
func FuzzControl(f *testing.F)  { fuzzForm(f, jpMETI, "json", "world/jp.json", "world/cn.json") }
func FuzzOwn(f *testing.F)      { fuzzForm(f, ownList, "csv", "world/own.csv") }
func FuzzFtMLines(f *testing.F) { fuzzForm(f, ftmData, "json", "world/x.ftm.json") }

func TestOwnFaults(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"id,name,colour\n1,A,red\n", `own.csv:1: the column "colour" is not known`},
		{"id\n1\n", `own.csv:1: column "name" is missing`},
		{"id,name\n1,\n", "own.csv:2: id or name is empty"},
		{"id,name\n1,A\n1,B\n", "own.csv:3: the entity own-1 stands already at own.csv:2"},
		{"id,name,kind\n1,A,ship\n", `own.csv:2: kind is "ship"; expected person, organization`},
		{"id,name,country\n1,A,Narnia\n", `own.csv:2: country is "Narnia"; expected a country`},
		{"id,name,birth_date\n1,A,31/02/1962\n", `own.csv:2: birth_date is "31/02/1962"; expected a date`},
		{"id,name,wallet\n1,A,1abc\n", `own.csv:2: wallet is "1abc"; expected a ticker`},
		{"id,name,since\n1,A,2024\n", `own.csv:2: since is "2024"; expected a day`},
		{"id,name,gender\n1,A,x\n", `own.csv:2: gender is "x"; expected male`},
		{"id,name\n1,A", "own.csv:2: the last line has no end"},
		{"id,name\n1,A,B\n", "own.csv:2: 3 fields; expected 2"},
		{"id,name\n", "own.csv: nobody is listed"},
	} {
		if _, err := parseOwn([]File{text("own.csv", c.text)}); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestScriptOf(t *testing.T) {
	for s, want := range map[string]string{
		"Kim Jong": "Latn", "김정은": "Hang", "金正恩": "Hani", "キム・ジョンウン": "Jpan", "様品カ": "Jpan", "Владимир": "Cyrl", "محمد": "Arab",
		"Ελλάδα": "Grek", "שלום": "Hebr", "გიორგი": "Geor", "Արմեն": "Armn", "ፍትዊ": "Ethi", "123": "", "": "", "Вести.Ru": "Cyrl", "Baššār Ḥāfiẓ": "Latn",
	} {
		if got := scriptOf(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestUNNames(t *testing.T) {
	for s, want := range map[string]string{
		"A B; C": "A B|C", "حسن غول (Hassan Ghul; Hassan Gul)": "حسن غول|Hassan Ghul|Hassan Gul", "Jin Tiesan (金铁三)": "Jin Tiesan|金铁三",
		"Amir Khazmat (original script: Амир Хазмат)": "Amir Khazmat|Амир Хазмат", "Encep Nurjaman (birth name)": "Encep Nurjaman / birth name",
		"Safia, born 1 Jan. 1953 (Oman passport)": "Safia / born 1 Jan. 1953 (Oman passport)", "BUTEMBO AIRLINES (BAL)": "BUTEMBO AIRLINES (BAL)", "": "",
		"Abdel Sabri (false identity related to number 6910275240086)": "Abdel Sabri / false identity related to number 6910275240086",
	} {
		names, note := unNames(s)
		got := strings.Join(names, "|")
		if note != "" {
			got += " / " + note
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestCanadaFreeText(t *testing.T) {
	for s, want := range map[string]string{
		"A B, C D, Belarusian: Б Г,  Russian : Б Д": "A B|C D|be:Б Г|ru:Б Д",
		"Sample Marine Co., Ltd., SRC":              "Sample Marine Co., Ltd.|SRC",
		"Nikolai or Nikolay":                        "Nikolai or Nikolay", // two spellings of one word are no two names
		"КБ Машиностроения or АО «КБ, Москва»":      "КБ Машиностроения|АО «КБ, Москва»",
		"X Y (also known as Z W)":                   "X Y|Z W",
		"":                                          "",
	} {
		var got []string
		for _, n := range caAliases(s) {
			if n.Lang != "" {
				n.Text = n.Lang + ":" + n.Text
			}
			got = append(got, n.Text)
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%q: %q, want %q", s, g, want)
		}
	}
	for s, want := range map[string]string{
		"9999 or 9999": "", "1963 or 1964": "1963|1964", "23575": "1964-07-17", "1972-08-10 OR 1973": "1972-08-10|1973", "99999": "99999", "  ": "",
	} {
		if got := strings.Join(caDates(s), "|"); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestNumbered(t *testing.T) {
	for s, want := range map[string]string{
		"(1) Germany. (2) Morocco": "Germany.|Morocco", "(1) Tunis (2) - (3)Uganda": "Tunis||Uganda", "Plain (1) text": "Plain (1) text", "": "",
	} {
		if got := strings.Join(numbered(s), "|"); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// The documentation names each list and each column.
func TestDocumented(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "doc", "lists.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Sources {
		if !strings.Contains(string(b), "`"+s.Key+"`") {
			t.Errorf("doc/lists.md does not name %s", s.Key)
		}
	}
	for c := range ownColumns {
		if !strings.Contains(string(b), "`"+c+"`") {
			t.Errorf("doc/lists.md does not name the column %s", c)
		}
	}
}
