package api

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHealth(t *testing.T) {
	c := newClient(t, Options{})
	for _, p := range []string{"/healthz", "/readyz"} {
		if got := c.get(200, p)["status"]; got != "ok" {
			t.Errorf("%s: %v", p, got)
		}
	}
	c = newClient(t, Options{Lists: &shelf{err: errEmpty}})
	c.get(200, "/healthz")
	if got := c.get(503, "/readyz")["detail"]; got != "Index not ready." {
		t.Errorf("readyz: %v", got)
	}
	r := httptest.NewRequest("POST", "/match/default", strings.NewReader(`{"queries":{"q":{"schema":"Person","properties":{}}}}`))
	if res, _ := c.do(r); res.StatusCode != 503 || res.Header.Get("Retry-After") == "" {
		t.Errorf("match without lists: %d", res.StatusCode)
	}
}

func TestCatalog(t *testing.T) {
	c := newClient(t, Options{})
	for _, path := range []string{"/catalog", "/manifest"} {
		r := httptest.NewRequest("GET", path, nil)
		res, o := c.do(r)
		etag := res.Header.Get("ETag")
		if res.StatusCode != 200 || etag == "" || res.Header.Get("Cache-Control") != "public, max-age=300" {
			t.Fatalf("%s: %d, %v", path, res.StatusCode, res.Header)
		}
		if got := names(t, o, "datasets"); !slices.Equal(got, []string{"zala", "default", "sanctions", "all"}) {
			t.Errorf("datasets: %v", got)
		}
		d := into(t, o, "datasets", 0).(object)
		if d["load"] != true || d["index_current"] != true || d["version"] != d["index_version"] || !slices.Contains(o["current"].([]any), any("zala")) {
			t.Errorf("dataset: %v", d)
		}
		if got := into(t, o, "datasets", 1).(object); got["index_version"] != d["version"] || into(t, got, "children", 0) != "zala" {
			t.Errorf("default: %v", got)
		}
		for tag, code := range map[string]int{etag: 304, `"stale"`: 200, "*": 304, `"a", ` + etag: 304} {
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("If-None-Match", tag)
			w := httptest.NewRecorder()
			c.h.ServeHTTP(w, r)
			if w.Code != code || w.Header().Get("ETag") != etag || code == 304 && w.Body.Len() > 0 {
				t.Errorf("If-None-Match %s: %d, %d bytes, ETag %s", tag, w.Code, w.Body.Len(), w.Header().Get("ETag"))
			}
		}
	}
}

// Of several lists there are collections, each the newest day of its lists.
func TestCatalogCollections(t *testing.T) {
	book := bookOf(t, zalaBook(t).Lists[0], snapshotOf(t, listInfo("eu-fsf", "2026-01-31"), zala()[:1]))
	o := newClient(t, Options{Lists: &shelf{book: book}}).get(200, "/catalog")
	if got := names(t, o, "datasets"); !slices.Equal(got, []string{"zala", "eu_fsf", "default", "sanctions", "all"}) {
		t.Errorf("datasets: %v", got)
	}
	d := into(t, o, "datasets", 2).(object)
	if got := fmt.Sprintf("%v %v %v", d["children"], d["updated_at"], d["entity_count"]); got != "[zala eu_fsf] 2026-01-31T00:00:00 11" {
		t.Errorf("default: %s", got)
	}
}

func TestAlgorithms(t *testing.T) {
	c := newClient(t, Options{})
	o := c.get(200, "/algorithms")
	got := names(t, o, "algorithms")
	if len(got) <= 3 || !slices.Contains(got, "logic-v1") || o["best"] != "logic-v2" || o["default"] != "best" {
		t.Errorf("algorithms: %v", o)
	}
	for i, name := range got {
		config := into(t, o, "algorithms", i, "docs", "config").(object)
		if alone := name == "ofac" || name == "name-based"; (config[numberMismatch] == nil) != alone {
			t.Errorf("%s: config %v", name, config)
		}
		into(t, o, "algorithms", i, "features", "name_match", "coefficient")
		c.post(200, "/match/zala?algorithm="+name, queries("q", zakharov))
	}
}

