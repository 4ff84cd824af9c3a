package name

import "unicode/utf8"

// arabicPlain brings the letters of Arabic, Persian, Urdu, Pashto, Kurdish
// and Uighur that are written for one another together. 0 drops a letter.
func arabicPlain(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ', 'ٲ', 'ٳ', 'ٵ':
		return 'ا'
	case 'ى', 'ی', 'ئ', 'ې', 'ۍ', 'ے', 'ۓ', 'ێ', 'ٸ', 'ﯼ':
		return 'ي'
	case 'ک', 'ڪ':
		return 'ك'
	case 'ھ', 'ہ', 'ۀ', 'ۂ', 'ۃ', 'ە':
		return 'ه'
	case 'ؤ', 'ۆ', 'ۇ', 'ۈ', 'ۋ':
		return 'و'
	case 'ڕ', 'ړ', 'ڑ':
		return 'ر'
	case 'ڵ':
		return 'ل'
	case 'ں', 'ڼ', 'ڻ':
		return 'ن'
	case 'ټ', 'ٹ':
		return 'ت'
	case 'ډ', 'ڈ':
		return 'د'
	case 'ګ':
		return 'گ'
	case 'ء', 'ـ', 'ٔ':
		return 0
	}
	return r
}

// consonants gives the letters of the consonant scripts, and what they are in
// Persian where that differs.
func consonant(r rune) (arabic, persian string) {
	switch r {
	case 'ب', 'ב':
		return "b", ""
	case 'پ', 'פ', 'ף':
		return "p", ""
	case 'ت', 'ط', 'ת', 'ט':
		return "t", ""
	case 'ث':
		return "th", "s"
	case 'ج':
		return "j", ""
	case 'چ', 'څ':
		return "ch", ""
	case 'ح', 'ه', 'ה', 'ח', 'ة':
		return "h", ""
	case 'خ', 'ښ':
		return "kh", ""
	case 'د', 'ד':
		return "d", ""
	case 'ذ':
		return "dh", "z"
	case 'ر', 'ר':
		return "r", ""
	case 'ز', 'ځ', 'ז':
		return "z", ""
	case 'ژ', 'ږ':
		return "zh", ""
	case 'س', 'ص', 'ס':
		return "s", ""
	case 'ش', 'ש':
		return "sh", ""
	case 'ض':
		return "d", "z"
	case 'ظ':
		return "z", ""
	case 'غ':
		return "gh", ""
	case 'ف':
		return "f", ""
	case 'ق', 'ק':
		return "q", "gh"
	case 'ك', 'כ', 'ך':
		return "k", ""
	case 'گ', 'ڭ', 'ג':
		return "g", ""
	case 'ل', 'ל':
		return "l", ""
	case 'م', 'מ', 'ם':
		return "m", ""
	case 'ن', 'נ', 'ן':
		return "n", ""
	case 'צ', 'ץ':
		return "ts", ""
	}
	return "", ""
}

// appendConsonantal writes a word whose short vowels are not written, with an
// a where one is likely. w is what a و between letters becomes: u or w or v.
func appendConsonantal(dst, word []byte, persian bool, w string) []byte {
	start := len(dst)
	cluster := 0 // consonants since the last vowel
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		first, last := len(dst) == start, len(word) == 0
		next, _ := utf8.DecodeRune(word)
		if r < utf8.RuneSelf {
			dst = append(dst, byte(r))
			continue
		}
		c := ""
		switch r {
		case 'ا', 'א':
			if !first && cluster == 0 {
				continue
			}
			dst = append(dst, 'a')
			cluster = 0
			continue
		case 'ع', 'ע':
			if first || cluster > 0 {
				dst = append(dst, 'a')
			}
			cluster = 0
			continue
		case 'و', 'ו':
			switch {
			case first && w == "v":
				c = "v"
			case first:
				c = "w"
			case next == 'ا' || next == 'و' || next == 'ي' || next == 'ة':
				c = w
				if w == "u" {
					c = "w"
				}
			case w != "u" && !last:
				c = w
			default:
				dst = append(dst, 'u')
				cluster = 0
				continue
			}
		case 'ي', 'י':
			switch {
			case first, next == 'ا', next == 'و':
				c = "y"
			default:
				dst = append(dst, 'i')
				cluster = 0
				continue
			}
		case 'ة':
			if last {
				dst = append(dst, 'a')
				continue
			}
			c = "h"
		case 'ه', 'ה':
			if last && !first {
				if cluster > 0 {
					dst = append(dst, 'a')
				}
				dst = append(dst, 'h')
				continue
			}
			c = "h"
		default:
			a, p := consonant(r)
			c = a
			if persian && p != "" {
				c = p
			}
			if c == "" {
				continue
			}
		}
		if cluster == 1 && (len(dst) > start) && !(last && vowel(dst[max(start, len(dst)-2)])) || cluster == 3 {
			// The second of two consonants that a vowel comes before needs none.
			if !closed(dst[start:]) {
				dst = append(dst, 'a')
				cluster = 0
			}
		}
		dst = append(dst, c...)
		cluster++
	}
	return dst
}

// closed tells whether what is written ends in a vowel and one consonant, so
// that another consonant may follow.
func closed(b []byte) bool {
	n := len(b)
	if n < 2 {
		return false
	}
	switch {
	case n > 2 && b[n-1] == 'h' && !vowel(b[n-2]): // sh, kh, th …
		return vowel(b[n-3])
	}
	return !vowel(b[n-1]) && vowel(b[n-2])
}

// appendArabicBones writes the consonants alone, in the letters of
// AppendBones.
func appendArabicBones(dst, word []byte, persian bool) []byte {
	start := len(dst)
	var buf [8]byte
	for first := true; len(word) > 0; first = false {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		var c string
		switch r {
		case 'ا', 'ع', 'ي', 'א', 'ע', 'י':
			if !first {
				continue
			}
			c = "a"
		case 'و', 'ו':
			if !first && !persian {
				continue
			}
			c = "v"
		case 'ة':
			continue
		case 'ه', 'ה':
			if len(word) == 0 && !first {
				continue
			}
			c = "h"
		default:
			a, p := consonant(r)
			c = a
			if persian && p != "" {
				c = p
			}
		}
		if c == "" {
			continue
		}
		b := AppendBones(buf[:0], append(buf[4:4], c...))
		for _, x := range b {
			if len(dst) > start && dst[len(dst)-1] == x {
				continue
			}
			dst = append(dst, x)
		}
	}
	return dst
}
