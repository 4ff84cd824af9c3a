package name

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// gap is what stood between two words, the strongest of several signs.
type gap uint8

const (
	none gap = iota // another script begins
	hyphen
	dot
	blank
	slash
	comma
	other // quotes, parentheses, everything else
)

// word is a run of letters and digits of one script, in small letters and
// without accents, in the scanner's buffer.
type word struct {
	at, end  int32 // in the buffer
	from, to int32 // in the name
	script   Script
	sep      gap // before it
	caps     bool
	family   bool
	joined   bool  // spaced-out letters put together
	noise    bool  // belongs to a payment text
	marks    uint8 // how many of the scanner's marks are its own
	mark     int32 // the first of them
}

// scanner parts a name into words.
type scanner struct {
	buf      []byte
	words    []word
	marks    []mark
	script   Script
	mixed    bool
	cut, bad bool
	repaired bool
	persian  bool // has letters that Arabic has not
	letters  [Other + 1]int32
	commas   int
	mixes    int // words with letters of two scripts

	runes int
	sep   gap
	open  bool // a word is being written
	small bool // it has small letters
}

func (s *scanner) text(w *word) []byte { return s.buf[w.at:w.end:w.end] }

// run scans a name.
func (s *scanner) run(name string) {
	*s = scanner{buf: s.buf[:0], words: s.words[:0], marks: s.marks[:0]}
	for i := 0; i < len(name) && !s.cut; {
		c := name[i]
		if c < utf8.RuneSelf {
			s.ascii(c, int32(i))
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(name[i:])
		if r == utf8.RuneError && size == 1 {
			s.bad = true
			i++
			continue
		}
		if whole(r) {
			s.rune(r, int32(i), int32(size))
		} else if d := norm.NFKD.PropertiesString(name[i : i+size]).Decomposition(); d != nil && !apostrophe(r) {
			for len(d) > 0 {
				r, n := utf8.DecodeRune(d)
				s.rune(r, int32(i), int32(size))
				d = d[n:]
			}
		} else {
			s.rune(r, int32(i), int32(size))
		}
		i += size
	}
	s.close()
	s.repair()
	s.finish()
}

// whole tells letters whose marks belong to them.
func whole(r rune) bool {
	return r >= 0x400 && r < 0x530 || r >= 0x3041 && r < 0x3100 || r >= 0xac00 && r < 0xd7a4
}

// mark is what a combining sign of a Latin word may be written as: a letter
// after the one that carries it (š is sh, ü is ue).
type mark struct {
	at  int32 // in the buffer
	add byte
}

// combine handles a combining mark that changes the letter before it, and
// tells whether it did.
func (s *scanner) combine(r rune) bool {
	if !s.open {
		return false
	}
	w := &s.words[len(s.words)-1]
	last, size := utf8.DecodeLastRune(s.buf[w.at:])
	if last < utf8.RuneSelf {
		var add byte
		switch r {
		case 0x30c: // caron
			if last == 'c' || last == 's' || last == 'z' {
				add = 'h'
			}
		case 0x327, 0x326, 0x301: // cedilla, comma, acute
			if last == 'c' || last == 's' {
				add = 'h'
			} else if last == 't' && r != 0x301 {
				add = 's'
			}
		case 0x308: // diaeresis
			if last == 'a' || last == 'o' || last == 'u' {
				add = 'e'
			}
		case 0x30a: // ring
			if last == 'a' {
				add = 'a'
			}
		case 0x303: // tilde
			if last == 'n' {
				add = 'y'
			}
		}
		if add != 0 && len(s.marks) < MaxTokens {
			s.marks = append(s.marks, mark{int32(len(s.buf)), add})
			w.marks++
		}
		return false
	}
	to := rune(0)
	switch {
	case r == 0x306 && last == 'и':
		to = 'й'
	case r == 0x306 && last == 'у':
		to = 'ў'
	case r == 0x308 && last == 'е':
		to = 'ё'
	case r == 0x308 && last == 'і':
		to = 'ї'
	case r == 0x3099 && last > 0x3040 && last < 0x30ff, r == 0x309a && last > 0x3040 && last < 0x30ff:
		to = last + r - 0x3098
	default:
		return false
	}
	s.buf = utf8.AppendRune(s.buf[:len(s.buf)-size], to)
	return true
}

func (s *scanner) ascii(c byte, at int32) {
	switch {
	case 'a' <= c && c <= 'z':
		s.put(rune(c), Latin, at, 1, true)
	case 'A' <= c && c <= 'Z':
		s.put(rune(c+'a'-'A'), Latin, at, 1, false)
	case '0' <= c && c <= '9':
		s.put(rune(c), NoScript, at, 1, false)
	case c == '\'', c == '`':
	case c == '-':
		s.part(hyphen)
	case c == '.':
		s.part(dot)
	case c == ',':
		s.part(comma)
	case c == '/':
		s.part(slash)
	case c == ' ', '\t' <= c && c <= '\r':
		s.part(blank)
	case c > ' ' && c != 0x7f:
		s.part(other)
	}
}

func (s *scanner) rune(r rune, at, size int32) {
	if r < utf8.RuneSelf {
		s.ascii(byte(r), at)
		return
	}
	if r == 0x2206 { // written for a capital delta
		r = 'δ'
	}
	if (r >= 0x300 && r < 0x330 || r == 0x3099 || r == 0x309a) && s.combine(r) {
		return
	}
	switch classOf(r) {
	case dropped:
		if r == 0x200c && s.open && s.words[len(s.words)-1].script == Arabic {
			s.part(hyphen) // Persian parts the pieces of a word with it
		}
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			s.bad = true
		}
	case space:
		switch {
		case unicode.Is(unicode.Pd, r):
			s.part(hyphen)
		case unicode.IsSpace(r):
			s.part(blank)
		default:
			s.part(other)
		}
	case letter:
		low := lower(r)
		if low >= 0x600 && low < 0x700 {
			switch low {
			case 'پ', 'چ', 'ژ', 'گ', 'ک', 'ی', 'ټ', 'ډ', 'ړ', 'ښ', 'ځ', 'څ', 'ې', 'ہ', 'ے':
				s.persian = true
			}
			if low = arabicPlain(low); low == 0 {
				return
			}
		}
		if plain, ok := plainLetters[low]; ok {
			for _, p := range plain {
				s.put(p, Latin, at, size, low == r)
			}
			return
		}
		s.put(low, ScriptOf(low), at, size, low == r)
	}
}

