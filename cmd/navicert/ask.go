package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/deal"
	"navicert/decide"
)

// interviewer asks for the fact that decides most until every body of law
// has its answer.
type interviewer struct {
	in      *bufio.Scanner
	out     io.Writer
	d       *decide.Decider
	voc     *deal.Vocabulary
	skipped map[skip]bool
	by      string // who attests knowledge and screening
}

// skip is a question that the person could not answer.
type skip struct {
	term string
	at   int // case
}

// interview asks until it is decided, then offers to save the completed deal.
func interview(cmd *cobra.Command, d *decide.Decider, voc *deal.Vocabulary, dl *navicert.Deal) (*navicert.Deal, error) {
	iv := &interviewer{in: bufio.NewScanner(cmd.InOrStdin()), out: cmd.ErrOrStderr(), d: d, voc: voc, skipped: map[skip]bool{}}
	var given []deal.Answer
	for {
		dec, err := d.Decide(dl)
		if err != nil {
			return nil, err
		}
		q, at := iv.next(dec)
		if q == nil {
			break
		}
		fmt.Fprintf(iv.out, "\n%s\n  %s (%s)\n", q.Ask, q.Means, q.Cite)
		value, ok := iv.answer(q)
		if !ok {
			break
		}
		if value == "" {
			iv.skipped[skip{q.Term, at}] = true
			continue
		}
		f, ok := iv.fact(q, value, dl)
		if !ok {
			break
		}
		cs := deal.Cases(dl)
		a := cs[at].Answer(f)
		with := deal.With(dl, a)
		if _, err := d.Decide(with); err != nil {
			fmt.Fprintf(iv.out, "  %v\n", err)
			continue
		}
		dl, given = with, append(given, a)
	}
	if len(given) > 0 {
		return dl, iv.save(dl, given)
	}
	return dl, nil
}

// fact makes the answer a fact; knowledge and screening need a name.
func (iv *interviewer) fact(q *navicert.Ask, value string, dl *navicert.Deal) (navicert.Fact, bool) {
	f := navicert.Fact{Term: q.Term, Value: value, Evidence: navicert.Evidence{Kind: "stated", Where: "interview", Note: "answered in the interview"}}
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
	f.Evidence.Kind, f.Evidence.By, f.Evidence.On = "attested", iv.by, dl.Day.String()
	return f, true
}

// next takes the first question of the first open answer that was not skipped.
func (iv *interviewer) next(dec *navicert.Decision) (*navicert.Ask, int) {
	for i := range dec.Cases {
		for k := range dec.Cases[i].Answers {
			a := &dec.Cases[i].Answers[k]
			if a.Next != nil && !iv.skipped[skip{a.Next.Term, i}] {
				return a.Next, i
			}
			for o := range a.Open {
				if !iv.skipped[skip{a.Open[o].Term, i}] {
					return &a.Open[o], i
				}
			}
		}
	}
	return nil, 0
}

// answer reads one value; empty means "not known", false the end of input.
func (iv *interviewer) answer(q *navicert.Ask) (string, bool) {
	out, in := iv.out, iv.in
	i := slices.IndexFunc(iv.voc.Terms, func(t deal.Term) bool { return t.Name == q.Term })
	t := &iv.voc.Terms[i]
	for {
		switch t.Type {
		case "yes_no", "reading":
			fmt.Fprint(out, "  yes, no, or Enter if you do not know: ")
		case "choice":
			for _, v := range t.Values {
				fmt.Fprintf(out, "    %-20s %s\n", v.Word, v.Means)
			}
			fmt.Fprint(out, "  one of these, or Enter: ")
		case "number":
			fmt.Fprint(out, "  a number, or Enter: ")
		case "country":
			fmt.Fprint(out, "  a two-letter country code, or Enter: ")
		default:
			fmt.Fprint(out, "  a code, or Enter: ")
		}
		if !in.Scan() {
			fmt.Fprintln(out)
			return "", false
		}
		s := strings.TrimSpace(in.Text())
		if s == "" {
			return "", true
		}
		value, err := iv.voc.Parse(t.Name, s)
		if err == nil {
			return value, true
		}
		fmt.Fprintf(out, "  %v\n", err)
	}
}

// save writes the completed deal where the person wants it.
func (iv *interviewer) save(dl *navicert.Deal, given []deal.Answer) error {
	out, in := iv.out, iv.in
	fmt.Fprint(out, "\nSave the completed deal as (Enter: do not save): ")
	if !in.Scan() {
		fmt.Fprintln(out)
		return nil
	}
	name := strings.TrimSpace(in.Text())
	if name == "" {
		return nil
	}
	text, err := deal.Write(dl, given, iv.voc)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("not saved: %w", err)
	}
	if _, err := f.Write(text); err != nil {
		return errors.Join(err, f.Close())
	}
	fmt.Fprintf(out, "saved %s\n", name)
	return f.Close()
}
