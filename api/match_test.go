package api

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// The tests of this file restate what the other service's own tests promise to clients.

const zakharovID = "ofac-45936"

var zakharov = object{"schema": "Person", "properties": object{
	"name": []string{"Alexander Vyacheslavovich ZAKHAROV"}, "birthDate": []string{"1965"}, "country": "Russia",
}}

var manyNames = object{"schema": "Person", "properties": object{"name": []string{
	"Alexander Vyacheslavovich ZAKHAROV", "Aleksandr Vyacheslavovich Zakharov", "Александр Вячеславович Захаров",
	"Александр ЗАХАРОВ", "Захаров Александр Вячеславович", "Zakharov Aleksandr Vyacheslavovich", "Aleksandr Vjačeslavovič Zacharov",
}}}

func queries(kv ...any) object {
	qs := object{}
	for i := 0; i < len(kv); i += 2 {
		qs[kv[i].(string)] = kv[i+1]
	}
	return object{"queries": qs}
}

func TestMatch(t *testing.T) {
	c := newClient(t, Options{})
	o := c.post(200, "/match/zala", queries("vv", zakharov, "xx", zakharov, "zz", zakharov))
	for _, k := range []string{"vv", "xx", "zz"} {
		if got := into(t, o, "responses", k, "query", "properties", "country", 0); got != "ru" {
			t.Errorf("country is echoed as %v", got)
		}
		if got := into(t, o, "responses", k, "query", "schema"); got != "Person" {
			t.Errorf("schema is echoed as %v", got)
		}
		if n := into(t, o, "responses", k, "total", "value").(float64); n < 1 {
			t.Errorf("total is %v", n)
		}
		first := results(t, o, "responses", k)[0]
		if first["id"] != zakharovID || first["match"] != true || first["score"].(float64) <= 0.70 {
			t.Errorf("found %v, match %v, score %v", first["id"], first["match"], first["score"])
		}
		shaped(t, first)
		for name, x := range first["explanations"].(object) {
			for _, f := range []string{"detail", "score", "query", "candidate"} {
				if _, ok := x.(object)[f]; !ok {
					t.Errorf("explanation %s has no %s", name, f)
				}
			}
		}
	}
	if o["limit"] != 5.0 {
		t.Errorf("limit is %v", o["limit"])
	}
}

func TestMatchAlgorithm(t *testing.T) {
	c := newClient(t, Options{})
	c.post(400, "/match/zala?algorithm=neural-net", queries("q", zakharov))
	for _, a := range []string{"best", "logic-v2", "ofac", "name-based", "name-qualified", "logic-v1", "regression-v1", "Name-Based"} {
		first := results(t, c.post(200, "/match/zala?algorithm="+a, queries("q", zakharov)), "responses", "q")[0]
		if first["id"] != zakharovID || first["score"].(float64) <= 0.70 {
			t.Errorf("%s: %v %v", a, first["id"], first["score"])
		}
	}
}

