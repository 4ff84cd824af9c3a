package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"navicert/rule"
)

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
