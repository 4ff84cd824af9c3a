package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/match"
	"navicert/screen"
	"navicert/wallet"
)

type screener struct {
	finder                                  finderFlags
	kind, born, asOf                        string
	countries, ids, wallets, lists, address []string
	min                                     float32
	strict, broad, json, explain            bool
	limit                                   int
	batch, out                              string

	day navicert.Day
}

func newScreen() *cobra.Command {
	s := &screener{}
	cmd := &cobra.Command{
		Use:   "screen NAME...",
		Short: "Who is this? Look names, numbers and addresses up in the lists",
		Long: `Screen looks somebody up in the lists of a day: names in any script and with
errors in every word, numbers of documents, addresses on chains of blocks. One
name may stand without quotes; several names, each in quotes, are each looked up
apart. What else is known of the person confirms or contradicts.

Where no list has been fetched (navicert lists sync) the built-in starter lists
are searched. No hit does not mean that somebody is clean.

SCORE ranks the hits; ALIKE says how alike the names are, WHOLE how much of both
could be compared; SINCE is the first day on the list, "by" a day where the
editions kept do not say it exactly.

Exit codes: 0 no hit, 3 a hit, 1 error. What contradicts a name, and listings
that begin after the day or had ended before it, are shown and are no hit. A
wallet address whose checksum fails counts as one: it may be mistyped.`,
		Example: `  navicert screen Lazarus Group
  navicert screen "Pak Jin Hyok" --kind person --born 1984 --country KP
  navicert screen "КОРПОРАЦИЯ ЛАЗАРУС" --explain
  navicert screen --wallet 0x098B716B8Aaf21512996dC57EB0615e2383E2f96 --as-of 2022-04-13
  navicert screen --id passport:123456 --json
  navicert screen --batch customers.csv -o hits.csv`,
		RunE: s.run,
	}
	f := cmd.Flags()
	f.StringVar(&s.kind, "kind", "", "what it is: person or organization")
	f.StringVar(&s.born, "born", "", "`DATE` of birth: YYYY-MM-DD, YYYY-MM or YYYY")
	f.StringSliceVar(&s.countries, "country", nil, "a country it belongs to, by its two-letter `CODE` (may be repeated)")
	f.StringArrayVar(&s.address, "address", nil, "an address in words (may be repeated)")
	f.StringArrayVar(&s.ids, "id", nil, "a number it is known by, as `TYPE:NUMBER`: passport, tax, registration, imo, lei, bic … (may be repeated)")
	f.StringArrayVar(&s.wallets, "wallet", nil, "an `ADDRESS` on a chain, or TICKER:ADDRESS (may be repeated)")
	f.StringVar(&s.asOf, "as-of", "", "the lists of `DAY` (YYYY-MM-DD) instead of today's")
	f.StringSliceVar(&s.lists, "list", nil, "search this list alone, by its `KEY` (may be repeated)")
	f.Float32Var(&s.min, "min", 0, fmt.Sprintf("show hits from this `SCORE` on; standard is %.1f", float32(match.Standard)))
	f.BoolVar(&s.strict, "strict", false, fmt.Sprintf("the same as --min %.1f: fewer hits, more is missed", float32(match.Strict)))
	f.BoolVar(&s.broad, "broad", false, fmt.Sprintf("the same as --min %.1f: more hits, less is missed", float32(match.Broad)))
	f.IntVar(&s.limit, "limit", 10, "show at most `N` hits of a name")
	f.BoolVar(&s.json, "json", false, "print one JSON object for each name (doc/screen-format.md)")
	f.BoolVar(&s.explain, "explain", false, "explain each hit word by word")
	f.StringVar(&s.batch, "batch", "", "screen all customers of `FILE` (.csv or .parquet, doc/screen-format.md) instead of a name")
	f.StringVarP(&s.out, "output", "o", "", "with --batch: write the hits to `FILE`, CSV; an interrupted run is continued")
	s.finder.add(f)
	_ = cmd.RegisterFlagCompletionFunc("list", keys)
	return cmd
}

// names parts the arguments: words without quotes are one name.
func names(args []string) []string {
	if len(args) < 2 || slices.ContainsFunc(args, func(a string) bool { return strings.ContainsAny(strings.TrimSpace(a), " \t") }) {
		return args
	}
	return []string{strings.Join(args, " ")}
}

