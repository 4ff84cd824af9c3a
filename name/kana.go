package name

import (
	"strings"
	"unicode/utf8"
)

// kana is Hepburn by the hiragana chart from ぁ; a small letter starts with x.
var kana = strings.Fields("xa a xi i xu u xe e xo o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji xtsu tsu zu te de to do " +
	"na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo xya ya xyu yu xyo yo ra ri ru re ro xwa wa i e o n vu xka xke")

// appendKana writes a word in kana in Latin letters, in Hepburn or with the
// letters that Kunrei writes.
func appendKana(dst, text []byte, kunrei bool) []byte {
	start := len(dst)
	double := false
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		if r >= 'ァ' && r <= 'ヶ' {
			r -= 'ァ' - 'ぁ'
		}
		i := int(r - 'ぁ')
		if r == 'ー' || i < 0 || i >= len(kana) {
			continue
		}
		s := kana[i]
		if s == "xtsu" {
			double = true
			continue
		}
		if s[0] == 'x' { // a small letter changes the one before it
			s = s[1:]
			n := len(dst)
			if n > start && (dst[n-1] == 'i' || dst[n-1] == 'u' || dst[n-1] == 'e' || dst[n-1] == 'o') {
				soft := s[0] == 'y' && n > start+1 && (dst[n-2] == 'j' || n > start+2 && dst[n-2] == 'h' && (dst[n-3] == 's' || dst[n-3] == 'c')) // sha, cha, ja; but hya
				w := s[0] != 'y' && dst[n-1] == 'u' && (n == start+1 || vowel(dst[n-2]) || dst[n-2] == 'k' || dst[n-2] == 'g' || dst[n-2] == 'n')
				dst = dst[:n-1]
				if w { // wo, kwo
					dst = append(dst, 'w')
				}
				if soft {
					s = s[1:]
				}
			}
			dst = append(dst, s...)
			continue
		}
		if kunrei {
			switch s {
			case "shi":
				s = "si"
			case "chi":
				s = "ti"
			case "tsu":
				s = "tu"
			case "fu":
				s = "hu"
			case "ji":
				s = "zi"
			}
		}
		if double {
			dst = append(dst, s[0])
			double = false
		}
		dst = append(dst, s...)
	}
	return dst
}
