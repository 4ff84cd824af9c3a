package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

// nobody takes an answer and forgets it.
type nobody struct{ h http.Header }

func (n nobody) Header() http.Header           { return n.h }
func (nobody) WriteHeader(int)                 {}
func (nobody) Write(b []byte) (n int, e error) { return len(b), nil }

// BenchmarkMatch is one query without the network.
func BenchmarkMatch(b *testing.B) {
	s := New(Options{Lists: &shelf{book: realBook(b)}})
	var bodies [][]byte
	for _, q := range realQueries(b)[:2000] {
		raw, _ := json.Marshal(object{"queries": object{"q": q}})
		bodies = append(bodies, raw)
	}
	r, _ := http.NewRequest("POST", "/match/default", nil)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		body := bodies[i%len(bodies)]
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		s.ServeHTTP(nobody{http.Header{}}, r)
	}
}
