package name

// context judges the words that can be several things by the others of the
// name: Sa is a legal form and a family name, Min a ministry and a syllable,
// Marina a navy and a woman.
func (p *Parser) context(toks []Token) {
	firm, person, trade := false, false, false
	sure := p.scan.commas > 0 // of a person, unless a legal form says no
	marked := false
	for i := range toks {
		t := &toks[i]
		if t.Class&Legal != 0 && p.scan.commas == 0 { // PAO in capitals is no family
			t.Class &^= Family
		}
		sure = sure || t.Class&Patronymic != 0
		marked = marked || t.Class&(Family|Patronymic|Kin) != 0
		e := p.lex.entry(t.Text)
		switch {
		case t.Class&Legal != 0:
			firm = firm || e == nil || e.weak == 0 || t.Script != Latin
		case t.Class&(Generic|Translated) != 0 && len(t.Text) > 3:
			trade = trade || !p.named(t, e)
		case p.variantOf(t):
			person = true
		}
	}
	firm = firm || trade && !sure
	person = person || marked
	for i := range toks {
		t := &toks[i]
		if firm && t.Class&(Legal|Number) == 0 && len(t.Groups) == 0 {
			if p.misspelled(toks, i); t.Class&Legal != 0 { // before "libility" is of Libya
				continue
			}
		}
		if (t.Class&Phrased != 0 && len(t.Groups) == 1 || len(t.Groups) == 0 && t.Class&^(Family|Glued|Noisy) == 0) && (firm || t.Script != Latin && !marked) && (t.Script != Latin && firm || t.Script == Greek || !nameLike(t.Sound)) {
			if e := p.lex.stem(t.Sound, t.Script); e != nil {
				t.Class |= e.class
				p.tie(t, e.groups)
				continue
			}
		}
		if firm {
			if t.Class&Title != 0 && t.Class&Abbrev != 0 { // eng. is engineering here
				t.Class &^= Title
			}
			continue
		}
		e := p.lex.entry(t.Text)
		if t.Class&Legal != 0 && t.Script == Latin && e != nil && (e.weak == 2 || e.weak == 1 && (person || i > 0 && i < len(toks)-1) || len(toks) == 1) {
			t.Class &^= Legal
			t.Groups = nil
		}
		if t.Script != Latin || len(toks) == 1 {
			continue
		}
		if t.Class&Function != 0 && len(t.Text) < 5 && !p.plainFunction(t.Text) {
			t.Class &^= Function
		}
		if t.Class&(Generic|Place|Abbrev) != 0 && (person || p.named(t, e)) {
			t.Class &^= Generic | Place | Abbrev
		}
	}
}

// named tells a word that is also known as a name of people.
func (p *Parser) named(t *Token, e *entry) bool {
	return e != nil && (e.common > 0 || e.arabic) || p.variantOf(t) || p.lex.family(t.Text) != 0
}

func (p *Parser) variantOf(t *Token) bool {
	for _, g := range t.Groups {
		if g < exactKorean && p.lex.kind(g) == Variant {
			return true
		}
	}
	return false
}

// plainFunction tells the words that are no names anywhere; others are
// syllables of East Asian names (Il, Un, U).
func (p *Parser) plainFunction(b []byte) bool {
	switch string(b) {
	case "the", "of", "and", "for", "with", "from", "aka", "fka", "dba", "et", "und", "de", "del", "des", "der", "die", "das", "les", "los", "las", "dos",
		"van", "von", "della", "y":
		return true
	}
	return false
}

// nameLike tells the endings of Slavic family names by their sound, which no
// stem of a word of trade should swallow.
func nameLike(sound []byte) bool {
	n := len(sound)
	if n < 5 {
		return false
	}
	switch string(sound[n-2:]) {
	case "ov", "iv", "in", "ko", "iq", "uk":
		return true
	}
	switch string(sound[n-3:]) {
	case "ova", "iva", "ina", "ian", "adz":
		return true
	}
	return false
}
