package list

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Offer is an edition on its way into the store.
type Offer struct {
	Edition *Edition
	Info    Info // title, authority, license and files
	Guards  Guards
	Origin  string
	When    time.Time
	Accept  *Acceptance // takes the edition whatever the guards doubt
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

func (p *put) kept(at int) (*Snapshot, error) { return p.hold(p.all[at].open()) }

// neighbor is an edition to compare with. Where it cannot be read, that is a
// doubt: nothing protects from a list that is cut.
func (p *put) neighbor(at int) *Snapshot {
	s, err := p.kept(at)
	if err != nil {
		p.rec.Doubts = append(p.rec.Doubts, fmt.Sprintf("it cannot be compared with the edition of %s (%v); add the list of that day again", p.all[at].Date, err))
	}
	return s
}

func (p *put) hold(s *Snapshot, err error) (*Snapshot, error) {
	if err != nil {
		return nil, err
	}
	p.open = append(p.open, s)
	return s, nil
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
		if twin, err = p.kept(at); err != nil { // lost; what is offered may be the very same
			if k := &p.all[at]; k.Result != Same && k.Hash == p.rec.Hash {
				p.rec.Result = Replaced
				return p.keep()
			}
		}
	}
	if at > 0 {
		prev = p.neighbor(at - 1)
	}
	if after < len(p.all) {
		next = p.neighbor(after)
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
	p.rec.Doubts = append(p.rec.Doubts, p.stale()...)
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
	s, err := p.hold(Open(temp))
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