func TestMatchRefuses(t *testing.T) {
	c := newClient(t, Options{})
	good := object{"schema": "Person", "properties": object{"name": []string{"Vladimir Putin"}}}
	many := object{}
	for i := range 101 {
		many[fmt.Sprint(i)] = good
	}
	for _, x := range []struct {
		name string
		code int
		path string
		body any
		says string
	}{
		{"no schema", 422, "", queries("fail", object{"properties": object{"name": "Banana"}}), "Field required"},
		{"no properties", 422, "", queries("fail", object{"schema": "Person"}), "Field required"},
		{"unknown schema spoils the batch", 400, "", queries("fail", object{"schema": "xxx", "properties": object{"name": "Banana"}}, "ok1", good, "ok2", good), "Unknown schema"},
		{"schema that nobody searches for", 400, "", queries("q", object{"schema": "Sanction", "properties": object{"name": "Banana"}}), "Non-matchable"},
		{"no queries", 400, "", object{"queries": object{}}, "No queries"},
		{"queries missing", 422, "", object{}, "Field required"},
		{"too many queries", 400, "", object{"queries": many}, "Too many queries"},
		{"no JSON", 422, "", `{"queries":`, "JSON decode error"},
		{"a list", 422, "", `[1,2]`, "valid dictionary"},
		{"empty", 422, "", ``, "JSON decode error"},
		{"a number for a value", 422, "", queries("q", object{"schema": "Person", "properties": object{"birthDate": 1965}}), "valid string"},
		{"weights of words", 422, "", `{"queries":{},"weights":{"a":"b"}}`, "valid number"},
		{"unknown dataset", 404, "/match/banana", queries("q", good), "No such dataset."},
		{"limit too high", 422, "/match/zala?limit=501", queries("q", good), "less than or equal to 500"},
		{"limit no number", 422, "/match/zala?limit=many", queries("q", good), "valid integer"},
		{"since when", 422, "/match/zala?changed_since=yesterday", queries("q", good), "match pattern"},
		{"too many exclusions", 422, "/match/zala?" + strings.Repeat("exclude_entity_ids=a&", 51), queries("q", good), "at most 50 items"},
		{"unknown config", 400, "/match/zala?algorithm=logic-v2", object{"queries": object{"q": good}, "config": object{"invalid_option": 0.4}}, "Invalid configuration parameter: invalid_option"},
		{"config of another engine", 400, "", object{"queries": object{"q": good}, "config": object{"nm_extra_query_name": 0.8}}, "nm_extra_query_name for algorithm logic-v2, which has nm_number_mismatch"},
		{"config of names alone", 400, "/match/zala?algorithm=ofac", object{"queries": object{"q": good}, "config": object{"nm_number_mismatch": 0.3}}, "algorithm ofac, which has none"},
		{"config that is no number", 400, "", object{"queries": object{"q": good}, "config": object{"nm_number_mismatch": "much"}}, "a number from 0 to 1"},
		{"weight of another engine", 400, "", object{"queries": object{"q": good}, "weights": object{"name_literal": 0.8}}, "which has name_match, kind, date_of_birth"},
		{"weight of what names do not say", 400, "/match/zala?algorithm=name-based", object{"queries": object{"q": good}, "weights": object{"gender": 0}}, "gender is no part of a score of algorithm name-based"},
		{"a weight below nothing", 400, "", object{"queries": object{"q": good}, "weights": object{"gender": -1}}, "not between 0"},
		{"too great a weight", 400, "", object{"queries": object{"q": good}, "weights": object{"gender": 11}}, "and 10"},
		{"a name too long", 400, "", queries("q", object{"schema": "Person", "properties": object{"name": strings.Repeat("x", 1001)}}), "more than 1000 characters"},
		{"no UTF-8", 400, "", "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":\"\xff\"}}}}", "not valid UTF-8"},
		{"nested too deep", 422, "", `{"queries":` + strings.Repeat("[", 100_000), "nested deeper"},
	} {
		path := x.path
		if path == "" {
			path = "/match/zala"
		}
		o := c.post(x.code, path, x.body)
		if got := fmt.Sprint(o["detail"]); !strings.Contains(got, x.says) {
			t.Errorf("%s: detail is %q, want %q in it", x.name, got, x.says)
		}
	}
	// The other service's tests want a known option to pass.
	c.post(200, "/match/zala?algorithm=logic-v2", object{"queries": object{"vv": zakharov}, "config": object{"nm_number_mismatch": 0.4}, "weights": object{}})
}

