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
	at    string // the number of the reading, two bytes a character
	reads []string
}

func (t *hanTable) read(r rune) string {
	if r < hanFirst || r > hanLast {
		return ""
	}
	return t.reads[le16(t.at[2*(r-hanFirst):])]
}

func loadHan(i int) func() *hanTable {
	return sync.OnceValue(func() *hanTable {
		r := reader(words().han[i])
		return &hanTable{r.next(), strings.Split(r.next(), "\n")}
	})
}

var (
	mandarin  = loadHan(0)
	cantonese = loadHan(1)
	hanja     = loadHan(2) // Hangul syllables
	onyomi    = loadHan(3)
)
