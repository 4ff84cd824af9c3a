package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/rule"
)

func newLaw() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "law",
		Short: "Read, check and compare the law data",
		Example: `  navicert law list
  navicert law show "15 CFR 740.22(c)(4)"
  navicert law coverage
  navicert law diff 2025-11-09 2025-11-10`,
		RunE: group,
	}
	cmd.AddCommand(lawList(), lawShow(), lawCoverage(), lawDiff(), lawLint(), lawEdition(), lawCompile())
	return cmd
}

// withLaw makes a command that needs the law and a printer.
func withLaw(f func(p *printer, l *rule.Law, cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		l, err := loadLaw(cmd)
		if err != nil {
			return err
		}
		return f(newPrinter(cmd.OutOrStdout(), l), l, cmd, args)
	}
}

func lawList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List every paragraph, section by section", Args: nothing,
		RunE: withLaw(func(p *printer, l *rule.Law, _ *cobra.Command, _ []string) error {
			last := -1
			for i := range l.Entries {
				e := &l.Entries[i]
				if e.Section != last {
					last = e.Section
					s := &l.Sections[e.Section]
					p.line("%s%s  %s (%s)", map[bool]string{true: "\n"}[i > 0], p.strong(s.Cite), s.Title, s.Body)
				}
				p.line("  %-34s %-30s %s  %s", e.ID, e.Cite, span(e), flags(e))
			}
			p.line("\n%d paragraphs in %d sections, law data %.12s", len(l.Entries), len(l.Sections), l.Hash)
			return nil
		}),
	}
}

func span(e *rule.Entry) string {
	if e.Until == navicert.Forever {
		return e.Since.String() + " ..           "
	}
	return e.Since.String() + " .. " + e.Until.String()
}

func flags(e *rule.Entry) string {
	s := e.Evidence
	if e.Status != "in force" {
		s = e.Status + ", " + s
	}
	return s
}

func lawShow() *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use: "show CITE", Short: "Show the paragraphs of a section, or one of them",
		Example: "  navicert law show 740.22\n  navicert law show \"15 CFR 740.22(c)(4)\" --as-of 2022-04-01",
		Args:    need(1, 0, "the citation of a section or paragraph, for example 740.22"),
		RunE: withLaw(func(p *printer, l *rule.Law, _ *cobra.Command, args []string) error {
			want := strings.Join(args, " ")
			day := navicert.Forever
			if asOf != "" {
				d, err := lawDay(asOf)
				if err != nil {
					return fmt.Errorf("--as-of: %w", err)
				}
				day = d
			}
			n := 0
			for i := range l.Entries {
				e := &l.Entries[i]
				if !cites(e, want) || day != navicert.Forever && (e.Since > day || e.Until < day) {
					continue
				}
				n++
				p.paragraph(e, day)
			}
			if n == 0 {
				return noSuchCite(l, want, day)
			}
			return nil
		}),
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "only what was in force on `DAY`")
	return cmd
}

// cites reports whether e is the cited paragraph or stands below it.
func cites(e *rule.Entry, want string) bool {
	if e.ID == want {
		return true
	}
	for _, cite := range citations(e.Cite) {
		for _, form := range []string{want, "15 CFR " + want, "31 CFR " + want} {
			rest, ok := strings.CutPrefix(cite, form)
			if ok && (rest == "" || strings.ContainsAny(rest[:1], "( .,")) {
				return true
			}
		}
	}
	return false
}

// citations takes "31 CFR 510.201, 578.201" and "15 CFR 740.22(a), (b)(1)"
// apart into whole citations.
func citations(cite string) []string {
	out := []string{cite}
	var title, section string
	for _, part := range strings.Split(cite, ", ") {
		switch {
		case strings.HasPrefix(part, "("):
			part = section + part
		case part != "" && part[0] >= '0' && part[0] <= '9' && !strings.Contains(part, " CFR "):
			part = title + part
		}
		if i := strings.Index(part, " CFR "); i >= 0 {
			title = part[:i+len(" CFR ")]
		}
		section, _, _ = strings.Cut(part, "(")
		out = append(out, part)
	}
	return out
}

