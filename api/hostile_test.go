package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"navicert"
)

// zeros is a body of n bytes that nobody has to hold.
type zeros struct{ left int }

func (z *zeros) Read(b []byte) (int, error) {
	if z.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(b), z.left)
	for i := range b[:n] {
		b[i] = ' '
	}
	z.left -= n
	return n, nil
}

func TestLargeBodies(t *testing.T) {
	c := newClient(t, Options{})
	for _, known := range []bool{true, false} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := httptest.NewRequest("POST", "/match/zala", &zeros{100 << 20})
		if r.ContentLength = -1; known {
			r.ContentLength = 100 << 20
		}
		res, o := c.do(r)
		runtime.ReadMemStats(&after)
		if got, _ := o["detail"].(string); res.StatusCode != 413 || !strings.Contains(got, "8 MiB") {
			t.Errorf("length known %v: %d %v", known, res.StatusCode, o)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 96<<20 {
			t.Errorf("length known %v: %d MiB of memory", known, got>>20)
		}
	}
	for packing, want := range map[string]int{"br": 415, "gzip, gzip": 415, "gzip": 400, "identity": 400, "": 400} {
		r := httptest.NewRequest("POST", "/match/zala", strings.NewReader(`{"queries":{}}`))
		r.Header.Set("Content-Encoding", packing)
		if res, o := c.do(r); res.StatusCode != want {
			t.Errorf("packed as %q: %d %v", packing, res.StatusCode, o)
		}
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = io.Copy(z, &zeros{200 << 20})
	_ = z.Close()
	r := httptest.NewRequest("POST", "/match/zala", &bomb)
	r.Header.Set("Content-Encoding", "gzip")
	if res, _ := c.do(r); res.StatusCode != 413 {
		t.Errorf("a bomb: %d", res.StatusCode)
	}
}

func TestHostileQueries(t *testing.T) {
	c := newClient(t, Options{})
	person := func(names ...string) object {
		return queries("q", object{"schema": "Person", "properties": object{"name": names}})
	}
	thousands := make([]string, 10_000)
	for i := range thousands {
		thousands[i] = fmt.Sprint("name ", i)
	}
	if got := c.post(400, "/match/zala", person(thousands...))["detail"].(string); !strings.Contains(got, "10000 values") {
		t.Errorf("ten thousand names: %s", got)
	}
	o := c.post(200, "/match/zala", person("\u202evorahkaZ rednaxelA\u202c Alexander Zakharov", "\u200bAlexander\u200b \ufeffZakharov", "Αlехаndеr Zаkhаrоv"))
	if got := results(t, o, "responses", "q"); len(got) == 0 || got[0]["id"] != zakharovID {
		t.Errorf("turned, unseen and foreign letters: %v", ids(got))
	}
	for _, name := range []string{"", " ", "\x00", "💥", strings.Repeat("a ", 90), strings.Repeat("\u0301", 900), "\u202e", "--", "' OR 1=1", "${jndi:ldap://x}", `\`, `"`} {
		c.post(200, "/match/zala?threshold=0.01", person(name))
		c.get(200, "/search/zala?simple=true&q="+strings.NewReplacer(" ", "%20", "\x00", "%00", "\"", "%22", `\`, "%5C").Replace(name))
	}
	many := object{}
	for i := range 100 {
		many[strings.Repeat("k", i)] = object{"schema": "LegalEntity", "properties": object{"name": thousands[:200]}}
	}
	start := time.Now()
	c.post(200, "/match/zala?limit=500", object{"queries": many}) // as much as may be asked
	if d := time.Since(start); d > 30*time.Second {
		t.Errorf("the largest batch took %s", d)
	}
}

// As many conditions as an address holds cost no more than they weigh.
func TestManyConditions(t *testing.T) {
	c := newClient(t, Options{})
	start := time.Now()
	for _, x := range []struct {
		name, what string
		code       int
	}{
		{"the same filter", "filter=properties.nationality:ru&", 200},
		{"the same country", "countries=ru&", 200},
		{"countries", "countries=a%d&", 400},
		{"values of one property", "filter=properties.name:a%d&", 400},
		{"properties", "filter=a%d:b&", 400},
		{"sorts", "sort=caption&sort=first_seen:desc&", 200},
		{"facets", "facets=schema&facets=identifiers&", 200},
		{"parameters", "a%d=1&", 400},
		{"datasets", "include_dataset=a%d&", 200},
		{"topics", "filter_op=AND&topics=sanction&", 200},
	} {
		var b strings.Builder
		for i := 0; b.Len() < maxURI-100; i++ {
			b.WriteString(strings.ReplaceAll(x.what, "%d", fmt.Sprint(i)))
		}
		o := c.get(x.code, "/search/zala?"+b.String())
		if x.code == 200 && x.name != "datasets" && total(t, o) == 0 {
			t.Errorf("%s: nothing is found", x.name)
		}
	}
	for q, code := range map[string]int{strings.Repeat("a ", 20_000): 400, strings.Repeat("(", 10_000): 400, strings.Repeat("nationality:ru ", 99): 200, strings.Repeat("x OR ", 49) + "x": 200} {
		c.get(code, "/search/zala?q="+url.QueryEscape(q))
		if strings.HasPrefix(q, "a") {
			c.get(400, "/search/zala?simple=true&q="+url.QueryEscape(q))
			c.get(400, "/reconcile/zala/suggest/entity?prefix="+url.QueryEscape(q))
		}
	}
	if d := time.Since(start); d > 20*time.Second { // a square would take minutes
		t.Errorf("it took %s", d)
	}
}

// Eight megabytes of very many parts cost no more than their size.
func TestManyParts(t *testing.T) {
	c := newClient(t, Options{})
	many := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < maxBody-1000; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	row := func(properties string) string {
		return "queries=" + url.QueryEscape(`{"q":{"query":"x","properties":[`+properties[:maxBody/3]+`]}}`)
	}
	const match, form = "/match/zala", "/reconcile/zala"
	start := time.Now()
	for _, x := range []struct {
		name, path, text string
		code             int
		want             string
	}{
		{"queries without anything", match, `{"queries":{` + many(`"%d":{},`) + `"z":{}}}`, 422, ""},
		{"queries", match, `{"queries":{` + many(`"%d":{"schema":"Person","properties":{}},`) + `"z":{"schema":"Person","properties":{}}}}`, 400, "Too many queries"},
		{"properties", match, `{"queries":{"q":{"schema":"Person","properties":{` + many(`"p%d":"",`) + `"z":""}}}}`, 422, "more than 1000 properties"},
		{"values", match, `{"queries":{"q":{"schema":"Person","properties":{"name":[` + many(`%.1d,`) + `0]}}}}`, 422, "more than 1000000 values"},
		{"config", match, `{"config":{` + many(`"%d":0,`) + `"z":0},"queries":{}}`, 400, "Invalid configuration"},
		{"weights", match, `{"weights":{` + many(`"%d":0,`) + `"z":0},"queries":{}}`, 400, "Invalid weight"},
		{"rows", form, "queries=" + url.QueryEscape(`{`+many(`"%d":{},`)[:maxBody/4]+`"z":{}}`), 400, ""},
		{"details", form, row(many(`{"pid":":%d","v":1},`)), 400, ""},
	} {
		if len(x.text) > maxBody {
			t.Fatalf("%s: %d bytes", x.name, len(x.text))
		}
		r := httptest.NewRequest("POST", x.path, strings.NewReader(x.text))
		if x.path == form {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		res, o := c.do(r)
		if res.StatusCode != x.code || !strings.Contains(fmt.Sprint(o), x.want) {
			t.Errorf("%s: %d %.200v", x.name, res.StatusCode, o)
		}
	}
	if d := time.Since(start); d > time.Minute { // a square would take hours
		t.Errorf("it took %s", d)
	}
}

// Many who send much and slowly do not fill the memory, and are in nobody's way.
func TestSlowLargeBodies(t *testing.T) {
	s := New(Options{Lists: &shelf{book: zalaBook(t)}})
	c := client{t, s}
	const n = 3 * maxHeld / maxBody
	large := strings.NewReader(`{"queries":` + strings.Repeat(" ", maxBody-100))
	var refused atomic.Int64
	var senders sync.WaitGroup
	hold, full := make(chan struct{}), make(chan struct{})
	for range n {
		r, w := io.Pipe()
		senders.Go(func() {
			res, _ := c.do(httptest.NewRequest("POST", "/match/zala", r))
			if res.StatusCode == 503 && res.Header.Get("Retry-After") != "" && refused.Add(1) == n/2 {
				close(full)
			}
			_ = r.Close()
		})
		senders.Go(func() {
			_, _ = io.Copy(w, io.NewSectionReader(large, 0, large.Size()))
			<-hold
			_ = w.Close()
		})
	}
	<-full
	o := c.post(200, "/match/zala", queries("q", object{"schema": "Person", "properties": object{"name": "Alexander Zakharov"}}))
	if got := results(t, o, "responses", "q"); len(got) == 0 {
		t.Error("nothing found meanwhile")
	}
	if held := s.held.Load(); held > maxHeld+n*maxBody/8 {
		t.Errorf("%d bytes are held", held)
	}
	close(hold)
	senders.Wait()
	if held := s.held.Load(); held != 0 {
		t.Errorf("%d bytes are still counted", held)
	}
	c.post(400, "/match/zala", object{"queries": object{}, "x": strings.Repeat(" ", maxBody/2)})
}

// Many who ask for much and do not read it do not fill the memory either.
func TestSlowReaders(t *testing.T) {
	s := New(Options{Lists: &shelf{book: zalaBook(t)}})
	c := client{t, s}
	one := object{"schema": "Person", "properties": object{"name": "Alexander Zakharov"}}
	many := object{}
	for i := range maxBatch {
		many[fmt.Sprint(i)] = one
	}
	s.sending.Store(maxSending - 1000) // by others
	if text := c.post(503, "/match/zala?limit=500", object{"queries": many})["detail"].(string); !strings.Contains(text, "ask for less") {
		t.Error(text)
	}
	c.post(200, "/match/zala", queries("q", one))
	s.sending.Store(0)
	c.post(200, "/match/zala?limit=500", object{"queries": many})
	if n := s.sending.Load(); n != 0 {
		t.Errorf("%d bytes are still counted", n)
	}
}

// A long batch lets others go first.
func TestLongBatchesLetOthersPass(t *testing.T) {
	s := New(Options{Lists: &shelf{book: zalaBook(t)}, Parallel: 1})
	c := client{t, s}
	names := make([]string, maxNames)
	for i := range names {
		names[i] = strings.Repeat(fmt.Sprintf("Alexander%d Zakharov ", i), 10)
	}
	many := object{}
	for i := range maxBatch {
		many[fmt.Sprint(i)] = object{"schema": "Person", "properties": object{"name": names}}
	}
	var ended atomic.Bool
	var batch sync.WaitGroup
	batch.Go(func() {
		c.post(200, "/match/zala", object{"queries": many})
		ended.Store(true)
	})
	for start := time.Now(); len(s.slots) == 0 && time.Since(start) < 20*time.Second; {
		time.Sleep(time.Millisecond)
	}
	raw, _ := json.Marshal(queries("q", object{"schema": "Person", "properties": object{"name": "Alexander Zakharov"}}))
	code := 503
	for code == 503 && !ended.Load() { // where others use the machine too, one query may take longer than anybody waits
		res, _ := c.do(httptest.NewRequest("POST", "/match/zala", bytes.NewReader(raw)))
		code = res.StatusCode
	}
	if ended.Load() || code != 200 {
		t.Errorf("%d: it was answered after the batch alone", code)
	}
	batch.Wait()
}

// What is asked must not be found in a log, whatever goes wrong.
func TestNothingAskedIsLogged(t *testing.T) {
	var log bytes.Buffer
	c := newClient(t, Options{Lists: panicking{}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	r := httptest.NewRequest("POST", "/match/zala?exclude_entity_ids=SECRET", strings.NewReader(`{"queries":{"SECRET":{"schema":"Person","properties":{"name":"SECRET"}}}}`))
	res, o := c.do(r)
	if res.StatusCode != 500 || o["status"] != "error" {
		t.Errorf("%d %v", res.StatusCode, o)
	}
	if res, _ := c.do(httptest.NewRequest("GET", "/entities/SECRET?q=SECRET", nil)); res.StatusCode != 500 {
		t.Errorf("%d", res.StatusCode)
	}
	if log.Len() == 0 || strings.Contains(log.String(), "SECRET") {
		t.Errorf("log: %s", log.String())
	}
}

type panicking struct{}

func (panicking) Acquire(navicert.Day) (*Book, func(), error) {
	panic("oh: " + strings.Repeat("SECRET", 3))
}
func (panicking) Reload() error { return nil }
