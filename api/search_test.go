package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"navicert/list"
)

func total(t testing.TB, o object) int { return int(into(t, o, "total", "value").(float64)) }

func TestSearch(t *testing.T) {
	c := newClient(t, Options{})
	o := c.get(200, "/search/zala?q=alexander%20zakharov")
	first := results(t, o)[0]
	shaped(t, first)
	if first["id"] != zakharovID || first["first_seen"] == nil || first["last_seen"] == nil {
		t.Errorf("found %v", first)
	}
	if fmt.Sprint(first["datasets"]) != "[zala]" { // lists, not collections
		t.Errorf("datasets: %v", first["datasets"])
	}
	for _, x := range []struct {
		name, path string
		code       int
		want       func(n int) bool
	}{
		{"no words", "", 200, more(9)},
		{"a slash is no word", "?q=invalid/query", 400, nil},
		{"a person types", "?q=invalid/query&simple=true", 200, none},
		{"unknown schema", "?q=angela%20merkel&schema=Banana", 400, nil},
		{"no vessel", "?q=angela%20merkel&schema=Vessel", 200, none},
		{"moscow", "?q=moscow", 200, more(5)},
		{"as a person", "?q=alexander%20zakharov&schema=Person", 200, more(0)},
		{"as a legal entity", "?q=alexander%20zakharov&schema=LegalEntity", 200, more(0)},
		{"not this list", "?q=alexander%20zakharov&exclude_dataset=zala", 200, none},
		{"a list that is not here", "?q=alexander%20zakharov&include_dataset=mx_senators", 200, none},
		{"this list", "?q=alexander%20zakharov&include_dataset=zala", 200, more(0)},
		{"out counts more than in", "?q=alexander%20zakharov&include_dataset=zala&exclude_dataset=zala", 200, none},
		{"in the future", "?q=alexander%20zakharov&changed_since=2099-01-01T00:00", 200, none},
		{"no time", "?changed_since=soon", 422, nil},
		{"from Russia", "?q=alexander%20zakharov&countries=ru", 200, more(0)},
		{"from Kenya", "?q=alexander%20zakharov&countries=ke", 200, none},
		{"from either", "?q=alexander%20zakharov&countries=ke&countries=ru", 200, more(0)},
		{"from both", "?q=alexander%20zakharov&filter_op=AND&countries=ke&countries=ru", 200, none},
		{"born on no such day", "?q=alexander%20zakharov&filter=properties.birthDate:1972-01-26%C2%A7", 200, none},
		{"born on his day", "?q=alexander%20zakharov&filter=properties.birthDate:1965-10-14", 200, just(1)},
		{"no condition", "?filter=banana", 400, nil},
		{"sanctioned", "?topics=sanction", 200, more(0)},
		{"addresses", "?schema=Address", 200, more(0)},
		{"what hangs on them is no thing", "?schema=Sanction", 200, more(0)},
		{"on file", "?schema=LegalEntity&target=true", 200, more(0)},
		{"nothing of it", "?limit=0&q=alexander%20zakharov", 200, more(0)},
		{"further down", "?offset=100&q=alexander%20zakharov", 200, more(0)},
		{"too far down", "?offset=9999&q=putin", 422, nil},
		{"too much", "?limit=10000&q=zakharov", 422, nil},
		{"as much as there may be", "?limit=500&q=zakharov", 200, more(0)},
		{"sorted by what nobody has", "?sort=banana", 400, nil},
		{"sorted in no order", "?sort=first_seen:down", 400, nil},
		{"an unknown facet", "?facets=banana", 422, nil},
		{"or", "?q=zakharov%20OR%20aeroscan&schema=LegalEntity", 200, just(2)},
		{"not", "?q=zakharov%20NOT%20alexander&schema=LegalEntity", 200, none},
		{"minus", "?q=moscow%20-bank&schema=Organization", 200, just(2)},
		{"brackets", "?q=(zakharov%20OR%20aeroscan)%20AND%20(llc)&schema=LegalEntity", 200, just(1)},
		{"a bracket too few", "?q=(zakharov", 400, nil},
		{"a bracket too many", "?q=zakharov)", 400, nil},
		{"a quote too few", "?q=%22zakharov", 400, nil},
		{"wild", "?q=zakh*&schema=Person", 200, just(2)},
		{"wild inside", "?q=zak%3Farov&schema=Person", 200, just(1)},
		{"an error in it", "?q=zakharof~&schema=Person", 200, more(0)},
		{"errors in all", "?q=aleksander%20zakharof&fuzzy=true&schema=Person", 200, just(1)},
		{"without accents", "?q=z%C3%A1kharov&schema=Person", 200, just(1)},
		{"in its own script", "?q=%D0%97%D0%B0%D1%85%D0%B0%D1%80%D0%BE%D0%B2&schema=Person", 200, just(1)},
		{"a field", "?q=properties.imoNumber:9187629", 200, just(1)},
		{"a field or a word", "?q=properties.imoNumber:9187629%20OR%20aeroscan&schema=Asset", 200, just(2)},
		{"a field or a word of other schemata", "?q=(imoNumber:9187629%20OR%20aeroscan)%20-moscow&exclude_schema=Address", 200, just(2)},
		{"not a field", "?q=nationality:ru%20NOT%20birthDate:1965-10-14&schema=Person", 200, just(3)},
		{"a field of a type", "?q=identifiers:9187629", 200, just(1)},
		{"a merged ID", "?q=referents:gb-hmt-14196", 200, just(1)},
		{"no merged ID", "?filter=referents:nobody", 200, none},
		{"an ID", "?filter=id:ofac-45936", 200, just(1)},
		{"two IDs", "?filter=id:ofac-45936&filter=entity_id:ofac-45992", 200, just(2)},
		{"two IDs at once", "?filter=id:ofac-45936&filter=id:ofac-45992&filter_op=AND", 200, none},
		{"a field with cards", "?q=imoNumber:91*", 400, nil},
		{"since a day", "?filter=first_seen:2019-05&schema=Person", 200, just(1)},
		{"by whom it hangs on", "?schema=Family&filter=properties.person:ofac-45936", 200, just(1)},
		{"many words that stand for many", "?q=" + strings.Repeat("a*%20", 11), 400, nil},
		{"by number", "?q=9187629&schema=Vessel", 200, just(1)},
	} {
		o := c.get(x.code, "/search/zala"+x.path)
		if x.want != nil && !x.want(total(t, o)) {
			t.Errorf("%s: %d found: %v", x.name, total(t, o), ids(results(t, o)))
		}
		if x.code == 200 {
			for _, r := range results(t, o) {
				shaped(t, r)
			}
		}
	}
	c.get(404, "/search/banana")
	o = c.get(200, "/search/zala?offset=100&q=alexander%20zakharov")
	if len(results(t, o)) != 0 || o["offset"] != 100.0 {
		t.Errorf("offset %v: %v", o["offset"], results(t, o))
	}
	if a, b := total(t, c.get(200, "/search/zala?q=moscow")), total(t, c.get(200, "/search/zala?q=moscow&exclude_schema=Address")); b >= a {
		t.Errorf("without addresses there are %d, with them %d", b, a)
	}
}

