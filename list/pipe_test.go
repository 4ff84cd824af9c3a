//go:build unix

package list

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe or a device in the folder is told, never waited for or read to its end.
func TestOnlyFilesAreRead(t *testing.T) {
	for _, kind := range []string{"*.snap", historyFile, ledgerFile} {
		for _, put := range []func(name string) error{
			func(name string) error { return syscall.Mkfifo(name, 0o600) },
			func(name string) error { return os.Symlink("/dev/zero", name) },
		} {
			s := &Store{Dir: t.TempDir()}
			mustPut(t, s, edition(20000, "a"), Added)
			name, err := filepath.Glob(filepath.Join(s.Dir, "us-test", kind))
			if err != nil || len(name) != 1 {
				t.Fatal(name, err)
			}
			if err := os.Remove(name[0]); err != nil {
				t.Fatal(err)
			}
			if err := put(name[0]); err != nil {
				t.Skip("no pipe or link can be made here: ", err)
			}
			_, err = s.At(20000)
			if kind == historyFile { // drawn anew
				_, err = s.History("us-test")
			}
			if ok := err == nil || strings.Contains(err.Error(), "is no file"); !ok || (err == nil) != (kind == historyFile) {
				t.Errorf("%s: %v", kind, err)
			}
		}
	}
}
