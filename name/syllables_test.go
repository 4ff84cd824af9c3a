package name

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// syllables gives each syllable of Mandarin a group and ties the spellings of
// pinyin and of Wade-Giles to it.
func (l *builder) syllables() {
	seen := map[string]bool{}
	for _, s := range l.mandarin {
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

// koreanNames finds the syllables that names have: family names, and those
// that many characters are read by.
func (l *builder) koreanNames(families []string) {
	add := func(s string) {
		for _, r := range s {
			if i, v, f, ok := jamo(r); ok {
				l.korean[koreanGroup(initialSounds[i], vowelSounds[v], finalSounds[f])-koreanGroups] = 1
			}
		}
	}
	for _, f := range families {
		add(f)
	}
	lines("han-korean", func(line string) {
		if read, chars, _ := strings.Cut(line, " "); utf8.RuneCountInString(chars) > 5 {
			add(read)
		}
	})
}

// hanFiles are the tables in their order in the lexicon.
var hanFiles = [...]string{"han-mandarin", "han-cantonese", "han-korean", "han-japanese"}

// readHan compiles a table of characters: the number of each one's reading, and the readings.
func (l *builder) readHan(i int, spell func(string) string) {
	at, reads := make([]byte, 2*(hanLast-hanFirst+1)), []string{""}
	lines(hanFiles[i], func(line string) {
		read, chars, _ := strings.Cut(line, " ")
		for _, r := range chars {
			if r >= hanFirst && r <= hanLast {
				binary.LittleEndian.PutUint16(at[2*(r-hanFirst):], uint16(len(reads)))
			}
		}
		reads = append(reads, spell(read))
	})
	var w writer
	w.add(at)
	w.add([]byte(strings.Join(reads, "\n")))
	l.han[i] = string(w)
	if i == 0 {
		l.mandarin = reads
	}
}

// hongKong respells Jyutping the way names are written in Hong Kong.
func hongKong(s string) string {
	i := 0
	for i < len(s) && !strings.ContainsRune("aeiou", rune(s[i])) {
		i++
	}
	initial, final := s[:i], s[i:]
	if i == len(s) { // m, ng
		return s
	}
	if initial == "j" && strings.HasPrefix(final, "yu") || strings.HasSuffix(initial, "y") {
		initial = strings.TrimSuffix(initial, "y")
	}
	if k := strings.Index(s, "yu"); k >= 0 && k < i+1 { // jyu, zyun: the vowel is yu
		initial, final = s[:k], s[k:]
	}
	switch initial {
	case "b":
		initial = "p"
	case "d":
		initial = "t"
	case "g":
		initial = "k"
	case "gw":
		initial = "kw"
	case "z":
		initial = "ch"
		if final == "i" || final == "ou" || final == "eoi" {
			initial = "ts"
		}
	case "c":
		initial = "ch"
		if final == "i" || final == "eoi" {
			initial = "ts"
		}
	case "j":
		initial = "y"
	case "s":
		if strings.HasPrefix(final, "eo") || strings.HasPrefix(final, "oe") {
			initial = "sh"
		}
	}
	switch {
	case strings.HasPrefix(final, "yu"):
		rest := final[2:]
		final = "u" + rest
		if rest != "" {
			final = "ue" + rest
		}
		if initial == "y" || initial == "" {
			initial = "y"
		}
	case final == "eoi":
		final = "ui"
	case strings.HasPrefix(final, "eo"):
		final = "u" + final[2:]
	case strings.HasPrefix(final, "oe"):
		final = "eu" + final[2:]
	case final == "ou":
		final = "o"
	case strings.HasPrefix(final, "aa"):
		final = final[1:]
	case final == "i" && initial == "ts":
		final = "z"
	}
	return initial + final
}

// longForms are long words of legal forms. Misspelled they are known still
// where the name has another word of firms.
var longForms = map[string]string{
	"limited": "limited", "liability": "limited", "company": "company", "corporation": "corporation", "incorporated": "corporation",
	"obshchestvo": "limited", "ogranichennoy": "limited", "otvetstvennostyu": "limited", "aktsionernoe": "stock", "publichnoe": "stock",
	"sirketi": "limited", "limitada": "limited", "responsabilidad": "limited", "sociedad": "stock",
}

func (l *builder) nearForms() {
	for _, w := range slices.Sorted(maps.Keys(longForms)) {
		sound := string(AppendSound(nil, []byte(w)))
		l.near = append(l.near, &entry{reads: []string{sound}, groups: []Group{l.group(Form, longForms[w])}})
	}
}
