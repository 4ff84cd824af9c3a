//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package list

import "os"

// mapFile reads the file where it cannot be mapped.
func mapFile(path string) (b []byte, st os.FileInfo, free func() error, err error) {
	b, err = os.ReadFile(path)
	return b, nil, func() error { return nil }, err
}
