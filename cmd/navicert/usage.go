package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"navicert"
)

// need asks for at least and at most so many arguments (0: any number), and
// says in words what they are.
func need(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fmt.Errorf("%s needs %s; see %s --help", cmd.CommandPath(), what, cmd.CommandPath())
		case most > 0 && len(args) > most:
			return fmt.Errorf("%s takes %s, not also %q; see %s --help", cmd.CommandPath(), what, args[most], cmd.CommandPath())
		}
		return nil
	}
}

func nothing(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments, not %q; see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return nil
}

// group is what a command does that only holds others. Without one of them it
// fails: exit code 0 means that a deal may go, and nothing was judged.
func group(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		cmd.SetOut(cmd.ErrOrStderr())
		if err := cmd.Help(); err != nil {
			return err
		}
		return exitError(1)
	}
	path := cmd.CommandPath()
	cmd.SuggestionsMinimumDistance = 2
	near := cmd.SuggestionsFor(args[0])
	_, err := os.Stat(args[0])
	switch ext := filepath.Ext(args[0]); {
	case len(near) > 0:
		return fmt.Errorf("%s has no command %q; did you mean %s %s?", path, args[0], path, near[0])
	case !cmd.HasParent() && (err == nil || args[0] == "-" || slices.Contains([]string{".yaml", ".yml", ".json"}, ext)):
		return fmt.Errorf("%s has no command %q; to judge a deal write %s check %s", path, args[0], path, args[0])
	}
	return fmt.Errorf("%s has no command %q; %s --help lists them", path, args[0], path)
}

// flagFault says what is wrong with an option, and the nearest right one.
func flagFault(cmd *cobra.Command, err error) error {
	see := fmt.Sprintf("; %s --help lists the options", cmd.CommandPath())
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		what, _, _ := strings.Cut(err.Error(), ": strconv.")
		return errors.New(what + see)
	}
	name := unknown.GetSpecifiedName()
	best, least := "", max(2, len(name)/3)+1
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if d := navicert.Distance(name, f.Name); d < least && len(name) > 1 {
			best, least = f.Name, d
		}
	})
	if best != "" {
		see = fmt.Sprintf("; did you mean --%s?", best)
	}
	return fmt.Errorf("%s has no option %s%s", cmd.CommandPath(), dashes(name), see)
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// oneUsageLine keeps commands that only hold others from showing a usage of
// their own.
func oneUsageLine(root *cobra.Command) {
	root.SetUsageTemplate(strings.Replace(root.UsageTemplate(),
		"{{if .Runnable}}", "{{if and .Runnable (not .HasAvailableSubCommands)}}", 1))
}
