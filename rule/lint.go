package rule

import (
	"fmt"
	"slices"
	"strings"

	"navicert"
)

// Finding is something in the law's data that should not stand as it does.
type Finding struct {
	At   Pos
	Rule string // a short name of what was looked for
	What string // the finding, in words
	Warn bool   // worth a look, but not refused
}

func (f Finding) String() string {
	kind := ""
	if f.Warn {
		kind = "warning: "
	}
	return fmt.Sprintf("%s: %s%s [%s]", f.At, kind, f.What, f.Rule)
}

// Lint looks for what Load cannot see: rules without tests, paragraphs that
// never or always hold, review policies that conflict, words that nothing
// defines, sources and coverage that do not fit. Findings come in the order
// of files and lines.
func (l *Law) Lint(tests []EntryTest) []Finding {
	k := newLinter(l, tests)
	k.words()
	k.covered()
	k.tables()
	k.used()
	k.worlds()
	k.tested()
	return k.sorted()
}

// linter gathers findings.
type linter struct {
	law   *Law
	tests []EntryTest
	days  []navicert.Day
	found []Finding

	only     map[int]bool // entries looked at; nil: all
	canTrue  []bool       // per entry: holds in some possible world of some day
	canFalse []bool
	seen     []bool // per entry: in force on some day that was looked at
}

func newLinter(l *Law, tests []EntryTest) *linter {
	n := len(l.Entries)
	return &linter{
		law: l, tests: tests, days: l.Days(),
		canTrue: make([]bool, n), canFalse: make([]bool, n), seen: make([]bool, n),
	}
}

func (k *linter) looks(entry int) bool { return k.only == nil || k.only[entry] }

func (k *linter) refuse(at Pos, rule, format string, args ...any) {
	k.found = append(k.found, Finding{At: at, Rule: rule, What: fmt.Sprintf(format, args...)})
}

func (k *linter) warn(at Pos, rule, format string, args ...any) {
	k.found = append(k.found, Finding{At: at, Rule: rule, What: fmt.Sprintf(format, args...), Warn: true})
}

func (k *linter) sorted() []Finding {
	slices.SortStableFunc(k.found, func(a, b Finding) int {
		if c := strings.Compare(a.At.File, b.At.File); c != 0 {
			return c
		}
		return a.At.Line - b.At.Line
	})
	return k.found
}

// tested refuses entries whose tests do not show both that they hold and that
// they do not. worlds must have run: what can only hold needs no second test.
func (k *linter) tested() {
	type edition struct{ yes, no bool }
	have := make([]edition, len(k.law.Entries))
	byID := map[string][]int{}
	for i := range k.law.Entries {
		byID[k.law.Entries[i].ID] = append(byID[k.law.Entries[i].ID], i)
	}
	for _, t := range k.tests {
		for _, i := range byID[t.Entry] {
			if e := &k.law.Entries[i]; e.Since <= t.Day && t.Day <= e.Until {
				have[i].yes = have[i].yes || t.Fires == "yes"
				have[i].no = have[i].no || t.Fires == "no"
			}
		}
	}
	for i := range k.law.Entries {
		e := &k.law.Entries[i]
		if !k.looks(i) || !e.Operative() || !k.seen[i] {
			continue
		}
		var miss []string
		if !have[i].yes {
			miss = append(miss, "yes")
		}
		if !have[i].no && e.When.Op != Always {
			miss = append(miss, "no")
		}
		if len(miss) > 0 {
			k.refuse(e.At, "tests", "%s has no test that says %s on a day from %s to %s",
				e.ID, strings.Join(miss, ", and none that says "), e.Since, end(e.Until))
		}
	}
}

func end(d navicert.Day) string {
	if d == navicert.Forever {
		return "today"
	}
	return d.String()
}

// spans writes days of change as periods; each day stands for the time until
// the next one in all.
func spans(days, all []navicert.Day) string {
	var out []string
	for i := 0; i < len(days); {
		at, _ := slices.BinarySearch(all, days[i])
		j := i
		for j+1 < len(days) && at+1 < len(all) && days[j+1] == all[at+1] {
			j, at = j+1, at+1
		}
		last := "today"
		if at+1 < len(all) {
			last = (all[at+1] - 1).String()
		}
		out = append(out, days[i].String()+" to "+last)
		i = j + 1
	}
	return strings.Join(out, "; ")
}
