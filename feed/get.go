package feed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"navicert"
)

// Fetcher fetches files from where they are published. The zero Fetcher is
// ready; proxies come from the environment (HTTPS_PROXY, NO_PROXY).
type Fetcher struct {
	Client   *http.Client                  // nil: one that follows redirects to https alone
	Mirror   func(s *Source, u URL) string // another address of a file; empty: the official one
	Progress func(Progress)                // called from the fetching goroutine; may be nil
	Tries    int                           // attempts that bring nothing before it gives up; 0: 5
	Wait     time.Duration                 // before the second attempt, doubled each time; 0: 1 s
	Idle     time.Duration                 // longest silence of a server; 0: 1 min
	Limit    time.Duration                 // longest time for all files of a form; 0: 30 min
	MaxBytes int64                         // of one file as it is sent; 0: 512 MiB

	far map[string]error // servers that could not be reached; they are not tried again
}

// Progress says how far a file has come.
type Progress struct {
	Source string
	File   string
	Done   int64
	Total  int64         // 0: not announced
	Fault  error         // what ended an attempt
	Pause  time.Duration // with Fault: until the next one
}

// maxFar is how often a server that cannot be reached at all is tried: that
// seldom mends itself within seconds.
const maxFar = 3

// UnreachableError is a server with which no connection came about.
type UnreachableError struct{ Err error }

func (e *UnreachableError) Error() string { return e.Err.Error() }
func (e *UnreachableError) Unwrap() error { return e.Err }

// unreachable marks faults that come before any connection.
func unreachable(err error) error {
	var op *net.OpError
	var name *net.DNSError
	switch {
	case errors.As(err, &name):
		return &UnreachableError{fmt.Errorf("the name %s is not known here", name.Name)}
	case errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect"):
		return &UnreachableError{err}
	}
	return err
}

// Validators are what a server said of a file, so that the next request can
// ask only for a newer one.
type Validators struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"` // Last-Modified, as sent
}

// same says whether an answer's validators, where it has any, are still these.
func (v Validators) same(h http.Header) bool {
	tag, mod := h.Get("ETag"), h.Get("Last-Modified")
	return (tag == "" || v.ETag == "" || tag == v.ETag) && (mod == "" || v.Modified == "" || mod == v.Modified)
}

var (
	errNotModified = errors.New("not modified")
	errNotTried    = errors.New("not tried again")
)

// get fetches one file to path. It resumes what was cut, and waits for servers
// that ask for it. It gives errNotModified where the file is still the one that have describes.
func (f *Fetcher) get(ctx context.Context, address, path string, have Validators, progress func(Progress)) (Validators, error) {
	g := &get{Fetcher: f, address: address, shown: shown(address), have: have, progress: progress}
	if !allowed(address) {
		return g.got, fmt.Errorf("%s is no https address", g.shown)
	}
	host := strings.SplitN(g.shown, "/", 2)[0]
	if err := f.far[host]; err != nil {
		return g.got, fmt.Errorf("%s: %w: %w", g.shown, errNotTried, err)
	}
	out, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return g.got, err
	}
	g.out = out
	err = g.run(ctx)
	var far *UnreachableError
	if errors.As(err, &far) {
		if f.far == nil {
			f.far = map[string]error{}
		}
		f.far[host] = far
	}
	return g.got, errors.Join(err, out.Close())
}

// get is one file on its way.
type get struct {
	*Fetcher
	address  string
	shown    string // the address without what may be a secret
	have     Validators
	got      Validators
	out      *os.File
	done     int64 // bytes written
	total    int64 // as announced, 0: not
	progress func(Progress)
}

// passing is a fault that may be gone at the next attempt.
type passing struct {
	error
	after time.Duration // the server asks for it
}

