package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"navicert"
	"navicert/deal"
	"navicert/decide"
)

// interviewer asks for the fact that decides most until every body of law
// has its answer.
type interviewer struct {
	in      *bufio.Scanner
	out     io.Writer
	voc     *deal.Vocabulary
	skipped map[skip]bool
	by      string // who attests knowledge and screening
}

// skip is a question that the person could not answer: about the deal, or
// about one item, classification or end user of it.
type skip struct {
	term string
	one  bool
	a, b int
}

func about(term string, c *deal.Case) skip {
	group, _, _ := strings.Cut(term, ".")
	switch {
	case term == "item.eccn" || term == "item.final":
		return skip{term, true, c.Item, c.Class}
	case group == "item":
		return skip{term, true, c.Item, 0}
	case group == "end_user":
		return skip{term, true, c.EndUser, 0}
	}
	return skip{term: term}
}

// today is the day on which a person attests in an interview.
var today = func() navicert.Day { return navicert.DayOf(time.Now()) }

// interview asks until it is decided, then offers to save the completed deal.
func interview(in *bufio.Scanner, out io.Writer, d *decide.Decider, voc *deal.Vocabulary, dl *navicert.Deal) (*navicert.Deal, error) {
	iv := &interviewer{in: in, out: out, voc: voc, skipped: map[skip]bool{}}
	var given []deal.Answer
	told := false
	dec, err := d.Decide(dl)
	if err != nil {
		return nil, err
	}
	for {
		cases := deal.Cases(dl)
		q, at := iv.next(dec, cases)
		if q == nil {
			break
		}
		this := about(q.Term, &cases[at])
		if q.Term == "item.final" && cases[at].Class < 0 {
			iv.skipped[this] = true // until there is a classification, which then has a key of its own
			continue
		}
		if !told {
			told = true
			fmt.Fprintln(iv.out, "Enter leaves a fact unknown; stop ends the questions, and what was answered can be saved.")
		}
		fmt.Fprintln(iv.out)
		if len(cases) > 1 && this.one {
			fmt.Fprintf(iv.out, "%s:\n", cases[at].Label)
		}
		fmt.Fprintf(iv.out, "%s\n  %s%s\n", q.Ask, q.Means, inLawOf(q.Cite))
		if q.OfLaw {
			fmt.Fprintln(iv.out, "  A question of law, not of fact: Enter keeps both readings.")
		}
		value, ok := iv.answer(q)
		if !ok {
			fmt.Fprintln(iv.out, "No more answers. What was not answered stays unknown.")
			break
		}
		if value == "" {
			iv.skipped[this] = true
			continue
		}
		f, ok := iv.fact(q, value)
		if !ok {
			break
		}
		a := cases[at].Answer(f)
		with := deal.With(dl, a)
		next, err := d.Decide(with)
		if err != nil { // it contradicts what is stated; ask again
			fmt.Fprintf(iv.out, "  %v\n", err)
			continue
		}
		iv.skipped[this] = true                      // asked once, whatever became of the answer
		if stillAsks(next, deal.Cases(with), this) { // else it would be put again without end
			iv.vain(this, next)
			continue
		}
		dl, dec, given = with, next, append(given, a)
	}
	if len(given) > 0 {
		return dl, iv.save(dl, given)
	}
	return dl, nil
}

// stillAsks reports whether the fact is missing although it has been stated.
func stillAsks(dec *navicert.Decision, cases []deal.Case, this skip) bool {
	for i := range dec.Cases {
		asks := func(term string) bool { return about(term, &cases[i]) == this }
		for _, a := range dec.Cases[i].Answers {
			if slices.ContainsFunc(a.Reasons, func(r navicert.Reason) bool { return slices.ContainsFunc(r.Missing, asks) }) ||
				slices.ContainsFunc(a.Open, func(q navicert.Ask) bool { return asks(q.Term) }) {
				return true
			}
		}
	}
	return false
}

// vain says that an answer does not count, and why. It is not kept: once the
// cause is mended, it has to be given anew. A screening in which a party has
// no name is not asked about any more.
func (iv *interviewer) vain(this skip, dec *navicert.Decision) {
	fmt.Fprintln(iv.out, "  Not kept, for it does not count yet.")
	unnamed := false
	for _, n := range dec.Notices {
		if strings.Contains(n, "does not count") {
			fmt.Fprintf(iv.out, "  %s\n", n)
			unnamed = unnamed || strings.HasSuffix(n, "of the screening does not count.")
		}
	}
	if !unnamed || !strings.HasPrefix(this.term, "screening.") {
		return
	}
	for i := range iv.voc.Terms {
		if t := &iv.voc.Terms[i]; strings.HasPrefix(t.Name, "screening.") {
			iv.skipped[skip{term: t.Name}] = true
		}
	}
	fmt.Fprintln(iv.out, "  Name every party in the deal file, then ask again.")
}

