package name

import "unicode/utf8"

// The ways to read a name in Hangul, Han or Kana.
type way uint8

const (
	dprkWay      way = iota // Hangul: as in lists; Han: pinyin, the given name joined
	revisedWay              // Hangul: Revised Romanization; Han: pinyin by syllables
	koreanWay               // Han: as a Korean says it
	cantoneseWay            // Han: as in Hong Kong
	plainWay                // nothing translated
)

var wayNames = [...]string{"dprk", "revised", "korean", "cantonese", "plain"}

// cjkRun appends the tokens of a word in Hangul, Han or Kana.
func (p *Parser) cjkRun(w *word, how way) {
	text := p.scan.text(w)
	if p.person && (w.script == Hangul || w.script == Han) {
		p.eastPerson(w, text, how)
		return
	}
	unknown := 0 // start of what no table knows
	for i := 0; i < len(text); {
		n, e := 0, (*entry)(nil)
		if how != plainWay {
			n, e = p.lex.longest(text[i:], len(text) > 9)
		}
		if e == nil {
			_, size := utf8.DecodeRune(text[i:])
			i += size
			continue
		}
		p.eastUnknown(w, text[unknown:i], how)
		p.translate(w, text[i:i+n], e)
		i += n
		unknown = i
	}
	p.eastUnknown(w, text[unknown:], how)
}

// longest finds the longest word of the tables that text starts with. A
// single character counts only where it ends a long run.
func (l *lexicon) longest(text []byte, long bool) (int, *entry) {
	_, size := utf8.DecodeRune(text)
	most := int(l.runs.get(text[:size]))
	if most == 0 {
		return 0, nil
	}
	var ends [16]int
	n, runes := 0, 0
	for runes < min(most, len(ends)) && n < len(text) {
		_, size := utf8.DecodeRune(text[n:])
		n += size
		ends[runes] = n
		runes++
	}
	for k := runes - 1; k >= 0; k-- {
		if k == 0 && (!long || len(text) != ends[0]) {
			break
		}
		if e := l.entry(text[:ends[k]]); e != nil && (len(e.reads) > 0 || len(e.groups) > 0) {
			return ends[k], e
		}
	}
	return 0, nil
}

// translate appends the tokens of a known word: its reading or the English
// label of its group, with the sound of the original as an alternative.
func (p *Parser) translate(w *word, text []byte, e *entry) {
	read := ""
	if len(e.reads) > 0 {
		read = e.reads[0]
	} else {
		read = p.lex.labels[e.groups[0]]
	}
	one := true
	for len(read) > 0 {
		n := 0
		for n < len(read) && read[n] != ' ' {
			n++
		}
		at := len(p.arena)
		p.arena = append(p.arena, read[:n]...)
		t := p.token(w, at)
		t.Class |= e.class | Translated
		if len(e.reads) == 0 {
			t.Groups = e.groups
		}
		if n < len(read) {
			n++
			one = false
		}
		read = read[n:]
	}
	if !one {
		return
	}
	for _, r := range e.reads[min(1, len(e.reads)):] {
		at := len(p.arena)
		p.arena = append(p.arena, r...)
		p.alt(at)
	}
	if w.script == Hangul {
		for h := range koreanWays {
			at := len(p.arena)
			p.arena = appendKorean(p.arena, text, h)
			p.alt(at)
		}
	} else if w.script == Han {
		at := len(p.arena)
		p.arena = appendHan(p.arena, text, mandarin())
		p.alt(at)
	}
}

// eastUnknown appends the tokens of a run that no table knows.
func (p *Parser) eastUnknown(w *word, text []byte, how way) {
	if len(text) == 0 {
		return
	}
	switch w.script {
	case Hangul:
		h := mrJoined
		if how == revisedWay {
			h = rrJoined
		}
		at := len(p.arena)
		p.arena = appendKorean(p.arena, text, h)
		p.token(w, at)
		for h := range koreanWays {
			at = len(p.arena)
			p.arena = appendKorean(p.arena, text, h)
			p.alt(at)
		}
		for rival := range 2 {
			at = len(p.arena)
			p.arena = appendLoan(p.arena, text, rival > 0)
			p.loan(at)
		}
	case Kana:
		at := len(p.arena)
		p.arena = appendKana(p.arena, text, false)
		p.token(w, at)
		at = len(p.arena)
		p.arena = appendKana(p.arena, text, true)
		p.alt(at)
		for rival := range 2 {
			at = len(p.arena)
			p.arena = appendKanaLoan(p.arena, text, rival > 0)
			p.loan(at)
		}
	case Han:
		// Firms have names of two or three characters; longer runs are
		// parted by twos.
		for len(text) > 0 {
			n := len(text)
			if runes := runeCount(text); runes > 3 {
				_, a := utf8.DecodeRune(text)
				_, b := utf8.DecodeRune(text[a:])
				n = a + b
			}
			at := len(p.arena)
			p.arena = appendHan(p.arena, text[:n], p.hanTable(how))
			p.token(w, at)
			text = text[n:]
		}
	}
}

// runeCount counts without copying.
func runeCount(b []byte) (n int) {
	for _, c := range b {
		if utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

// hanTable chooses the language that Han characters are read in.
func (p *Parser) hanTable(how way) *hanTable {
	switch {
	case how == cantoneseWay:
		return cantonese()
	case p.scan.letters[Kana] > 0:
		return onyomi()
	}
	return mandarin()
}

func appendHan(dst, text []byte, t *hanTable) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		dst = append(dst, t.read(r)...)
	}
	return dst
}

