package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"navicert"
	"navicert/batch"
	"navicert/list"
	"navicert/screen"
)

// book screens the customers of a file.
func (s *screener) book(cmd *cobra.Command) error {
	if s.out == "" {
		return errors.New("--batch needs a file for the hits: -o hits.csv")
	}
	f, err := s.finder.open(cmd, s.lists...)
	if err != nil {
		return err
	}
	if err := keptOrStarter(f, s.lists); err != nil {
		return err
	}
	lists, err := f.Library.At(s.day)
	if err != nil {
		return err
	}
	o := screen.Options{Min: s.min, Limit: s.limit, Tuning: f.Tuning}
	return working(cmd, func(ctx context.Context, progress func(done, total int64)) error {
		rep, err := batch.Run(ctx, batch.Job{
			In: s.batch, Out: s.out, Lists: lists, Options: o, Progress: progress,
			Print: fmt.Sprintf("%s %s %v %d %+v", lists.Checked(), s.day, s.min, s.limit, f.Tuning),
		})
		if ctx.Err() != nil && rep != nil {
			return fmt.Errorf("stopped after %d customers; the same command continues there", rep.Rows)
		}
		if err != nil {
			return plain(err)
		}
		say := screened(rep)
		for _, l := range lists.Checked() {
			say += "\nsearched: " + l
		}
		for _, n := range lists.Notices() {
			say += "\n" + n
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "%s\nhits: %s\n", safe(say), safe(s.out))
		if rep.Hits > 0 {
			return exitError(3)
		}
		return nil
	})
}

// screened says what came of a book.
func screened(r *batch.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d customers screened, %d of them with %s", r.Rows, r.Found, plural(int(r.Hits), "hit"))
	if r.Resumed > 0 {
		fmt.Fprintf(&b, " (%d had been screened before)", r.Resumed)
	}
	if r.Unnamed > 0 {
		fmt.Fprintf(&b, "\ncustomers without a name: %d", r.Unnamed)
	}
	if r.Unread > 0 {
		fmt.Fprintf(&b, "\ncustomers with a date, country or kind that was not read, and who were screened without it: %d", r.Unread)
	}
	for _, f := range r.First {
		b.WriteString("\n  " + f)
	}
	return b.String()
}

// working runs something long, with a progress bar on a terminal, until it is
// done or interrupted.
func working(cmd *cobra.Command, work func(ctx context.Context, progress func(done, total int64)) error) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
	defer stop()
	var bar *progressbar.ProgressBar
	progress := func(done, total int64) {
		if bar == nil {
			w := cmd.ErrOrStderr()
			if !isTerminal(w) {
				w = io.Discard
			}
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set64(done)
	}
	err := work(ctx, progress)
	if bar != nil {
		_ = bar.Finish()
	}
	return err
}

func newBook() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "book",
		Short: "Keep a book of customers, and screen it again when lists change",
		Long: `Book keeps all customers of a file in a form that can be searched itself: when a
list changes, what has changed is looked up among the customers, and the rest
is left alone. To screen a book the first time: navicert screen --batch.`,
		Example: `  navicert book keep customers.csv customers.book
  navicert book update customers.book --from 2025-01-03 --to 2025-12-23 -o hits.csv`,
		RunE: group,
	}
	cmd.AddCommand(bookKeep(), bookUpdate())
	return cmd
}

func bookKeep() *cobra.Command {
	return &cobra.Command{
		Use:     "keep FILE FOLDER",
		Short:   "Make a book of customers searchable, in a new folder",
		Example: "  navicert book keep customers.parquet customers.book",
		Args:    need(2, 2, "a file of customers and the folder to make"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return working(cmd, func(ctx context.Context, progress func(done, total int64)) error {
				s, err := batch.Keep(ctx, args[0], args[1], progress)
				if err != nil {
					return plain(err)
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "%d customers kept in %s, with %d different names\n", s.Rows, args[1], s.Names)
				return nil
			})
		},
	}
}

