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
		Use: "list", Short: "List every paragraph, section by section", Args: cobra.NoArgs,
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
		Args:    cobra.MinimumNArgs(1),
		RunE: withLaw(func(p *printer, l *rule.Law, _ *cobra.Command, args []string) error {
			want := strings.Join(args, " ")
			day := navicert.Forever
			if asOf != "" {
				d, err := navicert.ParseDay(asOf)
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
				return fmt.Errorf("no paragraph is cited as %q; navicert law list names them all", want)
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
	for _, form := range []string{want, "15 CFR " + want, "31 CFR " + want} {
		rest, ok := strings.CutPrefix(e.Cite, form)
		if ok && (rest == "" || strings.ContainsAny(rest[:1], "( .,")) {
			return true
		}
	}
	return false
}

func (p *printer) paragraph(e *rule.Entry, day navicert.Day) {
	s := &p.l.Sections[e.Section]
	p.line("%s  %s", p.strong(e.Cite), e.ID)
	p.wrapped("  ", e.Says)
	until := ""
	if e.Until != navicert.Forever {
		until = " until " + e.Until.String()
	}
	p.line("  dates     since %s%s, source %s, %s", e.Since, until, e.Source, e.Status)
	p.line("  evidence  %s %s", e.Evidence, e.Checked)
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
		Use: "coverage", Short: "Show which paragraphs are encoded and which are not", Args: cobra.NoArgs,
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
	return &cobra.Command{
		Use: "edition DAY", Short: "Print the law of a day as JSON, for verify and for other programs", Args: cobra.ExactArgs(1),
		RunE: withLaw(func(p *printer, l *rule.Law, cmd *cobra.Command, args []string) error {
			day, err := navicert.ParseDay(args[0])
			if err != nil {
				return err
			}
			prog, err := l.At(day)
			if err != nil {
				return err
			}
			text, _ := prog.Edition()
			_, err = cmd.OutOrStdout().Write(text)
			return err
		}),
	}
}

func lawCompile() *cobra.Command {
	return &cobra.Command{
		Use: "compile FILE", Short: "Write the law data in the form that the program carries", Args: cobra.ExactArgs(1), Hidden: true,
		RunE: withLaw(func(_ *printer, l *rule.Law, _ *cobra.Command, args []string) error {
			data, err := l.Compile()
			if err != nil {
				return err
			}
			return os.WriteFile(args[0], data, 0o644)
		}),
	}
}
