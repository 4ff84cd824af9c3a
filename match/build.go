package match

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"unsafe"

	"navicert/list"
	"navicert/name"
)

// BuildIndex makes the index of a snapshot's entities, as a section of it.
func BuildIndex(es []*list.Entity) (map[string][]byte, error) {
	b := builder{ids: map[string]uint32{}, x: &Index{head: &header{Magic: [4]byte{'n', 'v', 'm', 'x'}, Form: form, Tables: name.Tables(), Ents: uint64(len(es))}}}
	for i, e := range es {
		if err := b.entity(uint32(i), e); err != nil {
			return nil, err
		}
	}
	b.weigh(len(es))
	b.post()
	b.findable()
	return map[string][]byte{section: b.x.bytes()}, nil
}

type builder struct {
	x      *Index
	parser name.Parser
	ids    map[string]uint32
	id     []byte
	keys   []key
	cuts   []uint64
	own    [][]rowWord // rows' words of the entity at hand
	df     []uint32    // entities in which a word stands
	lastIn []uint32
	trade  []bool // words of trade
}

type key struct{ hash, kept uint64 }

const maxRow = 48 // words of a row; the rest of a longer name is not compared

func (b *builder) entity(i uint32, e *list.Entity) error {
	x := b.x
	x.factsAt = append(x.factsAt, uint32(len(x.facts)))
	x.ids = append(x.ids, idHash(e.ID))
	b.own = b.own[:0]
	for n := range e.Names {
		if n > math.MaxUint16 {
			break // the 65,536 names before are searched
		}
		flags := rowFlags(e.Kind) & kindMask
		if e.Names[n].Weak {
			flags |= weakRow
		}
		p := b.parser.Parse(e.Names[n].Text)
		for ri := range p.Readings {
			r := row{Entity: i, Name: uint16(n), At: uint32(len(x.rowWords)), Flags: flags}
			toks := p.Readings[ri].Tokens
			for ti := range toks {
				if len(toks[ti].Text) == 0 || int(r.N) == maxRow {
					continue
				}
				id, err := b.word(&toks[ti])
				if err != nil {
					return err
				}
				if b.lastIn[id] != i+1 {
					b.lastIn[id] = i + 1
					b.df[id]++
				}
				x.rowWords = append(x.rowWords, rowWord{is: id | marks(&toks[ti])})
				r.N++
			}
			if r.N == 0 {
				continue
			}
			ws := x.rowWords[r.At:]
			if slices.ContainsFunc(b.own, func(o []rowWord) bool { return slices.Equal(o, ws) }) && flags&weakRow == 0 {
				x.rowWords = x.rowWords[:r.At]
				continue
			}
			if len(b.own) < 64 {
				b.own = append(b.own, ws)
			}
			if e.Kind != list.KindPerson {
				r.Acronym = acronym(toks)
			}
			x.rows = append(x.rows, r)
		}
	}
	b.facts(i, e)
	return nil
}

// idHash stands for an entity's ID where several lists are merged.
func idHash(id string) uint64 { return hash(byWhole, []byte(id)) }

// marks says what a token is in its name.
func marks(t *name.Token) uint32 {
	var m uint32
	if t.Class&name.Legal != 0 {
		m |= isForm
	}
	if c := t.Class; c&(name.Particle|name.Function|name.Title) != 0 && c&name.Initial == 0 {
		m |= isSmall
	}
	if t.Class&name.Patronymic != 0 {
		m |= isFather
	}
	if t.Class&name.Noise != 0 {
		m |= isNoise
	}
	for _, g := range t.Groups {
		if g.Kind() == name.Syllable {
			m |= isSyllab
			break
		}
	}
	if t.Class&name.Family != 0 {
		m |= isFamily
	}
	if t.Class&name.Number != 0 {
		m |= isNumber
	}
	if t.Class&name.Glued != 0 {
		m |= isGlued
	}
	return m
}

// acronym is the hash of the first letters of the words, with and without
// small words.
func acronym(toks []name.Token) uint32 {
	var buf [maxRow]byte
	n := 0
	for i := range toks {
		t := &toks[i]
		if len(t.Text) == 0 || t.Class&(name.Function|name.Particle) != 0 || n == len(buf) {
			continue
		}
		buf[n] = t.Text[0]
		n++
	}
	if n < 3 {
		return 0
	}
	return acronymOf(buf[:n])
}

