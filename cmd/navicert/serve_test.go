//go:build unix

package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A server that starts without lists takes them into use when they come, and
// stops when it is told to.
func TestServe(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lists")
	tuning := filepath.Join(t.TempDir(), "tuning.yaml")
	if err := os.WriteFile(tuning, []byte(`clear: [{name: Ivan Petrov, entity: own-7, reason: a baker, by: A. Roe, on: "2026-01-01", expires: "2099-12-31"}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	r, w := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run([]string{"serve", "--lists", dir, "--listen", "127.0.0.1:0", "--poll", "1s", "--api-key", "k", "--tuning", tuning}, strings.NewReader(""), io.Discard, w)
		_ = w.Close()
	}()
	lines := make(chan string, 100)
	go func() {
		for s := bufio.NewScanner(r); s.Scan(); {
			lines <- s.Text()
		}
		close(lines)
	}()
	wait := func(what string) string {
		t.Helper()
		for deadline := time.After(30 * time.Second); ; {
			select {
			case l := <-lines:
				if strings.Contains(l, what) {
					return l
				}
			case <-deadline:
				t.Fatalf("no line with %q", what)
			}
		}
	}
	wait(`no list kept here has or had the entity`)
	base := regexp.MustCompile(`http://[0-9.:]+`).FindString(wait("no list is kept yet"))
	get := func(path string) int {
		t.Helper()
		res, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		_, _ = io.Copy(io.Discard, res.Body)
		return res.StatusCode
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/catalog": 401, "/catalog?api_key=k": 503} {
		if got := get(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	file := filepath.Join(t.TempDir(), "ours.csv")
	if err := os.WriteFile(file, []byte("id,name,kind,country\n1,Zala Aero,organization,RU\n2,Ivan Petrov,person,RU\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := run([]string{"lists", "add", file, "--lists", dir, "--source", "own", "--date", "2026-01-02"}, strings.NewReader(""), io.Discard, os.Stderr); c != 0 {
		t.Fatalf("lists add: %d", c)
	}
	wait("own 2026-01-02 (2)")
	for path, want := range map[string]int{"/readyz": 200, "/search/own?api_key=k&q=zala": 200, "/search/banana?api_key=k": 404} {
		if got := get(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case c := <-code:
		if c != 0 {
			t.Errorf("exit code %d", c)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("it does not stop")
	}
}
