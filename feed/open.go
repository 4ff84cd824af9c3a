package feed

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Bounds of what is packed. Real lists shrink to a thirtieth.
const (
	maxRatio   = 400     // unpacked to packed
	freeRatio  = 1 << 20 // bytes below which the ratio does not matter
	maxMembers = 100     // of a zip
)

// OpenFiles makes files on disk ready for a parser. What is packed with gzip
// or zip, whatever its name, is unpacked while it is read; a zip gives all
// files in it.
func OpenFiles(paths ...string) ([]File, error) {
	var out []File
	for _, p := range paths {
		magic, err := magicOf(p)
		if err != nil {
			return nil, readFault(p, 0, err)
		}
		name := filepath.Base(p)
		switch {
		case strings.HasPrefix(magic, "PK\x03\x04") && !strings.HasSuffix(strings.ToLower(name), ".ods"):
			files, err := openZip(p)
			if err != nil {
				return nil, err
			}
			out = append(out, files...)
		case strings.HasPrefix(magic, "\x1f\x8b"):
			plain := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".GZ")
			out = append(out, File{Name: plain, Open: func() (io.ReadCloser, error) { return openGzip(p, plain) }})
		default:
			out = append(out, File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(p) }})
		}
	}
	return out, nil
}

func magicOf(p string) (string, error) {
	st, err := os.Stat(p)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fault(p, 0, "there is no such file", "", "check the name and the folder")
	}
	if err != nil {
		return "", err
	}
	if st.IsDir() {
		return "", fault(p, 0, "this is not a file but a folder", "a file", "name the files in it one by one")
	}
	if !st.Mode().IsRegular() { // opening a pipe would wait for whoever writes to it
		return "", fault(p, 0, "not a file", "a file", "name the files one by one")
	}
	f, err := os.Open(p)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b [4]byte
	n, err := io.ReadFull(f, b[:])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", err
	}
	return string(b[:n]), nil
}

// unpacked ends a bomb: what unpacks to maxRatio times its size or more.
type unpacked struct {
	io.Reader
	close []io.Closer
	file  string
	in    func() int64 // packed bytes so far
	n     int64
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	u.n += int64(n)
	if u.n > freeRatio && u.n > maxRatio*u.in() {
		return 0, fault(u.file, 0, fmt.Sprintf("the packed file unpacks to more than %d times its size", maxRatio), "a list", "check where it comes from")
	}
	return n, err
}

func (u *unpacked) Close() (err error) {
	for _, c := range u.close {
		if e := c.Close(); err == nil {
			err = e
		}
	}
	return err
}

type counter struct {
	r *bufio.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func openGzip(p, name string) (io.ReadCloser, error) {
	f, err := os.Open(p)
	if err != nil {
		return nil, err
	}
	c := &counter{r: bufio.NewReaderSize(f, 1<<16)}
	z, err := gzip.NewReader(c)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &unpacked{Reader: z, close: []io.Closer{z, f}, file: name, in: func() int64 { return c.n }}, nil
}

func openZip(p string) ([]File, error) {
	z, err := zip.OpenReader(p)
	if err != nil {
		return nil, fault(filepath.Base(p), 0, "the zip file is broken or cut: "+err.Error(), "a whole zip file", fetchAgain)
	}
	defer z.Close()
	if len(z.File) > maxMembers {
		return nil, fault(filepath.Base(p), 0, fmt.Sprintf("the zip file holds %d files", len(z.File)), fmt.Sprintf("at most %d", maxMembers), "")
	}
	var out []File
	for i, m := range z.File {
		name := path.Base(strings.ReplaceAll(m.Name, `\`, "/"))
		if !m.Mode().IsRegular() || strings.HasPrefix(name, ".") {
			continue
		}
		if m.UncompressedSize64 > maxFile {
			return nil, fault(name, 0, fmt.Sprintf("the file unpacks to %d bytes", m.UncompressedSize64), fmt.Sprintf("at most %d", maxFile), "check where it comes from")
		}
		out = append(out, File{Name: name, Open: func() (io.ReadCloser, error) { return openMember(p, i, name) }})
	}
	return out, nil
}

func openMember(p string, i int, name string) (io.ReadCloser, error) {
	z, err := zip.OpenReader(p)
	if err != nil {
		return nil, err
	}
	if i >= len(z.File) {
		z.Close()
		return nil, fault(p, 0, "the zip file has changed while it was read", "the same file", "")
	}
	m, err := z.File[i].Open()
	if err != nil {
		z.Close()
		return nil, err
	}
	size := int64(z.File[i].CompressedSize64)
	return &unpacked{Reader: m, close: []io.Closer{m, z}, file: name, in: func() int64 { return size }}, nil
}
