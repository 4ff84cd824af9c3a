package list

import (
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"unsafe"
)

// Reading runs f, which reads snapshots where they lie. Where somebody cuts the
// file of one in place, as the store never does, the machine would end the
// program; under Reading it is an error that names the file. It holds for the
// goroutine that calls it, not for those that f starts.
func Reading(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			at, ok := p.(interface{ Addr() uintptr })
			if !ok {
				panic(p)
			}
			path := mapped.find(at.Addr())
			if path == "" {
				panic(p)
			}
			err = &CutError{Path: path}
		}
	}()
	return f()
}

// CutError says that a snapshot was cut in place while it was in use.
type CutError struct{ Path string }

// Error says it, and what to do.
func (e *CutError) Error() string {
	return fmt.Sprintf("%s was cut while it was in use: remove the file and add the list of that day again, or move a whole copy of it to its place", e.Path)
}

// mapped knows what is mapped into memory, and from where.
var mapped mappings

type mappings struct {
	mu  sync.Mutex
	all map[uintptr]mapping // by their first address
}

type mapping struct {
	size uintptr
	path string
}

func (m *mappings) add(b []byte, path string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil {
		m.all = map[uintptr]mapping{}
	}
	m.all[uintptr(unsafe.Pointer(unsafe.SliceData(b)))] = mapping{uintptr(len(b)), path}
}

func (m *mappings) remove(b []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, uintptr(unsafe.Pointer(unsafe.SliceData(b))))
}

// find gives the file in which an address lies, empty if there is none.
func (m *mappings) find(addr uintptr) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for from, r := range m.all {
		if addr >= from && addr-from < r.size {
			return r.path
		}
	}
	return ""
}

// Altered tells whether the file of the snapshot is no more what it was when it
// was opened: changed in place, so that its checksums say nothing any more, or
// replaced by another, which leaves what is in use whole. A file that was
// removed stays readable for who has it open.
func (s *Snapshot) Altered() (inPlace, replaced bool) {
	if s.stat == nil {
		return false, false
	}
	now, err := os.Stat(s.path)
	if err != nil {
		return false, false
	}
	if !os.SameFile(s.stat, now) {
		return false, true
	}
	return now.Size() != s.stat.Size() || !now.ModTime().Equal(s.stat.ModTime()), false
}
