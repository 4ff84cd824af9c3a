package api

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"navicert"
	"navicert/list"
)

// answer is the answer to one request while it is made.
type answer struct {
	s       *Server
	w       http.ResponseWriter
	op      *operation // what is asked for, nil: nothing that is there
	code    int
	kind    string // content type
	out     []byte
	in      []byte
	held    int64 // bytes of the body that count towards maxHeld
	headers [][2]string
	turn    bool // a slot is held
	release func()
	asOf    navicert.Day
}

var answers = sync.Pool{New: func() any { return &answer{out: make([]byte, 0, 16<<10), in: make([]byte, 0, 4<<10)} }}

// keepBuffer is the size from which a buffer is not kept for the next request.
const keepBuffer = 1 << 20

// ServeHTTP answers one request. Whatever happens, the client gets an answer
// in the contract's form, and the log no word of what was asked.
func (s *Server) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w := answers.Get().(*answer)
	w.s, w.w, w.code, w.kind, w.asOf = s, rw, http.StatusOK, "application/json", navicert.Forever
	w.out, w.in, w.headers = w.out[:0], w.in[:0], w.headers[:0]
	defer w.done()
	defer func() {
		if p := recover(); p != nil {
			s.opt.Log.Error("a request failed; this is a fault of the program", "route", w.name(r), "stack", string(debug.Stack()))
			w.code, w.kind, w.headers = http.StatusInternalServerError, "application/json", w.headers[:0]
			w.out = append(w.out[:0], `{"status":"error"}`...)
			w.send(r)
		}
	}()
	if w.cors(r) {
		w.send(r)
		return
	}
	if err := list.Reading(func() error { return w.route(r) }); err != nil {
		if cut := (*list.CutError)(nil); errors.As(err, &cut) {
			s.opt.Log.Error("lists cannot be read any more", "error", err)
			go func() { _ = s.reload() }() // which sees it too, and looks for a whole file
			err = errAltered
		}
		w.fail(err)
	}
	w.send(r)
}

func (w *answer) done() {
	w.yield()
	w.s.held.Add(-w.held)
	w.s, w.w, w.op, w.release, w.held = nil, nil, nil, nil, 0
	if cap(w.out) > keepBuffer {
		w.out = nil
	}
	if cap(w.in) > keepBuffer {
		w.in = nil
	}
	answers.Put(w)
}

// yield gives back the lists and the turn, before a slow client is written to.
func (w *answer) yield() {
	if w.release != nil {
		w.release()
		w.release = nil
	}
	if w.turn {
		<-w.s.slots
		w.turn = false
	}
}

func (w *answer) header(name, value string) { w.headers = append(w.headers, [2]string{name, value}) }

func (w *answer) fail(err error) {
	f := faultOf(err)
	w.code, w.kind, w.headers = f.code, "application/json", w.headers[:0]
	w.out = f.append(w.out[:0])
	if f.header[0] != "" {
		w.header(f.header[0], f.header[1])
	}
}

