// Package name compares names as people write them. It knows no list.
//
// Two spellings are the same when [Fold] makes them equal, and the same name
// in another order or with another corporate form when [Key] does.
//
// A [Parser] reads a name in any script: it parts it into words in Latin
// letters, in each way that a list may write them, with how they sound, what
// kind of words they are and which other words they may stand for. [Distance]
// and [Pattern] compare the words. The tables are in data, with their sources.
package name

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxRunes is how much of a name is compared, counted after everything that
// cannot be seen has been taken out, so that padding cannot push a name out
// of sight. [Folder.Cut] reports a longer one.
const MaxRunes = 1000

// Fold brings spellings of one name together: compatibility forms, case,
// diacritics, invisible characters, punctuation and spacing no longer differ,
// nor do Cyrillic and Greek letters that pass for Latin ones in a Latin word.
// An apostrophe joins what it stands between, other punctuation parts it.
// Folding twice changes nothing.
func Fold(s string) string {
	var f Folder
	return string(f.Fold(s))
}

// Key is Fold without corporate forms and with the words in a fixed order:
// "PAK, Jin Hyok" and "Jin Hyok Pak" have one key. A name that consists of
// corporate forms alone keeps them.
func Key(s string) string {
	var f Folder
	return string(f.Key(s))
}

// Folder folds one name after another into its own memory. The zero value is
// ready; what Fold and Key return is good until the next call. It is not for
// concurrent use.
type Folder struct {
	// Folded is the fold of the last name, also of one that went to Key.
	Folded []byte
	// Cut tells that the last name was longer than MaxRunes.
	Cut bool
	// Words is how many words the last key has, Dropped whether a corporate
	// form was left out of it.
	Words   int
	Dropped bool

	fold, norm, key, joined []byte
	words                   [][]byte
	runes                   int
	gap, wide               bool
}

// Fold is the function Fold without its allocations.
func (f *Folder) Fold(s string) []byte {
	f.fold, f.runes = f.fold[:0], 0
	f.Cut, f.gap, f.wide = false, false, false
	for i := 0; i < len(s) && !f.Cut; {
		c := s[i]
		if c < utf8.RuneSelf {
			f.ascii(c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if apostrophe(r) { // before decomposition makes a space of some
			i += size
			continue
		}
		if d := norm.NFKD.PropertiesString(s[i : i+size]).Decomposition(); d != nil {
			for len(d) > 0 {
				r, n := utf8.DecodeRune(d)
				f.rune(r)
				d = d[n:]
			}
		} else {
			f.rune(r)
		}
		i += size
	}
	f.Folded = f.fold
	if f.wide {
		f.unmask()
		f.norm = norm.NFC.Append(f.norm[:0], f.fold...)
		f.Folded = f.norm
	}
	return f.Folded
}

func (f *Folder) ascii(c byte) {
	switch {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		f.put(rune(c))
	case 'A' <= c && c <= 'Z':
		f.put(rune(c + 'a' - 'A'))
	case c == '\'', c == '`':
	case c >= ' ' && c != 0x7f, '\t' <= c && c <= '\r':
		f.gap = true
	}
}

func (f *Folder) rune(r rune) {
	if r < utf8.RuneSelf {
		f.ascii(byte(r))
		return
	}
	switch classOf(r) {
	case dropped:
	case space:
		f.gap = true
	case letter:
		r = lower(r)
		if plain, ok := plainLetters[r]; ok {
			for _, p := range plain {
				f.put(p)
			}
			return
		}
		f.put(r)
	}
}

// put writes a rune, and before it the one space that stands for all that
// parted it from the last.
func (f *Folder) put(r rune) {
	need := 1
	if f.gap && len(f.fold) > 0 {
		need = 2
	}
	if f.runes+need > MaxRunes {
		f.Cut = true
		return
	}
	if need == 2 {
		f.fold = append(f.fold, ' ')
	}
	f.gap = false
	f.runes += need
	if r >= utf8.RuneSelf {
		f.wide = true
	}
	f.fold = utf8.AppendRune(f.fold, r)
}

// unmask gives a word that mixes Latin letters with lookalikes of them the
// letters that a reader sees. A word of another script stays as it is.
func (f *Folder) unmask() {
	out := f.fold[:0] // no lookalike is shorter than its Latin letter
	for rest, more := f.fold, true; more; {
		var w []byte
		w, rest, more = bytes.Cut(rest, []byte{' '})
		mixed := bytes.ContainsFunc(w, func(r rune) bool { return r >= 'a' && r <= 'z' })
		for len(w) > 0 {
			r, n := utf8.DecodeRune(w)
			if l, ok := lookalikes[r]; ok && mixed {
				r = l
			}
			out, w = utf8.AppendRune(out, r), w[n:]
		}
		if more {
			out = append(out, ' ')
		}
	}
	f.fold = out
}
