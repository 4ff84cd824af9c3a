package main

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"navicert/name"
)

// millions of people by country, rounded: a rank says little without them.
var millions = map[string]float64{
	"AR": 46, "AT": 9, "AU": 26, "AZ": 10, "BA": 3, "BD": 170, "BE": 12, "BG": 7, "BO": 12, "BR": 214, "BY": 9, "CA": 39, "CH": 9, "CL": 19,
	"CN": 1410, "CO": 52, "CR": 5, "CU": 11, "CZ": 10, "DE": 84, "DK": 6, "DO": 11, "DZ": 45, "EC": 18, "EG": 110, "ES": 47, "FI": 6, "FR": 66,
	"GB": 67, "GR": 10, "GT": 17, "HR": 4, "HT": 11, "HU": 10, "IE": 5, "IL": 9, "IN": 1420, "IQ": 44, "IR": 88, "IT": 59, "JO": 11, "JP": 125,
	"KG": 7, "KH": 17, "KR": 52, "KZ": 20, "LB": 5, "LK": 22, "LT": 3, "LV": 2, "LY": 7, "MA": 37, "MK": 2, "ML": 22, "MN": 3, "MX": 128,
	"MY": 34, "NL": 18, "NO": 5, "NP": 30, "NZ": 5, "PA": 4, "PE": 34, "PH": 115, "PK": 240, "PL": 38, "PR": 3, "PT": 10, "PY": 7, "RO": 19,
	"RS": 7, "RU": 144, "SA": 36, "SE": 10, "SI": 2, "SK": 5, "SV": 6, "TH": 70, "TJ": 10, "TN": 12, "TR": 85, "TW": 23, "UA": 40, "US": 333,
	"UY": 3, "VE": 28, "VN": 98, "XK": 2, "ZA": 60,
}

// people writes how common the words of people's names are. Where a source
// counts, its count is taken; where it ranks, the count is guessed from the
// rank and the country's size.
func people(dir, out string) error {
	bearers := map[string]float64{}
	var p name.Parser
	add := func(word string, n float64) {
		for _, t := range p.Parse(word).Readings[0].Tokens {
			if len(t.Text) > 1 && t.Class&(name.Particle|name.Number) == 0 {
				bearers[string(t.Text)] += n
			}
		}
	}
	for _, f := range []struct {
		file, rank, count string
		share, slope      float64
	}{
		{"common-surnames-by-country.cc0.csv.gz", "Rank", "Count", .012, .7},
		{"common-forenames-by-country.cc0.csv.gz", "Index", "", .006, .6},
	} {
		r, err := os.Open(filepath.Join(dir, f.file))
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }() // read only
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		c := csv.NewReader(z)
		c.FieldsPerRecord = -1
		head, err := c.Read()
		if err != nil {
			return err
		}
		at := map[string]int{}
		for i, h := range head {
			at[strings.TrimPrefix(h, "\ufeff")] = i
		}
		seen := map[string]bool{} // a country may have a name in several years
		for {
			rec, err := c.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				return fmt.Errorf("%s: %w", f.file, err)
			}
			country, word := rec[at["Country"]], rec[at["Romanized Name"]]
			rank, _ := strconv.ParseFloat(rec[at[f.rank]], 64)
			if word == "" || rank == 0 || seen[country+word] {
				continue
			}
			seen[country+word] = true
			n := 0.0
			if i, ok := at[f.count]; ok {
				n, _ = strconv.ParseFloat(rec[i], 64)
			}
			if n == 0 {
				m := millions[country]
				if m == 0 {
					m = 1
				}
				n = m * 1e6 * f.share / math.Pow(rank, f.slope)
			}
			add(word, n)
		}
	}
	own, err := os.ReadFile(filepath.Join(out, "common-own.txt"))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(own)) {
		label, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		m, err := strconv.ParseFloat(label, 64)
		if !ok || err != nil {
			continue
		}
		for w := range strings.FieldsSeq(words) {
			if n := m * 1e6; bearers[w] < n {
				bearers[w] = n
			}
		}
	}
	levels := map[int][]string{}
	for w, n := range bearers {
		l := min(255, max(1, int(math.Round(4*math.Log2(n/1000)))))
		levels[l] = append(levels[l], w)
	}
	var b strings.Builder
	fmt.Fprintln(&b, "# Made by name/gen (see README.md): four steps to a doubling, 0 is a thousand people; the words of that level.")
	var order []int
	for l := range levels {
		order = append(order, l)
	}
	slices.Sort(order)
	for _, l := range order {
		slices.Sort(levels[l])
		fmt.Fprintf(&b, "%d: %s\n", l, strings.Join(levels[l], " "))
	}
	return os.WriteFile(filepath.Join(out, "common.txt"), []byte(b.String()), 0o644)
}
