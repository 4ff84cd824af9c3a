//go:build unix

package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// BenchmarkHTTP asks a server on this machine over connections that stay open,
// and tells queries a second and how long the slowest in a hundred took.
func BenchmarkHTTP(b *testing.B) {
	book := realBook(b)
	qs := realQueries(b)
	for _, x := range []struct{ batch, clients int }{{1, 1}, {1, 4}, {1, 16}, {10, 4}, {100, 2}} {
		b.Run(fmt.Sprintf("batch=%d/clients=%d", x.batch, x.clients), func(b *testing.B) { load(b, book, qs, x.batch, x.clients) })
	}
}

func load(b *testing.B, book *Book, qs []object, batch, clients int) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- New(Options{Lists: &shelf{book: book}}).Serve(ctx, l) }()
	defer func() { stop(); <-done }()

	var requests [][]byte
	for i := 0; i+batch <= min(len(qs), 100*batch+4000); i += batch {
		body := object{}
		for k := range batch {
			body["q"+strconv.Itoa(k)] = qs[(i*7919+k)%len(qs)]
		}
		raw, _ := json.Marshal(object{"queries": body})
		requests = append(requests, fmt.Appendf(nil, "POST /match/default HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(raw), raw))
	}
	conns := make([]net.Conn, clients)
	for i := range conns {
		if conns[i], err = net.Dial("tcp", l.Addr().String()); err != nil {
			b.Fatal(err)
		}
		defer conns[i].Close()
	}
	for _, c := range conns { // warm
		r := bufio.NewReaderSize(c, 1<<16)
		for _, q := range requests[:min(len(requests), 50)] {
			if err := ask(c, r, q); err != nil {
				b.Fatal(err)
			}
		}
	}
	took := make([][]time.Duration, clients)
	var next atomic.Int64
	b.ResetTimer()
	start, before := time.Now(), processor()
	var wg sync.WaitGroup
	for i, c := range conns {
		wg.Go(func() {
			r := bufio.NewReaderSize(c, 1<<16)
			for {
				n := int(next.Add(1))
				if n > b.N {
					return
				}
				t := time.Now()
				if err := ask(c, r, requests[n%len(requests)]); err != nil {
					b.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(t))
			}
		})
	}
	wg.Wait()
	all := slices.Concat(took...)
	slices.Sort(all)
	if len(all) == 0 {
		return
	}
	b.ReportMetric(float64(b.N*batch)/time.Since(start).Seconds(), "queries/s")
	b.ReportMetric(float64((processor()-before).Nanoseconds())/1000/float64(b.N*batch), "cpu-us/query")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "ms-p99")
}

// processor is the time that this process has had of all processors: where others
// use them too, it says more than the clock.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// ask sends a request and reads the answer to its end.
func ask(c net.Conn, r *bufio.Reader, request []byte) error {
	if _, err := c.Write(request); err != nil {
		return err
	}
	status, err := r.ReadString('\n')
	if err != nil {
		return err
	}
	if !strings.HasPrefix(status, "HTTP/1.1 200") {
		return fmt.Errorf("the server says %s", strings.TrimSpace(status))
	}
	length := -1
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return err
		}
		if line = strings.TrimSpace(line); line == "" {
			break
		}
		if v, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			length, _ = strconv.Atoi(v)
		}
	}
	if length < 0 {
		return fmt.Errorf("no length")
	}
	_, err = r.Discard(length)
	return err
}
