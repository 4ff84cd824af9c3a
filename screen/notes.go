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
	b.WriteString(", source " + printable(sourceOf(h.List, e)))
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
			first = "some day up to " + first
		case h.Span.After != h.Span.By-1:
			first = fmt.Sprintf("a day after %s and up to %s", h.Span.After, first)
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
			gone = fmt.Sprintf("a day after %s and up to %s", h.Removed.After, h.Removed.By)
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

// settle says what a person can compare, and how a firm clears the name.
func (s *finding) settle(h *Hit) string {
	e := h.Entity
	var compare []string
	if e.Kind == list.KindPerson {
		for _, d := range e.Dates {
			if d.Kind == list.Birth && len(compare) < 2 {
				compare = append(compare, "born "+dateText(d))
			}
		}
	}
	seen := map[string]bool{}
	for _, c := range e.Countries {
		if c.Code != "" && !seen[c.Code] && len(seen) < 4 {
			seen[c.Code] = true
		}
	}
	if len(seen) > 0 {
		var cs []string
		for c := range seen {
			cs = append(cs, c)
		}
		slices.Sort(cs)
		compare = append(compare, "countries "+strings.Join(cs, ", "))
	}
	for i, d := range e.Documents {
		if i < 2 {
			compare = append(compare, printable(strings.TrimSpace(d.Kind+" "+d.Number)))
		}
	}
	out := "it states nothing, and what was attested of this list does not count until a person settles it."
	if len(compare) > 0 {
		out += " Compare: " + strings.Join(compare, "; ") + "."
	}
	if c := s.Tuning.lapsed(cmp.Or(h.within, h.Asked), e, s.day); c != nil {
		out += fmt.Sprintf(" %s cleared it on %s, which counted until %s.", printable(c.By), c.On, c.Expires)
	}
	return out + fmt.Sprintf(" If it is somebody else, clear it in the tuning file: {name: %q, entity: %s, reason, by, on, expires}.", printable(cmp.Or(h.within, h.Asked)), e.ID)
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
