package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
	"navicert/name"
	"navicert/owner"
	"navicert/wallet"
)

// Finder states facts about the parties of deals. It may be used by any
// number of goroutines.
type Finder struct {
	Library *Library
	Tuning  *Tuning      // nil: none
	Owners  *owner.Graph // nil: none
	Options Options
}

// Find looks for the parties of a deal in the lists of its day.
func (f *Finder) Find(d *navicert.Deal) (*navicert.Finding, error) {
	lists, err := f.Library.At(d.Day)
	if err != nil {
		return nil, err
	}
	s := &finding{Finder: f, lists: lists, day: d.Day, facts: map[string]*stated{}, out: &navicert.Finding{}}
	s.opts = f.Options
	s.opts.Tuning = f.Tuning
	for i := range d.Parties {
		if err := s.party(&d.Parties[i]); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(s.out.Hits, func(a, b navicert.ListHit) int { return rank(&a) - rank(&b) })
	s.out.Lists, s.out.Notices = lists.Checked(), append(s.out.Notices, lists.Notices()...)
	if f.Owners != nil {
		s.out.Lists = append(s.out.Lists, f.Owners.Title)
	}
	if f.Tuning != nil && f.Tuning.Title != "" {
		s.out.Lists = append(s.out.Lists, f.Tuning.Title)
	}
	var sources []string
	for _, l := range lists.Now {
		sources = append(sources, l.Source)
	}
	if n := f.Tuning.Raised(sources); n != "" {
		s.out.Notices = append(s.out.Notices, n)
	}
	for _, t := range terms {
		if st := s.facts[t]; st != nil {
			if st.more > 0 {
				st.fact.Evidence.Note += fmt.Sprintf("; %d more", st.more)
			}
			s.out.Facts = append(s.out.Facts, st.fact)
		}
	}
	return s.out, nil
}

// rank puts what counts before what a person must settle, and that before what
// is only shown.
func rank(h *navicert.ListHit) int {
	switch {
	case h.States:
		return 0
	case h.Open:
		return 1
	}
	return 2
}

// finding is one deal at work.
type finding struct {
	*Finder
	lists *Lists
	day   navicert.Day
	opts  Options
	facts map[string]*stated
	out   *navicert.Finding
	p     *navicert.Party
	ids   []string // listed entities that the party certainly is
	names int      // looked up so far
}

// stated is a fact, and how many other finds state it too.
type stated struct {
	fact navicert.Fact
	more int
}

// state states terms, each with the first find that proves it.
func (s *finding) state(terms []string, by, on, where, note string) {
	for _, t := range terms {
		if st := s.facts[t]; st != nil {
			st.more++
			continue
		}
		s.facts[t] = &stated{fact: navicert.Fact{Term: t, Value: "true", Evidence: navicert.Evidence{
			Kind: "found", By: by, On: on, Where: where, Note: note,
		}}}
	}
}

// unsettle says what a person must settle.
func (s *finding) unsettle(terms []string, note string) {
	s.out.Unsettled = append(s.out.Unsettled, navicert.Unsettled{Terms: terms, Note: note})
}

// maxNames is how many names of a deal are looked up through errors. Of a deal
// with more, the rest is looked up as it is written.
const maxNames = 25_000

// shownHits is how many possible hits of a party are shown; the rest is counted.
const shownHits = 8

func (s *finding) party(p *navicert.Party) error {
	s.p, s.ids = p, nil
	q := Query(p)
	possible, hidden := 0, 0
	done, before := map[string]bool{}, told{}
	var folder name.Folder
	for _, n := range q.Names {
		if folder.Fold(n); folder.Cut {
			s.cut(n, done)
		}
	}
	if s.names += len(q.Names); s.names > maxNames && !s.opts.same {
		s.opts.same = true
		s.unsettle(screenings, fmt.Sprintf("The deal has more than %d names: from %s on only names that are the same as listed ones are found, "+
			"so that what was attested of the screening does not count. Split the deal.", maxNames, label(p)))
	}
	hits := s.lists.Search(q, &s.opts)
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(a.Grade, b.Grade), s.weight(&a)-s.weight(&b)) })
	for i := range hits {
		h := &hits[i]
		if h.Cut {
			s.cut(h.Asked, done)
		}
		if h.Clear != nil {
			if !slices.Contains(s.out.Cleared, *h.Clear) {
				s.out.Cleared = append(s.out.Cleared, *h.Clear)
			}
			continue
		}
		if before.all(h.Entity, "") { // the better name of the party has told it
			continue
		}
		before.add(h.Entity, "")
		if h.Grade != Same && !h.crowd && (h.When == Later || h.When == Earlier) {
			continue // neither the name nor the day: nothing to settle
		}
		if h.Grade == Possible {
			if possible++; possible > shownHits {
				if s.holds(h, s.says(h.List.Source, h.Entity, h.When)) {
					hidden++
				}
				s.doubt(h, "")
				continue
			}
		}
		s.hit(h)
	}
	if hidden > 0 {
		s.unsettle(nil, fmt.Sprintf("%s may be %d more listed parties, after those that are shown: navicert screen tells them all.", label(p), hidden))
	}
	s.passed(q, hits)
	for _, w := range append(slices.Clone(p.Wallets), stray(p)...) {
		if err := s.wallet(&w); err != nil {
			return err
		}
	}
	s.owners()
	return nil
}

