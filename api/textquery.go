package api

import (
	"fmt"
	"strings"
	"unicode"

	"navicert/name"
)

// textQuery evaluates the words of a search. The language is the one that
// users of the contract write: words that must all be there, OR, NOT or -,
// "phrases", (groups), wild* and w?ld cards, fuzzy~ words, and field:value.
type textQuery struct {
	*textIndex
	folder name.Folder
	toks   []string
	fuzzy  bool // every word is a fuzzy one
	whose  func(field, value string) ([]ranked, error)
	depth  int
	open   int // words that stand for many
	near   name.Pattern
	err    error
}

// maxOpen is how many words of a search may be fuzzy ones or have cards: each
// is compared with every word of the lists.
const maxOpen = 10

func (p *textQuery) allow() bool {
	if p.open++; p.open > maxOpen {
		p.fail(fmt.Sprintf("more than %d words that are fuzzy or have * or ?", maxOpen))
	}
	return p.err == nil
}

// maxWordsAsked bounds the work of one search.
const maxWordsAsked = 100

// splitWords parts a text into words to look up; too many are refused.
func splitWords(q string) ([]string, error) {
	var f name.Folder
	ws := words(&f, q)
	if len(ws) > maxWordsAsked {
		return nil, bad("Invalid search query: more than %d words", maxWordsAsked)
	}
	return ws, nil
}

// plain takes every word as a word, whatever signs stand between them.
func (t *textIndex) plain(q string) ([]ranked, error) {
	ws, err := splitWords(q)
	var out []ranked
	for i, w := range ws {
		if r := t.word(w); i == 0 {
			out = r
		} else {
			out = both(out, r)
		}
	}
	return out, err
}

// prefix finds docs that have all the words, the last one perhaps not written to its end.
func (t *textIndex) prefix(q string) ([]ranked, error) {
	ws, err := splitWords(q)
	var out []ranked
	for i, w := range ws {
		r := t.word(w)
		if i == len(ws)-1 {
			r = t.like(w, func(string) bool { return true })
		}
		if i > 0 {
			r = both(out, r)
		}
		out = r
	}
	return out, err
}

// query evaluates q, with what whose says of conditions on fields.
func (t *textIndex) query(q string, fuzzy bool, whose func(field, value string) ([]ranked, error)) ([]ranked, error) {
	p := &textQuery{textIndex: t, fuzzy: fuzzy, whose: whose}
	if p.split(q); p.err != nil {
		return nil, p.err
	}
	out := p.or()
	if p.err == nil && len(p.toks) > 0 {
		p.fail("a closing bracket without its opening one")
	}
	return out.docs(t), p.err
}

func (p *textQuery) fail(why string) {
	if p.err == nil {
		p.err = bad("Invalid search query: %s. Use simple=true for text that a person types.", why)
	}
	p.toks = nil
}

// split parts q into words, phrases with their quotes, and brackets.
func (p *textQuery) split(q string) {
	for i := 0; i < len(q); {
		switch q[i] {
		case ' ', '\t', '\n', '\r':
			i++
		case '(', ')':
			p.toks = append(p.toks, q[i:i+1])
			i++
		case '"':
			end := strings.IndexByte(q[i+1:], '"')
			if end < 0 {
				p.fail("a quote that does not end")
				return
			}
			p.toks = append(p.toks, q[i:i+end+2])
			i += end + 2
		default:
			from := i
			for i < len(q) && !strings.ContainsRune(" \t\n\r()\"", rune(q[i])) {
				switch q[i] {
				case '\\':
					i++
				case '/':
					p.fail("a regular expression, which is not supported here; write \\/ for a slash")
					return
				case '[', ']', '{', '}', '^':
					p.fail("ranges and weights are not supported here")
					return
				}
				i++
			}
			i = min(i, len(q))
			p.toks = append(p.toks, q[from:i])
			if i < len(q) && q[i] == '"' && strings.HasSuffix(q[from:i], ":") { // field:"value"
				end := strings.IndexByte(q[i+1:], '"')
				if end < 0 {
					p.fail("a quote that does not end")
					return
				}
				p.toks[len(p.toks)-1] += q[i+1 : i+1+end]
				i += end + 2
			}
		}
	}
	if len(p.toks) > maxWordsAsked {
		p.fail("more than 100 words")
	}
}

// take notes the first error.
func (p *textQuery) take(rs []ranked, err error) []ranked {
	if err != nil && p.err == nil {
		p.err, p.toks = err, nil
	}
	return rs
}

// result is docs, or every doc where a query says only what must not be.
type result struct {
	all bool
	rs  []ranked
}

