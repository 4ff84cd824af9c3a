package name

import "unicode/utf8"

// An alphabet gives each letter its commonest Latin spelling. What depends on
// the neighbors or on the language stands in the functions below.
var alphabet = func() (t [0x600]string) {
	for _, rows := range []struct {
		first rune
		to    string
	}{
		// Greek, from α.
		{0x3b1, "a v g d e z i th i k l m n x o p r s s t y f ch ps o"},
		// Cyrillic, from а.
		{0x430, "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"},
		// ѐ ё ђ ѓ є ѕ і ї ј љ њ ћ ќ ѝ ў џ.
		{0x450, "e yo dj gj ye dz i yi j lj nj c kj i u dz"},
		// Armenian, from ա.
		{0x561, "a b g d ye z e y t zh i l kh ts k h dz gh ch m y n sh vo ch p j r s v t r ts v p k o f ev"},
		// Hebrew, from א: consonants.
		{0x5d0, "_ b g d h v z h t y k k l m m n n s _ p p ts ts k r sh t"},
	} {
		r := rows.first
		for i := 0; i < len(rows.to); r++ {
			j := i
			for j < len(rows.to) && rows.to[j] != ' ' {
				j++
			}
			if t[r] = rows.to[i:j]; t[r] == "_" {
				t[r] = ""
			}
			i = j + 1
		}
	}
	for _, l := range []struct {
		r  rune
		to string
	}{
		{'ґ', "g"},
		{'ғ', "g"},
		{'ҕ', "g"},
		{'ә', "a"},
		{'җ', "j"},
		{'ҷ', "j"},
		{'қ', "k"},
		{'ҝ', "g"},
		{'ҡ', "k"},
		{'ң', "n"},
		{'ҥ', "ng"},
		{'ө', "o"},
		{'ҫ', "s"},
		{'ү', "u"},
		{'ұ', "u"},
		{'ҳ', "h"},
		{'һ', "h"},
		{'ҹ', "j"},
		{'ӯ', "u"},
		{'ӣ', "i"},
		{'ҙ', "z"},
		{'ѣ', "e"},
		{'ѵ', "i"},
		{'ѳ', "f"},
		{'ҷ', "j"},
		{'ҽ', "ch"},
		{'ҵ', "ts"},
		{'ҟ', "k"},
		{'ӑ', "a"},
		{'ӗ', "e"},
		{'ӱ', "u"},
		{'ӧ', "o"},
		{'ӹ', "y"},
		{'ӥ', "i"},
		{'ӝ', "j"},
		{'ӟ', "dz"},
		{'ӵ', "ch"},
		{'ӓ', "a"},
		{'ҍ', ""},
		{'ӷ', "g"},
	} {
		t[l.r] = l.to
	}
	return t
}()

// georgian is the Georgian alphabet from ა.
var georgian = [...]string{
	"a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s", "t", "u", "p", "k", "gh", "q",
	"sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h",
}

// dialect is which language's Cyrillic a name is written in, as far as its
// letters tell.
type dialect uint8

const (
	russian dialect = iota
	ukrainian
	belarusian
	bulgarian
	serbian
)

// dialectOf judges a scanned name by the letters that only one language has.
func (s *scanner) dialect() dialect {
	var i, y, hard bool
	for k := range s.words {
		w := &s.words[k]
		if w.script != Cyrillic {
			continue
		}
		var last rune
		for b := s.text(w); len(b) > 0; {
			r, size := utf8.DecodeRune(b)
			b = b[size:]
			switch r {
			case 'ў':
				return belarusian
			case 'ї', 'є', 'ґ':
				return ukrainian
			case 'ђ', 'ћ', 'љ', 'њ', 'џ', 'ј', 'ѓ', 'ќ':
				return serbian
			case 'і':
				i = true
			case 'ы', 'э', 'ё':
				y = true
			}
			// In Russian a hard sign stands before a vowel alone.
			if last == 'ъ' && r != 'е' && r != 'ё' && r != 'ю' && r != 'я' {
				hard = true
			}
			last = r
		}
	}
	switch {
	case i && y:
		return belarusian
	case i:
		return ukrainian
	case hard:
		return bulgarian
	}
	return russian
}

