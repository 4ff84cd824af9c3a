package feed

import (
	"fmt"
	"path/filepath"

	"navicert"
)

var dayInName = pattern(`(?:19|20)\d\d-\d\d-\d\d`)

// Add reads the files of one edition and offers it to the store. The source may be
// nil: then the files must show it. The day may be 0: then the files
// must say it, or a file's name.
func (y *Syncer) Add(paths []string, s *Source, day navicert.Day) (*Outcome, error) {
	out := &Outcome{Source: s}
	files, err := OpenFiles(paths...)
	if err != nil {
		return out, err
	}
	if out.Source, out.Form, err = sniffAs(files, s); err != nil {
		return out, err
	}
	o, err := y.offer(out.Source, out.Form, files, paths)
	if err != nil {
		return out, err
	}
	o.Origin = "files"
	switch said := o.Edition.Date; {
	case day != 0 && said != 0 && day != said:
		return out, fmt.Errorf("the files say that they are of %s, and --date says %s: leave --date out, or give the files of that day", said, day)
	case day != 0:
		o.Edition.Date = day
	case said == 0:
		for _, p := range paths {
			if d, err := navicert.ParseDay(dayInName().FindString(filepath.Base(p))); err == nil && d > o.Edition.Date {
				o.Edition.Date = d
			}
		}
		if o.Edition.Date != 0 {
			out.Notes = append(out.Notes, fmt.Sprintf("the files say no day; %s is taken, from their names", o.Edition.Date))
		}
	}
	out.Record, err = y.Store.Put(*o)
	return out, err
}

// sniffAs finds the form of files, of one source if it is named.
func sniffAs(files []File, s *Source) (*Source, *Form, error) {
	found, form, err := Sniff(files)
	if s == nil || found == s {
		return found, form, err
	}
	if len(s.Forms) == 1 {
		return s, &s.Forms[0], nil
	}
	if found != nil {
		if f := s.Form(form.Name); f != nil { // lists of one publisher share forms
			return s, f, nil
		}
		return nil, nil, fmt.Errorf("the files look like %s in the form %q, and %s is not published so: leave --source out", found.Key, form.Name, s.Key)
	}
	return nil, nil, err
}
