package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"navicert"
)

// open returns the named file, or standard input for "-".
func open(cmd *cobra.Command, name string) (io.ReadCloser, string, error) {
	if name == "-" {
		return io.NopCloser(cmd.InOrStdin()), "standard input", nil
	}
	if st, err := os.Stat(name); err == nil && st.IsDir() {
		return nil, name, fmt.Errorf("%s: this is a folder, not a file; name the files in it, for example %s/*.yaml", name, name)
	}
	f, err := os.Open(name)
	return f, name, plain(err)
}

// read returns a file of at most max bytes.
func read(cmd *cobra.Command, name string, max int64) ([]byte, error) {
	f, _, err := open(cmd, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, max+1))
	if err == nil && int64(len(data)) > max {
		err = fmt.Errorf("%s: the file is larger than %d MiB", name, max>>20)
	}
	return data, err
}

// plain puts the system's commonest complaints about files into words.
func plain(err error) error {
	var p *fs.PathError
	switch {
	case !errors.As(err, &p):
		return err
	case errors.Is(err, fs.ErrNotExist) && !isFolder(filepath.Dir(p.Path)):
		return fmt.Errorf("%s: there is no folder %s; check the name", p.Path, filepath.Dir(p.Path))
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file; check the name and the folder", p.Path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: this file may not be read or written by you", p.Path)
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: the file exists already; choose another name", p.Path)
	}
	return fmt.Errorf("%s: %w", p.Path, p.Err)
}

func isFolder(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.IsDir()
}

// lawDay reads a day of which the product holds the law.
func lawDay(s string) (navicert.Day, error) {
	d, err := navicert.ParseDay(s)
	if err == nil && d < navicert.FirstDay {
		err = fmt.Errorf("the law data begins on %s, after %s; take a later day", navicert.FirstDay, d)
	}
	return d, err
}
