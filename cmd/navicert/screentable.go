package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

func thousandth(f float32) float64 { return math.Round(float64(f)*1000) / 1000 }

func oneLine(ss []string) string { return strings.Join(ss, ", ") }

// clip makes a text of others fit for a column.
func clip(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > n {
		s = string([]rune(s)[:n-1]) + "…"
	}
	return s
}

// table prints hits for people, the best first.
func (r *result) table(w io.Writer, explain bool) {
	p := &printer{w: w}
	defer func() {
		for _, a := range r.Wallets {
			p.wrapped("  ", fmt.Sprintf("%s: %s; %s%s", clip(a.Address, 120), a.Listed, cmp.Or(a.Chain, "chain not known"), ", "+checked(a.Check)))
		}
	}()
	if len(r.Hits)+len(r.Other) == 0 {
		fmt.Fprintln(w, "No hit. That does not mean clean: see what was searched.")
		return
	}
	if len(r.Hits) > 0 {
		rows := [][]string{{"SCORE", "ALIKE", "WHOLE", "NAME AS LISTED", "ENTITY", "LIST", "SINCE", "PROGRAMS"}}
		for i := range r.Hits {
			h := &r.Hits[i]
			rows = append(rows, []string{
				fmt.Sprintf("%.1f", h.Score), fmt.Sprintf("%.0f %%", 100*h.Similarity), fmt.Sprintf("%.0f %%", 100*h.Completeness),
				clip(h.Listed, 42), h.Entity, clip(h.Source+" "+strings.Join(h.On, "+"), 30), h.day(), clip(strings.Join(h.Programs, " "), 30),
			})
		}
		wide := make([]int, len(rows[0]))
		for _, row := range rows {
			for c, s := range row {
				wide[c] = max(wide[c], utf8.RuneCountInString(s))
			}
		}
		for i, row := range rows {
			var b strings.Builder
			for c, s := range row {
				b.WriteString(s + strings.Repeat(" ", wide[c]-utf8.RuneCountInString(s)+2))
			}
			fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
			if i > 0 {
				h := &r.Hits[i-1]
				for _, l := range h.says(explain) {
					p.wrapped("       ", l)
				}
			}
		}
	}
	if r.More > 0 {
		fmt.Fprintf(w, "and %d more; --limit shows them\n", r.More)
	}
	for _, h := range r.Other {
		p.wrapped("  ", clip(strings.ToUpper(h.Note[:1])+h.Note[1:], 600))
	}
}

func checked(check string) string {
	if check == "valid" {
		return "checksum valid"
	}
	return check
}

// day is since when, as far as it bears on the day asked about.
func (h *found) day() string {
	day := h.Since
	if len(h.Between) == 2 {
		day = "by " + h.Between[1]
	}
	switch h.When {
	case "later":
		return "later: " + cmp.Or(day, "?")
	case "earlier":
		return "ended"
	case "unknown":
		return "unknown"
	}
	return cmp.Or(day, "-")
}

// says tells what the columns do not.
func (h *found) says(explain bool) []string {
	var out []string
	switch h.Grade {
	case "same":
		out = append(out, "the same "+map[string]string{"identifier": "number"}[h.How]+map[bool]string{true: "", false: "name"}[h.How == "identifier"])
	case "contradicted":
		out = append(out, "the same name, but something contradicts")
	}
	if h.Why != "" {
		out = append(out, "only possible: "+h.Why)
	}
	if h.Name != h.Listed {
		out = append(out, "alias of "+clip(h.Name, 80)+map[bool]string{true: " that the list calls weak"}[h.Weak])
	}
	if len(h.Born) > 0 {
		out = append(out, "born "+strings.Join(h.Born, " or "))
	}
	if len(h.Countries) > 0 {
		out = append(out, strings.Join(h.Countries, ", "))
	}
	if h.When == "unknown" && len(h.Between) == 2 {
		out = append(out, "listed between "+cmp.Or(h.Between[0], "an unknown day")+" and "+h.Between[1]+", so that it is not known for the day asked about")
	}
	if c := h.Cleared; c != nil {
		out = append(out, fmt.Sprintf("cleared by %s on %s until %s: %s", clip(c.By, 60), c.On, c.Expires, clip(c.Reason, 200)))
	}
	lines := []string{strings.Join(out, "; ")}
	if lines[0] == "" {
		lines = nil
	}
	if len(h.Evidence) > 0 {
		lines = append(lines, strings.Join(h.Evidence, "; "))
	}
	if explain {
		for _, w := range h.Words {
			lines = append(lines, "- "+w)
		}
	}
	return lines
}
