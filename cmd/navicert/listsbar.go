package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"

	"navicert/feed"
)

// bars shows how far a download is: a bar on a terminal, else a line per file.
type bars struct {
	w     io.Writer
	quiet bool
	file  string
	bar   *progressbar.ProgressBar
}

func (b *bars) show(p feed.Progress) {
	if b.quiet {
		return
	}
	if f := p.Source + " " + p.File; f != b.file {
		b.end()
		b.file = f
		if !isTerminal(b.w) {
			fmt.Fprintf(b.w, "%s: fetching %s\n", p.Source, p.File)
			return
		}
		size := p.Total
		if size <= 0 {
			size = -1
		}
		b.bar = progressbar.NewOptions64(size, progressbar.OptionSetWriter(b.w), progressbar.OptionSetDescription(f),
			progressbar.OptionShowBytes(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	if b.bar != nil {
		_ = b.bar.Set64(p.Done)
	}
}

// end clears the bar.
func (b *bars) end() {
	if b.bar != nil {
		_ = b.bar.Clear()
		_ = b.bar.Exit()
	}
	b.bar, b.file = nil, ""
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}
