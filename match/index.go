package match

import (
	"errors"
	"fmt"
	"unsafe"

	"navicert/list"
	"navicert/name"
)

// section is where an index lies in a snapshot.
const section = "match"

// form is the number of the index's form. An index of another form is built
// anew.
const form = 6

// Index is a list made ready to be searched: flat arrays that are used where
// they lie, checked once when it is opened, so that no bytes whatever can
// make a search fail. Any number of goroutines may use one.
//
// It knows words, not names: a row is one reading of one name of an entity, a
// list of numbers of words. A word is found by keys: its sound with up to two
// letters taken out, its consonants, its groups. What it costs is a few
// hundred bytes a word, not a name.
type Index struct {
	snap     *list.Snapshot
	head     *header
	rows     []row
	rowWords []rowWord
	words    []word
	text     []byte
	groups   []name.Group
	posted   []posting // rows in which a word stands, word by word
	buckets  []uint32
	keys     []uint64 // letters of the sound, its length, tag, word; see keyOf
	heavy    []uint8  // by row: its weight, in halves
	docs     []docKey // by hash
	facts    []fact   // by entity
	factsAt  []uint32
	ids      []uint64 // by entity: hash of its ID
	acronyms []uint64 // hash of first letters, and row
	briefs   []brief  // by word; not in the snapshot
}

type header struct {
	Magic  [4]byte
	Form   uint32
	Counts [arrays]uint64
	Ents   uint64
	Tables uint64 // name.Tables when it was built
	Shift  uint64 // of a key's hash, to give its bucket
}

const arrays = 14

// row is one reading of one name.
type row struct {
	Entity  uint32
	At      uint32 // in rowWords
	Weight  float32
	Name    uint16 // number of the name in the entity
	N       uint8  // words
	Flags   rowFlags
	Acronym uint32 // hash of the first letters, 0: fewer than three
}

type rowFlags uint8

const (
	kindMask rowFlags = 7
	weakRow  rowFlags = 8
)

// rowWord is a word of a row, with what the bounds need of it, so that a row
// that comes to nothing is read in one place.
type rowWord struct {
	is     uint32  // its number and, above, what it is in this row
	weight float32 // its share of it
	mask   uint32
	len    uint8
	first  byte
	common uint8
	_      uint8
}

// brief is what a search needs of each word that it finds.
type brief struct {
	weight float32
	posted uint32
}

// What a word is in a row, in the top bits.
const (
	idBits          = 24
	idMask   uint32 = 1<<idBits - 1
	isForm   uint32 = 1 << 24 // of a legal form
	isSmall  uint32 = 1 << 25 // particle, function word, title
	isFather uint32 = 1 << 26 // patronymic
	isNoise  uint32 = 1 << 27 // of a payment text, not of the name
	isNumber uint32 = 1 << 28
	isGlued  uint32 = 1 << 29
	isFamily uint32 = 1 << 30
	isSyllab uint32 = 1 << 31 // syllable of a Chinese or Korean given name
)

const (
	soundMax = 24
	bonesMax = 12
)

// word is one word as it stands in at least one row. It fills one line of the
// processor's memory.
type word struct {
	Sound    [soundMax]byte
	Bones    [bonesMax]byte
	Weight   float32 // how much it says, in nats
	Text     uint32
	Posted   uint32
	Groups   uint32
	SoundLen uint8
	BonesLen uint8
	TextLen  uint8
	GroupLen uint8
	Common   uint8
	Flags    uint8 // ofTrade
	_        [2]byte
	Mask     uint32 // letters that occur
}

// ofTrade is a word of trade or a place: many firms have it in their names.
const (
	ofTrade  = 1
	ofTrades = name.Generic | name.Place | name.Number
)

func (w *word) sound() []byte { return w.Sound[:w.SoundLen] }
func (w *word) bones() []byte { return w.Bones[:w.BonesLen] }

type docKey struct {
	Hash   uint64
	Entity uint32
	_      uint32
}

