package feed

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// text makes a file of a text.
func text(name, s string) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }}
}

// shared opens list files that are kept beside the project. A test that needs
// them does not run without them.
func shared(t testing.TB, paths ...string) []File {
	t.Helper()
	for i, p := range paths {
		paths[i] = filepath.Join("..", "..", "shared", "lists", p)
		if _, err := os.Stat(paths[i]); err != nil {
			t.Skipf("the real list %s is not here; this test needs it", p)
		}
	}
	files, err := OpenFiles(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// readAll reads what all of fs gives.
func readAll(t testing.TB, f File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOpenFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, fn func(io.Writer)) string {
		var b bytes.Buffer
		fn(&b)
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	pack := func(s string) func(io.Writer) {
		return func(w io.Writer) {
			z := gzip.NewWriter(w)
			io.WriteString(z, s)
			z.Close()
		}
	}
	zipped := func(w io.Writer) {
		z := zip.NewWriter(w)
		for _, n := range []string{"a/", "a/sdn.csv", "a/add.csv", ".DS_Store"} {
			m, _ := z.Create(n)
			if !strings.HasSuffix(n, "/") {
				io.WriteString(m, n)
			}
		}
		z.Close()
	}
	files, err := OpenFiles(
		write("plain.csv", func(w io.Writer) { io.WriteString(w, "plain") }),
		write("x.csv.gz", pack("packed")),
		write("all.zip", zipped))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.Name+"="+readAll(t, f))
	}
	if s := strings.Join(got, " "); s != "plain.csv=plain x.csv=packed sdn.csv=a/sdn.csv add.csv=a/add.csv" {
		t.Error(s)
	}

	bomb := write("bomb.csv", pack(strings.Repeat("a", 8<<20)))
	whole, _ := os.ReadFile(write("whole.csv.gz", pack("a,b\nc,d\n")))
	cut := write("cut.csv.gz", func(w io.Writer) { w.Write(whole[:len(whole)/2]) })
	for p, want := range map[string]string{
		bomb: "unpacks to more than 400 times", cut: "the file is cut", dir: "not a file",
		filepath.Join(dir, "none"): "no such file",
		write("broken.zip", func(w io.Writer) { io.WriteString(w, "PK\x03\x04garbage") }): "the zip file is broken",
	} {
		files, err := OpenFiles(p)
		if err == nil {
			_, err = readCSV(files[0])
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", p, err, want)
		}
	}
}

func TestNotUTF8(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a,b\nc\xe9,d\n", "x.csv:2: the text is not UTF-8"},
		{"\xff\xfea\x00", "x.csv:1: the file is UTF-16"},
		{"a\x00b\n", "x.csv:1: a zero byte"},
	} {
		if _, err := readCSV(text("x.csv", c.text)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
}
