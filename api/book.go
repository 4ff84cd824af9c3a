package api

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"navicert"
	"navicert/ftm"
	"navicert/list"
	"navicert/screen"
)

// Book is the lists of one moment, opened side by side.
type Book struct {
	Lists    []*List
	sets     map[string]*Dataset
	order    []*Dataset
	text     func() *textIndex
	learn    func(*List) *dates // when its entities came and changed; nil: nobody knows
	etag     string
	notes    []string     // in words, what no edition answers for
	cached   atomic.Int64 // bytes that cards take
	ready    func() <-chan struct{}
	building sync.WaitGroup
}

// List is one list of a Book.
type List struct {
	*screen.List
	name    string // of its dataset, "us_ofac_sdn"
	version string
	dates   atomic.Pointer[dates]
	cards   []atomic.Pointer[card]
}

// Dataset is a list or a collection of lists, by the name a client uses.
type Dataset struct {
	name, title string
	children    []string // of a collection
	lists       []int
	aliases     []string
}

// known are the names under which users of OpenSanctions know the sources, so
// that a program need not change them either.
var known = map[string][]string{
	"us_ofac_cons": {"us_ofac_consolidated"},
	"us_csl":       {"us_trade_csl"},
	"us_bis_dpl":   {"us_bis_denied"},
	"un_sc":        {"un_sc_sanctions"},
	"uk_sl":        {"gb_fcdo_sanctions"},
	"uk_ofsi":      {"gb_hmt_sanctions"},
	"ca_sema":      {"ca_dfatd_sema_sanctions"},
	"ch_seco":      {"ch_seco_sanctions"},
}

// collections are the names that stand for all lists, of which there may be one:
// clients look for "default" in the catalog to learn how fresh the lists are.
var collections = []struct{ name, title string }{
	{"default", "All lists"}, {"sanctions", "All lists, under the name of sanctions"}, {"all", "All lists"},
}

// datasetName is the name of a source as a dataset: letters, digits, low lines.
func datasetName(source string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '_':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '_'
	}, source)
}

// newBook joins lists. Each must be of another source.
func newBook(lists []*List) (*Book, error) {
	b := &Book{Lists: lists, sets: map[string]*Dataset{}}
	b.text = sync.OnceValue(func() *textIndex {
		b.history()
		return newTextIndex(b)
	})
	if len(lists) > maxLists {
		return nil, fmt.Errorf("%d lists are more than the %d that can be open side by side", len(lists), maxLists)
	}
	b.ready = sync.OnceValue(b.prepare)
	all := make([]int, len(lists))
	var names, parts []string
	for i, l := range lists {
		all[i] = i
		info := l.Snapshot.Info()
		l.name, l.version = datasetName(info.Source), version(info)
		l.cards = make([]atomic.Pointer[card], l.Len())
		if b.sets[l.name] != nil {
			return nil, fmt.Errorf("two lists are of the source %s", info.Source)
		}
		d := &Dataset{name: l.name, title: info.Title, lists: []int{i}}
		if d.title == "" {
			d.title = info.Source
		}
		b.add(d, append([]string{info.Source}, known[l.name]...)...)
		names = append(names, l.name)
		parts = append(parts, l.name+l.version+info.Hash)
	}
	for _, c := range collections {
		if b.sets[c.name] == nil {
			b.add(&Dataset{name: c.name, title: c.title, children: names, lists: all})
		}
	}
	b.etag = `"` + digest(parts) + `"`
	return b, nil
}

// making lets one index of words be made at a time: it takes memory.
var making = make(chan struct{}, 1)

// prepare begins to make what searches by words need, and tells when it is there.
func (b *Book) prepare() <-chan struct{} {
	done := make(chan struct{})
	b.building.Go(func() {
		defer close(done)
		defer func() { _ = recover() }() // who asks for it meets the same fault, and tells it
		making <- struct{}{}
		defer func() { <-making }()
		_ = list.Reading(func() error { b.text(); return nil })
	})
	return done
}

func (b *Book) add(d *Dataset, aliases ...string) {
	b.order = append(b.order, d)
	b.sets[d.name] = d
	for _, a := range aliases {
		if b.sets[a] == nil {
			b.sets[a] = d
			d.aliases = append(d.aliases, a)
		}
	}
}

// version is the day and the beginning of the hash of an edition, in the form
// of the contract: 20251223000000-3fa.
func version(i *list.Info) string {
	return strings.ReplaceAll(i.Date.String(), "-", "") + "000000-" + (i.Hash + "000")[:3]
}

// dataset finds a dataset by any of its names.
func (b *Book) dataset(name string) (*Dataset, error) {
	if d := b.sets[name]; d != nil {
		return d, nil
	}
	return nil, &fault{code: 404, text: "No such dataset."}
}

// scope is the lists to be searched: those of d, of them only included ones,
// and no excluded one. Names that nobody knows include nothing.
func (b *Book) scope(d *Dataset, include, exclude []string) []int {
	if len(include) == 0 && len(exclude) == 0 {
		return d.lists
	}
	in := b.listsOf(include)
	out := b.listsOf(exclude)
	var lists []int
	for _, i := range d.lists {
		if (len(include) == 0 || slices.Contains(in, i)) && !slices.Contains(out, i) {
			lists = append(lists, i)
		}
	}
	return lists
}

func (b *Book) listsOf(names []string) []int {
	var out []int
	for _, n := range names {
		if d := b.sets[n]; d != nil {
			out = append(out, d.lists...)
		}
	}
	return out
}

// at is an entity's place.
type at struct{ list, entity int32 }

// find gives every place where an ID stands.
func (b *Book) find(id string) []at {
	var out []at
	for i, l := range b.Lists {
		if n := l.Find(id); n >= 0 {
			out = append(out, at{int32(i), int32(n)})
		}
	}
	return out
}

// thing is an entity in the form of the contract, as one list has it.
func (b *Book) thing(p at) (*ftm.Entity, *list.Entity) {
	l := b.Lists[p.list]
	e := l.Entity(int(p.entity))
	x := ftm.FromList(e, l.name)
	l.stamp(x, e)
	x.Target = x.Target && theModel().risky(x)
	theModel().fit(x, e)
	return x, e
}

// dates is when entities of a list were first seen and when they last changed,
// as far as its earlier editions show it.
type dates struct {
	first, change map[string]navicert.Day
	rest          navicert.Day // last change of those that are not in change, or a later day
}

// history learns the dates of all lists.
func (b *Book) history() {
	if b.learn == nil {
		return
	}
	for _, l := range b.Lists {
		if d := b.learn(l); d != nil {
			l.dates.Store(d)
		}
	}
	b.forget() // cards made before
}

// stamp says since when the list has had the entity, and when it changed. What
// is not known errs on the side that asks again: a change no one has looked
// for may have come with this edition.
func (l *List) stamp(x *ftm.Entity, e *list.Entity) {
	date := l.Snapshot.Info().Date
	first, change := date, date
	if d := l.dates.Load(); d != nil {
		if f, ok := d.first[e.ID]; ok {
			first = f
		}
		if change = d.rest; d.change[e.ID] != 0 {
			change = d.change[e.ID]
		}
	}
	for _, g := range e.Listings {
		if g.Since != 0 && g.Since < first {
			first = g.Since
		}
	}
	x.FirstSeen, x.LastSeen, x.LastChange = midnight(first), midnight(date), midnight(max(first, change))
}

func midnight(d navicert.Day) ftm.Stamp { return ftm.Stamp(d.String() + "T00:00:00") }