func (x *Index) textOf(w *word) []byte { return x.text[w.Text : w.Text+uint32(w.TextLen)] }

var errDamaged = errors.New("the index is damaged: run `navicert lists verify`, or add the list again")

// OpenIndex opens the index of a snapshot.
func OpenIndex(s *list.Snapshot) (*Index, error) {
	b := s.Section(section)
	if b == nil {
		return nil, fmt.Errorf("the snapshot of %s has no index: add the list again", s.Info().Source)
	}
	x, err := openIndex(b, s.Len())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Info().Source, err)
	}
	x.snap = s
	return x, nil
}

// openIndex opens the index of ents entities.
func openIndex(b []byte, ents int) (*Index, error) {
	one := uint16(1)
	if *(*byte)(unsafe.Pointer(&one)) != 1 {
		return nil, errors.New("an index is only used on machines that store the low byte first")
	}
	if uintptr(unsafe.Pointer(unsafe.SliceData(b)))%8 != 0 {
		c := make([]uint64, len(b)/8+1)
		b = unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(c))), len(b))[:copy(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(c))), len(b)), b)]
	}
	if len(b) < int(unsafe.Sizeof(header{})) {
		return nil, errDamaged
	}
	x := &Index{head: (*header)(unsafe.Pointer(unsafe.SliceData(b)))}
	if string(x.head.Magic[:]) != "nvmx" {
		return nil, errDamaged
	}
	if x.head.Form != form {
		return nil, fmt.Errorf("the index has form %d, this program reads form %d", x.head.Form, form)
	}
	if x.head.Tables != name.Tables() {
		return nil, errors.New("the index was made when names were read in another way")
	}
	if x.head.Ents != uint64(ents) {
		return nil, errDamaged
	}
	r := reader{b: b, at: uint64(unsafe.Sizeof(header{}))}
	for i, take := range x.arrays() {
		take(&r, x.head.Counts[i])
	}
	if r.bad || r.at != uint64(len(b)) || !x.sound() {
		return nil, errDamaged
	}
	x.abridge()
	return x, nil
}

// arrays lists how each array is read, in the order in which they lie.
func (x *Index) arrays() [arrays]func(*reader, uint64) {
	return [arrays]func(*reader, uint64){
		func(r *reader, n uint64) { x.rows = view[row](r, n) },
		func(r *reader, n uint64) { x.rowWords = view[rowWord](r, n) },
		func(r *reader, n uint64) { x.words = view[word](r, n) },
		func(r *reader, n uint64) { x.text = view[byte](r, n) },
		func(r *reader, n uint64) { x.groups = view[name.Group](r, n) },
		func(r *reader, n uint64) { x.posted = view[posting](r, n) },
		func(r *reader, n uint64) { x.buckets = view[uint32](r, n) },
		func(r *reader, n uint64) { x.keys = view[uint64](r, n) },
		func(r *reader, n uint64) { x.heavy = view[uint8](r, n) },
		func(r *reader, n uint64) { x.docs = view[docKey](r, n) },
		func(r *reader, n uint64) { x.facts = view[fact](r, n) },
		func(r *reader, n uint64) { x.factsAt = view[uint32](r, n) },
		func(r *reader, n uint64) { x.ids = view[uint64](r, n) },
		func(r *reader, n uint64) { x.acronyms = view[uint64](r, n) },
	}
}

type reader struct {
	b   []byte
	at  uint64
	bad bool
}

// view takes n values from where they lie; arrays start on 8 bytes.
func view[T any](r *reader, n uint64) []T {
	var t T
	size := uint64(unsafe.Sizeof(t))
	if r.bad || n > uint64(len(r.b))/size || r.at > uint64(len(r.b)) || n*size > uint64(len(r.b))-r.at {
		r.bad = true
		return nil
	}
	out := unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(r.b[r.at:]))), n)
	if n == 0 {
		out = nil
	}
	r.at = min((r.at+n*size+7)&^7, uint64(len(r.b)))
	return out
}

