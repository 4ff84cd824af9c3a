// Package decide is the one entry point: a deal goes in, a decision comes
// out. It gathers facts, lets the law judge them, and explains.
package decide

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"navicert"
	"navicert/deal"
	"navicert/name"
	"navicert/rule"
)

// Finder states facts about the parties of a deal. The judge does not know
// where facts come from. A finder that finds nothing states nothing; one that
// cannot search fails, and then nothing is decided.
type Finder interface {
	Find(d *navicert.Deal) (*navicert.Finding, error)
}

// Decider decides deals by one law and one set of finders.
type Decider struct {
	Law     *rule.Law
	Finders []Finder
	Overlay []string // proposed or stayed entries to apply all the same
	Explain bool     // fill Answer.Trace

	mu       sync.Mutex
	programs map[navicert.Day]*edition
}

type edition struct {
	*rule.Program
	hash string
}

// Program returns the law of a day, compiled once.
func (c *Decider) Program(day navicert.Day) (*rule.Program, string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.programs[day]; ok {
		return e.Program, e.hash, nil
	}
	p, err := c.Law.At(day, rule.With(c.Overlay...))
	if err != nil {
		return nil, "", err
	}
	if c.programs == nil {
		c.programs = map[navicert.Day]*edition{}
	}
	_, hash := p.Edition()
	c.programs[day] = &edition{p, hash}
	return p, hash, nil
}

// Decide answers one deal. Its error is about the deal, in words for the
// person who wrote it.
func (c *Decider) Decide(d *navicert.Deal) (*navicert.Decision, error) {
	p, hash, err := c.Program(d.Day)
	if err != nil {
		return nil, err
	}
	out := &navicert.Decision{
		Format: navicert.DecisionFormat, File: d.File, Reference: d.Reference, Day: d.Day,
		Verdict: navicert.MayGo, Hits: []navicert.ListHit{},
		Checked: navicert.Checked{Law: c.Law.Hash, Edition: hash, Overlay: c.Overlay, Lists: []string{}},
	}
	found, err := c.find(d)
	if err != nil {
		return nil, err
	}
	out.Hits = append(out.Hits, found.Hits...)
	out.Checked.Lists = append(out.Checked.Lists, found.Lists...)
	out.Notices, out.Cleared = found.Notices, found.Cleared
	if note := screened(d); note != "" {
		out.Notices = append(out.Notices, note)
	}
	if last := c.Law.LastRead(); d.Day > last {
		out.Notices = append(out.Notices, fmt.Sprintf("The law was last read on %s. What changed after that day is not known here; look for it before you rely on this answer.", last))
	}
	for _, a := range []*navicert.Attestation{d.Knowledge, d.Screening} {
		if a != nil && a.On > d.Day {
			out.Notices = append(out.Notices, fmt.Sprintf("%s attests as of %s, after the day of the deal.", a.By, a.On))
		}
	}
	if blind := unnamed(d); blind != "" {
		out.Notices = append(out.Notices, blind)
	}
	questions, err := c.questions(d, found)
	if err != nil {
		return nil, err
	}
	j, away := newSession(p), stops(d)
	for _, q := range questions {
		out.Notices = append(out.Notices, q.notes...)
		_, again := j.known[string(q.in)]
		cd, err := c.one(p, j, q.label, q.facts, q.in)
		if err != nil {
			return nil, err
		}
		out.Verdict = out.Verdict.Worse(cd.Verdict)
		out.Cases = append(out.Cases, *cd)
		if again || cd.Verdict != navicert.MayGo {
			continue
		}
		if notes := astray(c.Law, j, away, q.in); len(notes) > 0 {
			out.Verdict = out.Verdict.Worse(navicert.OpenVerdict)
			out.Notices = append(out.Notices, notes...)
		}
	}
	for _, u := range found.Unsettled {
		out.Verdict = out.Verdict.Worse(navicert.OpenVerdict)
		if u.Note != "" && !slices.Contains(out.Settle, u.Note) {
			out.Settle = append(out.Settle, u.Note)
		}
	}
	out.Notices = append(out.Notices, out.Settle...)
	slices.Sort(out.Notices)
	out.Notices = slices.Compact(out.Notices)
	return out, nil
}

// screened says who answers for the screening, if anyone.
func screened(d *navicert.Deal) string {
	if d.Screening == nil {
		return ""
	}
	return fmt.Sprintf("Screening against other lists rests on the word of %s, %s.", d.Screening.By, d.Screening.On)
}