// cors lets pages of any origin ask. It tells whether that is all of the answer.
func (w *answer) cors(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	h := w.w.Header()
	h.Set("Access-Control-Allow-Credentials", "true")
	wants := r.Header.Get("Access-Control-Request-Method")
	if r.Method != http.MethodOptions || wants == "" {
		h.Set("Access-Control-Allow-Origin", "*")
		return false
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS, POST")
	h.Set("Access-Control-Max-Age", "600")
	h.Set("Vary", "Origin")
	if hs := r.Header.Get("Access-Control-Request-Headers"); hs != "" {
		h.Set("Access-Control-Allow-Headers", hs)
	}
	w.kind = "text/plain; charset=utf-8"
	w.out = append(w.out, "OK"...)
	return true
}

// key checks who asks, where that is asked for.
func (w *answer) key(r *http.Request) error {
	if len(w.s.opt.Keys) == 0 || w.op != nil && w.op.open {
		return nil
	}
	given := r.Header.Get("Authorization")
	if scheme, rest, ok := strings.Cut(given, " "); ok && (strings.EqualFold(scheme, "ApiKey") || strings.EqualFold(scheme, "Bearer")) {
		given = rest
	}
	if given == "" {
		given = r.URL.Query().Get("api_key")
	}
	if given == "" {
		return &fault{code: http.StatusUnauthorized, text: "An API key is needed: send \"Authorization: ApiKey <key>\".", header: [2]string{"WWW-Authenticate", "ApiKey"}}
	}
	got := sha256.Sum256([]byte(strings.TrimSpace(given)))
	ok := 0
	for _, k := range w.s.opt.Keys { // all of them, so that time tells nothing
		want := sha256.Sum256([]byte(k))
		ok |= subtle.ConstantTimeCompare(got[:], want[:])
	}
	if ok == 0 {
		return &fault{code: http.StatusForbidden, text: "This API key is not known."}
	}
	return nil
}

// body reads what the client sent, up to maxBody.
func (w *answer) body(r *http.Request) ([]byte, error) {
	tooLarge := &fault{
		code: http.StatusRequestEntityTooLarge, header: [2]string{"Connection", "close"},
		text: "The body is larger than " + strconv.Itoa(maxBody>>20) + " MiB; send fewer queries at once.",
	}
	if r.ContentLength > maxBody {
		return nil, tooLarge
	}
	var in io.Reader = http.MaxBytesReader(w.w, r.Body, maxBody)
	switch packed := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); packed {
	case "", "identity":
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, bad("There was an error parsing the body: it is not gzip")
		}
		in = z
	default:
		return nil, &fault{code: http.StatusUnsupportedMediaType, text: "The body is packed as " + short(packed) + "; send it as gzip or plain.", header: [2]string{"Accept-Encoding", "gzip, identity"}}
	}
	buf := bytes.NewBuffer(w.in)
	in = &holding{Reader: in, w: w}
	_, err := buf.ReadFrom(io.LimitReader(in, maxBody+1))
	w.in = buf.Bytes()
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over) || len(w.in) > maxBody:
		return nil, tooLarge
	case errors.Is(err, errBodies):
		return nil, errBodies
	case isBroken(err):
		return nil, bad("There was an error parsing the body: its gzip is broken")
	case err != nil:
		return nil, bad("There was an error reading the body: it ended early or came too slowly")
	}
	return w.in, nil
}

// isBroken tells whether what was unpacked is not what was packed.
func isBroken(err error) bool {
	var flaw flate.CorruptInputError
	return errors.As(err, &flaw) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader)
}

// holding counts what a body holds, so that many who send slowly cannot fill
// the memory. Small bodies always have room.
type holding struct {
	io.Reader
	w *answer
	n int64
}

func (h *holding) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	if h.n += int64(n); h.n-freeBody > h.w.held {
		more := h.n - freeBody - h.w.held
		h.w.held += more
		if h.w.s.held.Add(more) > maxHeld {
			return 0, errBodies
		}
	}
	return n, err
}

var errBodies = &fault{
	code: http.StatusServiceUnavailable, text: "Too many large requests are under way; try again in some seconds, or send fewer queries at once.",
	header: [2]string{"Retry-After", "5"},
}

var errSending = &fault{
	code: http.StatusServiceUnavailable, text: "Too many large answers are being read; try again in some seconds, or ask for less at once.",
	header: [2]string{"Retry-After", "5"},
}

// acquire takes the lists of the day that as_of names, then waits for the
// request's turn. A client that is slow to send has not waited in the queue.
func (w *answer) acquire(p *params) (*Book, error) {
	b, err := w.lists(p)
	if err != nil {
		return nil, err
	}
	return b, w.wait()
}

// acquireWords is acquire for who searches by words or follows links. What that
// needs may still be in the making; nobody else waits for it.
func (w *answer) acquireWords(p *params) (*Book, error) {
	b, err := w.lists(p)
	if err != nil {
		return nil, err
	}
	select {
	case <-b.ready():
		return b, w.wait()
	case <-time.After(wordsFor):
		return nil, &fault{
			code: http.StatusServiceUnavailable, text: "The index of words is still being made.",
			header: [2]string{"Retry-After", "5"},
		}
	}
}

