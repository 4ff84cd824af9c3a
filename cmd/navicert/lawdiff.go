package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/rule"
)

func lawDiff() *cobra.Command {
	return &cobra.Command{
		Use: "diff DAY DAY", Short: "Show what changed in the law between two days",
		Example: "  navicert law diff 2022-05-25 2022-05-26",
		Args:    need(2, 2, "two days, for example 2025-11-09 2025-11-10"),
		RunE: withLaw(func(p *printer, l *rule.Law, _ *cobra.Command, args []string) error {
			a, err := lawDay(args[0])
			if err != nil {
				return err
			}
			b, err := lawDay(args[1])
			if err != nil {
				return err
			}
			n, again := p.entryChanges(l, a, b)
			n += p.setChanges(l, a, b)
			p.line("%d changes from %s to %s", n, a, b)
			if again > 0 {
				p.line("%d more were issued again, and as they are encoded here nothing in them changed", again)
			}
			return nil
		}),
	}
}

func on(l *rule.Law, day navicert.Day) map[string]*rule.Entry {
	m := map[string]*rule.Entry{}
	for i := range l.Entries {
		if e := &l.Entries[i]; e.Since <= day && day <= e.Until {
			m[e.ID] = e
		}
	}
	return m
}

func (p *printer) entryChanges(l *rule.Law, a, b navicert.Day) (n, again int) {
	old, now := on(l, a), on(l, b)
	seen := map[string]bool{}
	for i := range l.Entries {
		id := l.Entries[i].ID
		x, y := old[id], now[id]
		if seen[id] || x == y {
			continue
		}
		seen[id] = true
		if x != nil && y != nil && p.same(x, y) {
			again++
			continue
		}
		n++
		switch {
		case x == nil:
			p.line("new      %s  %s (%s), %s", y.Cite, y.Since, y.Source, y.Status)
			p.wrapped("         ", y.Says)
		case y == nil:
			p.line("ended    %s  %s (%s)", x.Cite, x.Until, x.Source)
			p.wrapped("         ", x.Says)
		default:
			p.line("changed  %s  %s (%s), %s", y.Cite, y.Since, y.Source, y.Status)
			if x.Status != y.Status {
				p.line("         was %s", x.Status)
			}
			p.wrapped("         ", y.Says)
			switch {
			case x.Says != y.Says && x.Status == y.Status:
				p.wrapped("         before: ", x.Says)
			case x.Says == y.Says:
				p.changedHow(x, y)
			}
		}
	}
	return n, again
}

// same reports whether two editions of a paragraph say and do the same.
func (p *printer) same(x, y *rule.Entry) bool {
	return x.Cite == y.Cite && x.Status == y.Status && x.Says == y.Says && p.effectText(x) == p.effectText(y) &&
		x.When.String() == y.When.String() && slices.Equal(x.Unless, y.Unless)
}

// changedHow names what changed where the words in which it is told did not.
func (p *printer) changedHow(x, y *rule.Entry) {
	for _, part := range []struct{ name, x, y string }{
		{"cite", x.Cite, y.Cite},
		{"effect", p.effectText(x), p.effectText(y)},
		{"when", x.When.String(), y.When.String()},
		{"unless", strings.Join(x.Unless, ", "), strings.Join(y.Unless, ", ")},
	} {
		if part.x != part.y {
			p.wrapped("         "+part.name+" before: ", cmp.Or(part.x, "none"))
			p.wrapped("         "+part.name+" now:    ", cmp.Or(part.y, "none"))
		}
	}
}

func (p *printer) setChanges(l *rule.Law, a, b navicert.Day) (n int) {
	for i := range l.Sets {
		s := &l.Sets[i]
		x, y := s.On(a), s.On(b)
		for _, c := range y {
			if !slices.Contains(x, c) {
				p.line("joined   %s  %s (%s)", s.Name, p.codeName(s, c), s.Cite)
				n++
			}
		}
		for _, c := range x {
			if !slices.Contains(y, c) {
				p.line("left     %s  %s (%s)", s.Name, p.codeName(s, c), s.Cite)
				n++
			}
		}
	}
	return n
}

func (p *printer) codeName(s *rule.Set, code string) string {
	if s.Of == "country" {
		return code + " " + p.l.CountryName(code)
	}
	return code
}
