package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"navicert"
	"navicert/list"
	"navicert/screen"
)

// shelf is lists held in memory.
type shelf struct {
	book    *Book
	days    map[navicert.Day]*Book
	reloads atomic.Int32
	err     error
}

func (s *shelf) Acquire(day navicert.Day) (*Book, func(), error) {
	switch b := s.days[day]; {
	case s.err != nil:
		return nil, nil, s.err
	case day == navicert.Forever:
		return s.book, func() {}, nil
	case b != nil:
		return b, func() {}, nil
	}
	return nil, nil, bad("no list of that day")
}

func (s *shelf) Reload() error { s.reloads.Add(1); return nil }

func snapshotOf(t testing.TB, info list.Info, es []*list.Entity) *List {
	t.Helper()
	sections, err := screen.BuildIndex(es)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := list.Write(&b, info, es, sections); err != nil {
		t.Fatal(err)
	}
	s, err := list.Load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	l, err := screen.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	return &List{List: l}
}

func bookOf(t testing.TB, ls ...*List) *Book {
	t.Helper()
	b, err := newBook(ls)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func day(s string) navicert.Day {
	d, err := navicert.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// zala is a small circle of people and companies around a maker of drones,
// made by hand after public lists.
func zala() []*list.Entity {
	listed := []list.Listing{{List: "SDN", Since: day("2023-11-02"), Source: "https://sanctionssearch.ofac.treas.gov/"}}
	ru := []list.Country{{Code: "RU", Text: "Russia", Role: list.Nationality}}
	person := func(id, born string, names ...string) *list.Entity {
		e := &list.Entity{ID: id, Ref: strings.TrimPrefix(id, "ofac-"), Kind: list.KindPerson, Countries: ru, Listings: listed, Programs: []string{"RUSSIA-EO14024"}}
		for i, n := range names {
			k := list.AKA
			if i == 0 {
				k = list.Primary
			}
			e.Names = append(e.Names, list.Name{Text: n, Kind: k})
		}
		if born != "" {
			d := day(born)
			e.Dates = []list.Date{{Kind: list.Birth, From: d, To: d}}
		}
		return e
	}
	body := func(id, name, city string) *list.Entity {
		return &list.Entity{
			ID: id, Kind: list.KindOrganization, Names: []list.Name{{Text: name}}, Listings: listed, Programs: []string{"RUSSIA-EO14024"},
			Countries: []list.Country{{Code: "RU", Text: "Russia"}},
			Addresses: []list.Address{{Street: "ul. Pushkinskaya 268", City: city, Country: "RU"}},
		}
	}
	zakharov := person("ofac-45936", "1965-10-14", "ZAKHAROV, Alexander Vyacheslavovich", "Aleksandr Vyacheslavovich Zakharov",
		"Александр Вячеславович Захаров", "Zakharov Alexander")
	zakharov.Referents = []string{"ofac-45937", "gb-hmt-14196"}
	zakharov.Gender = list.Male
	zakharov.Documents = []list.Document{{Type: list.TaxID, Kind: "Tax ID No.", Number: "183102546703", Country: "RU"}}
	zakharov.Relations = []list.Relation{
		{Type: list.LeaderOf, Kind: "Leader or official of", To: "ofac-45995"},
		{Type: list.Family, Kind: "Family member of", To: "ofac-45992"},
	}
	group := body("ofac-45995", "ZALA AERO GROUP UNMANNED SYSTEMS LLC", "Izhevsk")
	group.Documents = []list.Document{{Type: list.Registration, Kind: "Registration Number", Number: "1111840008246", Country: "RU"}}
	owned := body("ofac-45996", "AEROSCAN LLC", "Izhevsk")
	owned.Relations = []list.Relation{{Type: list.OwnedOrControlledBy, Kind: "Owned or Controlled By", To: "ofac-45995", Percent: 60}}
	wallet := person("ofac-50001", "", "KIM, Coin Holder")
	wallet.Wallets = []list.Wallet{{Asset: "XBT", Address: "1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V"}}
	ship := &list.Entity{
		ID: "ofac-60001", Kind: list.KindVessel, Names: []list.Name{{Text: "OCEAN STAR"}}, Listings: listed,
		Documents: []list.Document{{Type: list.IMO, Kind: "IMO", Number: "9187629"}}, Vessel: &list.Vessel{Type: "Crude Oil Tanker"},
	}
	other := person("ofac-70001", "1970-01-01", "IVANOV, Pyotr Sergeyevich")
	other.Listings = []list.Listing{{List: "SDN", Since: day("2019-05-01")}}
	return []*list.Entity{
		zakharov, person("ofac-45992", "1988-01-07", "ZAKHAROVA, Svetlana Nikolayevna", "Светлана Николаевна Захарова"),
		group, owned, wallet, ship, other,
		body("ofac-80001", "MOSCOW BANK OF COMMERCE", "Moscow"), body("ofac-80002", "MOSKVA TRADING", "Moscow"),
		body("ofac-80003", "VOSTOK SHIPPING COMPANY", "Moscow"),
	}
}

func zalaBook(t testing.TB) *Book {
	return bookOf(t, snapshotOf(t, list.Info{Source: "zala", Title: "Zala test list", Authority: "OFAC", License: "public domain", Date: day("2025-12-23")}, zala()))
}

// client asks a server and reads JSON.
type client struct {
	testing.TB
	h http.Handler
}

func newClient(t testing.TB, opt Options) client {
	if opt.Lists == nil {
		opt.Lists = &shelf{book: zalaBook(t)}
	}
	return client{t, New(opt)}
}

type object = map[string]any

func (c client) do(r *http.Request) (*http.Response, object) {
	c.Helper()
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	var o object
	res := w.Result()
	body, _ := io.ReadAll(res.Body)
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(body, &o); err != nil {
			c.Fatalf("%s %s: the answer is no JSON: %v\n%s", r.Method, r.URL, err, body)
		}
		promised(c, c.h, r, res.StatusCode, o)
	}
	return res, o
}

// get asks and wants an answer with this status.
func (c client) get(code int, path string) object {
	c.Helper()
	res, o := c.do(httptest.NewRequest("GET", path, nil))
	if res.StatusCode != code {
		c.Fatalf("GET %.200s: status %d, want %d: %v", path, res.StatusCode, code, o)
	}
	return o
}

func (c client) post(code int, path string, body any) object {
	c.Helper()
	b, ok := body.(string)
	if !ok {
		raw, err := json.Marshal(body)
		if err != nil {
			c.Fatal(err)
		}
		b = string(raw)
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	res, o := c.do(r)
	if res.StatusCode != code {
		c.Fatalf("POST %s: status %d, want %d: %v", path, res.StatusCode, code, o)
	}
	return o
}

// form posts a form.
func (c client) form(code int, path string, kv ...string) object {
	c.Helper()
	v := url.Values{}
	for i := 0; i < len(kv); i += 2 {
		v.Set(kv[i], kv[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, o := c.do(r)
	if res.StatusCode != code {
		c.Fatalf("POST %s: status %d, want %d: %v", path, res.StatusCode, code, o)
	}
	return o
}

// at walks into a value: at(o, "responses", "q", "results", 0).
func into(t testing.TB, v any, path ...any) any {
	t.Helper()
	for _, p := range path {
		switch k := p.(type) {
		case string:
			o, ok := v.(object)
			if v = o[k]; !ok || v == nil {
				t.Fatalf("no %q on the way %v", k, path)
			}
		case int:
			l, ok := v.([]any)
			if !ok || k >= len(l) {
				t.Fatalf("no element %d on the way %v", k, path)
			}
			v = l[k]
		}
	}
	return v
}

func results(t testing.TB, v any, path ...any) []object {
	t.Helper()
	var out []object
	for _, x := range into(t, v, append(path, "results")...).([]any) {
		out = append(out, x.(object))
	}
	return out
}

func ids(xs []object) []string {
	var out []string
	for _, x := range xs {
		out = append(out, x["id"].(string))
	}
	return out
}

func names(t testing.TB, v any, path ...any) []string {
	t.Helper()
	var out []string
	for _, x := range into(t, v, path...).([]any) {
		out = append(out, x.(object)["name"].(string))
	}
	return out
}

// shaped checks what every entity on the wire must have.
func shaped(t testing.TB, x object) {
	t.Helper()
	for _, k := range []string{"id", "caption", "schema"} {
		if s, _ := x[k].(string); s == "" {
			t.Errorf("%s is empty: %v", k, x)
		}
	}
	kind := theModel().schemata[x["schema"].(string)]
	if kind == nil {
		t.Fatalf("unknown schema %v", x["schema"])
	}
	for name, vs := range x["properties"].(object) {
		if kind.props[name] == nil {
			t.Errorf("%s has no property %s", kind.name, name)
		}
		for _, v := range vs.([]any) {
			switch v := v.(type) {
			case string:
			case object:
				shaped(t, v)
			default:
				t.Errorf("%s: %T", name, v)
			}
		}
	}
	for _, k := range []string{"datasets", "referents"} {
		for _, v := range x[k].([]any) {
			if s := v.(string); k == "datasets" && datasetName(s) != s {
				t.Errorf("%q is no name of a dataset", s)
			}
		}
	}
	if _, ok := x["target"].(bool); !ok {
		t.Errorf("target is %v", x["target"])
	}
	for _, k := range []string{"first_seen", "last_seen", "last_change"} {
		s, ok := x[k].(string)
		if _, there := x[k]; !there || ok && (len(s) != 19 || s[10] != 'T') {
			t.Errorf("%s is %v, want 2006-01-02T15:04:05", k, x[k])
		}
	}
}

type navicertDay = navicert.Day

func listInfo(source, date string) list.Info {
	return list.Info{Source: source, Title: source, Date: day(date)}
}
