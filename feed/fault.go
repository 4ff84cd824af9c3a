package feed

import (
	"errors"
	"fmt"
	"io"

	"navicert"
)

// fault is an error that names the place in a list file.
func fault(file string, line int, what, want, hint string) error {
	return &navicert.Error{File: file, Line: line, What: what, Want: want, Hint: hint}
}

const fetchAgain = "fetch the file again from its official address"

// readFault tells what a failed read means for the one who has the file.
func readFault(file string, line int, err error) error {
	var e *navicert.Error
	switch {
	case errors.As(err, &e):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fault(file, line, "the file is cut", "the whole file", fetchAgain)
	}
	return fault(file, line, err.Error(), "a file that can be read", fetchAgain)
}

// notes collects what was mended or looks odd, with its place. There is no
// end to what a hostile file can give to note: the rest is counted.
type notes struct {
	texts []string
	more  int
}

const maxNotes = 500

func (n *notes) add(file string, line int, format string, args ...any) {
	if len(n.texts) == maxNotes {
		n.more++
		return
	}
	n.texts = append(n.texts, navicert.Place(file, line, 0)+": "+fmt.Sprintf(format, args...))
}

func (n *notes) list() []string {
	if n.more > 0 {
		return append(n.texts[:len(n.texts):len(n.texts)], fmt.Sprintf("and %d more of the kind", n.more))
	}
	return n.texts
}