// Weights and config do what they say, and the explanation tells it.
func TestMatchWeighing(t *testing.T) {
	c := newClient(t, Options{})
	best := func(q object, body object) object {
		t.Helper()
		body["queries"] = object{"q": q}
		rs := results(t, c.post(200, "/match/zala?threshold=0.01", body), "responses", "q")
		if len(rs) == 0 {
			t.Fatalf("nothing found with %v", body)
		}
		return rs[0]
	}
	person := func(kv ...string) object {
		props := object{"name": "Alexander Zakharov"}
		for i := 0; i < len(kv); i += 2 {
			props[kv[i]] = kv[i+1]
		}
		return object{"schema": "Person", "properties": props}
	}
	raw := func(x object) float64 { return into(t, x, "navicert", "score").(float64) }
	near := func(a, b float64) bool { return a-b < 1e-3 && b-a < 1e-3 }
	bare := raw(best(person(), object{}))
	for _, x := range []struct{ feature, prop, value string }{
		{"date_of_birth", "birthDate", "1990"}, {"country", "nationality", "fr"}, {"gender", "gender", "female"}, {"document", "taxNumber", "183102546703"},
	} {
		asked := person(x.prop, x.value)
		once := raw(best(asked, object{}))
		if near(once, bare) {
			t.Errorf("%s does nothing", x.feature)
		}
		for w, want := range map[float64]float64{0: bare, 1: once, 2: bare + 2*(once-bare), 0.5: (bare + once) / 2} {
			got := best(asked, object{"weights": object{x.feature: w}})
			if !near(raw(got), want) {
				t.Errorf("%s %g times: %g, want %g", x.feature, w, raw(got), want)
			}
			told := into(t, got, "explanations", x.feature, "detail").(string)
			if strings.Contains(told, "as asked") != (w != 1) || !near(into(t, got, "explanations", x.feature, "score").(float64), w*(once-bare)) {
				t.Errorf("%s %g times: %v", x.feature, w, got["explanations"])
			}
		}
	}
	if got := raw(best(person(), object{"weights": object{"name_match": 0.5}})); !near(got, bare/2) {
		t.Errorf("half the names: %g, want %g", got, bare/2)
	}
	// What a weight lifts over the threshold is found, and what it presses below is not.
	for w, found := range map[float64]bool{0: true, 1: true, 10: false} {
		rs := results(t, c.post(200, "/match/zala", object{"weights": object{"date_of_birth": w}, "queries": object{"q": person("birthDate", "1990")}}), "responses", "q")
		if (len(rs) > 0) != found {
			t.Errorf("another day of birth, %g times: %v", w, ids(rs))
		}
	}

	ship := object{"schema": "Vessel", "properties": object{"name": "Ocean Star 2"}}
	less := object{"config": object{"nm_number_mismatch": 0.4}}
	a, b := best(ship, object{}), best(ship, less)
	if got, want := b["score"].(float64), 0.6*a["score"].(float64); !near(got, want) {
		t.Errorf("another number: %g, want %g", got, want)
	}
	if told := into(t, b, "explanations", "name_match", "detail").(string); !strings.Contains(told, "the numbers differ") {
		t.Errorf("%s", told)
	}
	for _, q := range []object{{"schema": "Vessel", "properties": object{"name": "Ocean Star"}}, person()} { // no number; no thing
		if a, b := raw(best(q, object{})), raw(best(q, less)); a != b {
			t.Errorf("%v: %g, want %g", q, b, a)
		}
	}
}

func TestMatchManyNames(t *testing.T) {
	c := newClient(t, Options{})
	for _, algorithm := range []string{"logic-v1", "best"} {
		a := results(t, c.post(200, "/match/zala?algorithm="+algorithm, queries("q", manyNames)), "responses", "q")
		b := results(t, c.post(200, "/match/zala?fuzzy=false&algorithm="+algorithm, queries("q", manyNames)), "responses", "q")
		if len(a) == 0 || len(a) != len(b) {
			t.Errorf("%s: %d and %d results", algorithm, len(a), len(b))
		}
	}
}

