package api

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"navicert"
)

func unescapePath(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

func (w *answer) status() error {
	w.out = append(w.out, `{"status":"ok"}`...)
	return nil
}

func (w *answer) ready() error {
	b, release, err := w.s.opt.Lists.Acquire(navicert.Forever)
	if err != nil {
		return &fault{code: http.StatusServiceUnavailable, text: "Index not ready."}
	}
	defer release()
	if len(b.Lists) == 0 {
		return &fault{code: http.StatusServiceUnavailable, text: "Index not ready."}
	}
	return w.status()
}

// update looks for newer lists, for who knows the token.
func (w *answer) update(r *http.Request) error {
	p, err := readParams(r)
	if err != nil {
		return err
	}
	got, want := sha256.Sum256([]byte(p.text("token", ""))), sha256.Sum256([]byte(w.s.opt.Token))
	if strings.TrimSpace(w.s.opt.Token) == "" || subtle.ConstantTimeCompare(got[:], want[:]) == 0 {
		return &fault{code: http.StatusForbidden, text: "Invalid token."}
	}
	wait := p.bool("sync", false)
	if err := p.err(); err != nil {
		return err
	}
	if !wait {
		go func() { _ = w.s.reload() }() // which logs what fails
		return w.status()
	}
	if err := w.s.reload(); err != nil {
		return &fault{code: http.StatusInternalServerError, text: "The lists could not be opened anew; the earlier ones stay."}
	}
	return w.status()
}

func (s *Server) reload() error {
	err := s.opt.Lists.Reload()
	if err != nil {
		s.opt.Log.Error("the lists could not be opened anew", "error", err)
	}
	return err
}

//go:embed openapi.json
var openAPI []byte

//go:embed page.html
var page []byte

var compactAPI = sync.OnceValue(func() []byte { return bytes.ReplaceAll(openAPI, []byte("VERSION"), []byte(navicert.Version)) })

func (w *answer) page(name string) error {
	switch name {
	case "":
		w.kind = "text/html; charset=utf-8"
		w.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		w.out = append(w.out, page...)
	case "openapi.json":
		w.out = append(w.out, compactAPI()...)
	default:
		return errNoRoute
	}
	return nil
}
