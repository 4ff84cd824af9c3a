package batch

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"navicert"
	"navicert/list"
	"navicert/match"
	"navicert/screen"
)

// A shelf is a book made ready to be searched itself: when a list changes,
// what has changed is looked up among the customers, instead of all customers
// among the lists. It is a folder of snapshots in which each distinct name of
// the book is an entity, and of a file that describes it.

const (
	shelfForm  = "navicert-shelf/1"
	shelfNote  = "shelf.json"
	shelfNames = 50_000  // distinct names in a snapshot: a search looks closely at some hundred of them
	shelfBytes = 8 << 20 // of the customers of one name, before another entity begins
	fieldSep   = "\x1f"
)

// Shelf describes a shelf.
type Shelf struct {
	Form  string `json:"form"`
	Book  string `json:"book"`
	Rows  int64  `json:"rows"`
	Names int64  `json:"names"`
	Parts int    `json:"parts"`
}

// Keep puts a book on a shelf, a new folder.
func Keep(ctx context.Context, in, dir string, progress func(done, total int64)) (*Shelf, error) {
	b, err := openBook(in)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	s := &Shelf{Form: shelfForm, Book: filepath.Base(in)}
	type part struct {
		number int
		es     []*list.Entity
	}
	todo := make(chan part)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for p := range todo {
				if err := writePart(partName(dir, p.number), p.es); err != nil {
					cancel(err)
				}
			}
		})
	}
	at, es, size := map[string]*list.Entity{}, []*list.Entity(nil), map[*list.Entity]int{}
	flush := func() {
		if len(es) > 0 {
			todo <- part{s.Parts, es}
			s.Parts++
			s.Names += int64(len(es))
			at, es, size = map[string]*list.Entity{}, nil, map[*list.Entity]int{}
		}
	}
	for err == nil && ctx.Err() == nil {
		var r row
		var f []string
		if f, err = b.format.next(); err != nil {
			break
		}
		b.rows++
		r.number = b.rows
		r.read(f)
		key := strings.Join(r.query.Names, fieldSep)
		e := at[key]
		if e == nil || size[e] > shelfBytes {
			if len(es) == shelfNames {
				flush()
			}
			e = &list.Entity{ID: strconv.FormatInt(r.number, 10), Kind: r.query.Kind}
			for _, n := range r.query.Names {
				e.Names = append(e.Names, list.Name{Text: strings.Clone(n)})
			}
			if len(e.Names) == 0 { // a wallet or a number may still be listed
				e.Names = []list.Name{{Text: "-"}}
			}
			at[strings.Clone(key)] = e
			es = append(es, e)
		}
		if e.Kind != r.query.Kind {
			e.Kind = list.KindUnknown
		}
		e.Documents = append(e.Documents, r.query.Documents...)
		for _, w := range r.query.Wallets {
			e.Wallets = append(e.Wallets, list.Wallet{Address: w})
		}
		note := strconv.FormatInt(r.number, 10)
		for _, v := range f { // what parts fields cannot stand in one
			note += fieldSep + strings.ReplaceAll(v, fieldSep, " ")
		}
		e.Notes = append(e.Notes, note)
		size[e] += len(note)
		if progress != nil && b.rows%chunkRows == 0 {
			progress(b.at(), b.Size())
		}
	}
	s.Rows = b.rows
	flush()
	close(todo)
	workers.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != io.EOF {
		return nil, fmt.Errorf("%s: row %d: %w", in, b.rows+1, err)
	}
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return s, os.WriteFile(filepath.Join(dir, shelfNote), append(data, '\n'), 0o600)
}

func partName(dir string, n int) string { return filepath.Join(dir, fmt.Sprintf("%05d.snap", n)) }

func writePart(file string, es []*list.Entity) error {
	sections, err := match.BuildIndex(es)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = list.Write(f, list.Info{Source: "book"}, es, sections)
	return errors.Join(err, f.Sync(), f.Close())
}

// openShelf reads what a shelf is.
func openShelf(dir string) (*Shelf, error) {
	name := filepath.Join(dir, shelfNote)
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	s := &Shelf{}
	if err := json.Unmarshal(data, s); err != nil || s.Form != shelfForm || s.Parts < 0 {
		return nil, &navicert.Error{File: name, What: "this describes no shelf", Want: shelfForm, Hint: "keep the book anew"}
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".snap") {
			n++
		}
	}
	if n != s.Parts {
		return nil, &navicert.Error{File: name, What: fmt.Sprintf("the folder has %d parts", n), Want: fmt.Sprint(s.Parts), Hint: "keep the book anew"}
	}
	return s, nil
}

// How widely a list's name is looked up among the customers. Words weigh
// differently there and the sides are changed, so that a customer may stay
// below the threshold by slack and is then judged the usual way. Wider finds
// more of the faint hits; TestUpdate says how many are lost.
const (
	slack = 6
	depth = 4000
)

