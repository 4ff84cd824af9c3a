package list

import (
	"fmt"
	"strings"

	"navicert"
)

// Guards are what keeps an implausible edition out. The zero Guards let
// everything through that is not empty and has as many records as it declares.
type Guards struct {
	Band      [2]int  // entities between which an edition is plausible
	MaxChange float64 // largest plausible change from one edition to the next, as a share of the larger one; as much again for each quarter between them
}

// maxDrift bounds what MaxChange may grow to.
const maxDrift = 0.75

// Refusal says why an edition was not taken. The previous one stays in use.
type Refusal struct {
	Source string
	Date   navicert.Day
	Doubts []string
	Kept   string // what stays in use
}

// Error says it, and how to override it.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%s of %s was not taken: %s; %s. If you have looked into it and it is right, repeat the command with --accept and your reason, which is recorded",
		r.Source, r.Date, strings.Join(r.Doubts, "; "), r.Kept)
}

// doubts compares an edition with its neighbors in time.
func (g Guards) doubts(ed *Edition, info Info, prev, next *Snapshot) []string {
	var out []string
	doubt := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	n := info.Entities
	if n == 0 {
		doubt("it is empty")
	}
	if !ed.whole() {
		doubt("it says that it has %d records, but %d were read", ed.Declared, n)
	}
	// An old edition may be as small as the list once was.
	if n > 0 && next == nil && n < g.Band[0] || g.Band[1] > 0 && n > g.Band[1] {
		doubt("it has %d entities, and between %d and %d are plausible", n, g.Band[0], g.Band[1])
	}
	if prev != nil {
		out = append(out, g.change(*prev.Info(), info, false)...)
	}
	if next != nil {
		out = append(out, g.change(info, *next.Info(), true)...)
	}
	return out
}

// whole says whether as many records were read as the files declare.
func (ed *Edition) whole() bool { return ed.Declared == 0 || ed.Declared == len(ed.Entities) }

// limit is the share by which two editions may differ.
func (g Guards) limit(a, b navicert.Day) float64 {
	quarters := float64(abs(int(b-a))) / 91
	return min((1+quarters)*g.MaxChange, max(maxDrift, g.MaxChange))
}

// lost is how much of the wallet addresses may go at once: on 2025-03-21 OFAC
// took 90 of 700 off its list in one day.
const lost = 0.25

// change doubts an edition that differs too much from its neighbor. Fewer
// names or addresses are what a cut file has; more of them are what a list comes to.
func (g Guards) change(from, to Info, offeredFrom bool) []string {
	if g.MaxChange <= 0 {
		return nil
	}
	var out []string
	compare := func(what string, was, is int, limit float64) {
		if max(was, is) < 20 || float64(abs(is-was)) <= limit*float64(max(was, is)) {
			return
		}
		mine, its, which := is, was, "before, of "+from.Date.String()
		if offeredFrom {
			mine, its, which = was, is, "after, of "+to.Date.String()
		}
		out = append(out, fmt.Sprintf("it has %d %s, but the edition %s, has %d: more than %.0f %% of a difference", mine, what, which, its, 100*limit))
	}
	limit := g.limit(from.Date, to.Date)
	compare("entities", from.Entities, to.Entities, limit)
	if to.Wallets < from.Wallets {
		compare("wallet addresses", from.Wallets, to.Wallets, max(limit, lost))
	}
	if to.Names < from.Names && from.Form == to.Form { // other forms may lack scripts
		compare("names", from.Names, to.Names, limit)
	}
	return out
}

// strangers doubts an edition in which too few of the entities before it are
// found again: of the right size, but another list.
func (g Guards) strangers(prev *Snapshot, info Info, removed int) []string {
	limit := g.limit(prev.Info().Date, info.Date)
	if g.MaxChange <= 0 || prev.Len() < 20 || float64(removed) <= limit*float64(prev.Len()) {
		return nil
	}
	return []string{fmt.Sprintf("%d of the %d entities of %s are gone: more than %.0f %%", removed, prev.Len(), prev.Info().Date, 100*limit)}
}

func abs(n int) int { return max(n, -n) }
