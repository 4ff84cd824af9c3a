package main

import (
	"fmt"
	"slices"

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
			n := p.entryChanges(l, a, b) + p.setChanges(l, a, b)
			p.line("%d changes from %s to %s", n, a, b)
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

func (p *printer) entryChanges(l *rule.Law, a, b navicert.Day) (n int) {
	old, now := on(l, a), on(l, b)
	seen := map[string]bool{}
	for i := range l.Entries {
		id := l.Entries[i].ID
		x, y := old[id], now[id]
		if seen[id] || x == y {
			continue
		}
		seen[id] = true
		n++
		switch {
		case x == nil:
			p.line("new      %s  %s (%s), %s", y.Cite, y.Since, y.Source, y.Status)
			p.wrapped("         ", y.Says)
		case y == nil:
			p.line("ended    %s  %s (%s)", x.Cite, x.Until, x.Source)
		default:
			p.line("changed  %s  %s (%s), %s", y.Cite, y.Since, y.Source, y.Status)
			if x.Status != y.Status {
				p.line("         was %s", x.Status)
			}
			p.wrapped("         ", y.Says)
		}
	}
	return n
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

func lawLint() *cobra.Command {
	return &cobra.Command{
		Use: "lint", Short: "Refuse law data with faults: dates, cites, dead rules, conflicts, missing tests", Args: nothing,
		Example: "  navicert law lint --law ./law",
		RunE: func(cmd *cobra.Command, _ []string) error {
			tree, err := lawTree(cmd)
			if err != nil {
				return err
			}
			l, err := rule.Load(tree)
			if err != nil {
				return inLaw(cmd, err)
			}
			tests, err := rule.LoadTests(tree)
			if err != nil {
				return inLaw(cmd, err)
			}
			out := cmd.OutOrStdout()
			fails, finds := l.RunTests(tests), l.Lint(tests)
			for _, f := range fails {
				fmt.Fprintln(out, f)
			}
			refused := 0
			for _, f := range finds {
				fmt.Fprintln(out, f)
				if !f.Warn {
					refused++
				}
			}
			fmt.Fprintf(out, "%d paragraphs, %d tests: %d tests fail, %d findings refused, %d warnings\n",
				len(l.Entries), len(tests), len(fails), refused, len(finds)-refused)
			if len(fails)+refused > 0 {
				return exitError(1)
			}
			return nil
		},
	}
}
