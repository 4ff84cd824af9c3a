package feed

import (
	"strconv"
	"strings"
	"time"

	"navicert"
	"navicert/list"
)

// span is the first and the last day that a date can be.
type span struct{ from, to navicert.Day }

// makeSpan makes a span of a year, a month (0: not known) and a day of it (0:
// not known). It refuses days that do not exist and years that cannot be meant.
func makeSpan(y, m, d int) (span, bool) {
	if y < 1900 || y > 2100 || m < 0 || m > 12 || d < 0 || d > 31 {
		return span{}, false
	}
	at := func(y, m, d int) navicert.Day {
		return navicert.DayOf(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
	}
	switch {
	case m == 0: // a day without its month says no more than the year
		return span{at(y, 1, 1), at(y, 12, 31)}, true
	case d == 0:
		return span{at(y, m, 1), at(y, m+1, 0)}, true
	case d > time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day():
		return span{}, false
	}
	return span{at(y, m, d), at(y, m, d)}, true
}

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// monthNumber knows months by their first three letters, 0: none.
func monthNumber(s string) int {
	if len(s) < 3 {
		return 0
	}
	i := strings.Index(monthNames, strings.ToLower(s[:3]))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

// number reads digits alone; letters that stand for an unknown part
// ("dd", "mm") and zeros are 0.
func number(s string) (int, bool) {
	switch strings.ToLower(s) {
	case "dd", "mm", "00", "0":
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && s[0] != '+'
}

// order is in which order a source writes numbers with slashes.
type order uint8

const (
	dayFirst   order = iota // 31/12/1962
	monthFirst              // 12/31/1962
)

// readSpan reads one day, month or year: "17 Feb 1974", "Feb 1974", "1974",
// "1974-02-17" with or without a time or zone, "17/02/1974", "dd/02/1974".
func readSpan(s string, o order) (span, bool) {
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' { // a time or a zone may follow
		if rest := s[10:]; rest == "" || rest[0] == 'T' || rest[0] == 'Z' || rest[0] == '+' || rest[0] == '-' || rest[0] == ' ' {
			s = s[:10]
		}
	}
	var part [3]string
	n, from := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != ' ' && s[i] != '-' && s[i] != '/' && s[i] != '.' && s[i] != ',' {
			continue
		}
		if i > from {
			if n == 3 {
				return span{}, false
			}
			part[n] = s[from:i]
			n++
		}
		from = i + 1
	}
	switch {
	case n == 1 && len(part[0]) == 4:
		y, ok := number(part[0])
		if !ok {
			return span{}, false
		}
		return makeSpan(y, 0, 0)
	case n == 2:
		if m := monthNumber(part[0]); m > 0 {
			part = [3]string{"0", strconv.Itoa(m), part[1]}
		} else if len(part[0]) == 4 {
			part = [3]string{"0", part[1], part[0]}
		} else {
			part = [3]string{"0", part[0], part[1]}
		}
	case n == 3 && len(part[0]) == 4:
		part[0], part[2] = part[2], part[0]
	case n == 3 && monthNumber(part[0]) > 0: // Feb 17, 1974
		part[0], part[1] = part[1], part[0]
	case n == 3 && o == monthFirst && monthNumber(part[1]) == 0:
		part[0], part[1] = part[1], part[0]
	case n != 3:
		return span{}, false
	}
	d, ok1 := number(part[0])
	m, ok2 := number(part[1])
	if w := monthNumber(part[1]); w > 0 {
		m, ok2 = w, true
	}
	y, ok3 := number(part[2])
	if !ok1 || !ok2 || !ok3 || len(part[2]) != 4 {
		return span{}, false
	}
	return makeSpan(y, m, d)
}

var circaWords = []string{"circa ", "approximately ", "approx. ", "approx ", "about ", "c. ", "ca. "}

// readDate reads a date as lists write it: all that readSpan reads, "circa
// 1962", "1958 to 1960", "01 Jan 1960 to 31 Dec 1962". What cannot be read, a
// year 3017 among it, is kept as Text; ok is false where no date is stated at all.
func readDate(kind list.DateKind, s string, o order) (d list.Date, ok bool) {
	s = squash(s)
	switch strings.ToLower(s) {
	case "", "-", "-0-", "unknown", "undetermined", "n/a", "na", "none", "not available", "9999-99-99", "0000-00-00", "00/00/0000", "dd/mm/yyyy":
		return d, false
	}
	d.Kind = kind
	rest := s
	for _, w := range circaWords {
		if len(rest) > len(w) && strings.EqualFold(rest[:len(w)], w) {
			rest, d.Circa = strings.TrimSpace(rest[len(w):]), true
		}
	}
	a, b, isRange := strings.Cut(rest, " to ")
	if !isRange {
		a, b, isRange = strings.Cut(rest, " - ")
	}
	if len(rest) > 8 && strings.EqualFold(rest[:8], "between ") {
		a, b, isRange = strings.Cut(rest[8:], " and ")
	}
	if !isRange && len(rest) == 9 && rest[4] == '-' { // 1958-1960
		a, b, isRange = rest[:4], rest[5:], true
	}
	if !isRange {
		b = a
	}
	for _, w := range circaWords { // circa 1958 to circa 1960
		if len(b) > len(w) && strings.EqualFold(b[:len(w)], w) {
			b, d.Circa = b[len(w):], true
		}
	}
	x, ok1 := readSpan(strings.TrimSpace(a), o)
	y, ok2 := readSpan(strings.TrimSpace(b), o)
	if !ok1 || !ok2 || y.to < x.from {
		return list.Date{Kind: kind, Text: s}, true
	}
	d.From, d.To = x.from, y.to
	return d, true
}

// readDay reads a whole day; ok is false for anything less.
func readDay(s string, o order) (navicert.Day, bool) {
	x, ok := readSpan(squash(s), o)
	return x.from, ok && x.from == x.to
}

// dayText writes a day as OFAC does: "17 Feb 1974".
func dayText(d navicert.Day) string {
	return time.Unix(int64(d)*86400, 0).UTC().Format("02 Jan 2006")
}
