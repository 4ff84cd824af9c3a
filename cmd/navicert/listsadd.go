package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/feed"
)

func listsAdd() *cobra.Command {
	var acc acceptance
	var key, date string
	cmd := &cobra.Command{
		Use:   "add FILE...",
		Short: "Take a list from files, without a network",
		Long: `Add reads the files of one edition of one list. What list it is shows in the
files; they may be packed with gzip or zip. An edition older than those that are
kept goes to its place in the history.`,
		Example: `  navicert lists add consolidated.xml
  navicert lists add sdn.csv add.csv alt.csv sdn_comments.csv --date 2025-12-23
  navicert lists add ours.csv --source own --date 2026-11-27`,
		Args: need(1, 0, "the files of one edition"),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := openStore(cmd)
			if err != nil {
				return err
			}
			accept, err := acc.get(cmd)
			if err != nil {
				return err
			}
			var s *feed.Source
			if key != "" {
				if s, err = sourceNamed(key); err != nil {
					return fmt.Errorf("--source: %w", err)
				}
			}
			var day navicert.Day
			if date != "" {
				if day, err = navicert.ParseDay(date); err != nil {
					return fmt.Errorf("--date: %w", err)
				}
			}
			y := &feed.Syncer{Store: store, Accept: accept}
			out, err := y.Add(args, s, day)
			for _, n := range out.Notes {
				fmt.Fprintln(cmd.ErrOrStderr(), "note: "+safe(n))
			}
			if err != nil {
				return err
			}
			remarked(cmd.ErrOrStderr(), out)
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", out.Source.Key, became(out))
			return nil
		},
	}
	acc.flags(cmd)
	cmd.Flags().StringVar(&key, "source", "", "the `KEY` of the list, where the files do not show it")
	cmd.Flags().StringVar(&date, "date", "", "the `DAY` of publication, where the files do not say it")
	return cmd
}
