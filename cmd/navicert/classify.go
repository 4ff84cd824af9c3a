package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/decide"
	"navicert/rule"
)

func newClassify() *cobra.Command {
	return &cobra.Command{
		Use:   "classify FILE | -",
		Short: "Propose paragraphs of the Commerce Control List from technical answers",
		Long: `Classify reads the technical answers of each item of a deal file and says, limb
by limb, which paragraphs they point to, which they rule out, and which
questions are still open. It proposes; it never classifies. Who accepts a
paragraph writes it into the deal as eccn.`,
		Example: `  navicert classify my-deal.yaml`,
		Args:    need(1, 1, "one deal file, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := loadLaw(cmd)
			if err != nil {
				return err
			}
			d, err := readDeal(cmd, args[0], decide.Vocabulary(l))
			if err != nil {
				return err
			}
			cs, err := (&decide.Decider{Law: l}).Classify(d)
			if err != nil {
				return err
			}
			p := newPrinter(cmd.OutOrStdout(), l)
			for _, c := range cs {
				p.classified(d, c)
			}
			p.wrapped("", "A proposal from the answers given, not a classification. An engineer answers the questions, a person classifies, and the deal file then states eccn.")
			return nil
		},
	}
}

func (p *printer) classified(d *navicert.Deal, c decide.Classified) {
	name := fmt.Sprintf("item %d", c.Item+1)
	if it := d.Items[c.Item]; it.Name != "" {
		name = it.Name
	}
	p.line("%s", p.strong(name))
	for _, v := range []rule.Value{rule.True, rule.Open, rule.False} {
		for _, x := range c.Candidates {
			if x.Points != v {
				continue
			}
			p.line("  %s %s", map[rule.Value]string{rule.True: "points to ", rule.Open: "open      ", rule.False: "ruled out "}[v], p.strong(x.Cite))
			p.wrapped("             ", x.Says)
			for _, q := range x.Missing {
				p.wrapped("             ? ", q.Ask+" ["+q.Term+"]")
			}
		}
	}
	if !slices.ContainsFunc(c.Candidates, func(x decide.Candidate) bool { return x.Points != rule.False }) {
		p.wrapped("  ", "No cybersecurity paragraph fits; look at the rest of the Commerce Control List (EAR99 only if nothing else does).")
	}
}