func more(than int) func(int) bool { return func(n int) bool { return n > than } }
func just(what int) func(int) bool { return func(n int) bool { return n == what } }
func none(n int) bool              { return n == 0 }

func TestSearchFacets(t *testing.T) {
	c := newClient(t, Options{})
	o := c.get(200, "/search/zala")
	if got := sortedKeys(into(t, o, "facets").(object)); !slices.Equal(got, []string{"countries", "datasets", "topics"}) {
		t.Errorf("facets: %v", got)
	}
	if got := names(t, o, "facets", "datasets", "values"); !slices.Contains(got, "zala") || slices.Contains(got, "default") {
		t.Errorf("datasets: %v", got)
	}
	if got := names(t, o, "facets", "topics", "values"); !slices.Contains(got, "sanction") {
		t.Errorf("topics: %v", got)
	}
	o = c.get(200, "/search/zala?q=alexander%20zakharov&countries=ru")
	if got := names(t, o, "facets", "countries", "values"); !slices.Contains(got, "ru") || slices.Contains(got, "ke") {
		t.Errorf("countries: %v", got)
	}
	if got := into(t, o, "facets", "countries", "values", 0, "label"); got != "Russia" {
		t.Errorf("ru is called %v", got)
	}
	o = c.get(200, "/search/zala?facets=schema&facets=topics")
	if got := sortedKeys(into(t, o, "facets").(object)); !slices.Equal(got, []string{"schema", "topics"}) {
		t.Errorf("facets: %v", got)
	}
	if got := names(t, o, "facets", "schema", "values"); !slices.Contains(got, "Address") || slices.Contains(got, "Sanction") {
		t.Errorf("schemata: %v", got) // a Sanction is no Thing
	}
	o = c.get(200, "/search/zala?facets=identifiers&facets=genders&schema=Person")
	if got := names(t, o, "facets", "identifiers", "values"); !slices.Contains(got, "183102546703") {
		t.Errorf("identifiers: %v", got)
	}
	if got := names(t, o, "facets", "genders", "values"); !slices.Equal(got, []string{"male"}) {
		t.Errorf("genders: %v", got)
	}
}

