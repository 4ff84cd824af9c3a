package batch

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"

	pq "github.com/parquet-go/parquet-go/format"
)

// Books as others write them are read: packed, with dictionaries, with deltas.
func TestParquetForms(t *testing.T) {
	type customer struct {
		Plain  string   `parquet:"name,plain"`
		Dict   string   `parquet:"id,dict,snappy"`
		Delta  string   `parquet:"address,delta,zstd"`
		Opt    *string  `parquet:"country,optional,dict,gzip"`
		Born   int32    `parquet:"birth_date,date,delta"`
		Many   []string `parquet:"aliases,list,snappy"`
		Number int64    `parquet:"x,delta,zstd"`
		Truth  bool     `parquet:"y"`
	}
	kp := "KP"
	var all []customer
	for i := range 3000 {
		c := customer{Plain: fmt.Sprint("Customer ", i), Dict: fmt.Sprint(i), Delta: "a", Born: int32(i), Truth: i%3 == 0}
		if i%2 == 0 {
			c.Opt, c.Many = &kp, []string{"x", "y"}
		}
		all = append(all, c)
	}
	all[2999].Plain = "Lazarus Group"
	for _, version := range []int{1, 2} {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[customer](&b, parquet.DataPageVersion(version), parquet.PageBufferSize(4<<10), parquet.MaxRowsPerRowGroup(1000))
		if _, err := w.Write(all); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "hits.csv")
		rep, err := Run(context.Background(), Job{In: write(t, "book.parquet", b.String()), Out: out, Lists: watched(t)})
		if err != nil {
			t.Fatal(version, err)
		}
		if got := hits(t, out); rep.Rows != 3000 || len(got) != 1 || got[0][1] != "2999" {
			t.Errorf("version %d: %+v %q", version, rep, got)
		}
	}
}

