package navicert

import (
	"strconv"
	"strings"
)

// Error is one fault in something a person wrote, told so that the person
// can mend it: where it stands, what is wrong, what was expected, and what
// to write instead.
type Error struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`   // from 1; 0: not known
	Column int    `json:"column,omitempty"` // in characters, from 1; 0: not known
	What   string `json:"what"`             // what is wrong
	Want   string `json:"want,omitempty"`   // what was expected
	Hint   string `json:"hint,omitempty"`   // a whole phrase: did you mean "end_user"?
}

// Error writes e on one line, with the place in the form editors understand.
func (e *Error) Error() string {
	var b strings.Builder
	if p := Place(e.File, e.Line, e.Column); p != "" {
		b.WriteString(p + ": ")
	}
	b.WriteString(e.What)
	if e.Want != "" {
		b.WriteString("; expected " + e.Want)
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Errors is every fault found in one reading, in the order of the text.
type Errors []*Error

// Error writes one fault a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.As each single fault.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// Place writes file:line:column, leaving out what is not known.
func Place(file string, line, column int) string {
	parts := make([]string, 0, 3)
	if file != "" {
		parts = append(parts, file)
	}
	if line > 0 {
		parts = append(parts, strconv.Itoa(line))
		if column > 0 {
			parts = append(parts, strconv.Itoa(column))
		}
	}
	return strings.Join(parts, ":")
}

// Distance counts the letters to put in, take out or replace to make b of a: a
// hint is the nearest right word.
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d++
			}
			diagonal = row[j+1]
			row[j+1] = min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
