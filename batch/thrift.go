package batch

import (
	"encoding/binary"
	"errors"
)

// The directory and the page headers of a Parquet file are structs of Thrift's
// compact protocol. The library makes room for whatever length is announced in
// them, so they are walked through before it reads them.

var errThrift = errors.New("a header is damaged or cut")

const (
	maxNested  = 32
	maxStructs = 1 << 19 // in all lists: each takes some hundred bytes once it is read
)

type thriftWalk struct {
	b       []byte
	at      int
	structs int
}

// structSize is the length of the struct at the beginning of b. What it
// announces is in it.
func structSize(b []byte) (int, error) {
	w := &thriftWalk{b: b}
	err := w.fields(0)
	return w.at, err
}

func (w *thriftWalk) fields(depth int) error {
	for {
		h, err := w.byte()
		if err != nil || h == 0 {
			return err
		}
		if h>>4 == 0 { // the number of the field stands apart
			if _, err := w.uvarint(); err != nil {
				return err
			}
		}
		if h&15 > 2 { // truth stands in the type itself
			if err := w.value(h&15, depth+1); err != nil {
				return err
			}
		}
	}
}

func (w *thriftWalk) value(kind byte, depth int) error {
	if depth > maxNested {
		return errThrift
	}
	switch kind {
	case 1, 2, 3:
		return w.skip(1)
	case 4, 5, 6:
		_, err := w.uvarint()
		return err
	case 7:
		return w.skip(8)
	case 8:
		n, err := w.uvarint()
		if err != nil {
			return err
		}
		return w.skip(n)
	case 9, 10:
		h, err := w.byte()
		if err != nil {
			return err
		}
		n := uint64(h >> 4)
		if n == 15 {
			if n, err = w.uvarint(); err != nil {
				return err
			}
		}
		if n > uint64(len(w.b)-w.at) {
			return errThrift
		}
		if h&15 == 12 {
			w.structs += int(n)
		}
		if w.structs > maxStructs {
			return errThrift
		}
		for range n {
			if err := w.value(h&15, depth+1); err != nil {
				return err
			}
		}
		return nil
	case 12:
		return w.fields(depth)
	}
	return errThrift
}

func (w *thriftWalk) byte() (byte, error) {
	if w.at == len(w.b) {
		return 0, errThrift
	}
	w.at++
	return w.b[w.at-1], nil
}

func (w *thriftWalk) skip(n uint64) error {
	if n > uint64(len(w.b)-w.at) {
		return errThrift
	}
	w.at += int(n)
	return nil
}

func (w *thriftWalk) uvarint() (uint64, error) {
	u, n := binary.Uvarint(w.b[w.at:])
	if n <= 0 {
		return 0, errThrift
	}
	w.at += n
	return u, nil
}
