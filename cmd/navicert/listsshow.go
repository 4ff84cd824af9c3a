package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/feed"
	"navicert/ftm"
	"navicert/list"
	"navicert/match"
	"navicert/screen"
)

// kept is one line of `lists status`.
type kept struct {
	list.Kept
	Editions int          `json:"editions"`
	Begins   navicert.Day `json:"begins"`     // first edition of the history
	Good     navicert.Day `json:"good_until"` // last day that the publisher is known to have had it
	Age      int          `json:"age_days"`   // since Good
	Overdue  bool         `json:"overdue"`
	Checked  *time.Time   `json:"checked,omitempty"` // when the publisher was last asked
}

func listsStatus() *cobra.Command {
	var asJSON bool
	var maxAge int
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show which lists are kept, and how old they are",
		Long: `Status shows the newest edition of each list that is kept. One that nobody has
seen at its publisher for more than --max-age days is marked as overdue.`,
		Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := openStore(cmd)
			if err != nil {
				return err
			}
			sources, err := keptSources(store, nil)
			if err != nil {
				return err
			}
			rows := []kept{}
			for _, key := range sources {
				all, err := store.Editions(key)
				if err != nil {
					return err
				}
				if len(all) > 0 {
					rows = append(rows, statusOf(store, all, maxAge))
				}
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(rows)
			}
			return printStatus(cmd.OutOrStdout(), rows, maxAge)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON array")
	cmd.Flags().IntVar(&maxAge, "max-age", 7, "days after which a list is overdue")
	return cmd
}

func statusOf(store *list.Store, all []list.Kept, maxAge int) kept {
	k := kept{Kept: all[len(all)-1], Editions: len(all), Begins: all[0].Date}
	k.Good = k.Until
	if t := feed.Checked(store, k.Source); !t.IsZero() {
		k.Checked, k.Good = &t, max(k.Good, navicert.DayOf(t))
	}
	k.Age = max(since(k.Good), 0)
	k.Overdue = k.Age > maxAge && published(feed.ByKey(k.Source))
	return k
}

func printStatus(out io.Writer, rows []kept, maxAge int) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "list\tedition\tgood until\tage\tentities\tnames\twallets\thash\ttaken\thistory")
	overdue := 0
	for _, k := range rows {
		mark := ""
		if k.Overdue {
			mark = "  OVERDUE"
			overdue++
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d days\t%s\t%s\t%s\t%.12s\t%s\t%d since %s%s\n", k.Source, k.Date, k.Good, k.Age,
			thousands(k.Entities), thousands(k.Names), thousands(k.Wallets), k.Hash, dayOf(k.When), k.Editions, k.Begins, mark)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if overdue > 0 {
		fmt.Fprintf(out, "%d of %d lists were last seen at their publisher more than %d days ago: run `navicert lists sync`\n", overdue, len(rows), maxAge)
	}
	return nil
}

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
			var all []*list.Diff
			for _, key := range sources {
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
				fmt.Fprintln(cmd.ErrOrStderr(), "note: "+m)
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
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v\n", key, f)
	}
	stale, err := countStale(store, key)
	if err == nil && stale > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d editions have no index that this version can use: run `navicert lists verify --repair`\n", key, stale)
	}
	if len(faults) > 0 || stale > 0 {
		return false, nil
	}
	fmt.Fprintf(out, "%s: %d editions are whole\n", key, n)
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

func listsSources() *cobra.Command {
	return &cobra.Command{
		Use:   "sources",
		Short: "Show which lists can be read, who publishes them and where",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := cmd.OutOrStdout()
			for i, s := range feed.Sources {
				if i > 0 {
					fmt.Fprintln(w)
				}
				fmt.Fprintf(w, "%s  %s\n", s.Key, s.Title)
				for _, l := range [][2]string{{"authority", s.Authority}, {"changes", s.Cadence}, {"license", s.License}} {
					if l[1] != "" {
						fmt.Fprintf(w, "  %-10s %s\n", l[0], l[1])
					}
				}
				for _, f := range s.Forms {
					fmt.Fprintf(w, "  form       %s\n", f.Name)
					for _, u := range f.Files {
						if u.Address == "" {
							continue
						}
						note := ""
						if u.Optional {
							note = "  (not always there)"
						}
						fmt.Fprintf(w, "    %-22s %s%s\n", u.Name, u.Address, note)
					}
				}
			}
			return nil
		},
	}
}