// Update screens the customers of a shelf that may be one of the changed
// entities of j.Lists; j.In is the shelf. Its cost grows with the change.
// Scores are those that a screening of the whole book gives; of faint hits, it
// misses some that the whole would give.
func Update(ctx context.Context, j Job, changed []*list.Entity) (*Report, error) {
	s, err := openShelf(j.In)
	if err != nil {
		return nil, err
	}
	if j.Workers == 0 {
		j.Workers = runtime.GOMAXPROCS(0)
	}
	ids := map[string]bool{}
	for _, e := range changed {
		ids[e.ID] = true
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	parts, rep, found, names := make(chan int), &Report{}, []updated(nil), int64(0)
	var mu sync.Mutex
	var workers sync.WaitGroup
	done := int64(0)
	for range j.Workers {
		workers.Go(func() {
			own := j
			own.Options.Own, own.Options.Memory = screen.Searchers{}, memory
			w := updater{Job: &own, ids: ids, changed: changed, least: least(&j)}
			for n := range parts {
				var out []updated
				var r *Report
				var kept int
				err := list.Reading(func() (err error) {
					out, r, kept, err = w.part(partName(j.In, n))
					return err
				})
				if err != nil {
					cancel(err)
					continue
				}
				mu.Lock()
				found = append(found, out...)
				rep.add(r)
				names += int64(kept)
				if done++; j.Progress != nil {
					j.Progress(done, int64(s.Parts))
				}
				mu.Unlock()
			}
		})
	}
	for n := 0; n < s.Parts && ctx.Err() == nil; n++ {
		parts <- n
	}
	close(parts)
	workers.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if names != s.Names {
		return nil, fmt.Errorf("%s has %d names, and %s says %d; keep the book anew", j.In, names, shelfNote, s.Names)
	}
	slices.SortFunc(found, func(a, b updated) int { return int(a.row - b.row) })
	f, err := os.OpenFile(j.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.WriteString(header)
	for i := range found {
		if err == nil {
			_, err = f.Write(found[i].line)
		}
	}
	return rep, errors.Join(err, f.Sync(), f.Close())
}

type updated struct {
	row  int64
	line []byte
}

// least is the lowest threshold of any list.
func least(j *Job) float32 {
	out := cmp.Or(j.Options.Min, match.Standard)
	for _, m := range j.Options.MinOf {
		out = min(out, m)
	}
	if t := j.Options.Tuning; t != nil {
		for _, m := range t.Thresholds {
			out = min(out, m)
		}
	}
	return out
}

type updater struct {
	*Job
	least   float32
	ids     map[string]bool
	changed []*list.Entity
	back    []match.Hit
}

// part finds the customers of one snapshot.
func (u *updater) part(file string) (out []updated, rep *Report, names int, err error) {
	s, err := list.Open(file)
	if err != nil {
		return nil, nil, 0, err
	}
	defer func() { _ = s.Close() }()
	x, err := match.OpenIndex(s)
	if err != nil {
		return nil, nil, 0, &navicert.Error{File: file, What: "the book was kept by another version of this program, or is damaged (" + err.Error() + ")", Hint: "keep it anew: navicert book keep"}
	}
	back, maybe := x.Searcher(), map[int32]bool{}
	back.Depth = depth
	for _, e := range u.changed {
		q := match.Query{Documents: e.Documents}
		for i := range e.Wallets {
			q.Wallets = append(q.Wallets, e.Wallets[i].Address)
		}
		for names := range slices.Chunk(e.Names, 8) {
			q.Names = q.Names[:0]
			for i := range names {
				q.Names = append(q.Names, names[i].Text)
			}
			u.back = back.Search(&q, u.least-slack, 1000, u.back[:0])
			for i := range u.back {
				maybe[u.back[i].Entity] = true
			}
		}
	}
	rep = &Report{}
	for n := range maybe {
		for _, note := range s.Entity(int(n)).Notes {
			f := strings.Split(note, fieldSep)
			if len(f) != len(columns)+1 {
				return nil, nil, 0, fmt.Errorf("%s: a customer is damaged; keep the book anew", file)
			}
			r := row{}
			if r.number, err = strconv.ParseInt(f[0], 10, 64); err != nil {
				return nil, nil, 0, fmt.Errorf("%s: a customer is damaged; keep the book anew", file)
			}
			r.read(f[1:])
			if line := u.customer(&r, rep); len(line) > 0 {
				out = append(out, updated{r.number, line})
			}
		}
	}
	return out, rep, s.Len(), nil
}

// customer screens one customer and keeps what has changed.
func (u *updater) customer(r *row, rep *Report) (line []byte) {
	rep.Rows++
	n := int64(0)
	hits := u.Lists.Search(&r.query, &u.Options)
	for i := range hits {
		if u.ids[hits[i].Entity.ID] {
			n++
			line = appendHit(line, r, &hits[i])
		}
	}
	rep.Hits += n
	if n > 0 {
		rep.Found++
	}
	return line
}
