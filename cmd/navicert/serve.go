package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"navicert/api"
	"navicert/feed"
)

type server struct {
	listen, token string
	tuning        string
	keys          []string
	every         time.Duration
	parallel      int
}

func newServe() *cobra.Command {
	s := &server{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer over HTTP: the matching contract of OpenSanctions",
		Long: `Serve answers who may be on a list, by the matching contract of OpenSanctions
(yente 5): a program written for that runs when its address is changed. It
answers from the lists that "navicert lists" keeps; newer editions are taken
into use without a pause. Nothing that is asked is logged.

Beyond the contract each answer names the lists, their days and hashes; as_of
answers from the lists of a day. See doc/api.md.`,
		Example: `  navicert serve
  navicert serve --listen 0.0.0.0:8000 --update-token "$TOKEN"
  curl -s localhost:8000/search/default?q=lazarus`,
		Args: cobra.NoArgs,
		RunE: s.run,
	}
	f := cmd.Flags()
	f.StringVar(&s.listen, "listen", "127.0.0.1:8000", "answer at `ADDRESS`")
	f.StringVar(&s.token, "update-token", "", "let who knows `TOKEN` call /updatez (else $NAVICERT_UPDATE_TOKEN; none: nobody)")
	f.StringSliceVar(&s.keys, "api-key", nil, "answer only who sends this `KEY` (may be repeated; else $NAVICERT_API_KEYS, parted by commas; none: everybody)")
	f.StringVar(&s.tuning, "tuning", "", "the firm's own decisions on hits, from `FILE` (doc/format.md), read once")
	f.DurationVar(&s.every, "poll", 30*time.Second, "look for newer lists every `TIME`")
	f.IntVar(&s.parallel, "parallel", 0, "answer at most `N` requests at the same time (0: two per processor)")
	return cmd
}

func (s *server) run(cmd *cobra.Command, _ []string) error {
	store, err := openStore(cmd)
	if err != nil {
		return err
	}
	if s.token == "" {
		s.token = os.Getenv("NAVICERT_UPDATE_TOKEN")
	}
	if len(s.keys) == 0 {
		s.keys = envList("NAVICERT_API_KEYS")
	}
	if s.every < time.Second {
		return fmt.Errorf("--poll takes at least 1s, not %s", s.every)
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(40) // the lists are most of the memory; what a request needs is little
	}
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
	shelf := api.NewShelf(store)
	if err := shelf.Reload(); err != nil {
		return err
	}
	tuning, slips, err := readTuning(cmd, s.tuning, store)
	if err != nil {
		return err
	}
	if tuning != nil {
		log.Info("in use", "tuning", tuning.Title)
	}
	for _, s := range slips {
		log.Warn(s)
	}
	l, err := net.Listen("tcp", s.listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", plain(err))
	}
	if names := shelf.Describe(); len(names) > 0 {
		log.Info("answering", "address", "http://"+l.Addr().String(), "lists", strings.Join(names, ", "))
	} else {
		log.Warn("answering, but no list is kept yet: run `navicert lists sync`", "address", "http://"+l.Addr().String(), "folder", store.Dir)
	}
	go s.poll(ctx, shelf, log)
	h := api.New(api.Options{Lists: shelf, Tuning: tuning, Token: s.token, Keys: s.keys, Country: feed.CountryCode, Log: log, Parallel: s.parallel})
	err = h.Serve(ctx, l)
	log.Info("stopped")
	return err
}

// poll takes newer lists into use.
func (s *server) poll(ctx context.Context, shelf *api.Shelf, log *slog.Logger) {
	t := time.NewTicker(s.every)
	defer t.Stop()
	before := strings.Join(shelf.Describe(), ", ")
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if err := shelf.Reload(); err != nil {
			log.Error("the lists could not be opened anew", "error", err)
		}
		if now := strings.Join(shelf.Describe(), ", "); now != before {
			log.Info("lists in use", "lists", now)
			before = now
		}
	}
}
