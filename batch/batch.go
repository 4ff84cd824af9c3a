// Package batch screens whole books of customers: a file in, a file of hits
// out, in the order of the book, on all cores, and from where it was
// interrupted.
package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"navicert/list"
	"navicert/screen"
)

// Job is one book to screen.
type Job struct {
	In      string // CSV or Parquet
	Out     string // CSV of hits; what is not finished stands in Out+".part"
	Lists   *screen.Lists
	Options screen.Options
	Workers int // 0: all cores
	// Print describes what the answer depends on beside the book: hashes of
	// lists and settings. A job is only continued under the same.
	Print string
	// Progress is called now and then with how much of Total has been screened.
	Progress func(done, total int64)
}

// Report is what came of a book.
type Report struct {
	Rows, Hits, Found int64    // customers read, hits written, customers with a hit
	Resumed           int64    // rows that an earlier run had done
	Unnamed           int64    // rows without a name: at most their numbers were looked up
	Unread            int64    // rows with a date, country or kind that could not be read: screened without it
	First             []string // the first few faults, with their place
}

// memory is how many words a searcher remembers: what most names are made of,
// in some twenty megabytes.
const memory = 50_000

// chunkRows is how many customers go to a worker at once: enough that first
// names come again, few enough to lose little when interrupted.
const chunkRows = 2048

type chunk struct {
	seq  int
	rows []row
	end  mark // where the book continues after it
	out  []byte
	rep  Report
}

// Run screens a book. What it has written when it is interrupted stands, and
// the same call continues there.
func Run(ctx context.Context, j Job) (*Report, error) {
	j.Options.Memory = memory
	if j.Workers == 0 {
		j.Workers = runtime.GOMAXPROCS(0)
	}
	book, err := openBook(j.In)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	out, rep, err := openOutput(&j, book)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	todo, done := make(chan *chunk), make(chan *chunk, j.Workers)
	go func() {
		defer close(todo)
		if err := feed(ctx, book, todo); err != nil {
			cancel(err)
		}
	}()
	var workers sync.WaitGroup
	for range j.Workers {
		workers.Go(func() {
			own := j
			own.Options.Own = screen.Searchers{}
			w := worker{Job: &own}
			for c := range todo {
				if err := list.Reading(func() error { w.screen(c); return nil }); err != nil {
					cancel(err)
					continue // what follows is not written: nothing may be missing before it
				}
				done <- c
			}
		})
	}
	go func() { workers.Wait(); close(done) }()

	waiting, next := map[int]*chunk{}, 0
	for c := range done {
		waiting[c.seq] = c
		for c = waiting[next]; c != nil; c = waiting[next] {
			delete(waiting, next)
			next++
			rep.add(&c.rep)
			if err := out.put(c, rep); err != nil {
				cancel(err)
			}
			if j.Progress != nil {
				j.Progress(c.end.At, book.Size())
			}
		}
	}
	if err := j.Lists.Intact(); err != nil { // then hits may be missing in what is written
		return rep, errors.Join(err, out.drop())
	}
	if err := context.Cause(ctx); err != nil {
		return rep, errors.Join(err, out.pause(rep))
	}
	return rep, out.finish()
}

// feed reads the book into chunks.
func feed(ctx context.Context, b *book, to chan<- *chunk) error {
	for seq := 0; ; seq++ {
		c := &chunk{seq: seq, rows: make([]row, 0, chunkRows)}
		var err error
		for len(c.rows) < chunkRows && err == nil {
			var r row
			if err = b.next(&r); err == nil {
				c.rows = append(c.rows, r)
			}
		}
		if err != nil && err != io.EOF {
			return err
		}
		c.end = b.mark()
		if len(c.rows) > 0 {
			select {
			case to <- c:
			case <-ctx.Done():
				return nil
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

type worker struct {
	*Job
	order []int
	lines []byte
	spans [][2]int // of lines, by row
}

// screen screens the rows in the order of their names, so that what the search
// has just seen of a name it sees again, and writes in that of the book.
func (w *worker) screen(c *chunk) {
	w.order, w.lines = w.order[:0], w.lines[:0]
	for i := range c.rows {
		r := &c.rows[i]
		c.rep.Rows++
		if len(r.faults) > 0 {
			c.rep.Unread++
			c.rep.fault(r.faults...)
		}
		if len(r.query.Names) == 0 {
			c.rep.Unnamed++
			c.rep.fault(fmt.Sprintf("row %d: no name: only its numbers were looked up", r.number))
		}
		w.order = append(w.order, i)
	}
	first := func(i int) string {
		if n := c.rows[i].query.Names; len(n) > 0 {
			return n[0]
		}
		return ""
	}
	slices.SortFunc(w.order, func(a, b int) int { return strings.Compare(first(a), first(b)) })
	w.spans = slices.Grow(w.spans[:0], len(c.rows))[:len(c.rows)]
	for _, i := range w.order {
		r := &c.rows[i]
		hits := w.Lists.Search(&r.query, &w.Options)
		if len(hits) > 0 {
			c.rep.Found++
		}
		c.rep.Hits += int64(len(hits))
		from := len(w.lines)
		for k := range hits {
			w.lines = appendHit(w.lines, r, &hits[k])
		}
		w.spans[i] = [2]int{from, len(w.lines)}
	}
	for _, s := range w.spans {
		c.out = append(c.out, w.lines[s[0]:s[1]]...)
	}
	c.rows = nil
}

func (r *Report) add(o *Report) {
	r.Rows += o.Rows
	r.Hits += o.Hits
	r.Found += o.Found
	r.Unnamed += o.Unnamed
	r.Unread += o.Unread
	r.fault(o.First...)
}

const firstFaults = 10

func (r *Report) fault(s ...string) {
	for _, s := range s {
		if len(r.First) < firstFaults {
			r.First = append(r.First, s)
		}
	}
}
