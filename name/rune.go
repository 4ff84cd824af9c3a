package name

import "unicode"

type class byte

const (
	dropped class = iota // not seen, or only an accent
	space
	letter // letters, digits, and marks that spell (Devanagari vowels, kana voicing)
)

// accents are the scripts whose combining marks are pronunciation aids or
// ornament: the name is the same without them.
var accents = []*unicode.RangeTable{
	unicode.Inherited, unicode.Latin, unicode.Greek,
	unicode.Cyrillic, unicode.Hebrew, unicode.Arabic,
}

// plainLetters are letters that do not decompose but are commonly written
// with plain ones.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l",
	'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ŧ': "t",
	// small capitals
	'ᴀ': "a", 'ʙ': "b", 'ᴄ': "c", 'ᴅ': "d", 'ᴇ': "e", 'ꜰ': "f", 'ɢ': "g", 'ʜ': "h", 'ɪ': "i", 'ᴊ': "j", 'ᴋ': "k", 'ʟ': "l",
	'ᴍ': "m", 'ɴ': "n", 'ᴏ': "o", 'ᴘ': "p", 'ʀ': "r", 'ꜱ': "s", 'ᴛ': "t", 'ᴜ': "u", 'ᴠ': "v", 'ᴡ': "w", 'ʏ': "y", 'ᴢ': "z",
}

// lookalikes are letters that pass for Latin ones, in small or capital form.
var lookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'н': 'h', 'һ': 'h', 'і': 'i', 'ј': 'j', 'к': 'k', 'ӏ': 'l', 'м': 'm',
	'о': 'o', 'р': 'p', 'ԛ': 'q', 'ѕ': 's', 'т': 't', 'у': 'y', 'ү': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x',
	'α': 'a', 'β': 'b', 'ε': 'e', 'ζ': 'z', 'η': 'h', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'n', 'ο': 'o', 'ρ': 'p', 'τ': 't',
	'υ': 'y', 'χ': 'x',
}

func classOf(r rune) class {
	switch {
	case r == unicode.ReplacementChar: // bytes that are no text
		return dropped
	case r >= 0xac00 && r <= 0xd7a3, r >= 0x4e00 && r <= 0x9fff: // Hangul, Han: no need to search
		return letter
	case apostrophe(r), unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return dropped
	case unicode.IsSpace(r):
		return space
	case unicode.IsMark(r):
		if r != 0x3099 && r != 0x309a && unicode.In(r, accents...) {
			return dropped
		}
		return letter
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return letter
	case unicode.IsPunct(r), unicode.IsSymbol(r), unicode.Is(unicode.Z, r):
		return space
	}
	return dropped // controls, direction overrides, zero width, unassigned
}

// apostrophe holds also for the signs that romanizations put in its place.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', '‛', '′', '＇', '｀':
		return true
	}
	return r >= 0x02b9 && r <= 0x02bf
}

// lower brings together every letter that shares a capital: final sigma and
// sigma, dotless i and i.
func lower(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }
