package api

import (
	"errors"
	"fmt"
	"net/http"
)

// fault is an answer that is not the one asked for, in the contract's shapes:
// {"detail": "..."} or, where input is not of its form, {"detail": [...]}.
type fault struct {
	code   int
	text   string // of detail
	list   []invalid
	header [2]string // one more header
}

// invalid is one value that is not of its form.
type invalid struct {
	kind, msg string
	loc       []any // strings and numbers
	input     string
	bound     string // name of the limit, "le"
	limit     int
}

func (f *fault) Error() string {
	if f.text != "" || len(f.list) == 0 {
		return f.text
	}
	return f.list[0].msg
}

func bad(format string, args ...any) *fault {
	return &fault{code: http.StatusBadRequest, text: fmt.Sprintf(format, args...)}
}

var errQueue = &fault{
	code: http.StatusServiceUnavailable, text: "Too many requests are waiting; try again in a second.",
	header: [2]string{"Retry-After", "1"},
}

// append writes the body.
func (f *fault) append(b []byte) []byte {
	b = append(b, `{"detail":`...)
	if len(f.list) == 0 {
		b = appendString(b, f.text)
		return append(b, '}')
	}
	for i := range f.list {
		b = append(b, "[,"[min(i, 1)])
		b = f.list[i].append(b)
	}
	return append(b, "]}"...)
}

func (v *invalid) append(b []byte) []byte {
	b = append(b, `{"type":`...)
	b = appendString(b, v.kind)
	b = append(b, `,"loc":[`...)
	for _, at := range v.loc {
		b = comma(b)
		if n, ok := at.(int); ok {
			b = appendInt(b, n)
			continue
		}
		b = appendString(b, fmt.Sprint(at))
	}
	b = append(b, `],"msg":`...)
	b = appendString(b, v.msg)
	if v.input != "" {
		b = append(b, `,"input":`...)
		b = appendString(b, v.input)
	}
	if v.bound != "" {
		b = append(b, `,"ctx":{`...)
		b = appendString(b, v.bound)
		b = append(b, ':')
		b = appendInt(b, v.limit)
		b = append(b, '}')
	}
	return append(b, '}')
}

// faultOf makes every error an answer; one that is no fault says nothing of
// its cause.
func faultOf(err error) *fault {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	return bad("%v", err)
}
