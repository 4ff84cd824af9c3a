package list

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"navicert"
)

// Record is one line of a source's ledger: what was offered, and what became
// of it. Lines are only ever appended.
type Record struct {
	When     time.Time    `json:"when"`
	Result   Result       `json:"result"`
	Source   string       `json:"source"`
	Form     string       `json:"form,omitempty"`
	Date     navicert.Day `json:"date"`
	Origin   string       `json:"origin,omitempty"` // "official", "mirror", "files": never an address with a token in it
	Files    []FileSum    `json:"files,omitempty"`
	Hash     string       `json:"hash,omitempty"`
	Of       navicert.Day `json:"of,omitempty"` // with "same": the edition that is good for this day too
	Entities int          `json:"entities"`
	Names    int          `json:"names"`
	Wallets  int          `json:"wallets"`
	Delta    *Counts      `json:"delta,omitempty"`    // against the edition before
	Doubts   []string     `json:"doubts,omitempty"`   // what spoke against it
	Accepted *Acceptance  `json:"accepted,omitempty"` // who took it nevertheless
	Notes    []string     `json:"notes,omitempty"`    // what the parser mended, the first ones
	MoreNote int          `json:"more_notes,omitempty"`
}

// Result is what became of an edition that was offered.
type Result string

// The results. Added, Older and Replaced are kept as editions of their own.
const (
	Added     Result = "added"     // it is the newest edition now
	Older     Result = "older"     // kept as history; a newer one stays the newest
	Replaced  Result = "replaced"  // another reading of a day that was there already
	Same      Result = "same"      // a later day, and nothing has changed: the newest is good for that day too
	Unchanged Result = "unchanged" // this very edition is there already, as the newest
	NotNewer  Result = "not-newer" // it is there already, and a newer one is there too
	Refused   Result = "refused"   // the guards doubt it; the previous edition stays
)

// Acceptance is why a person took an edition that the guards refused.
type Acceptance struct {
	By     string `json:"by,omitempty"`
	Reason string `json:"reason"`
}

const ledgerFile = "ledger.jsonl"

// maxLedger is more than a hundred years of hourly lines.
const maxLedger = 1 << 30

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// readLedger reads a source's ledger, none if there is none. A last line without
// an end was cut by a crash and counts as not written.
func readLedger(dir string) ([]Record, error) {
	path := filepath.Join(dir, ledgerFile)
	b, err := readFile(path, maxLedger)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Record
	for n := 1; ; n++ {
		line, rest, whole := bytes.Cut(b, []byte("\n"))
		if !whole {
			return out, nil
		}
		b = rest
		var r Record
		err := json.Unmarshal(line, &r)
		if err == nil && r.Hash != "" && !hashForm.MatchString(r.Hash) { // it names a file
			err = errors.New("its hash is none")
		}
		if err == nil && r.Source != filepath.Base(dir) {
			err = fmt.Errorf("it is of %.60q", r.Source)
		}
		if err != nil {
			return nil, &navicert.Error{
				File: path, Line: n, What: "the line is damaged: " + err.Error(), Want: "one JSON object a line, as navicert wrote it",
				Hint: "restore the file from a backup, or move the folder away and fetch the list anew",
			}
		}
		out = append(out, r)
	}
}

// regular says whether there is a file at path and no pipe or device, which may
// have no end.
func regular(path string) error {
	st, err := os.Stat(path)
	if err == nil && !st.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file; navicert has not put it there", path)
	}
	return err
}

// readFile reads a file of at most most bytes.
func readFile(path string, most int64) ([]byte, error) {
	if err := regular(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = fmt.Errorf("%s is larger than %d bytes", path, most)
	}
	return b, err
}

// flush waits for the disk. A test that writes thousands of editions does not.
var flush = (*os.File).Sync

// appendLedger writes one line, and is what makes an edition count.
func appendLedger(dir string, r Record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, ledgerFile), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	at, err := wholeLines(f, st.Size())
	if err != nil {
		return err
	}
	if err := f.Truncate(at); err != nil { // what a crash has left
		return err
	}
	if _, err := f.WriteAt(append(line, '\n'), at); err != nil {
		return err
	}
	return flush(f)
}

// wholeLines gives the length of f up to the end of its last whole line.
func wholeLines(f *os.File, size int64) (int64, error) {
	buf := make([]byte, 1<<16)
	for size > 0 {
		n := min(size, int64(len(buf)))
		if _, err := f.ReadAt(buf[:n], size-n); err != nil {
			return 0, err
		}
		if i := bytes.LastIndexByte(buf[:n], '\n'); i >= 0 {
			return size - n + int64(i) + 1, nil
		}
		size -= n
	}
	return 0, nil
}
