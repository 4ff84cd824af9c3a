package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"navicert/list"
	"navicert/match"
	"navicert/screen"
)

func listsVerify() *cobra.Command {
	var repair bool
	cmd := &cobra.Command{
		Use:   "verify [SOURCE...]",
		Short: "Read all that is kept, and compare its hashes",
		Long: `Verify reads every edition whole and compares it with its hash and with the
ledger, and the history with the editions. With --repair, indexes that are missing
or of another version are built anew, and what crashes have left is removed; what
the editions say is never changed.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := openStore(cmd)
			if err != nil {
				return err
			}
			sources, err := keptSources(store, args)
			if err != nil {
				return err
			}
			bad := false
			for _, key := range sources {
				ok, err := verifySource(cmd, store, key, repair)
				if err != nil {
					return err
				}
				bad = bad || !ok
			}
			if bad {
				return exitError(1)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "build stale indexes anew and clean up")
	return cmd
}

func verifySource(cmd *cobra.Command, store *list.Store, key string, repair bool) (bool, error) {
	out := cmd.OutOrStdout()
	if repair {
		if err := store.Clean(key); err != nil {
			return false, err
		}
		n, err := store.Reindex(key, false, staleIndex)
		if err != nil {
			return false, err
		}
		if n > 0 {
			fmt.Fprintf(out, "%s: %d indexes built anew\n", key, n)
		}
	}
	n, faults := store.Verify(key)
	for _, f := range faults {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", key, safe(f.Error()))
	}
	stale, err := countStale(store, key)
	if err == nil && stale > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d editions have no index that this version can use: run `navicert lists verify --repair`\n", key, stale)
	}
	if len(faults) > 0 || stale > 0 {
		return false, nil
	}
	fmt.Fprintf(out, "%s: %s checked, and whole\n", key, plural(n, "edition"))
	return true, nil
}

// staleIndex says whether a snapshot would have to be indexed at each start.
func staleIndex(sn *list.Snapshot) bool {
	sections, err := screen.BuildIndex(nil)
	for name := range sections {
		if sn.Section(name) == nil {
			return true
		}
	}
	if err == nil {
		_, err = match.OpenIndex(sn)
	}
	return err != nil
}

func countStale(store *list.Store, key string) (n int, err error) {
	all, err := store.Editions(key)
	if err != nil {
		return 0, err
	}
	for _, k := range all {
		sn, err := list.Open(k.Path)
		if err != nil {
			continue // told already
		}
		if staleIndex(sn) {
			n++
		}
		if err := sn.Close(); err != nil {
			return n, err
		}
	}
	return n, nil
}
