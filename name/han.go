package name

import (
	"strings"
	"sync"
)

const (
	hanFirst = 0x4e00
	hanLast  = 0x9fff
)

// hanTable gives each character its reading in one language.
type hanTable struct {
	at    [hanLast - hanFirst + 1]uint16
	reads []string
}

func (t *hanTable) read(r rune) string {
	if r < hanFirst || r > hanLast {
		return ""
	}
	return t.reads[t.at[r-hanFirst]]
}

func loadHan(file string, spell func(string) string) func() *hanTable {
	return sync.OnceValue(func() *hanTable {
		t := &hanTable{reads: []string{""}}
		lines(file, func(line string) {
			read, chars, _ := strings.Cut(line, " ")
			t.reads = append(t.reads, spell(read))
			for _, r := range chars {
				if r >= hanFirst && r <= hanLast {
					t.at[r-hanFirst] = uint16(len(t.reads) - 1)
				}
			}
		})
		return t
	})
}

var (
	mandarin  = loadHan("han-mandarin", func(s string) string { return strings.ReplaceAll(s, "v", "u") })
	cantonese = loadHan("han-cantonese", hongKong)
	hanja     = loadHan("han-korean", func(s string) string { return s }) // Hangul syllables
	onyomi    = loadHan("han-japanese", func(s string) string { return s })
)

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