// unnamed says which party nobody can have screened, if any.
func unnamed(d *navicert.Deal) string {
	if !slices.ContainsFunc(d.Parties, func(p navicert.Party) bool { return p.Has(navicert.EndUser) }) {
		return "No end user is named, so that not every party can have been screened: what was attested of the screening does not count."
	}
	seen := func(w navicert.Wallet) bool { return name.Fold(w.Address) != "" }
	for i := range d.Parties { // a name of dashes or invisible signs is none
		if p := &d.Parties[i]; name.Fold(p.Name) == "" && !slices.ContainsFunc(p.Wallets, seen) {
			return "A party without a name cannot have been screened (" + p.Where + "): what was attested of the screening does not count."
		}
	}
	return ""
}

// find gathers what the finders find out about the parties of a deal.
func (c *Decider) find(d *navicert.Deal) (*navicert.Finding, error) {
	all := &navicert.Finding{}
	for _, f := range c.Finders {
		one, err := f.Find(d)
		if err != nil {
			return nil, fmt.Errorf("the parties could not be looked up, so nothing is decided: %w", err)
		}
		all.Facts = append(all.Facts, one.Facts...)
		all.Hits = append(all.Hits, one.Hits...)
		all.Unsettled = append(all.Unsettled, one.Unsettled...)
		all.Lists = append(all.Lists, one.Lists...)
		all.Notices = append(all.Notices, one.Notices...)
		all.Cleared = append(all.Cleared, one.Cleared...)
	}
	return all, nil
}

// question is one case of a deal as the judge is asked it.
type question struct {
	label string
	facts []navicert.Fact
	notes []string
	in    rule.Input
}

// questions joins what the deal states with what was found, case by case.
func (c *Decider) questions(d *navicert.Deal, found *navicert.Finding) ([]question, error) {
	var out []question
	blind := unnamed(d)
	for _, cs := range deal.Cases(d) {
		q := question{label: cs.Label}
		q.facts, q.notes = merge(usable(cs.Facts, blind, found.Unsettled), found.Facts)
		in, err := encode(c.Law, q.facts)
		if err != nil {
			return nil, err
		}
		q.in = in
		out = append(out, q)
	}
	return out, nil
}

// usable leaves out what was attested of a screening that cannot have been,
// and what a search has put in doubt.
func usable(facts []navicert.Fact, blind string, unsettled []navicert.Unsettled) []navicert.Fact {
	if blind == "" && len(unsettled) == 0 {
		return facts
	}
	return slices.DeleteFunc(slices.Clone(facts), func(f navicert.Fact) bool {
		doubted := func(u navicert.Unsettled) bool { return slices.Contains(u.Terms, f.Term) }
		return f.Value == "false" && (blind != "" && strings.HasPrefix(f.Term, "screening.") || slices.ContainsFunc(unsettled, doubted))
	})
}

// merge joins stated and found facts. A listing that was found outweighs an
// attested "not listed", and the reader is told.
func merge(stated, found []navicert.Fact) (out []navicert.Fact, notes []string) {
	at := map[string]int{}
	for _, f := range stated {
		at[f.Term] = len(out)
		out = append(out, f)
	}
	for _, f := range found {
		i, ok := at[f.Term]
		if !ok {
			at[f.Term] = len(out)
			out = append(out, f)
			continue
		}
		if out[i].Value != f.Value {
			notes = append(notes, fmt.Sprintf("%s was attested as %s (%s), but the look-up found otherwise: %s. The finding counts.",
				f.Term, out[i].Value, out[i].Evidence.Where, strings.TrimSuffix(f.Evidence.Note, ".")))
			out[i] = f
		}
	}
	return out, notes
}

// stop is a place that the deal touches and that no paragraph asks about: one
// passed on the way, or that of a party other than the end user.
type stop struct {
	says, country, region string
	goods                 bool // the item itself comes there
}

func stops(d *navicert.Deal) []stop {
	var out []stop
	add := func(s stop) {
		same := func(o stop) bool { return o.country == s.country && o.region == s.region && (o.goods || !s.goods) }
		if s.country+s.region != "" && !slices.ContainsFunc(out, same) {
			out = append(out, s)
		}
	}
	for _, c := range d.Via {
		add(stop{"The way leads through " + c, c, "", true})
	}
	for i := range d.Parties {
		if p := &d.Parties[i]; !p.Has(navicert.EndUser) {
			goods := p.Has(navicert.UltimateConsignee) || p.Has(navicert.IntermediateConsignee)
			add(stop{fmt.Sprintf("Party %d (%s) is in %s", i+1, strings.Join(p.Roles, ", "), place(p)), p.Country, p.Region, goods})
		}
	}
	return out
}

func place(p *navicert.Party) string {
	if p.Region == "" || p.Region == "none" {
		return p.Country
	}
	return strings.TrimPrefix(p.Country+", "+p.Region, ", ")
}

