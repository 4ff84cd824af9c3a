package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// walkJSON reads an object whose members are large arrays, or an array itself
// (its key is ""). each is handed the elements of the arrays whose keys it
// has, one by one; whole is handed other members whole. What neither has is passed over.
func walkJSON(f File, each map[string]func(json.RawMessage) error, whole map[string]func(json.RawMessage) error) error {
	r, c, err := f.open()
	if err != nil {
		return err
	}
	defer c.Close()
	in := &budget{r: r}
	w := &jsonWalker{file: f, in: in, d: json.NewDecoder(in)}
	if err := w.walk(each, whole); err != nil {
		return w.broken(err)
	}
	return nil
}

type jsonWalker struct {
	file File
	in   *budget
	d    *json.Decoder
}

// budget bounds what is read for one value: the decoder would hold all of it.
type budget struct {
	r    io.Reader
	left int
	head bool // the byte order mark is behind
}

var errBudget = errors.New("value too large")

const (
	maxValue  = 8 << 20
	maxMember = 64 << 20 // of a member that is read whole
)

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errBudget
	}
	n, err := b.r.Read(p[:min(len(p), 1<<16)])
	if !b.head {
		b.head = true
		if bytes.HasPrefix(p[:n], bom) {
			n = copy(p, p[len(bom):n])
		}
	}
	b.left -= n
	return n, err
}

func (w *jsonWalker) walk(each, whole map[string]func(json.RawMessage) error) error {
	w.in.left = maxValue
	t, err := w.d.Token()
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('['):
		if err := w.elements(each[""]); err != nil {
			return err
		}
	case json.Delim('{'):
		if err := w.members(each, whole); err != nil {
			return err
		}
	default:
		return errors.New("the file is neither an object nor an array")
	}
	w.in.left = maxValue
	if _, err := w.d.Token(); err != io.EOF {
		return errors.New("text stands after the end of the list")
	}
	return nil
}

func (w *jsonWalker) members(each, whole map[string]func(json.RawMessage) error) error {
	seen := map[string]bool{}
	for w.d.More() {
		w.in.left = maxValue
		t, err := w.d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if seen[key] && (each[key] != nil || whole[key] != nil) {
			return fmt.Errorf("%q stands twice", key)
		}
		seen[key] = true
		if fn := each[key]; fn != nil {
			t, err := w.d.Token()
			if err != nil {
				return err
			}
			if t != json.Delim('[') {
				return fmt.Errorf("%q is no array", key)
			}
			if err := w.elements(fn); err != nil {
				return err
			}
			continue
		}
		w.in.left = maxMember
		var v json.RawMessage
		if err := w.value(&v); err != nil {
			return err
		}
		if fn := whole[key]; fn != nil {
			if err := fn(v); err != nil {
				return err
			}
		}
	}
	_, err := w.d.Token()
	return err
}

func (w *jsonWalker) elements(fn func(json.RawMessage) error) error {
	if fn == nil {
		return errors.New("the file is an array")
	}
	var v json.RawMessage
	for {
		w.in.left = maxValue
		if !w.d.More() {
			break
		}
		if err := w.value(&v); err != nil {
			return err
		}
		if err := fn(v); err != nil {
			return err
		}
	}
	_, err := w.d.Token()
	return err
}

// value reads one value. The decoder would mend what is not UTF-8 in silence.
func (w *jsonWalker) value(v *json.RawMessage) error {
	if err := w.d.Decode(v); err != nil {
		return err
	}
	if !utf8.Valid(*v) {
		return errors.New("the text is not UTF-8: somebody has saved it in another encoding")
	}
	return nil
}

// broken names the line of a fault: the decoder knows only its offset.
func (w *jsonWalker) broken(err error) error {
	line := w.line(w.d.InputOffset())
	var s *json.SyntaxError
	switch {
	case errors.Is(err, errBudget):
		return fault(w.file.Name, line, fmt.Sprintf("one value is larger than %d bytes", maxValue), "a list", "")
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return fault(w.file.Name, line, "the file is cut", "the whole file", fetchAgain)
	case errors.As(err, &s):
		return fault(w.file.Name, line, "the JSON is broken: "+s.Error(), "well-formed JSON", fetchAgain)
	}
	return readFault(w.file.Name, line, err)
}

func (w *jsonWalker) line(offset int64) int {
	r, c, err := w.file.open()
	if err != nil {
		return 0
	}
	defer c.Close()
	line, buf := 1, make([]byte, 1<<16)
	for offset > 0 {
		n, err := r.Read(buf[:min(int64(len(buf)), offset)])
		line += bytes.Count(buf[:n], []byte("\n"))
		offset -= int64(n)
		if err != nil {
			break
		}
	}
	return line
}

// loose reads a text, a number or null as a text.
type loose string

// UnmarshalJSON takes what an unsteady source writes.
func (l *loose) UnmarshalJSON(b []byte) error {
	switch {
	case bytes.Equal(b, []byte("null")):
		*l = ""
	case len(b) > 0 && b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = loose(squash(s))
	case len(b) > 0 && (b[0] == '{' || b[0] == '['):
		return fmt.Errorf("expected a text, found %.40s", b)
	default:
		*l = loose(b)
	}
	return nil
}

// looseList reads an array, a text alone or null as a list of texts.
type looseList []string

// UnmarshalJSON takes what an unsteady source writes.
func (l *looseList) UnmarshalJSON(b []byte) error {
	*l = nil
	var all []loose
	if len(b) > 0 && b[0] == '[' {
		if err := json.Unmarshal(b, &all); err != nil {
			return err
		}
	} else {
		var one loose
		if err := json.Unmarshal(b, &one); err != nil {
			return err
		}
		all = []loose{one}
	}
	for _, s := range all {
		if s != "" {
			*l = append(*l, string(s))
		}
	}
	return nil
}
