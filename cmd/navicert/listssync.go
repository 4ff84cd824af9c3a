package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"navicert/feed"
)

func listsSync() *cobra.Command {
	var acc acceptance
	var mirrors []string
	var force, quiet bool
	cmd := &cobra.Command{
		Use:   "sync [SOURCE...]",
		Short: "Fetch lists from their official addresses",
		Long: `Sync fetches each list, or those named, from where it is published, and only
what is newer. A download that breaks off is resumed; one that cannot be had or read
in the preferred form is taken in another one. What looks cut, stale or implausible is
not taken. Proxies are taken from HTTPS_PROXY and NO_PROXY.

A mirror answers below its address with the file names that ` + "`lists sources`" + ` shows:
--mirror https://example.org/lists fetches https://example.org/lists/us-ofac-sdn/sdn.csv.`,
		Example: `  navicert lists sync
  navicert lists sync us-ofac-sdn un-sc
  navicert lists sync us-csl --accept "BIS added 1,100 denied persons, seen on bis.gov"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := openStore(cmd)
			if err != nil {
				return err
			}
			sources, err := wanted(args)
			if err != nil {
				return err
			}
			accept, err := acc.get(cmd)
			if err != nil {
				return err
			}
			if accept != nil && len(sources) > 1 {
				return fmt.Errorf("--accept is for one list at a time: name the one that you have looked into")
			}
			mirror, err := mirrorOf(append(envList("NAVICERT_MIRROR"), mirrors...))
			if err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
			defer stop()
			b := &bars{w: cmd.ErrOrStderr(), quiet: quiet}
			y := &feed.Syncer{Store: store, Accept: accept, Force: force, Fetch: feed.Fetcher{Mirror: mirror, Progress: b.show}}
			return syncAll(ctx, cmd, y, sources, b)
		},
	}
	acc.flags(cmd)
	cmd.Flags().StringArrayVar(&mirrors, "mirror", nil, "fetch from `[SOURCE=]URL` in place of the official addresses; also NAVICERT_MIRROR")
	cmd.Flags().BoolVar(&force, "force", false, "fetch also what has not changed at its publisher")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "show no progress")
	return cmd
}

func syncAll(ctx context.Context, cmd *cobra.Command, y *feed.Syncer, sources []*feed.Source, b *bars) error {
	failed, far := 0, 0
	for _, s := range sources {
		out, err := y.Sync(ctx, s)
		b.end()
		for _, n := range out.Notes {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: note: %s\n", s.Key, safe(n))
		}
		if ctx.Err() != nil {
			return fmt.Errorf("stopped; what was in use stays in use")
		}
		if err != nil {
			failed++
			if e := (*feed.UnreachableError)(nil); errors.As(err, &e) {
				far++
			}
			fmt.Fprintln(cmd.ErrOrStderr(), safe(err.Error()))
			continue
		}
		remarked(cmd.ErrOrStderr(), out)
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", s.Key, became(out))
		if _, err := y.Store.Reindex(s.Key, true, staleIndex); err != nil { // one that an older navicert wrote
			return err
		}
	}
	if failed > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d lists were not renewed\n", failed, len(sources))
		if far > 0 {
			fmt.Fprintf(cmd.ErrOrStderr(), "no way to the publishers of %s: is there a network, and does it need a proxy (HTTPS_PROXY)? Without one: navicert lists add FILE...\n",
				plural(far, "list"))
		}
		return exitError(1)
	}
	return nil
}

// wanted are the sources named, or all that have an address.
func wanted(keys []string) ([]*feed.Source, error) {
	var out []*feed.Source
	for _, k := range keys {
		s, err := sourceNamed(k)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if len(keys) > 0 {
		return out, nil
	}
	for _, s := range feed.Sources {
		if published(s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// published says whether a list can be fetched. One that is frozen, or a firm's own,
// cannot.
func published(s *feed.Source) bool {
	return s != nil && slices.ContainsFunc(s.Forms, func(f feed.Form) bool { return len(f.Files) > 0 && f.Files[0].Address != "" })
}

func envList(name string) []string {
	return strings.FieldsFunc(os.Getenv(name), func(r rune) bool { return r == ' ' || r == ',' })
}

// mirrorOf reads [SOURCE=]URL; the more exact one counts.
func mirrorOf(specs []string) (func(*feed.Source, feed.URL) string, error) {
	base := map[string]string{}
	for _, spec := range specs {
		key, address, ok := strings.Cut(spec, "=")
		if !ok || strings.ContainsAny(key, ":/") {
			key, address = "", spec
		} else if _, err := sourceNamed(key); err != nil {
			return nil, fmt.Errorf("--mirror: %w", err)
		}
		if u, err := url.Parse(address); err != nil || u.Host == "" {
			return nil, fmt.Errorf("--mirror: %q is no address; write for example https://example.org/lists", address)
		}
		base[key] = strings.TrimRight(address, "/")
	}
	return func(s *feed.Source, u feed.URL) string {
		if b, ok := base[s.Key]; ok {
			return b + "/" + url.PathEscape(u.Name)
		}
		if b, ok := base[""]; ok {
			return b + "/" + s.Key + "/" + url.PathEscape(u.Name)
		}
		return ""
	}, nil
}
