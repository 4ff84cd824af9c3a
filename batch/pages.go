package batch

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	pq "github.com/parquet-go/parquet-go/format"
)

// The library reads a page into as much memory as its header, its compressed
// text and the runs in it announce: a few bytes can ask for gigabytes. So all
// pages are looked at before the first row is read, as far as it takes to know
// how large they become.

const (
	maxPage   = 64 << 20 // bytes of a page, unpacked or not
	maxValues = 1 << 24  // values of a page
	maxHeader = 1 << 20  // bytes of the header of a page; it may hold the least and the greatest text
)

// oldDictionary is how older writers name both the dictionary's encoding and that of places in it.
const oldDictionary pq.Encoding = 2

type pages struct {
	file io.ReaderAt
	size int64
	page []byte // reused
	text []byte
	zstd *zstd.Decoder
}

// check looks at all pages of a file.
func (p *pages) check(pf *parquet.File) error {
	leaves := pf.Schema().Columns()
	for g, group := range pf.Metadata().RowGroups {
		if len(group.Columns) != len(leaves) {
			return fmt.Errorf("row group %d has %d columns, the schema %d", g+1, len(group.Columns), len(leaves))
		}
		for c := range group.Columns {
			leaf, _ := pf.Schema().Lookup(leaves[c]...)
			if err := p.column(&group.Columns[c].MetaData, &leaf); err != nil {
				return fmt.Errorf("row group %d, column %s: %w", g+1, leaves[c][0], err)
			}
		}
	}
	return nil
}

func (p *pages) column(m *pq.ColumnMetaData, leaf *parquet.LeafColumn) error {
	at := m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		at = m.DictionaryPageOffset
	}
	if at < 0 || m.TotalCompressedSize < 0 || at > p.size || m.TotalCompressedSize > p.size-at {
		return fmt.Errorf("it announces %d bytes from byte %d on, and the file has %d", m.TotalCompressedSize, at, p.size)
	}
	for end := at + m.TotalCompressedSize; at < end; {
		h, n, err := p.header(at, end)
		if err != nil {
			return fmt.Errorf("the page at byte %d: %w", at, err)
		}
		size := int64(h.CompressedPageSize)
		if size < 0 || size > min(end-at-n, maxPage) || h.UncompressedPageSize < 0 || h.UncompressedPageSize > maxPage {
			return fmt.Errorf("the page at byte %d announces %d bytes, %d unpacked: at most %d are read", at, size, h.UncompressedPageSize, maxPage)
		}
		p.page = append(p.page[:0], make([]byte, size)...)
		if _, err := p.file.ReadAt(p.page, at+n); err != nil {
			return err
		}
		if err := p.content(h, m.Codec, leaf); err != nil {
			return fmt.Errorf("the page at byte %d: %w", at, err)
		}
		at += n + size
	}
	return nil
}

// header reads the header of a page, and tells its length.
func (p *pages) header(at, end int64) (*pq.PageHeader, int64, error) {
	for room := int64(1 << 10); ; room *= 32 {
		room = min(room, end-at)
		b := make([]byte, room)
		if _, err := p.file.ReadAt(b, at); err != nil {
			return nil, 0, err
		}
		n, err := structSize(b)
		if err != nil && room < min(end-at, maxHeader) {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		h := &pq.PageHeader{}
		return h, int64(n), thrift.Unmarshal(new(thrift.CompactProtocol), b[:n], h)
	}
}

// content looks at the page that has been read.
func (p *pages) content(h *pq.PageHeader, codec pq.CompressionCodec, leaf *parquet.LeafColumn) error {
	var values int32
	switch h.Type {
	case pq.DataPage:
		values = h.DataPageHeader.V.NumValues
	case pq.DataPageV2:
		values = h.DataPageHeaderV2.V.NumValues
	case pq.DictionaryPage:
		values = h.DictionaryPageHeader.V.NumValues
	default:
		return fmt.Errorf("its kind is %s", h.Type)
	}
	if values < 0 || values > maxValues {
		return fmt.Errorf("it announces %d values: at most %d are read", values, maxValues)
	}
	n := int(values)
	repeated, optional := levelWidth(leaf.MaxRepetitionLevel), levelWidth(leaf.MaxDefinitionLevel)
	switch h.Type {
	case pq.DictionaryPage:
		if as := h.DictionaryPageHeader.V.Encoding; as != pq.Plain && as != oldDictionary {
			return errPage
		}
		_, err := p.unpack(p.page, codec, int(h.UncompressedPageSize))
		return err
	case pq.DataPage:
		b, err := p.unpack(p.page, codec, int(h.UncompressedPageSize))
		if err != nil {
			return err
		}
		for _, width := range []int{repeated, optional} {
			if width == 0 {
				continue
			}
			if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b)) > uint64(len(b)-4) {
				return errPage
			}
			size := int(binary.LittleEndian.Uint32(b))
			if err := runs(b[4:4+size], width, n); err != nil {
				return err
			}
			b = b[4+size:]
		}
		return encoded(b, h.DataPageHeader.V.Encoding, leaf, n)
	}
	v := &h.DataPageHeaderV2.V
	b := p.page
	for _, part := range []struct {
		size  int32
		width int
	}{{v.RepetitionLevelsByteLength, repeated}, {v.DefinitionLevelsByteLength, optional}} {
		if part.size < 0 || int(part.size) > len(b) {
			return errPage
		}
		if part.width > 0 {
			if err := runs(b[:part.size], part.width, n); err != nil {
				return err
			}
		}
		b = b[part.size:]
	}
	if !v.IsCompressed.Valid || v.IsCompressed.V {
		var err error
		if b, err = p.unpack(b, codec, int(h.UncompressedPageSize)); err != nil {
			return err
		}
	}
	return encoded(b, v.Encoding, leaf, n)
}

