package ftm

import (
	"fmt"
	"strconv"
	"time"

	"navicert"
	"navicert/list"
)

// maxYears is the longest span of a date that is written year by year: a
// date here is a day, a month or a year, and never a span.
const maxYears = 20

// dates writes d: one value, or each year that it may be. Nothing for a date
// that could not be read or spans too much.
func dates(d list.Date) []string {
	if d.Text != "" && d.From == 0 && d.To == 0 || d.To < d.From {
		return nil
	}
	a, b := day(d.From), day(d.To)
	switch {
	case d.From == d.To:
		return []string{d.From.String()}
	case a.Day() == 1 && a.AddDate(0, 1, -1).Equal(b):
		return []string{a.Format("2006-01")}
	case b.Year()-a.Year() >= maxYears:
		return nil
	}
	var out []string
	for y := a.Year(); y <= b.Year(); y++ {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

// readDate reads a year, a month, a day or a time.
func readDate(kind list.DateKind, s string) list.Date {
	d := list.Date{Kind: kind}
	t, err := time.Parse("2006-01-02", s[:min(len(s), 10)])
	end := t
	if err != nil {
		if t, err = time.Parse("2006-01", s); err == nil {
			end = t.AddDate(0, 1, -1)
		} else if t, err = time.Parse("2006", s); err == nil {
			end = t.AddDate(1, 0, -1)
		}
	}
	if err != nil || t.Year() < 1000 || t.Year() > 2199 {
		d.Text = s
		return d
	}
	d.From, d.To = navicert.DayOf(t), navicert.DayOf(end)
	return d
}

// readDay reads the first day of a date, or 0.
func readDay(s string) navicert.Day { return readDate(list.Birth, s).From }

func day(d navicert.Day) time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// words writes a date that dates cannot write.
func words(d list.Date) string {
	if d.Text != "" {
		return d.Text
	}
	return fmt.Sprintf("%s to %s", d.From, d.To)
}
