package feed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"navicert"
)

// maxRecord bounds one record of a CSV file: hostile quotes may not swallow
// the rest of a file. The longest real one has 30 kB.
const maxRecord = 4 << 20

// csvReader reads records one by one. It is stricter than encoding/csv: a
// quote that is left open, a quote within a bare field, text after a closing
// quote, a zero byte and invalid UTF-8 are errors with their line, and it
// knows how the file ended.
type csvReader struct {
	Line   int  // first line of the last record, from 1
	Mark   bool // the file ends with 0x1A, as OFAC's do
	CRLF   bool // the last record ended with CR LF
	Closed bool // the last record ended with its line, not with the file

	file  string
	comma byte
	c     io.Closer
	r     *bufio.Reader
	next  int // line on which the next record begins
	buf   []byte
	ends  []int
	out   []string
}

func newCSV(f File, comma byte) (*csvReader, error) {
	r, c, err := f.open()
	if err != nil {
		return nil, err
	}
	q := &csvReader{file: f.Name, comma: comma, c: c, r: bufio.NewReaderSize(r, 1<<16), next: 1}
	head, err := q.r.Peek(3)
	if err != nil && err != io.EOF {
		c.Close()
		return nil, readFault(f.Name, 1, err)
	}
	if err := encodingFault(f.Name, head); err != nil {
		c.Close()
		return nil, err
	}
	if bytes.Equal(head, bom) {
		_, _ = q.r.Discard(len(bom))
	}
	return q, nil
}

func (q *csvReader) Close() error { return q.c.Close() }

func (q *csvReader) fault(what, want string) error {
	return fault(q.file, q.Line, what, want, "")
}

// Read returns the fields of the next record; the slice is reused. Empty lines
// are passed over. At the end of the file the error is io.EOF.
func (q *csvReader) Read() ([]string, error) {
	for {
		q.Line = q.next
		line, err := q.line()
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			continue
		}
		if line[0] == 0x1a && len(bytes.TrimSpace(line)) == 1 {
			q.Mark = true
			if _, err := q.r.Peek(1); err == nil {
				return nil, q.fault("text stands after the end mark 0x1A", "the end of the file")
			} else if err != io.EOF {
				return nil, readFault(q.file, q.Line, err)
			}
			return nil, io.EOF
		}
		return q.split(line)
	}
}

// line reads one line without its end. It is valid until the next call.
func (q *csvReader) line() ([]byte, error) {
	line, err := q.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		long := append([]byte(nil), line...)
		for errors.Is(err, bufio.ErrBufferFull) && len(long) <= maxRecord {
			line, err = q.r.ReadSlice('\n')
			long = append(long, line...)
		}
		line = long
	}
	if len(line) > maxRecord {
		return nil, q.fault(fmt.Sprintf("a line is longer than %d bytes", maxRecord), "shorter lines")
	}
	if err != nil && err != io.EOF {
		return nil, readFault(q.file, q.next, err)
	}
	if err == io.EOF && len(line) == 0 {
		return nil, io.EOF
	}
	q.Closed = err == nil
	if !q.Closed && line[len(line)-1] == '\r' {
		return nil, fault(q.file, q.next, "the file is cut within the end of a line", "LF", fetchAgain)
	}
	if q.Closed {
		line = line[:len(line)-1]
		if q.CRLF = bytes.HasSuffix(line, []byte{'\r'}); q.CRLF {
			line = line[:len(line)-1]
		}
	}
	if !utf8.Valid(line) {
		return nil, fault(q.file, q.next, "the text is not UTF-8", "UTF-8", "somebody has saved it in another encoding; "+fetchAgain)
	}
	if bytes.IndexByte(line, 0) >= 0 {
		return nil, fault(q.file, q.next, "a zero byte stands in the text", "text", fetchAgain)
	}
	q.next++
	return line, nil
}

// split parts a record; it reads on where a quoted field holds line ends.
func (q *csvReader) split(line []byte) ([]string, error) {
	q.buf, q.ends = q.buf[:0], q.ends[:0]
	for {
		if len(line) == 0 || line[0] != '"' {
			i := bytes.IndexByte(line, q.comma)
			field := line
			if i >= 0 {
				field = line[:i]
			}
			if bytes.IndexByte(field, '"') >= 0 {
				return nil, fault(q.file, q.next-1, "a quote stands within a field that is not quoted", "the whole field in quotes, quotes in it doubled", "")
			}
			q.buf = append(q.buf, field...)
			q.ends = append(q.ends, len(q.buf))
			if i < 0 {
				break
			}
			line = line[i+1:]
			continue
		}
		line = line[1:]
		for {
			i := bytes.IndexByte(line, '"')
			if i < 0 { // the field goes on in the next line
				q.buf = append(q.buf, line...)
				if !q.Closed {
					return nil, q.fault("a quoted field is not closed: the file is cut", "a closing quote")
				}
				q.buf = append(q.buf, '\n')
				var err error
				if line, err = q.line(); err == io.EOF {
					return nil, q.fault("a quoted field is not closed: the file is cut", "a closing quote")
				} else if err != nil {
					return nil, err
				}
				if len(q.buf)+len(line) > maxRecord {
					return nil, q.fault(fmt.Sprintf("a record is longer than %d bytes", maxRecord), "a closing quote")
				}
				continue
			}
			q.buf = append(q.buf, line[:i]...)
			line = line[i+1:]
			if len(line) > 0 && line[0] == '"' {
				q.buf = append(q.buf, '"')
				line = line[1:]
				continue
			}
			break
		}
		q.ends = append(q.ends, len(q.buf))
		if len(line) == 0 {
			break
		}
		if line[0] != q.comma {
			return nil, fault(q.file, q.next-1, "text stands after a closing quote", "the end of the field", "")
		}
		line = line[1:]
	}
	// One string for the record: its fields share it.
	all, from := string(q.buf), 0
	q.out = q.out[:0]
	for _, end := range q.ends {
		q.out = append(q.out, all[from:end])
		from = end
	}
	return q.out, nil
}

