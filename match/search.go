package match

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"navicert/list"
	"navicert/name"
)

// Bounds of the work for one name of a query.
const (
	maxWords   = 32   // words that are looked up
	maxUnits   = 128  // and with what they may be joined or parted to
	maxJoined  = 256  // letters that are aligned
	maxVerify  = 80   // rows that are aligned
	maxWalk    = 60e3 // postings that are read for new rows
	maxAsked   = 16   // names of a query
	maxReading = 6    // readings of a name
)

// Searcher searches an index. It is for one goroutine at a time, and needs no
// new memory once it has seen a few queries.
type Searcher struct {
	// Depth is how many names are compared closely for one that is asked; 0: 80.
	// More of them find more where many names of the index are alike.
	Depth int
	// Memory is for how many words it is kept what they were found to be, which
	// spares most of the looking up where many names are searched for; 0: none.
	Memory int
	// Whole makes listed names that stand whole in one that is asked hits, whatever
	// their score, where no more than the standard threshold is asked for.
	Whole bool

	memory, elder map[string]*remembered
	key           []byte

	x      *Index
	parser name.Parser

	toks     []name.Token
	reading  uint8 // of the name, that toks are
	units    []unit
	words    int    // the first units are the words of the query
	joined   []byte // the letters of the words, and what else is made of them
	heardBuf []byte
	found    []found
	slot     []int32  // by word: its first in found, + 1
	have     []uint64 // a bit for each word: it is in found
	seen     []uint32 // by word: epoch
	epoch    uint32
	probes   []uint64
	spans    []span   // where the probes' keys lie
	tried    []uint32 // words that have one
	loads    uint64   // of memory ahead of its use

	textP, soundP, bonesP name.Pattern

	order   []uint64
	heads   []head
	acc     []float32 // by row
	touched []uint32
	places  []uint16 // of those touched: how promising
	ranked  []uint32
	strays  [8]stray  // words of the query that may be something else
	own     [8]*stray // those that a word of the index leaves
	may     []peer
	lines   []row    // those ranked
	flat    []uint32 // what the words of a row are
	total   float32
	qw      [maxWords]float32
	al      alignment
	hits    []Hit
	acronym uint32
	q       *Query
	known   known
	tap     func(r uint32, score float32) // of the fitting tool
	every   bool                          // look at every word and row, for tests
	cut     bool
	cutAt   bool // the query has a length at which fields end
}

// head is a word of the index to be walked.
type head struct {
	value float32
	need  float32 // what this and the later ones can still give
	base  uint8   // word of the query
	rows  span    // in posted
}

// Searcher returns a new searcher of the index.
func (x *Index) Searcher() *Searcher {
	return &Searcher{x: x, slot: make([]int32, len(x.words)), have: make([]uint64, len(x.words)/64+1), seen: make([]uint32, len(x.words)), acc: make([]float32, len(x.rows))}
}

// Search appends to dst the entities that q may be, the best first: those
// whose score is at least min, at most limit of them.
func (s *Searcher) Search(q *Query, min float32, limit int, dst []Hit) []Hit {
	s.q = q
	s.hits = s.hits[:0]
	s.known.read(q)
	s.cut = len(q.Names) > maxAsked
	for i, n := range q.Names {
		if i == maxAsked {
			break
		}
		s.name(n, uint8(i), min)
	}
	s.byDocument(min)
	return s.collect(limit, dst)
}

func (s *Searcher) name(n string, asked uint8, least float32) {
	p := s.parser.Parse(n)
	s.cutAt = fieldEnd(n)
	s.cut = s.cut || p.Cut
	for i := range p.Readings {
		if i == maxReading {
			break
		}
		s.toks, s.reading = p.Readings[i].Tokens, uint8(i)
		s.prepare()
		if s.words == 0 {
			continue
		}
		s.walk()
		s.verify(asked, least)
		if s.Whole && least <= Standard {
			s.stand(asked)
		}
		s.clear()
	}
}

// prepare looks up the words of a reading.
func (s *Searcher) prepare() {
	s.units, s.found, s.joined = s.units[:0], s.found[:0], s.joined[:0]
	s.acronym = 0
	for i := range s.toks {
		t := &s.toks[i]
		if len(t.Text) == 0 {
			continue
		}
		if len(s.units) == maxWords || len(s.joined)+len(t.Text) > maxJoined {
			s.cut = true
			break
		}
		u := unit{text: t.Text, sound: t.Sound, bones: t.Bones, groups: t.Groups, alts: t.Alts, marks: marks(t), common: t.Common, syllables: t.Class&name.Syllables != 0, foreign: t.Script > name.Latin, from: int32(len(s.joined))}
		s.joined = append(s.joined, t.Text...)
		u.to = int32(len(s.joined))
		s.units = append(s.units, u)
	}
	s.words = len(s.units)
	s.total = 0
	for i := range s.words {
		s.look(i, s.units[i].marks&(isForm|isSmall|isNoise) == 0)
	}
	for i := range s.words - 1 {
		a, b := &s.units[i], &s.units[i+1]
		if (a.marks|b.marks)&isForm != 0 || (s.toks[i].Class|s.toks[i+1].Class)&name.Function != 0 || len(a.sound)+len(b.sound) > soundMax {
			continue
		}
		if a.best == 1 && b.best == 1 && len(a.text) > 3 && len(b.text) > 3 && !s.knowsJoined(i, 2) {
			continue
		}
		s.pair(i, 2)
	}
	for i := range s.words - 2 {
		a, b, c := &s.units[i], &s.units[i+1], &s.units[i+2]
		if (a.marks|b.marks|c.marks)&(isForm|isSmall|isNoise) == 0 && len(a.sound)+len(b.sound)+len(c.sound) <= soundMax && s.knowsJoined(i, 3) {
			s.pair(i, 3)
		}
	}
	for i := range s.words {
		u := &s.units[i]
		if len(u.text) >= 6 && u.best < 0.9 && u.marks&isNumber == 0 {
			s.split(i)
		}
	}
	if s.cutAt {
		s.begins(s.words - 1)
	}
	for i := range s.words {
		s.qw[i] = s.weight(&s.units[i])
		s.total += s.qw[i]
	}
	if s.words == 1 && len(s.units[0].text) >= 3 {
		s.acronym = acronymOf(s.units[0].text)
	}
}

// begins finds the words that begin like the last one of a query that may be
// cut off in it.
func (s *Searcher) begins(i int) {
	if i < 0 || len(s.units[i].sound) < prefix+1 || s.units[i].best > 0.9 {
		return
	}
	u, x := &s.units[i], s.x
	// Where the cut is, the last letters may sound otherwise.
	packed, _ := pack(u.sound)
	h := mix(packed ^ byLess)
	at, t := h>>x.head.Shift, h&tagBits<<idBits
	for n, k := range x.keys[x.buckets[at]:x.buckets[at+1]] {
		id := uint32(k) & idMask
		if k&(tagBits<<idBits) != t || n > 4*maxPerUnit {
			continue
		}
		if w := x.textOf(&x.words[id]); len(w) > len(u.text) && string(w[:len(u.text)]) == string(u.text) {
			s.find(found{word: id, unit: int32(i), sim: 0.85, how: beginning})
		}
	}
}

// find notes a word of the index.
func (s *Searcher) find(f found) {
	f.next = s.slot[f.word] - 1
	s.found = append(s.found, f)
	s.slot[f.word] = int32(len(s.found))
	s.have[f.word/64] |= 1 << (f.word % 64)
}

// weight is what a word of the query would say if nothing matched it.
func (s *Searcher) weight(u *unit) float32 {
	w := min(s.x.rarest(), 1.6*float32(len(u.text)))
	if u.exact >= 0 {
		w = s.x.words[u.exact].Weight
	}
	return w * share(u.marks)
}

