// Package list holds watchlists: who was listed, by whom, and from which day
// to which.
package list

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"navicert"
)

// List is a set of entries that are searched together. It is never changed
// after it has been read.
type List struct {
	Name    string
	Title   string
	Date    navicert.Day // of the newest part
	Hash    string       // SHA-256 of the files it was read from
	Parts   []Part
	Entries []*Entry
}

// Part is one published list within a List.
type Part struct {
	Name    string
	Date    navicert.Day // what was listed later is not in it
	Entries int
}

// Entry is one listed person, body or service.
type Entry struct {
	Part      string // name of the part it belongs to
	AsOf      navicert.Day
	ID        string
	Name      string
	Kind      string // entity, person, group, mixer, exchange, vessel
	Role      string
	Aliases   []string
	Countries []string
	Authority string   // OFAC, UN 1718, FinCEN
	Programs  []string // the authority's own tags
	Listed    navicert.Day
	Delisted  navicert.Day // first day on which it was not listed any more
	UID       string       // the authority's own number
	Source    string
	Evidence  string // checked, recalled: name, programs and number
	Dates     string // the same, of the days
	Outsider  bool   // the part's program used it, but it does not belong to the program
	Note      string
	Wallets   []EntryWallet
}

// EntryWallet is a listed address. It has days of its own: one in five was listed
// later than its owner.
type EntryWallet struct {
	Asset    string
	Address  string
	Listed   navicert.Day
	Delisted navicert.Day
}

// The authorities that this package knows.
const (
	OFAC   = "OFAC"
	UN1718 = "UN 1718"
	FinCEN = "FinCEN" // findings under section 311 of the USA PATRIOT Act
)

// String names the list, its parts with their dates, and its hash.
func (l *List) String() string {
	var parts []string
	for _, p := range l.Parts {
		parts = append(parts, fmt.Sprintf("%s as of %s (%d entries)", p.Name, p.Date, p.Entries))
	}
	return fmt.Sprintf("%s: %s; sha256 %.12s", l.Name, strings.Join(parts, ", "), l.Hash)
}

// starter is what TestStarterIsFresh writes from dprk*.yaml: parsing YAML at
// every start would cost more than the rest of the start.
//
//go:generate go test . -run TestStarterIsFresh -update
//go:embed starter.tsv
var starter string

// Starter returns the built-in list: North Korea's cyber program as listed by
// OFAC and FinCEN, and the UN 1718 list. It is a start, not a screening list:
// every other listed person is missing from it.
var Starter = sync.OnceValue(func() *List {
	l, err := decode(starter)
	if err != nil { // a test keeps this from being shipped
		panic("list: starter.tsv: " + err.Error())
	}
	return l
})