func (r result) docs(t *textIndex) []ranked {
	if !r.all {
		return r.rs
	}
	out := make([]ranked, len(t.docs))
	for i := range out {
		out[i].doc = uint32(i)
	}
	return without(out, r.rs)
}

func (p *textQuery) or() result {
	if p.depth++; p.depth > 20 {
		p.fail("brackets nested too deep")
	}
	defer func() { p.depth-- }()
	out := p.and()
	for len(p.toks) > 0 && (p.toks[0] == "OR" || p.toks[0] == "||") {
		p.toks = p.toks[1:]
		next := p.and()
		out = result{rs: either(out.docs(p.textIndex), next.docs(p.textIndex))}
	}
	return out
}

func (p *textQuery) and() result {
	out, any := result{all: true}, false
	for len(p.toks) > 0 {
		tok := p.toks[0]
		if tok == ")" || tok == "OR" || tok == "||" {
			break
		}
		p.toks = p.toks[1:]
		not := false
		for tok == "AND" || tok == "&&" || tok == "NOT" || tok == "!" {
			not = not != (tok == "NOT" || tok == "!")
			if len(p.toks) == 0 {
				p.fail("a word is missing after " + tok)
				return out
			}
			tok, p.toks = p.toks[0], p.toks[1:]
		}
		if len(tok) > 1 && (tok[0] == '-' || tok[0] == '!') {
			not, tok = !not, tok[1:]
		}
		tok = strings.TrimPrefix(tok, "+")
		var r result
		switch {
		case tok == "(":
			if r = p.or(); len(p.toks) == 0 {
				p.fail("a bracket that does not close")
				return out
			}
			p.toks = p.toks[1:]
		case tok == "" || tok == ")":
			continue
		case tok[0] == '"':
			r.rs = p.take(p.plain(tok))
		default:
			field, value, ok := strings.Cut(tok, ":")
			switch {
			case !ok || field == "" || value == "":
				r.rs = p.pattern(strings.TrimSuffix(tok, ":"))
			case strings.ContainsAny(value, "*?~") && !strings.Contains(value, `\`):
				p.fail("* ? and ~ in the value of a field are not supported here")
			default:
				r.rs = p.take(p.whose(field, strings.ReplaceAll(value, `\`, "")))
			}
		}
		any = true
		switch rs := r.docs(p.textIndex); {
		case not && out.all:
			out.rs = either(out.rs, rs)
		case not:
			out.rs = without(out.rs, rs)
		case out.all:
			out = result{rs: without(rs, out.rs)}
		default:
			out.rs = both(out.rs, rs)
		}
	}
	if !any {
		p.fail("a word is missing")
	}
	return out
}

// pattern finds one word with its cards.
func (p *textQuery) pattern(tok string) []ranked {
	word, _, fuzzy := strings.Cut(tok, "~")
	if !strings.ContainsAny(word, "*?") || strings.Contains(word, `\`) {
		ws := words(&p.folder, strings.ReplaceAll(word, `\`, ""))
		var out []ranked
		for i, w := range ws {
			r := p.word(w)
			if most := distanceFor(w); (fuzzy || p.fuzzy) && most > 0 && p.allow() {
				p.near.Set([]byte(w))
				r = p.like("", func(t string) bool {
					d := len(t) - len(w)
					return d <= most && -d <= most && p.near.Within([]byte(t), most) <= most
				})
			}
			if i > 0 {
				r = both(out, r)
			}
			out = r
		}
		return out
	}
	if !p.allow() {
		return nil
	}
	pat := strings.ToLower(word)
	head := pat[:strings.IndexAny(pat, "*?")]
	if head != "" {
		ws := words(&p.folder, head)
		if len(ws) != 1 {
			return nil
		}
		pat, head = ws[0]+pat[len(head):], ws[0]
	}
	return p.like(head, func(t string) bool { return wild(pat, t) })
}

// wild matches * and ? against a word.
func wild(pat, s string) bool {
	star, back := -1, 0
	i, j := 0, 0
	for j < len(s) {
		switch {
		case i < len(pat) && (pat[i] == '?' || pat[i] == s[j]):
			i++
			j++
		case i < len(pat) && pat[i] == '*':
			star, back = i, j
			i++
		case star >= 0:
			back++
			i, j = star+1, back
		default:
			return false
		}
	}
	return strings.Trim(pat[i:], "*") == ""
}

// distanceFor is how many letters may be wrong in a word.
func distanceFor(w string) int {
	switch n := len(w); {
	case n < 3:
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// lettersOf keeps what a comparison of property values needs.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return unicode.ToLower(r)
	}, strings.TrimSpace(s))
}
