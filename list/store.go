package list

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"navicert"
)

// Store keeps lists in a folder: a sub-folder for each source, in it a
// snapshot for each edition, a ledger of everything that was ever offered, and
// the history drawn from them. Only the ledger makes a snapshot count, so a
// crash leaves the edition before it in use.
type Store struct {
	Dir   string
	Index func([]*Entity) (map[string][]byte, error) // what Put keeps beside the entities; may be nil
}

// Kept is an edition that the store has.
type Kept struct {
	Record
	Path  string       `json:"path"`
	Until navicert.Day `json:"until"` // last day for which the publisher is known to have still had it, at least Date
}

// open opens the snapshot, which must be the one that the ledger means: a file
// may have been put in the place of another.
func (k *Kept) open() (*Snapshot, error) {
	sn, err := Open(k.Path)
	if err != nil {
		return nil, err
	}
	day := k.Date
	if k.Result == Same {
		day = k.Of
	}
	if i := &sn.info; i.Hash != k.Hash || i.Source != k.Source || i.Date != day {
		_ = sn.Close()
		return nil, fmt.Errorf("%s is %s of %s with the hash %.12s, but the ledger says %s of %s with %.12s", k.Path, i.Source, i.Date, i.Hash, k.Source, day, k.Hash)
	}
	return sn, nil
}

var keyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

func (s *Store) dir(source string) (string, error) {
	if !keyForm.MatchString(source) {
		return "", fmt.Errorf("%q is no key of a source: use lower-case letters, digits and hyphens, as in us-ofac-sdn", source)
	}
	return filepath.Join(s.Dir, source), nil
}

// Sources names the sources of which something is kept.
func (s *Store) Sources() ([]string, error) {
	es, err := os.ReadDir(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, e := range es {
		if _, err := os.Stat(filepath.Join(s.Dir, e.Name(), ledgerFile)); err == nil && keyForm.MatchString(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out, err
}

// Ledger is everything that was ever offered of a source.
func (s *Store) Ledger(source string) ([]Record, error) {
	dir, err := s.dir(source)
	if err != nil {
		return nil, err
	}
	return readLedger(dir)
}

// Editions are the editions of a source, one a day, the oldest first.
func (s *Store) Editions(source string) ([]Kept, error) {
	dir, err := s.dir(source)
	if err != nil {
		return nil, err
	}
	rs, err := readLedger(dir)
	return editions(dir, rs), err
}

func editions(dir string, rs []Record) []Kept {
	byDay := map[navicert.Day]Kept{}
	for _, r := range rs {
		switch r.Result {
		case Added, Older, Replaced: // of one day, the later line counts
			byDay[r.Date] = Kept{Record: r, Path: filepath.Join(dir, snapName(r.Date, r.Hash)), Until: r.Date}
		}
	}
	sorted := func() []Kept {
		return slices.SortedFunc(maps.Values(byDay), func(a, b Kept) int { return int(a.Date) - int(b.Date) })
	}
	kept := sorted()
	for _, r := range rs {
		if _, ok := byDay[r.Date]; r.Result != Same || ok {
			continue
		}
		// Where the edition of that time is still the last one before the
		// day, it lasted longer; else it came back.
		at, _ := slices.BinarySearchFunc(kept, r.Date, compareDay)
		if at > 0 && kept[at-1].Hash == r.Hash {
			k := byDay[r.Of]
			k.Until = max(k.Until, r.Date)
			byDay[r.Of] = k
		} else {
			byDay[r.Date] = Kept{Record: r, Path: filepath.Join(dir, snapName(r.Of, r.Hash)), Until: r.Date}
		}
	}
	return sorted()
}

func compareDay(k Kept, d navicert.Day) int { return int(k.Date) - int(d) }

func snapName(d navicert.Day, hash string) string { return fmt.Sprintf("%s-%.12s.snap", d, hash) }

// Put offers an edition. The record says what became of it; a [*Refusal], why
// it was not taken. Nothing that is in use is ever touched.
func (s *Store) Put(o Offer) (Record, error) {
	ed := o.Edition
	r := Record{When: o.When.UTC().Truncate(time.Second), Source: ed.Source, Form: ed.Form, Date: ed.Date, Origin: o.Origin, Files: o.Info.Files}
	dir, err := s.dir(ed.Source)
	if err != nil {
		return r, err
	}
	switch {
	case ed.Date == 0:
		return r, fmt.Errorf("the files of %s do not say of which day they are: say it with --date YYYY-MM-DD", ed.Source)
	case ed.Date > navicert.DayOf(o.When)+1 || ed.Date < navicert.MinDay:
		return r, fmt.Errorf("%s says that it is of %s, which cannot be: say the right day with --date YYYY-MM-DD", ed.Source, ed.Date)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return r, err
	}
	unlock, err := lock(filepath.Join(dir, "lock"))
	if err != nil {
		return r, err
	}
	defer unlock()
	p := &put{store: s, dir: dir, offer: o, rec: r}
	defer p.close()
	return p.run()
}

// Clean removes what crashes have left: unfinished files, and snapshots that
// no line of the ledger names.
func (s *Store) Clean(source string) error {
	dir, err := s.dir(source)
	if err != nil {
		return err
	}
	unlock, err := lock(filepath.Join(dir, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	rs, err := readLedger(dir)
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for _, r := range rs {
		named[snapName(r.Date, r.Hash)] = true
	}
	return remove(dir, func(name string) bool {
		return unfinished(name) || strings.HasSuffix(name, ".snap") && !named[name]
	})
}

// unfinished says whether a file is one that a writer has not come to rename.
func unfinished(name string) bool {
	return strings.HasPrefix(name, "new-") || strings.HasPrefix(name, "history-")
}

func remove(dir string, which func(name string) bool) error {
	files, err := os.ReadDir(dir)
	for _, f := range files {
		if which(f.Name()) {
			err = errors.Join(err, os.Remove(filepath.Join(dir, f.Name())))
		}
	}
	return err
}
