package list

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"navicert"
)

// Set is what was in use on a day: of each source, the newest edition not
// after it.
type Set struct {
	Snapshots []*Snapshot
	Missing   []string // in words, what no edition answers for: "no edition of us-ofac-sdn before 2019-01-04"
	Gaps      []Gap
}

// Gap says that an edition answers for a day on which it may have been
// out of date already.
type Gap struct {
	Source string
	Date   navicert.Day // of the edition
	Next   navicert.Day // of the next one known; 0: there is none
}

// Close closes the snapshots.
func (s *Set) Close() error {
	var err error
	for _, sn := range s.Snapshots {
		err = errors.Join(err, sn.Close())
	}
	return err
}

// At opens what was in use on a day; [navicert.Forever] is the newest of all.
// No sources: all of the store. A wallet in it carries its own listing days.
func (s *Store) At(day navicert.Day, sources ...string) (*Set, error) {
	if len(sources) == 0 {
		var err error
		if sources, err = s.Sources(); err != nil {
			return nil, err
		}
	}
	set := &Set{}
	for _, source := range sources {
		all, err := s.Editions(source)
		if err != nil {
			return nil, errors.Join(err, set.Close())
		}
		at := before(all, day)
		if at < 0 {
			set.Missing = append(set.Missing, missing(source, all))
			continue
		}
		sn, err := s.open(source, all, at)
		if err != nil {
			return nil, errors.Join(err, set.Close())
		}
		set.Snapshots = append(set.Snapshots, sn)
		if day > all[at].Until {
			g := Gap{Source: source, Date: all[at].Date}
			if at+1 < len(all) {
				g.Next = all[at+1].Date
			}
			set.Gaps = append(set.Gaps, g)
		}
	}
	return set, nil
}

// before is the place of the newest edition not after day, -1 if there is none.
func before(all []Kept, day navicert.Day) int {
	at, exact := slices.BinarySearchFunc(all, day, compareDay)
	if exact {
		return at
	}
	return at - 1
}

func missing(source string, all []Kept) string {
	if len(all) == 0 {
		return "no edition of " + source
	}
	return fmt.Sprintf("no edition of %s before %s", source, all[0].Date)
}

func (s *Store) open(source string, all []Kept, at int) (*Snapshot, error) {
	sn, err := all[at].open()
	if err != nil {
		return nil, fmt.Errorf("%w; run `navicert lists verify`", err)
	}
	fill := sync.OnceValue(func() func(*Entity) {
		dir, err := s.dir(source)
		if err != nil {
			return func(*Entity) {}
		}
		h, err := history(dir, source, all, false)
		if err != nil { // the days stay unknown
			return func(*Entity) {}
		}
		return h.spans(all[at].Date)
	})
	sn.spans = func(e *Entity) { fill()(e) }
	return sn, nil
}

func (s *Store) openAt(source string, day navicert.Day) (*Snapshot, error) {
	all, err := s.Editions(source)
	if err != nil {
		return nil, err
	}
	at := before(all, day)
	if at < 0 {
		return nil, errors.New(missing(source, all))
	}
	return s.open(source, all, at)
}
