package list

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
)

// Verify reads every edition of a source whole, compares it with the ledger,
// and draws the history anew. It gives the number of editions, and what is wrong.
func (s *Store) Verify(source string) (editions int, faults []error) {
	all, err := s.Editions(source)
	if err != nil {
		return 0, []error{err}
	}
	for _, k := range all {
		if err := verifyFile(k); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return len(all), faults // the history is drawn from them
	}
	dir := filepath.Join(s.Dir, source)
	kept, err := history(dir, source, all, false)
	if err != nil {
		return len(all), []error{err}
	}
	anew := &History{Source: source}
	if err := anew.draw(all, 0); err != nil {
		return len(all), []error{err}
	}
	if !reflect.DeepEqual(kept, anew) {
		faults = append(faults, fmt.Errorf("%s differs from what the editions show: delete the file, it is drawn anew", filepath.Join(dir, historyFile)))
	}
	return len(all), faults
}

func verifyFile(k Kept) error {
	sn, err := k.open()
	if err != nil {
		return fmt.Errorf("%w; remove the file and add the list of %s again", err, k.Date)
	}
	defer func() { _ = sn.Close() }()
	if err := sn.Verify(); err != nil {
		return fmt.Errorf("%s: %w", k.Path, err)
	}
	return nil
}

// Reindex builds the index anew of every edition of which stale says so, or
// of the newest one alone, and gives their number. The entities and the hash stay what they are.
func (s *Store) Reindex(source string, newest bool, stale func(*Snapshot) bool) (int, error) {
	dir, err := s.dir(source)
	if err != nil || s.Index == nil {
		return 0, err
	}
	unlock, err := lock(filepath.Join(dir, "lock"))
	if err != nil {
		return 0, err
	}
	defer unlock()
	all, err := s.Editions(source)
	if err != nil {
		return 0, err
	}
	if newest && len(all) > 0 {
		all = all[len(all)-1:]
	}
	n, done := 0, map[string]bool{}
	for _, k := range all {
		if done[k.Path] {
			continue
		}
		done[k.Path] = true
		did, err := s.reindex(k.Path, stale)
		if err != nil {
			return n, fmt.Errorf("%s: %w", k.Path, err)
		}
		if did {
			n++
		}
	}
	return n, syncDir(dir)
}

func (s *Store) reindex(path string, stale func(*Snapshot) bool) (bool, error) {
	sn, err := Open(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = sn.Close() }()
	if !stale(sn) {
		return false, nil
	}
	es := make([]*Entity, sn.Len())
	for i := range es {
		var ok bool
		if es[i], ok = sn.decode(i); !ok {
			return false, fmt.Errorf("entity number %d cannot be decoded", i)
		}
	}
	sections, err := s.Index(es)
	if err != nil {
		return false, err
	}
	info, temp, err := writeTemp(filepath.Dir(path), sn.info, es, sections)
	if err == nil && info.Hash != sn.info.Hash {
		err = errors.New("what was written anew has another hash")
	}
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		_ = os.Remove(temp)
	}
	return true, err
}
