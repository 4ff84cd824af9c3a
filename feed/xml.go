package feed

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Bounds of an XML file. The largest real record, of a body with 300 wallets,
// has some 20,000 elements.
const (
	maxToken = 8 << 20
	maxNodes = 1 << 20 // in one record
	maxDepth = 64
)

// node is one XML element with all below it. Names are local: namespaces in
// these files change, names do not.
type node struct {
	Name string
	Line int
	text string
	attr []xml.Attr
	kids []*node
}

// Kids returns the children of one name. A nil node has none.
func (n *node) Kids(name string) []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, k := range n.kids {
		if k.Name == name {
			out = append(out, k)
		}
	}
	return out
}

// At follows the first child of each name; nil if there is none.
func (n *node) At(path ...string) *node {
next:
	for _, name := range path {
		if n == nil {
			return nil
		}
		for _, k := range n.kids {
			if k.Name == name {
				n = k
				continue next
			}
		}
		return nil
	}
	return n
}

// All returns the elements at the end of a path, of all branches.
func (n *node) All(path ...string) []*node {
	if n == nil {
		return nil
	}
	at := []*node{n}
	for _, name := range path {
		var next []*node
		for _, m := range at {
			next = append(next, m.Kids(name)...)
		}
		at = next
	}
	return at
}

// Text returns the text of the element at the end of a path, trimmed, white
// space squashed.
func (n *node) Text(path ...string) string {
	if n = n.At(path...); n == nil {
		return ""
	}
	return squash(n.text)
}

// texts returns the texts of children.
func (n *node) texts(names ...string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = n.Text(name)
	}
	return out
}

// six returns the texts of six children that are numbered from 1.
func (n *node) six(format string) (out [6]string) {
	for i := range out {
		out[i] = n.Text(fmt.Sprintf(format, i+1))
	}
	return out
}

// Attr returns an attribute, white space squashed; empty if there is none.
func (n *node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attr {
		if a.Name.Local == name {
			return squash(a.Value)
		}
	}
	return ""
}

// walkXML reads f to its end. Elements whose path below the root (the root's
// own name left out: "entities/entity") is a key of want are handed over as
// trees, in the order of the file; what is not wanted is only checked. The
// path "" is the root itself, handed over at its start with its attributes alone.
func walkXML(f File, root string, want map[string]func(*node) error) error {
	r, c, err := f.open()
	if err != nil {
		return err
	}
	defer c.Close()
	w := &xmlWalker{file: f.Name, root: root, want: want, in: &tokenReader{r: bufio.NewReaderSize(r, 1<<16)}}
	head, err := w.in.r.Peek(3)
	if err != nil && err != io.EOF {
		return readFault(f.Name, 1, err)
	}
	if err := encodingFault(f.Name, head); err != nil {
		return err
	}
	if bytes.Equal(head, bom) {
		_, _ = w.in.r.Discard(len(bom))
	}
	w.d = xml.NewDecoder(w.in)
	w.d.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fault(f.Name, 1, fmt.Sprintf("the file declares the encoding %q", charset), "UTF-8", fetchAgain)
	}
	return w.walk()
}

type xmlWalker struct {
	file  string
	root  string
	want  map[string]func(*node) error
	in    *tokenReader
	d     *xml.Decoder
	open  []string // names of all open elements
	path  []int    // lengths of where
	where strings.Builder
	tree  []*node // open nodes of the record that is being read
	nodes int
	done  bool // the root has been closed
}

func (w *xmlWalker) walk() error {
	for {
		w.in.left = maxToken
		tok, err := w.d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return w.broken(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			err = w.start(t)
		case xml.EndElement:
			err = w.end(t.Name.Local)
		case xml.CharData:
			err = w.chars(t)
		case xml.Directive:
			if bytes.Contains(t, []byte("<!ENTITY")) || bytes.HasPrefix(t, []byte("DOCTYPE html")) {
				err = w.fault("the file declares "+string(t[:min(len(t), 40)]), "a list without declarations of its own")
			}
		}
		if err != nil {
			return err
		}
	}
	if !w.done {
		what := "the file is empty"
		if len(w.open) > 0 {
			what = "the file is cut: <" + w.open[len(w.open)-1] + "> is not closed"
		}
		return w.hint(what, "</"+w.root+"> at its end")
	}
	return nil
}

func (w *xmlWalker) line() int {
	line, _ := w.d.InputPos()
	return line
}

func (w *xmlWalker) fault(what, want string) error { return fault(w.file, w.line(), what, want, "") }

func (w *xmlWalker) hint(what, want string) error {
	return fault(w.file, w.line(), what, want, fetchAgain)
}

