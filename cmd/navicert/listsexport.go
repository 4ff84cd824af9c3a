package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/ftm"
	"navicert/list"
)

func listsExport() *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use:   "export [SOURCE...]",
		Short: "Write lists as FollowTheMoney JSON lines",
		Long: `Export writes each entity and what hangs on it as FollowTheMoney entities, one
JSON object a line, as OpenSanctions and its users exchange them.`,
		Example: `  navicert lists export us-ofac-sdn > sdn.ftm.json
  navicert lists export --as-of 2022-05-01`,
		RunE: func(cmd *cobra.Command, args []string) error {
			day := navicert.Forever
			if asOf != "" {
				var err error
				if day, err = navicert.ParseDay(asOf); err != nil {
					return fmt.Errorf("--as-of: %w", err)
				}
			}
			store, err := openStore(cmd)
			if err != nil {
				return err
			}
			sources, err := keptSources(store, args)
			if err != nil {
				return err
			}
			set, err := store.At(day, sources...)
			if err != nil {
				return err
			}
			defer func() { _ = set.Close() }()
			for _, m := range set.Missing {
				fmt.Fprintln(cmd.ErrOrStderr(), "note: "+safe(m))
			}
			w := bufio.NewWriter(cmd.OutOrStdout())
			for _, sn := range set.Snapshots {
				if err := export(w, store, sn); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "the lists of `DAY`")
	return cmd
}

func export(w io.Writer, store *list.Store, sn *list.Snapshot) error {
	info := sn.Info()
	h, err := store.History(info.Source)
	if err != nil {
		return err
	}
	first := make(map[string]navicert.Day, len(h.Entities))
	for _, e := range h.Entities {
		if e.Listed.By <= info.Date && e.Listed.After != 0 { // since before the history: not known
			first[e.ID] = e.Listed.By
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range sn.Len() {
		e := sn.Entity(i)
		out := append([]*ftm.Entity{ftm.FromList(e, info.Source)}, ftm.Links(e, info.Source, info.Authority)...)
		for _, x := range out {
			x.LastSeen = ftm.Stamp(info.Date.String())
			if d, ok := first[e.ID]; ok && x.ID == e.ID {
				x.FirstSeen = ftm.Stamp(d.String())
			}
			if err := enc.Encode(x); err != nil {
				return err
			}
		}
	}
	return nil
}
