package screen

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"sync"

	"navicert/list"
	"navicert/match"
	"navicert/name"
	"navicert/wallet"
)

// exact is the section in which names that are the same are looked up, so that
// no bound of the search can lose one. It is sorted by hash; a find is compared
// with the entity before it counts.
const exact = "screen"

// BuildIndex makes the sections that a snapshot needs to be screened against.
func BuildIndex(es []*list.Entity) (map[string][]byte, error) {
	out, err := match.BuildIndex(es)
	if err != nil {
		return nil, err
	}
	type line struct {
		hash uint64
		ent  uint32
	}
	var lines []line
	var folder name.Folder
	for i, e := range es {
		for n := range e.Names {
			if key := folder.Key(e.Names[n].Text); len(key) > 0 {
				lines = append(lines, line{hashOf(key), uint32(i)})
			}
		}
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.ent, b.ent)) })
	lines = slices.Compact(lines)
	b := make([]byte, 0, 12*len(lines))
	for _, l := range lines {
		b = binary.LittleEndian.AppendUint64(b, l.hash)
		b = binary.LittleEndian.AppendUint32(b, l.ent)
	}
	out[exact] = b
	return out, nil
}

func hashOf(key []byte) uint64 {
	h := fnv.New64a()
	h.Write(key)
	return h.Sum64()
}

// List is one edition of one source, ready to be searched.
type List struct {
	*list.Snapshot
	*list.Info
	exact []byte
	anew  bool  // it was indexed when it was opened
	now   *List // the edition of the day, if this is another one
	pool  sync.Pool
	index *match.Index
}

// Open makes a snapshot ready. One that was written without an index, or with
// that of another version, is indexed here.
func Open(s *list.Snapshot) (*List, error) {
	l := &List{Snapshot: s, Info: s.Info(), exact: s.Section(exact)}
	x, err := match.OpenIndex(s)
	if err != nil || len(l.exact)%12 != 0 || len(l.exact) == 0 && s.Len() > 0 {
		if s, err = indexed(s); err != nil {
			return nil, err
		}
		if x, err = match.OpenIndex(s); err != nil {
			return nil, err
		}
		l.exact, l.anew = s.Section(exact), true
	}
	l.index = x
	l.pool.New = func() any { return searcher(x) }
	return l, nil
}

// less is the list with those alone that the edition of the day has no more, or
// not yet: the others are told as that has them.
func (l *List) less(now *List) *List {
	x := l.index.Less(now.index)
	n := &List{Snapshot: l.Snapshot, Info: l.Info, exact: l.exact, index: x, now: now}
	n.pool.New = func() any { return searcher(x) }
	return n
}

// searcher finds as doors ask: listed names that stand whole in one asked too.
func searcher(x *match.Index) *match.Searcher {
	s := x.Searcher()
	s.Whole = true
	return s
}

// told tells whether the edition of the day has an entity.
func (l *List) told(e int) bool { return l.now != nil && l.now.Find(l.Entity(e).ID) >= 0 }

// Searcher lends a searcher of the list, for one goroutine; Done takes it back.
func (l *List) Searcher() *match.Searcher { return l.pool.Get().(*match.Searcher) }

// Done takes a searcher back.
func (l *List) Done(s *match.Searcher) { l.pool.Put(s) }

// indexed is the snapshot with its index, in memory.
func indexed(s *list.Snapshot) (*list.Snapshot, error) {
	es := make([]*list.Entity, s.Len())
	for i := range es {
		es[i] = s.Entity(i)
	}
	sections, err := BuildIndex(es)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := list.Write(&b, *s.Info(), es, sections); err != nil {
		return nil, err
	}
	return list.Load(b.Bytes())
}

// same gives the numbers of the entities that may have the key, but for those
// that the edition of the day has; a hash can be another key's.
func (l *List) same(key []byte) (out []int) {
	if len(key) == 0 {
		return nil
	}
	h, n := hashOf(key), len(l.exact)/12
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(l.exact[12*i:]) }
	lo, hi := 0, n
	for lo < hi {
		if m := (lo + hi) / 2; at(m) < h {
			lo = m + 1
		} else {
			hi = m
		}
	}
	for ; lo < n && at(lo) == h; lo++ {
		if e := int(binary.LittleEndian.Uint32(l.exact[12*lo+8:])); e < l.Len() && !l.told(e) {
			out = append(out, e)
		}
	}
	return out
}

// address reads a wallet of a list.
func address(w *list.Wallet) wallet.Address { return wallet.Parse(w.Address, w.Asset) }
