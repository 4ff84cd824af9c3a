package api

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"navicert"
	"navicert/list"
	"navicert/screen"
)

// Shelf hands out the lists of a store. Newer editions take the place of
// older ones under load: who is being answered keeps what it began with.
type Shelf struct {
	store   *list.Store
	current list.Current[*Book]
	altered atomic.Bool // a file of current was changed in place: nothing is answered from it

	loading sync.Mutex // one Reload at a time; it takes long

	mu   sync.Mutex // of what follows; no more than files are opened under it
	seen string     // what the store held when current was opened
	days []*pastDay // opened, the last used first
}

// pastDay is the lists of a day, opened for who asks for it.
type pastDay struct {
	day  navicert.Day
	seen string
	list.Current[*Book]
}

// maxDays is how many past days are kept open.
const maxDays = 4

// NewShelf makes the shelf of a store. Nothing is open before Reload.
func NewShelf(s *list.Store) *Shelf { return &Shelf{store: s} }

var errEmpty = &fault{code: http.StatusServiceUnavailable, text: "No lists are open yet.", header: [2]string{"Retry-After", "5"}}

var errAltered = &fault{
	code: http.StatusServiceUnavailable, text: "A file of the lists was changed under the server. Nothing is answered until it is whole again.",
	header: [2]string{"Retry-After", "30"},
}

// Acquire gives the newest lists, or those of a day.
func (s *Shelf) Acquire(day navicert.Day) (*Book, func(), error) {
	if s.altered.Load() {
		return nil, nil, errAltered
	}
	if day == navicert.Forever {
		h := s.current.Acquire()
		if h == nil {
			return nil, nil, errEmpty
		}
		return h.Value, h.Release, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.days, func(p *pastDay) bool { return p.day == day })
	if at >= 0 && s.days[at].seen != s.seen { // the past has got another edition
		s.drop(at)
		at = -1
	}
	if at < 0 {
		p := &pastDay{day: day, seen: s.seen}
		b, err := s.open(day)
		if err != nil {
			return nil, nil, err
		}
		p.Swap(b, (*Book).close)
		s.days = append(s.days, p)
		at = len(s.days) - 1
	}
	p := s.days[at]
	s.days = slices.Insert(slices.Delete(s.days, at, at+1), 0, p)
	if len(s.days) > maxDays {
		s.drop(len(s.days) - 1)
	}
	h := p.Acquire()
	return h.Value, h.Release, nil
}

func (s *Shelf) drop(at int) {
	s.days[at].Swap(nil, nil)
	s.days = slices.Delete(s.days, at, at+1)
}

// Reload opens the newest editions if they are others than those in use, or if
// their files are.
func (s *Shelf) Reload() error { return list.Reading(s.reload) }

func (s *Shelf) reload() error {
	s.loading.Lock()
	defer s.loading.Unlock()
	anew := s.watch()
	seen, err := s.look()
	if err != nil || seen == s.seen && !anew { // which this alone changes
		return err
	}
	if seen == "" {
		return nil // nothing is kept yet
	}
	b, err := s.open(navicert.Forever)
	if err != nil && s.altered.Load() {
		return fmt.Errorf("a file in use was changed, and nothing is answered until it is whole again: %w", err)
	}
	if err != nil {
		return err
	}
	b.learn = s.learn
	if h := s.current.Acquire(); h != nil {
		h.Release()
		if !s.altered.Load() {
			<-b.ready() // the earlier lists answer meanwhile
		}
	}
	s.current.Swap(b, (*Book).close)
	s.altered.Store(false)
	s.mu.Lock()
	s.seen = seen
	s.mu.Unlock()
	go s.warm()
	return nil
}

