package name

import "unicode/utf8"

// A Hangul syllable is an initial, a vowel and a final.
var (
	// as in the lists: McCune-Reischauer without its signs, j for ㅈ.
	mrInitials = [...]string{"k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "kh", "th", "ph", "h"}
	rrInitials = [...]string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
	mrVowels   = [...]string{"a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui", "i"}
	rrVowels   = [...]string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"}
	// finals by their sound: nothing, k, n, t, l, m, p, ng
	finalSounds  = [...]byte{0, 1, 1, 1, 2, 2, 2, 3, 4, 1, 5, 4, 4, 4, 6, 4, 5, 6, 6, 3, 3, 7, 3, 3, 1, 3, 6, 3}
	finalLetters = [...]string{"", "k", "n", "t", "l", "m", "p", "ng"}
)

// jamo takes a syllable apart.
func jamo(r rune) (initial, vowel, final int, ok bool) {
	i := int(r - 0xac00)
	if i < 0 || i >= 11172 {
		return 0, 0, 0, false
	}
	return i / 588, i % 588 / 28, i % 28, true
}

// appendSyllable writes one syllable by itself.
func appendSyllable(dst []byte, r rune, revised bool) []byte {
	i, v, f, ok := jamo(r)
	if !ok {
		return utf8.AppendRune(dst, r)
	}
	if revised {
		dst = append(dst, rrInitials[i]...)
		dst = append(dst, rrVowels[v]...)
	} else {
		dst = append(dst, mrInitials[i]...)
		dst = append(dst, mrVowels[v]...)
	}
	return append(dst, finalLetters[finalSounds[f]]...)
}

// How a run of syllables is written as one word.
type korean uint8

const (
	mrJoined   korean = iota // assimilated, McCune-Reischauer: taesong, kumgang
	voicedMR                 // the same with a voiced first letter: daesong
	rrJoined                 // assimilated, Revised: daeseong
	apartMR                  // syllable by syllable: aprokkang
	koreanWays               // how many there are
)

// appendKorean writes a run of syllables as one word.
func appendKorean(dst, run []byte, how korean) []byte {
	first := true
	last := -1 // sound of the last final, -1 at the start
	for len(run) > 0 {
		r, size := utf8.DecodeRune(run)
		run = run[size:]
		i, v, f, ok := jamo(r)
		if !ok {
			dst = utf8.AppendRune(dst, r)
			last, first = -1, false
			continue
		}
		if how == apartMR {
			dst = appendSyllable(dst, r, false)
			continue
		}
		ini := mrInitials[i]
		if how == rrJoined {
			ini = rrInitials[i]
		}
		voiced := last == 0 || last == 2 || last >= 4 && last != 6
		if first {
			voiced = how == voicedMR
		}
		if how != rrJoined && voiced {
			switch ini {
			case "k":
				ini = "g"
			case "t":
				ini = "d"
			case "p":
				ini = "b"
			}
		}
		switch {
		case first:
		case last == 1 || last == 6 || last == 3: // k p t
			n := len(dst)
			switch ini {
			case "n", "m", "r":
				if ini == "r" {
					ini = "n"
				}
				switch last {
				case 1:
					dst = append(dst[:n-1], "ng"...)
				case 6:
					dst[n-1] = 'm'
				case 3:
					dst[n-1] = 'n'
				}
			case "":
				switch last {
				case 1:
					dst[n-1] = 'g'
				case 6:
					dst[n-1] = 'b'
				case 3:
					dst[n-1] = 's'
				}
			}
		case last == 4 && (ini == "r" || ini == "n"):
			ini = "l"
		case last == 4 && ini == "":
			dst[len(dst)-1] = 'r'
		case last == 2 && ini == "r":
			dst[len(dst)-1] = 'l'
			ini = "l"
		case (last == 5 || last == 7) && ini == "r":
			ini = "n"
		}
		dst = append(dst, ini...)
		if how == rrJoined {
			dst = append(dst, rrVowels[v]...)
		} else {
			dst = append(dst, mrVowels[v]...)
		}
		last = int(finalSounds[f])
		dst = append(dst, finalLetters[last]...)
		first = false
	}
	return dst
}

// Groups of syllables are computed, not listed: one for each initial, vowel
// and final that sound apart. Chinese syllables follow.
// The exact groups are those of spellings that stand for one syllable alone.
const (
	exactKorean   Group = 0xd000
	exactChinese  Group = 0xd800
	koreanGroups  Group = 0xe000
	chineseGroups Group = 0xf000
)

var (
	initialSounds = [...]byte{1, 1, 7, 2, 2, 6, 8, 3, 3, 5, 5, 0, 4, 4, 4, 1, 2, 3, 9}
	vowelSounds   = [...]byte{0, 1, 2, 3, 4, 1, 5, 3, 6, 7, 8, 8, 9, 10, 11, 8, 12, 13, 14, 15, 16}
)

func koreanGroup(initial, vowel, final byte) Group {
	return koreanGroups + (Group(initial)*17+Group(vowel))*8 + Group(final)
}

// appendSyllableGroups appends the groups of a Hangul syllable: its own, and
// that of the way the other half of Korea says it (리 and 이, 로 and 노).
func appendSyllableGroups(dst []Group, r rune) []Group {
	i, v, f, ok := jamo(r)
	if !ok {
		return dst
	}
	dst = append(dst, koreanGroup(initialSounds[i], vowelSounds[v], finalSounds[f])-koreanGroups+exactKorean)
	return appendKoreanGroups(dst, initialSounds[i], vowelSounds[v], finalSounds[f])
}

func appendKoreanGroups(dst []Group, i, v, f byte) []Group {
	dst = append(dst, koreanGroup(i, v, f))
	switch soft := v == 2 || v == 3 || v == 5 || v == 9 || v == 13 || v == 16; {
	case i == 6 && soft, i == 7 && soft:
		dst = append(dst, koreanGroup(0, v, f))
	case i == 6:
		dst = append(dst, koreanGroup(7, v, f))
	}
	return dst
}

type romanInitial struct {
	text  string
	sound byte
}

// the longer before the shorter
var romanInitials = []romanInitial{
	{"tch", 4},
	{"kk", 1},
	{"kh", 1},
	{"gg", 1},
	{"tt", 2},
	{"th", 2},
	{"dd", 2},
	{"pp", 3},
	{"ph", 3},
	{"bb", 3},
	{"ch", 4},
	{"jj", 4},
	{"ss", 5},
	{"sh", 5},
	{"rh", 6},
	{"k", 1},
	{"g", 1},
	{"t", 2},
	{"d", 2},
	{"p", 3},
	{"b", 3},
	{"j", 4},
	{"s", 5},
	{"r", 6},
	{"l", 6},
	{"n", 7},
	{"m", 8},
	{"h", 9},
	{"", 0},
}

var romanVowels = []struct {
	text   string
	open   []byte // what it may stand for at the end of a syllable
	closed []byte // before a final
}{
	{"yeo", []byte{5}, []byte{5}},
	{"yae", []byte{3}, []byte{3}},
	{"you", []byte{5, 13}, []byte{5}},
	{"yoo", []byte{13}, []byte{13}},
	{"yuh", []byte{5}, nil},
	{"wae", []byte{8}, []byte{8}},
	{"woo", []byte{10}, []byte{10}},
	{"eui", []byte{15}, []byte{15}},
	{"yo", []byte{9, 5}, []byte{9, 5}},
	{"yu", []byte{13}, []byte{13, 5}},
	{"ya", []byte{2}, []byte{2}},
	{"ye", []byte{3}, []byte{3}},
	{"yi", []byte{16}, []byte{16}},
	{"wa", []byte{7}, []byte{7}},
	{"wo", []byte{11}, []byte{11}},
	{"we", []byte{8}, []byte{8}},
	{"wi", []byte{12}, []byte{12}},
	{"wu", []byte{10}, []byte{10, 14}},
	{"eo", []byte{4}, []byte{4}},
	{"eu", []byte{14}, []byte{14}},
	{"ae", []byte{1}, []byte{1}},
	{"ai", []byte{1}, []byte{1}},
	{"ay", []byte{1}, nil},
	{"ah", []byte{0}, []byte{0}},
	{"ee", []byte{16, 15}, []byte{16, 15}},
	{"ie", []byte{16}, nil},
	{"oo", []byte{10}, []byte{10}},
	{"oe", []byte{8}, nil},
	{"oi", []byte{8}, nil},
	{"oh", []byte{6, 4}, []byte{6, 4}},
	{"ou", []byte{10}, []byte{4, 10}},
	{"ui", []byte{15}, []byte{15}},
	{"uh", []byte{4}, []byte{4}},
	{"a", []byte{0}, []byte{0}},
	{"e", []byte{1}, []byte{1}},
	{"i", []byte{16}, []byte{16}},
	{"y", []byte{16, 15}, nil},
	{"o", []byte{6, 4}, []byte{6, 4}},
	{"u", []byte{10, 14}, []byte{10, 14, 4}},
}

var romanFinals = []romanInitial{{"ng", 7}, {"ck", 1}, {"k", 1}, {"g", 1}, {"n", 2}, {"t", 3}, {"d", 3}, {"l", 4}, {"r", 4}, {"m", 5}, {"p", 6}, {"b", 6}, {"", 0}}

// romanSyllable reads one Korean syllable in Latin letters that makes up the
// whole of text, and appends the groups of all the syllables that it may be.
// Nothing is appended if it is none.
// Syllables that names have are preferred; a spelling of one alone has its
// exact group too.
func romanSyllable(dst []Group, text []byte, names string) []Group {
	for _, i := range romanInitials {
		if !hasPrefix(text, i.text) {
			continue
		}
		rest := text[len(i.text):]
		for _, v := range romanVowels {
			if !hasPrefix(rest, v.text) {
				continue
			}
			end := rest[len(v.text):]
			for _, f := range romanFinals {
				if string(end) != f.text {
					continue
				}
				set := v.closed
				if f.sound == 0 {
					set = v.open
				}
				used, exact := 0, Group(0)
				for _, x := range set {
					if g := koreanGroup(i.sound, x, f.sound); names[g-koreanGroups] != 0 {
						dst = appendKoreanGroups(dst, i.sound, x, f.sound)
						exact = g - koreanGroups + exactKorean
						used++
					}
				}
				if used == 1 {
					dst = append(dst, exact)
				}
				for _, x := range set {
					if used == 0 {
						dst = appendKoreanGroups(dst, i.sound, x, f.sound)
					}
				}
				if len(set) > 0 {
					return dst
				}
			}
		}
		if len(i.text) > 0 {
			return dst
		}
	}
	return dst
}

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }

// koreanLabel writes the syllable that a group stands for.
func koreanLabel(g Group) string {
	n := int(g - koreanGroups)
	if g < koreanGroups {
		n = int(g - exactKorean)
	}
	i, v, f := n/8/17, n/8%17, n%8
	if i >= 10 {
		return ""
	}
	initials := [...]string{"", "k", "t", "p", "j", "s", "r", "n", "m", "h"}
	vowels := [...]string{"a", "ae", "ya", "ye", "eo", "yeo", "o", "wa", "oe", "yo", "u", "wo", "wi", "yu", "eu", "ui", "i"}
	return initials[i] + vowels[v] + finalLetters[f]
}
