package rule

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"navicert/law"
)

// changed is the product's law data with one file in another form.
func changed(t *testing.T, name string, change func(string) string) fstest.MapFS {
	t.Helper()
	files, err := lawFiles(law.Files)
	if err != nil {
		t.Fatal(err)
	}
	tree := fstest.MapFS{}
	for _, f := range files {
		data, err := fs.ReadFile(law.Files, f)
		if err != nil {
			t.Fatal(err)
		}
		if f == name {
			data = []byte(change(string(data)))
		}
		tree[f] = &fstest.MapFile{Data: data}
	}
	return tree
}

// TestHostileLaw: law data with a fault that would hang or fool the judge is
// refused, and soon.
func TestHostileLaw(t *testing.T) {
	use := func(with string) func(string) string {
		return func(s string) string { return strings.Replace(s, "{use: item.eccn}", with, 1) }
	}
	countries := func(s string) string {
		for i := range 100 {
			s += fmt.Sprintf("  - {code: \"Z%02d\", name: x%d}\n", i, i)
		}
		return s
	}
	for name, c := range map[string]struct {
		tree fs.FS
		want string
	}{
		"switch on itself": {changed(t, "glossary.yaml", use("{use: entry}")), "entry: a switch chooses between terms"},
		"switch loop": {changed(t, "glossary.yaml", func(s string) string {
			return strings.Replace(use("{use: to}")(s), "{use: route.to}", "{use: entry}", 1)
		}), "to: a switch chooses between terms"},
		"switch on nothing":   {changed(t, "glossary.yaml", use(`{value: "EAR99"}`)), "entry: a switch chooses between terms"},
		"switch on a misspel": {changed(t, "glossary.yaml", use("{use: item.ecn}")), "entry: a switch chooses between terms"},
		"too many countries":  {changed(t, "tables/countries.yaml", countries), "more than 255"},
		"huge file":           {changed(t, "glossary.yaml", func(s string) string { return s + strings.Repeat("#", maxFile) }), "larger than 16 MiB"},
		"device":              {fstest.MapFS{"a.yaml": {Mode: fs.ModeDevice}}, "a.yaml: not a regular file"},
		"pipe":                {fstest.MapFS{"a.yaml": {Mode: fs.ModeNamedPipe}}, "a.yaml: not a regular file"},
	} {
		done := make(chan error, 1)
		go func() {
			_, err := Load(c.tree)
			done <- err
		}()
		select {
		case err := <-done:
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", name, err, c.want)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: still reading", name)
		}
	}
}
