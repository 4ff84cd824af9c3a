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
	first, rest := parts[0], parts[1:]
	switch {
	case first == "healthz" && len(rest) == 0:
		return w.get(r, w.status)
	case first == "readyz" && len(rest) == 0:
		return w.get(r, func() error { return w.ready() })
	case first == "" || first == "openapi.json" || first == "favicon.ico":
		return w.get(r, func() error { return w.page(first) })
	case first == "updatez" && len(rest) == 0:
		if err := w.only(r, http.MethodPost); err != nil {
			return err
		}
		return w.update(r)
	}
	if err := w.key(r); err != nil {
		return err
	}
	switch {
	case first == "match" && len(rest) == 1:
		if err := w.only(r, http.MethodPost); err != nil {
			return err
		}
		return w.s.match(w, r, rest[0])
	case first == "search" && len(rest) == 1:
		return w.get(r, func() error { return w.s.search(w, r, rest[0]) })
	case first == "entities" && len(rest) == 1:
		return w.get(r, func() error { return w.s.entity(w, r, rest[0]) })
	case first == "entities" && len(rest) <= 3 && len(rest) > 1 && rest[1] == "adjacent":
		return w.get(r, func() error { return w.s.adjacent(w, r, rest[0], rest[2:]) })
	case (first == "catalog" || first == "manifest") && len(rest) == 0:
		return w.get(r, func() error { return w.catalog(r) })
	case first == "algorithms" && len(rest) == 0:
		return w.get(r, w.algorithms)
	case first == "reconcile" && len(rest) >= 1:
		return w.s.reconcile(w, r, rest[0], rest[1:])
	}
	return errNoRoute
}

func (w *answer) get(r *http.Request, f func() error) error {
	if err := w.only(r, http.MethodGet); err != nil {
		return err
	}
	return f()
}

func (w *answer) only(r *http.Request, method string) error {
	if r.Method == method || method == http.MethodGet && r.Method == http.MethodHead {
		return nil
	}
	return &fault{code: http.StatusMethodNotAllowed, text: "Method Not Allowed", header: [2]string{"Allow", method}}
}

// route names what a request is for, without anything that was asked.
func route(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch first {
	case "match", "search", "entities", "catalog", "manifest", "algorithms", "reconcile", "healthz", "readyz", "updatez":
		return r.Method + " /" + first
	}
	return r.Method
}