// part ends the word.
func (s *scanner) part(by gap) {
	s.close()
	s.sep = max(s.sep, by)
}

func (s *scanner) put(r rune, in Script, at, size int32, small bool) {
	if s.runes >= MaxRunes {
		s.cut = true
		return
	}
	if s.open {
		w := &s.words[len(s.words)-1]
		if in != NoScript && w.script != NoScript && in != w.script && !(similar(in) && similar(w.script)) {
			s.close()
		}
		if in != NoScript && in != w.script {
			s.mixes++
		}
	}
	if !s.open {
		if len(s.words) >= MaxTokens {
			s.cut = true
			return
		}
		s.words = append(s.words, word{at: int32(len(s.buf)), from: at, sep: s.sep, mark: int32(len(s.marks))})
		s.open, s.small, s.sep = true, false, none
	}
	w := &s.words[len(s.words)-1]
	if w.script == NoScript {
		w.script = in
	}
	s.small = s.small || small && in != NoScript
	s.letters[in]++
	s.runes++
	s.buf = utf8.AppendRune(s.buf, r)
	w.to = at + size
}

// similar tells the scripts whose letters pass for each other's.
func similar(s Script) bool { return s == Latin || s == Cyrillic || s == Greek }

func (s *scanner) close() {
	if !s.open {
		return
	}
	w := &s.words[len(s.words)-1]
	w.end = int32(len(s.buf))
	w.caps = !s.small && w.script != NoScript
	s.open = false
}

// finish judges the name as a whole.
func (s *scanner) finish() {
	seen := 0
	for c := Latin; c <= Other; c++ {
		if s.letters[c] > 0 {
			seen++
			if s.letters[c] > s.letters[s.script] || s.script == NoScript {
				s.script = c
			}
		}
	}
	s.mixed = seen > 1
	// What stands before the first comma is the family name, as is what
	// stands in capitals among small letters, but not if it stands in quotes.
	first, caps, smalls, quoted := -1, 0, 0, false
	for i := range s.words {
		w := &s.words[i]
		if w.sep == comma {
			s.commas++
			if first < 0 {
				first = i
			}
		}
		if w.end-w.at > 1 && w.script != NoScript {
			if w.caps {
				caps++
				quoted = quoted || w.sep == other
			} else {
				smalls++
			}
		}
	}
	for i := range s.words {
		w := &s.words[i]
		w.family = i < first || first < 0 && caps > 0 && smalls > 0 && !quoted && w.caps && w.end-w.at > 1
	}
}
