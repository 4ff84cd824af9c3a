package api

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestEntity(t *testing.T) {
	c := newClient(t, Options{})
	x := c.get(200, "/entities/"+zakharovID)
	shaped(t, x)
	family := into(t, x, "properties", "familyPerson", 0).(object)
	if into(t, family, "properties", "relative", 0, "id") != "ofac-45992" {
		t.Errorf("the relative is not inside the link: %v", family)
	}
	if got := family["properties"].(object)["person"]; got != nil {
		t.Errorf("the way back is inside too: %v", got)
	}
	if got := into(t, x, "properties", "directorshipDirector", 0, "properties", "organization", 0, "caption"); !strings.Contains(got.(string), "ZALA") {
		t.Errorf("organization: %v", got)
	}
	if got := into(t, x, "properties", "sanctions", 0, "schema"); got != "Sanction" {
		t.Errorf("sanctions: %v", got)
	}
	group := c.get(200, "/entities/ofac-45995") // links of others that name it
	shaped(t, group)
	if got := into(t, group, "properties", "directorshipOrganization", 0, "properties", "director", 0, "id"); got != zakharovID {
		t.Errorf("director: %v", got)
	}
	own := into(t, group, "properties", "ownershipOwner", 0).(object)
	if into(t, own, "properties", "asset", 0, "id") != "ofac-45996" || into(t, own, "properties", "percentage", 0) != "60" {
		t.Errorf("ownership: %v", own)
	}
	flat := c.get(200, "/entities/"+zakharovID+"?nested=false")
	for name, vs := range flat["properties"].(object) {
		for _, v := range vs.([]any) {
			if _, ok := v.(string); !ok {
				t.Errorf("%s is not flat: %v", name, v)
			}
		}
	}
	address := into(t, group, "properties", "addressEntity", 0, "id").(string)
	if got := c.get(200, "/entities/"+address); got["schema"] != "Address" {
		t.Errorf("the address by its own ID: %v", got)
	}
	if got := c.get(404, "/entities/banana")["detail"]; got != "No such entity!" {
		t.Errorf("detail: %v", got)
	}
	c.get(422, "/entities/"+zakharovID+"?nested=perhaps")
	for path, to := range map[string]string{
		"/entities/ofac-45937": "/entities/ofac-45936", "/entities/gb-hmt-14196?nested=false": "/entities/ofac-45936?nested=false",
		"/entities/ofac-45937/adjacent": "/entities/ofac-45936/adjacent",
	} {
		res, _ := c.do(httptest.NewRequest("GET", path, nil))
		if res.StatusCode != 308 || res.Header.Get("Location") != to {
			t.Errorf("%s: %d to %q, want 308 to %q", path, res.StatusCode, res.Header.Get("Location"), to)
		}
	}
}

func TestAdjacent(t *testing.T) {
	c := newClient(t, Options{})
	o := c.get(200, "/entities/"+zakharovID+"/adjacent")
	if into(t, o, "entity", "id") != zakharovID {
		t.Errorf("entity: %v", o["entity"])
	}
	if got := sortedKeys(o["adjacent"].(object)); !slices.Equal(got, []string{"directorshipDirector", "familyPerson", "identification", "sanctions"}) {
		t.Errorf("adjacent: %v", got)
	}
	p := into(t, o, "adjacent", "familyPerson").(object)
	q := c.get(200, "/entities/"+zakharovID+"/adjacent/familyPerson")
	if fmt.Sprint(p) != fmt.Sprint(q) || total(t, q) != 1 || q["limit"] != 10.0 || q["offset"] != 0.0 {
		t.Errorf("one property:\n%v\n%v", p, q)
	}
	shaped(t, results(t, q)[0])
	q = c.get(200, "/entities/"+zakharovID+"/adjacent/familyPerson?offset=1")
	if total(t, q) != 1 || len(results(t, q)) != 0 {
		t.Errorf("the next page: %v", q)
	}
	q = c.get(200, "/entities/"+zakharovID+"/adjacent/ownershipOwner")
	if total(t, q) != 0 {
		t.Errorf("nothing there: %v", q)
	}
	for _, prop := range []string{"banana", "name"} {
		if got := c.get(404, "/entities/"+zakharovID+"/adjacent/"+prop)["detail"]; got != "No such property!" {
			t.Errorf("%s: %v", prop, got)
		}
	}
	c.get(404, "/entities/banana/adjacent")
	c.get(404, "/entities/"+zakharovID+"/adjacent/a/b")
}