func (w *answer) lists(p *params) (*Book, error) {
	if v := p.text("as_of"); v != "" {
		w.asOf, _ = navicert.ParseDay(v) // which has been checked
	}
	b, release, err := w.s.opt.Lists.Acquire(w.asOf)
	if f := (*fault)(nil); err != nil && !errors.As(err, &f) { // a file is damaged; its path is nobody's business
		w.s.opt.Log.Error("lists could not be opened", "day", w.asOf, "error", err)
		err = &fault{code: http.StatusServiceUnavailable, text: "The lists of that day cannot be opened.", header: [2]string{"Retry-After", "30"}}
	}
	if err != nil {
		return nil, err
	}
	w.release = release
	return b, nil
}

// day is the day of the question.
func (w *answer) day() navicert.Day {
	if w.asOf == navicert.Forever {
		return navicert.DayOf(time.Now())
	}
	return w.asOf
}

func (w *answer) wait() error {
	select {
	case w.s.slots <- struct{}{}:
		w.turn = true
		return nil
	default:
	}
	if w.s.waiting.Add(1) > int64(w.s.opt.Queue) {
		w.s.waiting.Add(-1)
		return errQueue
	}
	defer w.s.waiting.Add(-1)
	ctx, cancel := context.WithTimeout(context.Background(), queueFor)
	defer cancel()
	select {
	case w.s.slots <- struct{}{}:
		w.turn = true
		return nil
	case <-ctx.Done():
		return errQueue
	}
}

// pass lets those who wait go first, between the parts of a long request.
func (w *answer) pass() {
	if w.turn && w.s.waiting.Load() > 0 {
		<-w.s.slots
		w.s.slots <- struct{}{}
	}
}

var zippers = sync.Pool{New: func() any { z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed); return z }}

// send writes the answer.
func (w *answer) send(r *http.Request) {
	w.yield()
	if more := int64(len(w.out)) - freeBody; more > 0 { // who reads slowly holds it
		if w.s.sending.Add(more) > maxSending {
			w.s.sending.Add(-more)
			w.fail(errSending)
		} else {
			defer w.s.sending.Add(-more)
		}
	}
	h := w.w.Header()
	for _, kv := range w.headers {
		h.Set(kv[0], kv[1])
	}
	if w.code == http.StatusNotModified {
		w.w.WriteHeader(w.code)
		return
	}
	if w.kind != "" {
		h["Content-Type"] = []string{w.kind}
	}
	h["X-Content-Type-Options"] = nosniff
	if len(w.out) >= gzipFrom {
		h.Add("Vary", "Accept-Encoding")
		if accepts(r.Header.Get("Accept-Encoding")) {
			h["Content-Encoding"] = gzipped
			w.w.WriteHeader(w.code)
			if r.Method == http.MethodHead {
				return
			}
			z := zippers.Get().(*gzip.Writer)
			z.Reset(w.w)
			_, _ = z.Write(w.out) // the client is gone; nobody is left to tell
			_ = z.Close()
			zippers.Put(z)
			return
		}
	}
	h["Content-Length"] = []string{strconv.Itoa(len(w.out))}
	w.w.WriteHeader(w.code)
	if r.Method != http.MethodHead {
		_, _ = w.w.Write(w.out)
	}
}

var (
	nosniff = []string{"nosniff"}
	gzipped = []string{"gzip"}
)

func accepts(encodings string) bool {
	for e := range strings.SplitSeq(encodings, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(e), ";")
		if name == "gzip" {
			_, q, _ = strings.Cut(q, "q=")
			return q == "" || strings.Trim(q, "0. ") != ""
		}
	}
	return false
}

// Serve answers on l until ctx ends, then lets running requests finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := s.HTTP()
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	return srv.Shutdown(end)
}
