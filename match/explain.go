package match

import (
	"fmt"

	"navicert/list"
	"navicert/name"
)

// Explanation says in words why a hit is one.
type Explanation struct {
	Asked  string // the query's name
	Listed string // the entity's name
	Words  []Word
	Other  []Effect // what else confirms or contradicts
}

// Word is what became of one word of either name.
type Word struct {
	Asked, Listed string  // empty: the other side has nothing for it
	Likeness      float32 // 0 to 1
	Weight        float32 // how much the word says, in nats
	Says          string
}

// Explain explains a hit of q.
func (x *Index) Explain(q *Query, h Hit) Explanation { return x.Searcher().Explain(q, h) }

// Explain explains a hit of q in the searcher's index.
func (s *Searcher) Explain(q *Query, h Hit) Explanation {
	x := s.x
	s.q = q
	s.known.read(q)
	var out Explanation
	if int(h.Asked) < len(q.Names) {
		out.Asked = q.Names[h.Asked]
	}
	if x.snap != nil && h.Entity >= 0 && int(h.Entity) < x.snap.Len() {
		if e := x.snap.Entity(int(h.Entity)); int(h.Name) < len(e.Names) {
			out.Listed = e.Names[h.Name].Text
		}
	}
	firm := false
	if h.row < uint32(len(x.rows)) && out.Asked != "" {
		out.Words = s.explain(out.Asked, int(h.reading), h.row)
		r := &x.rows[h.row]
		firm = s.firm(r)
		if k := list.Kind(r.Flags & kindMask); s.al.kind {
			out.Other = append(out.Other, Effect{"kind", s.al.weights()[fKind], fmt.Sprintf("asked for %s, listed as %s", kindName(q.Kind), kindName(k))})
		}
	}
	if h.Entity >= 0 && int(h.Entity)+1 < len(x.factsAt) {
		x.evidence(q, &s.known, uint32(h.Entity), firm, func(e Effect) { out.Other = append(out.Other, e) })
	}
	return out
}

// explain aligns the reading that was found once more.
func (s *Searcher) explain(asked string, reading int, r uint32) []Word {
	p := s.parser.Parse(asked)
	if reading >= len(p.Readings) {
		return nil
	}
	s.toks = p.Readings[reading].Tokens
	s.prepare()
	s.align(r)
	row := &s.x.rows[r]
	ws := ids(nil, s.x.wordsOf(row))
	var out []Word
	for _, l := range s.al.links {
		u, w := &s.units[l.unit], &s.x.words[ws[l.word]&idMask]
		out = append(out, Word{
			Asked: string(u.text), Listed: string(s.x.textOf(w)), Likeness: l.sim, Weight: w.Weight * share(ws[l.word]),
			Says: s.says(u, w, &l),
		})
	}
	if s.al.acronym {
		out = append(out, Word{Asked: string(s.units[0].text), Likeness: 1, Says: fmt.Sprintf("'%s' are the first letters of the listed name", s.units[0].text)})
	}
	for i := range s.words {
		if s.al.q[i] < 0.5 && !s.al.acronym {
			u := &s.units[i]
			out = append(out, Word{Asked: string(u.text), Weight: s.qw[i], Says: fmt.Sprintf("'%s' is not in the listed name", u.text)})
		}
	}
	for j, m := range ws {
		if s.al.r[j] == 0 && !s.al.acronym {
			w := &s.x.words[m&idMask]
			t := s.x.textOf(w)
			out = append(out, Word{Listed: string(t), Weight: w.Weight * share(m), Says: fmt.Sprintf("listed '%s' was not asked for", t)})
		}
	}
	s.clear()
	return out
}

// says tells how a unit and a word were tied.
func (s *Searcher) says(u *unit, w *word, l *link) string {
	a, b := string(u.text), string(s.x.textOf(w))
	how := ""
	switch {
	case l.how == initial:
		how = "as an initial"
	case l.how == beginning:
		how = "cut short"
	case l.how == abbrev:
		how = "shortened"
	case u.kind == piece:
		return fmt.Sprintf("the listed '%s' is in a word that runs several together", b)
	case u.kind == pair && a == b:
		return fmt.Sprintf("two words asked for, joined, are the listed '%s'", b)
	case a == b:
		return fmt.Sprintf("'%s' is the same", a)
	case s.together(u, w) != 0:
		how = s.sharedGroup(u, w)
	case string(u.sound) == string(w.sound()):
		how = "in another spelling that sounds the same"
	case len(u.bones) > 2 && string(u.bones) == string(w.bones()):
		how = "with other vowels"
	default:
		if n := name.Distance(u.text, s.x.textOf(w)); n == 1 {
			how = "with one letter different"
		} else {
			how = fmt.Sprintf("with %d letters different", n)
		}
	}
	return fmt.Sprintf("'%s' is the listed '%s' %s", a, b, how)
}

// sharedGroup names the group that two words share.
func (s *Searcher) sharedGroup(u *unit, w *word) string {
	switch g := s.together(u, w); g.Kind() {
	case name.Syllable:
		return "in another romanization of the same syllable"
	case name.Nick:
		return "as a short form of the same name (" + g.String() + ")"
	case name.Word:
		return "in another language (" + g.String() + ")"
	case name.Form:
		return "as the same legal form (" + g.String() + ")"
	default:
		return "as a variant of the same name (" + g.String() + ")"
	}
}

func kindName(k list.Kind) string {
	switch k {
	case list.KindPerson:
		return "a person"
	case list.KindOrganization:
		return "an organization"
	case list.KindVessel:
		return "a vessel"
	case list.KindAircraft:
		return "an aircraft"
	case list.KindAsset:
		return "an asset"
	}
	return "anything"
}
