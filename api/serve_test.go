package api

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"navicert"
	"navicert/list"
)

// A client that sends a byte now and then is let go, and keeps nobody waiting.
func TestSlowClients(t *testing.T) {
	s := New(Options{Lists: &shelf{book: zalaBook(t)}, Parallel: 1, Queue: 1})
	srv := s.HTTP()
	srv.ReadHeaderTimeout, srv.ReadTimeout = 200*time.Millisecond, 400*time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(l) }()
	defer srv.Close()
	open := func(text string) net.Conn {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		_, _ = io.WriteString(c, text)
		return c
	}
	var slow []net.Conn
	for range 20 {
		slow = append(slow, open("POST /match/zala HTTP/1.1\r\nHost: a\r\nX: "), open("POST /match/zala HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"))
	}
	res, err := http.Get("http://" + l.Addr().String() + "/search/zala") // who is quick is answered meanwhile
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%v %v", res, err)
	}
	_ = res.Body.Close()
	for _, c := range slow {
		_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
		if _, err := io.Copy(io.Discard, bufio.NewReader(c)); err != nil {
			t.Errorf("still open after 5 s: %v", err)
		}
	}
}

// Lists are swapped while many ask: every answer is whole, and of one list.
func TestSwapUnderLoad(t *testing.T) {
	dir := t.TempDir()
	store := &list.Store{Dir: dir}
	put := func(date string, es []*list.Entity) {
		t.Helper()
		_, err := store.Put(list.Offer{
			Edition: &list.Edition{Source: "zala", Form: "test", Date: day(date), Entities: es}, Origin: "files",
			When: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Accept: &list.Acceptance{By: "test", Reason: "test"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	shelf := NewShelf(store)
	if err := shelf.Reload(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := shelf.Acquire(navicert.Forever); err == nil {
		t.Fatal("lists out of nothing")
	}
	put("2026-01-01", zala())
	if err := shelf.Reload(); err != nil {
		t.Fatal(err)
	}
	s := New(Options{Lists: shelf})
	stop := make(chan struct{})
	var asked atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			c := client{t, s}
			for {
				select {
				case <-stop:
					return
				default:
				}
				for _, asOf := range []string{"", "?as_of=2026-01-01"} {
					o := c.post(200, "/match/zala"+asOf, queries("q", zakharov))
					rs := results(t, o, "responses", "q")
					date := into(t, o, "navicert", "lists", 0, "date").(string)
					if len(rs) == 0 || rs[0]["id"] != zakharovID || rs[0]["last_seen"] != date+"T00:00:00" {
						t.Errorf("list of %s: %v", date, rs)
						return
					}
					c.get(200, "/entities/"+zakharovID)
				}
				asked.Add(1)
			}
		})
	}
	for i := 2; i <= 30; i++ {
		es := zala()
		es[1].Notes = []string{fmt.Sprint("edition ", i)}
		put(fmt.Sprintf("2026-01-%02d", i), es)
		if err := shelf.Reload(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	wg.Wait()
	if asked.Load() < 10 {
		t.Errorf("only %d asked", asked.Load())
	}
	if got := shelf.Describe(); len(got) != 1 || !strings.Contains(got[0], "2026-01-30") {
		t.Errorf("in use: %v", got)
	}
}

func TestShutdownLetsRequestsFinish(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	s := New(Options{Lists: &shelf{book: zalaBook(t)}})
	go func() { done <- s.Serve(ctx, l) }()
	r, w := io.Pipe()
	answered := make(chan int, 1)
	go func() {
		res, err := http.Post("http://"+l.Addr().String()+"/match/zala", "application/json", r)
		if err != nil {
			answered <- 0
			return
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		answered <- res.StatusCode
	}()
	_, _ = io.WriteString(w, `{"queries":`)
	time.Sleep(50 * time.Millisecond)
	stop()
	time.Sleep(50 * time.Millisecond)
	_, _ = io.WriteString(w, `{"q":{"schema":"Person","properties":{"name":"Zakharov"}}}}`)
	_ = w.Close()
	if code := <-answered; code != 200 {
		t.Errorf("the request under way got %d", code)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// narrow is a listener whose connections take little at once.
type narrow struct{ net.Listener }

func (l narrow) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetWriteBuffer(4 << 10)
	}
	return c, err
}

// A client that asks for much and reads nothing is let go, and what it held is
// given back.
func TestNobodyReads(t *testing.T) {
	s := New(Options{Lists: &shelf{book: zalaBook(t)}, Parallel: 1})
	srv := s.HTTP()
	if srv.WriteTimeout <= 0 || srv.ReadTimeout <= 0 || srv.ReadHeaderTimeout <= 0 || srv.IdleTimeout <= 0 || srv.MaxHeaderBytes <= 0 {
		t.Errorf("without limits: %+v", srv)
	}
	srv.WriteTimeout = 300 * time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(narrow{l}) }()
	defer srv.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.(*net.TCPConn).SetReadBuffer(4 << 10)
	var b strings.Builder
	for i := range maxBatch { // the keys come back
		fmt.Fprintf(&b, `,"%0500d":{"schema":"LegalEntity","properties":{"name":"Moscow Zakharov"}}`, i)
	}
	body := `{"queries":{` + b.String()[1:] + `}}`
	_, _ = fmt.Fprintf(c, "POST /match/zala?threshold=0.01&limit=500 HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	wait := func(what string, ok func() bool) {
		t.Helper()
		for start := time.Now(); !ok(); time.Sleep(time.Millisecond) {
			if time.Since(start) > 20*time.Second {
				t.Fatal(what)
			}
		}
	}
	wait("nothing is being sent", func() bool { return s.sending.Load() > 0 })
	wait("it is still held", func() bool { return s.sending.Load() == 0 })
}
