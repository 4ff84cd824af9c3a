package feed

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"navicert"
	"navicert/list"
)

// The test's own list: an XML form that says its day, and lines that do not.
type xmlList struct {
	XMLName xml.Name `xml:"testList"`
	Date    string   `xml:"date,attr"`
	Names   []string `xml:"name"`
}

func parseXML(files []File) (*list.Edition, error) {
	r, c, err := files[0].open()
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var l xmlList
	if err := xml.NewDecoder(r).Decode(&l); err != nil {
		return nil, fault(files[0].Name, 1, "the XML is cut or broken: "+err.Error(), "the whole file", fetchAgain)
	}
	d, err := navicert.ParseDay(l.Date)
	return testEdition(d, l.Names), err
}

func parseLines(files []File) (*list.Edition, error) {
	r, c, err := files[0].open()
	if err != nil {
		return nil, err
	}
	defer c.Close()
	b, err := io.ReadAll(r)
	return testEdition(0, strings.Fields(string(b))), err
}

func testEdition(d navicert.Day, names []string) *list.Edition {
	ed := &list.Edition{Date: d}
	for _, n := range names {
		ed.Entities = append(ed.Entities, &list.Entity{ID: "t-" + n, Names: []list.Name{{Text: n}}})
	}
	return ed
}

// xmlOf is a list of n names, some kilobytes long.
func xmlOf(day string, n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version=\"1.0\"?>\n<testList date=%q>\n", day)
	for i := range n {
		fmt.Fprintf(&b, "  <name>NAME-%d</name>\n", i)
	}
	b.WriteString("</testList>\n")
	return []byte(b.String())
}

func gz(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// world is a source, a store and a server.
type world struct {
	*testing.T
	src  *Source
	sync *Syncer
	asks atomic.Int64
	seen []http.Header
}

// newWorld serves /list.xml with answer, which is told the number of the request, from 1.
func newWorld(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, n int)) *world {
	x := &world{T: t}
	mux := http.NewServeMux()
	mux.HandleFunc("/list.xml", func(w http.ResponseWriter, r *http.Request) {
		x.seen = append(x.seen, r.Header)
		answer(w, r, int(x.asks.Add(1)))
	})
	mux.HandleFunc("/list.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT")
		fmt.Fprint(w, "NAME-1 NAME-2 NAME-3")
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	x.src = &Source{
		Key: "us-test", Title: "Test", MaxChange: 0.2, Forms: []Form{
			{Name: "xml", Files: []URL{{Name: "list.xml", Address: srv.URL + "/list.xml?token=SECRET"}}, Parse: parseXML, Is: func(h Head) bool { return h.Root() == "testList" }},
		},
	}
	x.sync = &Syncer{
		Store: &list.Store{Dir: t.TempDir()},
		Fetch: Fetcher{Tries: 3, Wait: time.Millisecond, Idle: 300 * time.Millisecond, Limit: 5 * time.Second, MaxBytes: 1 << 20},
		Now:   func() time.Time { return time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC) },
	}
	return x
}

func (x *world) run() (*Outcome, error) {
	x.Helper()
	out, err := x.sync.Sync(context.Background(), x.src)
	if err != nil && strings.Contains(err.Error(), "SECRET") {
		x.Errorf("the error tells the secret of the address: %v", err)
	}
	return out, err
}

// serve answers as a good server does: validators, ranges and conditions.
func serve(b []byte) func(w http.ResponseWriter, r *http.Request, n int) {
	return func(w http.ResponseWriter, r *http.Request, _ int) {
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(b)))
		http.ServeContent(w, r, "list.xml", time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), bytes.NewReader(b))
	}
}

