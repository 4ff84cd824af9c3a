// Package api answers over HTTP. It speaks the matching contract of
// OpenSanctions (yente 5.x), so that a program written for that service runs
// against this one when its address is changed, and says in fields of its own
// what that contract has no words for: which lists of which day were searched,
// a score that is not capped, similarity and completeness.
//
// What is asked stays here: no name, number or address of a query is logged.
package api

import (
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"navicert"
	"navicert/screen"
)

// The limits of the contract, and our own where it has none.
const (
	matchLimit, maxMatches = 5, 500           // results per query, and at most
	pageLimit, maxPage     = 10, 500          // results per page of a search, and at most
	maxOffset              = 9_499            // of a search
	maxWindow              = 9_999            // offset and limit together
	maxBatch               = 100              // queries in one request
	maxExclude             = 50               // entity IDs to exclude, in the address
	maxExcludeQuery        = 10_000           // the same, in the body of one query
	maxURI                 = 60_000           // bytes of path and query
	maxBody                = 8 << 20          // bytes
	maxHeld                = 128 << 20        // bytes of all bodies under way, but for the first of each:
	freeBody               = 64 << 10         // bytes
	maxSending             = 256 << 20        // the same of answers that are being read
	maxNames               = 250              // names of one query
	maxName                = 1_000            // characters of one name
	gzipFrom               = 500              // bytes from which an answer is compressed
	standard               = 0.70             // the threshold that a client means when it says nothing
	queueFor               = time.Second      // that a request waits for its turn
	wordsFor               = 20 * time.Second // that it waits for the index of words
)

// Lists hands out the lists that answers come from.
type Lists interface {
	// Acquire gives the newest lists (navicert.Forever) or those of a day.
	// They stay whole until release. The error is for the client.
	Acquire(asOf navicert.Day) (b *Book, release func(), err error)
	// Reload looks for newer editions.
	Reload() error
}

// Options says how a server answers.
type Options struct {
	Lists    Lists
	Token    string                          // that /updatez asks for; empty: it is refused
	Keys     []string                        // of clients; none: everybody may ask
	Tuning   *screen.Tuning                  // the firm's decisions on hits; nil: none
	Country  func(text string) (code string) // reads what a country is called; nil: by its code and short name alone
	Log      *slog.Logger                    // nil: nowhere
	Parallel int                             // requests answered at the same time; 0: two per processor
	Queue    int                             // requests that may wait; 0: 64 per processor
}

// Server is an http.Handler.
type Server struct {
	opt        Options
	operations []operation
	openAPI    func() []byte
	slots      chan struct{}
	waiting    atomic.Int64
	held       atomic.Int64 // bytes of bodies under way
	sending    atomic.Int64 // bytes of answers under way
}

// New makes a server.
func New(opt Options) *Server {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Parallel <= 0 {
		opt.Parallel = 2 * runtime.GOMAXPROCS(0)
	}
	if opt.Queue <= 0 {
		opt.Queue = 64 * runtime.GOMAXPROCS(0)
	}
	s := &Server{opt: opt, operations: operations(), slots: make(chan struct{}, opt.Parallel)}
	s.openAPI = sync.OnceValue(func() []byte { return openAPI(s.operations) })
	return s
}

// HTTP makes the http.Server around s, with limits on what a client may keep
// waiting.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    4 * maxURI,
		ErrorLog:          slog.NewLogLogger(s.opt.Log.Handler(), slog.LevelDebug), // it may quote what a client sent
	}
}
