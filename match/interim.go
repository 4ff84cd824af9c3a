package match

import (
	"strings"

	"navicert/name"
)

// parser is a stand-in for name.Parser.
type parser struct {
	f    name.Folder
	n    name.Name
	toks []name.Token
	buf  []byte
}

var interimClass = map[string]name.Class{}

func init() {
	for _, w := range strings.Fields(`ltd limited llc ooo ao oao zao pao jsc pjsc ojsc cjsc joint stock company co corp corporation inc incorporated gmbh ag sa sas srl sarl bv nv plc pte pvt private public liability aktsionernoe obshchestvo otkrytoe zakrytoe publichnoe s ogranichennoi otvetstvennostyu ltda cv spr rl de sl spa kg as anonim sirketi sti fze fzco fzc est establishment lp llp doo dd ad sirket mchj fzllc pty kk kft sro bhd sdn oy ab`) {
		interimClass[w] |= name.Legal
	}
	for _, w := range strings.Fields(`the of and for y et e und la le les el los las der die das a an in on to und del da do dos di`) {
		interimClass[w] |= name.Function
	}
	for _, w := range strings.Fields(`al ul el ud ad as ash at ar az bin ibn bint ben van von der den de la ur abu umm zu bani`) {
		interimClass[w] |= name.Particle
	}
	for _, w := range strings.Fields(`mr mrs ms dr prof senor senora sr sra mullah maulvi maulana mawlawi sheikh shaykh haji hajji hajj general gen colonel col capt captain sayyid sayed seyed seyyed sir lord herr frau doctor engineer eng brigadier major lieutenant`) {
		interimClass[w] |= name.Title
	}
}

// Parse reads a name.
func (p *parser) Parse(s string) *name.Name {
	if len(s) > 4000 {
		s = s[:4000]
	}
	fold := p.f.Fold(s)
	p.toks = p.toks[:0]
	p.buf = p.buf[:0]
	if cap(p.buf) < 16*len(fold)+64 {
		p.buf = make([]byte, 0, 32*len(fold)+64)
	}
	for i := 0; i < len(fold); {
		j := i
		for j < len(fold) && fold[j] != ' ' {
			j++
		}
		w := fold[i:j]
		joined := false
		if len(w) == 1 {
			k := i
			n := 0
			for k < len(fold) && (k+1 == len(fold) || fold[k+1] == ' ') && fold[k] >= 'a' {
				k += 2
				n++
			}
			if n >= 3 {
				at := len(p.buf)
				for q := i; q < k; q += 2 {
					p.buf = append(p.buf, fold[q])
				}
				w = p.buf[at:]
				j = k - 1
				joined = len(w) > 5
			}
		}
		i = j + 1
		if len(w) > 0 && len(p.toks) < name.MaxTokens {
			t := name.Token{Text: w, Class: interimClass[string(w)]}
			if joined {
				t.Class |= name.Joined
			}
			digits, letters := 0, 0
			for _, c := range w {
				if c >= '0' && c <= '9' {
					digits++
				} else {
					letters++
				}
			}
			if letters == 0 {
				t.Class |= name.Number
			} else if digits > 0 && len(w) > 2 {
				at := len(p.buf)
				for _, c := range w {
					if d := strings.IndexByte("0134579826", c); d >= 0 {
						c = "oieastgbzg"[d]
					}
					p.buf = append(p.buf, c)
				}
				t.Text = p.buf[at:]
			}
			if len(w) == 1 && letters == 1 {
				t.Class |= name.Initial
			}
			at := len(p.buf)
			p.buf = name.AppendSound(p.buf, t.Text)
			t.Sound = p.buf[at:]
			at = len(p.buf)
			p.buf = name.AppendBones(p.buf, t.Text)
			t.Bones = p.buf[at:]
			p.toks = append(p.toks, t)
		}
	}
	p.n = name.Name{Readings: []name.Reading{{Tokens: p.toks}}}
	return &p.n
}
