//go:build unix

package feed

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Nobody may ever write to a pipe.
func TestPipesAreNotOpened(t *testing.T) {
	p := filepath.Join(t.TempDir(), "sdn.csv")
	if err := syscall.Mkfifo(p, 0o600); err != nil {
		t.Skip("no pipe or link can be made here: ", err)
	}
	if _, err := OpenFiles(p); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("%v", err)
	}
}