func acronymOf(s []byte) uint32 { return uint32(hash(byWhole, s)>>32) | 1 }

func (b *builder) word(t *name.Token) (uint32, error) {
	text := t.Text[:min(len(t.Text), 255)]
	b.id = append(b.id[:0], text...)
	for _, g := range t.Groups { // a word of a Korean or Chinese name has more, as has one of a phrase
		if g.Kind() == name.Syllable || t.Class&name.Phrased != 0 && g.Kind() == name.Word {
			b.id = append(b.id, byte(g>>8), byte(g))
		}
	}
	if id, ok := b.ids[string(b.id)]; ok {
		return id, nil
	}
	x := b.x
	id := uint32(len(x.words))
	if id >= idMask-1 {
		return 0, fmt.Errorf("the list has more than %d different words: split it", idMask)
	}
	b.ids[string(b.id)] = id
	w := word{Text: uint32(len(x.text)), TextLen: uint8(len(text)), Common: t.Common, Mask: mask(text)}
	x.text = append(x.text, text...)
	w.SoundLen = uint8(copy(w.Sound[:], t.Sound))
	w.BonesLen = uint8(copy(w.Bones[:], t.Bones))
	w.Groups = uint32(len(x.groups))
	x.groups = append(x.groups, t.Groups...)
	w.GroupLen = uint8(len(t.Groups))
	if t.Class&ofTrades != 0 {
		w.Flags = ofTrade
	}
	x.words = append(x.words, w)
	b.df = append(b.df, 0)
	b.lastIn = append(b.lastIn, 0)
	b.trade = append(b.trade, t.Class&name.Generic != 0)
	b.keys = append(b.keys, keyed(hash(byText, text), id, w.sound()))
	b.reach(id, w.sound(), w.bones())
	for i := range t.Alts {
		s, bo := t.Alts[i].Sound, t.Alts[i].Bones
		b.reach(id, s[:min(len(s), soundMax)], bo[:min(len(bo), bonesMax)])
	}
	for _, g := range t.Groups {
		b.keys = append(b.keys, keyed(groupKey(g), id, w.sound()))
	}
	return id, nil
}

func keyed(h uint64, word uint32, sound []byte) key { return key{h, keyOf(h, word, sound)} }

func groupKey(g name.Group) uint64 { return mix(byGroup ^ uint64(g)) }

// reach adds the keys by which a spelling is found.
func (b *builder) reach(id uint32, sound, bones []byte) {
	b.keys = append(b.keys, keyed(hash(byWhole, sound), id, sound))
	if len(bones) > 2 {
		b.keys = append(b.keys, keyed(hash(byBones, bones), id, sound))
	}
	b.cuts = cuts(b.cuts[:0], sound, errorsIn(len(sound)))
	slices.Sort(b.cuts)
	for _, h := range slices.Compact(b.cuts) {
		b.keys = append(b.keys, keyed(h, id, sound))
	}
}

// weigh gives each word its weight: how seldom entities bear it, in whatever
// spelling.
func (b *builder) weigh(ents int) {
	x := b.x
	pooled := make(map[string]uint32, len(x.words))
	for i := range x.words {
		pooled[string(x.words[i].sound())] += b.df[i]
	}
	for i := range x.words {
		w := &x.words[i]
		w.Weight = float32(max(0.7, math.Log(float64(max(ents, fewest)+1)/float64(pooled[string(w.sound())]))))
		if b.trade[i] && ents < fewest { // a short list may have it once; the world has it often
			w.Weight = min(w.Weight, 4.5)
		}
	}
	for i := range x.rows {
		r := &x.rows[i]
		ws := x.wordsOf(r)
		for j := range ws {
			m := ws[j].is
			w := &x.words[m&idMask]
			ws[j] = rowWord{is: m, weight: w.Weight * share(m), mask: w.Mask, len: w.TextLen, common: w.Common}
			if w.TextLen > 0 {
				ws[j].first = x.text[w.Text]
			}
			r.Weight += ws[j].weight
		}
		x.heavy = append(x.heavy, uint8(min(r.Weight*2, 255)))
	}
}

