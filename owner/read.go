package owner

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"navicert"
)

// The bounds of an ownership file.
const (
	maxBytes  = 256 << 20
	maxShares = 5_000_000
	maxText   = 2000 // bytes of a name
	maxFaults = 20
)

// columns are those of the file; the first three must be there.
var columns = []string{"owner", "owned", "percent", "since", "until", "source"}

// Read reads a CSV file with a header of owner, owned, percent, and optionally
// since, until and source. An empty percent is unknown; "25-50" lies between.
// Faults are told together, each with its line.
func Read(file string, in io.Reader) ([]Share, error) {
	limited := &io.LimitedReader{R: in, N: maxBytes + 1}
	c := csv.NewReader(limited)
	c.ReuseRecord, c.FieldsPerRecord = true, -1
	r := reader{file: file}
	head, err := c.Read()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = navicert.Errors{{File: file, Line: 1, What: "the file is empty", Want: "a header: " + strings.Join(columns, ",")}}
		}
		return nil, r.broken(err)
	}
	at := r.header(head)
	for len(r.errs) == 0 || len(r.errs) < maxFaults && at != nil {
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, r.broken(err)
		}
		r.line, _ = c.FieldPos(0)
		if len(rec) != len(head) {
			r.fault(fmt.Sprintf("the line has %d fields", len(rec)), fmt.Sprintf("%d, as the header has", len(head)), "put a text that holds a comma in quotes")
			continue
		}
		if len(r.out) == maxShares {
			r.fault("the file holds too many shares", fmt.Sprintf("at most %d", maxShares), "split the file")
			break
		}
		r.share(rec, at)
	}
	if limited.N == 0 {
		r.errs = append(r.errs, &navicert.Error{File: file, What: fmt.Sprintf("the file is larger than %d MiB", maxBytes>>20)})
	}
	r.twice()
	if len(r.errs) > 0 {
		return nil, r.errs
	}
	return r.out, nil
}

type reader struct {
	file string
	line int
	errs navicert.Errors
	out  []Share
}

func (r *reader) fault(what, want, hint string) {
	r.errs = append(r.errs, &navicert.Error{File: r.file, Line: r.line, What: what, Want: want, Hint: hint})
}

// broken puts what the CSV reader says into words.
func (r *reader) broken(err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return append(r.errs, &navicert.Error{File: r.file, Line: p.Line, What: "the line cannot be read: " + p.Err.Error(), Hint: "write a quote inside a text twice"})
	}
	return err
}

func (r *reader) header(head []string) map[string]int {
	r.line = 1
	at := map[string]int{}
	for i, h := range head {
		if i == 0 {
			h = strings.TrimPrefix(h, "\ufeff")
		}
		h = strings.ToLower(strings.TrimSpace(h))
		if _, ok := at[h]; ok || !slices.Contains(columns, h) {
			r.fault(fmt.Sprintf("column %.50q stands twice or is not known", h), strings.Join(columns, ","), "")
		}
		at[h] = i
	}
	for _, c := range columns[:3] {
		if _, ok := at[c]; !ok {
			r.fault(fmt.Sprintf("the header has no column %q", c), strings.Join(columns, ","), "")
		}
	}
	if len(r.errs) > 0 {
		return nil
	}
	return at
}

func (r *reader) share(rec []string, at map[string]int) {
	before := len(r.errs)
	get := func(c string) string {
		i, ok := at[c]
		if !ok {
			return ""
		}
		s := strings.TrimSpace(rec[i])
		if len(s) > maxText || !utf8.ValidString(s) {
			r.fault(c+" is no text, or too long", fmt.Sprintf("UTF-8 of at most %d bytes", maxText), "")
			return ""
		}
		return s
	}
	s := Share{Owner: get("owner"), Owned: get("owned"), Source: get("source"), Until: navicert.Forever}
	for c, v := range map[string]string{"owner": s.Owner, "owned": s.Owned} {
		if v == "" && len(r.errs) == before {
			r.fault(c+" is empty", "a name, or the ID of a listed entity", "")
		}
	}
	day := func(c string, d *navicert.Day) {
		if v := get(c); v != "" {
			var err error
			if *d, err = navicert.ParseDay(v); err != nil {
				r.fault(c+": "+err.Error(), "", "")
			}
		}
	}
	s.Since = navicert.MinDay
	day("since", &s.Since)
	day("until", &s.Until)
	if s.Until < s.Since {
		r.fault(fmt.Sprintf("the share ends on %s, before it begins on %s", s.Until, s.Since), "", "")
	}
	var err error
	if s.Low, s.High, err = parseRange(get("percent")); err != nil {
		r.fault("percent: "+err.Error(), `a number from 0 to 100, a range such as "25-50", or nothing when it is not known`, "")
	}
	if len(r.errs) == before {
		s.Where = navicert.Place(r.file, r.line, 0)
		r.out = append(r.out, s)
	}
}

// twice refuses two statements of one share for one day: added they would
// count double, and to choose one would be a guess.
func (r *reader) twice() {
	order := make([]int, len(r.out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &r.out[i], &r.out[j]
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Owned, b.Owned), cmp.Compare(a.Since, b.Since))
	})
	for k := 1; k < len(order) && len(r.errs) < maxFaults; k++ {
		a, b := &r.out[order[k-1]], &r.out[order[k]]
		if a.Owner == b.Owner && a.Owned == b.Owned && b.Since <= a.Until {
			r.errs = append(r.errs, &navicert.Error{
				What: fmt.Sprintf("%s: the share of %.80q in %.80q is stated already at %s for the same days", b.Where, b.Owner, b.Owned, a.Where),
				Hint: "add up several lots, or part them by since and until",
			})
		}
	}
}

func parseRange(s string) (low, high Percent, err error) {
	s = strings.TrimSpace(strings.TrimSuffix(s, "%"))
	if s == "" {
		return 0, Whole, nil
	}
	a, b, ranged := strings.Cut(s, "-")
	if low, err = parsePercent(a); err == nil && ranged {
		high, err = parsePercent(b)
	} else {
		high = low
	}
	if err == nil && high < low {
		err = fmt.Errorf("%q ends below where it begins", s)
	}
	return low, high, err
}

// parsePercent reads a number from 0 to 100 with at most six decimals.
func parsePercent(s string) (Percent, error) {
	whole, part, dot := strings.Cut(strings.TrimSpace(s), ".")
	if whole == "" || len(whole) > 3 || len(part) > 6 || dot && part == "" || strings.Trim(whole+part, "0123456789") != "" {
		return 0, fmt.Errorf("%.40q is not a number from 0 to 100 with at most six decimals", s)
	}
	n := Percent(0)
	for _, c := range []byte(whole + part + strings.Repeat("0", 6-len(part))) {
		n = n*10 + Percent(c-'0')
	}
	if n > Whole {
		return 0, fmt.Errorf("%s is more than 100", s)
	}
	return n, nil
}
