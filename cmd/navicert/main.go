// Navicert answers whether a deal may go ahead under US export-control and
// sanctions law.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"

	"github.com/spf13/cobra"

	"navicert"
	"navicert/list"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// exitError ends the program with a code that already has been explained.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// run is the whole program, for tests too.
func run(args []string, in io.Reader, out, errOut io.Writer) (code int) {
	defer func() {
		if p := recover(); p != nil { // its own exit code would say "license required"
			fmt.Fprintf(errOut, "navicert failed; this is a fault of the program, not of the deal: %v\n%s", p, debug.Stack())
			code = 1
		}
	}()
	written := &sink{Writer: out}
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(written)
	root.SetErr(errOut)
	helped := false
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		helped = slices.ContainsFunc(cmd.Flags().Args(), func(a string) bool { return a != "" })
		help(cmd, args)
	})
	err := list.Reading(root.Execute)
	if err == nil && helped { // files were named and nothing was judged
		err = exitError(1)
	}
	written.Flush()
	if written.err != nil {
		err = fmt.Errorf("the answer could not be written in full: %w", written.err)
	}
	var exit exitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return int(exit)
	}
	fmt.Fprintln(errOut, safe(err.Error()))
	return 1
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "navicert",
		Short: "May this deal go ahead under US export-control and sanctions law?",
		Long: `Navicert judges a deal by the law of its day: the Export Administration
Regulations, OFAC's sanctions and the UN's, each answered apart. It shows the
paragraphs that decide and names exactly the facts that are missing. A fact
that nobody has stated is unknown; unknown is never "no".

It is not legal advice.`,
		Example: `  navicert check examples/pentest-suite-to-harbin.yaml
  navicert check --ask my-deal.yaml
  navicert law show 740.22`,
		Version:       navicert.Version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE:          group,
	}
	oneUsageLine(root)
	root.SetFlagErrorFunc(flagFault)
	root.SetVersionTemplate("navicert {{.Version}}\n")
	root.PersistentFlags().String("law", "", "read the law data from `DIR` instead of the built-in one")
	root.PersistentFlags().String("lists", "", "keep lists in `DIR`; also NAVICERT_LISTS")
	root.AddCommand(newCheck(), newScreen(), newBook(), newClassify(), newImpact(), newLaw(), newLists(), newServe(), newVerify(), newSchema(), newBenchNames())
	return root
}
