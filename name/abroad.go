package name

import (
	"bytes"
	"unicode/utf8"
)

// Other writing systems spell Korean syllables, and foreign words in Hangul and
// in kana, by rules of their own.

// koreanAbroad adds a reading of a name in Cyrillic or in kana that is a Korean
// one by its family name and its syllables: Пак Чин Хек, パク・ジンヒョク.
func (p *Parser) koreanAbroad() {
	n := &p.name
	ws := p.scan.words
	if len(ws) < 2 || len(ws) > 4 || n.Mixed {
		return
	}
	start, old := len(p.toks), p.start
	p.start = start
	defer func() { p.start = old }()
	for i := range ws {
		w := &ws[i]
		if w.script != n.Script || w.noise || w.to-w.from > 48 {
			p.toks = p.toks[:start]
			return
		}
		at := len(p.arena)
		if w.script == Kana {
			p.arena = appendKana(p.arena, p.scan.text(w), false)
			p.arena = koreanFinals(p.arena, at)
		} else {
			p.arena = appendKoreanCyrillic(p.arena, p.scan.text(w))
		}
		p.token(w, at)
	}
	toks := p.toks[start:len(p.toks):len(p.toks)]
	first := p.familyAbroad(&toks[0])
	if !first && (n.Script == Kana || !p.familyAbroad(&toks[len(toks)-1])) || p.cuts(toks, Korean) < 0 {
		p.toks = p.toks[:start]
		return
	}
	n.Culture = Korean
	from := len(n.Readings)
	n.Readings = append(n.Readings, Reading{Tokens: toks, System: "korean"})
	p.eastWords(toks, Korean)
	for _, r := range n.Readings[from:] {
		for i := range r.Tokens {
			p.nasal(&r.Tokens[i])
		}
	}
}

// ownOrgan adds a reading of an organ of state without the name of Korea before
// it, which lists leave out: 조선정찰총국 is the Reconnaissance General Bureau.
func (p *Parser) ownOrgan() {
	toks := p.name.Readings[0].Tokens
	if len(toks) < 3 || string(toks[0].Text) != "korea" {
		return
	}
	for _, t := range toks[1:] {
		for _, g := range t.Groups {
			if int(g) < len(p.lex.labels) && p.lex.labels[g] == "organ of state" {
				p.name.Readings = append(p.name.Readings, Reading{Tokens: toks[1:], System: "organ"})
				return
			}
		}
	}
}

// familyAbroad tells a Korean family name, and gives it the spelling that is
// known of it.
func (p *Parser) familyAbroad(t *Token) bool {
	var buf [16]byte
	is := func(b []byte) bool { return p.lex.family(b)&(1<<Korean) != 0 }
	if is(t.Text) {
		return true
	}
	if len(t.Text) > 6 {
		return false
	}
	ng := append(append(buf[:0], t.Text...), 'g')
	if bytes.HasSuffix(t.Text, []byte("n")) && is(ng) {
		return true // nasal ties it
	}
	if e := bytes.IndexByte(t.Text, 'e'); e > 0 {
		ae := append(append(append(buf[:0], t.Text[:e]...), 'a'), t.Text[e:]...)
		if is(ae) {
			p.retext(t, string(ae))
			return true
		}
	}
	return false
}

// nasal gives a syllable that ends in n the groups of the one in ng too: neither
// Cyrillic nor kana tells them apart.
func (p *Parser) nasal(t *Token) {
	if !bytes.HasSuffix(t.Text, []byte("n")) || t.Class&Syllables != 0 {
		return
	}
	at := len(p.arena)
	p.arena = append(append(p.arena, t.Text...), 'g')
	ids := len(p.ids)
	p.ids = romanSyllable(p.ids, p.since(at), p.lex.korean)
	p.tie(t, p.ids[ids:len(p.ids):len(p.ids)])
}