// walk reads the rows of the words found, the rarest first, until what is
// left cannot matter.
func (s *Searcher) walk() {
	x := s.x
	s.order = s.order[:0]
	for i := range s.found {
		f := &s.found[i]
		if s.slot[f.word] != int32(i)+1 { // another one is at its head
			continue
		}
		v, base := float32(0), 0
		for j := int32(i); j >= 0; j = s.found[j].next {
			if s.found[j].sim > v {
				v = s.found[j].sim
				base = s.base(&s.units[s.found[j].unit])
			}
		}
		v *= x.briefs[f.word].weight
		s.order = append(s.order, uint64(^math.Float32bits(v))<<32|uint64(f.word)<<8|uint64(base))
	}
	slices.Sort(s.order) // the most valuable first, then by word
	s.heads = s.heads[:0]
	first := uint32(0)
	for _, o := range s.order {
		w := uint32(o) >> 8
		h := head{value: math.Float32frombits(^uint32(o >> 32)), base: uint8(o), rows: span{x.briefs[w].posted, x.briefs[w+1].posted}}
		if h.rows.from < h.rows.to {
			first |= x.posted[h.rows.from].row
		}
		s.heads = append(s.heads, h)
	}
	s.loads = uint64(first)
	var max [maxWords]float32
	need := float32(0)
	for i := len(s.heads) - 1; i >= 0; i-- {
		h, base := &s.heads[i], s.order[i]&0xff
		need += h.value - max[base]
		max[base] = h.value
		h.need = need
	}
	s.touched = s.touched[:0]
	if s.acronym != 0 {
		at, _ := slices.BinarySearch(x.acronyms, uint64(s.acronym)<<32)
		for ; at < len(x.acronyms) && uint32(x.acronyms[at]>>32) == s.acronym && len(s.touched) < maxVerify; at++ {
			r := uint32(x.acronyms[at])
			s.acc[r] = x.rows[r].Weight
			s.touched = append(s.touched, r)
		}
	}
	if len(s.heads) == 0 {
		return
	}
	enough := 0.35 * s.heads[0].need
	read := 0
	for i := range s.heads {
		h := &s.heads[i]
		rows := x.posted[h.rows.from:h.rows.to]
		read += len(rows)
		if read > 8*maxWalk {
			s.cut = true
			break
		}
		if h.need >= enough && read > maxWalk && i > 0 {
			s.cut = true
			enough = h.need + 1
		}
		if h.need >= enough {
			for _, p := range rows {
				if s.acc[p.row] == 0 {
					s.touched = append(s.touched, p.row)
				}
				s.acc[p.row] += h.value
			}
		} else if len(s.touched) > s.depth() { // or else all of them are compared anyhow
			for _, p := range rows {
				if s.acc[p.row] != 0 {
					s.acc[p.row] += h.value
				}
			}
		}
	}
}

// base is the word of the query that a unit begins in.
func (s *Searcher) base(u *unit) int {
	for i := s.words - 1; i > 0; i-- {
		if s.units[i].from <= u.from {
			return i
		}
	}
	return 0
}

func (s *Searcher) depth() int { return cmp.Or(s.Depth, maxVerify) }

// rank puts the most promising rows into s.ranked.
func (s *Searcher) rank() {
	s.ranked = s.ranked[:0]
	depth := s.depth()
	if len(s.touched) <= depth {
		s.ranked = append(s.ranked, s.touched...)
		return
	}
	var hist [257]int32
	s.places = s.places[:0]
	for _, r := range s.touched {
		a := s.acc[r]
		e := a / (s.total + float32(s.x.heavy[r])*0.5 - a + 1)
		b := uint16(min(max(e, 0), 1) * 256)
		hist[b]++
		s.places = append(s.places, b)
	}
	sum, cut := int32(0), 256
	for ; cut > 0; cut-- {
		if sum += hist[cut]; int(sum) >= depth {
			break
		}
	}
	for i, r := range s.touched {
		if int(s.places[i]) >= cut && len(s.ranked) < 2*depth {
			s.ranked = append(s.ranked, r)
		}
	}
}

