package name

import (
	"bytes"
	"slices"
)

// Parser reads one name after another into its own memory. The zero value is
// ready. It is not for concurrent use.
type Parser struct {
	name  Name
	scan  scanner
	lex   *lexicon
	arena []byte
	alts  []Spelling
	ids   []Group
	toks  []Token
	join  []byte

	start      int // of the tokens of this reading
	dialect    dialect
	pattern    Pattern
	how        way
	person     bool // in Hangul or Han
	loanLike   bool // with a given name so long in Hangul that it may be a foreign word
	family     int  // runes of the family name
	familyLeft int  // of them not yet read
	persian    bool // has letters that Arabic has not

	frenchArabic bool // spells Arabic the French way
}

// Parse reads a name. What it returns is good until the next call. Any bytes
// are a name; what is too long is cut and flagged.
func (p *Parser) Parse(s string) *Name {
	if p.lex == nil {
		p.lex = words()
	}
	p.begin(s)
	n := &p.name
	*n = Name{Readings: n.Readings[:0], Script: p.scan.script, Mixed: p.scan.mixed, Cut: p.scan.cut, Bad: p.scan.bad, Repaired: p.scan.repaired}
	p.clean()
	p.how, p.person, p.family, p.loanLike = dprkWay, false, 0, false
	p.persian = p.scan.persian
	if p.scan.letters[Hangul]+p.scan.letters[Han]+p.scan.letters[Kana] == 0 {
		p.latin()
		p.finish(0, "latin")
		p.judge()
		p.quiet()
		return n
	}
	p.person, p.family = p.eastern()
	p.read(p.ways())
	if p.loanLike {
		p.person = false
		p.read(hangulFirm)
	}
	if !p.person {
		p.ownOrgan()
	}
	p.judge()
	return n
}

// read makes the readings of a name in Hangul, Han or Kana.
func (p *Parser) read(ways []way) {
	for _, how := range ways {
		p.how, p.familyLeft = how, p.family
		start := len(p.toks)
		p.latin()
		p.finish(start, wayNames[how])
	}
}

var (
	hangulPerson = []way{dprkWay, revisedWay}
	hangulFirm   = []way{dprkWay, plainWay}
	hanPerson    = []way{dprkWay, revisedWay, koreanWay, cantoneseWay}
	hanFirm      = []way{dprkWay, plainWay, cantoneseWay}
)

// ways lists the readings worth making of a name in Hangul, Han or Kana.
func (p *Parser) ways() []way {
	switch {
	case p.scan.letters[Han] > 0 && p.person:
		return hanPerson
	case p.scan.letters[Han] > 0:
		return hanFirm
	case p.person:
		return hangulPerson
	}
	return hangulFirm
}

func (p *Parser) begin(s string) {
	p.arena, p.alts, p.ids, p.toks = p.arena[:0], p.alts[:0], p.ids[:0], p.toks[:0]
	p.scan.run(s)
	p.dialect = p.scan.dialect()
}

// quiet puts a reading without the words of a payment text before the others.
func (p *Parser) quiet() {
	toks := p.name.Readings[0].Tokens
	start := len(p.toks)
	for i := range toks {
		if toks[i].Class&Noise == 0 {
			p.toks = append(p.toks, toks[i])
		}
	}
	if n := len(p.toks) - start; n == 0 || n == len(toks) {
		p.toks = p.toks[:start]
		return
	}
	p.name.Readings = append(p.name.Readings, p.name.Readings[0])
	p.name.Readings[0] = Reading{Tokens: p.toks[start:len(p.toks):len(p.toks)], System: "quiet"}
}

// latin appends the tokens of the likeliest reading.
func (p *Parser) latin() {
	start := len(p.toks)
	p.start = start
	p.frenchArabic = false
	for i := range p.scan.words {
		w := &p.scan.words[i]
		if b := p.scan.text(w); w.script == Latin && (bytes.Contains(b, ou) || bytes.HasPrefix(b, dj)) {
			p.frenchArabic = true
		}
	}
	for i := range p.scan.words {
		p.word(&p.scan.words[i])
	}
	p.divine(start)
}

var ou, dj = []byte("ou"), []byte("dj")

// finish makes a reading of the tokens from the given one on.
func (p *Parser) finish(start int, system string) {
	toks := p.toks[start:len(p.toks):len(p.toks)]
	p.classify(toks)
	p.name.Readings = append(p.name.Readings, Reading{Tokens: toks, System: system})
}

// classify fills in what follows from the texts.
func (p *Parser) classify(toks []Token) {
	for i := range toks {
		t := &toks[i]
		switch {
		case digits(t.Text):
			t.Class |= Number
		case len(t.Text) == 1 && t.Text[0] < 0x80:
			t.Class |= Initial
		case roman(t.Text):
			t.Class |= Number
		}
		if e := p.lex.find(t.Text, t.Sound, t.Script); e != nil && (e.only == NoScript || e.only == t.Script) {
			t.Class |= e.class
			t.Common = max(t.Common, e.common)
			p.tie(t, e.groups)
		}
		if t.Common == 0 {
			t.Common = p.lex.husband(t.Text)
		}
		if !southern(toks, i) {
			p.patronymic(t)
		}
		if t.Class&Particle != 0 && loose(t.Text) && (i+1 == len(toks) || toks[i+1].Class&Glued == 0) {
			t.Class &^= Particle
		}
	}
	p.phrases(toks)
	p.context(toks)
}

// loose tells the forms of the Arabic article that are also names: they are
// the article only where a hyphen ties them to the next word.
func loose(b []byte) bool {
	switch string(b) {
	case "an", "ad", "ar", "as", "at", "az", "ash", "es", "ed", "os", "or", "od", "ol":
		return true
	}
	return false
}

// roman tells the Roman numbers that are no names.
func roman(b []byte) bool {
	switch string(b) {
	case "ii", "iii", "iv", "vii", "viii", "ix", "xii", "xiii", "xiv", "xv", "xvi", "xx", "xxi":
		return true
	}
	return false
}

// tie adds groups to a token.
func (p *Parser) tie(t *Token, groups []Group) {
	if len(groups) == 0 {
		return
	}
	if len(t.Groups) == 0 {
		t.Groups = groups
		return
	}
	at := len(p.ids)
	p.ids = append(p.ids, t.Groups...)
	for _, g := range groups {
		if !slices.Contains(t.Groups, g) {
			p.ids = append(p.ids, g)
		}
	}
	t.Groups = p.ids[at:len(p.ids):len(p.ids)]
}

// phrases gives the words of a known phrase ("limited liability company")
// the class and the groups of the phrase.
func (p *Parser) phrases(toks []Token) {
	for i := 0; i < len(toks); i++ {
		most := p.lex.starters.get(toks[i].Sound)
		for n := min(int(most), len(toks)-i); n > 1; n-- {
			p.join = p.join[:0]
			for j := i; j < i+n; j++ {
				if j > i {
					p.join = append(p.join, ' ')
				}
				p.join = append(p.join, toks[j].Sound...)
			}
			if ph := p.lex.at(p.lex.phrases.get(p.join)); ph != nil {
				for j := i; j < i+n; j++ {
					toks[j].Class |= ph.class
					if ph.class&Legal != 0 {
						toks[j].Groups = ph.groups
					} else {
						toks[j].Class |= Phrased
						p.tie(&toks[j], ph.groups)
					}
				}
				i += n - 1
				break
			}
		}
	}
}

func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}