// cut sends half of what it announces and hangs up.
func cut(w http.ResponseWriter, b []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.Write(b[:len(b)/2])
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

func TestSyncFromServersThatFail(t *testing.T) {
	good := xmlOf("2026-11-20", 1000)
	ok := serve(good)
	for _, c := range []struct {
		name   string
		answer func(w http.ResponseWriter, r *http.Request, n int)
		asks   int
		fault  string // empty: the list arrives
	}{
		{"good", ok, 1, ""},
		{"packed with gzip", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(gz(good))
		}, 1, ""},
		{"a gzip file", func(w http.ResponseWriter, _ *http.Request, _ int) { w.Write(gz(good)) }, 1, ""},
		{"cut, then resumed", func(w http.ResponseWriter, r *http.Request, n int) {
			if n == 1 {
				w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(good)))
				cut(w, good)
			}
			if r.Header.Get("Range") != fmt.Sprintf("bytes=%d-", len(good)/2) || r.Header.Get("If-Range") == "" {
				t.Errorf("not resumed: %v", r.Header)
			}
			ok(w, r, n)
		}, 2, ""},
		{"cut, and then another list", func(w http.ResponseWriter, r *http.Request, n int) {
			if n == 1 {
				w.Header().Set("ETag", `"old"`)
				cut(w, xmlOf("2026-11-19", 900))
			}
			ok(w, r, n)
		}, 2, ""},
		{"cut, without validators", func(w http.ResponseWriter, r *http.Request, n int) {
			if n == 1 {
				cut(w, good)
			}
			if r.Header.Get("Range") != "" {
				t.Error("resumed what may be another file")
			}
			ok(w, r, n)
		}, 2, ""},
		{"resumed at another place", func(w http.ResponseWriter, r *http.Request, n int) {
			switch n {
			case 1:
				w.Header().Set("ETag", `"x"`)
				cut(w, good)
			case 2:
				w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", len(good)-1, len(good)))
				w.WriteHeader(http.StatusPartialContent)
				w.Write(good)
			default:
				ok(w, r, n)
			}
		}, 3, ""},
		{"changes while it is resumed", func(w http.ResponseWriter, r *http.Request, n int) {
			switch n {
			case 1:
				w.Header().Set("ETag", `"old"`)
				cut(w, xmlOf("2026-11-19", 1000)) // as long as the good one
			case 2: // pays no heed to If-Range
				w.Header().Set("ETag", `"new"`)
				w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", len(good)/2, len(good)-1, len(good)))
				w.WriteHeader(http.StatusPartialContent)
				w.Write(good[len(good)/2:])
			default:
				ok(w, r, n)
			}
		}, 3, ""},
		{"500, then good", func(w http.ResponseWriter, r *http.Request, n int) {
			if n < 3 {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			ok(w, r, n)
		}, 3, ""},
		{"429 with Retry-After", func(w http.ResponseWriter, r *http.Request, n int) {
			if n == 1 {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			ok(w, r, n)
		}, 2, ""},
		{"silent, then good", func(w http.ResponseWriter, r *http.Request, n int) {
			if n == 1 {
				select {
				case <-r.Context().Done():
				case <-time.After(3 * time.Second):
				}
				return
			}
			ok(w, r, n)
		}, 2, ""},
		{"redirect", func(w http.ResponseWriter, r *http.Request, n int) {
			if n == 1 {
				http.Redirect(w, r, "/list.xml?signature=SECRET", http.StatusFound)
				return
			}
			ok(w, r, n)
		}, 2, ""},

		{"always 500", func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(500) }, 3, "gave up after 3 attempts: the server answers 500"},
		{"Retry-After tomorrow", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusServiceUnavailable)
		}, 1, "try again later"},
		{"404", func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(404) }, 1, "the server answers 404"},
		{"always cut at the same place", func(w http.ResponseWriter, _ *http.Request, _ int) { cut(w, good) }, -1, "the connection ended after"},
		{"announces less than it has", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Length", strconv.Itoa(len(good)/2))
			w.Write(good[:len(good)/2])
		}, 1, "list.xml:1: the XML is cut or broken"},
		{"announces more than it has", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Length", strconv.Itoa(2*len(good)))
			w.Write(good)
		}, -1, "the connection ended after"},
		{"web page", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<html>down for maintenance")
		}, 1, "answers with a web page"},
		{"web page that says it is XML", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Type", "application/xml")
			fmt.Fprint(w, "<!DOCTYPE html><HTML><body>down for maintenance")
		}, 1, "the answer is a web page"},
		{"another list", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Type", "application/xml")
			fmt.Fprint(w, "<sdnList></sdnList>")
		}, 1, `does not look like the form "xml"`},
		{"broken gzip", func(w http.ResponseWriter, _ *http.Request, _ int) { w.Write(gz(good)[:500]) }, 1, "list.xml:"},
		{"no end", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Type", "application/xml")
			for range 1000 {
				if _, err := w.Write(good); err != nil {
					return
				}
			}
		}, 1, "more than 1048576 bytes, and no list has so many"},
		{"announces no end", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Length", "999999999999")
			w.Write(good)
		}, 1, "announces 999999999999 bytes"},
		{"redirects in circles", func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, "/list.xml", http.StatusFound)
		}, 10, "redirects in circles"},
		{"redirects away from https", func(w http.ResponseWriter, r *http.Request, _ int) {
			http.Redirect(w, r, "http://192.0.2.1/list.xml?signature=SECRET", http.StatusFound)
		}, 1, "redirects to an address that is not https"},
		{"hangs up", func(http.ResponseWriter, *http.Request, int) { panic(http.ErrAbortHandler) }, -1, "gave up after 3 attempts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := newWorld(t, c.answer)
			out, err := x.run()
			if c.asks >= 0 && int(x.asks.Load()) != c.asks {
				t.Errorf("%d requests, want %d", x.asks.Load(), c.asks)
			}
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) || !strings.Contains(err.Error(), "nothing is kept of it yet") {
					t.Errorf("error %v, want %q", err, c.fault)
				}
				if all, _ := x.sync.Store.Editions("us-test"); len(all) != 0 {
					t.Error("something was kept")
				}
				return
			}
			if err != nil || out.Record.Result != list.Added || out.Record.Entities != 1000 || out.Record.Date.String() != "2026-11-20" {
				t.Fatalf("%+v, %v", out.Record, err)
			}
			if x.seen[0].Get("User-Agent") != "navicert/"+navicert.Version {
				t.Errorf("headers %v", x.seen[0])
			}
			b, err := os.ReadFile(filepath.Join(x.sync.Store.Dir, "us-test", "ledger.jsonl"))
			if err != nil || strings.Contains(string(b), "SECRET") || !strings.Contains(string(b), `"sha256"`) {
				t.Errorf("ledger %s, %v", b, err)
			}
		})
	}
}

