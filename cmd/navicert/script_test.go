package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// With -update the wanted texts become what the program prints; read the
// difference before you keep it.
var update = flag.Bool("update", false, "rewrite the wanted texts")

func TestMain(m *testing.M) {
	if strings.Contains(filepath.Base(os.Args[0]), ".test") { // the tests, not the program in a script
		if err := os.Setenv("NAVICERT_LISTS", filepath.Join(os.TempDir(), "no-such-lists")); err != nil { // never those of whoever runs the tests
			panic(err)
		}
	}
	testscript.Main(m, map[string]func(){"navicert": main})
}

func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("DEALS", filepath.Join(root, "examples"))
			env.Setenv("LAW", filepath.Join(root, "law"))
			env.Setenv("NAVICERT_LISTS", filepath.Join(env.WorkDir, "kept")) // never those of whoever runs the tests
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "field": field, "change": change, "folder": folder, "site": site, "damage": damage,
		},
	})
}

// exits CODE ARG...: navicert ends with that code, without a fault of its own.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec("navicert", args[1:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("a panic")
	}
}

// field FILE PATH WANT: the JSON line in FILE has that value at a.b.0.c; the
// length of a list stands at "a.len".
func field(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: field FILE PATH WANT")
	}
	var at any
	ts.Check(json.NewDecoder(strings.NewReader(ts.ReadFile(args[0]))).Decode(&at))
	for _, key := range strings.Split(args[1], ".") {
		switch v := at.(type) {
		case map[string]any:
			at = v[key]
		case []any:
			if key == "len" {
				at = len(v)
				continue
			}
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(v) {
				ts.Fatalf("no %q in a list of %d", key, len(v))
			}
			at = v[i]
		default:
			ts.Fatalf("nothing below %q", key)
		}
	}
	if got := fmt.Sprint(at); got != args[2] {
		ts.Fatalf("%s is %q, want %q", args[1], got, args[2])
	}
}
