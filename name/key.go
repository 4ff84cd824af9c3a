package name

import (
	"bytes"
	"slices"
)

// forms are the corporate forms that a key leaves out. Short ones that are
// also family names (Ou, Ao, Sa) stay.
var forms = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range []string{
		"co", "company", "corp", "corporation", "inc", "incorporated", "limited", "ltd",
		"llc", "llp", "plc", "pte", "pty", "gmbh", "ooo", "oao", "zao", "pao", "jsc", "pjsc", "ojsc",
		"ооо", "оао", "зао", "пао", "ао", "有限公司", "주식회사",
	} {
		m[string(new(Folder).Fold(w))] = true
	}
	return m
}()

// Key is the function Key without its allocations.
func (f *Folder) Key(s string) []byte {
	f.split(f.Fold(s))
	all := len(f.words)
	kept := f.words[:0:all]
	for _, w := range f.words {
		if !forms[string(w)] {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 { // nothing else to go by
		f.split(f.Folded)
		kept = f.words
	}
	f.Words, f.Dropped = len(kept), len(kept) < all
	slices.SortFunc(kept, bytes.Compare)
	f.key = f.key[:0]
	for i, w := range kept {
		if i > 0 {
			f.key = append(f.key, ' ')
		}
		f.key = append(f.key, w...)
	}
	return f.key
}

// split parts a fold into words. Single Latin letters in a row are one word:
// "l l c" was L.L.C.
func (f *Folder) split(fold []byte) {
	f.words = f.words[:0]
	f.joined = f.joined[:0]
	for len(fold) > 0 {
		w, rest, _ := bytes.Cut(fold, []byte{' '})
		n := 0 // of single letters from here
		for n*2 < len(fold) && single(fold[n*2:]) {
			n++
		}
		if n > 1 {
			at := len(f.joined)
			for i := range n {
				f.joined = append(f.joined, fold[i*2])
			}
			w = f.joined[at:len(f.joined):len(f.joined)]
			rest = fold[min(n*2, len(fold)):]
		}
		f.words = append(f.words, w)
		fold = rest
	}
}

// single tells whether b starts with a word of one Latin letter.
func single(b []byte) bool {
	return b[0] >= 'a' && b[0] <= 'z' && (len(b) == 1 || b[1] == ' ')
}
