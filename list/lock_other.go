//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package list

import (
	"fmt"
	"os"
	"time"
)

// lock keeps other processes from writing. A file left by a crash is taken
// over after an hour.
func lock(path string) (unlock func(), err error) {
	if st, err := os.Stat(path); err == nil && time.Since(st.ModTime()) > time.Hour {
		_ = os.Remove(path)
	}
	for range 600 {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			return func() { _ = f.Close(); _ = os.Remove(path) }, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil, fmt.Errorf("%s is held by another navicert that writes to the same lists: wait for it to end", path)
}

func syncDir(string) error { return nil }
