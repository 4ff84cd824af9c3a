package name

import "unicode/utf8"

// A letter of one of three scripts passes for one of another, in the small
// or in the capital form. The first string of a row stands for what is seen
// where words are written small, the second for capitals.
var toLatin = lookTable(
	"аaвbсcԁdеeнhһhіiјjкkӏlмmоoпnрpԛqѕsтtуyүyѵvԝwхxьbгrиuшwяrѡw"+
		"αaβbεeιiκkνvοoρpτtυuχxηnγyωwσoμuζzςs",
	"аaвbсcԁdеeнhһhіiјjкkӏlмmоoрpԛqѕsтtуyүyхxьb"+
		"αaβbεeζzηhιiκkμmνnοoρpτtυyχx")

var toCyrillic = lookTable(
	"aаbьcсeеhнiіjјkкmмoоpрsѕtтxхyуrг",
	"aаbвcсeеhнiіjјkкmмoоpрsѕtтxхyу")

var toGreek = lookTable(
	"aαbβeεhηiιkκmμnνoοpρtτuυvνxχyυzζµμ",
	"aαbβeεhηiιkκmμnνoοpρtτyυxχzζ")

func lookTable(small, capital string) [2]map[rune]rune {
	var t [2]map[rune]rune
	for i, s := range []string{small, capital} {
		t[i] = map[rune]rune{}
		rs := []rune(s)
		for j := 0; j+1 < len(rs); j += 2 {
			t[i][rs[j]] = rs[j+1]
		}
	}
	return t
}

// repair gives each word that mixes Latin, Cyrillic and Greek letters the
// letters of one script: the one whose letters do not pass for another's,
// or that of the name around it.
func (s *scanner) repair() {
	if s.mixes == 0 && s.letters[Cyrillic]+s.letters[Greek] == 0 {
		return
	}
	around := Latin
	if s.letters[Cyrillic] > s.letters[Latin] {
		around = Cyrillic
	} else if s.letters[Greek] > s.letters[Latin] {
		around = Greek
	}
	for i := range s.words {
		w := &s.words[i]
		if !similar(w.script) {
			continue
		}
		var n, own [Greek + 1]int // letters, and those that pass for no other's
		caps := 0
		if w.caps {
			caps = 1
		}
		for b := s.text(w); len(b) > 0; {
			r, size := utf8.DecodeRune(b)
			b = b[size:]
			sc := ScriptOf(r)
			if !similar(sc) {
				continue
			}
			n[sc]++
			switch {
			case sc != Latin && toLatin[caps][r] == 0,
				sc == Latin && around == Greek && toGreek[caps][r] == 0,
				sc == Latin && around != Greek && toCyrillic[caps][r] == 0:
				own[sc]++
			}
		}
		to := w.script
		mixed := n[Latin] > 0 && n[Cyrillic]+n[Greek] > 0 || n[Cyrillic] > 0 && n[Greek] > 0
		switch {
		case mixed && own[Latin] > 0 && own[Latin] >= own[Cyrillic]+own[Greek]:
			to = Latin
		case mixed && own[Cyrillic] > 0:
			to = Cyrillic
		case mixed && own[Greek] > 0:
			to = Greek
		case mixed:
			to = around
		case around == Latin && w.script != Latin && own[w.script] == 0 && (n[w.script] < 3 || s.letters[Latin] > 8*n32(n[w.script])):
			to = Latin // a whole word in disguise
		}
		if !mixed && to == w.script {
			continue
		}
		s.letters[Latin] -= n32(n[Latin])
		s.letters[Cyrillic] -= n32(n[Cyrillic])
		s.letters[Greek] -= n32(n[Greek])
		s.letters[to] += n32(n[Latin] + n[Cyrillic] + n[Greek])
		table := &toLatin
		switch to {
		case Cyrillic:
			table = &toCyrillic
		case Greek:
			table = &toGreek
		}
		at := len(s.buf)
		for j := w.at; j < w.end; {
			r, size := utf8.DecodeRune(s.buf[j:w.end])
			j += int32(size)
			if sc := ScriptOf(r); similar(sc) && sc != to {
				form := caps
				if len(s.buf) == at {
					form = 1 // most words start with a capital
				}
				if v := table[form][r]; v != 0 {
					r = v
				}
			}
			s.buf = utf8.AppendRune(s.buf, r)
		}
		w.at, w.end, w.script = int32(at), int32(len(s.buf)), to
		s.repaired = true
	}
}

func n32(n int) int32 { return int32(n) }