var errPage = errors.New("it is damaged")

func levelWidth(most int) (bits int) {
	for ; most > 0; most >>= 1 {
		bits++
	}
	return bits
}

// encoded looks at the values of a page.
func encoded(b []byte, as pq.Encoding, leaf *parquet.LeafColumn, n int) error {
	switch as {
	case pq.Plain, pq.ByteStreamSplit:
		return nil // as many as there are bytes for
	case oldDictionary, pq.RLEDictionary:
		if len(b) == 0 {
			return nil
		}
		return runs(b[1:], int(b[0]), n)
	case pq.RLE: // of truths
		if leaf.Node.Type().Kind() != parquet.Boolean || len(b) < 4 {
			return errPage
		}
		return runs(b[4:], 1, n)
	case pq.DeltaBinaryPacked, pq.DeltaLengthByteArray:
		_, err := deltas(b, n)
		return err
	case pq.DeltaByteArray: // how much of the text before each repeats, then the lengths of the rests
		rest, err := deltas(b, n)
		if err == nil {
			_, err = deltas(rest, n)
		}
		if err != nil {
			return err
		}
		repeats, err := new(delta.BinaryPackedEncoding).DecodeInt32(nil, b)
		all := len(rest)
		for _, r := range repeats {
			if all += int(r); r < 0 || all > maxPage {
				return fmt.Errorf("its texts come to more than %d bytes", maxPage)
			}
		}
		return err
	}
	return fmt.Errorf("its values are in %s, which is not read: write the file with plain or dictionary encoding", as)
}

// deltas looks at a block of numbers that are written as differences, and gives
// what stands behind it. There may be n of them.
func deltas(b []byte, n int) (rest []byte, err error) {
	var head [4]uint64 // size of a block, parts of it, numbers, the first number
	for i := range head {
		u, k := binary.Uvarint(b)
		if k <= 0 {
			return nil, errPage
		}
		head[i], b = u, b[k:]
	}
	size, parts, total := head[0], head[1], head[2]
	if size == 0 || size > 1<<16 || parts == 0 || parts > size || size%parts != 0 || total > uint64(n) {
		return nil, errPage
	}
	size /= parts
	for left := int(total) - 1; left > 0; {
		_, k := binary.Uvarint(b) // the least difference
		if k <= 0 || len(b) < k+int(parts) {
			return nil, errPage
		}
		widths := b[k : k+int(parts)]
		b = b[k+int(parts):]
		for _, w := range widths {
			if left <= 0 {
				break // the rest of the block is not written
			}
			b = b[min(int(size)*int(w)/8, len(b)):]
			left -= int(size)
		}
	}
	return b, nil
}

// runs adds up the runs of numbers of some bits: of levels and of places in a
// dictionary. They may not be more than n, but for what fills the last group.
func runs(b []byte, width, n int) error {
	if width > 32 {
		return errPage
	}
	for most := uint64(n) + 512; len(b) > 0; {
		u, k := binary.Uvarint(b)
		if k <= 0 {
			return errPage
		}
		b = b[k:]
		count, size := u>>1, (width+7)/8
		if u&1 == 1 {
			if count > most {
				return errPage
			}
			count, size = count*8, int(count)*width
		}
		if count > most {
			return errPage
		}
		most -= count
		b = b[min(size, len(b)):]
	}
	return nil
}

// unpack unpacks what must have a size.
func (p *pages) unpack(b []byte, codec pq.CompressionCodec, size int) ([]byte, error) {
	var r io.Reader
	switch codec {
	case pq.Uncompressed:
		return b, nil
	case pq.Snappy:
		if n, err := snappy.DecodedLen(b); err != nil || n > size {
			return nil, errPage
		}
		var err error
		p.text, err = snappy.Decode(p.text[:cap(p.text)], b)
		return p.text, err
	case pq.Gzip:
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		r = z
	case pq.Zstd:
		if p.zstd == nil {
			var err error
			if p.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2*maxPage)); err != nil {
				return nil, err
			}
		}
		if err := p.zstd.Reset(bytes.NewReader(b)); err != nil {
			return nil, err
		}
		r = p.zstd
	default:
		return nil, fmt.Errorf("it is packed with %s, which is not read: write the file with Snappy, Zstandard or gzip", codec)
	}
	out := bytes.NewBuffer(p.text[:0])
	n, err := io.Copy(out, io.LimitReader(r, int64(size)+1))
	p.text = out.Bytes()
	if err != nil {
		return nil, err
	}
	if n > int64(size) {
		return nil, fmt.Errorf("it unpacks to more than the %d bytes that it announces", size)
	}
	return p.text, nil
}
