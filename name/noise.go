package name

import "bytes"

// clean joins what is spaced out and marks what belongs to a payment text,
// before words are made tokens.
func (p *Parser) clean() {
	p.letters()
	p.payment()
}

// letters joins single letters: those of a legal form ("L. L. C.") or of an
// abbreviation ("A.B.C."), and a name that is spaced out letter by letter.
func (p *Parser) letters() {
	ws := p.scan.words
	singles, apart := 0, 0
	for i := range ws {
		if p.single(&ws[i]) {
			singles++
			if ws[i].sep != dot {
				apart++
			}
		}
	}
	if singles < 2 {
		return
	}
	spaced := apart >= 5 && apart*10 >= len(ws)*7
	p.name.Spaced = spaced
	out := ws[:0]
	for i := 0; i < len(ws); {
		n := 0 // of single letters from here
		dotted := true
		for i+n < len(ws) && p.single(&ws[i+n]) && (n == 0 || ws[i+n].script == ws[i].script && ws[i+n].sep != comma && ws[i+n].sep != slash) {
			dotted = dotted && (n == 0 || ws[i+n].sep == dot)
			n++
		}
		switch {
		case i == 0 && n == 2 && ws[1].sep == dot && p.is(&ws[0], "h") && (p.is(&ws[1], "e") || p.is(&ws[1], "h")) && len(ws) > 2:
			i += 2 // His Excellency
			continue
		case n < 2:
			out = append(out, ws[i])
			i++
			continue
		case spaced && n > 3:
		case n > 2 && dotted:
		default:
			// The longest legal form from here; two letters may be initials.
			n = min(n, 6)
			for n > 1 && (!p.legal(ws[i:i+n]) || n == 2 && (i == 0 || len(ws) < 4)) {
				n--
			}
			if n < 2 {
				out = append(out, ws[i])
				i++
				continue
			}
		}
		w := ws[i]
		at := len(p.scan.buf)
		for k := i; k < i+n; k++ {
			p.scan.buf = append(p.scan.buf, p.scan.text(&ws[k])...)
		}
		w.at, w.end, w.to = int32(at), int32(len(p.scan.buf)), ws[i+n-1].to
		w.joined = spaced && n > 3
		w.marks = 0
		out = append(out, w)
		i += n
	}
	p.scan.words = out
}

func (p *Parser) is(w *word, text string) bool { return string(p.scan.text(w)) == text }

// single tells a word of one letter in a script with capitals.
func (p *Parser) single(w *word) bool {
	n := w.end - w.at
	return w.script >= Latin && w.script <= Greek && (n == 1 || n == 2 && w.script != Latin)
}

// legal tells whether letters put together are a legal form.
func (p *Parser) legal(ws []word) bool {
	p.join = p.join[:0]
	for i := range ws {
		p.join = append(p.join, p.scan.text(&ws[i])...)
	}
	if ws[0].script != Latin {
		p.join = append(p.join[:0], appendCyrillic(p.join[len(p.join):], p.join, russian, false)...)
	}
	e := p.lex.entry(p.join)
	return e != nil && e.class&Legal != 0
}

// takes says what a word of a payment text takes along.
type takes uint8

const (
	takesNothing takes = iota + 1
	takesNumber
	takesDigits // counts only if a number follows
	takesDate
	takesRest
)

// payment marks the words of a payment text that belong to no name.
func (p *Parser) payment() {
	ws := p.scan.words
	// Numbered lines of a bank message: 1/ has the name, the others where it
	// is.
	line := byte(0)
	for i := range ws {
		w := &ws[i]
		b := p.scan.text(w)
		head := len(b) == 1 && b[0] >= '1' && b[0] <= '8' && i+1 < len(ws) && ws[i+1].sep == slash && w.sep != slash
		if head && (b[0] == '1' && i == 0 || line != 0) {
			line = b[0]
		} else {
			head = false
		}
		if head || line > '1' {
			w.noise = true
		}
	}
	for i := 0; i < len(ws) && line == 0; {
		n, what := p.lex.payment(p, ws[i:])
		if n == 0 {
			i++
			continue
		}
		end := i + n
		switch what {
		case takesNumber, takesDigits:
			for end < len(ws) && end < i+n+3 && p.numeric(&ws[end]) {
				end++
			}
			if end == i+n && (what == takesDigits || i > 0 && end < len(ws)) {
				i++
				continue
			}
		case takesDate:
			for end < len(ws) && end < i+n+3 && (p.numeric(&ws[end]) || month(p.scan.text(&ws[end]))) {
				end++
			}
		case takesRest:
			if i == 0 {
				i++
				continue
			}
			end = len(ws)
		}
		for k := i; k < end; k++ {
			ws[k].noise = true
		}
		i = end
	}
	// An address at the end: a house number and a street, a city and the code
	// of its country.
	if n := len(ws); n > 3 {
		switch string(p.scan.text(&ws[n-1])) {
		case "street", "st", "road", "rd", "avenue", "ave", "lane", "blvd", "str":
			for k := n - 2; k > 0 && k > n-5; k-- {
				if p.numeric(&ws[k]) {
					for ; k < n; k++ {
						ws[k].noise = true
					}
					break
				}
			}
		default:
			if ws[n-1].end-ws[n-1].at == 2 && ws[n-1].caps {
				if e := p.lex.entry(p.scan.text(&ws[n-2])); e != nil && e.class&Place != 0 {
					ws[n-1].noise, ws[n-2].noise = true, true
				}
			}
		}
	}
	for i := range ws {
		if !ws[i].noise {
			return
		}
	}
	for i := range ws { // nothing else to go by
		ws[i].noise = false
	}
}

