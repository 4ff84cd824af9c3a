package feed

import (
	"strings"
	"unicode"

	"navicert/list"
)

var (
	bracketed   = pattern(`\s*[(\[]([^()\[\]]+)[)\]]`)
	otherwise   = pattern(`(?i)^(a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|n\.?\s?k\.?\s?a\.?|also known as|formerly(?: known as)?)[\s:,]+`)
	otherwiseIn = pattern(`(?i)[,;]\s*(?:and |or )?(?:a\.?k\.?a\.?|also known as)[\s:,]+`)
)

// withBrackets adds what BIS and State write in brackets behind a name: other
// names ("(a.k.a. X)"), and the short name of the party ("(Huawei)"), which is
// one word that others may have, and weak. The name without them is added too.
// Places, and the short name of a part of the name, stay where they are.
func withBrackets(names []list.Name) []list.Name {
	seen := map[string]bool{}
	for _, n := range names {
		seen[n.Text] = true
	}
	add := func(text string, k list.NameKind, weak bool) {
		if text = strings.Trim(squash(text), " ,;"); text != "" && !seen[text] {
			seen[text] = true
			names = append(names, list.Name{Text: text, Kind: k, Weak: weak})
		}
	}
	for _, n := range names {
		in := bracketed().FindAllStringSubmatchIndex(n.Text, 2)
		if len(in) != 1 {
			continue
		}
		before, inner, after := n.Text[:in[0][0]], n.Text[in[0][2]:in[0][3]], n.Text[in[0][1]:]
		k := list.Spelling
		if n.Kind != list.Primary {
			k = n.Kind
		}
		if word := otherwise().FindString(inner); word != "" {
			as := list.AKA
			if w := strings.ToLower(word); w[0] == 'f' {
				as = list.FKA
			}
			add(before+after, k, n.Weak)
			for _, x := range otherwiseIn().Split(inner[len(word):], 20) {
				add(x, as, n.Weak)
			}
			continue
		}
		if strings.Trim(after, " .,;") == "" && shortFor(inner, before) {
			add(before, k, n.Weak)
			add(inner, list.AKA, true)
		}
	}
	return names
}

// noShort are words in brackets that are no names of anybody.
var noShort = map[string]bool{"group": true, "pty": true, "pte": true, "pvt": true, "llc": true, "ltd": true, "fze": true, "fzc": true, "fzco": true, "usa": true, "prc": true, "dprk": true, "uae": true}

// shortFor tells whether what stands in brackets is short for the name before
// it: its first word, or letters of its words in their order.
func shortFor(short, name string) bool {
	word, number, _ := strings.Cut(short, " ")
	if len(word) < 3 || len(word) > 20 || strings.Trim(number, "0123456789") != "" || noShort[strings.ToLower(word)] || countryCode(word) != "" {
		return false
	}
	words := strings.Fields(name)
	if len(words) < 2 {
		return false
	}
	if strings.EqualFold(words[0], word) {
		return true
	}
	if strings.ToUpper(word) != word {
		return false
	}
	left := []rune(strings.ToLower(word))
	begins := true
	for _, c := range strings.ToLower(name) {
		if len(left) == 0 {
			break
		}
		if first := len(left) == len([]rune(word)); c == left[0] && (begins || !first) {
			left = left[1:]
		}
		begins = !unicode.IsLetter(c)
	}
	return len(left) == 0
}
