package name

import "bytes"

// arabicWord appends the tokens of a word in Arabic or Hebrew letters.
func (p *Parser) arabicWord(w *word, text []byte) {
	if string(text) == "الله" && (p.arabicParty() || p.arabicGod()) {
		return
	}
	if p.arabicKnown(w, text) {
		return
	}
	// و and ل before the article; the article.
	for _, f := range [...]string{"وال", "بال", "كال", "ال", "لل"} {
		if rest := bytes.TrimPrefix(text, []byte(f)); len(rest) < len(text) && len(rest) >= 4 {
			at := len(p.arena)
			p.arena = append(p.arena, "al"...)
			t := p.token(w, at)
			t.Class |= Particle
			if !p.arabicKnown(w, rest) {
				p.arabicPlainWord(w, rest)
			}
			p.toks[len(p.toks)-1].Class |= Glued
			return
		}
	}
	if rest := bytes.TrimPrefix(text, []byte("عبدال")); len(rest) < len(text) && len(rest) >= 4 {
		p.arabicAbdul(w)
		if !p.arabicKnown(w, rest) {
			p.arabicPlainWord(w, rest)
		}
		p.toks[len(p.toks)-1].Class |= Glued
		return
	}
	if rest := bytes.TrimSuffix(text, []byte("الله")); len(rest) < len(text) && len(rest) >= 4 {
		// نصرالله is one name.
		for k, end := range [...]string{"ullah", "allah", "ollah"} {
			at := len(p.arena)
			p.arena = p.arabicRead(rest)
			p.arena = append(p.arena, end...)
			if k == 0 {
				p.token(w, at)
			} else {
				p.alt(at)
			}
		}
		return
	}
	if rest := bytes.TrimSuffix(text, []byte("الدين")); len(rest) < len(text) && len(rest) >= 4 {
		if !p.arabicKnown(w, rest) {
			p.arabicPlainWord(w, rest)
		}
		for _, s := range [...]string{"al", "din"} {
			at := len(p.arena)
			p.arena = append(p.arena, s...)
			p.token(w, at).Class |= Glued
		}
		return
	}
	if !p.arabicJoined(w, text, 3) {
		p.arabicPlainWord(w, text)
	}
}

// arabicParty joins the word for God to the one for a party: حزب الله is one name.
func (p *Parser) arabicParty() bool {
	n := len(p.toks) - 1
	if n < p.start || p.toks[n].Script != Arabic || string(p.toks[n].Text) != "party" {
		return false
	}
	p.toks[n].Class &^= Translated | Generic
	p.retext(&p.toks[n], "hizballah")
	return true
}

// arabicGod joins the word for God to the name before it: فضل الله is one.
func (p *Parser) arabicGod() bool {
	n := len(p.toks) - 1
	if n < 0 || p.toks[n].Script != Arabic || p.toks[n].Class&(Title|Particle|Translated) != 0 || len(p.toks[n].Text) < 2 {
		return false
	}
	old := p.toks[n]
	if hasPrefix(old.Text, "abd") {
		old.Text = old.Text[:3]
	}
	for k, end := range [...]string{"ullah", "allah"} {
		at := len(p.arena)
		p.arena = append(p.arena, old.Text...)
		p.arena = append(p.arena, end...)
		if k > 0 {
			p.alt(at)
			continue
		}
		t := &p.toks[n]
		t.Text = p.since(at)
		t.Sound, t.Bones = p.sound(t.Text)
		t.Alts, t.Groups = nil, nil
		at = len(p.arena)
		p.arena = append(p.arena, old.Bones...)
		if c := byte('l'); len(old.Bones) == 0 || old.Bones[len(old.Bones)-1] != c {
			p.arena = append(p.arena, c)
		}
		t.Bones = p.since(at)
	}
	return true
}