func TestSyncAsksOnlyForWhatIsNewer(t *testing.T) {
	body := xmlOf("2026-11-20", 1000)
	x := newWorld(t, func(w http.ResponseWriter, r *http.Request, n int) { serve(body)(w, r, n) })
	if out, err := x.run(); err != nil || out.Record.Result != list.Added {
		t.Fatalf("%+v, %v", out, err)
	}
	if out, err := x.run(); err != nil || !out.NotModified {
		t.Fatalf("not modified: %+v, %v", out, err)
	}
	x.sync.Force = true
	if out, err := x.run(); err != nil || out.Record.Result != list.Unchanged {
		t.Fatalf("forced: %+v, %v", out, err)
	}
	x.sync.Force = false
	body = xmlOf("2026-11-27", 1100)
	if out, err := x.run(); err != nil || out.Record.Result != list.Added || out.Record.Delta.Added != 100 {
		t.Fatalf("newer: %+v, %v", out, err)
	}
	body = xmlOf("2026-11-20", 1000) // last week's
	if out, err := x.run(); err != nil || out.Record.Result != list.NotNewer {
		t.Fatalf("last week's: %+v, %v", out, err)
	}
	// A list that the guards doubt is not remembered: the next sync looks at it again.
	body = xmlOf("2026-11-27", 300)
	for range 2 {
		var refusal *list.Refusal
		if _, err := x.run(); !errors.As(err, &refusal) {
			t.Fatalf("cut list: %v", err)
		}
	}
	x.sync.Accept = &list.Acceptance{Reason: "mass delisting, FR of today"}
	if out, err := x.run(); err != nil || out.Record.Result != list.Replaced {
		t.Fatalf("accepted: %+v, %v", out, err)
	}
	if Checked(x.sync.Store, "us-test").IsZero() {
		t.Error("it is not remembered when the server was asked")
	}
}

