package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/feed"
	"navicert/list"
)

// kept is one line of `lists status`.
type kept struct {
	list.Kept
	Editions int          `json:"editions"`
	Begins   navicert.Day `json:"begins,omitempty"`     // first edition of the history
	Good     navicert.Day `json:"good_until,omitempty"` // last day that the publisher is known to have had it
	Age      int          `json:"age_days"`             // since Good
	Overdue  bool         `json:"overdue"`
	Checked  *time.Time   `json:"checked,omitempty"` // when the publisher was last asked
	Refused  *list.Record `json:"refused,omitempty"` // what was offered since and not taken
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
				k, err := statusOf(store, key, maxAge)
				if err != nil {
					return err
				}
				rows = append(rows, k)
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

func statusOf(store *list.Store, key string, maxAge int) (kept, error) {
	var k kept
	k.Source = key
	ledger, err := store.Ledger(key)
	if err != nil {
		return k, err
	}
	all, err := store.Editions(key)
	if err != nil {
		return k, err
	}
	if n := len(ledger); n > 0 && ledger[n-1].Result == list.Refused {
		k.Refused = &ledger[n-1]
	}
	if len(all) == 0 {
		return k, nil
	}
	k.Kept, k.Editions, k.Begins = all[len(all)-1], len(all), all[0].Date
	k.Good = k.Until
	if t := feed.Checked(store, k.Source); !t.IsZero() {
		k.Checked, k.Good = &t, max(k.Good, navicert.DayOf(t))
	}
	k.Age = max(int(today()-k.Good), 0)
	k.Overdue = k.Age > maxAge && published(feed.ByKey(k.Source))
	return k, nil
}

func printStatus(out io.Writer, rows []kept, maxAge int) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "list\tedition\tgood until\tage\tentities\tnames\twallets\thash\ttaken\thistory")
	overdue := 0
	for _, k := range rows {
		if k.Editions == 0 {
			fmt.Fprintf(w, "%s\tnone\n", k.Source)
			continue
		}
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
	for _, k := range rows {
		if r := k.Refused; r != nil {
			fmt.Fprintf(out, "%s: the edition of %s, offered on %s, was not taken: %s\n", k.Source, r.Date, dayOf(r.When), strings.Join(r.Doubts, "; "))
		}
	}
	if overdue > 0 {
		fmt.Fprintf(out, "%d of %d lists were last seen at their publisher more than %d days ago: run `navicert lists sync`\n", overdue, len(rows), maxAge)
	}
	return nil
}