// sound tells whether every number points into its array.
func (x *Index) sound() bool {
	n := len(x.words)
	if n == 0 || n > int(idMask) || len(x.heavy) != len(x.rows) || len(x.factsAt) != int(x.head.Ents)+1 || len(x.ids) != int(x.head.Ents) || x.head.Shift < 32 || x.head.Shift > 63 ||
		len(x.buckets) != 1<<(64-x.head.Shift)+1 {
		return false
	}
	ok := func(s []uint32, end int) bool {
		last := uint32(0)
		for _, v := range s {
			if v < last {
				return false
			}
			last = v
		}
		return int(last) == end && s[0] == 0
	}
	if !ok(x.buckets, len(x.keys)) || !ok(x.factsAt, len(x.facts)) {
		return false
	}
	for _, k := range x.keys {
		if int(uint32(k)&idMask) >= n-1 {
			return false
		}
	}
	for i := range x.rowWords {
		if w := &x.rowWords[i]; int(w.is&idMask) >= n-1 || !(w.weight >= 0 && w.weight < 1e3) {
			return false
		}
	}
	for _, p := range x.posted {
		if int(p.row) >= len(x.rows) {
			return false
		}
	}
	for i := range x.rows {
		r := &x.rows[i]
		if uint64(r.Entity) >= x.head.Ents || uint64(r.At)+uint64(r.N) > uint64(len(x.rowWords)) ||
			r.N > maxRow || !(r.Weight >= 0 && r.Weight < 1e6) {
			return false
		}
	}
	last := uint32(0)
	for i := range x.words { // the last is an end mark
		w := &x.words[i]
		if w.SoundLen > soundMax || w.BonesLen > bonesMax || uint64(w.Text)+uint64(w.TextLen) > uint64(len(x.text)) ||
			uint64(w.Groups)+uint64(w.GroupLen) > uint64(len(x.groups)) || w.Posted < last || !(w.Weight >= 0 && w.Weight < 1e3) {
			return false
		}
		last = w.Posted
	}
	for _, a := range x.acronyms {
		if uint32(a) >= uint32(len(x.rows)) {
			return false
		}
	}
	for i := range x.docs {
		if uint64(x.docs[i].Entity) >= x.head.Ents {
			return false
		}
	}
	return int(last) == len(x.posted)
}

// ids appends what the words of a row are to dst.
func ids(dst []uint32, ws []rowWord) []uint32 {
	for i := range ws {
		dst = append(dst, ws[i].is)
	}
	return dst
}

func (x *Index) abridge() {
	x.briefs = make([]brief, len(x.words))
	for i := range x.words {
		x.briefs[i] = brief{x.words[i].Weight, x.words[i].Posted}
	}
}

func (x *Index) wordsOf(r *row) []rowWord { return x.rowWords[r.At : r.At+uint32(r.N)] }

// Less is the index without the rows of entities that another has. What their
// words weigh, and which words are known, is as before.
func (x *Index) Less(other *Index) *Index {
	ids := make(map[uint64]bool, len(other.ids))
	for _, id := range other.ids {
		ids[id] = true
	}
	n := *x
	n.posted, n.briefs, n.acronyms, n.docs = nil, make([]brief, len(x.briefs)), nil, nil
	for i, b := range x.briefs {
		n.briefs[i] = brief{b.weight, uint32(len(n.posted))}
		if i == len(x.briefs)-1 {
			break // the end mark
		}
		for _, p := range x.posted[b.posted:x.briefs[i+1].posted] {
			if !ids[x.ids[x.rows[p.row].Entity]] {
				n.posted = append(n.posted, p)
			}
		}
	}
	for _, a := range x.acronyms {
		if !ids[x.ids[x.rows[uint32(a)].Entity]] {
			n.acronyms = append(n.acronyms, a)
		}
	}
	for _, d := range x.docs {
		if !ids[x.ids[d.Entity]] {
			n.docs = append(n.docs, d)
		}
	}
	return &n
}
