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
	if err := o.take(); err != nil {
		return nil, nil, err
	}
	rep, err := o.begin(j, b, st)
	if err != nil {
		o.Close()
		return nil, nil, err
	}
	return o, rep, nil
}

// take opens the file, for this run alone.
func (o *output) take() error {
	exists := fmt.Errorf("%s exists; name another file, or remove it", o.name)
	if _, err := os.Stat(o.name); err == nil {
		return exists
	}
	f, err := os.OpenFile(o.part(), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	o.file = f
	if !hold(f) {
		o.Close()
		return fmt.Errorf("another run is writing %s; wait for it to end, or name another file", o.part())
	}
	// That run may have ended, and named the file, since it was opened.
	st, err := f.Stat()
	if err == nil {
		if now, gone := os.Stat(o.part()); gone != nil || !os.SameFile(st, now) {
			err = exists
		}
	}
	if err != nil {
		o.Close()
	}
	return err
}

// begin reads how far an earlier run came.
func (o *output) begin(j *Job, b *book, st fs.FileInfo) (*Report, error) {
	now := checkpoint{Print: j.Print, Book: fmt.Sprintf("%s %d %d", j.In, st.Size(), st.ModTime().UnixNano())}
	old, err := readCheckpoint(o.note())
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("%s: %w; remove it to begin anew", o.note(), err)
	case old.Book != now.Book:
		return nil, fmt.Errorf("%s was begun with another book, or the book has changed since; remove it to begin anew", o.part())
	case old.Print != now.Print:
		return nil, fmt.Errorf("%s was begun with other lists or settings; remove it to begin anew", o.part())
	default:
		return o.resume(old, b)
	}
	o.state = now
	if err := o.file.Truncate(0); err != nil {
		return nil, err
	}
	o.w = bufio.NewWriterSize(o.file, 1<<18)
	o.state.Size = int64(len(header))
	_, err = o.w.WriteString(header)
	return &Report{}, err
}

func (o *output) resume(old *checkpoint, b *book) (*Report, error) {
	st, err := o.file.Stat()
	if err == nil && st.Size() < old.Size {
		err = fmt.Errorf("%s is shorter than its checkpoint says; remove %s to begin anew", o.part(), o.note())
	}
	if err == nil {
		err = o.file.Truncate(old.Size)
	}
	if err == nil {
		_, err = o.file.Seek(old.Size, 0)
	}
	if err == nil {
		err = b.skip(old.Mark)
	}
	if err != nil {
		return nil, err
	}
	b.rows = old.Mark.Rows
	o.w, o.state = bufio.NewWriterSize(o.file, 1<<18), *old
	rep := old.Rep
	rep.Resumed = old.Mark.Rows
	return &rep, nil
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

// finish gives the file its name, while no other run can have it.
func (o *output) finish() error {
	if err := errors.Join(o.w.Flush(), o.file.Sync()); err != nil {
		return err
	}
	if os.Rename(o.part(), o.name) != nil { // some systems name no open file
		if err := errors.Join(o.file.Close(), os.Rename(o.part(), o.name)); err != nil {
			return err
		}
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