func (g *get) run(ctx context.Context) error {
	g.tell(Progress{})
	for failed := 0; ; {
		before := g.done
		err := g.attempt(ctx)
		var p *passing
		if !errors.As(err, &p) {
			return err
		}
		if g.done <= before { // no step further
			failed++
		}
		tries := cmp.Or(g.Tries, 5)
		if far := (*UnreachableError)(nil); errors.As(p.error, &far) && g.done == 0 {
			tries = min(tries, maxFar)
		}
		if failed >= tries {
			return fmt.Errorf("%s: gave up after %d attempts: %w", g.shown, tries, p.error)
		}
		pause := cmp.Or(g.Wait, time.Second) << min(failed, 6)
		pause = max(p.after, pause/2+rand.N(pause)) // so that not all clients come back at once
		if end, ok := ctx.Deadline(); ok && time.Until(end) < pause {
			return fmt.Errorf("%s: %w; it would have to wait %s for the next attempt: try again later", g.shown, p.error, pause.Round(time.Second))
		}
		g.tell(Progress{Done: g.done, Total: g.total, Fault: p.error, Pause: pause})
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", g.shown, context.Cause(ctx))
		case <-time.After(pause):
		}
	}
}

func (g *get) tell(p Progress) {
	if g.progress != nil {
		g.progress(p)
	}
}

// attempt makes one request and takes what comes.
func (g *get) attempt(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	idle := cmp.Or(g.Idle, time.Minute)
	watch := time.AfterFunc(idle, func() { cancel(fmt.Errorf("the server was silent for %s", idle)) })
	defer watch.Stop()
	req, err := g.request(ctx)
	if err != nil {
		return err
	}
	resp, err := g.client().Do(req)
	if err != nil {
		return g.broken(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := g.accept(resp); err != nil {
		return err
	}
	return g.copy(ctx, resp.Body, func() { watch.Reset(idle) })
}

func (g *get) request(ctx context.Context) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, g.address, nil)
	if err != nil {
		return nil, fmt.Errorf("%s is no address", g.shown)
	}
	req.Header.Set("User-Agent", "navicert/"+navicert.Version)
	req.Header.Set("Accept-Encoding", "gzip") // and unpacked by OpenFiles, so that a cut answer can be resumed
	same := g.got.ETag
	if same == "" || strings.HasPrefix(same, "W/") {
		same = g.got.Modified
	}
	switch {
	case g.done > 0 && same != "":
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", g.done))
		req.Header.Set("If-Range", same)
	case g.have.ETag != "":
		req.Header.Set("If-None-Match", g.have.ETag)
	case g.have.Modified != "":
		req.Header.Set("If-Modified-Since", g.have.Modified)
	}
	return req, nil
}