func TestUpdate(t *testing.T) {
	lists := &shelf{book: zalaBook(t)}
	c := newClient(t, Options{Lists: lists, Token: "secret"})
	c.get(405, "/updatez")
	for _, p := range []string{"/updatez", "/updatez?sync=true", "/updatez?token=", "/updatez?token=wrong&sync=true"} {
		if got := c.post(403, p, "")["detail"]; got != "Invalid token." {
			t.Errorf("%s: %v", p, got)
		}
	}
	if lists.reloads.Load() != 0 {
		t.Error("reloaded without the token")
	}
	if got := c.post(200, "/updatez?token=secret&sync=true", "")["status"]; got != "ok" || lists.reloads.Load() != 1 {
		t.Errorf("status %v, %d reloads", got, lists.reloads.Load())
	}
	c.post(422, "/updatez?token=secret&sync=perhaps", "")
	newClient(t, Options{}).post(403, "/updatez?token=", "") // a server without a token
}

func TestKeys(t *testing.T) {
	c := newClient(t, Options{Keys: []string{"one", "two"}})
	ask := func(path, header string) int {
		r := httptest.NewRequest("GET", path, nil)
		if header != "" {
			r.Header.Set("Authorization", header)
		}
		res, _ := c.do(r)
		return res.StatusCode
	}
	for header, code := range map[string]int{"": 401, "ApiKey two": 200, "apikey one": 200, "one": 200, "Bearer one": 200, "ApiKey three": 403, "three": 403} {
		if got := ask("/catalog", header); got != code {
			t.Errorf("%q: %d, want %d", header, got, code)
		}
	}
	for path, code := range map[string]int{"/catalog?api_key=one": 200, "/catalog?api_key=three": 403, "/healthz": 200, "/readyz": 200, "/": 200} {
		if got := ask(path, ""); got != code {
			t.Errorf("%s: %d, want %d", path, got, code)
		}
	}
}

func TestRoutes(t *testing.T) {
	c := newClient(t, Options{})
	for _, x := range []struct {
		method, path string
		code         int
		says         string
	}{
		{"GET", "/banana", 404, "Not Found"},
		{"GET", "/statements", 404, "Not Found"},
		{"GET", "/match/zala", 405, "Method Not Allowed"},
		{"POST", "/search/zala", 405, "Method Not Allowed"},
		{"PUT", "/reconcile/zala", 405, "Method Not Allowed"},
		{"DELETE", "/catalog", 405, "Method Not Allowed"},
		{"GET", "/search/zala?q=" + strings.Repeat("a", 59_983), 200, ""}, // 60,000 with the rest
		{"GET", "/search/zala?q=" + strings.Repeat("a", 60_000), 414, "Request URI too long"},
	} {
		res, o := c.do(httptest.NewRequest(x.method, x.path, nil))
		if got, _ := o["detail"].(string); res.StatusCode != x.code || got != x.says {
			t.Errorf("%s %.40s: %d %q, want %d %q", x.method, x.path, res.StatusCode, got, x.code, x.says)
		}
	}
	res, _ := c.do(httptest.NewRequest("GET", "/search/zala/?q=x", nil))
	if got := res.Header.Get("Location"); res.StatusCode != 307 || got != "/search/zala?q=x" {
		t.Errorf("a slash too many: %d to %q", res.StatusCode, got)
	}
	if res, _ := c.do(httptest.NewRequest("GET", "//evil.example/", nil)); strings.HasPrefix(res.Header.Get("Location"), "//") {
		t.Errorf("sent away to %q", res.Header.Get("Location"))
	}
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, httptest.NewRequest("HEAD", "/catalog", nil))
	if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "" {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestCORS(t *testing.T) {
	c := newClient(t, Options{Keys: []string{"k"}})
	r := httptest.NewRequest("OPTIONS", "/match/zala", nil)
	r.Header.Set("Origin", "https://bank.example")
	r.Header.Set("Access-Control-Request-Method", "POST")
	r.Header.Set("Access-Control-Request-Headers", "authorization")
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	h := w.Header()
	if w.Code != 200 || h.Get("Access-Control-Allow-Origin") != "https://bank.example" || !strings.Contains(h.Get("Access-Control-Allow-Methods"), "POST") ||
		h.Get("Access-Control-Allow-Headers") != "authorization" {
		t.Errorf("preflight: %d %v", w.Code, h)
	}
	r = httptest.NewRequest("GET", "/healthz", nil)
	r.Header.Set("Origin", "https://bank.example")
	if res, _ := c.do(r); res.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%v", res.Header)
	}
}

