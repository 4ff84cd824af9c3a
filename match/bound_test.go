package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"navicert/list"
)

// No row that is called hopeless reaches the score.
func TestHopeless(t *testing.T) {
	words := strings.Fields(`mohammad mohamed ahmad reza rezaei ali al abu bin ivan ivanov ivanovich ivanova petr petrov petrovich
		kim chol jin hyok wang li zhang weidong guangzhou haige communications comm group grp co ltd limited llc ooo company trading
		trade industries bank of the and mellat melat international intl a j m maria del carmen garcia lopez de la cruz 7 21
		verylongnamewithoutanyspaceinit lazarus lazaro gruop abdulrahman abd rahman abdul`)
	rng := rand.New(rand.NewPCG(3, 3))
	phrase := func() string {
		var b []string
		for range 1 + rng.IntN(5) {
			w := []byte(words[rng.IntN(len(words))])
			if i := rng.IntN(len(w)); rng.IntN(3) == 0 {
				w[i] = byte('a' + rng.IntN(26))
			}
			if i := rng.IntN(len(w)); rng.IntN(6) == 0 {
				w = w[:i+1]
			}
			b = append(b, string(w))
		}
		return strings.Join(b, " ")
	}
	var es []*list.Entity
	for i := range 1500 {
		es = append(es, &list.Entity{ID: fmt.Sprint(i), Kind: list.Kind(i % 3), Names: []list.Name{{Text: phrase()}}})
	}
	var qs []string
	for range 400 {
		qs = append(qs, phrase())
	}
	hopeless(t, es, qs)
}

// The same on real names.
func TestHopelessLabeled(t *testing.T) {
	es, labeled := sharedData(t)
	var qs []string
	for i := 0; i < len(labeled); i += 10 {
		qs = append(qs, labeled[i].Text)
	}
	hopeless(t, es, qs)
}

func hopeless(t *testing.T, es []*list.Entity, qs []string) {
	x, err := IndexOf(es)
	if err != nil {
		t.Fatal(err)
	}
	s := x.Searcher()
	rows, told, could, faint := 0, 0, 0, 0
	for i, text := range qs {
		s.q = &Query{Names: []string{text}, Kind: list.Kind(i % 3)}
		p := s.parser.Parse(text)
		s.cutAt = fieldEnd(text)
		for ri := range p.Readings {
			s.toks = p.Readings[ri].Tokens
			s.prepare()
			s.walk()
			s.rank()
			for _, r := range s.ranked {
				row := &x.rows[r]
				words := x.wordsOf(row)
				ws := ids(nil, words)
				rows++
				weak := float32(40)
				for sc := float32(20); sc > -20 && s.faint(row, words, sc); sc -= 0.5 {
					weak = sc
				}
				s.lay(row, ws)
				lo, hi := float32(-60), float32(40) // between which it changes its mind
				for hi-lo > 0.01 {
					if mid := (lo + hi) / 2; s.hopeless(words, mid) {
						hi = mid
					} else {
						lo = mid
					}
				}
				at4 := s.hopeless(words, Standard)
				if weak <= Standard {
					faint++
				}
				s.finish(ws)
				sc := s.al.score()
				if sc >= min(hi, weak) {
					t.Fatalf("%s: %s reaches %.2f, which is above %.2f", text, es[row.Entity].Names[row.Name].Text, sc, min(hi, weak))
				}
				if sc < Standard {
					could++
					if at4 {
						told++
					}
				}
			}
			s.clear()
		}
	}
	t.Logf("%d rows; of %d below the threshold, %d were called hopeless, %d at once", rows, could, told, faint)
	if told*3 < could || faint*3 < could || rows < 5000 {
		t.Error("too few to tell")
	}
}
