package api

import (
	"encoding/json"
	"testing"
	"time"
)

// FuzzReadMatch compares the reader of bodies with the standard library's.
func FuzzReadMatch(f *testing.F) {
	for _, s := range []string{
		`{"queries":{"q":{"schema":"Person","properties":{"name":["a","b"],"birthDate":"1965"}}}}`,
		`{"weights":{"a":1.5},"config":{"k":null},"queries":{"q":{"id":null,"schema":"Person","properties":{"name":[1,true,null,[2],{"id":"x"}]}}}}`,
		`{"queries":{"q":{"schema":"\u0050erson","properties":{"name":"\ud83d\ude00\ud83d\n"},"exclude_entity_ids":["a"],"limit":3,"threshold":0.5}}}`,
		`[`, `{"queries":{"q":1}}`, `{"a":01}`, `{"a":1.}`, "{\"a\":\"\x01\"}", `{"queries":{}} x`, `{"queries":{"q":{},"q":{}}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		b, err := readMatch(in)
		valid := json.Valid(in)
		if err != nil {
			fault := faultOf(err)
			if fault.code != 400 && fault.code != 422 || !json.Valid(fault.append(nil)) {
				t.Fatalf("%d %s", fault.code, fault.append(nil))
			}
			return
		}
		if !valid {
			t.Fatalf("taken for JSON: %q", in)
		}
		var top map[string]json.RawMessage
		var want map[string]map[string]json.RawMessage
		if json.Unmarshal(in, &top) != nil || json.Unmarshal(top["queries"], &want) != nil {
			t.Fatalf("read what the library does not: %q", in)
		}
		for i := range b.queries {
			q := &b.queries[i]
			var schema string
			if err := json.Unmarshal(want[q.key]["schema"], &schema); err != nil || schema != q.schema {
				t.Fatalf("schema %q, want %q: %v", q.schema, schema, err)
			}
		}
		if len(b.queries) != min(len(want), maxBatch) || b.beyond != (len(want) > maxBatch) {
			t.Fatalf("%d queries, want %d", len(b.queries), len(want))
		}
		s := New(Options{Lists: &shelf{}})
		for i := range b.queries {
			if q, err := s.clean(&b.queries[i]); err == nil && !json.Valid(q.append(nil)) {
				t.Fatalf("the echo is no JSON: %s", q.append(nil))
			}
		}
	})
}

// FuzzTextQuery makes sure that no search, however written, breaks the search.
func FuzzTextQuery(f *testing.F) {
	for _, s := range []string{`a AND (b OR -c)`, `"x y" z*`, `a~ NOT`, `f:"v w"`, `((((`, `\`, `*`, `-`, `AND`, `a\/b`, `f:`} {
		f.Add(s, true)
	}
	x := zalaBook(f).text()
	f.Fuzz(func(t *testing.T, q string, fuzzy bool) {
		start := time.Now()
		docs, err := x.query(q, fuzzy, func(_, value string) ([]ranked, error) { return x.plain(value) })
		for i, d := range docs {
			if int(d.doc) >= len(x.docs) || i > 0 && docs[i-1].doc >= d.doc {
				t.Fatalf("docs are not in order: %v", docs)
			}
		}
		if err != nil && faultOf(err).code != 400 {
			t.Fatal(err)
		}
		for _, find := range []func(string) ([]ranked, error){x.plain, x.prefix} {
			if _, err := find(q); err != nil && faultOf(err).code != 400 {
				t.Fatal(err)
			}
		}
		if d := time.Since(start); d > 5*time.Second && len(q) < 10_000 {
			t.Fatalf("%d bytes took %s", len(q), d)
		}
	})
}
