package match

import (
	"bytes"
	"slices"

	"navicert/list"
	"navicert/name"
)

// The score takes words that a query has more for another name: of clean names
// that is so. "Lazarus Group Holdings" is looked at all the same. So a listed
// name that stands whole in the one asked, with its words in their order and
// nothing between, is a hit whatever its score, if a word of it is one that
// hardly anybody else has.
const (
	standRare = 4.8  // nats that such a word says at least: fewer than one entity in a hundred has it
	standLong = 16.5 // nats that three words or more say, of which none does so alone
	standRows = 400  // in which a word stands, at most
	maxForms  = 8    // words of a legal form
)

// stand finds the listed names that stand whole in the one that is asked.
func (s *Searcher) stand(asked uint8) {
	if s.words < 2 {
		return
	}
	for i := range s.found {
		f := &s.found[i]
		w := &s.x.words[f.word]
		if f.sim < 0.97 || w.Weight < standRare || w.TextLen < 3 || s.units[f.unit].kind == piece {
			continue
		}
		alone := s.x.distinct(w)
		if !alone && (w.Common > 0 || s.words < 3) {
			continue
		}
		rows := s.x.posted[s.x.briefs[f.word].posted:s.x.briefs[f.word+1].posted]
		if len(rows) > standRows {
			continue
		}
		for _, p := range rows {
			if row := &s.x.rows[p.row]; s.holds(row, f, alone) && !s.x.quiet(p.row) {
				s.stood(p.row, row, asked)
			}
		}
	}
}

// quiet tells a row that leaves out words of its name, as those that only look
// like a payment's.
func (x *Index) quiet(r uint32) bool {
	a := &x.rows[r]
	for n := int(r) + 1; n < len(x.rows) && x.rows[n].Entity == a.Entity && x.rows[n].Name == a.Name; n++ {
		if slices.ContainsFunc(x.wordsOf(&x.rows[n]), func(w rowWord) bool { return w.is&isNoise != 0 }) {
			return true
		}
	}
	return false
}

// distinct tells a word that by itself points at somebody: no word of trade, no
// place, no number, no name that people or firms often have.
func (x *Index) distinct(w *word) bool {
	return w.Flags&ofTrade == 0 && w.Common == 0 && !ordinary()[string(x.textOf(w))]
}

// spelledSo tells whether a find is the same word, or the same spelled otherwise.
func (s *Searcher) spelledSo(f *found) bool {
	u, w := &s.units[f.unit], &s.x.words[f.word]
	switch {
	case u.kind == piece:
		return false
	case f.sim >= 0.97:
		return true
	case f.how == grouped:
		return s.together(u, w).Kind() != name.Nick
	}
	return f.how == looked && w.SoundLen > 5 && bytes.Equal(u.sound, w.sound())
}

// holds tells whether the query holds a row's words one after another, and
// they are more than many have, for the sake of the word found, be it alone or not. Family names of
// people stand first or last.
func (s *Searcher) holds(row *row, by *found, alone bool) bool {
	if row.Flags&weakRow != 0 || int(row.N) > s.words+maxForms {
		return false
	}
	var ws [maxRow]uint32
	n, words, says, bare, own := 0, 0, float32(0), true, false
	for _, w := range s.x.wordsOf(row) {
		id := w.is & idMask
		if w.is&isForm != 0 {
			bare = false
			continue
		}
		if s.have[id/64]&(1<<(id%64)) == 0 {
			return false
		}
		if id == by.word && w.is&(isSyllab|isNumber|isSmall) != 0 {
			return false
		}
		if w.is&isSmall == 0 {
			words++
			says += w.weight
		}
		own = own || id == by.word
		ws[n], n = id, n+1
	}
	person := list.Kind(row.Flags&kindMask) == list.KindPerson
	switch {
	case !own:
		return false
	case words == 1 && (person || !bare || !s.oneOf(row, by)), words == 2 && person && !s.asksFirm():
		return false
	case !alone && (person || words < 3 || says < standLong):
		return false
	case s.inOrder(ws[:n]):
		return true
	case !person:
		return false
	}
	first := ws[0]
	copy(ws[:], ws[1:n])
	ws[n-1] = first
	return s.inOrder(ws[:n])
}

// oneOf tells whether a name of one word may be meant by a word of the query:
// it is a firm's, not short, written the same, and a firm is asked about.
func (s *Searcher) oneOf(row *row, by *found) bool {
	switch list.Kind(row.Flags & kindMask) {
	case list.KindOrganization, list.KindUnknown:
	default:
		return false // ships are called by words of every day
	}
	if by.sim < 1 || s.x.words[by.word].TextLen < 5 {
		return false
	}
	return s.asksFirm()
}

// asksFirm tells that the query is a firm, or has a word that only firms have.
func (s *Searcher) asksFirm() bool {
	return s.q.Kind == list.KindOrganization || s.q.Kind != list.KindPerson && slices.ContainsFunc(s.toks, func(t name.Token) bool {
		return t.Class&(name.Legal|name.Generic|name.Function) != 0
	})
}

func (s *Searcher) inOrder(ws []uint32) bool {
	for f := s.slot[ws[0]] - 1; f >= 0; f = s.found[f].next {
		if s.spelledSo(&s.found[f]) && s.goesOn(ws[1:], s.units[s.found[f].unit].to) {
			return true
		}
	}
	return false
}

// goesOn tells whether the words follow from a letter of the query on, with
// small words and legal forms between at most.
func (s *Searcher) goesOn(ws []uint32, at int32) bool {
	for _, w := range ws {
		next := int32(-1)
		for next < 0 {
			for f := s.slot[w] - 1; f >= 0; f = s.found[f].next {
				if u := &s.units[s.found[f].unit]; u.from == at && s.spelledSo(&s.found[f]) {
					next = max(next, u.to)
				}
			}
			if next >= 0 {
				break
			}
			small := int32(-1)
			for i := range s.words {
				if u := &s.units[i]; u.from == at && u.marks&(isForm|isSmall|isNoise) != 0 {
					small = u.to
				}
			}
			if small < 0 {
				return false
			}
			at = small
		}
		at = next
	}
	return true
}

// stood takes a row that stands whole in the query, whatever its score.
func (s *Searcher) stood(r uint32, row *row, asked uint8) {
	for i := range s.hits {
		if h := &s.hits[i]; h.row == r && h.Asked == asked {
			h.Stands = true
			return
		}
	}
	s.align(r)
	s.hits = append(s.hits, Hit{
		Entity: int32(row.Entity), Name: int32(row.Name), Similarity: s.al.similarity(), Completeness: s.al.completeness(),
		Score: s.al.score() + s.x.evidence(s.q, &s.known, row.Entity, s.firm(row), nil),
		Cut:   s.cut, Asked: asked, Stands: true, reading: s.reading, row: r,
	})
}
