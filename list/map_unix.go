//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package list

import (
	"fmt"
	"os"
	"syscall"
)

// mapFile maps a file read-only. The store replaces files and never changes
// one, so what is mapped stays; where others do, see [Reading].
func mapFile(path string) (b []byte, st os.FileInfo, free func() error, err error) {
	if err := regular(path); err != nil { // opening a pipe would wait for whoever writes to it
		return nil, nil, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, err
	}
	defer func() { _ = f.Close() }()
	if st, err = f.Stat(); err != nil {
		return nil, nil, nil, err
	}
	if !st.Mode().IsRegular() || st.Size() == 0 || st.Size() != int64(int(st.Size())) {
		return nil, nil, nil, fmt.Errorf("%s: %w", path, errForeign)
	}
	b, err = syscall.Mmap(int(f.Fd()), 0, int(st.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%s: cannot be mapped into memory: %w", path, err)
	}
	mapped.add(b, path)
	return b, st, func() error {
		mapped.remove(b)
		return syscall.Munmap(b)
	}, nil
}