// fact makes the answer a fact; knowledge and screening need a name.
func (iv *interviewer) fact(q *navicert.Ask, value string) (navicert.Fact, bool) {
	f := navicert.Fact{Term: q.Term, Value: value, Evidence: navicert.Evidence{Kind: "stated", Where: "interview"}}
	group, _, _ := strings.Cut(q.Term, ".")
	if group != "knowledge" && group != "screening" {
		return f, true
	}
	for iv.by == "" {
		fmt.Fprint(iv.out, "  Who attests this (name and function)? ")
		if !iv.in.Scan() {
			fmt.Fprintln(iv.out)
			return f, false
		}
		iv.by = strings.TrimSpace(iv.in.Text())
	}
	f.Evidence.Kind, f.Evidence.By, f.Evidence.On = "attested", iv.by, today().String()
	return f, true
}

func inLawOf(cite string) string {
	if cite == "none" {
		return ""
	}
	return " (" + cite + ")"
}

// next takes the first question of the first open answer that was not skipped.
func (iv *interviewer) next(dec *navicert.Decision, cases []deal.Case) (*navicert.Ask, int) {
	for i := range dec.Cases {
		for k := range dec.Cases[i].Answers {
			a := &dec.Cases[i].Answers[k]
			if a.Cut {
				if q := iv.wide(a, &cases[i]); q != nil {
					return q, i
				}
			}
			if a.Next != nil && !iv.skipped[about(a.Next.Term, &cases[i])] {
				return a.Next, i
			}
			for o := range a.Open {
				if !iv.skipped[about(a.Open[o].Term, &cases[i])] {
					return &a.Open[o], i
				}
			}
		}
	}
	return nil, 0
}

// wide finds a question where too many facts are missing to say which settles
// most: the first one of the glossary that an open paragraph hangs on.
func (iv *interviewer) wide(a *navicert.Answer, c *deal.Case) *navicert.Ask {
	missing := map[string]bool{}
	for i := range a.Reasons {
		for _, t := range a.Reasons[i].Missing {
			missing[t] = true
		}
	}
	for i := range iv.voc.Terms {
		t := &iv.voc.Terms[i]
		if missing[t.Name] && t.Ask != "" && !iv.skipped[about(t.Name, c)] {
			return &navicert.Ask{Term: t.Name, Ask: t.Ask, Means: t.Means, Cite: t.Cite, OfLaw: t.Type == "reading"}
		}
	}
	return nil
}

// answer reads one value; empty means "not known", false that no more come.
func (iv *interviewer) answer(q *navicert.Ask) (string, bool) {
	out, in := iv.out, iv.in
	i := slices.IndexFunc(iv.voc.Terms, func(t deal.Term) bool { return t.Name == q.Term })
	t := &iv.voc.Terms[i]
	prompt := "a code such as 4D004"
	switch t.Type {
	case "yes_no", "reading":
		prompt = "yes, no"
	case "choice":
		prompt = "one of these"
		for _, v := range t.Values {
			fmt.Fprintf(out, "    %-26s %s\n", v.Word, v.Means)
		}
	case "number":
		prompt = "a number"
	case "country":
		prompt = "a country or its two-letter code"
	}
	for {
		fmt.Fprintf(out, "  %s, or Enter if you do not know: ", prompt)
		if !in.Scan() {
			fmt.Fprintln(out)
			return "", false
		}
		s := strings.TrimSpace(in.Text())
		switch s {
		case "":
			return "", true
		case "stop":
			return "", false
		}
		if t.Type == "country" && s == "no" {
			fmt.Fprintln(out, `  "no" could be meant for Norway; write NO or Norway for the country, or Enter if you do not know`)
			continue
		}
		switch t.Type {
		case "choice": // "object code" is meant for object_code
			s = strings.Join(strings.Fields(s), "_")
		case "number":
			s = strings.TrimSpace(strings.TrimSuffix(s, "%"))
		}
		value, err := iv.voc.Parse(t.Name, s)
		if err == nil {
			return value, true
		}
		var e *navicert.Error
		if t.Type == "choice" && errors.As(err, &e) {
			e.Want = "one of the words above"
		}
		fmt.Fprintf(out, "  %v\n", err)
	}
}

// save writes the completed deal where the person wants it, and asks again
// where that cannot be: answers are not lost to a name that is taken.
func (iv *interviewer) save(dl *navicert.Deal, given []deal.Answer) error {
	text, err := deal.Write(dl, given, iv.voc)
	if err != nil {
		return fmt.Errorf("the completed deal cannot be written: %w", err)
	}
	for {
		fmt.Fprint(iv.out, "\nSave the completed deal as (Enter: do not save): ")
		if !iv.in.Scan() {
			fmt.Fprintln(iv.out)
			return nil
		}
		name := strings.TrimSpace(iv.in.Text())
		if name == "" {
			return nil
		}
		if err := create(name, text); err != nil {
			fmt.Fprintf(iv.out, "  not saved: %v\n", plain(err))
			continue
		}
		fmt.Fprintf(iv.out, "saved %s\n", name)
		return nil
	}
}

// create writes a new file, and never over an old one.
func create(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
