package screen

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
)

func round(f float32) float64 { return math.Round(float64(f)*1000) / 1000 }

// since is the first day of listing that the source states.
func since(e *list.Entity) string {
	for _, l := range e.Listings {
		if l.Since != 0 {
			return l.Since.String()
		}
	}
	return ""
}

// sourceOf says where an entity's entry stands.
func sourceOf(l *List, e *list.Entity) string {
	for _, li := range e.Listings {
		if len(li.Notices) > 0 {
			return strings.Join(li.Notices, "; ")
		}
	}
	return fmt.Sprintf("%s of %s, %s", l.Source, l.Date, e.ID)
}

// sourceText is sourceOf for a sentence: of many notices the first ones.
func sourceText(l *List, e *list.Entity) string {
	all := strings.Split(sourceOf(l, e), "; ")
	if n := len(all) - 3; n > 1 {
		return printable(strings.Join(all[:3], "; ")) + fmt.Sprintf(" and %d more", n)
	}
	return printable(strings.Join(all, "; "))
}

// note tells a hit in one sentence.
func (s *finding) note(h *Hit, m *said) string {
	e := h.Entity
	var b strings.Builder
	main := printable(e.Names[0].Text)
	asked := `"` + printable(h.Asked) + `"`
	as := ""
	if h.Listed != "" && h.Listed != e.Names[0].Text {
		as = fmt.Sprintf(" (alias %q)", printable(h.Listed))
	}
	switch {
	case h.How == "identifier":
		fmt.Fprintf(&b, "a number of %s is that of %s", label(s.p), main)
	case h.Grade == Same:
		fmt.Fprintf(&b, "%s is %s%s", asked, main, as)
	case h.Grade == Contradicted:
		fmt.Fprintf(&b, "%s has the name of %s%s, but %s", asked, main, as, s.against(h))
	default:
		fmt.Fprintf(&b, "%s may be %s%s, similarity %s, completeness %s, score %.1f", asked, main, as,
			percent(h.Similarity), percent(h.Completeness), h.Score)
		if h.unsure != "" {
			b.WriteString(" (" + h.unsure + ")")
		}
	}
	b.WriteString(", " + s.days(h))
	if ps := e.Programs; len(ps) > 0 {
		fmt.Fprintf(&b, " (%s)", printable(strings.Join(ps, ", ")))
	}
	b.WriteString(", source " + sourceText(h.List, e))
	for _, n := range e.Notes {
		if n == list.Recalled {
			b.WriteString(" [recalled]")
		}
	}
	if m.why != "" {
		b.WriteString("; " + m.why)
	}
	return b.String()
}

// against names what contradicts a name.
func (s *finding) against(h *Hit) string {
	var out []string
	for i := range h.Effects {
		if f := &h.Effects[i]; Contradicts(f) {
			out = append(out, f.Says)
		}
	}
	return strings.Join(out, ", ")
}

// days says on what list, and since when.
func (s *finding) days(h *Hit) string {
	e := h.Entity
	var on []string
	first := ""
	for _, l := range e.Listings {
		if l.List == list.DPRKCyber {
			continue
		}
		if t := title(h.List.Authority, l.List); !slices.Contains(on, t) {
			on = append(on, t)
		}
		if first == "" && l.Since != 0 {
			first = l.Since.String()
			if slices.Contains(e.Notes, list.RecalledDays) {
				first += " [day recalled]"
			}
		}
	}
	if first == "" && h.Span.By != 0 {
		first = h.Span.By.String()
		switch {
		case h.Span.After == 0:
			first += " or before"
		case h.Span.After != h.Span.By-1:
			first = fmt.Sprintf("some day from %s to %s", h.Span.After+1, first)
		}
	}
	lists := strings.Join(on, " and ")
	if lists == "" {
		lists = "the list " + h.List.Source
	}
	switch h.When {
	case Later:
		return fmt.Sprintf("on %s only since %s, after the day of this deal", lists, first)
	case Earlier:
		gone, until := "", navicert.Day(0)
		for _, l := range e.Listings {
			if l.Until != 0 {
				gone, until = (l.Until + 1).String(), l.Until
			}
		}
		switch {
		case h.Removed.By == 0:
		case h.Removed.After == h.Removed.By-1:
			gone = h.Removed.By.String()
		default:
			gone = fmt.Sprintf("some day from %s to %s", h.Removed.After+1, h.Removed.By)
		}
		if until != 0 && h.List.Source != list.DPRKCyber { // an end that was set beforehand
			return fmt.Sprintf("on %s from %s until %s, no longer listed on the day of this deal", lists, first, until)
		}
		return fmt.Sprintf("on %s from %s, taken off on %s, no longer listed on the day of this deal", lists, first, gone)
	case Between:
		if h.lapsed != 0 {
			return fmt.Sprintf("on %s from %s until %s, as the edition of %s says: whether it was renewed is not known", lists, first, h.lapsed, h.List.Date)
		}
		if h.Span.After != 0 {
			return fmt.Sprintf("on %s since %s: on the day of this deal it is not known", lists, first)
		}
		return fmt.Sprintf("on %s in the edition of %s: for the day of this deal there is none", lists, h.List.Date)
	}
	if first == "" {
		return fmt.Sprintf("on %s in the edition of %s", lists, h.List.Date)
	}
	return fmt.Sprintf("on %s since %s", lists, first)
}

