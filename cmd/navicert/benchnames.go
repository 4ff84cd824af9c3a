package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/list"
	"navicert/match"
	"navicert/match/eval"
)

// newBenchNames makes the public benchmark of the name search, or runs one.
func newBenchNames() *cobra.Command {
	var seed uint64
	var source, out string
	cmd := &cobra.Command{
		Use:   "bench-names [INDEX.csv QUERIES.csv]",
		Short: "Make and run the benchmark of the name search",
		Long: `Makes labeled queries out of a list that has been fetched: aliases left out of the index, names damaged in many ways, names in
other scripts, and clean names. The same list and seed give the same queries. With two files, runs those instead.
Prints for each slice the share of queries that find their party among the first ten, and first, where one clean name in a
hundred alerts, and where one in a thousand does.`,
		Args:   cobra.MatchAll(cobra.MaximumNArgs(2), func(_ *cobra.Command, args []string) error { return both(args) }),
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				return benchFiles(cmd.OutOrStdout(), args[0], args[1])
			}
			es, err := benchList(cmd, source)
			if err != nil {
				return err
			}
			set := eval.Make(es, seed)
			if err := os.MkdirAll(out, 0o755); err != nil {
				return err
			}
			index, queries := filepath.Join(out, "index.csv"), filepath.Join(out, "queries.csv")
			if err := writeTo(index, set.WriteNames); err != nil {
				return err
			}
			if err := writeTo(queries, set.WriteQueries); err != nil {
				return err
			}
			return benchFiles(cmd.OutOrStdout(), index, queries)
		},
	}
	f := cmd.Flags()
	f.Uint64Var(&seed, "seed", 1, "`NUMBER` that the queries are drawn with")
	f.StringVar(&source, "source", "us-ofac-sdn", "`KEY` of the list")
	f.StringVarP(&out, "output", "o", "bench-names", "`FOLDER` to write index.csv and queries.csv to")
	return cmd
}

func both(args []string) error {
	if len(args) == 1 {
		return fmt.Errorf("name both the index and the queries")
	}
	return nil
}

// benchList is the newest edition of a list.
func benchList(cmd *cobra.Command, source string) ([]*list.Entity, error) {
	store, err := openStore(cmd)
	if err != nil {
		return nil, err
	}
	set, err := store.At(navicert.Forever, source)
	if err != nil {
		return nil, err
	}
	defer func() { _ = set.Close() }()
	var es []*list.Entity
	for _, s := range set.Snapshots {
		for i := range s.Len() {
			es = append(es, s.Entity(i))
		}
	}
	if len(es) == 0 {
		return nil, fmt.Errorf("no edition of %s is kept: run `navicert lists sync %s`, or add one with `navicert lists add FILE`", source, source)
	}
	return es, nil
}

func writeTo(file string, write func(io.Writer) error) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// benchFiles runs labeled queries.
func benchFiles(w io.Writer, index, queries string) error {
	es, err := eval.ReadIndex(index)
	if err != nil {
		return err
	}
	qs, err := eval.ReadQueries(queries)
	if err != nil {
		return err
	}
	x, err := match.IndexOf(es)
	if err != nil {
		return err
	}
	e := &benchEngine{s: x.Searcher(), es: es, q: match.Query{Names: make([]string, 1)}}
	eval.Run(e, qs[:min(len(qs), 1000)]) // memory that a searcher keeps
	fmt.Fprintf(w, "%-26s %5s   %-11s   %s\n", "slice, errors", "n", "at 1 %", "at 0.1 %: among the first ten, first")
	eval.Run(e, qs).Print(w)
	return nil
}

// benchEngine is the product's own search.
type benchEngine struct {
	s    *match.Searcher
	es   []*list.Entity
	q    match.Query
	hits []match.Hit
}

func (b *benchEngine) Search(q *eval.Query, limit int, dst []eval.Result) []eval.Result {
	b.q.Names[0], b.q.Kind = q.Text, eval.KindOf(q.Type)
	b.hits = b.s.Search(&b.q, 1, limit, b.hits[:0])
	for _, h := range b.hits {
		dst = append(dst, eval.Result{ID: b.es[h.Entity].ID, Score: float64(h.Score)})
	}
	return dst
}