func (s *screener) run(cmd *cobra.Command, args []string) error {
	p, err := s.party(args)
	if err != nil {
		return err
	}
	if s.min == 0 && cmd.Flags().Changed("min") {
		return errors.New("--min takes a score above 0; from 0 on everybody would be a hit")
	}
	if s.batch != "" {
		if len(args)+len(s.wallets)+len(s.ids)+len(s.countries)+len(s.address) > 0 || s.born != "" || s.kind != "" {
			return errors.New("--batch takes who is asked about from the file; leave names and what describes them out")
		}
		if s.json || s.explain {
			return errors.New("--json and --explain are for single names: --batch writes its hits as CSV, doc/screen-format.md")
		}
		return s.book(cmd)
	}
	f, err := s.finder.open(cmd, s.lists...)
	if err != nil {
		return err
	}
	defer slow(cmd, f)
	if err := keptOrStarter(f, s.lists); err != nil {
		return err
	}
	lists, err := f.Library.At(s.day)
	if err != nil {
		return err
	}
	opts := &screen.Options{Min: s.min, Limit: max(s.limit, 20), Tuning: f.Tuning}
	who := names(args)
	if len(who) == 0 {
		who = []string{""}
	}
	hit := false
	for i, n := range who {
		one := *p
		one.Name = n
		r, err := s.one(f, lists, &one, opts, i == 0)
		if err != nil {
			return err
		}
		hit = hit || r.hit()
		if err := s.print(cmd.OutOrStdout(), r, i, len(who)); err != nil {
			return err
		}
	}
	if hit {
		return exitError(3)
	}
	return nil
}

// party reads the options.
func (s *screener) party(args []string) (*navicert.Party, error) {
	p := &navicert.Party{Born: s.born}
	if len(args)+len(s.wallets)+len(s.ids) == 0 && s.batch == "" {
		return nil, errors.New("navicert screen needs a name, --wallet or --id; see navicert screen --help")
	}
	for _, a := range args {
		if strings.TrimSpace(a) == "" {
			return nil, errors.New("an empty name cannot be looked up")
		}
	}
	switch s.kind {
	case "", navicert.Person, navicert.Organization:
		p.Kind = s.kind
	default:
		return nil, fmt.Errorf("--kind takes person or organization, not %q", s.kind)
	}
	if s.born != "" {
		if _, _, err := navicert.ParseDays(s.born); err != nil {
			return nil, fmt.Errorf("--born: %w", err)
		}
	}
	for i, c := range s.countries {
		if len(c) != 2 {
			return nil, fmt.Errorf("--country takes a two-letter code such as KP, not %q", c)
		}
		s.countries[i] = strings.ToUpper(c)
	}
	for _, id := range s.ids {
		t, n, ok := strings.Cut(id, ":")
		if !ok || strings.TrimSpace(n) == "" {
			return nil, fmt.Errorf("--id takes TYPE:NUMBER, for example passport:123456, not %q", id)
		}
		p.Identifiers = append(p.Identifiers, navicert.Identifier{Type: t, Value: n})
	}
	for _, w := range s.wallets {
		p.Wallets = append(p.Wallets, walletOf(w))
	}
	if s.strict && s.broad || s.min != 0 && (s.strict || s.broad) {
		return nil, errors.New("--min, --strict and --broad exclude each other")
	}
	switch {
	case s.strict:
		s.min = match.Strict
	case s.broad:
		s.min = match.Broad
	case s.min < 0 || s.min > 100:
		return nil, fmt.Errorf("--min takes a score from 0 to 100, not %g", s.min)
	}
	if s.limit < 1 || s.limit > 10_000 {
		return nil, fmt.Errorf("--limit takes a number from 1 to 10000, not %d", s.limit)
	}
	s.day = today()
	if s.asOf != "" {
		var err error
		if s.day, err = navicert.ParseDay(s.asOf); err != nil {
			return nil, fmt.Errorf("--as-of: %w", err)
		}
	}
	return p, nil
}

// walletOf parts a ticker from an address; payment links stay whole.
func walletOf(s string) navicert.Wallet {
	if t, a, ok := strings.Cut(s, ":"); ok && len(t) >= 2 && len(t) <= 5 && t == strings.ToUpper(t) {
		return navicert.Wallet{Asset: t, Address: a}
	}
	return navicert.Wallet{Address: s}
}

// result is the answer for one name.
type result struct {
	Name    string             `json:"name,omitempty"`
	Day     navicert.Day       `json:"day"`
	Hits    []found            `json:"hits"`
	More    int                `json:"more,omitempty"` // hits above the limit
	Wallets []addressed        `json:"wallets,omitempty"`
	Other   []navicert.ListHit `json:"other,omitempty"`
	Lists   []string           `json:"lists"`
	Notices []string           `json:"notices"`
}

// addressed is what an address says of itself, and whether it is listed.
type addressed struct {
	Address string `json:"address"`
	Chain   string `json:"chain,omitempty"`
	Check   string `json:"check"`
	Why     string `json:"why,omitempty"`
	Listed  string `json:"listed"` // listed, later, earlier, not listed, not known
}

// found is one hit.
type found struct {
	Score        float64         `json:"score"`
	Similarity   float64         `json:"similarity"`
	Completeness float64         `json:"completeness"`
	Grade        string          `json:"grade"`         // same, possible, contradicted
	Why          string          `json:"why,omitempty"` // the same name is only possible
	How          string          `json:"how"`
	Entity       string          `json:"entity"`
	Name         string          `json:"name"`   // the entity's first name
	Listed       string          `json:"listed"` // the name that was found
	Weak         bool            `json:"weak,omitempty"`
	Source       string          `json:"source"`
	Date         navicert.Day    `json:"date"` // of the edition
	On           []string        `json:"on"`   // lists within the source
	Since        string          `json:"since,omitempty"`
	Between      []string        `json:"between,omitempty"` // the listing began after the first of these days, and not after the second
	When         string          `json:"when"`              // then, later, earlier, unknown
	Programs     []string        `json:"programs,omitempty"`
	Countries    []string        `json:"countries,omitempty"`
	Born         []string        `json:"born,omitempty"`
	States       []string        `json:"states,omitempty"`
	Open         []string        `json:"open,omitempty"`
	Evidence     []string        `json:"evidence,omitempty"`
	Words        []string        `json:"words,omitempty"`
	Cleared      *navicert.Clear `json:"cleared,omitempty"`
}

