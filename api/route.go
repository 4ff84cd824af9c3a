package api

import (
	"net/http"
	"strings"
)

var errNoRoute = &fault{code: http.StatusNotFound, text: "Not Found"}

// route gives a request to what answers it.
func (w *answer) route(r *http.Request) error {
	path := r.URL.EscapedPath()
	if n := len(path) + len(r.URL.RawQuery) + min(len(r.URL.RawQuery), 1); n > maxURI {
		return &fault{code: http.StatusRequestURITooLong, text: "Request URI too long", header: [2]string{"Connection", "close"}}
	}
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i := range parts {
		parts[i] = unescapePath(parts[i])
	}
	if n := len(parts); n > 1 && parts[n-1] == "" { // a slash too many
		w.code, w.kind = http.StatusTemporaryRedirect, ""
		to := strings.TrimRight(path, "/")
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		w.header("Location", "/"+strings.TrimLeft(to, "/"))
		return nil
	}
	var allow []string
	for i := range w.s.operations {
		op := &w.s.operations[i]
		at, ok := op.match(parts)
		if !ok {
			continue
		}
		w.op = op
		if r.Method != op.method && !(r.Method == http.MethodHead && op.method == http.MethodGet) {
			allow = append(allow, op.method)
			continue
		}
		if err := w.key(r); err != nil {
			return err
		}
		p, err := readParams(r, op)
		if err != nil {
			return err
		}
		return op.do(w, r, p, at)
	}
	if err := w.key(r); err != nil {
		return err
	}
	if allow != nil {
		return &fault{code: http.StatusMethodNotAllowed, text: "Method Not Allowed", header: [2]string{"Allow", strings.Join(allow, ", ")}}
	}
	return errNoRoute
}

// name is what a request is for, without anything that was asked.
func (w *answer) name(r *http.Request) string {
	if w.op != nil {
		return r.Method + " " + w.op.path
	}
	return r.Method
}
