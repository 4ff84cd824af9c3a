package feed

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// bounded gives at most maxFile bytes; one more is an error, not an end.
type bounded struct {
	r    io.Reader
	file string
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, fault(b.file, 0, fmt.Sprintf("the file is larger than %d bytes", maxFile), "a list", "check what the address answers with")
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// open opens f bounded; the caller closes.
func (f File) open() (io.Reader, io.Closer, error) {
	r, err := f.Open()
	if err != nil {
		return nil, nil, readFault(f.Name, 0, err)
	}
	return &bounded{r: r, file: f.Name, left: maxFile}, r, nil
}

// readHead returns the first bytes of f, at most max.
func (f File) readHead(max int) ([]byte, error) {
	r, c, err := f.open()
	if err != nil {
		return nil, err
	}
	defer c.Close()
	b := make([]byte, max)
	n, err := io.ReadFull(r, b)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, readFault(f.Name, 0, err)
	}
	return b[:n], nil
}

var bom = []byte("\ufeff")

// encodingFault tells of a file that is not UTF-8 from its first bytes, as far
// as they show it.
func encodingFault(file string, head []byte) error {
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return fault(file, 1, "the file is UTF-16", "UTF-8", "save it as UTF-8")
	}
	return nil
}

// stem is the part of a file's name before its first dot, in lower case:
// "sdn" of "SDN.2025-12-23.csv".
func stem(name string) string {
	s, _, _ := strings.Cut(strings.ToLower(path.Base(name)), ".")
	return s
}

// pick returns the file that plays the part of want ("sdn.csv"), which may
// carry a date: "sdn.2025-12-23.csv". ok is false if there is none.
func pick(files []File, want string) (f File, ok bool, err error) {
	for _, g := range files {
		if stem(g.Name) != stem(want) || !strings.EqualFold(path.Ext(g.Name), path.Ext(want)) {
			continue
		}
		if ok {
			return f, false, fault(g.Name, 0, "two files play the part of "+want+": "+f.Name+" and this one", "one", "name the files of one day only")
		}
		f, ok = g, true
	}
	return f, ok, nil
}

// joined joins the texts that are not empty.
func joined(sep string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), sep)
}

// squash trims s and makes one space of each run of white space.
func squash(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || c < ' ' || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
