package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

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
	finder                    finderFlags

	day *navicert.Day  // of asOf
	in  *bufio.Scanner // answers, to all deals
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
2 license required, 3 prohibited, 4 open, 1 error. With several files, 1 if one of
them could not be judged, else that of the worst: 3, then 2, then 4.`,
		Example: `  navicert check deal.yaml
  navicert check --as-of 2022-03-06 deal.yaml      the law of another day
  navicert check --ask deal.yaml                   be asked what is missing
  navicert check --json deals/*.yaml | jq .verdict
  navicert check --proof deal.proof deal.yaml && navicert verify deal.proof`,
		Args: need(1, 0, "a deal file, or - for standard input"),
		RunE: c.run,
	}
	f := cmd.Flags()
	f.StringVar(&c.asOf, "as-of", "", "judge by the law and lists of `DAY` (YYYY-MM-DD) instead of the deal's own")
	f.BoolVar(&c.json, "json", false, "print decisions as JSON, one per line (doc/decision-format.md)")
	f.BoolVar(&c.ask, "ask", false, "ask in the terminal for the facts that decide, until it is decided (name the parties in the file first)")
	f.BoolVar(&c.explain, "explain", false, "show every paragraph that was visited, and its value")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "print errors only; the exit code answers")
	f.StringVar(&c.open, "open", "hold", "count an open answer as `HOW`: hold (exit 4) or refuse (exit 3); it is never let through")
	f.StringVar(&c.proof, "proof", "", "write a proof of the decision to `FILE`, for navicert verify; of further cases to FILE.2, FILE.3 …")
	c.finder.add(f)
	f.StringSliceVar(&c.overlay, "with", nil, "apply the stayed or proposed paragraph `ID` as if it were in force (may be repeated)")
	return cmd
}

func (c *checker) run(cmd *cobra.Command, args []string) error {
	if err := c.sane(args); err != nil {
		return err
	}
	l, err := loadLaw(cmd)
	if err != nil {
		return err
	}
	finder, err := c.finder.open(cmd)
	if err != nil {
		return err
	}
	defer slow(cmd, finder)
	d := &decide.Decider{Law: l, Finders: []decide.Finder{finder}, Explain: c.explain, Overlay: c.overlay}
	if err := knownOverlay(l, c.overlay); err != nil {
		return err
	}
	voc := decide.Vocabulary(l)
	c.in = bufio.NewScanner(cmd.InOrStdin())
	worst, failed := navicert.MayGo, false
	said := map[string]string{}
	for i, name := range args {
		if i > 0 && !c.quiet && !c.json {
			fmt.Fprintln(cmd.OutOrStdout())
		}
		v, err := c.one(cmd, d, voc, name)
		if err != nil {
			failed = true
			said[name] = "NOT JUDGED, see the error"
			fmt.Fprintln(cmd.ErrOrStderr(), safe(err.Error()))
			continue
		}
		said[name] = headline[v]
		worst = worst.Worse(v)
	}
	if len(args) > 1 && !c.quiet && !c.json {
		newPrinter(cmd.OutOrStdout(), l).summary(args, said)
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

// sane refuses options that do not go together, before anything is read.
func (c *checker) sane(args []string) error {
	for i, a := range args {
		if slices.Contains(args[:i], a) {
			return fmt.Errorf("%s stands twice; name each deal once", a)
		}
	}
	switch {
	case c.open != "hold" && c.open != "refuse":
		return fmt.Errorf("--open takes hold or refuse, not %q; an open answer is never allowed through", c.open)
	case c.ask && slices.Contains(args, "-"):
		return errors.New("--ask reads your answers from standard input, so the deal cannot come from there; save it in a file and name that")
	case c.proof != "" && len(args) > 1:
		return errors.New("--proof writes the proof of one deal; check the deals one by one")
	}
	if c.asOf == "" {
		return nil
	}
	day, err := lawDay(c.asOf)
	if err != nil {
		return fmt.Errorf("--as-of: %w", err)
	}
	c.day = &day
	return nil
}

func knownOverlay(l *rule.Law, ids []string) error {
	for _, id := range ids {
		if !slices.ContainsFunc(l.Entries, func(e rule.Entry) bool { return e.ID == id && !e.Operative() }) {
			return fmt.Errorf("--with: no stayed, proposed or not enforced paragraph has the id %q; see navicert law list", id)
		}
	}
	return nil
}

func (c *checker) one(cmd *cobra.Command, d *decide.Decider, voc *deal.Vocabulary, name string) (navicert.Verdict, error) {
	dl, err := readDeal(cmd, name, voc)
	if err != nil {
		return "", err
	}
	if c.day != nil {
		dl.Day = *c.day
	}
	out := cmd.OutOrStdout()
	if c.ask {
		if dl, err = interview(c.in, &sink{Writer: cmd.ErrOrStderr()}, d, voc, dl); err != nil {
			return "", err
		}
	}
	dec, err := d.Decide(dl)
	if err != nil {
		return "", placed(err, dl.File)
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
		if err := mayWrite(name); err != nil {
			return err
		}
		if err := os.WriteFile(name, p, 0o644); err != nil {
			return fmt.Errorf("the proof was not written: %w", plain(err))
		}
	}
	return nil
}

// mayWrite refuses to write a proof over anything but an earlier proof.
func mayWrite(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return nil // not there, or the writing says why not
	}
	defer func() { _ = f.Close() }()
	const mark = "navicert-proof/2 "
	head := make([]byte, len(mark))
	if n, _ := io.ReadFull(f, head); string(head[:n]) == mark {
		return nil
	}
	return fmt.Errorf("--proof: %s exists and is no proof; name another file", name)
}
