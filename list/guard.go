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
	MaxChange float64 // largest plausible change within a year, as a share of the larger edition
}

// maxDrift bounds what MaxChange may grow to over years.
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
		out = append(out, g.change(prev, info, "before")...)
	}
	if next != nil {
		out = append(out, g.change(next, info, "after")...)
	}
	return out
}

// whole says whether as many records were read as the files declare.
func (ed *Edition) whole() bool { return ed.Declared == 0 || ed.Declared == len(ed.Entities) }

// change doubts an edition that differs too much from a neighbor.
func (g Guards) change(near *Snapshot, info Info, which string) []string {
	if g.MaxChange <= 0 {
		return nil
	}
	var out []string
	was := near.Info()
	years := float64(abs(int(info.Date-was.Date))) / 365
	limit := min(max(1, years)*g.MaxChange, max(maxDrift, g.MaxChange))
	compare := func(what string, now, then int) {
		if share := float64(abs(now-then)) / float64(max(now, then, 1)); share > limit && max(now, then) >= 20 {
			out = append(out, fmt.Sprintf("it has %d %s, but the edition %s, of %s, has %d: more than %.0f %% of a difference",
				now, what, which, was.Date, then, 100*limit))
		}
	}
	compare("entities", info.Entities, was.Entities)
	compare("wallet addresses", info.Wallets, was.Wallets)
	if info.Form == was.Form { // other forms may lack scripts
		compare("names", info.Names, was.Names)
	}
	return out
}

// strangers doubts an edition in which too few of the entities before it are
// found again: of the right size, but another list.
func (g Guards) strangers(prev *Snapshot, info Info, removed int) []string {
	years := float64(abs(int(info.Date-prev.Info().Date))) / 365
	limit := min(max(1, years)*g.MaxChange, max(maxDrift, g.MaxChange))
	if g.MaxChange <= 0 || prev.Len() < 20 || float64(removed) <= limit*float64(prev.Len()) {
		return nil
	}
	return []string{fmt.Sprintf("%d of the %d entities of %s are gone: more than %.0f %%", removed, prev.Len(), prev.Info().Date, 100*limit)}
}

func abs(n int) int { return max(n, -n) }
