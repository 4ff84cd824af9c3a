//go:build unix

package batch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"navicert/list"
)

// A list that is cut in place while a book is screened ends the job with an
// error, and what it has written is not gone on with.
func TestListCutWhileScreening(t *testing.T) {
	var es []*list.Entity
	var in strings.Builder
	in.WriteString("id,name\n")
	for i := range 5000 {
		name := fmt.Sprintf("Trader %c%c%c Number %d", 'A'+i%26, 'a'+i/26%26, 'a'+i%17, i)
		es = append(es, &list.Entity{ID: fmt.Sprint("x-", i), Kind: list.KindOrganization, Names: []list.Name{{Text: name}}})
		fmt.Fprintf(&in, "%d,%s\n", i, name)
	}
	dir := t.TempDir()
	lists := setIn(t, dir, es)
	file, err := filepath.Glob(filepath.Join(dir, "test", "*.snap"))
	if err != nil || len(file) != 1 {
		t.Fatal(file, err)
	}
	out := filepath.Join(t.TempDir(), "hits.csv")
	cut := false
	_, err = Run(context.Background(), Job{In: write(t, "book.csv", in.String()), Out: out, Lists: lists, Workers: 2, Progress: func(int64, int64) {
		if !cut {
			cut = true
			if err := os.Truncate(file[0], 100); err != nil {
				t.Error(err)
			}
		}
	}})
	if err == nil || !strings.Contains(err.Error(), "changed in place") {
		t.Errorf("%v", err)
	}
	for _, name := range []string{out, out + ".part.json"} {
		if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is there", name)
		}
	}
}
