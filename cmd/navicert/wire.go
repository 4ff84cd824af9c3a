package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/deal"
	"navicert/law"
	"navicert/rule"
)

// loadLaw returns the built-in law, or that of --law DIR.
func loadLaw(cmd *cobra.Command) (*rule.Law, error) {
	if dir, _ := cmd.Flags().GetString("law"); dir == "" {
		return rule.Decompile(law.Compiled)
	}
	tree, err := lawTree(cmd)
	if err != nil {
		return nil, err
	}
	l, err := rule.Load(tree)
	return l, inLaw(cmd, err)
}

// lawTree returns the data files themselves, with the tests beside them.
func lawTree(cmd *cobra.Command) (fs.FS, error) {
	if dir, _ := cmd.Flags().GetString("law"); dir != "" {
		if _, err := os.Stat(filepath.Join(dir, "glossary.yaml")); err != nil {
			return nil, fmt.Errorf("--law: %s holds no glossary.yaml; name the folder with the law data", dir)
		}
		return os.DirFS(dir), nil
	}
	return law.Files, nil
}

// inLaw gives faults of law data the folder of --law, so that an editor finds
// the place. The first few tell what is wrong; more would hide them.
func inLaw(cmd *cobra.Command, err error) error {
	dir, _ := cmd.Flags().GetString("law")
	if err == nil || dir == "" {
		return err
	}
	lines := strings.Split(err.Error(), "\n")
	for i, l := range lines {
		if strings.Contains(l, ".yaml:") {
			lines[i] = filepath.Join(dir, l)
		}
	}
	if n := len(lines) - maxFaults; n > 0 {
		lines = append(lines[:maxFaults], fmt.Sprintf("and %d more faults in %s", n, dir))
	}
	return errors.New(strings.Join(lines, "\n"))
}

const maxFaults = 20

// readDeal reads a deal file, or standard input for "-".
func readDeal(cmd *cobra.Command, name string, voc *deal.Vocabulary) (*navicert.Deal, error) {
	r, shown, err := open(cmd, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return deal.Read(shown, r, voc)
}
