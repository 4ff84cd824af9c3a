package list

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"navicert"
)

// The embedded form: one record a line, fields parted by tabs. L is the list,
// P a part, E an entry, A N C G one of its aliases, its note, one of its
// countries or programs, W a wallet.
const tsvForm = "navicert-list/1"

func encode(out io.Writer, l *List) error {
	w := bufio.NewWriter(out)
	line := func(fields ...any) { // a fault stays with w until Flush
		_, _ = w.WriteString(strings.Join(asText(fields), "\t") + "\n")
	}
	line("L", tsvForm, l.Name, l.Title, l.Date, l.Hash)
	for _, p := range l.Parts {
		line("P", p.Name, p.Date)
		for _, e := range l.Entries {
			if e.Part != p.Name {
				continue
			}
			line("E", e.ID, e.Name, e.Kind, e.Role, e.Authority, e.Listed, e.Delisted, e.UID,
				e.Source, e.Evidence, e.Dates, e.Outsider)
			each := func(kind string, texts []string) {
				for _, t := range texts {
					line(kind, t)
				}
			}
			each("A", e.Aliases)
			each("C", e.Countries)
			each("G", e.Programs)
			if e.Note != "" {
				line("N", e.Note)
			}
			for _, a := range e.Wallets {
				line("W", a.Asset, a.Address, a.Listed, a.Delisted)
			}
		}
	}
	return w.Flush()
}

func asText(fields []any) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = fmt.Sprint(f)
	}
	return out
}

// widths is how many fields each kind of record has.
var widths = map[string]int{"L": 6, "P": 3, "E": 13, "A": 2, "C": 2, "G": 2, "N": 2, "W": 5}

func decode(s string) (*List, error) {
	l, e := &List{}, (*Entry)(nil)
	for n := 1; s != ""; n++ {
		var line string
		line, s, _ = strings.Cut(s, "\n")
		f := strings.Split(line, "\t")
		if widths[f[0]] != len(f) || n == 1 != (f[0] == "L") || e == nil && strings.Contains("ACGNW", f[0]) ||
			f[0] == "E" && len(l.Parts) == 0 {
			return nil, fmt.Errorf("line %d: not a record that can stand here: %q", n, line)
		}
		var d dayReader
		switch f[0] {
		case "L":
			if f[1] != tsvForm {
				return nil, fmt.Errorf("line 1: form %q, expected %q", f[1], tsvForm)
			}
			l.Name, l.Title, l.Date, l.Hash = f[2], f[3], d.day(f[4]), f[5]
		case "P":
			l.Parts = append(l.Parts, Part{Name: f[1], Date: d.day(f[2])})
		case "E":
			p := &l.Parts[len(l.Parts)-1]
			e = &Entry{
				Part: p.Name, AsOf: p.Date, ID: f[1], Name: f[2], Kind: f[3], Role: f[4], Authority: f[5],
				Listed: d.day(f[6]), Delisted: d.day(f[7]), UID: f[8], Source: f[9], Evidence: f[10], Dates: f[11],
				Outsider: f[12] == "true",
			}
			l.Entries = append(l.Entries, e)
			p.Entries++
		case "A":
			e.Aliases = append(e.Aliases, f[1])
		case "C":
			e.Countries = append(e.Countries, f[1])
		case "G":
			e.Programs = append(e.Programs, f[1])
		case "N":
			e.Note = f[1]
		case "W":
			e.Wallets = append(e.Wallets, EntryWallet{f[1], f[2], d.day(f[3]), d.day(f[4])})
		}
		if d.err != nil {
			return nil, fmt.Errorf("line %d: %w", n, d.err)
		}
	}
	if l.Hash == "" {
		return nil, fmt.Errorf("empty")
	}
	return l, nil
}

// dayReader keeps the first fault of a line.
type dayReader struct{ err error }

func (r *dayReader) day(s string) (d navicert.Day) {
	if err := d.UnmarshalText([]byte(s)); err != nil && r.err == nil {
		r.err = err
	}
	return d
}
