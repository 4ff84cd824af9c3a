package api

import (
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// The real list, and what people ask of it.
func TestSDN(t *testing.T) {
	book := realBook(t)
	book.text() // a slow machine may take longer than a client waits
	c := newClient(t, Options{Lists: &shelf{book: book}})
	for _, x := range []struct{ schema, name, id string }{
		{"Organization", "Lazarus Group", "ofac-27307"},
		{"Organization", "LAZARUS GRUOP", "ofac-27307"},
		{"LegalEntity", "Hidden Cobra", "ofac-27307"},
		{"Person", "Kim Jong Un", "ofac-20157"},
		{"Company", "Stroygazmontazh", "ofac-16828"},
		{"Person", "Arkadiii Romanovich Rotenberg", "ofac-16669"},
		{"Person", "Ротенберг Аркадий Романович", "ofac-16669"},
		{"Person", "aleksandrvyacheslavovichzakharov", "ofac-45937"},
	} {
		o := c.post(200, "/match/us_ofac_sdn", queries("q", object{"schema": x.schema, "properties": object{"name": x.name}}))
		got := results(t, o, "responses", "q")
		if len(got) == 0 || got[0]["id"] != x.id {
			t.Errorf("%s: found %v, want %s", x.name, ids(got), x.id)
			continue
		}
		shaped(t, got[0])
		shaped(t, c.get(200, "/entities/"+x.id))
	}
	o := c.post(200, "/match/default", queries("q", object{"schema": "CryptoWallet", "properties": object{"publicKey": "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"}}))
	if got := results(t, o, "responses", "q"); len(got) != 1 || into(t, got[0], "properties", "holder", 0) != "ofac-27307" {
		t.Errorf("a wallet: %v", got)
	}
	for q, most := range map[string]int{"lazarus": 5, "north korea": 2000, "(sinaloa OR cartel) -mexico": 1000} {
		start := time.Now()
		if n := total(t, c.get(200, "/search/default?q="+url.QueryEscape(q))); n == 0 || n > most {
			t.Errorf("%s: %d found", q, n)
		}
		t.Logf("%s took %s", q, time.Since(start))
	}
	start := time.Now()
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, httptest.NewRequest("GET", "/search/default?fuzzy=true&facets=identifiers&q=alexandre%20petrov&sort=caption", nil))
	t.Logf("errors allowed, sorted: %d bytes in %s", w.Body.Len(), time.Since(start))
}