// watch looks whether the files in use still are what they were when they were
// opened. Past days whose files are not are opened again when they are asked for.
func (s *Shelf) watch() (anew bool) {
	look := func(c *list.Current[*Book]) (inPlace, replaced bool) {
		h := c.Acquire()
		if h == nil {
			return false, false
		}
		defer h.Release()
		for _, l := range h.Value.Lists {
			i, r := l.Altered()
			inPlace, replaced = inPlace || i, replaced || r
		}
		return inPlace, replaced
	}
	inPlace, replaced := look(&s.current)
	if inPlace {
		s.altered.Store(true)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for at := len(s.days) - 1; at >= 0; at-- {
		if i, r := look(&s.days[at].Current); i || r {
			s.drop(at)
		}
	}
	return inPlace || replaced || s.altered.Load()
}

// warm begins what answers need later, and gives back the memory that took.
func (s *Shelf) warm() {
	if b, release, err := s.Acquire(navicert.Forever); err == nil {
		<-b.ready()
		release()
		debug.FreeOSMemory()
	}
}

// maxLook is how many earlier editions are compared.
const maxLook = 10

// learn compares a list with its earlier editions. What cannot be read stays unknown.
func (s *Shelf) learn(l *List) *dates {
	info := l.Snapshot.Info()
	all, err := s.store.Editions(info.Source)
	if err != nil {
		return nil
	}
	at := slices.IndexFunc(all, func(k list.Kept) bool { return k.Date >= info.Date })
	if at < 0 {
		return nil
	}
	d := &dates{first: map[string]navicert.Day{}, change: map[string]navicert.Day{}, rest: info.Date}
	for n := at; n > 0 && n > at-maxLook; n-- {
		diff, err := s.store.Diff(info.Source, all[n-1].Date, all[n].Date)
		if err != nil {
			break
		}
		for _, c := range diff.Changed {
			d.seen(c.ID, all[n].Date)
		}
		for _, a := range diff.Added {
			d.seen(a.ID, all[n].Date)
		}
		d.rest = all[n-1].Date
	}
	if h, err := s.store.History(info.Source); err == nil {
		for _, e := range h.Entities {
			if f, ok := d.first[e.ID]; e.Listed.By != 0 && (!ok || e.Listed.By < f) {
				d.first[e.ID] = e.Listed.By
			}
		}
	}
	return d
}

func (d *dates) seen(id string, day navicert.Day) {
	if d.change[id] == 0 { // the newest comes first
		d.change[id] = day
	}
}

// look says what the store holds, in one text.
func (s *Shelf) look() (string, error) {
	sources, err := s.store.Sources()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, source := range sources {
		es, err := s.store.Editions(source)
		if err != nil {
			return "", err
		}
		for _, e := range es {
			fmt.Fprintln(&out, source, e.Date, e.Hash)
		}
	}
	return out.String(), nil
}

func (s *Shelf) open(day navicert.Day) (*Book, error) {
	set, err := s.store.At(day)
	if err != nil {
		return nil, err
	}
	if len(set.Snapshots) == 0 {
		return nil, &fault{code: http.StatusNotFound, text: "No list is kept that is as old as " + day.String() + "."}
	}
	var lists []*List
	for _, sn := range set.Snapshots {
		l, err := screen.Open(sn)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", sn.Info().Source, err), set.Close())
		}
		lists = append(lists, &List{List: l})
	}
	b, err := newBook(lists)
	if err != nil {
		return nil, errors.Join(err, set.Close())
	}
	b.notes = set.Missing
	for _, g := range set.Gaps {
		if day == navicert.Forever {
			break
		}
		note := fmt.Sprintf("the edition of %s of %s may have been out of date by %s", g.Source, g.Date, day)
		if g.Next != 0 {
			note += fmt.Sprintf("; the next one kept is of %s", g.Next)
		}
		b.notes = append(b.notes, note)
	}
	return b, nil
}

// close gives back the files of a book that nobody reads any more.
func (b *Book) close() {
	if b == nil {
		return
	}
	go func() {
		b.building.Wait()
		for _, l := range b.Lists {
			_ = l.Close()
		}
	}()
}

// Describe names the lists in use, each with its day.
func (s *Shelf) Describe() []string {
	h := s.current.Acquire()
	if h == nil {
		return nil
	}
	defer h.Release()
	var out []string
	for _, l := range h.Value.Lists {
		i := l.Snapshot.Info()
		out = append(out, fmt.Sprintf("%s %s (%d)", i.Source, i.Date, i.Entities))
	}
	return out
}
