// Bench runs Navicert's name search and its peers' side by side: the same
// list, the same queries, one core, one run. It is a module of its own so that
// the peers' dependencies stay out of the product.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"

	"navicert/match/eval"
)

func main() {
	index := flag.String("index", "", "`FILE` of names, as navicert's benchmark writes it (CSV, may be gzipped)")
	queries := flag.String("queries", "", "`FILE` of labeled queries")
	every := flag.Int("every", 1, "take every `N`-th query; the peer needs some 40 ms for each")
	only := flag.String("only", "", "run one engine alone: navicert or watchman")
	pictures := flag.String("plots", "", "draw recall.svg and latency.svg into `FOLDER`")
	flag.Parse()
	if err := run(*index, *queries, *every, *only, *pictures); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(index, queries string, every int, only, pictures string) error {
	runtime.GOMAXPROCS(1)
	es, err := eval.ReadIndex(index)
	if err != nil {
		return err
	}
	all, err := eval.ReadQueries(queries)
	if err != nil {
		return err
	}
	var qs []eval.Query
	for i := 0; i < len(all); i += max(every, 1) {
		qs = append(qs, all[i])
	}
	fmt.Printf("%d entities, %d queries, one core of %s/%s\n", len(es), len(qs), runtime.GOOS, runtime.GOARCH)
	engines := []struct {
		name string
		make func() (eval.Engine, error)
	}{
		{"navicert", func() (eval.Engine, error) { return newEngine(es) }},
		{"watchman", func() (eval.Engine, error) { return newWatchman(es), nil }},
	}
	var runs []measured
	for _, e := range engines {
		if only != "" && only != e.name {
			continue
		}
		start := time.Now()
		made, err := e.make()
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		fmt.Printf("\n%s: ready after %v\n%-26s %5s   %-11s   %s\n%-26s %5s   %-11s   %s\n", e.name, time.Since(start).Round(time.Millisecond),
			"", "", "1 % alert", "0.1 % alert", "slice", "n", "@10   @1", "@10   @1")
		r := eval.Run(made, qs)
		r.Print(os.Stdout)
		runs = append(runs, measured{e.name, r})
	}
	if pictures != "" {
		return plots(pictures, runs)
	}
	return nil
}
