package rule

import (
	"fmt"
	"slices"
	"strings"

	"navicert"
)

// Underlying returns the derived terms that a term in a condition leans on:
// itself, or those that steer a switch.
func (l *Law) Underlying(term string) (out []string) {
	switch t := l.Term(term); {
	case t == nil:
	case t.Kind == Derived:
		return []string{term}
	case t.Kind == Switch:
		for _, b := range t.Choose {
			if b.When != "" {
				out = append(out, l.Underlying(b.When)...)
			}
		}
	}
	return out
}

// Steers reports whether a derived term chooses between the branches of a
// switch.
func (l *Law) Steers(term string) bool {
	return slices.ContainsFunc(l.Terms, func(t Term) bool {
		return slices.ContainsFunc(t.Choose, func(b Branch) bool { return b.When == term })
	})
}

// Chosen returns the terms whose values a term in a condition may take:
// itself, or what a switch chooses from.
func (l *Law) Chosen(term string) (out []string) {
	t := l.Term(term)
	if t == nil || t.Kind != Switch {
		return []string{term}
	}
	for _, b := range t.Choose {
		if b.Use != "" {
			out = append(out, l.Chosen(b.Use)...)
		}
	}
	return out
}

// RecalledRow says why membership of code in a set on a day rests on recall.
// It is empty when the name is no set, and when the membership is the same as
// on the day whose official text was checked.
func (l *Law) RecalledRow(set, code string, day navicert.Day) string {
	i, ok := l.set[set]
	if !ok {
		return ""
	}
	s := &l.Sets[i]
	if s.Evidence == "recalled" {
		return "the members of " + set
	}
	in := s.has(code, day)
	if in == s.has(code, s.checkedOn()) {
		return ""
	}
	for _, m := range s.Members {
		if m.Evidence == "recalled" && slices.Contains(m.In, code) {
			if in {
				return fmt.Sprintf("that %s was in %s on that day", code, set)
			}
			return fmt.Sprintf("that %s was not in %s on that day", code, set)
		}
	}
	return ""
}

func (s *Set) has(code string, day navicert.Day) bool {
	return slices.ContainsFunc(s.Members, func(m Members) bool {
		return m.Since <= day && day <= m.Until && slices.Contains(m.In, code)
	})
}

// checkedOn is the day at the end of "eCFR 2026-09-24"; without one, the
// first day of the law data, so that nothing later counts as checked.
func (s *Set) checkedOn() navicert.Day {
	if n := len(s.Checked); n >= 10 {
		if d, err := navicert.ParseDay(s.Checked[n-10:]); err == nil {
			return d
		}
	}
	return navicert.FirstDay
}

// LastRead is the last day on which official text was read for the law data.
func (l *Law) LastRead() (last navicert.Day) {
	for i := range l.Entries {
		words := strings.Fields(l.Entries[i].Checked) // "eCFR 2026-09-24"
		if len(words) == 0 {
			continue
		}
		if d, err := navicert.ParseDay(words[len(words)-1]); err == nil {
			last = max(last, d)
		}
	}
	return last
}