// weight puts what the law asks about before what holds a deal otherwise, and
// that before what is only shown.
func (s *finding) weight(h *Hit) int {
	switch m := s.says(h.List.Source, h.Entity, h.When); {
	case len(m.terms)+len(m.doubts) > 0:
		return 0
	case m.hold || own(h.List):
		return 1
	}
	return 2
}

func (s *finding) cut(asked string, done map[string]bool) {
	if done["cut "+asked] {
		return
	}
	done["cut "+asked] = true
	s.out.Hits = append(s.out.Hits, navicert.ListHit{
		Party: label(s.p), How: "cut", Note: fmt.Sprintf("%q is longer than the names that are compared: only its beginning was looked up.", printable(asked)),
	})
	s.unsettle(screenings, fmt.Sprintf("%q is longer than the names that are compared, so that what was attested of its screening does not count.", printable(asked)))
}

// Means gives the terms of the law that a hit states of somebody in these
// roles, and those that a person must answer because of it.
func (l *Lists) Means(h *Hit, roles ...string) (states, open []string) {
	s := &finding{lists: l, day: l.Day, p: &navicert.Party{Roles: roles}}
	m := s.says(h.List.Source, h.Entity, h.When)
	switch {
	case h.Grade == Contradicted || h.When == Later || h.When == Earlier || h.Clear != nil:
		return nil, nil
	case h.Grade == Same && h.When == Then:
		return m.terms, m.doubts
	}
	return nil, append(m.terms, m.doubts...)
}

// says is what an entity's listings of the day mean for the party.
func (s *finding) says(source string, e *list.Entity, when When) *said {
	out := &said{}
	for i := range e.Listings {
		l := &e.Listings[i]
		if when == Then && (l.Since != 0 && s.day < l.Since || l.Until != 0 && s.day > l.Until) {
			continue
		}
		out.of(source, e, l, s.p.Roles)
	}
	if l, ok := listingOf(starterRefs()[e.ID], list.DPRKCyber); ok && source != list.DPRKCyber && (when != Then || s.day >= l.Since) {
		out.terms = append(out.terms, dprkCyber)
	}
	return out
}

// hit takes what a hit states, or what a person must settle about it.
func (s *finding) hit(h *Hit) {
	m := s.says(h.List.Source, h.Entity, h.When)
	note := s.note(h, m)
	lh := navicert.ListHit{
		Party: label(s.p), Entry: h.Entity.ID, How: h.How, Note: note, Source: sourceOf(h.List, h.Entity), List: h.List.Source, Since: since(h.Entity), When: h.When.String(),
		Similarity: round(h.Similarity), Completeness: round(h.Completeness), Score: round(h.Score),
	}
	switch {
	case h.Grade == Contradicted || h.When == Later || h.When == Earlier:
	case h.Grade == Same && h.When == Then:
		s.ids = append(s.ids, h.Entity.ID)
		lh.States = len(m.terms) > 0
		s.state(m.terms, h.List.Source, h.List.Date.String(), s.p.Where, note)
		if len(m.doubts) > 0 || m.hold || own(h.List) {
			lh.Open = true
			s.unsettle(m.doubts, fmt.Sprintf("%s is %s (%s), %s: %s. %s", label(s.p), printable(h.Entity.Names[0].Text), h.Entity.ID, s.days(h), m.why, m.answer(own(h.List))))
		}
	default:
		lh.Open = s.holds(h, m)
		s.doubt(h, note)
	}
	s.out.Hits = append(s.out.Hits, lh)
}

// own tells a firm's own list, which is kept so that deals stop at it.
func own(l *List) bool { return l.Source == "own" || strings.HasPrefix(l.Source, "own-") }

