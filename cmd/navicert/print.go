package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"navicert"
	"navicert/rule"
)

// width is that of lines of text, where no terminal is narrower.
const width = 98

// columns is how wide lines may be: no narrower than 40, however small a
// terminal says it is.
func columns(w io.Writer) int {
	if s, ok := w.(*sink); ok {
		w = s.Writer
	}
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return min(max(n-1, 40), width)
		}
	}
	return width
}

// printer writes answers for people.
type printer struct {
	w    io.Writer
	l    *rule.Law
	bold bool
	cols int // 0: not asked yet
}

func (p *printer) wide() int {
	if p.cols == 0 {
		p.cols = columns(p.w)
	}
	return p.cols
}

func newPrinter(w io.Writer, l *rule.Law) *printer {
	p := &printer{w: w, l: l}
	if s, ok := w.(*sink); ok {
		w = s.Writer
	}
	p.bold = os.Getenv("NO_COLOR") == "" && isTerminal(w)
	return p
}

func (p *printer) strong(s string) string {
	if p.bold {
		return "\x1b[1m" + s + "\x1b[0m"
	}
	return s
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

// wrapped writes text in lines below first, each indented as far as first is.
func (p *printer) wrapped(first, text string) {
	indent := utf8.RuneCountInString(first)
	at := indent
	var b strings.Builder
	b.WriteString(first)
	for i, w := range strings.Fields(text) {
		n := utf8.RuneCountInString(w)
		switch {
		case i == 0:
		case at+1+n > p.wide():
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(w)
		at += n
	}
	p.line("%s", strings.TrimRight(b.String(), " "))
}

// heading names a paragraph and what it does.
func (p *printer) heading(first, cite, what string) {
	if utf8.RuneCountInString(first+cite+what)+2 > p.wide() {
		p.wrapped(first, p.strong(cite)+" "+what)
		return
	}
	p.line("%s%s  %s", first, p.strong(cite), what)
}

var headline = map[navicert.Verdict]string{
	navicert.MayGo:           "MAY GO",
	navicert.OpenVerdict:     "OPEN: facts are missing, or a person must decide",
	navicert.LicenseRequired: "STOP: a license is required",
	navicert.Prohibited:      "STOP: prohibited",
}

func (p *printer) decision(d *navicert.Decision, open string) {
	p.line("%s", p.strong(headline[d.Verdict]))
	if d.Verdict == navicert.OpenVerdict && open == "refuse" {
		p.line("refused: an open answer counts as a refusal here (--open=refuse)")
	}
	p.line("%s, by the law of %s", cmp.Or(d.File, "the deal"), d.Day)
	p.cases(d.Cases)
	if len(d.Hits) > 0 {
		p.line("\n%s", p.strong("Found on a list")+" (! counts, ? must be settled, - is shown alone)")
		for _, h := range d.Hits {
			mark := "  - "
			switch { // it counts, a person must settle it, or it is only shown
			case h.States:
				mark = "  ! "
			case h.Open:
				mark = "  ? "
			}
			p.wrapped(mark, h.Note)
		}
	}
	if len(d.Settle) > 0 {
		p.line("\n%s", p.strong("To settle before the deal may go"))
		for i, t := range d.Settle {
			p.wrapped(fmt.Sprintf("  %d ", i+1), t)
		}
	}
	p.line("\n%s", p.strong("What was checked"))
	p.line("  law      data %.12s, edition of %s %.12s", d.Checked.Law, d.Day, d.Checked.Edition)
	for _, id := range d.Checked.Overlay {
		p.wrapped("  overlay  ", p.overlay(id, d.Day))
	}
	for _, c := range d.Cleared {
		p.wrapped("  cleared  ", fmt.Sprintf("%q is not %s, says %s on %s until %s: %s", c.Name, c.Entity, c.By, c.On, c.Expires, c.Reason))
	}
	for _, s := range d.Checked.Lists {
		p.wrapped("  lists    ", s)
	}
	for _, n := range d.Notices {
		if !slices.Contains(d.Settle, n) {
			p.wrapped("  note     ", n)
		}
	}
	p.notCovered()
}

// notCovered says what the answer leaves out: paragraphs of the sections that
// were asked, and everything that no section here is about.
func (p *printer) notCovered() {
	n := map[navicert.Body]int{}
	for i := range p.l.Sections {
		for _, c := range p.l.Sections[i].Coverage {
			if c.Is == "not covered" {
				n[p.l.Sections[i].Body]++
			}
		}
	}
	p.wrapped("  not      ", fmt.Sprintf("Not covered: %d places in the EAR, %d in OFAC's and %d in the UN's rules, which navicert law coverage names with "+
		"the reasons; lists that are not named above; the law of other countries. This is not legal advice.", n[navicert.EAR], n[navicert.OFAC], n[navicert.UN]))
}

// summary repeats the verdicts of several deals, one a line, in their order.
func (p *printer) summary(files []string, said map[string]string) {
	p.line("\n%s", p.strong(fmt.Sprintf("%d deals", len(files))))
	wide := 0
	for _, f := range files {
		wide = max(wide, min(utf8.RuneCountInString(f), 50))
	}
	for _, f := range files {
		p.line("  %-*s  %s", wide, f, said[f])
	}
}

// overlay says whether a paragraph of --with has changed the law of the day.
func (p *printer) overlay(id string, day navicert.Day) string {
	for i := range p.l.Entries {
		if e := &p.l.Entries[i]; e.ID == id && e.Since <= day && day <= e.Until && !e.Operative() {
			return fmt.Sprintf("%s (%s, %s) applied as if in force", id, e.Cite, e.Status)
		}
	}
	return fmt.Sprintf("%s changes nothing: on %s it is in force as it is, or does not stand at all", id, day)
}

// cases prints each answer once, under all the cases that share it.
func (p *printer) cases(cs []navicert.CaseDecision) {
	shared := map[*navicert.Answer][]int{}
	for i := range cs {
		a := &cs[i].Answers[0]
		shared[a] = append(shared[a], i)
	}
	for i := range cs {
		a := &cs[i].Answers[0]
		group := shared[a]
		if group[0] != i {
			continue
		}
		p.line("")
		for n, k := range group {
			if n == shown && len(group) > shown+1 {
				p.line("and %d more cases with the same facts; --json lists them all", len(group)-n)
				break
			}
			label := cs[k].Label
			if len(cs) > 1 {
				label += ": " + headline[cs[k].Verdict]
			}
			p.line("%s", p.strong(label))
		}
		for k := range cs[i].Answers {
			p.answer(&cs[i].Answers[k])
		}
	}
}

func (p *printer) answer(a *navicert.Answer) {
	p.line("")
	p.wrapped(fmt.Sprintf("  %-5s ", a.Body), p.strong(p.outcomes(a)))
	p.reasons(slices.Concat(a.Reasons, a.Review, a.Warnings))
	if a.Recalled {
		p.wrapped("    ", "Caution: a paragraph above rests on text that was recalled, not checked against the official text.")
	}
	if a.Cut {
		p.wrapped("    ", "Too many facts are missing for an exact answer; state more, or use --ask.")
	}
	p.asks(a)
	for _, q := range a.Alike {
		p.wrapped("    § ", "The same under both readings: "+q.Ask+" ["+q.Term+"]")
	}
	p.trace(a)
}

// outcomes says the outcome in the words of the field.
func (p *printer) outcomes(a *navicert.Answer) string {
	if len(a.Outcomes) == 1 {
		s := p.outcome(a.Outcomes[0])
		if a.Body == navicert.UN && a.Outcomes[0] == "clear" {
			s += " (resolution 1718, North Korea; other UN sanctions are not asked)"
		}
		return strings.ToUpper(s[:1]) + s[1:]
	}
	var parts []string
	for _, o := range a.Outcomes {
		parts = append(parts, p.outcome(o))
	}
	s := "Open: " + strings.Join(parts[:len(parts)-1], ", ") + " or " + parts[len(parts)-1]
	if len(parts) > 4 {
		s = fmt.Sprintf("Open: %d outcomes are possible", len(parts))
	}
	return s + "; the strictest is: " + p.outcome(a.Stricter)
}

var outcomeWords = map[string]string{
	"NLR":              "no license required (NLR)",
	"clear":            "no prohibition found",
	"not_an_export":    "not an export",
	"not_subject":      "not subject to the EAR",
	"needs_person":     "a person must decide",
	"not_covered":      "not covered by this product",
	"license_required": "license required",
	"prohibited":       "prohibited",
}

func (p *printer) outcome(o string) string {
	if w, ok := outcomeWords[o]; ok {
		return w
	}
	sym := strings.TrimPrefix(o, "exception:")
	for _, x := range p.l.Exceptions {
		if x.Symbol == sym {
			return fmt.Sprintf("License Exception %s (%s)", strings.SplitN(sym, ".", 2)[0], x.Name)
		}
	}
	return o
}

// reasons prints what holds in full, and counts what may yet apply.
func (p *printer) reasons(rs []navicert.Reason) {
	may := 0
	for i := range rs {
		r := &rs[i]
		if r.Holds != "open" {
			p.reason(r)
			continue
		}
		if strings.HasPrefix(r.Effect, "defines") {
			continue // the question about it stands below
		}
		if may++; may <= shown {
			p.heading("    ? ", r.Cite.Cite, "may apply: "+r.Effect)
		}
	}
	if may > shown {
		p.line("      and %d more paragraphs may apply; --explain shows every one", may-shown)
	}
}

func (p *printer) reason(r *navicert.Reason) {
	mark := map[string]string{"yes": "+", "no": "-"}[r.Holds]
	what := r.Effect
	switch {
	case r.Lifted:
		what = "does not apply, an exception lifts it: " + what
	case r.Holds == "no":
		what = "does not apply: " + what
	}
	term, defines := strings.CutPrefix(what, "defines ")
	if defines {
		what = "meets a definition"
	}
	p.heading("    "+mark+" ", r.Cite.Cite, what)
	p.wrapped("        ", r.Says)
	if defines {
		p.wrapped("        definition: ", p.means(term))
	}
	if r.Holds == "no" && !r.Lifted {
		return // it is enough to have named it
	}
	source := r.Evidence
	if r.Status != "" {
		source = r.Status + "; " + source
	}
	since := sinceDay(r.Since)
	if r.Cite.Source != "unknown" {
		since += ", " + r.Cite.Source
	}
	p.line("        %s; %s", source, since)
	p.line("        %s", r.Cite.URL)
}

func sinceDay(d navicert.Day) string {
	if d <= navicert.FirstDay {
		return "since before the cyber rule"
	}
	return "since " + d.String()
}

// means says what a derived term stands for, in words.
func (p *printer) means(term string) string {
	for i := range p.l.Terms {
		if t := &p.l.Terms[i]; t.Name == term && t.Means != "" {
			return t.Means
		}
	}
	return term
}

// shown is how many questions are printed; the rest is counted.
const shown = 12

func (p *printer) asks(a *navicert.Answer) {
	if len(a.Open) == 0 {
		return
	}
	if a.Next != nil {
		p.wrapped("    Ask next: ", fmt.Sprintf("%s [%s]", p.strong(a.Next.Ask), a.Next.Term))
		for _, c := range a.Next.Answers {
			p.wrapped("      ", fmt.Sprintf("%s: %s", p.values(c.Values), p.leadsTo(c.Outcomes)))
		}
	}
	p.questions("Nobody has stated these facts; each could change the answer:", "? ", a.Open, false)
	p.questions("Two readings of the law are tenable; each could change the answer:", "§ ", a.Open, true)
}

func (p *printer) questions(title, mark string, qs []navicert.Ask, ofLaw bool) {
	n := 0
	for _, q := range qs {
		if q.OfLaw != ofLaw {
			continue
		}
		if n++; n == 1 {
			p.line("    %s", title)
		}
		if n > shown {
			continue
		}
		text := fmt.Sprintf("%s [%s]", q.Ask, q.Term)
		if ofLaw {
			text += fmt.Sprintf(" %s (%s)", q.Means, q.Cite)
		}
		p.wrapped("      "+mark, text)
	}
	if n > shown {
		p.line("      and %d more; --ask puts them in the order that settles most, --json lists them all", n-shown)
	}
}

func (p *printer) leadsTo(outcomes []string) string {
	if len(outcomes) > 4 {
		return fmt.Sprintf("%d outcomes stay possible", len(outcomes))
	}
	return p.joined(outcomes, ", or ")
}

func (p *printer) joined(outcomes []string, word string) string {
	outs := make([]string, len(outcomes))
	for i, o := range outcomes {
		outs[i] = p.outcome(o)
	}
	return strings.Join(outs, word)
}

// values shortens long lists of countries or kinds.
func (p *printer) values(vs []string) string {
	if len(vs) == 1 {
		switch vs[0] {
		case "true":
			return "yes"
		case "false":
			return "no"
		}
	}
	if len(vs) > 6 {
		return strings.Join(vs[:5], ", ") + fmt.Sprintf(" and %d others", len(vs)-5)
	}
	return strings.Join(vs, ", ")
}

func (p *printer) trace(a *navicert.Answer) {
	if len(a.Trace) == 0 {
		return
	}
	p.line("    Every paragraph of the day:")
	for _, r := range a.Trace {
		s := fmt.Sprintf("      %-5s %-26s %s", r.Holds, r.Cite.Cite, r.Effect)
		if r.Lifted {
			s += " (lifted)"
		}
		if r.Status != "" {
			s += " (" + r.Status + ")"
		}
		if len(r.Missing) > 0 {
			s += "; hangs on " + strings.Join(r.Missing, ", ")
		}
		p.line("%s", s)
	}
}
