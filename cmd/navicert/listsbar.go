package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"

	"navicert/feed"
)

// bars shows how far a download is: a line per file and per attempt that failed,
// and a bar on a terminal.
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
		fmt.Fprintf(b.w, "%s: fetching %s\n", p.Source, p.File)
	}
	switch {
	case p.Fault != nil:
		b.clear()
		fmt.Fprintf(b.w, "%s: %s; trying again in %s\n", p.Source, safe(p.Fault.Error()), max(p.Pause.Round(time.Second), time.Second))
	case p.Done == 0 || !isTerminal(b.w):
	case b.bar == nil:
		size := p.Total
		if size <= 0 {
			size = -1
		}
		b.bar = progressbar.NewOptions64(size, progressbar.OptionSetWriter(b.w), progressbar.OptionSetDescription(b.file),
			progressbar.OptionShowBytes(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
		fallthrough
	default:
		_ = b.bar.Set64(p.Done)
	}
}

// end forgets the file.
func (b *bars) end() {
	b.clear()
	b.file = ""
}

func (b *bars) clear() {
	if b.bar != nil {
		_ = b.bar.Clear()
		_ = b.bar.Exit()
	}
	b.bar = nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}