func TestGzip(t *testing.T) {
	c := newClient(t, Options{})
	ask := func(path, accept string) *http.Response {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		c.h.ServeHTTP(w, r)
		return w.Result()
	}
	for accept, zipped := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "": false, "gzip;q=0": false, "identity": false} {
		if got := ask("/catalog", accept).Header.Get("Content-Encoding") == "gzip"; got != zipped {
			t.Errorf("Accept-Encoding %q: gzip %v", accept, got)
		}
	}
	if got := ask("/healthz", "gzip").Header.Get("Content-Encoding"); got != "" {
		t.Errorf("a few bytes are zipped: %q", got)
	}
	z, err := gzip.NewReader(ask("/catalog", "gzip").Body)
	if err != nil {
		t.Fatal(err)
	}
	var o object
	if b, _ := io.ReadAll(z); json.Unmarshal(b, &o) != nil {
		t.Errorf("not JSON: %s", b)
	}
}

func TestPages(t *testing.T) {
	c := newClient(t, Options{})
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 200 || !strings.Contains(w.Body.String(), "/match/{dataset}") {
		t.Errorf("page: %d %s", w.Code, w.Body)
	}
}

func TestAsOf(t *testing.T) {
	old := bookOf(t, snapshotOf(t, listInfo("zala", "2019-06-01"), zala()[6:7]))
	c := newClient(t, Options{Lists: &shelf{book: zalaBook(t), days: map[navicertDay]*Book{day("2020-01-01"): old}}})
	if got := results(t, c.post(200, "/match/zala", queries("q", zakharov)), "responses", "q"); len(got) == 0 {
		t.Error("not found today")
	}
	o := c.post(200, "/match/zala?as_of=2020-01-01", queries("q", zakharov))
	if got := results(t, o, "responses", "q"); len(got) != 0 || into(t, o, "navicert", "as_of") != "2020-01-01" || into(t, o, "navicert", "lists", 0, "date") != "2019-06-01" {
		t.Errorf("as of 2020: %v", o)
	}
	if got := total(t, c.get(200, "/search/zala?as_of=2020-01-01&schema=Person")); got != 1 {
		t.Errorf("%d were listed", got)
	}
	c.get(404, "/entities/"+zakharovID+"?as_of=2020-01-01")
	c.get(422, "/search/zala?as_of=yesterday")
	c.get(400, "/search/zala?as_of=2001-01-01")
}

func TestQueue(t *testing.T) {
	s := New(Options{Lists: &shelf{book: zalaBook(t)}, Parallel: 1, Queue: 1})
	c := client{t, s}
	s.slots <- struct{}{} // somebody is being answered
	first := make(chan int)
	go func() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "/search/zala", nil))
		first <- w.Code
	}()
	for s.waiting.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	res, o := c.do(httptest.NewRequest("GET", "/search/zala", nil))
	if res.StatusCode != 503 || res.Header.Get("Retry-After") != "1" || o["detail"] == nil {
		t.Errorf("the queue is full: %d %v", res.StatusCode, o)
	}
	c.get(200, "/healthz") // which waits for nobody
	<-s.slots
	if code := <-first; code != 200 {
		t.Errorf("who waited got %d", code)
	}
}
