package api

import (
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"net/http"
	"net/url"
	"strings"

	"navicert"
)

func unescapePath(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

func (w *answer) status(*http.Request, *params, []string) error {
	w.out = append(w.out, `{"status":"ok"}`...)
	return nil
}

func (w *answer) ready(r *http.Request, p *params, at []string) error {
	b, release, err := w.s.opt.Lists.Acquire(navicert.Forever)
	if err != nil {
		return &fault{code: http.StatusServiceUnavailable, text: "Index not ready."}
	}
	defer release()
	if len(b.Lists) == 0 {
		return &fault{code: http.StatusServiceUnavailable, text: "Index not ready."}
	}
	return w.status(r, p, at)
}

// update looks for newer lists, for who knows the token.
func (w *answer) update(r *http.Request, p *params, at []string) error {
	got, want := sha256.Sum256([]byte(p.text("token"))), sha256.Sum256([]byte(w.s.opt.Token))
	if strings.TrimSpace(w.s.opt.Token) == "" || subtle.ConstantTimeCompare(got[:], want[:]) == 0 {
		return &fault{code: http.StatusForbidden, text: "Invalid token."}
	}
	if !p.bool("sync") {
		go func(s *Server) { _ = s.reload() }(w.s) // which logs what fails
		return w.status(r, p, at)
	}
	if err := w.s.reload(); err != nil {
		return &fault{code: http.StatusInternalServerError, text: "The lists could not be opened anew; the earlier ones stay."}
	}
	return w.status(r, p, at)
}

func (s *Server) reload() error {
	err := s.opt.Lists.Reload()
	if err != nil {
		s.opt.Log.Error("the lists could not be opened anew", "error", err)
	}
	return err
}

//go:embed page.html
var page []byte

// page answers with a page for people, or with the one for programs.
func (w *answer) page(_ *http.Request, p *params, _ []string) error {
	if p.op.path != "/" {
		w.out = append(w.out, w.s.openAPI()...)
		return nil
	}
	w.kind = "text/html; charset=utf-8"
	w.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.out = append(w.out, page...)
	return nil
}
