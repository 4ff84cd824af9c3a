package feed

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"navicert"
	"navicert/list"
)

// state is what is remembered of the last fetch that reached the store.
type state struct {
	Form    string                `json:"form"`
	Checked time.Time             `json:"checked"`
	Files   map[string]Validators `json:"files"`
}

const (
	stateFile = "fetch.json"
	maxState  = 1 << 20
)

// Checked is when the publisher was last asked with success, zero if never.
func Checked(s *list.Store, source string) time.Time {
	return readState(filepath.Join(s.Dir, source)).Checked
}

func readState(dir string) (st state) {
	path := filepath.Join(dir, stateFile)
	if f, err := os.Stat(path); err != nil || !f.Mode().IsRegular() || f.Size() > maxState {
		return st
	}
	if b, err := os.ReadFile(path); err == nil {
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

// day is the newest day that the server gives the files, else today.
func (st state) day(now time.Time) navicert.Day {
	day := navicert.Day(0)
	for _, v := range st.Files {
		if t, err := http.ParseTime(v.Modified); err == nil {
			day = max(day, navicert.DayOf(t))
		}
	}
	return cmp.Or(min(day, navicert.DayOf(now)), navicert.DayOf(now))
}