// tableForm is how a list is written as a table with a header.
type tableForm struct {
	comma byte
	need  []string              // columns that must be there
	head  func(*csvTable) error // looks at the header; may be nil
	open  bool                  // the last line may lack its end: a cut is not seen there
	// A line with the day of the list stands before the header, the header may
	// stand again below (one sheet after the other), and empty fields at the end
	// of a row may be missing.
	dated bool
}

// csvTable reads a table by the names of its columns.
type csvTable struct {
	*csvReader
	Date  navicert.Day // of a form that is dated
	form  tableForm
	col   map[string]int
	names []string // of the columns; some may have none
	row   []string
}

// each hands over the rows of a table, to its end.
func (o tableForm) each(f File, row func(*csvTable) error) error {
	t, err := newTable(f, o)
	if err != nil {
		return err
	}
	defer t.Close()
	for {
		ok, err := t.Next()
		if err == nil && ok {
			err = row(t)
		}
		if err != nil || !ok {
			return err
		}
	}
}

// newTable reads the header.
func newTable(f File, o tableForm) (*csvTable, error) {
	q, err := newCSV(f, o.comma)
	if err != nil {
		return nil, err
	}
	t := &csvTable{csvReader: q, form: o, col: map[string]int{}}
	if err := t.top(); err != nil {
		q.Close()
		return nil, err
	}
	return t, nil
}

var dayInLine = pattern(`\d{1,2}[-/ ](?:\d{2}|[A-Za-z]{3,9})[-/ ]\d{4}|\d{4}-\d{2}-\d{2}`)

func (t *csvTable) top() error {
	head, err := t.Read()
	if err == nil && t.form.dated {
		first, ok := strings.Join(head, ","), false
		if t.Date, ok = readDay(dayInLine().FindString(first), dayFirst); !ok {
			return t.fault(fmt.Sprintf("no date stands in the first line %.60q", first), "the day of the list, Report Date: 30-Nov-2022")
		}
		head, err = t.Read()
	}
	if err == io.EOF {
		return fault(t.file, 1, "the file is empty", "a header", fetchAgain)
	}
	if err != nil {
		return err
	}
	for i, name := range head {
		name = squash(name)
		if _, twice := t.col[name]; twice && name != "" {
			return t.fault(fmt.Sprintf("column %q stands twice", name), "each once")
		}
		t.col[name] = i
		t.names = append(t.names, name)
	}
	for _, name := range t.form.need {
		if _, ok := t.col[name]; !ok {
			return t.fault(fmt.Sprintf("column %q is missing", name), "the header of the official file")
		}
	}
	if t.form.head != nil {
		return t.form.head(t)
	}
	return nil
}

// Next reads the next row, which must be as wide as the header. It is false at
// the end; a file whose last line is cut gives an error.
func (t *csvTable) Next() (bool, error) {
	width := len(t.names)
	for {
		row, err := t.Read()
		switch {
		case err == io.EOF && !t.Closed && !t.form.open:
			return false, fault(t.file, t.next-1, "the last line has no end: the file may be cut", "an end of line", fetchAgain)
		case err == io.EOF:
			return false, nil
		case err != nil:
			return false, err
		case t.form.dated && slices.Equal(row, t.names):
			continue
		case len(row) == width || t.form.dated && len(row) < width:
			t.row = append(row, make([]string, width-len(row))...)
			return true, nil
		}
		what := fmt.Sprintf("%d fields", len(row))
		if !t.Closed {
			what += ": the file is cut"
		}
		return false, t.fault(what, fmt.Sprintf("%d, as in the header", width))
	}
}

// Get returns a field of the row, white space squashed; no such column is
// an empty field.
func (t *csvTable) Get(name string) string {
	if i, ok := t.col[name]; ok {
		return squash(t.row[i])
	}
	return ""
}

// six returns the fields of six columns that are numbered from 1.
func (t *csvTable) six(format string) (out [6]string) {
	for i := range out {
		out[i] = t.Get(fmt.Sprintf(format, i+1))
	}
	return out
}
