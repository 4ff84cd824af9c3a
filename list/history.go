package list

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"navicert"
)

// History is who and what stood on a source's list when, as far as its
// editions show it: a day between two editions is known only to lie between
// them. It is drawn from the editions alone, whatever the order in which they
// came.
type History struct {
	Source   string
	Begins   navicert.Day // of the first edition; what was before is not known
	Ends     navicert.Day // last day that an edition is known to have held for
	Hash     string       // of the editions that it is drawn from
	Wallets  []WalletSpan
	Entities []EntitySpan
}

// WalletSpan is one stay of an address on a list. The days are the address's
// own: what a source says of its owner is left to the owner.
type WalletSpan struct {
	Source string
	Entity string // ID of the owner
	Name   string // of the owner, when the address was last seen
	Wallet        // with Listed and Removed, and the ticker under which it was last seen
}

// EntitySpan is one stay of an entity on a list.
type EntitySpan struct {
	ID              string
	Listed, Removed Span
}

// On says what the history shows of a day: listed or not, and whether that is
// known. It is not between two editions of which one has it, before the first
// edition, and after the last.
func (h *History) On(listed, removed Span, d navicert.Day) (on, known bool) {
	switch {
	case listed.After != 0 && d <= listed.After:
		return false, true
	case d < listed.By:
		return false, false
	case removed.By == 0:
		return true, d <= h.Ends
	case d <= removed.After:
		return true, true
	case d < removed.By:
		return false, false
	}
	return false, true
}

const historyFile = "history"

// History gives the history of a source, with nothing in it when no edition
// is kept.
func (s *Store) History(source string) (*History, error) {
	dir, err := s.dir(source)
	if err != nil {
		return nil, err
	}
	rs, err := readLedger(dir)
	if err != nil {
		return nil, err
	}
	return history(dir, source, editions(dir, rs), false)
}

