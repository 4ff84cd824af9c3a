package name

import "bytes"

// fatherly are the endings of a Slavic father's name by their sound.
var fatherly = []string{
	"ioviq", "oviq", "iviq", "aviq", "uviq", "iivna", "ivna", "ovna", "avna", "auna", "iuna",
	"ovitj", "ivitj", "avitj", "ovits", "ivits",
}

// patronymic marks a token that is a Slavic father's name. Such a name is
// tied to those made of other spellings of the father's name
// (Nikolaevich, Mykolayovych, Mikalaevich).
func (p *Parser) patronymic(t *Token) {
	s := t.Sound
	if len(s) < 7 || t.Script > Cyrillic {
		return
	}
	switch s[len(s)-1] {
	case 'q', 'a', 'j', 's':
	default:
		return
	}
	for _, end := range fatherly {
		if !bytes.HasSuffix(s, []byte(end)) {
			continue
		}
		t.Class |= Patronymic
		stem := s[:len(s)-len(end)]
		if g := p.father(stem); g != 0 {
			at := len(p.ids)
			p.ids = append(p.ids, g)
			p.tie(t, p.ids[at:len(p.ids):len(p.ids)])
		}
		return
	}
}

// southern tells a family name that only looks like a father's: Milan Jovanovic.
func southern(toks []Token, i int) bool {
	t := &toks[i]
	return bytes.HasSuffix(t.Text, []byte("vic")) && (t.Class&Family != 0 || len(toks) == 2 && i == 1)
}

// father finds the group of the fathers' names made of a given name.
func (p *Parser) father(stem []byte) Group {
	for _, end := range [...]string{"", "i", "a"} {
		p.join = append(append(p.join[:0], stem...), end...)
		e := p.lex.at(p.lex.sounds.get(p.join))
		if e == nil {
			e = p.lex.entry(p.join)
		}
		if e == nil {
			continue
		}
		for _, g := range e.groups {
			if f := p.lex.father(g); f != 0 {
				return f
			}
		}
	}
	return 0
}

// husband is how common the man's form of a woman's family name is.
func (l *lexicon) husband(text []byte) uint8 {
	n := len(text)
	if n < 6 || text[n-1] != 'a' {
		return 0
	}
	var buf [24]byte
	man := text[:n-1]
	switch {
	case bytes.HasSuffix(man, []byte("skay")) && n < len(buf):
		man = append(append(buf[:0], man[:len(man)-2]...), "iy"...)
	case bytes.HasSuffix(man, []byte("ov")), bytes.HasSuffix(man, []byte("ev")), bytes.HasSuffix(man, []byte("in")):
	default:
		return 0
	}
	if e := l.entry(man); e != nil {
		return e.common
	}
	return 0
}