func TestSearchSorted(t *testing.T) {
	c := newClient(t, Options{})
	for _, field := range []string{"first_seen", "last_change", "caption", "id", "schema"} {
		for _, order := range []string{"asc", "desc"} {
			var got []string
			for _, r := range results(t, c.get(200, "/search/zala?limit=500&sort="+field+":"+order)) {
				got = append(got, r[field].(string))
			}
			if order == "desc" {
				slices.Reverse(got)
			}
			if !slices.IsSorted(got) || len(got) < 10 {
				t.Errorf("%s:%s: %v", field, order, got)
			}
		}
	}
}

// Two lists side by side: what stands on both comes once, and a list that does not have it does not find it.
func TestSearchScope(t *testing.T) {
	second := &list.Entity{ID: "ofac-45995", Kind: list.KindOrganization, Names: []list.Name{{Text: "Zala Aero"}}, Listings: []list.Listing{{List: "Entity List", Since: day("2022-03-03")}}}
	zulu := snapshotOf(t, list.Info{Source: "zulu", Title: "Zulu", Date: day("2025-11-01")}, []*list.Entity{second})
	book := bookOf(t, zalaBook(t).Lists[0], zulu)
	c := newClient(t, Options{Lists: &shelf{book: book}})
	for path, want := range map[string]int{"/search/zala": 1, "/search/zulu": 0, "/search/default": 1, "/search/sanctions": 1} {
		if got := results(t, c.get(200, path+"?q=alexander%20zakharov")); len(got) != want {
			t.Errorf("%s: %v", path, ids(got))
		}
	}
	rs := results(t, c.get(200, "/search/default?q=zala%20aero&schema=Organization"))
	if len(rs) != 1 || fmt.Sprint(rs[0]["datasets"]) != "[zala zulu]" || rs[0]["first_seen"] != "2022-03-03T00:00:00" {
		t.Errorf("on both lists: %v", rs)
	}
	rs = results(t, c.get(200, "/search/zulu?q=zala%20aero&schema=Organization"))
	if len(rs) != 1 || fmt.Sprint(rs[0]["datasets"]) != "[zulu]" {
		t.Errorf("on one: %v", rs)
	}
	for path, want := range map[string]string{"/match/default": "[zala zulu]", "/match/zulu": "[zulu]", "/match/default?exclude_dataset=zulu": "[zala]"} {
		rs := results(t, c.post(200, path, queries("q", object{"schema": "Company", "properties": object{"name": "Zala Aero"}}, "x", zakharov)), "responses", "q")
		if path == "/match/default?exclude_dataset=zulu" && len(rs) == 0 {
			continue // on the other list its name is longer
		}
		if len(rs) != 1 || fmt.Sprint(rs[0]["datasets"]) != want {
			t.Errorf("%s: %v", path, rs)
		}
	}
}
