package name

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
}

// Parse reads a name. What it returns is good until the next call. Any bytes
// are a name; what is too long is cut and flagged.
func (p *Parser) Parse(s string) *Name {
	if p.lex == nil {
		p.lex = words()
	}
	p.arena, p.alts, p.ids, p.toks = p.arena[:0], p.alts[:0], p.ids[:0], p.toks[:0]
	p.scan.run(s)
	n := &p.name
	*n = Name{Readings: n.Readings[:0], Script: p.scan.script, Mixed: p.scan.mixed, Cut: p.scan.cut, Bad: p.scan.bad, Repaired: p.scan.repaired}
	p.read("latin")
	return n
}

// read makes one reading of the scanned words.
func (p *Parser) read(system string) {
	start := len(p.toks)
	ws := p.scan.words
	for i := range ws {
		p.word(&ws[i])
	}
	toks := p.toks[start:len(p.toks):len(p.toks)]
	p.classify(toks)
	p.name.Readings = append(p.name.Readings, Reading{Tokens: toks, System: system})
}

// word appends the token of a word that needs no parting.
func (p *Parser) word(w *word) {
	t := Token{Script: w.script, From: w.from, To: w.to}
	at := len(p.arena)
	p.arena = append(p.arena, p.scan.text(w)...)
	t.Text = p.arena[at:len(p.arena):len(p.arena)]
	if w.sep == hyphen {
		t.Class |= Glued
	}
	if w.family {
		t.Class |= Family
	}
	p.toks = append(p.toks, t)
}

// classify fills in what follows from the texts.
func (p *Parser) classify(toks []Token) {
	for i := range toks {
		t := &toks[i]
		p.sound(t)
		switch {
		case digits(t.Text):
			t.Class |= Number
		case len(t.Text) == 1 && t.Text[0] < 0x80:
			t.Class |= Initial
		}
		if e := p.lex.find(t.Text); e != nil {
			t.Class |= e.class
			t.Groups = e.groups
			t.Common = e.common
		}
	}
	p.phrases(toks)
}

// phrases gives the words of a known phrase ("limited liability company")
// the class and the groups of the phrase.
func (p *Parser) phrases(toks []Token) {
	for i := 0; i < len(toks); i++ {
		e := p.lex.find(toks[i].Text)
		if e == nil || e.phrase < 2 {
			continue
		}
		for n := min(int(e.phrase), len(toks)-i); n > 1; n-- {
			p.join = p.join[:0]
			for j := i; j < i+n; j++ {
				if j > i {
					p.join = append(p.join, ' ')
				}
				p.join = append(p.join, toks[j].Text...)
			}
			if ph := p.lex.find(p.join); ph != nil {
				for j := i; j < i+n; j++ {
					toks[j].Class |= ph.class
					toks[j].Groups = ph.groups
				}
				i += n - 1
				break
			}
		}
	}
}

// sound gives a token its Sound and Bones.
func (p *Parser) sound(t *Token) {
	at := len(p.arena)
	p.arena = AppendSound(p.arena, t.Text)
	mid := len(p.arena)
	p.arena = AppendBones(p.arena, t.Text)
	t.Sound = p.arena[at:mid:mid]
	t.Bones = p.arena[mid:len(p.arena):len(p.arena)]
}

func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}
