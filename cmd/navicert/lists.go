package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/feed"
	"navicert/list"
	"navicert/screen"
)

func newLists() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lists",
		Short: "Fetch, keep and compare the published lists",
		Long: `Lists are kept in a folder, each edition of each list as it was published, so
that every day of the past can be asked about. The folder is --lists, else
$NAVICERT_LISTS, else one of the user's own. A list that is cut, malformed or
implausible is not taken: the one before it stays in use.`,
		Example: `  navicert lists sync
  navicert lists add sdn.csv add.csv alt.csv sdn_comments.csv --date 2025-12-23
  navicert lists status
  navicert lists diff 2025-01-03 2025-12-23 us-ofac-sdn`,
		RunE: group,
	}
	cmd.AddCommand(listsSync(), listsAdd(), listsStatus(), listsDiff(), listsExport(), listsVerify(), listsSources())
	for _, c := range cmd.Commands() {
		switch {
		case c.Flags().Lookup("source") != nil:
			_ = c.RegisterFlagCompletionFunc("source", keys)
		case strings.Contains(c.Use, "SOURCE"):
			c.ValidArgsFunction = keys
		}
	}
	return cmd
}

// openStore is the store of lists that --lists or the environment names. Its
// folder need not be there yet.
func openStore(cmd *cobra.Command) (*list.Store, error) {
	dir, _ := cmd.Flags().GetString("lists")
	if dir = cmp.Or(dir, os.Getenv("NAVICERT_LISTS")); dir == "" {
		base, err := dataDir()
		if err != nil {
			return nil, fmt.Errorf("it is not known where to keep lists (%w): name a folder with --lists or NAVICERT_LISTS", err)
		}
		dir = filepath.Join(base, "navicert", "lists")
	}
	if st, err := os.Stat(dir); err == nil && !st.IsDir() {
		return nil, fmt.Errorf("--lists: %s is a file; name the folder in which lists are kept", dir)
	}
	return &list.Store{Dir: dir, Index: screen.BuildIndex}, nil
}

func dataDir() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || runtime.GOOS == "plan9" {
		return os.UserConfigDir()
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share"), err
}

// sourceNamed finds a source by its key.
func sourceNamed(key string) (*feed.Source, error) {
	if s := feed.ByKey(key); s != nil {
		return s, nil
	}
	best, least := "", max(3, len(key)/2)
	for _, s := range feed.Sources {
		if d := navicert.Distance(key, s.Key); d < least || strings.HasSuffix(s.Key, "-"+key) {
			best, least = s.Key, d
		}
	}
	if best != "" {
		return nil, fmt.Errorf("no list has the key %q; did you mean %s?", key, best)
	}
	return nil, fmt.Errorf("no list has the key %q; `navicert lists sources` names them", key)
}

// keys completes the keys of lists in a shell.
func keys(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, s := range feed.Sources {
		out = append(out, s.Key+"\t"+s.Title)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// keptSources are the sources named, or all of which the store keeps something.
func keptSources(s *list.Store, named []string) ([]string, error) {
	kept, err := s.Sources()
	if err != nil {
		return nil, err
	}
	if len(named) == 0 {
		if len(kept) == 0 {
			return nil, fmt.Errorf("no lists are kept in %s yet: run `navicert lists sync`, or `navicert lists add` with files", s.Dir)
		}
		return kept, nil
	}
	for _, n := range named {
		if !slices.Contains(kept, n) {
			if _, err := sourceNamed(n); err != nil {
				return nil, err
			}
			return nil, fmt.Errorf("nothing is kept of %s yet: run `navicert lists sync %s`, or `navicert lists add` with its files", n, n)
		}
	}
	return named, nil
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

// acceptance reads --accept and --by.
type acceptance struct{ reason, by string }

func (a *acceptance) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.reason, "accept", "", "take the list although it looks implausible, for this `REASON`, which is recorded")
	cmd.Flags().StringVar(&a.by, "by", "", "who accepts it, in place of the user's `NAME`")
}

func (a *acceptance) get(cmd *cobra.Command) (*list.Acceptance, error) {
	if !cmd.Flags().Changed("accept") {
		return nil, nil
	}
	if strings.TrimSpace(a.reason) == "" {
		return nil, fmt.Errorf("--accept needs a reason in words: it is recorded for those who ask later")
	}
	if a.by == "" {
		if u, err := user.Current(); err == nil {
			a.by = u.Username
		}
	}
	return &list.Acceptance{By: a.by, Reason: strings.TrimSpace(a.reason)}, nil
}

// became says in words what became of an edition.
func became(o *feed.Outcome) string {
	r := &o.Record
	if o.NotModified {
		return "nothing newer is published"
	}
	of := fmt.Sprintf("edition of %s, %s", r.Date, amounts(r.Entities, r.Names, r.Wallets))
	switch r.Result {
	case list.Added:
		return "added: " + of + against(r)
	case list.Older:
		return "added to the history: " + of + against(r)
	case list.Replaced:
		return "read anew: " + of + against(r)
	case list.Same:
		return fmt.Sprintf("nothing has changed since %s: the edition of that day is good for %s too", r.Of, r.Date)
	case list.Unchanged:
		return fmt.Sprintf("unchanged: the edition of %s is here already", r.Date)
	case list.NotNewer:
		return fmt.Sprintf("not newer: the edition of %s is here already, and a later one stays in use", r.Date)
	}
	return string(r.Result)
}

// remarked tells what was odd about an edition that was taken: the first
// notes, and how many more there are.
func remarked(w io.Writer, o *feed.Outcome) {
	r := &o.Record
	if o.NotModified || r.Result != list.Added && r.Result != list.Older && r.Result != list.Replaced {
		return
	}
	for i, n := range r.Notes {
		if i == 3 {
			fmt.Fprintf(w, "note: and %d more of the kind, in the list's ledger\n", len(r.Notes)-i+r.MoreNote)
			return
		}
		fmt.Fprintf(w, "note: %s\n", clip(safe(n), 300))
	}
}

func against(r *list.Record) string {
	d := r.Delta
	if d == nil {
		return ""
	}
	return "; against the edition before: " + counted(*d)
}

func counted(c list.Counts) string {
	s := fmt.Sprintf("%s added, %s removed, %s changed", thousands(c.Added), thousands(c.Removed), thousands(c.Changed))
	if c.WalletsAdded+c.WalletsRemoved > 0 {
		s += fmt.Sprintf("; wallet addresses: %s added, %s removed", thousands(c.WalletsAdded), thousands(c.WalletsRemoved))
	}
	return s
}

func amounts(entities, names, wallets int) string {
	s := fmt.Sprintf("%s entities, %s names", thousands(entities), thousands(names))
	if wallets > 0 {
		s += fmt.Sprintf(", %s wallet addresses", thousands(wallets))
	}
	return s
}

// plural writes "1 list" and "2 lists".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + one + "s"
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.DateOnly)
}
