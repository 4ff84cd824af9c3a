package feed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"navicert"
	"navicert/list"
)

// Syncer brings lists into a store: from their official addresses, or from
// files. What is not plausible leaves the store as it was.
type Syncer struct {
	Store  *list.Store
	Fetch  Fetcher
	Now    func() time.Time // nil: time.Now
	Accept *list.Acceptance // takes what the store's guards doubt
	Force  bool             // fetches even what the server says has not changed
}

// Outcome is what became of a source.
type Outcome struct {
	Source      *Source
	Form        *Form
	NotModified bool // the server has nothing newer; Record is empty
	Record      list.Record
	Notes       []string // forms that failed, a day that had to be guessed
}

// state is what is remembered of the last fetch that reached the store.
type state struct {
	Form    string                `json:"form"`
	Checked time.Time             `json:"checked"`
	Files   map[string]Validators `json:"files"`
}

const stateFile = "fetch.json"

// Checked is when the publisher was last asked with success, zero if never.
func Checked(s *list.Store, source string) time.Time {
	return readState(filepath.Join(s.Dir, source)).Checked
}

func readState(dir string) (st state) {
	if b, err := os.ReadFile(filepath.Join(dir, stateFile)); err == nil {
		if json.Unmarshal(b, &st) != nil {
			return state{} // then all is fetched
		}
	}
	return st
}

