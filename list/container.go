package list

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"
)

// A snapshot file is a head, a directory and sections:
//
//	8 bytes   magic, its last byte the version of the format
//	4 bytes   number of sections
//	4 bytes   CRC-32C of the directory
//	48 bytes  of each section: name (28, padded with zeros), offset (8), length (8), CRC-32C (4)
//	sections  each begins at a multiple of 64 bytes, so that an index can be used where it lies
//
// Numbers are little-endian. The same sections give the same bytes.
const (
	magic       = "NVCLIST\x01"
	headSize    = 16
	entrySize   = 48
	nameSize    = 28
	align       = 64
	maxSections = 1 << 10
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var (
	errForeign = errors.New("this is no snapshot of a list: give a file that navicert wrote, or a published list to `navicert lists add`")
	errVersion = errors.New("this snapshot was written by another version of navicert: run `navicert lists sync` or `lists add` with this one")
)

func writeSections(w io.Writer, sections map[string][]byte) error {
	names := slices.Sorted(maps.Keys(sections))
	if len(names) > maxSections {
		return fmt.Errorf("%d sections are more than a snapshot can hold (%d)", len(names), maxSections)
	}
	dir := make([]byte, 0, len(names)*entrySize)
	at := aligned(headSize + len(names)*entrySize)
	for _, n := range names {
		if n == "" || len(n) > nameSize {
			return fmt.Errorf("the name of section %q is not 1 to %d bytes long", n, nameSize)
		}
		b := sections[n]
		dir = append(dir, n...)
		dir = append(dir, make([]byte, nameSize-len(n))...)
		dir = binary.LittleEndian.AppendUint64(dir, uint64(at))
		dir = binary.LittleEndian.AppendUint64(dir, uint64(len(b)))
		dir = binary.LittleEndian.AppendUint32(dir, crc32.Checksum(b, castagnoli))
		at = aligned(at + len(b))
	}
	head := append([]byte(magic), binary.LittleEndian.AppendUint32(nil, uint32(len(names)))...)
	head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(dir, castagnoli))
	out := &padded{w: w}
	out.put(append(head, dir...))
	for _, n := range names {
		out.put(sections[n])
	}
	return out.err
}

func aligned(n int) int { return (n + align - 1) / align * align }

// padded fills up to the next multiple of 64 after each piece.
type padded struct {
	w   io.Writer
	err error
}

func (p *padded) put(b []byte) {
	for _, b := range [][]byte{b, make([]byte, aligned(len(b))-len(b))} {
		if p.err == nil && len(b) > 0 {
			_, p.err = p.w.Write(b)
		}
	}
}

func readSections(b []byte) (map[string][]byte, error) {
	if len(b) < headSize || string(b[:7]) != magic[:7] {
		return nil, errForeign
	}
	if b[7] != magic[7] {
		return nil, errVersion
	}
	n := int(binary.LittleEndian.Uint32(b[8:]))
	if n > maxSections || headSize+n*entrySize > len(b) {
		return nil, errors.New("the snapshot is cut or damaged in its directory")
	}
	dir := b[headSize : headSize+n*entrySize]
	if crc32.Checksum(dir, castagnoli) != binary.LittleEndian.Uint32(b[12:]) {
		return nil, errors.New("the snapshot is damaged: the checksum of its directory does not fit")
	}
	out := make(map[string][]byte, n)
	for ; len(dir) > 0; dir = dir[entrySize:] {
		name := string(bytes.TrimRight(dir[:nameSize], "\x00"))
		at, size := binary.LittleEndian.Uint64(dir[nameSize:]), binary.LittleEndian.Uint64(dir[nameSize+8:])
		if at > uint64(len(b)) || size > uint64(len(b))-at || at%align != 0 {
			return nil, fmt.Errorf("the snapshot is cut: section %q should end at byte %d, the file has %d", name, at+size, len(b))
		}
		s := b[at : at+size : at+size]
		if crc32.Checksum(s, castagnoli) != binary.LittleEndian.Uint32(dir[nameSize+16:]) {
			return nil, fmt.Errorf("the snapshot is damaged: the checksum of section %q does not fit", name)
		}
		if _, ok := out[name]; ok {
			return nil, fmt.Errorf("the snapshot is damaged: section %q stands twice", name)
		}
		out[name] = s
	}
	return out, nil
}
