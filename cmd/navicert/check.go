package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/deal"
	"navicert/decide"
	"navicert/rule"
)

type checker struct {
	json, quiet, explain, ask bool
	asOf, open, proof         string
	overlay                   []string
}

func newCheck() *cobra.Command {
	c := &checker{}
	cmd := &cobra.Command{
		Use:   "check FILE... | -",
		Short: "Judge deals: may they go ahead?",
		Long: `Check judges each deal file (YAML or JSON, - for standard input) by the law of
its day and prints, for each body of law, the outcome, the paragraphs that
decide, the facts that are missing, and what was not covered.

Exit codes: 0 may go (no license required, license exception, not subject),
2 license required, 3 prohibited, 4 open, 1 error. With several files, the worst.`,
		Example: `  navicert check deal.yaml
  navicert check --as-of 2022-03-06 deal.yaml      the law of another day
  navicert check --ask deal.yaml                   be asked what is missing
  navicert check --json deals/*.yaml | jq .verdict
  navicert check --proof deal.proof deal.yaml && navicert verify deal.proof`,
		Args: cobra.MinimumNArgs(1),
		RunE: c.run,
	}
	f := cmd.Flags()
	f.StringVar(&c.asOf, "as-of", "", "judge by the law and lists of `DAY` (YYYY-MM-DD) instead of the deal's own")
	f.BoolVar(&c.json, "json", false, "print decisions as JSON, one per line (doc/format.md)")
	f.BoolVar(&c.ask, "ask", false, "ask in the terminal for the facts that decide, until it is decided")
	f.BoolVar(&c.explain, "explain", false, "show every paragraph that was visited")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "print nothing; the exit code answers")
	f.StringVar(&c.open, "open", "hold", "what an open answer counts as: hold (exit 4) or refuse (exit 3); never allowed")
	f.StringVar(&c.proof, "proof", "", "write a proof of the decision to `FILE`, for navicert verify")
	f.StringSliceVar(&c.overlay, "with", nil, "apply the stayed or proposed paragraph `ID` as if it were in force")
	return cmd
}

func (c *checker) run(cmd *cobra.Command, args []string) error {
	if c.open != "hold" && c.open != "refuse" {
		return fmt.Errorf("--open takes hold or refuse, not %q; an open answer is never allowed through", c.open)
	}
	l, err := loadLaw(cmd)
	if err != nil {
		return err
	}
	d := newDecider(l)
	d.Explain, d.Overlay = c.explain, c.overlay
	if err := knownOverlay(l, c.overlay); err != nil {
		return err
	}
	voc := vocabulary(l)
	worst, failed := navicert.MayGo, false
	for _, name := range args {
		v, err := c.one(cmd, d, voc, name)
		if err != nil {
			failed = true
			fmt.Fprintln(cmd.ErrOrStderr(), err)
			continue
		}
		worst = worst.Worse(v)
	}
	switch {
	case failed:
		return exitError(1)
	case worst == navicert.OpenVerdict && c.open == "refuse":
		return exitError(navicert.Prohibited.ExitCode())
	case worst != navicert.MayGo:
		return exitError(worst.ExitCode())
	}
	return nil
}

func knownOverlay(l *rule.Law, ids []string) error {
	for _, id := range ids {
		ok := false
		for i := range l.Entries {
			ok = ok || l.Entries[i].ID == id && !l.Entries[i].Operative()
		}
		if !ok {
			return fmt.Errorf("--with: no stayed, proposed or not enforced paragraph has the id %q; see navicert law list", id)
		}
	}
	return nil
}

func (c *checker) one(cmd *cobra.Command, d *decide.Decider, voc *deal.Vocabulary, name string) (navicert.Verdict, error) {
	r, shown, err := open(cmd, name)
	if err != nil {
		return "", err
	}
	defer r.Close()
	dl, err := deal.Read(shown, r, voc)
	if err != nil {
		return "", err
	}
	if c.asOf != "" {
		day, err := navicert.ParseDay(c.asOf)
		if err == nil && day < navicert.FirstDay {
			err = fmt.Errorf("the law data begins on %s", navicert.FirstDay)
		}
		if err != nil {
			return "", fmt.Errorf("--as-of: %w", err)
		}
		dl.Day = day
	}
	out := cmd.OutOrStdout()
	if c.ask {
		if dl, err = interview(cmd, d, voc, dl); err != nil {
			return "", err
		}
	}
	dec, err := d.Decide(dl)
	if err != nil {
		return "", placed(err, shown)
	}
	if c.proof != "" {
		if err := c.writeProof(d, dl); err != nil {
			return "", err
		}
	}
	switch {
	case c.quiet:
	case c.json:
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(dec); err != nil {
			return "", err
		}
	default:
		newPrinter(out, d.Law).decision(dec, c.open)
	}
	return dec.Verdict, nil
}

// placed names the file in errors that do not.
func placed(err error, file string) error {
	var e *navicert.Error
	if errors.As(err, &e) && e.File == "" && e.Line == 0 {
		return err
	}
	return fmt.Errorf("%s: %w", file, err)
}

func (c *checker) writeProof(d *decide.Decider, dl *navicert.Deal) error {
	proofs, err := d.Proofs(dl)
	if err != nil {
		return err
	}
	for i, p := range proofs {
		name := c.proof
		if i > 0 {
			name = fmt.Sprintf("%s.%d", c.proof, i+1)
		}
		if err := os.WriteFile(name, p, 0o644); err != nil {
			return err
		}
	}
	return nil
}