func TestMatchDatasets(t *testing.T) {
	c := newClient(t, Options{})
	for _, x := range []struct {
		params string
		found  bool
	}{
		{"", true},
		{"exclude_dataset=zala", false},
		{"include_dataset=ae_local_terrorists&include_dataset=mx_governors", false},
		{"include_dataset=zala&include_dataset=ae_local_terrorists", true},
		{"include_dataset=zala&include_dataset=mx_governors&include_dataset=ae_local_terrorists&exclude_dataset=zala", false},
		{"topics=crime.cyber", false},
		{"topics=sanction", true},
		{"topics=crime.cyber&topics=sanction", true},
		{"exclude_schema=Person", false},
		{"exclude_schema=Vessel", true},
		{"changed_since=2099-01-01T00:00", false},
		{"changed_since=2020-01-01", true},
		{"exclude_entity_ids=" + zakharovID, false},
		{"exclude_entity_ids=ofac-45937", false}, // one that was merged into it
		{"exclude_entity_ids=ofac-1", true},
	} {
		got := results(t, c.post(200, "/match/zala?algorithm=name-based&"+x.params, queries("vv", zakharov)), "responses", "vv")
		if (len(got) > 0) != x.found {
			t.Errorf("%s: %v", x.params, ids(got))
		}
	}
}

func TestMatchEcho(t *testing.T) {
	c := newClient(t, Options{})
	q := object{"id": "zakharov", "schema": "Person", "properties": object{
		"name": []any{"Alexander  Zakharov "}, "birthDate": []any{1965, "1965-1-2", "soon"}, "nationality": []string{"RU", "Mars", "Deutschland", "Germany"},
		"gender": "M", "banana": "x", "ownershipOwner": "x",
	}}
	o := c.post(200, "/match/zala", queries("no1", q))
	props := into(t, o, "responses", "no1", "query", "properties").(object)
	if into(t, o, "responses", "no1", "query", "id") != "zakharov" || into(t, o, "responses", "no1", "query", "schema") != "Person" {
		t.Errorf("id or schema is not passed through: %v", o)
	}
	want := `map[birthDate:[1965 1965-01-02] gender:[male] name:[Alexander Zakharov] nationality:[ru de]]`
	if got := fmt.Sprint(props); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	o = c.post(200, "/match/zala", queries("q", object{"schema": "Person", "properties": object{"firstName": "Alexander", "lastName": []string{"Zakharov"}}}))
	if got := into(t, o, "responses", "q", "query", "properties", "alias", 0); got != "Alexander Zakharov" {
		t.Errorf("the name is %v", got)
	}
	if got := results(t, o, "responses", "q"); len(got) == 0 || got[0]["id"] != zakharovID {
		t.Errorf("found %v", ids(got))
	}
}

func TestMatchWithoutSpaces(t *testing.T) {
	c := newClient(t, Options{})
	o := c.post(200, "/match/zala", queries("a", object{"schema": "Person", "properties": object{"name": []string{"alexandervyacheslavovichzakharov", "foo bar"}}}))
	if got := results(t, o, "responses", "a"); len(got) == 0 || got[0]["id"] != zakharovID {
		t.Errorf("found %v", ids(got))
	}
}

func TestMatchTypingErrors(t *testing.T) {
	c := newClient(t, Options{})
	o := c.post(200, "/match/zala?threshold=0.2", queries("a", object{"schema": "Person", "properties": object{"name": "Aiexandvr Zakharom"}}))
	if got := results(t, o, "responses", "a"); len(got) == 0 || got[0]["id"] != zakharovID {
		t.Errorf("found %v", ids(got))
	}
}

func TestMatchSchema(t *testing.T) {
	c := newClient(t, Options{})
	for _, x := range []struct {
		schema, name string
		found        bool
	}{
		{"Person", "Alexander Zakharov", true},
		{"LegalEntity", "Alexander Zakharov", true},
		{"Thing", "Alexander Zakharov", true},
		{"Company", "Alexander Zakharov", false},
		{"Vessel", "Ocean Star", true},
		{"Vehicle", "Ocean Star", true},
		{"Person", "Ocean Star", false},
		{"Company", "Aeroscan LLC", true},
		{"Organization", "Aeroscan LLC", true},
		{"Person", "Aeroscan LLC", false},
	} {
		if x.schema == "Vehicle" { // not matchable in the model
			c.post(400, "/match/zala", queries("q", object{"schema": x.schema, "properties": object{"name": x.name}}))
			continue
		}
		o := c.post(200, "/match/zala", queries("q", object{"schema": x.schema, "properties": object{"name": x.name}}))
		if got := results(t, o, "responses", "q"); (len(got) > 0) != x.found {
			t.Errorf("%s %q: found %v", x.schema, x.name, ids(got))
		}
	}
}

