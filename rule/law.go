// Package rule reads the law as data and judges facts by it.
//
// The law is a set of dated entries, one per paragraph. [Load] reads it once;
// [Law.At] compiles the entries of one day into a flat program of gates over
// three-valued facts. Nothing in this package knows any law: only the
// conditions and effects that doc/format.md describes.
package rule

import (
	"fmt"
	"slices"
	"sort"

	"navicert"
)

// Law is everything the data files say, all editions together.
type Law struct {
	Terms      []Term
	Countries  []Code
	Items      []Item
	Sets       []Set
	Exceptions []Exception
	Implies    []Implication
	Sections   []Section
	Entries    []Entry  // in the order of the files, then of the text
	Order      []string // terms, as exact answers split on them
	Hash       string   // SHA-256 of the data files, names included

	index
}

// index holds what is derived from the tables after reading.
type index struct {
	term    map[string]int
	country map[string]int
	item    map[string]int
	set     map[string]int
	facts   []int   // fact number to term number
	fact    []int   // term number to fact number, or -1
	cuts    [][]Cut // per fact: the thresholds that any rule compares it with
}

// Kind is the type of a term.
type Kind string

// The kinds of terms, doc/format.md section 1.
const (
	YesNo   Kind = "yes_no"
	Choice  Kind = "choice"
	Country Kind = "country"
	ItemT   Kind = "item"
	Number  Kind = "number"
	Reading Kind = "reading"
	Derived Kind = "derived"
	Switch  Kind = "switch"
)

// Term is one word of the glossary.
type Term struct {
	Name   string
	Kind   Kind
	Group  string
	Values []Code // of a choice
	Choose []Branch
	Ask    string
	Means  string
	Cite   string
	At     Pos
}

// Bool reports whether the term is true or false by itself.
func (t *Term) Bool() bool { return t.Kind == YesNo || t.Kind == Reading || t.Kind == Derived }

// Branch is one line of a switch: when the Boolean term When holds (empty:
// always), the switch is the term Use or the constant Value.
type Branch struct{ When, Use, Value string }

// Code is a code with its name in words.
type Code struct{ Code, Name string }

// Item is a paragraph of the Commerce Control List with its "for" clause.
type Item struct{ Code, ECCN, Kind, Says string }

// Exception is a license exception that rules may grant, bar or keep.
type Exception struct{ Symbol, Name, Cite string }

// Set is a named set of countries or items whose members come and go.
type Set struct {
	Name, Of, Title, Cite string
	Evidence, Checked     string
	Members               []Members
	At                    Pos
}

// Members are codes that belong to a set from Since to Until, both included.
type Members struct {
	In                     []string
	Since, Until           navicert.Day
	Source, Evidence, Note string
	At                     Pos
}

// Implication ties facts together: whenever If holds, every literal of Then
// holds. An empty Then means that If never holds.
type Implication struct {
	If      Cond
	Then    []Literal
	Because string
	At      Pos
}

// Literal is one term with one value.
type Literal struct{ Term, Value string }

// Section is the head of a rule file.
type Section struct {
	Cite, Title, URL string
	Body             navicert.Body
	Coverage         []Coverage
	File             string
}

// Coverage says what was done with one paragraph of a section.
type Coverage struct {
	Para, Is, Why string
	At            Pos
}

// Entry is one edition of one paragraph of law.
type Entry struct {
	ID, Cite, Source  string
	Since, Until      navicert.Day
	Status            string
	Evidence, Checked string
	Says, Gap         string
	Effect            Effect
	When              Cond
	Unless            []string
	Section           int
	At                Pos
}

// Effect is what an entry does when it holds. Verb is the key of the rule
// file; the other fields are its arguments.
type Effect struct {
	Verb    string   // defines, lifts, exempts, requires, grants, bars, prohibits, reviews, holds, warns
	Arg     string   // the term, entry, symbol, policy or reason
	Symbols []string // of bars and keeps
	Keeps   string   // any, none, or list
	Reach   string   // all, or empty
	Over    []string // of reviews
}

// Operative reports whether the entry's text is applied, not only printed.
func (e *Entry) Operative() bool { return e.Status == "in force" }

// Pos is a place in a data file.
type Pos struct {
	File string
	Line int
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Op is the connective or test at the root of a condition.
type Op uint8

// The conditions of doc/format.md section 3.
const (
	Always Op = iota
	Is        // a Boolean term is true
	In        // a term's value is one of Args: codes and names of sets
	Cmp       // a number passes a threshold
	Not
	All
	Any
)

// Cond is a condition over terms.
type Cond struct {
	Op   Op
	Term string
	Args []string
	Cut  Cut
	Neg  bool // of Cmp: at_most and under are negated cuts
	Kids []Cond
	Line int
}

// Cut is a threshold: values at or above V pass (Over false), or only values
// above it (Over true).
type Cut struct {
	V    float64
	Over bool
}

func (c Cut) passes(x float64) bool { return x > c.V || (!c.Over && x == c.V) }

// Term returns the glossary's word of that name, or nil.
func (l *Law) Term(name string) *Term {
	if i, ok := l.term[name]; ok {
		return &l.Terms[i]
	}
	return nil
}

// CountryName returns the name of a country code, or the code itself.
func (l *Law) CountryName(code string) string {
	if i, ok := l.country[code]; ok {
		return l.Countries[i].Name
	}
	return code
}

// build fills the index. It must run after every change of the tables.
func (l *Law) build() {
	ix := index{
		term: map[string]int{}, country: map[string]int{}, item: map[string]int{}, set: map[string]int{},
		fact: make([]int, len(l.Terms)),
	}
	for i, t := range l.Terms {
		ix.term[t.Name] = i
		ix.fact[i] = -1
		if t.Kind != Derived && t.Kind != Switch {
			ix.fact[i] = len(ix.facts)
			ix.facts = append(ix.facts, i)
		}
	}
	for i, c := range l.Countries {
		ix.country[c.Code] = i
	}
	for i, c := range l.Items {
		ix.item[c.Code] = i
	}
	for i, s := range l.Sets {
		ix.set[s.Name] = i
	}
	ix.cuts = make([][]Cut, len(ix.facts))
	see := func(c *Cond) {
		if c.Op != Cmp {
			return
		}
		f := ix.fact[ix.term[c.Term]]
		if !slices.Contains(ix.cuts[f], c.Cut) {
			ix.cuts[f] = append(ix.cuts[f], c.Cut)
		}
	}
	for i := range l.Entries {
		l.Entries[i].When.walk(see)
	}
	for i := range l.Implies {
		l.Implies[i].If.walk(see)
	}
	for _, cs := range ix.cuts {
		sort.Slice(cs, func(i, j int) bool {
			return cs[i].V < cs[j].V || cs[i].V == cs[j].V && !cs[i].Over && cs[j].Over
		})
	}
	l.index = ix
}

func (c *Cond) walk(f func(*Cond)) {
	f(c)
	for i := range c.Kids {
		c.Kids[i].walk(f)
	}
}
