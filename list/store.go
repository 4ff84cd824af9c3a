package list

import (
	"bytes"
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

// Offer is an edition on its way into the store.
type Offer struct {
	Edition *Edition
	Info    Info // title, authority, license and files
	Guards  Guards
	Origin  string
	When    time.Time
	Accept  *Acceptance // takes the edition whatever the guards doubt
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

// put is one Put under the lock.
type put struct {
	store *Store
	dir   string
	offer Offer
	rec   Record
	all   []Kept
	temp  string
	open  []*Snapshot
}

func (p *put) close() {
	for _, s := range p.open {
		_ = s.Close()
	}
	if p.temp != "" {
		_ = os.Remove(p.temp)
	}
}

func (p *put) snapshot(path string) (*Snapshot, error) {
	s, err := Open(path)
	if err == nil {
		p.open = append(p.open, s)
	}
	return s, err
}

func (p *put) run() (Record, error) {
	rs, err := readLedger(p.dir)
	if err != nil {
		return p.rec, err
	}
	if err := remove(p.dir, unfinished); err != nil { // nobody else writes now
		return p.rec, err
	}
	p.all = editions(p.dir, rs)
	now, err := p.write()
	if err != nil {
		return p.rec, err
	}
	at, exact := slices.BinarySearchFunc(p.all, p.rec.Date, compareDay)
	var prev, next, twin *Snapshot
	after := at
	if exact {
		after++
		if twin, err = p.snapshot(p.all[at].Path); err != nil {
			return p.rec, err
		}
	}
	if at > 0 {
		if prev, err = p.snapshot(p.all[at-1].Path); err != nil {
			return p.rec, err
		}
	}
	if after < len(p.all) {
		if next, err = p.snapshot(p.all[after].Path); err != nil {
			return p.rec, err
		}
	}
	newest, whole := after == len(p.all), p.offer.Edition.whole()
	switch {
	case twin != nil && twin.sameContent(now) && whole && newest:
		return p.done(Unchanged)
	case twin != nil && twin.sameContent(now) && whole:
		return p.done(NotNewer)
	case twin == nil && newest && prev != nil && prev.sameContent(now) && whole:
		p.rec.Of, p.rec.Hash = prev.Info().Date, prev.Info().Hash
		return p.done(Same)
	case !newest && twin == nil:
		p.rec.Result = Older
	case twin != nil:
		p.rec.Result = Replaced
	default:
		p.rec.Result = Added
	}
	before := twin
	if before == nil {
		before = prev
	}
	p.rec.Doubts = p.stale()
	p.rec.Doubts = append(p.rec.Doubts, p.offer.Guards.doubts(p.offer.Edition, *now.Info(), before, next)...)
	if before != nil {
		d := count(before, now)
		p.rec.Delta = &d
		p.rec.Doubts = append(p.rec.Doubts, p.offer.Guards.strangers(before, *now.Info(), d.Removed)...)
	}
	if len(p.rec.Doubts) > 0 {
		if p.offer.Accept == nil {
			return p.refuse()
		}
		p.rec.Accepted = p.offer.Accept
	}
	return p.keep()
}

// write writes the snapshot beside the others and reads it back whole.
func (p *put) write() (*Snapshot, error) {
	ed := p.offer.Edition
	var sections map[string][]byte
	if p.store.Index != nil {
		var err error
		if sections, err = p.store.Index(ed.Entities); err != nil {
			return nil, fmt.Errorf("the index of %s could not be built: %w", ed.Source, err)
		}
	}
	info := p.offer.Info
	info.Source, info.Form, info.Date = ed.Source, ed.Form, ed.Date
	info, temp, err := writeTemp(p.dir, info, ed.Entities, sections)
	p.temp = temp
	if err != nil {
		return nil, err
	}
	p.rec.Hash, p.rec.Entities, p.rec.Names, p.rec.Wallets = info.Hash, info.Entities, info.Names, info.Wallets
	p.rec.Notes = ed.Notes[:min(len(ed.Notes), maxNotes)]
	p.rec.MoreNote = len(ed.Notes) - len(p.rec.Notes)
	s, err := p.snapshot(temp)
	if err != nil {
		return nil, err
	}
	if err := s.Verify(); err != nil {
		return nil, fmt.Errorf("what was written to %s does not read back: %w; check the disk", p.dir, err)
	}
	return s, nil
}

const maxNotes = 20 // in the ledger

func writeTemp(dir string, info Info, es []*Entity, sections map[string][]byte) (Info, string, error) {
	f, err := os.CreateTemp(dir, "new-*.tmp")
	if err != nil {
		return info, "", err
	}
	info, err = Write(f, info, es, sections)
	err = errors.Join(err, flush(f), f.Chmod(0o644), f.Close())
	return info, f.Name(), err
}

// sameContent says whether both hold the same entities, whatever their day.
func (s *Snapshot) sameContent(t *Snapshot) bool {
	for _, n := range []string{secShared, secStrings, secRecords, secOffsets} {
		if !bytes.Equal(s.sections[n], t.sections[n]) {
			return false
		}
	}
	return true
}

// stale doubts files that are, byte for byte, those of another day: some
// forms hold no date, and a mirror may serve last week's list as today's.
func (p *put) stale() []string {
	for _, k := range slices.Backward(p.all) {
		if k.Date != p.rec.Date && len(k.Files) > 0 && slices.Equal(k.Files, p.rec.Files) {
			return []string{fmt.Sprintf("its files are, byte for byte, those of the edition of %s", k.Date)}
		}
	}
	return nil
}

func (p *put) done(r Result) (Record, error) {
	p.rec.Result = r
	if err := appendLedger(p.dir, p.rec); err != nil || r != Same {
		return p.rec, err
	}
	return p.rec, p.remember()
}

func (p *put) refuse() (Record, error) {
	p.rec.Result = Refused
	kept := "nothing is kept of this source yet"
	if n := len(p.all); n > 0 {
		kept = fmt.Sprintf("the edition of %s stays in use", p.all[n-1].Date)
	}
	return p.rec, errors.Join(&Refusal{Source: p.rec.Source, Date: p.rec.Date, Doubts: p.rec.Doubts, Kept: kept}, appendLedger(p.dir, p.rec))
}

func (p *put) keep() (Record, error) {
	path := filepath.Join(p.dir, snapName(p.rec.Date, p.rec.Hash))
	if err := os.Rename(p.temp, path); err != nil {
		return p.rec, err
	}
	p.temp = ""
	if err := syncDir(p.dir); err != nil {
		return p.rec, err
	}
	if err := appendLedger(p.dir, p.rec); err != nil {
		return p.rec, err
	}
	return p.rec, p.remember()
}

// remember brings the history up to what the ledger says.
func (p *put) remember() error {
	rs, err := readLedger(p.dir)
	if err != nil {
		return err
	}
	_, err = history(p.dir, p.rec.Source, editions(p.dir, rs), true)
	return err
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
