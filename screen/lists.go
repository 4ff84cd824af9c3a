package screen

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"navicert"
	"navicert/list"
)

// Library opens lists as of a day. Any number of goroutines may use one.
type Library struct {
	Store    *list.Store // nil: the starter alone
	Expected []string    // keys of sources that the law asks about; missing ones are told
	Only     []string    // keys of sources; none: all that are kept

	mu    sync.Mutex
	days  map[navicert.Day]*Lists
	open  map[string]*List // by source, day and hash
	past  sync.Once
	known known
	fault error // of known
}

// known is what the editions together show of days.
type known struct {
	book
	history map[string]*list.History
}

// Lists is what is searched for a question of one day.
type Lists struct {
	Day     navicert.Day
	Now     []*List  // the editions in use on that day
	Newer   []*List  // editions after the day, the next one and the newest: who was listed since
	Older   []*List  // editions that still have whoever was taken off, the latest few
	Missing []string // in words
	Gaps    []list.Gap

	from    *Library
	starter bool // nothing but the starter was there
	covered map[string]bool
}

// maxDays is how many days are kept open.
const maxDays = 64

// At gives the lists of a day.
func (b *Library) At(day navicert.Day) (*Lists, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if l, ok := b.days[day]; ok {
		return l, nil
	}
	if b.open == nil {
		b.open, b.days = map[string]*List{}, map[navicert.Day]*Lists{}
	}
	if len(b.days) >= maxDays {
		clear(b.days)
	}
	l := &Lists{Day: day, from: b, covered: map[string]bool{}}
	if err := b.kept(l); err != nil {
		return nil, err
	}
	l.starter = len(l.Now)+len(l.Newer) == 0
	if err := b.former(l); err != nil {
		return nil, err
	}
	for _, s := range l.Now {
		l.covered[s.Source] = true
	}
	own, err := starter()
	if err != nil {
		return nil, err
	}
	for _, s := range own {
		if b.wanted(s.Source) {
			l.Now = append(l.Now, s)
		}
	}
	b.days[day] = l
	return l, nil
}

func (b *Library) wanted(source string) bool {
	return len(b.Only) == 0 || slices.Contains(b.Only, source)
}

// kept opens what the store has.
func (b *Library) kept(l *Lists) error {
	if b.Store == nil {
		return nil
	}
	sources, err := b.Store.Sources()
	if err != nil {
		return err
	}
	sources = slices.DeleteFunc(sources, func(s string) bool { return !b.wanted(s) })
	if len(sources) == 0 {
		return nil
	}
	now, err := b.Store.At(l.Day, sources...)
	if err != nil {
		return err
	}
	newest, err := b.newest(now, sources)
	if err != nil {
		return errors.Join(err, now.Close())
	}
	l.Missing, l.Gaps = now.Missing, now.Gaps
	for _, k := range b.Expected {
		if b.wanted(k) && !slices.Contains(sources, k) {
			l.Missing = append(l.Missing, "no edition of "+k)
		}
	}
	// OFAC's own lists first: others repeat them, under the same IDs.
	slices.SortStableFunc(now.Snapshots, ownFirst)
	next, err := b.next(l.Day, sources)
	if err != nil {
		return errors.Join(err, now.Close())
	}
	newest = append(next, newest...)
	slices.SortStableFunc(newest, ownFirst)
	for _, s := range now.Snapshots {
		o, err := b.ready(s)
		if err != nil {
			return err
		}
		l.Now = append(l.Now, o)
	}
	for _, s := range newest {
		o, err := b.ready(s)
		if err != nil {
			return err
		}
		l.Newer = append(l.Newer, b.beside(o, l.Now))
	}
	return nil
}

// next opens the first edition after a day that lies between two, or before
// the first: who came between them, and has gone since, stands in no other.
func (b *Library) next(day navicert.Day, sources []string) (out []*list.Snapshot, err error) {
	for _, source := range sources {
		all, err := b.Store.Editions(source)
		if err != nil {
			return out, err
		}
		at := slices.IndexFunc(all, func(k list.Kept) bool { return k.Date > day })
		if at < 0 || at == len(all)-1 || at > 0 && day <= all[at-1].Until {
			continue // none, the newest, or it is known that nothing had changed
		}
		set, err := b.Store.At(all[at].Date, source)
		if err != nil {
			return out, err
		}
		out = append(out, set.Snapshots...)
	}
	return out, nil
}

