package feed

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

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
			if len(faults) > 0 && errors.Is(err, errNotTried) {
				continue // once says it
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
	defer func() { _ = os.RemoveAll(dir) }()
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(y.Fetch.Limit, 30*time.Minute))
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
			now, err := f.get(ctx, address, path, v, func(p Progress) {
				if f.Progress != nil {
					p.Source, p.File = s.Key, u.Name
					f.Progress(p)
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
		b, err := file.readHead(64 << 10)
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
	ed, err := s.read(f, files)
	if err != nil {
		return nil, err
	}
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
