package feed

import (
	"fmt"

	"navicert/list"
)

// one makes a Parser of a form that is one file.
func one(read func(File) (*list.Edition, error)) Parser {
	return func(files []File) (*list.Edition, error) {
		if len(files) != 1 {
			return nil, fault("", 0, fmt.Sprintf("%d files are given", len(files)), "one file", "")
		}
		return read(files[0])
	}
}

// fromXML makes a Parser of a list that is one XML file; steps says what is
// done with its elements.
func fromXML(root string, steps func(*roll) map[string]func(*node) error) Parser {
	return one(func(f File) (*list.Edition, error) {
		r := newRoll(f)
		if err := walkXML(f, root, steps(r)); err != nil {
			return nil, err
		}
		return r.done()
	})
}

// fromTable makes a Parser of a list that is one table.
func fromTable(o tableForm, row func(*roll, *csvTable) error) Parser {
	return one(func(f File) (*list.Edition, error) {
		r := newRoll(f)
		if err := o.each(f, func(t *csvTable) error { return row(r, t) }); err != nil {
			return nil, err
		}
		return r.done()
	})
}

// read gives an edition of the source.
func (s *Source) read(form *Form, files []File) (*list.Edition, error) {
	ed, err := form.Parse(files)
	if err == nil {
		ed.Source, ed.Form = s.Key, form.Name
	}
	return ed, err
}
