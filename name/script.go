package name

import "unicode"

// Script is the writing system of a word or a name.
type Script uint8

// The scripts that have readings of their own come first; a word of any
// other is read by a fallback table.
const (
	NoScript Script = iota
	Latin
	Cyrillic
	Greek
	Hangul
	Han
	Kana
	Arabic
	Hebrew
	Armenian
	Georgian
	Thai
	Burmese
	Other
)

var scriptCodes = [...]string{"Zyyy", "Latn", "Cyrl", "Grek", "Hang", "Hani", "Kana", "Arab", "Hebr", "Armn", "Geor", "Thai", "Mymr", "Zzzz"}

// String is the ISO 15924 code of the script.
func (s Script) String() string { return scriptCodes[s] }

// ScriptOf tells the script of one letter; digits, marks and signs have none.
func ScriptOf(r rune) Script {
	switch {
	case r < 0x80:
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return Latin
		}
		return NoScript
	case r < 0x250:
		if unicode.IsLetter(r) {
			return Latin
		}
		return NoScript
	case r >= 0x370 && r < 0x400, r >= 0x1f00 && r < 0x2000:
		return Greek
	case r >= 0x400 && r < 0x530:
		return Cyrillic
	case r >= 0x531 && r < 0x590:
		return Armenian
	case r >= 0x591 && r < 0x600:
		return Hebrew
	case r >= 0x600 && r < 0x700, r >= 0x750 && r < 0x780, r >= 0x8a0 && r < 0x900, r >= 0xfb50 && r < 0xfe00, r >= 0xfe70 && r < 0xfeff:
		return Arabic
	case r >= 0xe01 && r < 0xe60:
		return Thai
	case r >= 0x1000 && r < 0x10a0:
		return Burmese
	case r >= 0x10a0 && r < 0x1100, r >= 0x1c90 && r < 0x1cc0:
		return Georgian
	case r >= 0x1100 && r < 0x1200, r >= 0x3131 && r < 0x318f, r >= 0xac00 && r < 0xd7a4:
		return Hangul
	case r >= 0x3041 && r < 0x3100, r >= 0x31f0 && r < 0x3200, r >= 0xff66 && r < 0xffa0:
		return Kana
	case r >= 0x3400 && r < 0xa000, r >= 0xf900 && r < 0xfb00, r >= 0x20000 && r < 0x32000, r == 0x3005:
		return Han
	case unicode.Is(unicode.Latin, r):
		return Latin
	case unicode.IsLetter(r):
		return Other
	}
	return NoScript
}