func TestSyncFallsBackToTheNextForm(t *testing.T) {
	x := newWorld(t, func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(404) })
	base, _, _ := strings.Cut(x.src.Forms[0].Files[0].Address, "/list.xml")
	x.src.Forms = append(x.src.Forms, Form{Name: "lines", Parse: parseLines, Files: []URL{
		{Name: "list.txt", Address: base + "/list.txt"}, {Name: "more.txt", Address: base + "/more.txt", Optional: true},
	}})
	out, err := x.run()
	if err != nil || out.Form.Name != "lines" || out.Record.Date.String() != "2026-11-20" || len(out.Notes) != 2 ||
		!strings.Contains(strings.Join(out.Notes, "\n"), `404 Not Found, so the form "lines" was taken instead`) ||
		!strings.Contains(strings.Join(out.Notes, "\n"), "2026-11-20 is taken, as the server dates them") {
		t.Errorf("%+v, %v", out, err)
	}
	if strings.Contains(strings.Join(out.Notes, "\n"), "SECRET") {
		t.Errorf("%q", out.Notes)
	}
	x.sync.Fetch.Mirror = func(_ *Source, u URL) string { return strings.Replace(base, "http:", "ftp:", 1) + "/" + u.Name }
	if _, err := x.run(); err == nil || !strings.Contains(err.Error(), "is no https address") || !strings.Contains(err.Error(), "the edition of 2026-11-20 stays in use") {
		t.Error(err)
	}
}