func (s *Searcher) verify(asked uint8, least float32) {
	s.rank()
	if !s.every {
		s.peers()
	} else {
		s.ranked = s.ranked[:0]
		for r := range s.x.rows {
			s.ranked = append(s.ranked, uint32(r))
		}
	}
	s.lines = s.lines[:0]
	first := uint32(0)
	for _, r := range s.ranked { // rows lie far apart: what is asked for at once comes at once
		s.lines = append(s.lines, s.x.rows[r])
	}
	for i := range s.lines {
		if l := &s.lines[i]; l.N > 0 {
			first |= s.x.rowWords[l.At].is
		}
	}
	s.loads = uint64(first)
	for i, r := range s.ranked {
		s.one(r, &s.lines[i], asked, least)
	}
}

func (s *Searcher) one(r uint32, row *row, asked uint8, least float32) {
	words, all := s.x.wordsOf(row), s.tap != nil || s.every
	if !all && s.faint(row, words, least-s.known.most) {
		return
	}
	s.flat = ids(s.flat[:0], words)
	ws := s.flat
	s.lay(row, ws)
	if !all && s.hopeless(words, least-s.known.most) {
		return
	}
	s.finish(ws)
	sc := s.al.score()
	if s.tap != nil {
		s.tap(r, sc)
	}
	if sc+s.known.most < least-margin {
		return
	}
	sc += s.x.evidence(s.q, &s.known, row.Entity, s.firm(row), nil)
	if sc < least {
		return
	}
	s.hits = append(s.hits, Hit{
		Entity: int32(row.Entity), Name: int32(row.Name), Score: sc, Similarity: s.al.similarity(), Completeness: s.al.completeness(),
		Weak: row.Flags&weakRow != 0, Cut: s.cut, Asked: asked, reading: s.reading, row: r,
	})
}

// mostly is how much of both names must have been compared before another
// country is left out of account.
const mostly = 0.6

// firm tells whether the row is of a firm or a ship, or of nobody knows what,
// and most of the name is in it.
func (s *Searcher) firm(r *row) bool {
	return len(s.known.countries) > 0 && list.Kind(r.Flags&kindMask) != list.KindPerson && s.al.completeness() >= mostly
}

func (s *Searcher) clear() {
	for i := range s.found {
		s.slot[s.found[i].word], s.have[s.found[i].word/64] = 0, 0
	}
	for _, r := range s.touched {
		s.acc[r] = 0
	}
}

// collect keeps the best hit of each entity.
func (s *Searcher) collect(limit int, dst []Hit) []Hit {
	slices.SortFunc(s.hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Name, b.Name))
	})
	start := len(dst)
	for i := range s.hits {
		if len(dst)-start == limit {
			break
		}
		if !slices.ContainsFunc(dst[start:], func(o Hit) bool { return o.Entity == s.hits[i].Entity }) {
			dst = append(dst, s.hits[i])
		}
	}
	return dst
}

// byDocument finds the entities that have a number or wallet of the query,
// whatever they are called.
func (s *Searcher) byDocument(least float32) {
	x := s.x
	for _, d := range s.known.docs {
		i, _ := slices.BinarySearchFunc(x.docs, d.Hash, func(k docKey, h uint64) int { return cmp.Compare(k.Hash, h) })
		for n := 0; i < len(x.docs) && x.docs[i].Hash == d.Hash && n < maxVerify; i, n = i+1, n+1 {
			ent := x.docs[i].Entity
			sc := noName + x.evidence(s.q, &s.known, ent, false, nil)
			if sc >= least {
				s.hits = append(s.hits, Hit{Entity: int32(ent), Score: sc, ByDocument: true, Cut: s.cut, row: noRow})
			}
		}
	}
}

// fieldEnd tells whether a name is as long as a field of a payment message or
// an old system is: what did not fit may be cut off.
func fieldEnd(n string) bool {
	switch utf8.RuneCountInString(n) {
	case 19, 20, 24, 25, 29, 30, 34, 35, 39, 40, 50, 60, 66, 70, 140: // 19: a space was the last
		return true
	}
	return false
}