// arabicJoined parts a word that is several known names written as one:
// علیرضا is Ali Reza.
func (p *Parser) arabicJoined(w *word, text []byte, most int) bool {
	if len(text) < 12 || len(text) > 60 || most == 0 {
		return false
	}
	for i := len(text) - 4; i >= 6; i -= 2 {
		e := p.lex.entry(text[:i])
		if e == nil || len(e.reads) == 0 {
			continue
		}
		toks, arena, alts := len(p.toks), len(p.arena), len(p.alts)
		p.arabicKnown(w, text[:i])
		rest := text[i:]
		if d := bytes.TrimPrefix(rest, []byte("ال")); len(d) < len(rest) && len(d) > 4 {
			if k := p.lex.entry(d); k != nil && len(k.reads) > 0 {
				rest = d
			}
		}
		at := len(p.toks)
		if k := p.lex.entry(rest); k != nil && len(k.reads) > 0 && p.arabicKnown(w, rest) || p.arabicJoined(w, rest, most-1) {
			p.toks[at].Class |= Glued
			return true
		}
		p.toks, p.arena, p.alts = p.toks[:toks], p.arena[:arena], p.alts[:alts]
	}
	return false
}

func (p *Parser) arabicAbdul(w *word) {
	at := len(p.arena)
	p.arena = append(p.arena, "abdul"...)
	p.token(w, at)
}

// arabicRead appends the first reading of a word to the arena.
func (p *Parser) arabicRead(text []byte) []byte {
	if e := p.lex.entry(text); e != nil && len(e.reads) > 0 {
		return append(p.arena, e.reads[0]...)
	}
	return appendConsonantal(p.arena, text, p.persian, "u")
}

// arabicKnown appends the token of a word that the tables know.
func (p *Parser) arabicKnown(w *word, text []byte) bool {
	e := p.lex.entry(text)
	if e == nil {
		return false
	}
	if len(e.reads) > 0 {
		first := 0
		if p.persian && len(e.reads) > 1 {
			first = 1
		}
		at := len(p.arena)
		p.arena = append(p.arena, e.reads[first]...)
		t := p.token(w, at)
		t.Class |= e.class
		p.tie(t, e.groups)
		if e.reads[0] == "abu" || e.reads[0] == "umm" {
			t.Class |= Kin
		}
		for i, r := range e.reads {
			if i != first {
				at := len(p.arena)
				p.arena = append(p.arena, r...)
				p.alt(at)
			}
		}
		p.bare(text)
		return true
	}
	if len(e.groups) == 0 && e.class == 0 {
		return false
	}
	if len(e.groups) > 0 {
		p.translate(w, text, e)
		p.toks[len(p.toks)-1].Class |= e.class
	} else {
		p.arabicPlainWord(w, text)
		p.toks[len(p.toks)-1].Class |= e.class
		return true
	}
	stem := text
	if rest := bytes.TrimPrefix(text, []byte("ال")); len(rest) > 3 {
		stem = rest
	}
	at := len(p.arena)
	p.arena = p.arabicRead(stem)
	p.alt(at)
	t := &p.toks[len(p.toks)-1]
	if n := len(t.Alts); n > 0 {
		at = len(p.arena)
		p.arena = appendArabicBones(p.arena, stem, p.persian)
		t.Alts[n-1].Bones = p.since(at)
	}
	return true
}

// arabicPlainWord appends the token of a word that no table knows.
func (p *Parser) arabicPlainWord(w *word, text []byte) {
	at := len(p.arena)
	p.arena = appendConsonantal(p.arena, text, p.persian, "u")
	if len(p.token(w, at).Text) == 0 {
		return
	}
	p.bare(text)
	for _, way := range [...]string{"w", "v"} {
		at := len(p.arena)
		p.arena = appendConsonantal(p.arena, text, way == "v", way)
		p.alt(at)
	}
}

// bare gives the last token the Bones that its letters show, and offers
// another spelling for the Bones of the other way to say them.
func (p *Parser) bare(text []byte) {
	i := len(p.toks) - 1
	if p.toks[i].Class&Translated != 0 {
		return
	}
	at := len(p.arena)
	p.arena = appendArabicBones(p.arena, text, p.persian)
	p.toks[i].Bones = p.since(at)
	at = len(p.arena)
	p.arena = appendArabicBones(p.arena, text, !p.persian)
	other := p.since(at)
	if bytes.Equal(other, p.toks[i].Bones) {
		return
	}
	at = len(p.arena)
	way := "v"
	if p.persian {
		way = "w"
	}
	p.arena = appendConsonantal(p.arena, text, !p.persian, way)
	t := &p.toks[i]
	s := Spelling{Text: p.since(at), Bones: other}
	at = len(p.arena)
	p.arena = AppendSound(p.arena, s.Text)
	s.Sound = p.since(at)
	p.spell(t, s)
}
