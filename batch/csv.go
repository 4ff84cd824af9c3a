package batch

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"

	"navicert"
)

// maxRow is how many bytes a row of a book may have.
const maxRow = 1 << 20

// csvBook is a book in CSV: UTF-8, a header, fields parted by commas,
// semicolons or tabs, whichever the header uses.
type csvBook struct {
	file *os.File
	*csv.Reader
	limit  *limited
	comma  rune
	at0    int64 // offset at which the reader began
	header int   // fields of the header
	cols   []int
	fields []string
}

func openCSV(name string) (format, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	b := &csvBook{file: f, fields: make([]string, len(columns))}
	if err := b.readHeader(); err != nil {
		_ = f.Close()
		var e *navicert.Error
		if errors.As(err, &e) {
			e.File, e.Line = name, 1
			return nil, e
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

func (b *csvBook) readHeader() error {
	head, err := bufio.NewReaderSize(b.file, maxRow).Peek(maxRow)
	if err != nil && err != io.EOF {
		return err
	}
	bom := int64(0)
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		bom = 3
	}
	line, _, ended := bytes.Cut(head[bom:], []byte("\n"))
	if !ended && len(head) == maxRow {
		return &navicert.Error{What: "no line ends within the first megabyte", Want: "a CSV file with a header"}
	}
	b.comma = ','
	for _, c := range ";\t" {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(b.comma))) {
			b.comma = c
		}
	}
	if err := b.seek(bom); err != nil {
		return err
	}
	names, err := b.Read()
	if err == io.EOF {
		return &navicert.Error{What: "the file is empty", Want: "a CSV file with a header"}
	}
	if err != nil {
		return &navicert.Error{What: "the first line cannot be read as CSV (" + err.Error() + ")", Want: "a CSV file in UTF-8 with a header, or a Parquet file whose name ends in .parquet"}
	}
	b.header = len(names)
	b.cols, err = place(names)
	return err
}

func (b *csvBook) seek(at int64) error {
	if _, err := b.file.Seek(at, io.SeekStart); err != nil {
		return err
	}
	b.at0 = at
	b.limit = &limited{Reader: bufio.NewReaderSize(b.file, 1<<20)}
	b.Reader = csv.NewReader(b.limit)
	b.Comma, b.ReuseRecord, b.FieldsPerRecord = b.comma, true, -1
	return nil
}

func (b *csvBook) next() ([]string, error) {
	b.limit.row = b.InputOffset()
	rec, err := b.Read()
	if err != nil {
		return nil, err
	}
	if len(rec) != b.header {
		return nil, fmt.Errorf("%d fields, expected %d as in the header", len(rec), b.header)
	}
	for i, c := range b.cols {
		b.fields[i] = ""
		if c >= 0 {
			b.fields[i] = rec[c]
		}
	}
	return b.fields, nil
}

func (b *csvBook) at() int64         { return b.at0 + b.InputOffset() }
func (b *csvBook) skip(m mark) error { return b.seek(m.At) }
func (b *csvBook) close() error      { return b.file.Close() }

// limited ends a row that a quote without an end would make as long as the
// file.
type limited struct {
	io.Reader
	read, row int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.read-l.row > 2*maxRow {
		return 0, errors.New("the row has more than a megabyte; a quotation mark before it is not closed")
	}
	n, err := l.Reader.Read(p)
	l.read += int64(n)
	return n, err
}