// newest opens the newest editions of sources, where they are not those in use.
func (b *Library) newest(now *list.Set, sources []string) ([]*list.Snapshot, error) {
	in := map[string]navicert.Day{}
	for _, s := range now.Snapshots {
		in[s.Info().Source] = s.Info().Date
	}
	var later []string
	for _, s := range sources {
		all, err := b.Store.Editions(s)
		if err != nil {
			return nil, err
		}
		if d, ok := in[s]; len(all) > 0 && (!ok || d != all[len(all)-1].Date) {
			later = append(later, s)
		}
	}
	if len(later) == 0 { // At takes none for all
		return nil, nil
	}
	set, err := b.Store.At(navicert.Forever, later...)
	if err != nil {
		return nil, err
	}
	return set.Snapshots, nil
}

func ownFirst(a, b *list.Snapshot) int {
	rank := func(s *list.Snapshot) int {
		if strings.HasPrefix(s.Info().Source, "us-ofac") {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}

// maxOlder is how many editions before the day are searched for those who were
// taken off since.
const maxOlder = 3

// former opens the last editions that had entities which the edition of the
// day has no more.
func (b *Library) former(l *Lists) error {
	for _, s := range l.Now {
		h, err := b.Store.History(s.Source)
		if err != nil {
			return err
		}
		var last []navicert.Day
		for _, e := range h.Entities {
			if e.Removed.By != 0 && e.Removed.By <= s.Date && !slices.Contains(last, e.Removed.After) {
				last = append(last, e.Removed.After)
			}
		}
		slices.Sort(last)
		for _, day := range last[max(0, len(last)-maxOlder):] {
			set, err := b.Store.At(day, s.Source)
			if err != nil {
				return err
			}
			for _, sn := range set.Snapshots {
				o, err := b.ready(sn)
				if err != nil {
					return err
				}
				l.Older = append(l.Older, b.beside(o, l.Now))
			}
		}
	}
	return nil
}

// ready opens an edition once, however many days it is in use on.
func (b *Library) ready(s *list.Snapshot) (*List, error) {
	i := s.Info()
	key := fmt.Sprint(i.Source, " ", i.Date, " ", i.Hash)
	if o := b.open[key]; o != nil {
		return o, s.Close()
	}
	o, err := Open(s)
	if err != nil {
		return nil, fmt.Errorf("the list %s of %s cannot be searched: %w", i.Source, i.Date, err)
	}
	b.open[key] = o
	return o, nil
}

// beside is an edition without whoever the one of the day has.
func (b *Library) beside(o *List, now []*List) *List {
	i := slices.IndexFunc(now, func(n *List) bool { return n.Source == o.Source })
	if i < 0 {
		return o
	}
	key := fmt.Sprint(o.Source, " ", o.Date, " ", o.Hash, " beside ", now[i].Date, " ", now[i].Hash)
	if b.open[key] == nil {
		b.open[key] = o.less(now[i])
	}
	return b.open[key]
}

// days gathers every address that any list has or had, and when entities came
// and went; the first who asks waits for it. Where the starter knows the day of
// an address, it stands beside what the editions show.
func (l *Lists) days() (*known, error) {
	b := l.from
	b.past.Do(func() { b.fault = b.gather() })
	return &b.known, b.fault
}

func (b *Library) gather() error {
	k := &b.known
	k.byKey, k.byFold, k.history = map[string][]entry{}, map[string][]entry{}, map[string]*list.History{}
	if b.Store != nil {
		sources, err := b.Store.Sources()
		if err != nil {
			return err
		}
		for _, s := range sources {
			if !b.wanted(s) {
				continue
			}
			h, err := b.Store.History(s)
			if err != nil {
				return err
			}
			k.history[s] = h
			for _, w := range h.Wallets {
				k.add(entry{WalletSpan: w, hist: h})
			}
		}
	}
	own, err := starter()
	if err != nil {
		return err
	}
	for _, l := range own {
		for i := range l.Len() {
			e := l.Entity(i)
			for _, w := range e.Wallets {
				k.add(entry{WalletSpan: list.WalletSpan{Source: l.Source, Entity: e.ID, Name: e.Names[0].Text, Wallet: w}, list: l})
			}
		}
	}
	return nil
}

// Anew counts the editions that had no index which this version can use, and
// were indexed when they were opened.
func (b *Library) Anew() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.open {
		if l.anew {
			n++
		}
	}
	return n
}

// Checked names each list that is searched, with its date and hash.
func (l *Lists) Checked() []string {
	var out []string
	for _, s := range l.Now {
		if l.idle(s) {
			continue
		}
		what := s.Source
		if s.Source == unStarter || s.Source == list.DPRKCyber {
			what = "starter list " + what
		}
		out = append(out, fmt.Sprintf("%s of %s: %d entries, sha256 %.12s", what, s.Date, s.Entities, s.Hash))
	}
	return out
}

// idle tells whether a list of the starter has nothing to say beside the
// official one.
func (l *Lists) idle(s *List) bool { return s.Source == unStarter && l.covered["un-sc"] }

// superseded tells whether a starter entity is left to the official list of
// the day.
func (l *Lists) superseded(s *List, e *list.Entity) bool {
	has := func(o *List) bool { return e.Ref != "" && o.Find("ofac-"+e.Ref) >= 0 }
	ended, finding := false, false
	for _, li := range e.Listings {
		ended = ended || li.Until != 0 && li.Until < l.Day
		finding = finding || li.List == list.FinCEN311
	}
	switch {
	case s.Source == "us-csl" && strings.HasPrefix(e.ID, "ofac-"):
		return l.gone(s, e)
	case s.Source == unStarter:
		return l.covered["un-sc"] && !ended
	case s.Source != list.DPRKCyber || finding:
		return false
	case ended: // the official list of the day says nothing of it
		return slices.ContainsFunc(l.Older, has) || slices.ContainsFunc(l.Now, has)
	}
	return l.covered["us-ofac-sdn"] || slices.ContainsFunc(l.Now, has) || slices.ContainsFunc(l.Newer, has)
}

// gone tells whether a copy of OFAC's list still has whom OFAC's own edition of
// the day, which is not older, has no more.
func (l *Lists) gone(s *List, e *list.Entity) bool {
	if slices.ContainsFunc(e.Listings, func(li list.Listing) bool { return code(li.List) != "SDN" }) {
		return false
	}
	return slices.ContainsFunc(l.Now, func(o *List) bool { return o.Source == "us-ofac-sdn" && o.Date >= s.Date && o.Find(e.ID) < 0 })
}

// carries says what stands on the lists that the law here asks about.
var carries = map[string]string{
	"us-ofac-sdn": "that nobody is on OFAC's SDN list",
	"us-csl":      "that nobody is on the lists of BIS (Denied Persons, Entity, Unverified, Military End User) or on the State Department's",
}

// attestedAlone says what an answer without a list rests on.
func attestedAlone(missing string) string {
	for source, what := range carries {
		if strings.HasPrefix(missing, "no edition of "+source) {
			return ", and " + what + " is the word of who attests it, and no more"
		}
	}
	return ""
}

// stale names each list whose edition is older than the day asked about.
func stale(gaps []list.Gap) (out []string) {
	for _, g := range gaps {
		s := fmt.Sprintf("%s as it was on %s", g.Source, g.Date)
		if g.Next != 0 {
			s += fmt.Sprintf(" (the next edition kept is of %s)", g.Next)
		}
		out = append(out, s)
	}
	return out
}

// Notices says what the search leaves open.
func (l *Lists) Notices() []string {
	n := 0
	var upTo []string
	for _, s := range l.Now {
		if !l.idle(s) {
			n += s.Entities
			upTo = append(upTo, fmt.Sprintf("%s to %s", s.Source, s.Date))
		}
	}
	out := []string{fmt.Sprintf("A party that was not found is not thereby clean: %d entries were searched (%s).", n, strings.Join(upTo, ", "))}
	if n == 0 {
		out[0] = "Nothing was searched: no edition at hand answers for that day. That nobody was found says nothing."
	}
	if l.starter && n > 0 {
		out[0] += " That is the starter list alone; screen every party against the full lists: navicert lists sync."
	}
	for _, m := range l.Missing {
		out = append(out, "Not searched: "+m+". What stands on it is not known here"+attestedAlone(m)+".")
	}
	if old := stale(l.Gaps); len(old) > 2 { // one notice, not one each
		return append(out, fmt.Sprintf("Searched as they were before the day of the question (%s), what changed in between is not known here: %s.", l.Day, strings.Join(old, ", ")))
	}
	for _, g := range l.Gaps {
		s := fmt.Sprintf("%s is searched as it was on %s, before the day of the question (%s)", g.Source, g.Date, l.Day)
		if g.Next != 0 {
			s += fmt.Sprintf("; the next edition kept is of %s", g.Next)
		}
		out = append(out, s+": what changed in between is not known here.")
	}
	return out
}