func bookUpdate() *cobra.Command {
	s := &screener{}
	var from, to string
	cmd := &cobra.Command{
		Use:   "update FOLDER --from DAY --to DAY -o HITS.csv",
		Short: "Screen a kept book against what changed in the lists between two days",
		Long: `Update looks every entity that was added to the lists between two days, or
changed, up among the customers of a kept book. It writes the hits that
screening the whole book would give for these entities. Hits on entities that
were removed are not in it, nor does it screen customers whose own data changed. Names
that are the same are all found; of the faintest hits, just above the threshold, some
are not: screen the whole book now and then.

Exit codes: 0 no hit, 3 hits, 1 error.`,
		Example: "  navicert book update customers.book --from 2025-01-03 --to 2025-12-23 -o hits.csv",
		Args:    need(1, 1, "the folder of a kept book"),
		RunE:    func(cmd *cobra.Command, args []string) error { return s.update(cmd, args[0], from, to) },
	}
	f := cmd.Flags()
	f.StringVar(&from, "from", "", "the `DAY` whose lists the book was last screened against (YYYY-MM-DD)")
	f.StringVar(&to, "to", "", "the `DAY` of the lists to screen against; today's if not said")
	f.StringVarP(&s.out, "output", "o", "", "write the hits to `FILE`, CSV")
	f.StringSliceVar(&s.lists, "list", nil, "this list alone, by its `KEY` (may be repeated)")
	f.Float32Var(&s.min, "min", 0, "take hits from this `SCORE` on")
	s.finder.add(f)
	return cmd
}

func (s *screener) update(cmd *cobra.Command, dir, from, to string) error {
	if from == "" || s.out == "" {
		return errors.New("book update needs --from DAY, the day of the last screening, and -o FILE for the hits")
	}
	a, err := navicert.ParseDay(from)
	if err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	b := today()
	if to != "" {
		if b, err = navicert.ParseDay(to); err != nil {
			return fmt.Errorf("--to: %w", err)
		}
	}
	f, err := s.finder.open(cmd, s.lists...)
	if err != nil {
		return err
	}
	if f.Library.Store == nil {
		return errors.New("no lists are kept here: navicert lists sync, or lists add")
	}
	lists, err := f.Library.At(b)
	if err != nil {
		return err
	}
	var changed []*list.Entity
	kept, err := f.Library.Store.Sources()
	if err != nil {
		return err
	}
	for _, l := range lists.Now {
		if !slices.Contains(kept, l.Source) {
			continue // the starter does not change
		}
		if old, err := reaches(f.Library.Store, l.Source, a); err != nil {
			return err
		} else if old != 0 {
			return fmt.Errorf("the history of %s begins on %s: what changed on it since %s is not known; add an older edition (navicert lists add), take other lists alone (--list), or screen the whole book (navicert screen --batch)", l.Source, old, a)
		}
		es, err := changes(f.Library.Store, l, a, b)
		if err != nil {
			return err
		}
		if len(es) > 0 {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d entities added or changed\n", l.Source, len(es))
		}
		changed = append(changed, es...)
	}
	return working(cmd, func(ctx context.Context, progress func(done, total int64)) error {
		rep, err := batch.Update(ctx, batch.Job{
			In: dir, Out: s.out, Lists: lists, Progress: progress,
			Options: screen.Options{Min: s.min, Tuning: f.Tuning},
		}, changed)
		if err != nil {
			return plain(err)
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "%d changed entities looked up, %d customers compared, %d of them with %d hits: %s\n",
			len(changed), rep.Rows, rep.Found, rep.Hits, s.out)
		if rep.Hits > 0 {
			return exitError(3)
		}
		return nil
	})
}

// changes are the entities of a list that were added or changed between two days.
func changes(store *list.Store, l *screen.List, from, to navicert.Day) ([]*list.Entity, error) {
	d, err := store.Diff(l.Source, from, to)
	if err != nil {
		return nil, err
	}
	var out []*list.Entity
	add := func(id string) {
		if n := l.Find(id); n >= 0 {
			out = append(out, l.Entity(n))
		}
	}
	for i := range d.Added {
		add(d.Added[i].ID)
	}
	for i := range d.Changed {
		add(d.Changed[i].ID)
	}
	return out, nil
}
