package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// spec is openapi.json as a client gets it.
var spec = sync.OnceValue(func() object {
	w := httptest.NewRecorder()
	New(Options{}).ServeHTTP(w, httptest.NewRequest("GET", "/openapi.json", nil))
	var o object
	if err := json.Unmarshal(w.Body.Bytes(), &o); err != nil {
		panic(err)
	}
	return o
})

// promised holds an answer of any test against openapi.json: its status is one
// of those told there, and it has all fields of its shape, and no others.
func promised(t testing.TB, h http.Handler, r *http.Request, code int, body any) {
	t.Helper()
	s, ok := h.(*Server)
	if !ok {
		return
	}
	parts := strings.Split(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
	for i := range s.operations {
		op := &s.operations[i]
		if _, ok := op.match(parts); !ok || op.answer == "" || op.method != r.Method && (r.Method != "HEAD" || op.method != "GET") {
			continue
		}
		told, ok := spec()["paths"].(object)[op.path].(object)[strings.ToLower(op.method)].(object)["responses"].(object)[strconv.Itoa(code)].(object)
		if !ok {
			t.Errorf("%s %.80s: openapi.json does not tell status %d", r.Method, r.URL, code)
			return
		}
		content, ok := told["content"].(object)
		if !ok {
			if body != nil {
				t.Errorf("%s %.80s: %d has a body that openapi.json does not tell", r.Method, r.URL, code)
			}
			return
		}
		if r.Method == "HEAD" {
			return
		}
		for _, wrong := range holds(content["application/json"].(object)["schema"], body, "answer") {
			t.Errorf("%s %.80s: %d: %s", r.Method, r.URL, code, wrong)
		}
		return
	}
}

// holds tells where v is not of a schema. It knows what shapes.txt is made to.
func holds(schema any, v any, at string) (wrong []string) {
	s := schema.(object)
	miss := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	for k := range s {
		if !slices.Contains([]string{"$ref", "anyOf", "const", "type", "properties", "required", "items", "additionalProperties", "description"}, k) {
			miss("this test does not know %q", k)
		}
	}
	if ref, ok := s["$ref"].(string); ok {
		to := spec()["components"].(object)["schemas"].(object)[strings.TrimPrefix(ref, "#/components/schemas/")]
		if to == nil {
			return append(wrong, at+": "+ref+" leads nowhere")
		}
		return holds(to, v, at)
	}
	if any, ok := s["anyOf"].([]any); ok {
		var all []string
		for _, x := range any {
			more := holds(x, v, at)
			if len(more) == 0 {
				return wrong
			}
			all = append(all, more...)
		}
		return all
	}
	if c, ok := s["const"]; ok && c != v {
		miss("%v, want %v", v, c)
	}
	kind := ""
	switch x := v.(type) {
	case nil:
		kind = "null"
	case string:
		kind = "string"
	case bool:
		kind = "boolean"
	case float64:
		if kind = "number"; x == float64(int64(x)) {
			kind = "integer"
		}
	case []any:
		kind = "array"
		for i, e := range x {
			if s["items"] != nil {
				wrong = append(wrong, holds(s["items"], e, at+"["+strconv.Itoa(i)+"]")...)
			}
		}
	case object:
		kind = "object"
		fields, _ := s["properties"].(object)
		for k, e := range x {
			switch {
			case fields[k] != nil:
				wrong = append(wrong, holds(fields[k], e, at+"."+k)...)
			case s["additionalProperties"] != nil:
				wrong = append(wrong, holds(s["additionalProperties"], e, at+"."+k)...)
			default:
				miss("has %q, which is not told", k)
			}
		}
		required, _ := s["required"].([]any)
		for _, k := range required {
			if _, ok := x[k.(string)]; !ok {
				miss("has no %q", k)
			}
		}
	}
	ok := s["type"] == nil
	types, several := s["type"].([]any)
	if !several {
		types = []any{s["type"]}
	}
	for _, t := range types {
		ok = ok || t == kind || t == "number" && kind == "integer"
	}
	if !ok {
		miss("is %s, want %v", kind, s["type"])
	}
	return wrong
}

// The test of the test: what is not of its shape is seen.
func TestHolds(t *testing.T) {
	total := object{"$ref": "#/components/schemas/Total"}
	for _, x := range []struct {
		schema any
		value  string
		wrong  int
	}{
		{total, `{"value":1,"relation":"eq"}`, 0},
		{total, `{"value":1.5,"relation":"eq"}`, 1},
		{total, `{"value":1,"relation":"lt"}`, 2},
		{total, `{"value":1}`, 1},
		{total, `{"value":1,"relation":"gte","more":1}`, 1},
		{total, `[]`, 1},
		{total, `null`, 1},
		{schemaOf{"$ref": "#/components/schemas/Nothing"}, `1`, 1},
	} {
		var v any
		if err := json.Unmarshal([]byte(x.value), &v); err != nil {
			t.Fatal(err)
		}
		if got := holds(x.schema, v, "x"); len(got) != x.wrong {
			t.Errorf("%s: %q, want %d faults", x.value, got, x.wrong)
		}
	}
}

func TestShapes(t *testing.T) {
	for typ, want := range map[string]string{
		"string": `{"type":"string"}`, "[integer]": `{"items":{"type":"integer"},"type":"array"}`, "{[any]}": `{"additionalProperties":{"items":{},"type":"array"},"type":"object"}`,
		"number?": `{"type":["number","null"]}`, "Total?": `{"anyOf":[{"$ref":"#/components/schemas/Total"},{"type":"null"}]}`,
		`"a"|[string|null]`: `{"anyOf":[{"const":"a"},{"items":{"anyOf":[{"type":"string"},{"type":"null"}]},"type":"array"}]}`,
		"text":              "", "[string": "", "": "", "a|": "",
	} {
		s, err := readType(typ)
		if got, _ := json.Marshal(s); (err != nil) != (want == "") || err == nil && string(got) != want {
			t.Errorf("%q: %s %v", typ, got, err)
		}
	}
	for _, text := range []string{"A:\n x text", "A:\n x: text", "A:\n + B"} {
		if _, err := readShapes(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	used := map[string]bool{}
	var refs func(v any)
	refs = func(v any) { // every reference leads somewhere
		switch v := v.(type) {
		case object:
			if ref, ok := v["$ref"].(string); ok {
				name := strings.TrimPrefix(ref, "#/components/schemas/")
				if used[name] = true; into(t, spec(), "components", "schemas").(object)[name] == nil {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, x := range v {
				refs(x)
			}
		case []any:
			for _, x := range v {
				refs(x)
			}
		}
	}
	refs(spec())
	for name := range into(t, spec(), "components", "schemas").(object) {
		if !used[name] {
			t.Errorf("nothing is of the shape %s", name)
		}
	}
}

// Every parameter that openapi.json tells is read: what it does not allow is
// refused, its greatest value is not, and its default changes nothing.
func TestParameters(t *testing.T) {
	book := zalaBook(t)
	c := newClient(t, Options{Lists: &shelf{book: book, days: map[navicertDay]*Book{day("2025-12-31"): book}}, Token: "x"})
	fill := strings.NewReplacer("{dataset}", "zala", "{id}", zakharovID, "{property}", "familyPerson")
	ask := func(op *operation, query url.Values) (int, string) {
		path, body := fill.Replace(op.path)+"?"+query.Encode(), ""
		switch op.body {
		case "MatchQuery":
			body = `{"queries":{"q":{"schema":"Person","properties":{"name":"Zakharov"}}}}`
		case "ReconcileForm":
			body = "queries=" + url.QueryEscape(`{"q":{"query":"Zakharov"}}`)
		}
		r := httptest.NewRequest(op.method, path, strings.NewReader(body))
		res, o := c.do(r)
		text, _ := json.Marshal(o)
		return res.StatusCode, string(text)
	}
	ops := c.h.(*Server).operations
	for i := range ops {
		op := &ops[i]
		token := url.Values{}
		if op.path == "/updatez" {
			token.Set("token", "x")
		}
		code, plain := ask(op, token)
		if code != 200 && op.answer != "" {
			t.Errorf("%s %s: %d %s", op.method, op.path, code, plain)
		}
		for j := range op.params {
			p := &op.params[j]
			with := func(vs ...string) (int, string) {
				q := url.Values{p.name: vs}
				if p.name != "token" {
					q["token"] = token["token"]
				}
				return ask(op, q)
			}
			good, wrong := []string{}, []string{}
			switch {
			case p.words != nil:
				good, wrong = p.words, []string{"banana", ""}
			case p.typ == "integer":
				good, wrong = []string{"0", strconv.Itoa(p.most), "-5"}, []string{"banana", "", "1.5", strconv.Itoa(p.most + 1), "99999999999999999999", "1 OR 1=1"}
			case p.typ == "number":
				good, wrong = []string{"0", "0.7", "1", "-1", "1e300"}, []string{"banana", "", "NaN", "0,7"}
			case p.typ == "boolean":
				good, wrong = []string{"true", "false", "1", "0", "yes", "off"}, []string{"banana", "", "2"}
			case p.typ == "time":
				good, wrong = []string{"2020-01-01", "2020-01-01T10", "2020-01-01T10:00", "2020-01-01T10:00:00"}, []string{"banana", "", "2020", "2020-01-01 10:00", "2020-01-01T10:00:00Z"}
			case p.typ == "day":
				good, wrong = []string{"2025-12-31"}, []string{"banana", "2025-02-30", "2025"}
			}
			for _, v := range good {
				if code, got := with(v); code != 200 {
					t.Errorf("%s?%s=%s: %d %s", op.path, p.name, v, code, got)
				}
			}
			for _, v := range wrong {
				if code, got := with(v); code != 422 || !strings.Contains(got, `"query","`+p.name+`"`) {
					t.Errorf("%s?%s=%s: %d %s", op.path, p.name, v, code, got)
				}
			}
			if p.many && p.most > 0 {
				if code, got := with(slices.Repeat([]string{"a"}, p.most+1)...); code != 422 {
					t.Errorf("%s: %d times %s: %d %s", op.path, p.most+1, p.name, code, got)
				}
			}
			switch def := p.def.(type) {
			case nil:
				continue
			case []string:
				code, plain = with(def...)
			default:
				code, plain = with(fmt.Sprint(def))
			}
			if _, none := ask(op, token); code != 200 && p.name != "token" || none != plain && p.name != "token" {
				t.Errorf("%s: %s=%v is not what counts where nothing is said:\n%s\n%s", op.path, p.name, p.def, plain, none)
			}
		}
	}
}