// settle says what a person is to do about a hit that may be the party: what
// to ask and compare, what to state if it is, and how a firm clears the name.
func (s *finding) settle(h *Hit, m *said) string {
	e := h.Entity
	who, listed := printable(cmp.Or(h.within, h.Asked)), fmt.Sprintf("%s (%s)", printable(e.Names[0].Text), e.ID)
	var b strings.Builder
	switch {
	case h.Grade == Same:
		fmt.Fprintf(&b, "Find out whether %s was listed on %s, which the editions kept here leave open: navicert lists add takes older ones.", listed, s.day)
	case h.crowd && s.p.Born == "":
		fmt.Fprintf(&b, "Settle whether %q is %s: ask for the date of birth and state it (birth_date), and a number (identifiers) or the address.", who, listed)
	default:
		fmt.Fprintf(&b, "Settle whether %q is %s.", who, listed)
	}
	if c := compare(e); c != "" && h.Grade != Same {
		fmt.Fprintf(&b, " Compare: %s.", c)
	}
	if c := s.Tuning.lapsed(cmp.Or(h.within, h.Asked), e, s.day); c != nil {
		fmt.Fprintf(&b, " %s cleared it on %s, which counted until %s.", printable(c.By), c.On, c.Expires)
	}
	if all := append(slices.Clone(m.terms), m.doubts...); len(all) > 0 {
		b.WriteString(" If it is, state " + strings.Join(all, " and ") + " as true.")
	}
	switch {
	case h.Grade == Same:
	case h.numbered:
		b.WriteString(" A number is the same, so that the name cannot be cleared: correct the number if it is a slip.")
	default:
		fmt.Fprintf(&b, " If it is somebody else, clear it in the tuning file: {name: %q, entity: %s, reason, by, on, expires}.", who, e.ID)
	}
	return b.String() + " Until then what was attested of that list does not count."
}

// compare is what an entry says of somebody beside names.
func compare(e *list.Entity) string {
	var out []string
	if e.Kind != list.KindOrganization {
		for _, t := range Births(e) {
			if len(out) < 2 {
				out = append(out, "born "+t)
			}
		}
	}
	var codes []string
	for _, c := range e.Countries {
		if c.Code != "" && !slices.Contains(codes, c.Code) && len(codes) < 4 {
			codes = append(codes, c.Code)
		}
	}
	if len(codes) > 0 {
		slices.Sort(codes)
		out = append(out, "countries "+strings.Join(codes, ", "))
	}
	for i, d := range e.Documents {
		if i < 2 {
			out = append(out, printable(strings.TrimSpace(d.Kind+" "+d.Number)))
		}
	}
	for _, a := range e.Addresses {
		if t := printable(addressText(&a)); t != "" {
			out = append(out, "address "+t)
			break
		}
	}
	return strings.Join(out, "; ")
}

func addressText(a *list.Address) string {
	if a.Text != "" {
		return a.Text
	}
	var out []string
	for _, t := range []string{a.Street, a.City, a.State, a.Country} {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, ", ")
}

// Births writes an entity's dates of birth.
func Births(e *list.Entity) (out []string) {
	for _, d := range e.Dates {
		if t := dateText(d); d.Kind == list.Birth && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// dateText writes a date as exactly as it is known.
func dateText(d list.Date) string {
	t := d.Text
	switch from, to := d.From.String(), d.To.String(); {
	case d.From == 0 && d.To == 0 && t != "":
		return printable(t)
	case d.From == d.To:
		t = from
	case strings.HasSuffix(from, "-01-01") && strings.HasSuffix(to, "-12-31") && from[:4] == to[:4]:
		t = from[:4]
	default:
		t = from + " to " + to
	}
	if d.Circa {
		return "about " + t
	}
	return t
}
