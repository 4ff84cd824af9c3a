package name

import "bytes"

// word appends the tokens of a word.
func (p *Parser) word(w *word) {
	text := p.scan.text(w)
	at := len(p.arena)
	switch w.script {
	case Cyrillic:
		p.arena = appendCyrillic(p.arena, text, p.dialect, false)
		if p.pieces(w, p.since(at)) {
			return
		}
		p.token(w, at)
		at = len(p.arena)
		p.arena = appendCyrillic(p.arena, text, p.dialect, true)
		p.alt(at)
		p.yo()
	case Greek:
		p.arena = appendGreek(p.arena, text, false)
		p.token(w, at)
		at = len(p.arena)
		p.arena = appendGreek(p.arena, text, true)
		p.alt(at)
	case Armenian:
		p.arena = appendArmenian(p.arena, text)
		p.token(w, at)
	case Thai:
		p.arena = appendThai(p.arena, text)
		p.token(w, at)
	case Burmese:
		p.arena = appendBurmese(p.arena, text)
		p.token(w, at)
	case Georgian:
		p.arena = appendGeorgian(p.arena, text)
		p.token(w, at)
	case Hangul, Han, Kana:
		if p.lex != nil {
			p.cjkRun(w, p.how)
			return
		}
		p.arena = append(p.arena, text...)
		p.token(w, at)
	case Arabic, Hebrew:
		if p.lex != nil {
			p.arabicWord(w, text)
			return
		}
		fallthrough // a word of the tables keeps its letters
	default:
		p.latinWord(w, text)
	}
}

// yo offers -yov for a Russian -ev: the two dots of ё are mostly left out.
func (p *Parser) yo() {
	t := p.toks[len(p.toks)-1].Text
	end := bytes.TrimSuffix(t, []byte("a"))
	n := len(end)
	if n < 5 || end[n-1] != 'v' || end[n-2] != 'e' || vowel(end[n-3]) {
		return
	}
	at := len(p.arena)
	p.arena = append(p.arena, end[:n-2]...)
	p.arena = append(p.arena, "yov"...)
	p.arena = append(p.arena, t[n:]...)
	p.alt(at)
}

// marked offers a Latin word with its diacritics spelled out: sh for š.
func (p *Parser) marked(w *word) {
	at := len(p.arena)
	from := w.at
	for _, m := range p.scan.marks[w.mark : w.mark+int32(w.marks)] {
		if m.at < from || m.at > w.end {
			continue
		}
		p.arena = append(p.arena, p.scan.buf[from:m.at]...)
		p.arena = append(p.arena, m.add)
		from = m.at
	}
	p.arena = append(p.arena, p.scan.buf[from:w.end]...)
	p.alt(at)
}

// token appends a token whose Text is what was written to the arena since at.
func (p *Parser) token(w *word, at int) *Token {
	t := Token{Script: w.script, From: w.from, To: w.to, Text: p.since(at)}
	if w.sep == hyphen {
		t.Class |= Glued
	}
	if w.family {
		t.Class |= Family
	}
	if w.noise {
		t.Class |= Noise
	}
	if w.joined {
		t.Class |= Joined
	}
	t.Sound, t.Bones = p.sound(t.Text)
	if len(p.toks)-p.start >= MaxTokens {
		p.name.Cut = true
		p.toks[len(p.toks)-1] = t
	} else {
		p.toks = append(p.toks, t)
	}
	return &p.toks[len(p.toks)-1]
}

// maxAlts bounds the other spellings of a token.
const maxAlts = 12

// alt adds to the last token another spelling, which was written to the
// arena since at, if it sounds different from those that are there.
func (p *Parser) alt(at int) {
	t := &p.toks[len(p.toks)-1]
	text := p.since(at)
	if string(text) == string(t.Text) || len(text) == 0 || len(t.Alts) >= maxAlts {
		p.arena = p.arena[:at]
		return
	}
	sound, bones := p.sound(text)
	same := string(sound) == string(t.Sound)
	for _, a := range t.Alts {
		same = same || string(sound) == string(a.Sound)
	}
	if same {
		p.arena = p.arena[:at]
		return
	}
	p.spell(t, Spelling{text, sound, bones})
}

// spell adds a spelling to the last token.
func (p *Parser) spell(t *Token, s Spelling) {
	n := len(t.Alts)
	if n > 0 && (len(p.alts) < n || &p.alts[len(p.alts)-1] != &t.Alts[n-1]) {
		p.alts = append(p.alts, t.Alts...)
	}
	p.alts = append(p.alts, s)
	t.Alts = p.alts[len(p.alts)-n-1 : len(p.alts) : len(p.alts)]
}

func (p *Parser) since(at int) []byte { return p.arena[at:len(p.arena):len(p.arena)] }

// sound writes the Sound and the Bones of a text.
func (p *Parser) sound(text []byte) (sound, bones []byte) {
	at := len(p.arena)
	p.arena = AppendSound(p.arena, text)
	sound = p.since(at)
	at = len(p.arena)
	p.arena = AppendBones(p.arena, text)
	return sound, p.since(at)
}
