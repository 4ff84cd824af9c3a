package eval

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// damage is one way in which a name comes in wrong. It answers "" where it
// cannot be done to a name.
type damage struct {
	slice, strength, typ string
	do                   func(*rand.Rand, []string) string
}

var damages = []damage{
	{"exact", "0", "", func(_ *rand.Rand, w []string) string { return strings.Join(w, " ") }},
	{"order_rotate", "1", "", func(_ *rand.Rand, w []string) string { return join(append(w[len(w)-1:len(w):len(w)], w[:len(w)-1]...)) }},
	{"order_shuffle", "2", "", func(r *rand.Rand, w []string) string {
		w = slices.Clone(w)
		r.Shuffle(len(w), func(i, j int) { w[i], w[j] = w[j], w[i] })
		return join(w)
	}},
	{"drop_token", "1", "", func(r *rand.Rand, w []string) string {
		if len(w) < 3 {
			return ""
		}
		i := r.IntN(len(w))
		return join(slices.Delete(slices.Clone(w), i, i+1))
	}},
	{"add_token", "1", "", func(r *rand.Rand, w []string) string {
		return join(slices.Insert(slices.Clone(w), r.IntN(len(w)+1), []string{"ivan", "trading", "hassan", "lee", "maria", "global"}[r.IntN(6)]))
	}},
	{"typo", "1", "", typos(1)},
	{"typo", "2", "", typos(2)},
	{"typo", "3", "", typos(3)},
	{"concat", "1", "", func(r *rand.Rand, w []string) string {
		if len(w) < 2 {
			return ""
		}
		i := r.IntN(len(w) - 1)
		return join(slices.Replace(slices.Clone(w), i, i+2, w[i]+w[i+1]))
	}},
	{"concat_all", "2", "", func(_ *rand.Rand, w []string) string { return strings.Join(w, "") }},
	{"split_token", "1", "", func(r *rand.Rand, w []string) string {
		i := r.IntN(len(w))
		if len(w[i]) < 6 {
			return ""
		}
		at := 2 + r.IntN(len(w[i])-4)
		return join(slices.Replace(slices.Clone(w), i, i+1, w[i][:at], w[i][at:]))
	}},
	{"spaced_letters", "2", "", func(_ *rand.Rand, w []string) string {
		return strings.Join(strings.Split(strings.Join(w, ""), ""), " ")
	}},
	{"initial_given", "2", "person", func(_ *rand.Rand, w []string) string {
		if len(w) < 2 {
			return ""
		}
		return w[0][:1] + " " + join(w[1:])
	}},
	{"truncate", "1", "", cutTo(35)},
	{"truncate", "2", "", cutTo(20)},
	{"honorific", "1", "person", func(r *rand.Rand, w []string) string {
		return []string{"Mr. ", "Dr ", "Sheikh ", "General ", "Señor "}[r.IntN(5)] + join(w)
	}},
	{"suffix_add", "1", "entity", func(r *rand.Rand, w []string) string {
		return join(w) + []string{" LLC", " GmbH", " JSC", " Co., Ltd.", " S.A."}[r.IntN(5)]
	}},
	{"acronym", "3", "entity", func(_ *rand.Rand, w []string) string {
		s := ""
		for _, x := range w {
			s += x[:1]
		}
		if len(s) < 4 {
			return ""
		}
		return s
	}},
	{"payment_noise", "1", "", func(r *rand.Rand, _ []string) string {
		return []string{"IN FAVOR OF %", "/ACC 40817810 %", "% C/O CENTRAL HOTEL", "1/%", "% DOB 12 MAR 1971", "REF INVOICE 77 %"}[r.IntN(6)]
	}},
	{"fullwidth", "1", "", mapped(func(c rune) rune {
		if c > ' ' && c < 0x7f {
			return c + 0xfee0
		}
		return c
	}, 1)},
	{"homoglyph", "2", "", swapped("aаeеoоcсpрxх", 0.3)},
	{"diacritics", "2", "", swapped("aäeéiïoöuüsšcçnñ", 0.3)},
	{"leet", "2", "", swapped("o0i1e3a4s5t7", 0.2)},
	{"ocr", "2", "", swapped("l1o0s5b8g9", 0.3)},
	{"translit_ru", "2", "person", replaced("vich", "witsch", "ya", "ja", "yu", "ju", "v", "w", "kh", "ch", "iy", "i", "ey", "ei")},
	{"translit_ar", "2", "person", replaced("oh", "uh", "ee", "i", "mm", "m", "al ", "el ", "q", "k", "ei", "ay", "ou", "u", "a", "e")},
	{"phonetic", "2", "", replaced("ph", "f", "c", "k", "ck", "k", "x", "ks", "tion", "shun", "y", "i", "z", "s", "ee", "i", "w", "v")},
	{"abbrev", "2", "entity", replaced("company", "co", "limited", "ltd", "international", "intl", "trading", "trdg", "technology", "tech", "industries", "ind", "engineering", "eng", "group", "grp")},
}

func init() { // a payment text is written around the name
	for i := range damages {
		if d := &damages[i]; d.slice == "payment_noise" {
			around := d.do
			d.do = func(r *rand.Rand, w []string) string { return strings.Replace(around(r, w), "%", join(w), 1) }
		}
	}
}

func join(w []string) string { return strings.Join(w, " ") }

// typos makes n random errors, none of them at a space.
func typos(n int) func(*rand.Rand, []string) string {
	return func(r *rand.Rand, w []string) string {
		b := []byte(join(w))
		if len(b) < 5*n {
			return ""
		}
		for range n {
			i := r.IntN(len(b) - 1)
			if b[i] == ' ' || b[i+1] == ' ' || b[i] >= 0x80 || b[i+1] >= 0x80 {
				continue
			}
			switch c := byte('a' + r.IntN(26)); r.IntN(4) {
			case 0:
				b[i] = c
			case 1:
				b = slices.Delete(b, i, i+1)
			case 2:
				b = slices.Insert(b, i, c)
			default:
				b[i], b[i+1] = b[i+1], b[i]
			}
		}
		return string(b)
	}
}

func cutTo(n int) func(*rand.Rand, []string) string {
	return func(_ *rand.Rand, w []string) string {
		s := []rune(join(w))
		if len(s) <= n {
			return ""
		}
		return string(s[:n])
	}
}

func mapped(f func(rune) rune, share float64) func(*rand.Rand, []string) string {
	return func(r *rand.Rand, w []string) string {
		return strings.Map(func(c rune) rune {
			if r.Float64() < share {
				return f(c)
			}
			return c
		}, join(w))
	}
}

// swapped replaces letters of pairs, each with a chance.
func swapped(pairs string, share float64) func(*rand.Rand, []string) string {
	p := []rune(pairs)
	return mapped(func(c rune) rune {
		for i := 0; i+1 < len(p); i += 2 {
			if p[i] == c {
				return p[i+1]
			}
		}
		return c
	}, share)
}

// replaced replaces strings of pairs, each with an even chance.
func replaced(pairs ...string) func(*rand.Rand, []string) string {
	return func(r *rand.Rand, w []string) string {
		s := join(w)
		for i := 0; i+1 < len(pairs); i += 2 {
			if r.IntN(2) == 0 {
				s = strings.Replace(s, pairs[i], pairs[i+1], 1)
			}
		}
		return s
	}
}
