package name

import (
	"slices"
	"strings"
)

// syllables gives each syllable of Mandarin a group and ties the spellings of
// pinyin and of Wade-Giles to it.
func (l *lexicon) syllables() {
	seen := map[string]bool{}
	for _, s := range mandarin().reads {
		if strings.ContainsAny(s, "aeiou") && !seen[s] {
			seen[s] = true
			l.pinyinNames = append(l.pinyinNames, s)
		}
	}
	slices.Sort(l.pinyinNames)
	for i, s := range l.pinyinNames {
		g := chineseGroups + Group(i)
		for _, as := range wadeGiles(s) {
			if !slices.Contains(l.pinyin[as], g) {
				l.pinyin[as] = append(l.pinyin[as], g)
			}
		}
	}
	// A spelling of one syllable alone has its exact group too, and so have
	// those of Wade-Giles that lost only their apostrophe.
	for as, groups := range l.pinyin {
		var exact []Group
		for _, g := range groups {
			if g >= chineseGroups {
				exact = append(exact, g-chineseGroups+exactChinese)
			}
		}
		if len(exact) == 1 || len(exact) <= 3 && !seen[as] {
			l.pinyin[as] = append(groups, exact...)
		}
	}
}

// wadeGiles gives the spellings of a pinyin syllable: itself, and Wade-Giles
// without its apostrophes.
func wadeGiles(s string) []string {
	i := strings.IndexAny(s, "aeiou")
	if i < 0 {
		return []string{s}
	}
	initial, final := s[:i], s[i:]
	out := []string{s}
	switch initial {
	case "b":
		initial = "p"
	case "d":
		initial = "t"
	case "g":
		initial = "k"
	case "j", "zh", "q", "ch":
		initial = "ch"
	case "z", "c":
		initial = "ts"
		if final == "i" {
			initial = "tz"
		}
	case "x":
		initial = "hs"
	case "r":
		initial = "j"
	}
	switch {
	case final == "ong":
		final = "ung"
	case final == "ian":
		final = "ien"
	case final == "ie":
		final = "ieh"
	case final == "ue":
		final = "ueh"
	case final == "iu" && initial != "l":
		final = "iu"
	case final == "ui" && (initial == "k" || initial == "kw"):
		final = "uei"
	case final == "uo" && initial != "s" && initial != "sh" && initial != "k" && initial != "h":
		final = "o"
	case final == "e" && (initial == "k" || initial == "h" || initial == ""):
		final = "o"
	case final == "i" && (s == "zhi" || s == "chi" || s == "shi" || s == "ri"):
		final = "ih"
	case final == "i" && (initial == "ts" || initial == "tz" || initial == "s"):
		final = "u"
	case final == "an" && s == "yan":
		final = "en"
	case s == "you":
		final = "u"
	case s == "ye":
		final = "eh"
	case s == "er":
		initial, final = "e", "rh"
	}
	if s == "guo" {
		out = append(out, "ko")
	}
	if s == "si" {
		out = append(out, "ssu", "szu", "sze")
	}
	if s == "zi" || s == "ci" {
		out = append(out, "tsu", "tzu", "tze", "tse")
	}
	if s == "xi" || s == "si" {
		out = append(out, "shi")
	}
	return append(out, initial+final)
}
