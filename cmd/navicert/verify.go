package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/rule"
	"navicert/verify"
)

func newVerify() *cobra.Command {
	var edition string
	var overlay []string
	cmd := &cobra.Command{
		Use:   "verify PROOF...",
		Short: "Check proofs of decisions with a second program that shares no code with the judge",
		Long: `Verify accepts or rejects proofs that check --proof wrote. The checker shares no
code with the judge. It reads the law of the proof's day as an edition file
(navicert law edition DAY); without --edition it takes the built-in law's.`,
		Example: `  navicert check --proof deal.proof deal.yaml
  navicert verify deal.proof`,
		Args: need(1, 0, "a proof, as navicert check --proof writes it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			bad := false
			for _, name := range args {
				rep, err := verifyOne(cmd, name, edition, overlay)
				if err != nil {
					bad = true
					fmt.Fprintln(cmd.ErrOrStderr(), safe(err.Error()))
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
	cmd.Flags().StringSliceVar(&overlay, "with", nil, "the paragraph `ID` that check --with applied (may be repeated)")
	return cmd
}

// maxProof bounds proofs and editions, as the checker does.
const maxProof = 4 << 20

func verifyOne(cmd *cobra.Command, name, edition string, overlay []string) (*verify.Report, error) {
	proof, err := read(cmd, name, maxProof)
	if err != nil {
		return nil, err
	}
	day, err := proofDay(name, proof)
	if err != nil {
		return nil, err
	}
	text, err := editionOf(cmd, edition, day, overlay)
	if err != nil {
		return nil, err
	}
	rep, err := verify.Check(text, proof)
	if err != nil {
		return nil, fmt.Errorf("%s: rejected: %w", name, err)
	}
	return rep, nil
}

// editionOf finds the law of a day.
func editionOf(cmd *cobra.Command, file string, day navicert.Day, overlay []string) ([]byte, error) {
	if file != "" {
		return read(cmd, file, maxProof)
	}
	l, err := loadLaw(cmd)
	if err != nil {
		return nil, err
	}
	if err := knownOverlay(l, overlay); err != nil {
		return nil, err
	}
	p, err := l.At(day, rule.With(overlay...))
	if err != nil {
		return nil, err
	}
	text, _ := p.Edition()
	return text, nil
}

func proofDay(name string, proof []byte) (navicert.Day, error) {
	_, rest, ok := strings.Cut(string(proof), `"day":"`)
	if !ok || len(rest) < 10 {
		return 0, fmt.Errorf("%s: this is no proof: it names no day; navicert check --proof FILE writes one", name)
	}
	day, err := lawDay(rest[:10])
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return day, nil
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
			s += "; none of these is ruled out, and more is not proved: the question is too wide"
		}
		fmt.Fprintln(out, s)
	}
}
