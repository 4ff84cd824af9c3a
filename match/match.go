// Package match looks parties up in a list. It finds a name that is written
// as the list writes it, give or take case, accents, invisible characters,
// punctuation, word order and corporate form, and a wallet that is the same.
// It does not find typing errors or other transliterations.
//
// A hit states facts. No hit states nothing: that a party was not found in
// one list does not make it clean.
package match

import (
	"fmt"
	"strings"

	"navicert"
	"navicert/list"
	"navicert/name"
)

// Finder searches one list. It is safe for concurrent use.
type Finder struct {
	list    *list.List
	names   map[string][]listedName // by name.Key
	wallets map[string][]listedWallet
}

type listedName struct {
	*list.Entry
	as      string // as the list writes it
	how     How
	fold    string
	dropped bool // its key is without a corporate form
}

type listedWallet struct {
	*list.Entry
	list.EntryWallet
}

// New makes a list ready to be searched.
func New(l *list.List) *Finder {
	f := &Finder{list: l, names: map[string][]listedName{}, wallets: map[string][]listedWallet{}}
	var folder name.Folder
	var buf []byte
	for _, e := range l.Entries {
		f.add(&folder, e, e.Name, ByName)
		for _, a := range e.Aliases {
			f.add(&folder, e, a, ByAlias)
		}
		for _, w := range e.Wallets {
			buf = appendWallet(buf[:0], w.Address)
			f.wallets[string(buf)] = append(f.wallets[string(buf)], listedWallet{e, w})
		}
	}
	return f
}

func (f *Finder) add(folder *name.Folder, e *list.Entry, as string, how How) {
	if key := folder.Key(as); len(key) > 0 {
		f.names[string(key)] = append(f.names[string(key)],
			listedName{e, as, how, string(folder.Folded), folder.Dropped})
	}
}

// Search looks for parties as of a day. Its work grows with the length of
// the parties' names and wallets alone.
func (f *Finder) Search(day navicert.Day, parties []navicert.Party) []Found {
	s := search{Finder: f, day: day}
	for i := range parties {
		p := &parties[i]
		s.party, s.at, s.first = i, p.Where, len(s.hits)
		s.name(p.Name)
		for _, a := range p.Aliases {
			s.name(a)
		}
		for _, w := range p.Wallets {
			s.wallet(w)
		}
	}
	return s.hits
}

type search struct {
	*Finder
	day    navicert.Day
	folder name.Folder
	buf    []byte
	hits   []Found
	party  int
	at     string
	first  int // hit of the party
}

func (s *search) name(n string) {
	key := s.folder.Key(n)
	if s.folder.Cut {
		s.hits = append(s.hits, Found{Party: s.party, Where: s.at, How: Cut, Asked: n})
	}
	for _, l := range s.names[string(key)] {
		// One word that is left of a longer name says little:
		// "Sinbad Ltd." need not be Sinbad.
		weak := s.folder.Words == 1 && (s.folder.Dropped || l.dropped) && string(s.folder.Folded) != l.fold
		s.hit(Found{
			Entry: l.Entry, Party: s.party, Where: s.at, How: l.how, Asked: n, Matched: l.as,
			Weak: weak, Listed: l.Listed, Delisted: l.Delisted,
		})
	}
}

func (s *search) wallet(w navicert.Wallet) {
	s.buf = appendWallet(s.buf[:0], w.Address)
	at := w.Where
	if at == "" {
		at = s.at
	}
	for _, l := range s.wallets[string(s.buf)] {
		s.hit(Found{
			Entry: l.Entry, Party: s.party, Where: at, How: ByWallet, Asked: w.Address, Matched: l.Address,
			Listed: l.EntryWallet.Listed, Delisted: l.EntryWallet.Delisted,
		})
	}
}

// hit keeps, for one party, one hit per entry by name and one per wallet.
func (s *search) hit(h Found) {
	h.When = Then
	if s.day < h.Listed {
		h.When = Later
	} else if s.day >= h.Delisted {
		h.When = Before
	}
	for i := s.first; i < len(s.hits); i++ {
		old := &s.hits[i]
		if old.Entry != h.Entry || (old.How == ByWallet) != (h.How == ByWallet) ||
			h.How == ByWallet && old.Matched != h.Matched {
			continue
		}
		if old.Weak && !h.Weak {
			*old = h
		}
		return
	}
	s.hits = append(s.hits, h)
}

// Find searches for the parties of a deal as of its day. The facts are what
// the hits state; see [Facts].
func (f *Finder) Find(d *navicert.Deal) ([]navicert.Fact, []navicert.ListHit) {
	hits := f.Search(d.Day, d.Parties)
	out := make([]navicert.ListHit, len(hits))
	for i := range hits {
		h := &hits[i]
		out[i] = navicert.ListHit{Party: label(&d.Parties[h.Party]), How: string(h.How), Note: h.Note(), States: h.States()}
		if h.Entry != nil {
			out[i].Entry, out[i].Source = h.Entry.ID, h.Entry.Source
		}
	}
	return Facts(hits), out
}

// Checked names the list, with its dates and its hash.
func (f *Finder) Checked() string { return f.list.String() }

// Notice says what no hit does not mean.
func (f *Finder) Notice() string {
	var upTo []string
	for _, p := range f.list.Parts {
		upTo = append(upTo, fmt.Sprintf("%s to %s", p.Name, p.Date))
	}
	return fmt.Sprintf("A party that was not found is not thereby clean: %d entries were searched for the same name or wallet "+
		"(%s). Screen every party against the full lists.", len(f.list.Entries), strings.Join(upTo, ", "))
}