func (st state) write(dir string) error {
	b, err := json.Marshal(st)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "fetch-*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, stateFile))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

func (y *Syncer) now() time.Time {
	if y.Now != nil {
		return y.Now()
	}
	return time.Now()
}

// Sync fetches a source in its preferred form, or the next one that can be
// had and read, and offers it to the store.
func (y *Syncer) Sync(ctx context.Context, s *Source) (*Outcome, error) {
	out := &Outcome{Source: s}
	kept, err := y.Store.Editions(s.Key)
	if err != nil {
		return out, err
	}
	dir := filepath.Join(y.Store.Dir, s.Key)
	old := readState(dir)
	var faults []error
	for i := range s.Forms {
		f := &s.Forms[i]
		if len(f.Files) == 0 {
			continue
		}
		have := old.Files
		if y.Force || len(kept) == 0 || f.Name != old.Form {
			have = nil
		}
		ed, st, err := y.form(ctx, s, f, have, out)
		if err != nil {
			if ctx.Err() != nil {
				return out, err
			}
			faults = append(faults, fmt.Errorf("%s: %w", f.Name, err))
			continue
		}
		for _, e := range faults {
			out.Notes = append(out.Notes, fmt.Sprintf("%s, so the form %q was taken instead", e, f.Name))
		}
		out.Form = f
		if !out.NotModified {
			if out.Record, err = y.Store.Put(*ed); err != nil {
				return out, err
			}
		}
		return out, st.write(dir)
	}
	if len(faults) == 0 {
		return out, fmt.Errorf("no address is known for %s: fetch it by hand and give it to `navicert lists add`", s.Key)
	}
	stays := "nothing is kept of it yet"
	if n := len(kept); n > 0 {
		stays = fmt.Sprintf("the edition of %s stays in use", kept[n-1].Date)
	}
	return out, fmt.Errorf("%s could not be fetched; %s\n%w", s.Key, stays, errors.Join(faults...))
}

// form fetches and reads one form.
func (y *Syncer) form(ctx context.Context, s *Source, f *Form, have map[string]Validators, out *Outcome) (*list.Offer, state, error) {
	now := y.now()
	st := state{Form: f.Name, Checked: now.UTC().Truncate(time.Second), Files: map[string]Validators{}}
	dir, err := os.MkdirTemp("", "navicert-lists-")
	if err != nil {
		return nil, st, err
	}
	defer os.RemoveAll(dir)
	ctx, cancel := context.WithTimeout(ctx, or(y.Fetch.Limit, 30*time.Minute))
	defer cancel()
	paths, origin, err := y.Fetch.files(ctx, s, f, dir, have, st.Files)
	if errors.Is(err, errNotModified) {
		out.NotModified = true
		return nil, st, nil
	}
	if err != nil {
		return nil, st, err
	}
	files, err := OpenFiles(paths...)
	if err != nil {
		return nil, st, err
	}
	if err := f.check(files); err != nil {
		return nil, st, err
	}
	o, err := y.offer(s, f, files, paths)
	if err != nil {
		return nil, st, err
	}
	o.Origin = origin
	if o.Edition.Date == 0 {
		o.Edition.Date = st.day(now)
		out.Notes = append(out.Notes, fmt.Sprintf("the files of the form %q say no day; %s is taken, as the server dates them", f.Name, o.Edition.Date))
	}
	return o, st, nil
}

// files fetches all files of a form. It is errNotModified when none has changed;
// when some have, the others are fetched again.
func (f *Fetcher) files(ctx context.Context, s *Source, form *Form, dir string, have, got map[string]Validators) (paths []string, origin string, err error) {
	origin = "official"
	same := 0
	for _, conditional := range []bool{true, false} {
		paths = paths[:0]
		for _, u := range form.Files {
			address := u.Address
			if f.Mirror != nil {
				if m := f.Mirror(s, u); m != "" {
					address, origin = m, "mirror"
				}
			}
			var v Validators
			if conditional {
				v = have[u.Name]
			}
			path := filepath.Join(dir, filepath.Base(u.Name))
			now, err := f.get(ctx, address, path, v, func(done, total int64) {
				if f.Progress != nil {
					f.Progress(Progress{s.Key, u.Name, done, total})
				}
			})
			switch {
			case errors.Is(err, errNotModified):
				same++
				got[u.Name] = v
				continue
			case err != nil && u.Optional && ctx.Err() == nil && isMissing(err):
				continue
			case err != nil:
				return nil, origin, err
			}
			got[u.Name] = now
			paths = append(paths, path)
		}
		if same == 0 || !conditional {
			return paths, origin, nil
		}
		if len(paths) == 0 {
			return nil, origin, errNotModified
		}
	}
	return paths, origin, nil
}

// check looks at the first bytes of what was fetched.
func (f *Form) check(files []File) error {
	for _, file := range files {
		b, err := file.ReadHead(64 << 10)
		if err != nil {
			return err
		}
		head := Head{Name: strings.ToLower(file.Name), Bytes: bytes.TrimPrefix(b, bom)}
		if strings.EqualFold(head.Root(), "html") {
			return fault(file.Name, 1, "the answer is a web page", "the list", fetchAgain)
		}
		if f.Is != nil && !f.Is(head) {
			return fault(file.Name, 1, fmt.Sprintf("the answer does not look like the form %q", f.Name), "the list in that form", fetchAgain)
		}
	}
	return nil
}

// offer parses files and makes them ready for the store.
func (y *Syncer) offer(s *Source, f *Form, files []File, paths []string) (*list.Offer, error) {
	sums := make([]list.FileSum, len(paths))
	for i, p := range paths {
		var err error
		if sums[i], err = sumOf(p); err != nil {
			return nil, err
		}
	}
	ed, err := f.Parse(files)
	if err != nil {
		return nil, err
	}
	ed.Source, ed.Form = s.Key, f.Name
	return &list.Offer{
		Edition: ed,
		Info:    list.Info{Title: s.Title, Authority: s.Authority, License: s.License, Files: sums},
		Guards:  list.Guards{Band: s.Band, MaxChange: s.MaxChange},
		When:    y.now(), Accept: y.Accept,
	}, nil
}

func sumOf(path string) (list.FileSum, error) {
	f, err := os.Open(path)
	if err != nil {
		return list.FileSum{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return list.FileSum{Name: filepath.Base(path), Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

// day is the newest day that the server gives the files, else today.
func (st state) day(now time.Time) navicert.Day {
	day := navicert.Day(0)
	for _, v := range st.Files {
		if t, err := http.ParseTime(v.Modified); err == nil {
			day = max(day, navicert.DayOf(t))
		}
	}
	return or(min(day, navicert.DayOf(now)), navicert.DayOf(now))
}

var dayInName = regexp.MustCompile(`(?:19|20)\d\d-\d\d-\d\d`)

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
			if d, err := navicert.ParseDay(dayInName.FindString(filepath.Base(p))); err == nil && d > o.Edition.Date {
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