func (r *result) hit() bool {
	for i := range r.Hits {
		h := &r.Hits[i]
		if h.Grade != "contradicted" && (h.When == "then" || h.When == "unknown") && h.Cleared == nil {
			return true
		}
	}
	return slices.ContainsFunc(r.Other, func(h navicert.ListHit) bool { return h.States || h.Open })
}

// one looks one name up. What is known beside names is looked up with the first.
func (s *screener) one(f *screen.Finder, lists *screen.Lists, p *navicert.Party, opts *screen.Options, first bool) (*result, error) {
	q := screen.Query(p)
	q.Countries, q.Addresses = s.countries, s.address
	r := &result{Name: p.Name, Day: s.day, Hits: []found{}, Lists: lists.Checked(), Notices: lists.Notices()}
	hits := lists.Search(q, opts)
	if len(hits) > s.limit {
		r.More = len(hits) - s.limit
		hits = hits[:s.limit]
	}
	for i := range hits {
		r.Hits = append(r.Hits, describe(lists, &hits[i], q, s.explain || s.json))
	}
	wallets := p.Wallets
	if !first {
		wallets = nil
	}
	for _, w := range wallets {
		got, err := f.Find(&navicert.Deal{Day: s.day, Parties: []navicert.Party{{Wallets: []navicert.Wallet{w}}}})
		if err != nil {
			return nil, err
		}
		r.Other = append(r.Other, got.Hits...)
		a := wallet.Parse(w.Address, w.Asset)
		r.Wallets = append(r.Wallets, addressed{w.Address, string(a.Chain), a.Check.String(), a.Why, screen.Listed(got)})
	}
	if f.Owners != nil && p.Name != "" {
		got, err := f.Find(&navicert.Deal{Day: s.day, Parties: []navicert.Party{{Name: p.Name, Roles: navicert.Roles}}})
		if err != nil {
			return nil, err
		}
		for _, h := range got.Hits {
			if h.How == "owner" {
				r.Other = append(r.Other, h)
			}
		}
		r.Lists = append(r.Lists, f.Owners.Title)
	}
	for i := range r.Other {
		r.Other[i].Note = strings.ReplaceAll(r.Other[i].Note, "the day of this deal", "the day asked about")
	}
	return r, nil
}

func describe(lists *screen.Lists, h *screen.Hit, q *match.Query, words bool) found {
	e := h.Entity
	out := found{
		Score: thousandth(h.Score), Similarity: thousandth(h.Similarity), Completeness: thousandth(h.Completeness),
		Grade: h.Grade.String(), Why: h.Why(), How: h.How, Entity: e.ID, Name: e.Names[0].Text, Listed: h.Listed, Weak: h.Weak,
		Source: h.List.Source, Date: h.List.Date, When: h.When.String(), Programs: e.Programs, Cleared: h.Clear,
	}
	for _, l := range e.Listings {
		if !slices.Contains(out.On, l.List) {
			out.On = append(out.On, l.List)
		}
		if out.Since == "" && l.Since != 0 {
			out.Since = l.Since.String()
		}
	}
	if out.Since == "" && h.Span.By != 0 && h.Span.After == h.Span.By-1 {
		out.Since = h.Span.By.String()
	}
	if out.Since == "" && h.Span.By != 0 {
		out.Between = []string{"", h.Span.By.String()}
		if h.Span.After != 0 {
			out.Between[0] = h.Span.After.String()
		}
	}
	for _, c := range e.Countries {
		if c.Code != "" && !slices.Contains(out.Countries, c.Code) {
			out.Countries = append(out.Countries, c.Code)
		}
	}
	out.Born = screen.Births(e)
	out.States, out.Open = lists.Means(h, navicert.Roles...)
	for _, f := range h.Effects {
		out.Evidence = append(out.Evidence, fmt.Sprintf("%s: %s (%+.1f)", f.What, f.Says, f.Effect))
	}
	if words {
		for _, w := range h.Explain(q).Words {
			out.Words = append(out.Words, w.Says)
		}
	}
	return out
}

func (s *screener) print(w io.Writer, r *result, i, n int) error {
	if s.json {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(r)
	}
	if n > 1 {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s\n", clip(r.Name, 90))
	}
	r.table(w, s.explain)
	if i < n-1 {
		return nil
	}
	p := &printer{w: w}
	fmt.Fprintln(w)
	for _, l := range r.Lists {
		p.wrapped("  lists  ", l)
	}
	for _, l := range r.Notices {
		p.wrapped("  note   ", l)
	}
	return nil
}
