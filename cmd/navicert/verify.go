package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/verify"
)

func newVerify() *cobra.Command {
	var edition string
	cmd := &cobra.Command{
		Use:   "verify PROOF...",
		Short: "Check proofs of decisions with a second program that shares no code with the judge",
		Long: `Verify accepts or rejects proofs that check --proof wrote. The checker shares no
code with the judge. It reads the law of the proof's day as an edition file
(navicert law edition DAY); without --edition it takes the built-in law's.`,
		Example: `  navicert check --proof deal.proof deal.yaml
  navicert verify deal.proof`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			bad := false
			for _, name := range args {
				proof, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				law, err := editionFor(cmd, edition, proof)
				if err != nil {
					return err
				}
				rep, err := verify.Check(law, proof)
				if err != nil {
					bad = true
					fmt.Fprintf(cmd.ErrOrStderr(), "%s: rejected: %v\n", name, err)
					continue
				}
				printReport(cmd, name, rep)
			}
			if bad {
				return exitError(1)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&edition, "edition", "", "the law of the proof's day, as `FILE`")
	return cmd
}

// editionFor finds the law that the proof speaks of.
func editionFor(cmd *cobra.Command, file string, proof []byte) ([]byte, error) {
	if file != "" {
		return os.ReadFile(file)
	}
	day, err := proofDay(proof)
	if err != nil {
		return nil, err
	}
	l, err := loadLaw(cmd)
	if err != nil {
		return nil, err
	}
	p, err := l.At(day)
	if err != nil {
		return nil, err
	}
	text, _ := p.Edition()
	return text, nil
}

func proofDay(proof []byte) (navicert.Day, error) {
	_, rest, ok := strings.Cut(string(proof), `"day":"`)
	if !ok || len(rest) < 10 {
		return 0, fmt.Errorf("this is no proof: it names no day")
	}
	return navicert.ParseDay(rest[:10])
}

func printReport(cmd *cobra.Command, name string, r *verify.Report) {
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s: accepted; law of %s, edition %.12s, %d facts, %d paragraphs\n", name, r.Day, r.Edition, r.Facts, r.Entries)
	for _, b := range r.Bodies {
		s := fmt.Sprintf("  %-5s %s", b.Body, strings.Join(b.Outcomes, " or "))
		if len(b.Open) > 0 {
			s += "; decided by " + strings.Join(b.Open, ", ")
		}
		if !b.Complete {
			s += "; that nothing else is possible is not proved, the question is too wide"
		}
		fmt.Fprintln(out, s)
	}
}
