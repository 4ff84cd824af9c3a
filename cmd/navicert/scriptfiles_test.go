package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var line = strings.NewReplacer(`\n`, "\n")

// change FILE NEW (OLD BECOMES)...: NEW is FILE with the texts replaced; each
// must stand in it. "~" at the end of OLD takes the rest of the
// line, and \n stands for a new one.
func change(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%2 != 0 {
		ts.Fatalf("usage: change FILE NEW (OLD BECOMES)...")
	}
	text := ts.ReadFile(args[0])
	for i := 2; i < len(args); i += 2 {
		old, rest := strings.CutSuffix(line.Replace(args[i]), "~")
		before, after, ok := strings.Cut(text, old)
		if !ok {
			ts.Fatalf("%s does not hold %q", args[0], old)
		}
		if rest {
			_, after, _ = strings.Cut(after, "\n")
			after = "\n" + after
		}
		text = before + line.Replace(args[i+1]) + after
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// folder FROM TO: copies the YAML files below FROM.
func folder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: folder FROM TO")
	}
	ts.Check(filepath.WalkDir(args[0], func(p string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".yaml" {
			return err
		}
		rel, err := filepath.Rel(args[0], p)
		if err != nil {
			return err
		}
		to := filepath.Join(ts.MkAbs(args[1]), rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	}))
}