// history reads the file if it is of these editions, else draws the history
// anew: from the file on when only editions at the end are missing.
func history(dir, source string, all []Kept, save bool) (*History, error) {
	path := filepath.Join(dir, historyFile)
	h, err := readHistory(path)
	if err == nil && h.Source == source && h.Hash == hashOf(all) {
		if len(all) > 0 {
			h.Ends = all[len(all)-1].Until
		}
		return h, nil
	}
	from := 0
	if err == nil && h.Source == source {
		for n := len(all) - 1; n > 0 && from == 0; n-- {
			if h.Hash == hashOf(all[:n]) {
				from = n
			}
		}
	}
	if from == 0 {
		h = &History{Source: source}
	}
	if err := h.draw(all, from); err != nil {
		return nil, err
	}
	if !save {
		return h, nil
	}
	f, err := os.CreateTemp(dir, "history-*.tmp")
	if err != nil {
		return nil, err
	}
	err = errors.Join(h.write(f), flush(f), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return h, err
}

// hashOf leaves out how long the last edition has held: no span depends on it.
func hashOf(all []Kept) string {
	h := sha256.New()
	for i, k := range all {
		if i > 0 {
			fmt.Fprintln(h, all[i-1].Until)
		}
		fmt.Fprintln(h, k.Date, k.Hash)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// draw goes on with the editions from the given one.
func (h *History) draw(all []Kept, from int) error {
	wallets, entities := map[walletKey]int{}, map[string]int{} // those listed now
	for i := range h.Wallets {
		if w := &h.Wallets[i]; w.Removed.By == 0 {
			wallets[keyOf(w.Entity, &w.Wallet)] = i
		}
	}
	for i, e := range h.Entities {
		if e.Removed.By == 0 {
			entities[e.ID] = i
		}
	}
	for n := from; n < len(all); n++ {
		listed := Span{By: all[n].Date}
		if n > 0 {
			listed.After = min(all[n-1].Until, all[n].Date-1)
		}
		s, err := all[n].open()
		if err != nil {
			return err
		}
		h.step(s, listed, wallets, entities)
		_ = s.Close()
	}
	if len(all) > 0 {
		h.Begins, h.Ends = all[0].Date, all[len(all)-1].Until
	}
	h.Hash = hashOf(all)
	return nil
}

// step takes one edition into the history.
func (h *History) step(s *Snapshot, day Span, wallets map[walletKey]int, entities map[string]int) {
	seenW, seenE := make(map[walletKey]bool, len(wallets)), make(map[string]bool, len(entities))
	for i := range s.Len() {
		id := s.id(i)
		seenE[id] = true
		if _, ok := entities[id]; !ok {
			id = strings.Clone(id)
			entities[id] = len(h.Entities)
			h.Entities = append(h.Entities, EntitySpan{ID: id, Listed: day})
		}
	}
	for _, i := range s.owners() {
		e, _ := s.decode(i)
		for j := range e.Wallets {
			w := &e.Wallets[j]
			k := keyOf(e.ID, w)
			seenW[k] = true
			at, ok := wallets[k]
			if !ok {
				at = len(h.Wallets)
				wallets[k] = at
				h.Wallets = append(h.Wallets, WalletSpan{Source: h.Source, Entity: e.ID, Wallet: Wallet{Listed: day}})
			}
			h.Wallets[at].Name, h.Wallets[at].Asset, h.Wallets[at].Address = e.Names[0].Text, w.Asset, w.Address
		}
	}
	for k, i := range wallets {
		if !seenW[k] {
			h.Wallets[i].Removed = day
			delete(wallets, k)
		}
	}
	for id, i := range entities {
		if !seenE[id] {
			h.Entities[i].Removed = day
			delete(entities, id)
		}
	}
}

// spans gives entities the days of their wallets, as of an edition's day.
func (h *History) spans(day navicert.Day) func(*Entity) {
	listed := make(map[walletKey]Span, len(h.Wallets))
	for i := range h.Wallets {
		w := &h.Wallets[i]
		if w.Listed.By <= day && (w.Removed.By == 0 || w.Removed.By > day) {
			listed[keyOf(w.Entity, &w.Wallet)] = w.Listed
		}
	}
	return func(e *Entity) {
		for i := range e.Wallets {
			if s, ok := listed[keyOf(e.ID, &e.Wallets[i])]; ok {
				e.Wallets[i].Listed = s
			}
		}
	}
}

func (c *coder) history(h *History) {
	c.str(&h.Source)
	c.str(&h.Hash)
	c.days(&h.Begins, &h.Ends)
	each(c, &h.Wallets, 7, func(c *coder, w *WalletSpan) {
		c.strs(&w.Entity, &w.Name, &w.Asset, &w.Address)
		c.days(&w.Listed.After, &w.Listed.By, &w.Removed.After, &w.Removed.By)
		w.Source = h.Source
	})
	each(c, &h.Entities, 5, func(c *coder, e *EntitySpan) {
		c.str(&e.ID)
		c.days(&e.Listed.After, &e.Listed.By, &e.Removed.After, &e.Removed.By)
	})
}

func (h *History) write(f *os.File) error {
	c := &coder{mode: counting, seen: map[string]int{}}
	c.history(h)
	text, offsets := c.share()
	c.mode = writing
	c.history(h)
	return writeSections(f, map[string][]byte{secShared: text, secStrings: offsets, historyFile: c.out})
}

func readHistory(path string) (*History, error) {
	b, err := readFile(path, maxLedger)
	if err != nil {
		return nil, err
	}
	all, err := readSections(b)
	if err != nil {
		return nil, err
	}
	c := &coder{mode: reading, in: string(all[historyFile]), shared: &pool{string(all[secShared]), bytes.Clone(all[secStrings])}}
	h := &History{}
	if c.history(h); c.bad || c.in != "" {
		return nil, errors.New("the history is damaged")
	}
	return h, nil
}

// id is the id of entity i.
func (s *Snapshot) id(i int) string {
	r := s.record(i)
	size, k := binary.Uvarint(r)
	if k <= 0 || size>>1 > uint64(len(r)-k) {
		return fmt.Sprintf("damaged-%d", i)
	}
	return string(r[k : k+int(size>>1)])
}

// owners are the entities that have wallets.
func (s *Snapshot) owners() []int {
	b := s.sections[secOwners]
	out := make([]int, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		if i := int(binary.LittleEndian.Uint32(b)); i < s.Len() {
			out = append(out, i)
		}
	}
	return slices.Clip(out)
}
