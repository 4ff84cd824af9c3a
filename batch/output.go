package batch

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// output is the file of hits while it grows. Beside it stands a checkpoint:
// how far the book has been screened, and how long the file was then.
type output struct {
	name  string
	file  *os.File
	w     *bufio.Writer
	state checkpoint
	saved time.Time
}

type checkpoint struct {
	Print string `json:"print"` // lists and settings
	Book  string `json:"book"`  // size and time of the book
	Mark  mark   `json:"mark"`
	Size  int64  `json:"size"` // bytes of the hits
	Rep   Report `json:"report"`
	Sum   string `json:"sum"` // SHA-256 of the rest: who edits a checkpoint loses customers
}

func (c *checkpoint) sum() (string, error) {
	plain := *c
	plain.Sum = ""
	data, err := json.Marshal(&plain)
	return fmt.Sprintf("%x", sha256.Sum256(data)), err
}

// saveEvery is how much time an interruption loses.
const saveEvery = 2 * time.Second

func (o *output) part() string { return o.name + ".part" }
func (o *output) note() string { return o.name + ".part.json" }

// openOutput begins a file of hits, or continues one.
func openOutput(j *Job, b *book) (*output, *Report, error) {
	st, err := os.Stat(j.In)
	if err != nil {
		return nil, nil, err
	}
	o := &output{name: j.Out, saved: time.Now()}
	for _, name := range []string{o.part(), o.note(), o.note() + ".tmp"} { // what is going to be written over
		if other, err := os.Stat(name); err == nil && os.SameFile(st, other) {
			return nil, nil, fmt.Errorf("%s is the book itself; name another file for the hits", name)
		}
	}
	if _, err := os.Stat(j.Out); err == nil {
		return nil, nil, fmt.Errorf("%s exists; name another file, or remove it", j.Out)
	}
	now := checkpoint{Print: j.Print, Book: fmt.Sprintf("%s %d %d", j.In, st.Size(), st.ModTime().UnixNano())}
	old, err := readCheckpoint(o.note())
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, nil, fmt.Errorf("%s: %w; remove it to begin anew", o.note(), err)
	case old.Book != now.Book:
		return nil, nil, fmt.Errorf("%s was begun with another book, or the book has changed since; remove it to begin anew", o.part())
	case old.Print != now.Print:
		return nil, nil, fmt.Errorf("%s was begun with other lists or settings; remove it to begin anew", o.part())
	default:
		return o.resume(old, b)
	}
	o.state = now
	if o.file, err = os.Create(o.part()); err != nil {
		return nil, nil, err
	}
	o.w = bufio.NewWriterSize(o.file, 1<<18)
	o.state.Size = int64(len(header))
	_, err = o.w.WriteString(header)
	return o, &Report{}, err
}

func (o *output) resume(old *checkpoint, b *book) (*output, *Report, error) {
	f, err := os.OpenFile(o.part(), os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Stat()
	if err == nil && st.Size() < old.Size {
		err = fmt.Errorf("%s is shorter than its checkpoint says; remove %s to begin anew", o.part(), o.note())
	}
	if err == nil {
		err = f.Truncate(old.Size)
	}
	if err == nil {
		_, err = f.Seek(old.Size, 0)
	}
	if err == nil {
		err = b.skip(old.Mark)
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	b.rows = old.Mark.Rows
	o.file, o.w, o.state = f, bufio.NewWriterSize(f, 1<<18), *old
	rep := old.Rep
	rep.Resumed = old.Mark.Rows
	return o, &rep, nil
}

func readCheckpoint(name string) (*checkpoint, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	c := &checkpoint{}
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("the checkpoint is damaged: %w", err)
	}
	if sum, err := c.sum(); err != nil || sum != c.Sum {
		return nil, errors.New("the checkpoint is damaged or was edited")
	}
	return c, nil
}

// put writes the hits of a chunk.
func (o *output) put(c *chunk, rep *Report) error {
	if _, err := o.w.Write(c.out); err != nil {
		return err
	}
	o.state.Size += int64(len(c.out))
	o.state.Mark = c.end
	if time.Since(o.saved) < saveEvery {
		return nil
	}
	return o.pause(rep)
}

// pause makes sure that everything up to here will be found again.
func (o *output) pause(rep *Report) error {
	o.saved = time.Now()
	if err := o.w.Flush(); err != nil {
		return err
	}
	if err := o.file.Sync(); err != nil {
		return err
	}
	o.state.Rep = *rep
	var err error
	if o.state.Sum, err = o.state.sum(); err != nil {
		return err
	}
	data, err := json.Marshal(&o.state)
	if err != nil {
		return err
	}
	tmp := o.note() + ".tmp"
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, o.note())
}

// finish gives the file its name.
func (o *output) finish() error {
	err := errors.Join(o.w.Flush(), o.file.Sync(), o.file.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(o.part(), o.name); err != nil {
		return err
	}
	return o.drop()
}

// drop makes the next run begin anew.
func (o *output) drop() error {
	err := os.Remove(o.note())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Close closes the file, wherever it stands.
func (o *output) Close() { _ = o.file.Close() }
