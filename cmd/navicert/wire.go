package main

import (
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"navicert/deal"
	"navicert/decide"
	"navicert/law"
	"navicert/list"
	"navicert/match"
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
	return rule.Load(tree)
}

// lawTree returns the data files themselves, with the tests beside them.
func lawTree(cmd *cobra.Command) (fs.FS, error) {
	if dir, _ := cmd.Flags().GetString("law"); dir != "" {
		_, err := os.Stat(dir)
		return os.DirFS(dir), err
	}
	return law.Files, nil
}

// vocabulary hands the law's words to the reader of deal files.
func vocabulary(l *rule.Law) *deal.Vocabulary {
	v := &deal.Vocabulary{}
	for _, t := range l.Terms {
		dt := deal.Term{Name: t.Name, Type: string(t.Kind), Group: t.Group, Ask: t.Ask, Means: t.Means, Cite: t.Cite}
		for _, c := range t.Values {
			dt.Values = append(dt.Values, deal.Value{Word: c.Code, Means: c.Name})
		}
		v.Terms = append(v.Terms, dt)
	}
	for _, i := range l.Items {
		v.Items = append(v.Items, i.Code)
	}
	for _, c := range l.Countries {
		v.Countries = append(v.Countries, deal.Country{Code: c.Code, Name: c.Name})
	}
	return v
}

// newDecider wires the law to the finders.
func newDecider(l *rule.Law) *decide.Decider {
	return &decide.Decider{Law: l, Finders: []decide.Finder{match.New(list.Starter())}}
}

// open returns the named file, or standard input for "-".
func open(cmd *cobra.Command, name string) (io.ReadCloser, string, error) {
	if name == "-" {
		return io.NopCloser(cmd.InOrStdin()), "standard input", nil
	}
	f, err := os.Open(name)
	return f, name, err
}
