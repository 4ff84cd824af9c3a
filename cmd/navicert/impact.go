package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/decide"
)

func newImpact() *cobra.Command {
	var overlay []string
	var flags finderFlags
	cmd := &cobra.Command{
		Use:   "impact DAY FILE...",
		Short: "Replay a book of deals under the law of another day, and show what changes",
		Long: `Impact judges each deal by the law of its own day and by that of DAY, and shows
which answers change and how often. Only the law changes: facts, and what the
lists said, stay those of the deal. With --with, a stayed or proposed paragraph
is laid over the law of DAY.`,
		Example: `  navicert impact 2026-11-23 deals/*.yaml
  navicert impact 2026-09-24 --with ear.744.11.a.1 deals/*.yaml`,
		Args: need(2, 0, "a day and at least one deal file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := lawDay(args[0])
			if err != nil {
				return err
			}
			l, err := loadLaw(cmd)
			if err != nil {
				return err
			}
			if err := knownOverlay(l, overlay); err != nil {
				return err
			}
			voc := decide.Vocabulary(l)
			var deals []*navicert.Deal
			for _, name := range args[1:] {
				d, err := readDeal(cmd, name, voc)
				if err != nil {
					return err
				}
				deals = append(deals, d)
			}
			finder, err := flags.open(cmd)
			if err != nil {
				return err
			}
			moved, err := (&decide.Decider{Law: l, Finders: []decide.Finder{finder}}).Impact(deals, day, overlay...)
			if err != nil {
				return err
			}
			newPrinter(cmd.OutOrStdout(), l).impact(moved, day)
			return nil
		},
	}
	flags.add(cmd.Flags())
	cmd.Flags().StringSliceVar(&overlay, "with", nil, "apply the stayed or proposed paragraph `ID` as if it were in force (may be repeated)")
	return cmd
}

func (p *printer) impact(moved []decide.Moved, day navicert.Day) {
	count := map[string]int{}
	var order []string
	changed := 0
	for i := range moved {
		m := &moved[i]
		if !m.Changed() {
			continue
		}
		changed++
		p.line("%s", p.strong(m.File)+"  "+m.Label)
		for b, body := range navicert.Bodies {
			if slices.Equal(m.Before[b], m.After[b]) {
				continue
			}
			move := fmt.Sprintf("%-5s %s -> %s", body, p.outcomesOf(m.Before[b]), p.outcomesOf(m.After[b]))
			p.line("  %s", move)
			if count[move]++; count[move] == 1 {
				order = append(order, move)
			}
		}
	}
	p.line("%d of %d answers change under the law of %s", changed, len(moved), day)
	slices.SortStableFunc(order, func(a, b string) int { return count[b] - count[a] })
	for _, move := range order {
		p.line("  %5d  %s", count[move], move)
	}
}

func (p *printer) outcomesOf(os []string) string {
	if len(os) > 3 {
		return fmt.Sprintf("open (%d outcomes)", len(os))
	}
	return p.joined(os, " or ")
}