// appendKoreanCyrillic writes Korean in Cyrillic in the letters of lists: хек, or
// хёк, is hyok, сен song, ын un.
func appendKoreanCyrillic(dst, word []byte) []byte {
	start := len(dst)
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		last := byte(0)
		if len(dst) > start {
			last = dst[len(dst)-1]
		}
		to := ""
		switch r {
		case 'х':
			if to = "h"; last == 'h' { // чх
				to = ""
			}
		case 'ж':
			if to = "j"; last == 'd' {
				dst[len(dst)-1], to = 'j', ""
			} else if last == 'h' { // чж
				dst, to = append(dst[:len(dst)-2], 'j'), ""
			}
		case 'е', 'ё':
			if to = "yo"; last == 'h' && len(dst) > start+1 && dst[len(dst)-2] == 'c' || last == 'j' || last == 's' {
				to = "o"
			}
		case 'ы':
			to = "u"
		case 'э':
			if to = "e"; last != 'y' && last != 'w' {
				to = "ae"
			}
		case 'й':
			to = "i"
		case 'ц':
			to = "ch"
		case 'в':
			to = "w"
		case 'ъ':
			if last == 'n' {
				to = "g"
			}
		case 'ь':
		default:
			if r >= 0x600 || alphabet[r] == "" {
				return utf8.AppendRune(dst, r) // no Korean name
			}
			to = alphabet[r]
		}
		dst = append(dst, to...)
	}
	return dst
}

// koreanFinals takes off the vowels that kana must write after a final, of what
// was written to b since at: paku is pak, kimu kim, giru gil. It also gives back
// the hw that kana writes f.
func koreanFinals(b []byte, at int) []byte {
	in := string(b[at:])
	out := b[:at]
	for i := 0; i < len(in); i++ {
		c := in[i]
		after := len(out) > at && vowel(out[len(out)-1])
		ends := i+1 < len(in) && in[i+1] == 'u' && (i+2 == len(in) || !vowel(in[i+2]) && in[i+2] != 'y')
		switch {
		case after && ends && (c == 'k' || c == 'm' || c == 'p'):
			out = append(out, c)
			i++
		case after && ends && c == 'r':
			out = append(out, 'l')
			i++
		case c == 'f' && i+1 < len(in) && in[i+1] != 'u':
			out = append(out, "hw"...)
		default:
			out = append(out, c)
		}
	}
	return out
}

// loan adds to the last token how a foreign word may have been written. A short
// one would be like too many others.
func (p *Parser) loan(at int) {
	if len(p.arena)-at < 6 {
		p.arena = p.arena[:at]
		return
	}
	p.alt(at)
}

// appendLoan writes a foreign word in Hangul as it may have been: without the
// vowel that only parts consonants, 라자루스 is lazarus, 블루노로프 blunorof.
func appendLoan(dst, run []byte, rival bool) []byte {
	start, lateral := len(dst), false
	for len(run) > 0 {
		r, size := utf8.DecodeRune(run)
		run = run[size:]
		i, v, f, ok := jamo(r)
		if !ok {
			return utf8.AppendRune(dst, r)
		}
		ini := rrInitials[i]
		switch ini {
		case "r":
			if len(dst) == start && !rival || lateral {
				ini = "l"
			}
			if lateral {
				dst = dst[:len(dst)-1]
			}
		case "j":
			if !rival {
				ini = "z"
			}
		case "p":
			if !rival {
				ini = "f"
			}
		}
		dst = append(dst, ini...)
		if v != 18 || len(ini) == 0 || f != 0 && finalSounds[f] != 4 { // 으
			dst = append(dst, rrVowels[v]...)
		}
		lateral = finalSounds[f] == 4
		dst = append(dst, finalLetters[finalSounds[f]]...)
	}
	return dst
}

// appendKanaLoan writes a foreign word in kana without the vowel that only ends
// it, ラザルス is lazarus, or without all that may only part consonants.
func appendKanaLoan(dst, text []byte, rival bool) []byte {
	start := len(dst)
	dst = appendKana(dst, text, false)
	b := dst[start:]
	out := b[:0]
	for i := 0; i < len(b); i++ {
		c := b[i]
		ends := i+2 == len(b) || rival && i+2 < len(b) && !vowel(b[i+2]) && b[i+2] != 'y'
		if ends && !vowel(c) && (b[i+1] == 'u' && c != 'n' && c != 'y' && c != 'w' || b[i+1] == 'o' && (c == 't' || c == 'd')) {
			if c == 'r' {
				c = 'l'
			}
			out = append(out, c)
			i++
			continue
		}
		if c == 'r' && i == 0 {
			c = 'l'
		}
		out = append(out, c)
	}
	return dst[:start+len(out)]
}
