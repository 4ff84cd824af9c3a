package api

import (
	"slices"
	"strings"
	"testing"
)

func TestReconcile(t *testing.T) {
	c := newClient(t, Options{})
	o := c.get(200, "/reconcile/zala?api_key=k")
	if !strings.HasPrefix(o["identifierSpace"].(string), "https://www.opensanctions.org") || len(into(t, o, "defaultTypes").([]any)) <= 3 {
		t.Errorf("manifest: %v", o)
	}
	if got := into(t, o, "suggest", "entity", "service_path"); got != "/suggest/entity?api_key=k" {
		t.Errorf("service_path: %v", got)
	}
	into(t, o, "extend", "propose_properties", "service_url")

	o = c.form(200, "/reconcile/zala", "queries", `{"mutti": {"query": "Alexander ZAKHAROV"}, "n": {"query": "Zakharov Alexander", "type": ["Person"], "limit": 1,
		"properties": [{"pid": "Person:birthDate", "v": "1965"}, {"pid": "x", "v": []}]}}`)
	for _, k := range []string{"mutti", "n"} {
		first := into(t, o, k, "result", 0).(object)
		if first["id"] != zakharovID || first["match"] != true || into(t, first, "type", 0, "id") != "Person" {
			t.Errorf("%s: %v", k, first)
		}
	}
	if n := len(into(t, o, "n", "result").([]any)); n != 1 {
		t.Errorf("%d rows with limit 1", n)
	}
	c.form(400, "/reconcile/zala", "queries", `{"mutti": {"type": "Banana"}}`)
	c.form(400, "/reconcile/zala", "queries", `{"mutti": `)
	c.form(400, "/reconcile/zala", "queries", `[]`)
	c.form(400, "/reconcile/zala")
	c.form(404, "/reconcile/banana", "queries", `{"mutti": {"query": "x"}}`)
	c.form(400, "/reconcile/zala", "queries", "{"+strings.Repeat(`"a":{},`, 100)+`"b":{}}`)
}

func TestReconcileExtend(t *testing.T) {
	c := newClient(t, Options{})
	o := c.form(200, "/reconcile/zala", "extend", `{"ids": ["ofac-45936", "nobody"], "properties": [{"id": "name"}, {"id": "birthDate"}, {"id": "banana"}, {"id": "nationality", "settings": {"render": "raw"}}]}`)
	if got := into(t, o, "meta").([]any); len(got) != 3 || into(t, o, "meta", 0, "id") != "name" {
		t.Errorf("meta: %v", got)
	}
	if got := into(t, o, "rows", zakharovID, "name", 0, "str").(string); !strings.Contains(strings.ToLower(got), "zakharov") {
		t.Errorf("name: %v", got)
	}
	if got := into(t, o, "rows", zakharovID, "nationality", 0, "str"); got != "ru" {
		t.Errorf("raw: %v", got)
	}
	o = c.form(200, "/reconcile/zala", "extend", `{"ids": ["ofac-45936"], "properties": [{"id": "nationality"}, {"id": "name", "settings": {"limit": 1}}]}`)
	if got := into(t, o, "rows", zakharovID, "nationality", 0, "str"); got != "Russia" {
		t.Errorf("in words: %v", got)
	}
	if got := into(t, o, "rows", zakharovID, "name").([]any); len(got) != 1 {
		t.Errorf("limit: %v", got)
	}
	c.form(400, "/reconcile/zala", "extend", `{"ids": ["ofac-45937"], "properties": []}`) // merged
	c.form(400, "/reconcile/zala", "extend", `x`)
	o = c.get(200, "/reconcile/zala/extend/property?limit=5&type=LegalEntity")
	var got []string
	for _, p := range into(t, o, "properties").([]any) {
		got = append(got, p.(object)["id"].(string))
	}
	if len(got) != 5 || !slices.Contains(got, "name") || !slices.Contains(got, "country") || o["type"] != "LegalEntity" || o["limit"] != 5.0 {
		t.Errorf("properties: %v", o)
	}
	c.get(400, "/reconcile/zala/extend/property?limit=5&type=Banana")
}

func TestReconcileSuggest(t *testing.T) {
	c := newClient(t, Options{})
	for path, want := range map[string][]string{
		"entity": {}, "entity?prefix=alexander%20zak": {zakharovID}, "entity?prefix=banana%20man": {},
		"property": {}, "property?prefix=banana": {},
		"type": {}, "type?prefix=organ": {"Organization"}, "type?prefix=banana": {},
	} {
		o := c.get(200, "/reconcile/zala/suggest/"+path)
		got := []string{}
		for _, x := range into(t, o, "result").([]any) {
			got = append(got, x.(object)["id"].(string))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	var got []string
	for _, x := range into(t, c.get(200, "/reconcile/zala/suggest/property?prefix=country"), "result").([]any) {
		got = append(got, x.(object)["id"].(string))
	}
	if !slices.Contains(got, "LegalEntity:mainCountry") || !slices.Contains(got, "Thing:country") {
		t.Errorf("properties: %v", got)
	}
	c.get(404, "/reconcile/zala/suggest/banana")
	c.get(404, "/reconcile/banana/suggest/type")
}
