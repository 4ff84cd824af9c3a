package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"navicert/feed"
	"navicert/list"
	"navicert/name"
	"navicert/owner"
	"navicert/screen"
)

// asked are the lists that the law asks about. Where lists are kept at all and
// one of these is not, answers say so.
var asked = []string{"us-ofac-sdn", "us-csl", "un-sc"}

// finderFlags are the options of commands that look parties up.
type finderFlags struct{ tuning, owners string }

func (o *finderFlags) add(f *pflag.FlagSet) {
	f.StringVar(&o.tuning, "tuning", "", "the firm's own decisions on hits, from `FILE` (doc/format.md)")
	f.StringVar(&o.owners, "owners", "", "who owns whom, from `FILE.csv` with the columns owner,owned,percent,since,until,source")
}

// open wires lists, tuning and ownership to a finder.
func (o *finderFlags) open(cmd *cobra.Command, only ...string) (*screen.Finder, error) {
	f := &screen.Finder{Library: &screen.Library{Only: only}}
	for _, k := range asked {
		if feed.ByKey(k) != nil {
			f.Library.Expected = append(f.Library.Expected, k)
		}
	}
	store, err := openStore(cmd)
	dir, _ := cmd.Flags().GetString("lists")
	switch {
	case err == nil:
		f.Library.Store = store
	case cmp.Or(dir, os.Getenv("NAVICERT_LISTS")) != "": // else nobody keeps lists here
		return nil, err
	}
	if dir != "" { // a slip would search the starter alone
		if _, err := os.Stat(dir); err != nil {
			return nil, fmt.Errorf("--lists: there is no folder %s; check the name, or fetch lists into it: navicert lists sync --lists %[1]s", dir)
		}
	}
	var slips []string
	if f.Tuning, slips, err = readTuning(cmd, o.tuning, f.Library.Store); err != nil {
		return nil, err
	}
	for _, s := range slips {
		fmt.Fprintln(cmd.ErrOrStderr(), "warning: "+s)
	}
	if o.owners != "" {
		if f.Owners, err = readOwners(cmd, o.owners); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// readTuning reads a firm's decisions, and says which of them can do nothing.
func readTuning(cmd *cobra.Command, file string, store *list.Store) (t *screen.Tuning, slips []string, err error) {
	if file == "" {
		return nil, nil, nil
	}
	in, shown, err := open(cmd, file)
	if err != nil {
		return nil, nil, fmt.Errorf("--tuning: %w", err)
	}
	defer func() { _ = in.Close() }()
	if t, err = screen.ReadTuning(shown, in); err != nil {
		return nil, nil, err
	}
	if slips, err = t.Unknown(&screen.Library{Store: store}); err != nil {
		return nil, nil, fmt.Errorf("--tuning: %w", err)
	}
	for i, s := range slips {
		slips[i] = shown + ": " + s
	}
	return t, slips, nil
}

func readOwners(cmd *cobra.Command, file string) (*owner.Graph, error) {
	in, shown, err := open(cmd, file)
	if err != nil {
		return nil, fmt.Errorf("--owners: %w", err)
	}
	defer func() { _ = in.Close() }()
	h := sha256.New()
	shares, err := owner.Read(shown, io.TeeReader(in, h))
	if err != nil {
		return nil, err
	}
	g := owner.New(shares, name.Key)
	g.Title = fmt.Sprintf("ownership data %s: %d shares, sha256 %.12s", shown, len(shares), hex.EncodeToString(h.Sum(nil)))
	return g, nil
}

// slow says why a search took long, where it need not.
func slow(cmd *cobra.Command, f *screen.Finder) {
	if n := f.Library.Anew(); n > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%d editions of lists have no index that this version can use, and were indexed for this question: run `navicert lists verify --repair`\n", n)
	}
}

// keptOrStarter refuses keys of lists that cannot be searched.
func keptOrStarter(f *screen.Finder, keys []string) error {
	known := []string{"dprk-cyber", "un-1718"}
	if f.Library.Store != nil {
		kept, err := f.Library.Store.Sources()
		if err != nil {
			return err
		}
		known = append(known, kept...)
	}
	for _, k := range keys {
		if !slices.Contains(known, k) {
			return fmt.Errorf("--list: nothing is kept of %q; these can be searched: %s", k, oneLine(known))
		}
	}
	return nil
}