// holds tells whether a hit that may be the party holds the deal. Lists that
// the law here does not ask about hold nothing, nor does what could only state
// what is known to be true already.
func (s *finding) holds(h *Hit, m *said) bool {
	known := func(t string) bool { return s.facts[t] != nil }
	open := func(ts []string) bool { return slices.ContainsFunc(ts, func(t string) bool { return !known(t) }) }
	return m.hold || own(h.List) || open(m.terms) || open(m.doubts)
}

// doubt holds a deal for a hit that may be the party.
func (s *finding) doubt(h *Hit, note string) {
	m := s.says(h.List.Source, h.Entity, h.When)
	if !s.holds(h, m) {
		return
	}
	all := append(slices.Clone(m.terms), m.doubts...)
	if note != "" {
		note = s.settle(h, m)
	}
	s.out.Unsettled = append(s.out.Unsettled, navicert.Unsettled{Terms: all, Note: note})
}

// wallet looks an address up among all that were ever listed, and among those
// that law enforcement has published.
func (s *finding) wallet(w *navicert.Wallet) error {
	a := wallet.Parse(w.Address, w.Asset)
	where := w.Where
	if where == "" {
		where = s.p.Where
	}
	past, err := s.lists.days()
	if err != nil {
		return err
	}
	same, folded := past.find(a)
	if hold, why := unsure(a, w.Asset); why != "" {
		note := fmt.Sprintf("Wallet %s: %s.", printable(w.Address), why)
		if hold == "" || len(same) > 0 { // lists have some with a fault
			s.out.Notices = append(s.out.Notices, note)
		} else {
			s.out.Hits = append(s.out.Hits, navicert.ListHit{Party: label(s.p), How: "wallet", Note: note, Open: true})
			s.unsettle(screenings, note+" "+hold+" Until then what was attested of its screening does not count.")
		}
	}
	for _, e := range s.best(same) {
		s.walletHit(w, &e, where, false)
	}
	for _, e := range s.best(folded) {
		s.walletHit(w, &e, where, true)
	}
	s.attributed(w, a)
	return nil
}

// unsure says what is wrong with an address, and, where that holds a deal
// that no list speaks of, what to do.
func unsure(a wallet.Address, asset string) (hold, why string) {
	switch {
	case a.Check == wallet.Valid || a.Check == wallet.Bare:
		return "", ""
	case a.Key == "":
		return "It cannot be looked up: ask for it anew.", a.Why
	case a.Check == wallet.NoForm && asset != "":
		return "", a.Why
	case a.Check == wallet.NoForm:
		return "It is on no list as it stands, but whether it is whole is not known: state its asset, or ask for it anew.", a.Why
	case a.Check == wallet.NotAddress:
		return "Ask for the address itself.", a.Why
	}
	return "It is on no list as it stands, but which address is meant is not known: ask for it anew.", a.Why
}

// Listed sums up what was found of an address: "listed", "listed only later",
// "listed only earlier", "not known" or "not listed".
func Listed(f *navicert.Finding) string {
	out := "not listed"
	for _, h := range f.Hits {
		switch {
		case h.States:
			return "listed"
		case h.How == "attributed":
		case h.Open && h.When != Later.String():
			out = "not known"
		case h.When == Earlier.String() && out != "not known":
			out = "listed only earlier"
		case h.When == Later.String() && out == "not listed":
			out = "listed only later"
		}
	}
	return out
}

// best keeps one entry of each listed entity: the one whose days are known.
func (s *finding) best(es []entry) (out []entry) {
	at := map[string]int{}
	for _, e := range es {
		id := e.Entity
		if e.list != nil { // the starter's IDs are its own
			if n := e.list.Find(id); n >= 0 {
				if ref := e.list.Entity(n).Ref; ref != "" && e.list.Source == list.DPRKCyber {
					id = "ofac-" + ref
				}
			}
		}
		i, ok := at[id]
		if !ok { // OFAC lists some anew under another number
			i = slices.IndexFunc(out, func(o entry) bool {
				return ofacs(&o) && ofacs(&e) && o.Source != e.Source && strings.EqualFold(o.Name, e.Name)
			})
			if ok = i >= 0; ok {
				at[id] = i
			}
		}
		switch {
		case !ok:
			at[id] = len(out)
			out = append(out, e)
		case out[i].hist != nil && e.hist == nil && (out[i].when(s.day) == Between || out[i].when(s.day) == e.when(s.day)):
			out[i].Listed, out[i].Removed, out[i].hist = e.Listed, e.Removed, nil // the starter knows the days
		case e.hist != nil && e.Source == out[i].Source && out[i].when(s.day) != Then && e.when(s.day) == Then:
			out[i] = e // another stay on the list
		case e.hist != nil && e.Source == "us-ofac-sdn" && out[i].hist != nil && out[i].Source != e.Source:
			out[i] = e // OFAC's own list before copies of it
		}
	}
	return out
}

