package feed

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// One line for each ISO 3166-1 code: alpha-2, alpha-3, names as the lists
// write them, parted by semicolons. The order of words, "the", "of" and
// "and" do not matter: "Korea, North" is also "North Korea".
//
//go:embed country.txt
var countryText string

type countryTable struct {
	name map[string]string // by foldCountry
	raw  map[string]string // by the name as it stands, by alpha-3 and by alpha-2
}

var countries = sync.OnceValue(func() *countryTable {
	t := &countryTable{map[string]string{}, map[string]string{}}
	for line := range strings.Lines(countryText) {
		line = strings.TrimSpace(line)
		code, alpha3, names := line[:2], line[3:6], line[7:]
		t.raw[code], t.raw[alpha3] = code, code
		for _, n := range strings.Split(names, ";") {
			t.raw[n], t.name[foldCountry(n)] = code, code
		}
	}
	return t
})

var plainLetters = strings.NewReplacer("å", "a", "é", "e", "ç", "c", "ô", "o", "ü", "u", "ã", "a", "í", "i",
	".", "", "'", "", "’", "")

func foldCountry(s string) string {
	words := strings.FieldsFunc(plainLetters.Replace(strings.ToLower(s)), func(r rune) bool { return r < 'a' || r > 'z' })
	words = slices.DeleteFunc(words, func(w string) bool { return w == "the" || w == "of" || w == "and" })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// countryCode returns the ISO 3166-1 alpha-2 code of a country that a list
// names in words, by a demonym or by a code in upper case ("na" is
// "not available", not Namibia); empty if it is not known. A state
// that is no more, a region and "undetermined" have none.
func countryCode(s string) string {
	s = strings.TrimSpace(s)
	t := countries()
	if c, ok := t.raw[s]; ok || len(s) < 2 || len(s) > 100 {
		return c
	}
	if len(s) <= 3 && s == strings.ToLower(s) {
		return ""
	}
	return t.name[foldCountry(s)]
}

// CountryCode returns the ISO 3166-1 alpha-2 code of a country named in words
// or by a code; empty if it is not known.
func CountryCode(s string) string { return countryCode(s) }