// forged is a Parquet file of one column and one page, as a forger makes it.
func forged(t testing.TB, codec pq.CompressionCodec, optional bool, h pq.PageHeader, body []byte) string {
	t.Helper()
	schema := parquet.NewSchema("book", parquet.Group{"name": parquet.String()})
	if optional {
		schema = parquet.NewSchema("book", parquet.Group{"name": parquet.Optional(parquet.String())})
	}
	var b bytes.Buffer
	w := parquet.NewWriter(&b, schema)
	if err := w.Write(map[string]any{"name": "Lazarus Group"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	pf, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if h.CompressedPageSize == 0 {
		h.CompressedPageSize = int32(len(body))
	}
	head, err := thrift.Marshal(new(thrift.CompactProtocol), &h)
	if err != nil {
		t.Fatal(err)
	}
	meta := pf.Metadata()
	c := &meta.RowGroups[0].Columns[0]
	c.ColumnIndexOffset, c.OffsetIndexOffset = 0, 0
	m := &c.MetaData
	m.Codec, m.DataPageOffset, m.DictionaryPageOffset, m.TotalCompressedSize = codec, 4, 0, int64(len(head)+len(body))
	foot, err := thrift.Marshal(new(thrift.CompactProtocol), meta)
	if err != nil {
		t.Fatal(err)
	}
	out := append([]byte("PAR1"), head...)
	out = append(append(out, body...), foot...)
	return string(append(binary.LittleEndian.AppendUint32(out, uint32(len(foot))), "PAR1"...))
}

func pageOf(values, unpacked int32, as pq.Encoding) pq.PageHeader {
	h := pq.PageHeader{Type: pq.DataPage, UncompressedPageSize: unpacked}
	h.DataPageHeader.Set(pq.DataPageHeader{NumValues: values, Encoding: as, DefinitionLevelEncoding: pq.RLE, RepetitionLevelEncoding: pq.RLE})
	return h
}

// A small file that asks for much memory is refused before it gets it.
func TestParquetAsksForMemory(t *testing.T) {
	plain := "\x0d\x00\x00\x00Lazarus Group"
	run := string(binary.AppendUvarint(nil, (1<<30)<<1)) + "\x01"
	level := string(binary.LittleEndian.AppendUint32(nil, uint32(len(run)))) + run
	large := pageOf(1, 17, pq.Plain)
	large.CompressedPageSize = math.MaxInt32
	var zipped, packed bytes.Buffer
	g := gzip.NewWriter(&zipped)
	z, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		_, _ = g.Write(make([]byte, 1<<20))
		_, _ = z.Write(make([]byte, 1<<20))
	}
	_, _ = g.Close(), z.Close()
	footer := "PAR1\x19\xfc\xff\xff\xff\xff\x07"
	for _, c := range []struct{ name, file, says string }{
		{"good", forged(t, pq.Uncompressed, false, pageOf(1, 17, pq.Plain), []byte(plain)), ""},
		{"page", forged(t, pq.Uncompressed, false, large, []byte(plain)), "announces 2147483647 bytes"},
		{"unpacked", forged(t, pq.Snappy, false, pageOf(1, math.MaxInt32, pq.Plain), []byte("\x11")), "2147483647 unpacked"},
		{"snappy", forged(t, pq.Snappy, false, pageOf(1, 17, pq.Plain), []byte("\xff\xff\xff\xff\x0f\x00")), "damaged"},
		{"gzip", forged(t, pq.Gzip, false, pageOf(1, 17, pq.Plain), zipped.Bytes()), "unpacks to more than the 17 bytes"},
		{"zstd", forged(t, pq.Zstd, false, pageOf(1, 17, pq.Plain), packed.Bytes()), "unpacks to more than the 17 bytes"},
		{"lz4", forged(t, pq.Lz4Raw, false, pageOf(1, 17, pq.Plain), []byte("\xff\xff\xff\xff")), "packed with LZ4_RAW"},
		{"values", forged(t, pq.Uncompressed, false, pageOf(math.MaxInt32, 17, pq.Plain), []byte(plain)), "2147483647 values"},
		{"levels", forged(t, pq.Uncompressed, true, pageOf(1, 17, pq.Plain), []byte(level+plain)), "damaged"},
		{"places", forged(t, pq.Uncompressed, false, pageOf(1, 17, pq.RLEDictionary), []byte("\x08"+strings.Repeat(run, 100))), "damaged"},
		{"lengths", forged(t, pq.Uncompressed, false, pageOf(1, 17, pq.DeltaLengthByteArray), []byte("\x80\x01\x04\xff\xff\xff\xff\x07\x00")), "damaged"},
		{"repeats", forged(t, pq.Uncompressed, false, pageOf(3, 17, pq.DeltaByteArray), []byte("\x80\x01\x04\x03"+"\xfe\xff\xff\x3f"+"\x00\x00\x00\x00\x00"+"\x80\x01\x04\x03\x02"+"\x00\x00\x00\x00\x00"+"abc")), "come to more than"},
		{"directory", footer + string(binary.LittleEndian.AppendUint32(nil, uint32(len(footer)-4))) + "PAR1", "directory is damaged or too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := write(t, "book.parquet", c.file)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := readAll(in)
			runtime.ReadMemStats(&after)
			if c.says == "" && err != io.EOF || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
				t.Errorf("%d kB of a file asked for %d MB", len(c.file)>>10, took>>20)
			}
		})
	}
}

// FuzzParquet: a damaged or forged book is an error, not a panic and not all of the memory.
func FuzzParquet(f *testing.F) {
	f.Add([]byte(forged(f, pq.Uncompressed, false, pageOf(1, 17, pq.Plain), []byte("\x0d\x00\x00\x00Lazarus Group"))))
	f.Add([]byte(forged(f, pq.Uncompressed, true, pageOf(1, 17, pq.Plain), []byte("\x02\x00\x00\x00\x02\x01\x0d\x00\x00\x00Lazarus Group"))))
	f.Add([]byte(forged(f, pq.Uncompressed, false, pageOf(2, 17, pq.DeltaLengthByteArray), []byte("\x80\x01\x04\x02\x02\x00ab"))))
	f.Fuzz(func(t *testing.T, file []byte) {
		_ = readAll(write(t, "b.parquet", string(file)))
	})
}

// readAll reads a book, and tells how it ended.
func readAll(name string) error {
	b, err := openBook(name)
	if err != nil {
		return err
	}
	defer b.Close()
	for n := 0; err == nil && n < 1000; n++ {
		_, err = b.format.next()
	}
	return err
}