// payment finds the longest phrase of payment texts that ws starts with.
func (l *lexicon) payment(p *Parser, ws []word) (n int, what takes) {
	if len(ws) == 0 || ws[0].script != Latin || l.payments.get(p.scan.text(&ws[0])) == 0 {
		return 0, 0
	}
	p.join = p.join[:0]
	for i := 0; i < len(ws) && i < 5; i++ {
		if i > 0 {
			p.join = append(p.join, ' ')
		}
		p.join = append(p.join, p.scan.text(&ws[i])...)
		if t := takes(l.payments.get(p.join)); t != 0 && t != prefixOnly {
			if string(p.join) == "c o" && ws[1].sep != slash {
				continue
			}
			n, what = i+1, t
		}
	}
	return n, what
}

// prefixOnly marks a word that only starts phrases.
const prefixOnly takes = 255

// numeric tells a word with digits.
func (p *Parser) numeric(w *word) bool {
	for _, c := range p.scan.text(w) {
		if c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

func month(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	switch string(b[:3]) {
	case "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec":
		return true
	}
	return false
}

// looks is what a digit among letters stands for, likeliest first.
var looks = [10]string{"o", "il", "z", "e", "a", "s", "b", "t", "b", "g"}

// damaged offers for a Latin word that looks damaged what it may have been:
// digits among letters (4 for a, 0 for o, 1 for i or l), and letters that
// scanners take for one (rn for m, vv for w, cl for d).
func (p *Parser) damaged(text []byte) {
	letters, digits, ones := 0, 0, 0
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits++
			if c == '1' {
				ones++
			}
		case c < 0x80:
			letters++
		}
	}
	if digits > 0 {
		if digits > letters || ordinal(text) {
			return
		}
		p.toks[len(p.toks)-1].Class |= Noisy
		ways := 1
		if ones == 1 {
			ways = 2
		} else if ones > 1 {
			ways = 4
		}
		for way := range ways {
			// 1 is i or l: all of them, or the first and the others.
			at := len(p.arena)
			seen := 0
			for _, c := range text {
				if c >= '0' && c <= '9' {
					l := looks[c-'0']
					k := 0
					if c == '1' {
						k = way >> min(seen, 1) & 1
						if ways == 2 {
							k = way
						}
						seen++
					}
					c = l[k]
				}
				p.arena = append(p.arena, c)
			}
			fixed := p.since(at)
			p.alt(at)
			p.confused(fixed)
		}
		p.promote()
		return
	}
	if t := &p.toks[len(p.toks)-1]; p.lex.find(t.Text, t.Sound, Latin) != nil {
		return
	}
	if p.confused(text) {
		p.toks[len(p.toks)-1].Class |= Noisy
		p.promote()
	}
}

// confused offers a word with one letter for two that scanners take for it.
func (p *Parser) confused(text []byte) (any bool) {
	if len(text) < 5 {
		return false
	}
	for _, pair := range [...][2]string{{"rn", "m"}, {"vv", "w"}, {"cl", "d"}} {
		i := bytes.Index(text, []byte(pair[0]))
		if i < 0 {
			continue
		}
		at := len(p.arena)
		p.arena = append(p.arena, text[:i]...)
		p.arena = append(p.arena, pair[1]...)
		p.arena = append(p.arena, text[i+2:]...)
		p.alt(at)
		any = true
	}
	return any
}

// promote makes a repair that the tables know the word itself.
func (p *Parser) promote() {
	t := &p.toks[len(p.toks)-1]
	for i := range t.Alts {
		a := &t.Alts[i]
		// To sound like some name is not enough.
		if e := p.lex.find(a.Text, a.Sound, Latin); e != nil && (len(e.groups) > 0 || e.class != 0 || p.lex.entry(a.Text) == e) {
			a.Text, t.Text = t.Text, a.Text
			a.Sound, t.Sound = t.Sound, a.Sound
			a.Bones, t.Bones = t.Bones, a.Bones
			return
		}
	}
}

// ordinal tells 1st, 2nd, 3rd, 4th.
func ordinal(b []byte) bool {
	n := len(b)
	if n < 3 || b[n-3] < '0' || b[n-3] > '9' {
		return false
	}
	switch string(b[n-2:]) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}