// post lists the rows of each word. Words of legal forms and small words
// find no rows, unless a row has nothing else.
func (b *builder) post() {
	x := b.x
	count := make([]uint32, len(x.words)+1)
	var ws []uint32
	each := func(f func(w uint32, p posting)) {
		for i := range x.rows {
			r := &x.rows[i]
			ws = ids(ws[:0], x.wordsOf(r))
			first, second := rarest(x.wordsOf(r))
			bare := !slices.ContainsFunc(ws, func(m uint32) bool { return m&(isForm|isSmall) == 0 })
			for j, m := range ws {
				if !bare && m&(isForm|isSmall) != 0 || slices.ContainsFunc(ws[:j], func(o uint32) bool { return (o^m)&idMask == 0 }) {
					continue
				}
				c := first
				if (c.is^m)&idMask == 0 {
					c = second
				}
				f(m&idMask, posting{uint32(i), peerOf(c, list.Kind(r.Flags&kindMask))})
			}
		}
	}
	each(func(w uint32, _ posting) { count[w+1]++ })
	for i := range x.words {
		count[i+1] += count[i]
		x.words[i].Posted = count[i]
	}
	x.posted = make([]posting, count[len(x.words)])
	each(func(w uint32, p posting) {
		x.posted[count[w]] = p
		count[w]++
	})
	x.words = append(x.words, word{Posted: uint32(len(x.posted)), Text: uint32(len(x.text)), Groups: uint32(len(x.groups))})
	x.factsAt = append(x.factsAt, uint32(len(x.facts)))
}

// findable lays the keys out by bucket.
func (b *builder) findable() {
	x := b.x
	for i := range x.rows {
		if a := x.rows[i].Acronym; a != 0 {
			x.acronyms = append(x.acronyms, uint64(a)<<32|uint64(i))
		}
	}
	slices.Sort(x.acronyms)
	n := bits.Len(uint(len(b.keys) / 4))
	x.head.Shift = uint64(64 - max(1, n))
	slices.SortFunc(b.keys, func(p, q key) int {
		return cmp.Or(cmp.Compare(p.hash>>x.head.Shift, q.hash>>x.head.Shift), cmp.Compare(p.kept&uint64(idMask), q.kept&uint64(idMask)), cmp.Compare(p.hash, q.hash))
	})
	b.keys = slices.Compact(b.keys)
	slices.SortFunc(x.docs, func(p, q docKey) int { return cmp.Or(cmp.Compare(p.Hash, q.Hash), cmp.Compare(p.Entity, q.Entity)) })
	x.buckets = make([]uint32, 1<<(64-x.head.Shift)+1)
	x.keys = make([]uint64, len(b.keys))
	for i, k := range b.keys {
		x.keys[i] = k.kept
		x.buckets[k.hash>>x.head.Shift+1]++
	}
	for i := range x.buckets[1:] {
		x.buckets[i+1] += x.buckets[i]
	}
}

// bytes writes the arrays one after another.
func (x *Index) bytes() []byte {
	x.head.Counts = [arrays]uint64{
		uint64(len(x.rows)), uint64(len(x.rowWords)), uint64(len(x.words)), uint64(len(x.text)), uint64(len(x.groups)),
		uint64(len(x.posted)), uint64(len(x.buckets)), uint64(len(x.keys)), uint64(len(x.heavy)), uint64(len(x.docs)), uint64(len(x.facts)), uint64(len(x.factsAt)), uint64(len(x.ids)), uint64(len(x.acronyms)),
	}
	out := raw([]header{*x.head})
	for _, a := range [][]byte{
		raw(x.rows), raw(x.rowWords), raw(x.words), x.text, raw(x.groups), raw(x.posted),
		raw(x.buckets), raw(x.keys), x.heavy, raw(x.docs), raw(x.facts), raw(x.factsAt), raw(x.ids), raw(x.acronyms),
	} {
		out = append(out, a...)
		for len(out)%8 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

// raw is the memory of s.
func raw[T any](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return slices.Clone(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(s[0]))))
}

// IndexOf is the index of entities that stand in no snapshot.
func IndexOf(es []*list.Entity) (*Index, error) {
	sections, err := BuildIndex(es)
	if err != nil {
		return nil, err
	}
	return openIndex(sections[section], len(es))
}
