package feed

import "unicode"

// scripts are those in which the lists write names, with their ISO 15924
// codes.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin},
	{"Cyrl", unicode.Cyrillic},
	{"Arab", unicode.Arabic},
	{"Hani", unicode.Han},
	{"Hang", unicode.Hangul},
	{"Hira", unicode.Hiragana},
	{"Kana", unicode.Katakana},
	{"Grek", unicode.Greek},
	{"Hebr", unicode.Hebrew},
	{"Armn", unicode.Armenian},
	{"Geor", unicode.Georgian},
	{"Ethi", unicode.Ethiopic},
	{"Mymr", unicode.Myanmar},
	{"Thai", unicode.Thai},
	{"Khmr", unicode.Khmer},
	{"Laoo", unicode.Lao},
	{"Tibt", unicode.Tibetan},
	{"Mong", unicode.Mongolian},
	{"Deva", unicode.Devanagari},
	{"Beng", unicode.Bengali},
	{"Guru", unicode.Gurmukhi},
	{"Gujr", unicode.Gujarati},
	{"Taml", unicode.Tamil},
	{"Telu", unicode.Telugu},
	{"Knda", unicode.Kannada},
	{"Mlym", unicode.Malayalam},
	{"Sinh", unicode.Sinhala},
	{"Syrc", unicode.Syriac},
	{"Thaa", unicode.Thaana},
}

// scriptOf returns the script of most letters of a name, "Jpan" for Han mixed
// with kana; empty where there are no letters of a known script.
func scriptOf(s string) string {
	var n [64]int
	any := false
	for _, r := range s {
		if r < 0x80 {
			if c := r | 0x20; c >= 'a' && c <= 'z' {
				n[0]++
				any = true
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				n[i]++
				any = true
				break
			}
		}
	}
	if !any {
		return ""
	}
	best, kana := 0, 0
	for i := range scripts {
		if n[i] > n[best] {
			best = i
		}
		if scripts[i].code == "Hira" || scripts[i].code == "Kana" {
			kana += n[i]
		}
	}
	if kana > 0 && (scripts[best].code == "Hani" || kana >= n[best]) {
		return "Jpan"
	}
	return scripts[best].code
}

// foreign reports whether a name is written in another script than Latin.
func foreign(s string) bool {
	c := scriptOf(s)
	return c != "" && c != "Latn"
}