// ofacs tells an entry of OFAC's list, in whatever copy.
func ofacs(e *entry) bool {
	return e.Source == "us-ofac-sdn" || e.Source == "us-csl" || e.Source == list.DPRKCyber
}

// walletHit tells one listed address.
func (s *finding) walletHit(w *navicert.Wallet, e *entry, where string, folded bool) {
	m, source, on := s.owned(e)
	when := e.when(s.day)
	note := fmt.Sprintf("wallet %s is a wallet of %s", printable(e.Address), printable(e.Name))
	if folded {
		note = fmt.Sprintf("wallet %s differs from %s, a wallet of %s, in letter case alone", printable(w.Address), printable(e.Address), printable(e.Name))
	}
	note += ", " + s.walletDays(e, when, source)
	if m.why != "" {
		note += "; " + m.why
	}
	h := navicert.ListHit{Party: label(s.p), Entry: e.Entity, How: "wallet", Note: note, Source: source, List: e.Source, When: when.String()}
	owner := ""
	if when == Later && !folded {
		owner = s.blocked(e)
	}
	switch {
	case owner != "":
		h.Open = true
		h.Note += ". " + owner
		s.unsettle([]string{sdn}, h.Note+" Until a person has settled what the deal has to do with it, what was attested of that list does not count.")
	case when == Later || when == Earlier:
	case when == Then && !folded:
		h.States = len(m.terms) > 0
		s.state(m.terms, e.Source, on, where, note)
		if len(m.terms) == 0 && (m.hold || len(m.doubts) > 0) {
			h.Open = true
			s.unsettle(m.doubts, note+". "+m.answer(false))
		}
	default:
		h.Open = true
		do := "Find out whether the address was listed on that day"
		if folded {
			do = "Ask for the address as it stands on its chain"
		}
		s.unsettle(append(slices.Clone(m.terms), m.doubts...), note+". "+do+"; until then what was attested of that list does not count.")
	}
	s.out.Hits = append(s.out.Hits, h)
}

// blocked says that the owner of an address that was listed only later was
// blocked on the day already: an address is property like any other, whoever
// knew whose it was.
func (s *finding) blocked(e *entry) string {
	for _, l := range s.lists.Now {
		n := l.Find(e.Entity)
		if l.Source != e.Source || n < 0 {
			continue
		}
		h := Hit{List: l, Entity: l.Entity(n)}
		if s.lists.dated(&h, Then) && h.When == Then && slices.Contains(s.says(l.Source, h.Entity, Then).terms, sdn) {
			return fmt.Sprintf("Its owner, %s, was on %s on that day already, and its property was blocked with it, this address too if it was its own then, whether or not anybody knew.",
				printable(h.Entity.Names[0].Text), title("US", "SDN"))
		}
	}
	return ""
}

// owned finds what the listing of an address's owner means.
func (s *finding) owned(e *entry) (m *said, source, on string) {
	for _, l := range append(slices.Clone(s.lists.Now), s.lists.Newer...) {
		if l.Source != e.Source {
			continue
		}
		on = l.Date.String()
		if n := l.Find(e.Entity); n >= 0 {
			ent := l.Entity(n)
			m := s.says(e.Source, ent, Between)
			m.terms = slices.Compact(m.terms)
			return m, sourceOf(l, ent), on
		}
	}
	// Its owner stands in no edition at hand: the address itself was listed.
	m = &said{}
	if e.Source == "us-ofac-sdn" {
		m.terms = []string{sdn}
	}
	return m, e.Source, on
}

func (s *finding) walletDays(e *entry, when When, source string) string {
	span := e.Listed
	day := span.By.String()
	if span.After != span.By-1 {
		day += " or before"
		if span.After != 0 {
			day = fmt.Sprintf("some day from %s to %s", span.After+1, span.By)
		}
	}
	switch when {
	case Later:
		return "listed only since " + day + ", after the day of this deal; source " + source
	case Earlier:
		return fmt.Sprintf("listed since %s, taken off by %s, no longer listed on the day of this deal; source %s", day, e.Removed.By, source)
	case Between:
		if s.day >= span.By {
			return fmt.Sprintf("listed since %s and taken off between %s and %s: on the day of this deal it is not known; source %s", day, e.Removed.After, e.Removed.By, source)
		}
		return "listed since " + day + ": on the day of this deal it is not known; source " + source
	}
	return "listed since " + day + "; source " + source
}

// screenings are the terms that a search of lists answers.
var screenings = slices.DeleteFunc(slices.Clone(terms), func(t string) bool { return t == military || t == intelligence })