func TestSyncStopsWhenTold(t *testing.T) {
	x := newWorld(t, func(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() })
	x.sync.Fetch.Idle = time.Minute
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := x.sync.Sync(ctx, x.src); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	x.sync.Fetch.Limit = 200 * time.Millisecond
	if _, err := x.run(); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestSyncReportsProgress(t *testing.T) {
	body := xmlOf("2026-11-20", 10000)
	x := newWorld(t, func(w http.ResponseWriter, r *http.Request, n int) { serve(body)(w, r, n) })
	var last Progress
	x.sync.Fetch.Progress = func(p Progress) { last = p }
	if _, err := x.run(); err != nil {
		t.Fatal(err)
	}
	if want := (Progress{Source: "us-test", File: "list.xml", Done: int64(len(body)), Total: int64(len(body))}); last != want {
		t.Errorf("%+v, want %+v", last, want)
	}
}

// A server to which there is no way is tried a few times, and then no more
// for other forms and lists.
func TestUnreachableServersAreNotTriedAgain(t *testing.T) {
	x := newWorld(t, nil)
	x.sync.Fetch.Tries = 100
	x.src.Forms = append(x.src.Forms, Form{Name: "lines", Parse: parseLines, Files: []URL{{Name: "list.txt", Address: "http://127.0.0.1:1/list.txt"}}})
	x.src.Forms[0].Files[0].Address = "http://127.0.0.1:1/list.xml"
	var told []Progress
	x.sync.Fetch.Progress = func(p Progress) { told = append(told, p) }
	_, err := x.run()
	var far *UnreachableError
	if !errors.As(err, &far) || !strings.Contains(err.Error(), "gave up after 3 attempts") || strings.Contains(err.Error(), "lines:") {
		t.Error(err)
	}
	if len(told) != 3 || told[0].Fault != nil || told[1].Fault == nil || told[2].Pause == 0 {
		t.Errorf("%+v", told)
	}
	told = nil
	if _, err := x.run(); !errors.As(err, &far) || !strings.Contains(err.Error(), "not tried again") || len(told) != 0 {
		t.Errorf("%v, %+v", err, told)
	}
}

func TestAddTakesTheDayFromWhereItStands(t *testing.T) {
	x := newWorld(t, nil)
	x.src.Forms = x.src.Forms[:1]
	lines := &Source{Key: "us-lines", Forms: []Form{{Name: "lines", Parse: parseLines}}}
	file := func(name string, b []byte) []string {
		p := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{p}
	}
	day := func(s string) navicert.Day { d, _ := navicert.ParseDay(s); return d }
	for _, c := range []struct {
		paths []string
		src   *Source
		day   navicert.Day
		want  string
	}{
		{file("a.xml.gz", gz(xmlOf("2026-11-20", 3))), x.src, 0, "2026-11-20"},
		{file("b.xml", xmlOf("2026-11-21", 3)), x.src, day("2026-11-22"), "the files say that they are of 2026-11-21, and --date says 2026-11-22"},
		{file("l.2026-01-03.txt", []byte("A B")), lines, 0, "2026-01-03"},
		{file("l.txt", []byte("A")), lines, day("2026-01-02"), "2026-01-02"},
		{file("l.txt", []byte("A B C")), lines, 0, "say it with --date"},
	} {
		out, err := x.sync.Add(c.paths, c.src, c.day)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = out.Record.Date.String()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", filepath.Base(c.paths[0]), got, c.want)
		}
	}
	if _, err := x.sync.Add(file("x.bin", []byte("what is this")), nil, 0); err == nil {
		t.Error("an unknown file was taken")
	}
}

// Where lists are published, nobody may send us on into our own network.
func TestRedirectsStayOutside(t *testing.T) {
	follow := (&Fetcher{}).client().CheckRedirect
	ask := func(address string) *http.Request { return httptest.NewRequest("GET", address, nil) }
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"https://a.example/x", "https://b.example/x", true},
		{"https://a.example/x", "https://192.0.2.1/x", true},
		{"http://127.0.0.1:99/x", "http://localhost:98/x", true},
		{"https://10.0.0.7/x", "https://10.0.0.8/x", true},
		{"https://a.example/x", "http://b.example/x", false},
		{"https://a.example/x", "http://127.0.0.1:8000/updatez", false},
		{"https://a.example/x", "http://localhost:8000/", false},
		{"https://a.example/x", "https://169.254.169.254/latest", false},
		{"https://a.example/x", "https://[::1]/x", false},
		{"https://a.example/x", "https://[::ffff:10.0.0.1]/x", false},
		{"https://a.example/x", "https://192.168.1.1/x", false},
		{"https://a.example/x", "https://0.0.0.0/x", false},
		{"https://a.example/x", "file:///etc/hosts", false},
		{"https://a.example/x", "ftp://b.example/x", false},
	} {
		to, err := http.NewRequest("GET", c.to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := follow(to, []*http.Request{ask(c.from)}); (err == nil) != c.ok {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-7": 0, "x": 0, "Fri, 27 Nov 2026 12:01:00 GMT": time.Minute, "Fri, 27 Nov 2026 11:00:00 GMT": 0,
	} {
		if got := retryAfter(s, now); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func FuzzContentRange(f *testing.F) {
	f.Add("bytes 100-199/200")
	f.Add("bytes 0-1/*")
	f.Fuzz(func(t *testing.T, s string) {
		if from, total, ok := contentRange(s); ok && (from < 0 || total < 0) {
			t.Fatalf("%q gives %d of %d", s, from, total)
		}
	})
}