// eastern tells whether a name in Hangul or Han is that of a person, and how
// many runes its family name has.
func (p *Parser) eastern() (person bool, family int) {
	n, words := 0, 0
	var first *word
	for i := range p.scan.words {
		w := &p.scan.words[i]
		if w.script != Hangul && w.script != Han {
			return false, 0
		}
		if first == nil {
			first = w
		}
		n += runeCount(p.scan.text(w))
		words++
	}
	if first == nil || n < 2 || n > 5 || words > n {
		return false, 0
	}
	text := p.scan.text(first)
	_, a := utf8.DecodeRune(text)
	if a < len(text) {
		_, b := utf8.DecodeRune(text[a:])
		if p.lex.families.get(text[:a+b]) != 0 && n > 2 {
			family = 2
		}
	}
	if family == 0 && p.lex.families.get(text[:a]) != 0 {
		family = 1
	}
	if family == 0 || n > 3+family {
		return false, 0
	}
	if e := p.lex.entry(text); words == 1 && e != nil && len(e.reads) > 0 { // known as a whole
		return false, 0
	}
	// Words of trade make a firm of it, unless they are the whole given name.
	for i := range p.scan.words {
		b := p.scan.text(&p.scan.words[i])
		for j := 0; j < len(b); {
			if m, e := p.lex.longest(b[j:], false); e != nil && (j > 0 || words == 1 && m == len(b) || m > 6) && e.class&(Legal|Generic) != 0 {
				return false, 0
			}
			_, size := utf8.DecodeRune(b[j:])
			j += size
		}
	}
	p.loanLike = n > 2+family && first.script == Hangul
	return true, family
}

// eastPerson appends the tokens of a word of a person's name. The family
// name comes first in the name.
func (p *Parser) eastPerson(w *word, text []byte, how way) {
	if p.familyLeft > 0 {
		n := 0
		for ; p.familyLeft > 0 && n < len(text); p.familyLeft-- {
			_, size := utf8.DecodeRune(text[n:])
			n += size
		}
		p.eastFamily(w, text[:n], how)
		text = text[n:]
	}
	if len(text) == 0 {
		return
	}
	if w.script == Han && how == dprkWay {
		at := len(p.arena)
		p.arena = appendHan(p.arena, text, mandarin())
		p.token(w, at)
		return
	}
	for glued := false; len(text) > 0; glued = true {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		at := len(p.arena)
		p.eastSyllable(w, r, how, at)
		t := &p.toks[len(p.toks)-1]
		if glued {
			t.Class |= Glued
		}
	}
}

// eastSyllable appends one syllable as a token.
func (p *Parser) eastSyllable(w *word, r rune, how way, at int) {
	h := r
	if w.script == Han {
		switch how {
		case koreanWay:
			h, _ = utf8.DecodeRuneInString(hanja().read(r))
		case cantoneseWay:
			p.arena = append(p.arena, cantonese().read(r)...)
			p.token(w, at)
			return
		default:
			p.arena = append(p.arena, mandarin().read(r)...)
			t := p.token(w, at)
			ids := len(p.ids)
			if g := p.lex.groups(&p.lex.pinyin, t.Text); len(g) > 0 {
				p.ids = append(p.ids, g...)
				p.tie(t, p.ids[ids:len(p.ids):len(p.ids)])
			}
			return
		}
	}
	p.hangulSyllable(w, h, how, at)
}

// hangulSyllable appends a Korean syllable as a token.
func (p *Parser) hangulSyllable(w *word, r rune, how way, at int) {
	p.arena = appendSyllable(p.arena, r, how == revisedWay)
	t := p.token(w, at)
	ids := len(p.ids)
	p.ids = appendSyllableGroups(p.ids, r)
	p.tie(t, p.ids[ids:len(p.ids):len(p.ids)])
	at = len(p.arena)
	p.arena = appendSyllable(p.arena, r, how != revisedWay)
	p.alt(at)
}

// eastFamily appends the family name.
func (p *Parser) eastFamily(w *word, text []byte, how way) {
	f := p.lex.at(p.lex.families.get(text))
	at := len(p.arena)
	switch {
	case w.script == Han && how == koreanWay:
		r, _ := utf8.DecodeRune(text)
		h := hanja().read(r)
		if r == '金' { // gold is kum, the family is Kim
			h = "김"
		}
		f = p.lex.at(p.lex.families.get([]byte(h)))
		k, _ := utf8.DecodeRuneInString(h)
		p.hangulSyllable(w, k, how, at)
	case w.script == Han && how == cantoneseWay:
		p.arena = appendHan(p.arena, text, cantonese())
		p.token(w, at)
	case w.script == Han:
		if f != nil {
			p.arena = append(p.arena, f.reads[0]...)
		} else {
			p.arena = appendHan(p.arena, text, mandarin())
		}
		p.token(w, at)
	case f != nil && how != revisedWay:
		p.arena = append(p.arena, f.reads[0]...)
		p.token(w, at)
	default:
		p.arena = appendKorean(p.arena, text, rrJoined)
		p.token(w, at)
	}
	t := &p.toks[len(p.toks)-1]
	t.Class |= Family | Surname
	if f == nil {
		return
	}
	p.tie(t, f.groups)
	if w.script == Hangul {
		r, _ := utf8.DecodeRune(text)
		ids := len(p.ids)
		p.ids = appendSyllableGroups(p.ids, r)
		p.tie(t, p.ids[ids:len(p.ids):len(p.ids)])
	}
	for _, r := range f.reads {
		at := len(p.arena)
		p.arena = append(p.arena, r...)
		p.alt(at)
	}
}