// noSuchCite says that nothing is cited so, and what stands nearest above it.
func noSuchCite(l *rule.Law, want string, day navicert.Day) error {
	when := ""
	if day != navicert.Forever {
		when = fmt.Sprintf(" on %s", day)
	}
	for up := want; ; {
		i := strings.LastIndexAny(up, "(.")
		if i <= 0 {
			return fmt.Errorf("no paragraph is cited as %q%s; navicert law list names them all", want, when)
		}
		up = up[:i]
		for i := range l.Entries {
			if e := &l.Entries[i]; e.Since <= day && day <= e.Until && cites(e, up) || day == navicert.Forever && cites(e, up) {
				return fmt.Errorf("no paragraph is cited as %q%s; navicert law show %q shows what stands nearest", want, when, up)
			}
		}
	}
}

func (p *printer) paragraph(e *rule.Entry, day navicert.Day) {
	s := &p.l.Sections[e.Section]
	p.line("%s  %s", p.strong(e.Cite), e.ID)
	p.wrapped("  ", e.Says)
	until := ""
	if e.Until != navicert.Forever {
		until = " until " + e.Until.String()
	}
	p.line("  dates     %s%s, source %s, %s", sinceDay(e.Since), until, e.Source, e.Status)
	p.line("  evidence  %s", strings.TrimSpace(e.Evidence+" "+e.Checked))
	p.wrapped("  effect    ", p.effectText(e))
	p.wrapped("  when      ", e.When.String())
	if len(e.Unless) > 0 {
		p.wrapped("  unless    ", strings.Join(e.Unless, ", "))
	}
	if day == navicert.Forever {
		day = e.Since
	}
	p.line("  text      %s\n", strings.ReplaceAll(s.URL, "{day}", day.String()))
}

func (p *printer) effectText(e *rule.Entry) string {
	f := e.Effect
	parts := []string{f.Verb}
	if f.Arg != "" {
		parts = append(parts, f.Arg)
	}
	if f.Keeps != "" {
		parts = append(parts, "keeps", f.Keeps)
	}
	if f.Verb == "bars" || f.Keeps == "list" {
		parts = append(parts, strings.Join(f.Symbols, ", "))
	}
	if f.Reach != "" {
		parts = append(parts, "reach", f.Reach)
	}
	return strings.Join(parts, " ")
}

func lawCoverage() *cobra.Command {
	return &cobra.Command{
		Use: "coverage", Short: "Show which paragraphs are encoded and which are not", Args: nothing,
		RunE: withLaw(func(p *printer, l *rule.Law, _ *cobra.Command, _ []string) error {
			all := map[string]int{}
			for _, s := range l.Sections {
				n := map[string]int{}
				for _, c := range s.Coverage {
					n[c.Is]++
					all[c.Is]++
				}
				p.line("%-22s %3d encoded  %3d not normative  %3d not covered   %s",
					s.Cite, n["encoded"], n["not normative"], n["not covered"], s.Title)
				for _, c := range s.Coverage {
					if c.Is == "not covered" {
						p.wrapped("    "+c.Para+"  ", c.Why)
					}
				}
			}
			p.line("\nin all: %d encoded, %d not normative, %d not covered", all["encoded"], all["not normative"], all["not covered"])
			return nil
		}),
	}
}

func lawEdition() *cobra.Command {
	var overlay []string
	cmd := &cobra.Command{
		Use: "edition DAY", Short: "Print the law of a day as JSON, for verify and for other programs",
		Example: "  navicert law edition 2026-09-24 > edition.json\n  navicert verify --edition edition.json deal.proof",
		Args:    need(1, 1, "one day, for example 2026-09-24"),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := lawDay(args[0])
			if err != nil {
				return err
			}
			text, err := editionOf(cmd, "", day, overlay)
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
	}
	cmd.Flags().StringSliceVar(&overlay, "with", nil, "apply the stayed or proposed paragraph `ID` as if it were in force (may be repeated)")
	return cmd
}

func lawCompile() *cobra.Command {
	return &cobra.Command{
		Use: "compile FILE", Short: "Write the law data in the form that the program carries", Args: need(1, 1, "one file to write"), Hidden: true,
		RunE: withLaw(func(_ *printer, l *rule.Law, _ *cobra.Command, args []string) error {
			data, err := l.Compile()
			if err != nil {
				return err
			}
			return os.WriteFile(args[0], data, 0o644)
		}),
	}
}
