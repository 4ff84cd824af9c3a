package list

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"navicert"
)

// coder takes entities through one walk (walk.go) in three ways: it counts
// strings, writes, or reads. So what is written and what is read cannot
// drift apart.
//
// A string is a varint v and what it says: v>>1 bytes that follow, or, where
// v is odd, the string v>>1 of the snapshot's shared ones.
type coder struct {
	mode   mode
	seen   map[string]int    // counting
	out    []byte            // writing
	refs   map[string]uint64 // writing: place among the shared strings
	in     string            // reading: the rest of the record
	shared *pool             // reading
	bad    bool              // reading: the record is damaged
}

type mode uint8

const (
	counting mode = iota
	writing
	reading
)

// maxRecord is the largest encoded entity. Ten thousand aliases of a hundred
// characters are a megabyte.
const maxRecord = 64 << 20

func (c *coder) uint(v *uint64) {
	switch c.mode {
	case writing:
		c.out = binary.AppendUvarint(c.out, *v)
	case reading:
		var n uint64
		for i, shift := 0, 0; i < len(c.in) && shift < 64; i, shift = i+1, shift+7 {
			b := c.in[i]
			n |= uint64(b&0x7f) << shift
			if b < 0x80 {
				*v, c.in = n, c.in[i+1:]
				return
			}
		}
		c.fail()
	}
}

func (c *coder) fail() { c.bad, c.in = true, "" }

func (c *coder) str(s *string) {
	switch c.mode {
	case counting:
		if len(*s) > 1 { // shorter ones are no longer than a reference
			c.seen[*s]++
		}
	case writing:
		if ref, ok := c.refs[*s]; ok {
			c.out = binary.AppendUvarint(c.out, ref<<1|1)
			return
		}
		c.own(s)
	case reading:
		var v uint64
		c.uint(&v)
		if v&1 == 0 {
			c.take(s, v>>1)
		} else if t, ok := c.shared.at(v >> 1); ok {
			*s = t
		} else {
			c.fail()
		}
	}
}

// own keeps a string with its entity alone.
func (c *coder) own(s *string) {
	switch c.mode {
	case writing:
		c.out = append(binary.AppendUvarint(c.out, uint64(len(*s))<<1), *s...)
	case reading:
		var v uint64
		if c.uint(&v); v&1 != 0 {
			c.fail()
			return
		}
		c.take(s, v>>1)
	}
}

func (c *coder) take(s *string, n uint64) {
	if n > uint64(len(c.in)) {
		c.fail()
		return
	}
	*s, c.in = c.in[:n], c.in[n:]
}

// enum is a value from 0 to last.
func (c *coder) enum(v *uint8, last uint8) {
	switch c.mode {
	case writing:
		c.out = append(c.out, *v)
	case reading:
		if c.in == "" || c.in[0] > last {
			c.fail()
			return
		}
		*v, c.in = c.in[0], c.in[1:]
	}
}

func (c *coder) bool(v *bool) {
	var b uint8
	if *v {
		b = 1
	}
	c.enum(&b, 1)
	*v = b == 1
}

func (c *coder) int(v *int) {
	n := int64(*v)
	u := uint64(n)<<1 ^ uint64(n>>63)
	if c.uint(&u); c.mode == reading {
		*v = int(u>>1) ^ -int(u&1)
	}
}

func (c *coder) day(v *navicert.Day) {
	n := int(*v)
	if c.int(&n); c.mode != reading {
		return
	}
	if n < math.MinInt32 || n > math.MaxInt32 {
		c.fail()
		return
	}
	*v = navicert.Day(n)
}

func (c *coder) float(v *float64) {
	u := bits.ReverseBytes64(math.Float64bits(*v)) // round numbers become short
	if c.uint(&u); c.mode == reading {
		*v = math.Float64frombits(bits.ReverseBytes64(u))
	}
}

// each takes a slice through f. An element takes at least size bytes, so a
// hostile count cannot ask for more memory than the record could fill.
func each[T any](c *coder, s *[]T, size int, f func(*coder, *T)) {
	n := uint64(len(*s))
	c.uint(&n)
	if c.mode == reading {
		if n > uint64(len(c.in)/size) {
			c.fail()
		}
		if c.bad || n == 0 {
			return
		}
		*s = make([]T, n)
	}
	for i := range *s {
		f(c, &(*s)[i])
	}
}

// pool is the strings that several entities use.
type pool struct {
	text    string
	offsets []byte // one uint32 each, and one for the end
}

func (p *pool) at(i uint64) (string, bool) {
	if n := uint64(len(p.offsets) / 4); i >= n || i+1 >= n {
		return "", false
	}
	from, to := binary.LittleEndian.Uint32(p.offsets[i*4:]), binary.LittleEndian.Uint32(p.offsets[i*4+4:])
	if from > to || to > uint32(len(p.text)) {
		return "", false
	}
	return p.text[from:to], true
}

// share chooses what is worth sharing: the most frequent first, so that their
// references are the shortest.
func (c *coder) share() (text, offsets []byte) {
	var all []string
	for s, n := range c.seen {
		if n > 1 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if d := c.seen[b] - c.seen[a]; d != 0 {
			return d
		}
		if a < b {
			return -1
		}
		return 1
	})
	c.refs = make(map[string]uint64, len(all))
	offsets = binary.LittleEndian.AppendUint32(nil, 0)
	for i, s := range all {
		if len(text)+len(s) > math.MaxUint32>>1 {
			break
		}
		c.refs[s] = uint64(i)
		text = append(text, s...)
		offsets = binary.LittleEndian.AppendUint32(offsets, uint32(len(text)))
	}
	return text, offsets
}
