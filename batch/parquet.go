package batch

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"

	"navicert"
)

// parquetBook is a book in Parquet: one customer a row, columns of texts or
// of lists of texts; a date column counts days since 1970.
type parquetBook struct {
	file   *os.File
	rows   parquet.Rows
	of     []int // leaf column to column of the book, -1: not read
	day    []bool
	buf    []parquet.Row
	have   []parquet.Row
	fields []string
	read   int64
	total  int64
}

func openParquet(name string, size int64) (_ format, rows int64, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if p := recover(); p != nil { // the library gives up so on some damaged files
			err = fmt.Errorf("%s: the file is damaged: %v", name, p)
		}
		if err != nil {
			_ = f.Close()
		}
	}()
	if err := whole(f, size); err != nil {
		return nil, 0, &navicert.Error{File: name, What: err.Error(), Want: "a Parquet file"}
	}
	pf, err := parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err == nil {
		err = (&pages{file: f, size: size}).check(pf)
	}
	if err != nil {
		return nil, 0, &navicert.Error{File: name, What: err.Error(), Want: "a Parquet file"}
	}
	b := &parquetBook{file: f, total: pf.NumRows(), fields: make([]string, len(columns)), buf: make([]parquet.Row, 256)}
	var names []string
	for _, path := range pf.Schema().Columns() {
		names = append(names, path[0])
		leaf, _ := pf.Schema().Lookup(path...)
		t := leaf.Node.Type().LogicalType()
		b.day = append(b.day, t != nil && t.String() == "DATE")
	}
	at, err := place(names)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", name, err)
	}
	b.of = make([]int, len(names))
	for i := range b.of {
		b.of[i] = -1
	}
	for c, i := range at {
		if i >= 0 {
			b.of[i] = c
		}
	}
	b.rows = parquet.MultiRowGroup(pf.RowGroups()...).Rows()
	return b, pf.NumRows(), nil
}

// whole looks at the end of the file, which says how long the directory before
// it is, and at the directory: the library would make room for whatever is said.
func whole(f *os.File, size int64) error {
	var end [8]byte
	if size < 12 {
		return errors.New("the file is too short")
	}
	if _, err := f.ReadAt(end[:], size-8); err != nil {
		return err
	}
	n := int64(binary.LittleEndian.Uint32(end[:]))
	if n > size-12 || n > maxFooter {
		return fmt.Errorf("its end announces a directory of %d bytes", n)
	}
	if string(end[4:]) != "PAR1" {
		return errors.New("its end is not that of a Parquet file, or it is encrypted")
	}
	directory := make([]byte, n)
	if _, err := f.ReadAt(directory, size-8-n); err != nil {
		return err
	}
	if _, err := structSize(directory); err != nil {
		return errors.New("its directory is damaged or too large")
	}
	return nil
}

// maxFooter is the largest directory of a book: that of thousands of row groups.
const maxFooter = 32 << 20

func (b *parquetBook) next() (_ []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the file is damaged: %v", p)
		}
	}()
	if len(b.have) == 0 {
		n, err := b.rows.ReadRows(b.buf)
		if n == 0 {
			switch {
			case err == nil:
				err = io.ErrNoProgress
			case err == io.EOF && b.read != b.total:
				err = fmt.Errorf("the file says that it has %d rows, but only %d are in it", b.total, b.read)
			}
			return nil, err
		}
		b.have = b.buf[:n]
	}
	clear(b.fields)
	size := 0
	for _, v := range b.have[0] {
		c := v.Column()
		if c < 0 || c >= len(b.of) || b.of[c] < 0 || v.IsNull() {
			continue
		}
		text := v.String()
		if b.day[c] {
			text = navicert.Day(v.Int32()).String()
		}
		if size += len(text); size > maxRow {
			return nil, fmt.Errorf("the row has more than a megabyte")
		}
		if f := &b.fields[b.of[c]]; *f == "" {
			*f = text
		} else {
			*f += ";" + text
		}
	}
	b.have = b.have[1:]
	b.read++
	return b.fields, nil
}

func (b *parquetBook) at() int64 { return b.read }

func (b *parquetBook) skip(m mark) error {
	b.read, b.have = m.Rows, nil
	return b.rows.SeekToRow(m.Rows)
}

func (b *parquetBook) close() error { return errors.Join(b.rows.Close(), b.file.Close()) }