// accept judges the head of an answer and makes room for its body.
func (g *get) accept(resp *http.Response) error {
	limit := cmp.Or(g.MaxBytes, 512<<20)
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified && g.have != Validators{}:
		return errNotModified
	case code == http.StatusPartialContent && g.done > 0:
		from, total, ok := contentRange(resp.Header.Get("Content-Range"))
		if !ok || from != g.done {
			return errors.Join(g.restart(), &passing{error: errors.New("the server resumed at another place than asked")})
		}
		if !g.got.same(resp.Header) || g.total > 0 && total > 0 && total != g.total {
			return errors.Join(g.restart(), &passing{error: errors.New("the file at the server has changed while it was fetched")})
		}
		g.total = total
	case code == http.StatusOK:
		if err := g.restart(); err != nil {
			return err
		}
		g.got = Validators{resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")}
		g.total = max(resp.ContentLength, 0)
	case code == http.StatusRequestedRangeNotSatisfiable && g.done > 0:
		return errors.Join(g.restart(), &passing{error: errors.New("the server could not resume")})
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= 500:
		return &passing{fmt.Errorf("the server answers %s", resp.Status), retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	default:
		return &statusError{code, fmt.Sprintf("%s: the server answers %s", g.shown, resp.Status)}
	}
	if t := resp.Header.Get("Content-Type"); strings.HasPrefix(strings.ToLower(strings.TrimSpace(t)), "text/html") {
		return fmt.Errorf("%s: the server answers with a web page (%s), not with a list", g.shown, t)
	}
	if g.total > limit {
		return fmt.Errorf("%s: the server announces %d bytes, and no list has more than %d", g.shown, g.total, limit)
	}
	return nil
}

// restart drops what has come so far.
func (g *get) restart() error {
	g.done, g.total = 0, 0
	_, err := g.out.Seek(0, io.SeekStart)
	return errors.Join(err, g.out.Truncate(0))
}

func (g *get) copy(ctx context.Context, body io.Reader, alive func()) error {
	limit := cmp.Or(g.MaxBytes, 512<<20)
	buf := make([]byte, 1<<16)
	for {
		n, err := body.Read(buf)
		alive()
		if g.done += int64(n); g.done > limit {
			return fmt.Errorf("%s: the server sends more than %d bytes, and no list has so many", g.shown, limit)
		}
		if _, e := g.out.Write(buf[:n]); e != nil {
			return e
		}
		if n > 0 {
			g.tell(Progress{Done: g.done, Total: g.total})
		}
		switch {
		case err == io.EOF && g.total > 0 && g.done < g.total:
			return &passing{error: fmt.Errorf("the connection ended after %d of %d bytes", g.done, g.total)}
		case err == io.EOF:
			return nil
		case err != nil:
			return g.broken(ctx, err)
		}
	}
}

// broken tells what a failed connection means, without the address of a
// redirect, which may carry a signature.
func (g *get) broken(ctx context.Context, err error) error {
	var redirect *redirectError
	if errors.As(err, &redirect) {
		return fmt.Errorf("%s: %w", g.shown, redirect)
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
		if errors.Is(cause, context.Canceled) || errors.Is(cause, context.DeadlineExceeded) {
			return fmt.Errorf("%s: %w", g.shown, cause)
		}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the connection ended after %d of %d bytes", g.done, g.total)
	}
	return &passing{error: unreachable(err)}
}

// statusError is an answer that will be the same at the next attempt.
type statusError struct {
	code int
	what string
}

func (e *statusError) Error() string { return e.what }

// isMissing says whether the server has no such file.
func isMissing(err error) bool {
	var e *statusError
	return errors.As(err, &e) && (e.code == http.StatusNotFound || e.code == http.StatusGone)
}

type redirectError struct{ what string }

func (e *redirectError) Error() string { return e.what }

func (f *Fetcher) client() *http.Client {
	c := http.Client{}
	if f.Client != nil {
		c = *f.Client
	}
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return &redirectError{"the server redirects in circles"}
		}
		if !allowed(req.URL.String()) {
			return &redirectError{"the server redirects to an address that is not https"}
		}
		if inside(req.URL) && !inside(via[0].URL) {
			return &redirectError{"the server redirects into this machine's own network"}
		}
		return nil
	}
	return &c
}

// allowed says whether an address is https, or on this very machine.
func allowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// inside says whether an address is written as one that the public cannot
// reach. Which of them a name stands for is the business of a firewall.
func inside(u *url.URL) bool {
	h := u.Hostname()
	ip := net.ParseIP(h)
	return h == "localhost" || strings.HasSuffix(h, ".localhost") ||
		ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified())
}

// shown is an address without its query and user.
func shown(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the address"
	}
	return u.Host + u.Path
}

// contentRange reads "bytes 100-199/200".
func contentRange(s string) (from, total int64, ok bool) {
	s, ok = strings.CutPrefix(s, "bytes ")
	span, size, ok2 := strings.Cut(s, "/")
	start, _, ok3 := strings.Cut(span, "-")
	from, err := strconv.ParseInt(start, 10, 64)
	if size != "*" {
		var e error
		total, e = strconv.ParseInt(size, 10, 64)
		err = errors.Join(err, e)
	}
	return from, total, ok && ok2 && ok3 && err == nil && from >= 0 && total >= 0
}

// retryAfter reads seconds or a date.
func retryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(s); err == nil {
		return time.Duration(min(max(n, 0), 1<<20)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(t.Sub(now), 0)
	}
	return 0
}
