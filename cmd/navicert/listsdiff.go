package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/list"
)

func listsDiff() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "diff DAY DAY [SOURCE...]",
		Short:   "Show who and what came and went between two days",
		Example: "  navicert lists diff 2025-01-03 2025-12-23 us-ofac-sdn",
		Args:    need(2, 0, "two days, for example 2025-01-03 2025-12-23"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, err := navicert.ParseDay(args[0])
			if err != nil {
				return err
			}
			to, err := navicert.ParseDay(args[1])
			if err != nil {
				return err
			}
			store, err := openStore(cmd)
			if err != nil {
				return err
			}
			sources, err := keptSources(store, args[2:])
			if err != nil {
				return err
			}
			all := []*list.Diff{}
			for _, key := range sources {
				if old, err := reaches(store, key, from); err != nil {
					return err
				} else if old != 0 {
					say := fmt.Sprintf("no edition of %s before %s; navicert lists add takes older ones", key, old)
					if len(args) > 2 || len(sources) == 1 {
						return errors.New(say)
					}
					fmt.Fprintln(cmd.ErrOrStderr(), say)
					continue
				}
				d, err := store.Diff(key, from, to)
				if err != nil {
					return err
				}
				all = append(all, d)
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(all)
			}
			w := bufio.NewWriter(cmd.OutOrStdout())
			for _, d := range all {
				printDiff(w, d)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON array")
	return cmd
}

// reaches gives the day on which the history of a list begins where that is
// after day, else 0.
func reaches(store *list.Store, key string, day navicert.Day) (navicert.Day, error) {
	all, err := store.Editions(key)
	if err != nil || len(all) == 0 || all[0].Date <= day {
		return 0, err
	}
	return all[0].Date, nil
}

func printDiff(w io.Writer, d *list.Diff) {
	fmt.Fprintf(w, "%s from the edition of %s to that of %s\n", d.Source, d.From.Date, d.To.Date)
	if d.From.Form != d.To.Form {
		fmt.Fprintf(w, "  note: they were read from different forms (%s and %s), which do not say the same of everyone\n", d.From.Form, d.To.Form)
	}
	for _, e := range d.Added {
		fmt.Fprintf(w, "  added    %s  %s\n", e.ID, e.Name)
	}
	for _, e := range d.Removed {
		fmt.Fprintf(w, "  removed  %s  %s\n", e.ID, e.Name)
	}
	for _, e := range d.Changed {
		fmt.Fprintf(w, "  changed  %s  %s (%s)\n", e.ID, e.Name, strings.Join(e.Fields, ", "))
	}
	for _, a := range d.WalletsAdded {
		fmt.Fprintf(w, "  wallet added    %s %s  %s  %s\n", a.Asset, a.Address, a.ID, a.Name)
	}
	for _, a := range d.WalletsRemoved {
		fmt.Fprintf(w, "  wallet removed  %s %s  %s  %s\n", a.Asset, a.Address, a.ID, a.Name)
	}
	fmt.Fprintf(w, "  %s; now %s\n", counted(d.Counts), amounts(d.To.Entities, d.To.Names, d.To.Wallets))
}
