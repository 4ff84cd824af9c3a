package name

import "bytes"

// nearForm is the sound of a long word of legal forms. Misspelled it is known
// still where the name has another word of firms.
type nearForm struct {
	sound  []byte
	groups []Group
}

// misspelled marks a word that is a misspelled word of a legal form.
func (p *Parser) misspelled(toks []Token, i int) {
	t := &toks[i]
	n := len(t.Sound)
	if n > 5 {
		set := false
		for _, f := range p.lex.near {
			if d := n - len(f.sound); d > 2 || d < -2 {
				continue
			}
			if !set {
				p.pattern.Set(t.Sound)
				set = true
			}
			limit := 1
			if n > 7 {
				limit = 2
			}
			if p.pattern.Within(f.sound, limit) <= limit {
				t.Class |= Legal
				t.Groups = f.groups
				return
			}
		}
	}
	// Joint stock: both words are near.
	if n > 3 && n < 7 && i+1 < len(toks) && nearly(t.Sound, joint) && nearly(toks[i+1].Sound, stock) {
		t.Class |= Legal
		toks[i+1].Class |= Legal
	}
}

var joint, stock = []byte("joint"), []byte("stok")

func nearly(a, b []byte) bool { return bytes.Equal(a, b) || Distance(a, b) < 2 }
