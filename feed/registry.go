package feed

import (
	"bytes"
	"fmt"
	"strings"

	"navicert"
)

// Sources is every list that can be read, one line each; a source is defined
// beside its parsers.
var Sources = []*Source{
	ofacSDN,
	ofacCons,
	csl,
	bisDPL,
	bisMIEU,
	unSC,
	euFSF,
	ukSL,
	ukOFSI,
	caSEMA,
	chSECO,
	jpMETI,
	cnMOFCOM,
	ftmData,
	ownList,
}

// ByKey returns the source with a key, nil if there is none.
func ByKey(key string) *Source {
	for _, s := range Sources {
		if s.Key == key {
			return s
		}
	}
	return nil
}

// Form returns the form of a name, nil if there is none.
func (s *Source) Form(name string) *Form {
	for i := range s.Forms {
		if s.Forms[i].Name == name {
			return &s.Forms[i]
		}
	}
	return nil
}

// Head is what is seen of a file before it is read.
type Head struct {
	Name  string // in lower case: "sdn.2025-12-23.csv"
	Bytes []byte // the first 64 kB at most, without a byte order mark
}

// Root returns the local name of the root element of an XML file, empty if it is none.
func (h Head) Root() string {
	b := h.Bytes
	for {
		b = bytes.TrimSpace(b)
		if len(b) < 2 || b[0] != '<' {
			return ""
		}
		if b[1] != '?' && b[1] != '!' {
			name := string(b[1:])
			if i := strings.IndexAny(name, " \t\r\n/>"); i >= 0 {
				name = name[:i]
			}
			return name[strings.LastIndexByte(name, ':')+1:]
		}
		end := []byte(">")
		if bytes.HasPrefix(b, []byte("<!--")) {
			end = []byte("-->")
		}
		i := bytes.Index(b, end)
		if i < 0 {
			return ""
		}
		b = b[i+len(end):]
	}
}

// Line returns a line of the head, from 0; a line longer than the head is cut.
func (h Head) Line(i int) string {
	for n := 0; ; n++ {
		line, rest, more := bytes.Cut(h.Bytes, []byte("\n"))
		if n == i {
			return strings.TrimRight(string(line), "\r")
		}
		if !more {
			return ""
		}
		h.Bytes = rest
	}
}

// Sniff finds out of what source and form files are, from their names and
// first bytes.
func Sniff(files []File) (*Source, *Form, error) {
	if len(files) == 0 {
		return nil, nil, &navicert.Error{What: "no file is given", Want: "the files of one edition of a list"}
	}
	heads := make([]Head, len(files))
	for i, f := range files {
		b, err := f.readHead(64 << 10)
		if err != nil {
			return nil, nil, err
		}
		if len(b) == 0 {
			return nil, nil, fault(f.Name, 0, "the file is empty", "a list", fetchAgain)
		}
		heads[i] = Head{Name: strings.ToLower(f.Name), Bytes: bytes.TrimPrefix(b, bom)}
	}
	for _, s := range Sources {
		for i := range s.Forms {
			if f := &s.Forms[i]; f.Is != nil && allAre(heads, f.Is) {
				return s, f, nil
			}
		}
	}
	hint := "name the list with --source: "
	for i, s := range Sources {
		if i > 0 {
			hint += ", "
		}
		hint += s.Key
	}
	what := "the file shows no list that is known"
	if len(files) > 1 {
		what = fmt.Sprintf("these %d files are not together one edition of a list that is known", len(files))
		hint = "add lists and editions one by one; if they are one, " + hint
	}
	return nil, nil, &navicert.Error{File: files[0].Name, What: what, Want: "all files of one form of one list, with the names that they have at their publisher", Hint: hint}
}

func allAre(heads []Head, is func(Head) bool) bool {
	for _, h := range heads {
		if !is(h) {
			return false
		}
	}
	return true
}
