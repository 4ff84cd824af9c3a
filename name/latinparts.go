package name

// latinWord appends the tokens of a Latin word. Arabic names that are written
// as one or as several words get one form: Abdelaziz and Abd al-Aziz are
// "abdul aziz", Nureddin and Nur al-Din are "nur din" with or without the
// article.
func (p *Parser) latinWord(w *word, text []byte) {
	if p.pieces(w, text) {
		return
	}
	at := len(p.arena)
	p.arena = append(p.arena, text...)
	p.token(w, at)
	if w.marks > 0 {
		p.marked(w)
	}
	p.french(text)
	if p.lex != nil {
		p.damaged(text)
	}
}

// pieces appends the tokens of a name that is several in one word.
func (p *Parser) pieces(w *word, text []byte) bool {
	if p.lex == nil {
		return false
	}
	if n := servant(text); n > 0 && !p.lex.variant(text) {
		p.arabicAbdul(w)
		p.piece(w, text[n:])
		return true
	}
	if n := faith(text); n > 0 && !p.lex.variant(text) {
		at := len(p.arena)
		p.arena = append(p.arena, text[:n]...)
		p.token(w, at)
		p.piece(w, []byte("din"))
		return true
	}
	return false
}

// piece appends a token that is written in one with the one before it.
func (p *Parser) piece(w *word, text []byte) {
	at := len(p.arena)
	p.arena = append(p.arena, text...)
	p.token(w, at).Class |= Glued
}

// servant finds how much of a word is Abdul- in one of its forms: abdelaziz,
// abdurrahman, abderrahmane, abdussalam.
func servant(b []byte) int {
	if len(b) < 8 || string(b[:3]) != "abd" {
		return 0
	}
	i := 3
	if b[i] == 'o' && b[i+1] == 'u' {
		i++
	}
	switch b[i] {
	case 'u', 'e', 'a', 'o', 'i':
	default:
		return 0
	}
	i++
	if len(b)-i < 4 {
		return 0
	}
	switch c := b[i]; {
	case c == 'l' && b[i+1] == 'l': // abdullatif, not abdullah or abdullaev
		if i+3 < len(b) && b[i+2] == 'a' && b[i+3] == 't' {
			return i + 1
		}
		return 0
	case c == 'l' && !vowelH(b[i+1:]):
		return i + 1
	case c == 'l' && len(b)-i > 4:
		return i + 1
	case c == b[i+1] && !vowel(c): // rr, ss, nn
		return i + 1
	case c == 's' && b[i+1] == 's', c == 'r' && b[i+1] == 'a':
		return i
	}
	return 0
}

// vowelH tells a word such as "ah" or "a", which the rest of Abdulla is.
func vowelH(b []byte) bool { return len(b) < 3 && vowel(b[0]) }

// faith finds where -uddin starts in a word, after the name that it belongs
// to: noureddine, saifuddin, shamsulddin.
func faith(b []byte) int {
	n := len(b)
	switch {
	case n > 6 && string(b[n-3:]) == "din":
		n -= 3
	case n > 7 && (string(b[n-4:]) == "dine" || string(b[n-4:]) == "deen" || string(b[n-4:]) == "dien" || string(b[n-4:]) == "dyne"):
		n -= 4
	case n > 8 && string(b[n-5:]) == "deene":
		n -= 5
	default:
		return 0
	}
	if b[n-1] == 'd' || b[n-1] == 'l' {
		n--
		if n > 3 && b[n-1] == 'l' {
			n--
		}
	} else if b[n-1] != 'a' && b[n-1] != 'u' && b[n-1] != 'e' && b[n-1] != 'i' {
		return 0
	} else if n < 4 {
		return 0
	}
	switch b[n-1] {
	case 'u', 'e', 'a', 'i', 'o':
		n--
		if n > 3 && b[n-1] == 'o' {
			n--
		}
	default:
		return 0
	}
	if n < 3 {
		return 0
	}
	return n
}

// french offers sh for ch in names that spell Arabic the French way.
func (p *Parser) french(text []byte) {
	if !p.frenchArabic {
		return
	}
	for i := 0; i+1 < len(text); i++ {
		if text[i] == 'c' && text[i+1] == 'h' && (i == 0 || text[i-1] != 't') {
			at := len(p.arena)
			p.arena = append(p.arena, text[:i]...)
			p.arena = append(p.arena, 's')
			p.arena = append(p.arena, text[i+1:]...)
			p.alt(at)
			return
		}
	}
}

// divine joins what stands in several words: abd al, abd allah.
func (p *Parser) divine(start int) {
	toks := p.toks[start:]
	out := toks[:0]
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if len(t.Text) == 0 { // a sign that stands for no sound
			continue
		}
		switch abd := string(t.Text) == "abd"; {
		case abd && i+1 < len(toks) && string(toks[i+1].Text) == "allah":
			t.To = toks[i+1].To
			p.retext(&t, "abdullah")
			i++
		case abd && i+1 < len(toks) && toks[i+1].Class&Particle == 0 && !article(toks[i+1].Text):
			p.retext(&t, "abdul")
		case (abd || string(t.Text) == "abdul") && i+2 < len(toks) && article(toks[i+1].Text):
			t.To = toks[i+1].To
			p.retext(&t, "abdul")
			i++
		}
		out = append(out, t)
	}
	p.toks = p.toks[:start+len(out)]
}

func (p *Parser) retext(t *Token, text string) {
	at := len(p.arena)
	p.arena = append(p.arena, text...)
	t.Text = p.since(at)
	t.Sound, t.Bones = p.sound(t.Text)
	t.Alts, t.Groups = nil, nil
}

// article tells the forms of the Arabic article.
func article(b []byte) bool {
	switch string(b) {
	case "al", "el", "ul", "ar", "as", "an", "ad", "az", "at", "ash", "ur", "us", "il", "er", "es", "ed":
		return true
	}
	return false
}

// strip offers the words of an Arabic name that no table knows without the
// article that is written in one with them: Alotaibi, Essaadi.
func (p *Parser) strip(t *Token) {
	b := t.Text
	if len(b) < 6 || len(t.Groups) > 0 || t.Script != Latin {
		return
	}
	n := 0
	switch {
	case (b[0] == 'a' || b[0] == 'e' || b[0] == 'u') && b[1] == 'l' && b[2] != 'l':
		n = 2
	case (b[0] == 'a' || b[0] == 'e') && b[1] == b[2] && (b[1] == 's' || b[1] == 'd' || b[1] == 'r' || b[1] == 't' || b[1] == 'z' || b[1] == 'n'):
		n = 2
	case b[0] == 'e' && b[1] == 'c' && b[2] == 'h':
		n = 1
	default:
		return
	}
	s := Spelling{Text: b[n:]}
	s.Sound, s.Bones = p.sound(s.Text)
	p.spell(t, s)
}