// astray says which stops a case that may go must be held for: those to which
// the deal would be prohibited. The law is asked as if they were its
// destination.
func astray(l *rule.Law, j *session, stops []stop, in rule.Input) (notes []string) {
	for _, s := range stops {
		there := slices.Clone(in)
		if !put(l, there, "route.to", s.country) || !put(l, there, "route.region", s.region) || j.Run(there) != nil {
			continue // the law does not ask for destinations, or the place cannot be
		}
		for b := range navicert.Bodies {
			o, decided := j.Outcome(b)
			what := ""
			switch {
			case o == rule.Prohibited:
				what = "be prohibited"
			case o == rule.LicenseRequired && decided && s.goods:
				what = "need a license"
			default:
				continue
			}
			notes = append(notes, s.says+", and a deal that ended there would "+what+". "+
				"No paragraph encoded asks about such a stop: a person must decide.")
			break
		}
	}
	return notes
}

// put lays a place over in, or its absence; false where the law has no word
// for it.
func put(l *rule.Law, in rule.Input, term, place string) bool {
	f, ok := l.Fact(term)
	if ok {
		in[f] = rule.Unknown
	}
	if place == "" {
		return true
	}
	_, raw, err := l.Encode(term, place)
	if err == nil {
		in[f] = raw
	}
	return err == nil
}

// encode turns facts into the judge's input.
func encode(l *rule.Law, facts []navicert.Fact) (rule.Input, error) {
	in := l.NewInput()
	for _, f := range facts {
		n, raw, err := l.Encode(f.Term, f.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Evidence.Where, err)
		}
		in[n] = raw
	}
	return in, nil
}

// session is one deal before the judge. Cases with the same facts share
// their answers: they depend on nothing else.
type session struct {
	*rule.Judge
	known map[string][]navicert.Answer
}

func newSession(p *rule.Program) *session {
	return &session{Judge: p.NewJudge(), known: map[string][]navicert.Answer{}}
}

// one answers one case: facts, and in, the same for the judge.
func (c *Decider) one(p *rule.Program, j *session, label string, facts []navicert.Fact, in rule.Input) (*navicert.CaseDecision, error) {
	if err := j.Run(in); err != nil {
		return nil, contradiction(c.Law, err, facts)
	}
	cd := &navicert.CaseDecision{Label: label, Verdict: navicert.MayGo, Facts: follows(c.Law, j.Judge, in, facts)}
	if as, ok := j.known[string(in)]; ok {
		cd.Answers = as
		for i := range as {
			cd.Verdict = cd.Verdict.Worse(as[i].Verdict)
		}
		return cd, nil
	}
	for b := range navicert.Bodies {
		a := explain(p, j.Judge, b, c.Explain)
		if len(a.Outcomes) == 0 {
			return nil, &navicert.Error{
				What: "facts of this deal contradict each other: no world has all of them",
				Want: "facts that can all be true", Hint: "look at the facts about " + label,
			}
		}
		cd.Verdict = cd.Verdict.Worse(a.Verdict)
		cd.Answers = append(cd.Answers, a)
	}
	j.known[string(in)] = cd.Answers
	return cd, nil
}

// follows appends what the facts imply.
func follows(l *rule.Law, j *rule.Judge, in rule.Input, facts []navicert.Fact) []navicert.Fact {
	out := append([]navicert.Fact{}, facts...) // never null in JSON
	for f, raw := range j.Input() {
		if in[f] == rule.Unknown && raw != rule.Unknown {
			out = append(out, navicert.Fact{
				Term: l.FactTerm(f).Name, Value: l.Text(f, raw),
				Evidence: navicert.Evidence{Kind: "follows", Note: "follows from the other facts"},
			})
		}
	}
	return out
}

// contradiction tells a person which statements cannot both be true.
func contradiction(l *rule.Law, err error, facts []navicert.Fact) error {
	var c *rule.Contradiction
	if !errors.As(err, &c) {
		return err
	}
	e := &navicert.Error{What: "facts of this deal contradict each other", Want: "facts that can all be true: " + c.Because}
	say := func(term string) string {
		for _, f := range facts {
			if f.Term == term {
				return fmt.Sprintf("%s is %s (%s)", f.Term, f.Value, f.Evidence.Where)
			}
		}
		return term
	}
	parts := []string{}
	if c.Fact >= 0 {
		parts = append(parts, say(l.FactTerm(c.Fact).Name))
	}
	for _, f := range c.Facts {
		if f != c.Fact {
			parts = append(parts, say(l.FactTerm(f).Name))
		}
	}
	e.Hint = "compare: " + strings.Join(parts, ", and ") + "; correct one of them"
	for _, f := range facts {
		if c.Fact >= 0 && f.Term == l.FactTerm(c.Fact).Name {
			e.What = f.Evidence.Where + ": " + e.What
		}
	}
	return e
}