// appendCyrillic writes a Cyrillic word in Latin letters. With rival set it
// writes the other plausible spelling, which may be the same.
func appendCyrillic(dst, word []byte, d dialect, rival bool) []byte {
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		to := ""
		switch {
		case r == 'г' && (d == ukrainian || d == belarusian) && !rival:
			to = "h"
		case r == 'и' && d == ukrainian:
			to = "y"
		case r == 'ь' && hasPrefix(word, "о"): // Аксьонов is Аксёнов
			to = "y"
			if rival {
				to = "e"
				word = word[2:]
			}
		case r == 'ё' && rival:
			to = "e"
		case r == 'ў' && d == belarusian && rival:
			to = "w"
		case r == 'х' && (d == bulgarian || d == serbian):
			to = "h"
		case r == 'щ' && d == bulgarian:
			to = "sht"
		case r == 'ъ' && d == bulgarian:
			to = "a"
		case r == 'ц' && d == serbian:
			to = "c"
		case r == 'ш' && d == serbian && !rival:
			to = "s"
		case r == 'ж' && d == serbian && !rival:
			to = "z"
		case r == 'ч' && d == serbian && !rival:
			to = "c"
		case r == 'ћ' && rival:
			to = "ch"
		case r == 'ђ' && rival:
			to = "d"
		case r < 0x600:
			to = alphabet[r]
			if to == "" && r < 0x80 {
				dst = append(dst, byte(r))
			}
		}
		dst = append(dst, to...)
	}
	return dst
}

// appendGreek writes a Greek word in Latin letters; the rival is the popular
// spelling of the letters that have two.
func appendGreek(dst, word []byte, rival bool) []byte {
	start := len(dst)
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		next, size := utf8.DecodeRune(word)
		skip := false
		to := ""
		switch {
		case r < 0x80:
			dst = append(dst, byte(r))
		case r == 'ο' && next == 'υ':
			to, skip = "ou", true
		case (r == 'α' || r == 'ε' || r == 'η') && next == 'υ':
			dst = append(dst, alphabet[r]...)
			to, skip = "v", true
			switch after, _ := utf8.DecodeRune(word[size:]); after {
			case 'θ', 'κ', 'ξ', 'π', 'σ', 'ς', 'τ', 'φ', 'χ', 'ψ', utf8.RuneError:
				to = "f"
			}
		case r == 'μ' && next == 'π':
			to, skip = "mp", true
			if len(dst) == start || rival {
				to = "b"
			}
		case r == 'ν' && next == 'τ':
			to, skip = "nt", true
			if len(dst) == start || rival {
				to = "d"
			}
		case r == 'γ' && next == 'κ':
			to, skip = "gk", true
			if len(dst) == start || rival {
				to = "g"
			}
		case r == 'γ' && (next == 'γ' || next == 'ξ' || next == 'χ'):
			to = "n"
		case r == 'τ' && next == 'ζ':
			to, skip = "tz", true
			if rival {
				to = "j"
			}
		case r == 'χ' && rival:
			to = "h"
		case r < 0x600:
			to = alphabet[r]
		}
		dst = append(dst, to...)
		if skip {
			word = word[size:]
		}
	}
	return dst
}

// appendArmenian writes an Armenian word in Latin letters.
func appendArmenian(dst, word []byte) []byte {
	start := len(dst)
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		next, n := utf8.DecodeRune(word)
		switch {
		case r < 0x80:
			dst = append(dst, byte(r))
		case r == 'ո' && next == 'ւ':
			dst = append(dst, 'u')
			word = word[n:]
		case len(dst) > start && r == 'ե':
			dst = append(dst, 'e')
		case len(dst) > start && r == 'ո':
			dst = append(dst, 'o')
		case len(dst) == start && r == 'յ':
			dst = append(dst, 'h')
		case r < 0x600:
			dst = append(dst, alphabet[r]...)
		}
	}
	return dst
}

// appendGeorgian writes a Georgian word in Latin letters.
func appendGeorgian(dst, word []byte) []byte {
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		if r >= 0x1c90 && r < 0x1cc0 {
			r -= 0x1c90 - 0x10d0
		}
		switch i := int(r - 'ა'); {
		case r < 0x80:
			dst = append(dst, byte(r))
		case i >= 0 && i < len(georgian):
			dst = append(dst, georgian[i]...)
		}
	}
	return dst
}