func (w *xmlWalker) broken(err error) error {
	var s *xml.SyntaxError
	switch {
	case errors.Is(err, errToken):
		return w.fault(fmt.Sprintf("one piece of text is longer than %d bytes", maxToken), "a list")
	case errors.Is(err, errUTF8):
		return fault(w.file, w.in.line+1, "the text is not UTF-8", "UTF-8", "somebody has saved it in another encoding; "+fetchAgain)
	case errors.Is(err, errBytes):
		return fault(w.file, w.in.line+1, "a control character stands in the text", "text", "somebody has saved it in another encoding; "+fetchAgain)
	case !errors.As(err, &s):
		return readFault(w.file, w.line(), err)
	case strings.Contains(s.Msg, "UTF-8"):
		return fault(w.file, s.Line, "the text is not UTF-8", "UTF-8", "somebody has saved it in another encoding; "+fetchAgain)
	case strings.Contains(s.Msg, "EOF"):
		return fault(w.file, s.Line, "the file is cut", "</"+w.root+"> at its end", fetchAgain)
	}
	return fault(w.file, s.Line, "the XML is broken: "+s.Msg, "well-formed XML", fetchAgain)
}

func (w *xmlWalker) start(t xml.StartElement) error {
	name := t.Name.Local
	switch {
	case w.done:
		return w.fault("<"+name+"> stands after the end of the list", "the end of the file")
	case len(w.open) == 0 && name != w.root:
		what := "the first element is <" + name + ">"
		if strings.EqualFold(name, "html") {
			what = "the file is a web page, not a list"
		}
		return w.hint(what, "<"+w.root+">")
	case len(w.open) == maxDepth:
		return w.fault(fmt.Sprintf("elements are nested deeper than %d", maxDepth), "a list")
	}
	top := len(w.open) == 0
	w.open = append(w.open, name)
	if top {
		if fn := w.want[""]; fn != nil {
			return fn(&node{Name: name, Line: w.line(), attr: t.Copy().Attr})
		}
		return nil
	}
	if w.tree == nil {
		w.path = append(w.path, w.where.Len())
		if w.where.Len() > 0 {
			w.where.WriteByte('/')
		}
		w.where.WriteString(name)
		if w.want[w.where.String()] == nil {
			return nil
		}
		w.nodes = 0
	}
	if w.nodes++; w.nodes > maxNodes {
		return w.fault(fmt.Sprintf("one record has more than %d elements", maxNodes), "a list")
	}
	n := &node{Name: name, Line: w.line(), attr: t.Attr}
	if len(w.tree) > 0 {
		up := w.tree[len(w.tree)-1]
		up.kids = append(up.kids, n)
	}
	w.tree = append(w.tree, n)
	return nil
}

func (w *xmlWalker) chars(t xml.CharData) error {
	if w.tree == nil {
		if len(w.open) == 0 && len(bytes.TrimSpace(t)) > 0 {
			return w.hint("text stands outside of <"+w.root+">", "XML")
		}
		return nil
	}
	n := w.tree[len(w.tree)-1]
	if n.text == "" {
		if len(bytes.TrimSpace(t)) > 0 {
			n.text = string(t)
		}
		return nil
	}
	if len(n.text) > maxToken {
		return w.fault(fmt.Sprintf("one piece of text is longer than %d bytes", maxToken), "a list")
	}
	n.text += string(t) // a text is parted by a comment or CDATA: rare
	return nil
}

func (w *xmlWalker) end(name string) error {
	if len(w.open) == 0 {
		return w.fault("</"+name+"> closes nothing", "an open element")
	}
	if last := w.open[len(w.open)-1]; last != name {
		return w.fault("</"+name+"> closes <"+last+">", "</"+last+">")
	}
	w.open = w.open[:len(w.open)-1]
	w.done = len(w.open) == 0
	if w.done {
		return nil
	}
	var fn func(*node) error
	var n *node
	if len(w.tree) > 0 {
		n = w.tree[len(w.tree)-1]
		if w.tree = w.tree[:len(w.tree)-1]; len(w.tree) > 0 {
			return nil
		}
		w.tree = nil
		fn = w.want[w.where.String()]
	}
	at := w.path[len(w.path)-1]
	w.path = w.path[:len(w.path)-1]
	up := w.where.String()[:at]
	w.where.Reset()
	w.where.WriteString(up)
	if fn != nil {
		return fn(n)
	}
	return nil
}

// tokenReader hands over byte by byte, so that the decoder buffers nothing,
// ends a token that grows without end, and finds the line of a byte that no
// text has: the decoder only knows the line on which a piece of text ends.
type tokenReader struct {
	r    *bufio.Reader
	left int
	line int
	mid  [utf8.UTFMax]byte // the letter that is being read
	n    int
}

var (
	errToken = errors.New("token too long")
	errUTF8  = errors.New("not UTF-8")
	errBytes = errors.New("a control character")
)

func (t *tokenReader) ReadByte() (byte, error) {
	if t.left--; t.left < 0 {
		return 0, errToken
	}
	b, err := t.r.ReadByte()
	switch {
	case err != nil:
		return b, err
	case b >= utf8.RuneSelf || t.n > 0:
		t.mid[t.n] = b
		t.n++
		if utf8.FullRune(t.mid[:t.n]) {
			if r, size := utf8.DecodeRune(t.mid[:t.n]); r == utf8.RuneError && size <= 1 {
				return 0, errUTF8
			}
			t.n = 0
		}
	case b == '\n':
		t.line++
	case b < ' ' && b != '\t' && b != '\r':
		return 0, errBytes
	}
	return b, nil
}

func (t *tokenReader) Read(p []byte) (int, error) { return t.r.Read(p) }
