package name

import "unicode/utf8"

// Thai and Burmese are read letter by letter. Their vowels stand around the
// consonants, so that this is a makeshift: what lists write is near it.

// thai is by the chart from ก: consonants as they start a syllable, then the
// vowels and signs.
var thai = map[rune]string{
	'ก': "k", 'ข': "kh", 'ฃ': "kh", 'ค': "kh", 'ฅ': "kh", 'ฆ': "kh", 'ง': "ng", 'จ': "ch", 'ฉ': "ch", 'ช': "ch", 'ซ': "s", 'ฌ': "ch", 'ญ': "y",
	'ฎ': "d", 'ฏ': "t", 'ฐ': "th", 'ฑ': "th", 'ฒ': "th", 'ณ': "n", 'ด': "d", 'ต': "t", 'ถ': "th", 'ท': "th", 'ธ': "th", 'น': "n", 'บ': "b",
	'ป': "p", 'ผ': "ph", 'ฝ': "f", 'พ': "ph", 'ฟ': "f", 'ภ': "ph", 'ม': "m", 'ย': "y", 'ร': "r", 'ฤ': "rue", 'ล': "l", 'ว': "w", 'ศ': "s",
	'ษ': "s", 'ส': "s", 'ห': "h", 'ฬ': "l", 'อ': "o", 'ฮ': "h", 'ะ': "a", 'ั': "a", 'า': "a", 'ำ': "am", 'ิ': "i", 'ี': "i", 'ึ': "ue",
	'ื': "ue", 'ุ': "u", 'ู': "u", 'เ': "e", 'แ': "ae", 'โ': "o", 'ใ': "ai", 'ไ': "ai", '็': "", '์': "",
}

var burmese = map[rune]string{
	'က': "k", 'ခ': "kh", 'ဂ': "g", 'ဃ': "g", 'င': "ng", 'စ': "s", 'ဆ': "s", 'ဇ': "z", 'ဈ': "z", 'ည': "ny", 'ဉ': "ny", 'ဋ': "t", 'ဌ': "t",
	'ဍ': "d", 'ဎ': "d", 'ဏ': "n", 'တ': "t", 'ထ': "ht", 'ဒ': "d", 'ဓ': "d", 'န': "n", 'ပ': "p", 'ဖ': "ph", 'ဗ': "b", 'ဘ': "b", 'မ': "m",
	'ယ': "y", 'ရ': "y", 'လ': "l", 'ဝ': "w", 'သ': "th", 'ဟ': "h", 'ဠ': "l", 'အ': "a", 'ဣ': "i", 'ဥ': "u", 'ဦ': "u", 'ဧ': "e", 'ဩ': "aw",
	'ါ': "a", 'ာ': "a", 'ိ': "i", 'ီ': "i", 'ု': "u", 'ူ': "u", 'ေ': "e", 'ဲ': "e", 'ံ': "n", 'ျ': "y", 'ြ': "y", 'ွ': "w", 'ှ': "h",
	'၀': "0", '၁': "1", '၂': "2", '၃': "3", '၄': "4", '၅': "5", '၆': "6", '၇': "7", '၈': "8", '၉': "9",
}

// appendThai writes a Thai word letter by letter. Two consonants that nothing
// parts have an o between them; a vowel that is written before its consonant
// follows it.
func appendThai(dst, word []byte) []byte {
	start := len(dst)
	held := ""
	bare := false // the last letter was a consonant
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		s, ok := thai[r]
		switch {
		case !ok && r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case s == "":
		case r >= 'เ' && r <= 'ไ':
			held, bare = s, false
		case vowel(s[0]) && len(dst) > start:
			dst, bare = append(dst, s...), false
		default:
			if next, _ := utf8.DecodeRune(word); bare && held == "" && !vowelSign(thai[next]) {
				dst, bare = append(dst, 'o'), false
			} else {
				bare = held == ""
			}
			dst = append(append(dst, s...), held...)
			held = ""
		}
	}
	return append(dst, held...)
}

func vowelSign(s string) bool { return s != "" && vowel(s[0]) }

// appendBurmese writes a Burmese word letter by letter; a consonant without
// a sign has an a.
func appendBurmese(dst, word []byte) []byte {
	bare := false // the last letter was a consonant
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		next, size := utf8.DecodeRune(word)
		s, ok := burmese[r]
		switch {
		case !ok && r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case r == 'ေ' && next == 'ာ':
			dst, bare = append(dst, "au"...), false
			word = word[size:]
		case r == 'အ' && next >= 'ါ' && next <= 'ဲ': // carries a vowel
		case s == "":
		case r >= 'ါ' && r <= 'ံ':
			dst, bare = append(dst, s...), false
		case r >= 'ျ' && r <= 'ှ':
			dst = append(dst, s...)
		default:
			if bare {
				dst = append(dst, 'a')
			}
			dst = append(dst, s...)
			bare = next != '\u103a' && !vowel(s[0])
		}
	}
	if bare {
		dst = append(dst, 'a')
	}
	return dst
}
