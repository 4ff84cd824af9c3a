package screen

import (
	"slices"
	"strings"
	"unicode"

	"navicert/list"
	"navicert/match"
	"navicert/name"
	"navicert/wallet"
)

// Contradicts tells whether other evidence says that a name is another's. What
// an entity is does not: lists and deals differ about ships and their owners,
// and about people who trade under their own name.
func Contradicts(f *match.Effect) bool { return f.Effect <= -2.5 && f.What != "kind" }

// grade compares the name with all names of the entity.
func (l *Lists) grade(h *Hit, q *match.Query, folder *name.Folder, least float32) {
	e := h.Entity
	h.Grade, h.How = Possible, "name"
	if int(h.Name) < len(e.Names) {
		h.Listed = e.Names[h.Name].Text
	}
	if h.Name > 0 {
		h.How = "alias"
	}
	x := h.List.index.Explain(q, h.Hit)
	h.Effects = x.Other
	against, number := false, false
	for i := range h.Effects {
		f := &h.Effects[i]
		against = against || Contradicts(f)
		number = number || f.What == "document" && f.Effect > 0
	}
	same, weakly, alone := false, false, false
	if h.Asked != "" {
		key := string(folder.Key(h.Asked))
		words, dropped, folded := folder.Words, folder.Dropped, string(folder.Folded)
		for i := range e.Names {
			n := &e.Names[i]
			if key == "" || string(folder.Key(n.Text)) != key {
				continue
			}
			// One word that is left of a longer name says little: "Sinbad
			// Ltd." need not be Sinbad. Nor does one that its source calls weak.
			if words == 1 && (n.Weak || (dropped || folder.Dropped) && string(folder.Folded) != folded) {
				if h.unsure = "one word, which its list gives as a weak or a short name"; !n.Weak {
					alone, h.unsure = true, "one word beside a corporate form is the name of many"
				}
				continue
			}
			// A name of a person that its source calls weak points at somebody,
			// and proves nothing.
			if n.Weak && e.Kind == list.KindPerson {
				weakly, h.unsure = true, "the list itself calls that name weak"
				continue
			}
			same = true
			h.Listed, h.How = n.Text, "name"
			if i > 0 {
				h.How = "alias"
			}
			break
		}
		listed := string(folder.Key(h.Listed))
		same = same || h.Similarity >= 0.985 && h.Completeness >= 0.99 && !h.Weak && !h.ByDocument && min(words, folder.Words) > 1 &&
			written(h.Asked, h.Listed, key, listed, words == folder.Words)
	}
	// Two people have one name, and another country, more often than they are
	// one.
	if same && !number && e.Kind == list.KindPerson && elsewhere(h) {
		same, weakly, h.unsure = false, true, "a namesake in another country is as likely"
	}
	if same && !number && crowded(h, q) {
		same, weakly, h.crowd = false, true, true
		h.unsure = "very many people bear that name, and no date of birth, number or address tells them apart"
	}
	count := number && numbersCount(q, e)
	if number && (count || same) {
		same = true
		if h.ByDocument {
			h.How = "identifier"
		}
	}
	if h.Stands && !same && h.unsure == "" {
		h.unsure = "the listed name " + printable(h.Listed) + " stands whole in it"
	}
	switch {
	case against && !count:
		h.Grade = Contradicted
	case same && !against:
		h.Grade = Same
	}
	h.numbered, h.kept = count, h.Stands && least <= match.Standard || weakly || count || alone && h.Score >= least-2
}

// written tells whether two names that the search finds the same are written
// the same. In Latin letters they are so but for spaces: "Main Directorate" is
// not "General Directorate", and a daughter in Paraguay is not her mother. In
// another script they have as many words.
func written(asked, listed, a, b string, words bool) bool {
	if latin(asked) && latin(listed) {
		return strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "")
	}
	return words
}

func latin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

// elsewhere tells whether a person is said to be of another country, and of no
// date of birth that fits.
func elsewhere(h *Hit) bool {
	out := false
	for i := range h.Effects {
		switch f := &h.Effects[i]; {
		case f.What == "country" && f.Effect < 0:
			out = true
		case f.What == "date of birth" && f.Effect > 0:
			return false
		}
	}
	return out
}

// Numbered tells whether a number or a wallet of the query is the entity's own.
// A firm clears names, and no numbers.
func Numbered(q *match.Query, e *list.Entity) bool {
	return numbersCount(q, e) || slices.ContainsFunc(q.Wallets, func(a string) bool {
		key := wallet.Parse(a, "").Key
		return key != "" && slices.ContainsFunc(e.Wallets, func(w list.Wallet) bool { return address(&w).Key == key })
	})
}

// numbersCount tells whether a number that both have is long enough, and of a
// kind, to be nobody else's.
func numbersCount(q *match.Query, e *list.Entity) bool {
	for _, a := range q.Documents {
		for _, b := range e.Documents {
			if n := plainOf(&a); len(n) >= 6 && n == plainOf(&b) && a.Type != list.OtherDoc && alike(a.Type, b.Type) {
				return true
			}
		}
	}
	return false
}

// alike tells whether numbers of two types may be one: China's unified social
// credit code is a company's tax number and its registration.
func alike(a, b list.DocType) bool {
	company := func(t list.DocType) bool { return t == list.TaxID || t == list.Registration }
	return a == b || company(a) && company(b)
}

// plainOf leaves out what is no part of a number: the letters before an IMO
// number, and the branch in a bank's code, since the bank is one.
func plainOf(d *list.Document) string {
	n := plain(d.Number)
	switch {
	case d.Type == list.IMO || d.Type == list.MMSI:
		n = strings.TrimLeft(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	case d.Type == list.BIC && len(n) == 11:
		n = n[:8]
	}
	return n
}

// plain is a number in capital letters and digits alone.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}