func TestMatchThresholds(t *testing.T) {
	c := newClient(t, Options{})
	total := func(o object) int { return int(into(t, o, "responses", "q", "total", "value").(float64)) }
	o := c.post(200, "/match/zala?threshold=0.99999&cutoff=0", queries("q", object{"schema": "Person", "properties": object{"name": "Zakharov"}}))
	rs := results(t, o, "responses", "q")
	if len(rs) == 0 || rs[0]["match"] != false || total(o) != 0 {
		t.Errorf("what is below the threshold is shown and no match: %v, total %d", ids(rs), total(o))
	}
	if !slices.IsSortedFunc(rs, func(a, b object) int { return int(1e9 * (b["score"].(float64) - a["score"].(float64))) }) {
		t.Errorf("not the best first: %v", rs)
	}
	// A cutoff above the threshold would be odd; the threshold counts.
	o = c.post(200, "/match/zala?threshold=0.1&cutoff=0.9&limit=1", queries("q", object{"schema": "Person", "properties": object{"name": "Zakharov Svetlana"}}))
	if rs = results(t, o, "responses", "q"); len(rs) != 1 || total(o) < 1 {
		t.Errorf("%v, total %d", ids(rs), total(o))
	}
	if o = c.post(200, "/match/zala?limit=0", queries("q", zakharov)); len(results(t, o, "responses", "q")) != 0 || total(o) == 0 {
		t.Errorf("limit 0 shows nothing and counts all the same")
	}
}

// What the contract has no words for.
func TestMatchOwn(t *testing.T) {
	c := newClient(t, Options{})
	q := object{"schema": "Person", "properties": object{"name": "Alexander Zakharov"}}
	own := func(kv ...any) object {
		o := object{}
		for k, v := range q {
			o[k] = v
		}
		for i := 0; i < len(kv); i += 2 {
			o[kv[i].(string)] = kv[i+1]
		}
		return o
	}
	o := c.post(200, "/match/zala", queries("a", own("exclude_entity_ids", []string{zakharovID}), "b", q, "c", own("exclude_dataset", []string{"zala"}),
		"d", own("limit", 0), "e", own("threshold", 0.999999)))
	for k, found := range map[string]bool{"a": false, "b": true, "c": false, "d": false, "e": true} {
		got := results(t, o, "responses", k)
		if slices.Contains(ids(got), zakharovID) != found {
			t.Errorf("%s: %v", k, ids(got))
		}
		if k == "e" && len(got) > 0 && got[0]["match"] != false {
			t.Errorf("threshold of its own: %v", got[0])
		}
	}
	l := into(t, o, "navicert", "lists", 0).(object)
	if l["dataset"] != "zala" || l["date"] != "2025-12-23" || len(l["hash"].(string)) != 64 || !strings.HasPrefix(l["version"].(string), "20251223000000-") {
		t.Errorf("lists: %v", l)
	}
	n := into(t, o, "responses", "b", "results", 0, "navicert").(object)
	for _, k := range []string{"score", "similarity", "completeness"} {
		if f, ok := n[k].(float64); !ok || f <= 0 {
			t.Errorf("%s: %v", k, n[k])
		}
	}
}

// A mark that says which end a text has is no fault of who asks.
func TestByteOrderMark(t *testing.T) {
	newClient(t, Options{}).post(200, "/match/zala", "\ufeff"+`{"queries":{"q":{"schema":"Person","properties":{"name":"x y"}}}}`)
}

func TestBatchSize(t *testing.T) {
	c := newClient(t, Options{})
	r := httptest.NewRequest("POST", "/match/zala", strings.NewReader(`{"queries":{"b":{"schema":"Person","properties":{"name":"x y"}},"a":{"schema":"Person","properties":{}}}}`))
	res, _ := c.do(r)
	if got := res.Header.Get("X-Batch-Size"); got != "2" {
		t.Errorf("X-Batch-Size: %q", got)
	}
}
