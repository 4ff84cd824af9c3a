package name

// judge finds where a name in Latin letters seems to belong. Words of a name
// that looks Korean or Chinese get the groups of their syllables, and a given
// name that is written as one word is parted in readings of their own.
func (p *Parser) judge() {
	n := &p.name
	switch n.Script {
	case Hangul:
		n.Culture = Korean
		return
	case Han:
		n.Culture = Chinese
		return
	case Kana, Cyrillic:
		n.Culture = Japanese
		if n.Script == Cyrillic {
			n.Culture = Slavic
		}
		p.koreanAbroad()
		return
	case Arabic:
		n.Culture = Arabian
		if p.persian {
			n.Culture = Persian
		}
		return
	case Latin:
	default:
		return
	}
	toks := n.Readings[0].Tokens
	for i := range toks {
		switch t := &toks[i]; {
		case t.Class&Patronymic != 0:
			n.Culture = Slavic
			return
		case t.Class&Kin != 0, t.Class&Particle != 0 && arabicParticle(t.Text):
			n.Culture = Arabian
		case t.Class&Generic == 0:
			for _, g := range t.Groups {
				if p.lex.muslim(g) {
					n.Culture = Arabian
				}
			}
			if e := p.lex.entry(t.Text); e != nil && e.arabic {
				n.Culture = Arabian
			}
		}
	}
	if n.Culture == Arabian {
		for i := range toks {
			p.strip(&toks[i])
		}
		return
	}
	// Two to four words with no word of trade, a family name first or last.
	first, last, count := -1, -1, 0
	for i := range toks {
		c := toks[i].Class
		if c&(Legal|Number|Noise|Patronymic) != 0 || c&Generic != 0 && len(toks[i].Text) > 4 || len(toks[i].Text) > 12 {
			return
		}
		if c&Title != 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
		count++
	}
	if count < 2 || count > 4 {
		return
	}
	fam := p.lex.family(toks[first].Text) | p.lex.family(toks[last].Text)
	if fam == 0 {
		return
	}
	toks = toks[first : last+1]
	ko, zh := -1, -1
	if fam&(1<<Korean) != 0 {
		ko = p.cuts(toks, Korean)
	}
	if fam&(1<<Chinese) != 0 {
		zh = p.cuts(toks, Chinese)
	}
	// Where both are possible the one that leaves the words whole is likelier.
	if ko >= 0 && (zh < 0 || ko <= zh) {
		n.Culture = Korean
		p.eastWords(toks, Korean)
	}
	if zh >= 0 && (ko < 0 || zh <= ko) {
		if n.Culture == Anywhere {
			n.Culture = Chinese
		}
		p.eastWords(toks, Chinese)
	}
}

// cuts counts the words that must be parted into syllables of the language,
// -1 if a word has none.
func (p *Parser) cuts(toks []Token, c Culture) (n int) {
	for i := range toks {
		if toks[i].Class&Title != 0 {
			continue
		}
		switch at := p.cut(toks[i].Text, c); {
		case at[0] < 0:
			return -1
		case at[0] > 0:
			n++
		}
	}
	return n
}

func arabicParticle(b []byte) bool {
	switch string(b) {
	case "al", "bin", "ibn", "el", "ould", "bint":
		return true
	}
	return false
}

// eastWords gives the words of a name that is made of syllables of the
// language their groups, and adds readings with joined syllables parted.
func (p *Parser) eastWords(toks []Token, c Culture) {
	var cuts [4][2]int8 // where a word is parted, 0 for not at all
	joined := false
	k := 0
	for i := range toks {
		if toks[i].Class&Title != 0 {
			continue
		}
		cuts[k] = p.cut(toks[i].Text, c)
		joined = joined || cuts[k][0] > 0
		k++
	}
	k = 0
	for i := range toks {
		if toks[i].Class&Title == 0 {
			if cuts[k][0] > 0 {
				toks[i].Class |= Syllables
			}
			k++
			p.syllable(&toks[i], c, i == 0 || i == len(toks)-1)
		}
	}
	if !joined {
		return
	}
	for way := range 2 {
		start := len(p.toks)
		changed := way == 0
		k := 0
		for i := range toks {
			t := toks[i]
			cut := 0
			if t.Class&Title == 0 {
				cut = int(cuts[k][0])
				if way == 1 && cuts[k][1] > 0 {
					cut, changed = int(cuts[k][1]), true
				}
				k++
			}
			if cut == 0 {
				p.toks = append(p.toks, t)
				continue
			}
			p.part(&t, t.Text[:cut], c)
			p.part(&t, t.Text[cut:], c)
			p.toks[len(p.toks)-1].Class |= Glued
		}
		if !changed {
			p.toks = p.toks[:start]
			break
		}
		p.name.Readings = append(p.name.Readings, Reading{Tokens: p.toks[start:len(p.toks):len(p.toks)], System: "syllables"})
	}
}

// part appends a piece of a word as a token.
func (p *Parser) part(whole *Token, text []byte, c Culture) {
	t := Token{Text: text, Class: whole.Class &^ (Surname | Syllables), Script: whole.Script, From: whole.From, To: whole.To}
	t.Sound, t.Bones = p.sound(text)
	p.syllable(&t, c, false)
	p.toks = append(p.toks, t)
}

// syllable gives a token the groups of its one syllable, and at the edge of
// the name those of the family name that it may be.
func (p *Parser) syllable(t *Token, c Culture, edge bool) {
	at := len(p.ids)
	if c == Korean {
		p.ids = romanSyllable(p.ids, t.Text, p.lex.korean)
	} else {
		p.ids = append(p.ids, p.lex.groups(&p.lex.pinyin, t.Text)...)
	}
	if edge { // a family name
		p.ids = append(p.ids, p.lex.groups(&p.lex.romans, t.Text)...)
	}
	p.tie(t, p.ids[at:len(p.ids):len(p.ids)])
}

// cut finds where a word of the language may be parted into two syllables,
// likeliest first: {0, 0} if it is one syllable, {-1, 0} if it is neither.
func (p *Parser) cut(text []byte, c Culture) (at [2]int8) {
	one := func(b []byte) bool {
		if len(b) > 7 {
			return false
		}
		if c == Chinese {
			return len(p.lex.groups(&p.lex.pinyin, b)) > 0
		}
		n := len(p.ids)
		p.ids = romanSyllable(p.ids, b, p.lex.korean)
		ok := len(p.ids) > n
		p.ids = p.ids[:n]
		return ok
	}
	if one(text) || p.lex.family(text)&(1<<c) != 0 {
		return at
	}
	k := 0
	for pass := range 2 { // a second syllable with a consonant is likelier
		for i := len(text) - 1; i > 0 && k < 2; i-- {
			if vowel(text[i]) == (pass == 1) && one(text[:i]) && one(text[i:]) {
				at[k] = int8(i)
				k++
			}
		}
	}
	if k == 0 {
		at[0] = -1
	}
	return at
}
