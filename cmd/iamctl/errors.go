package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/internal/hint"
	"iamctl/internal/nearest"
	"iamctl/internal/visible"
	"iamctl/result"
)

// exitFailure is the exit code of wrong usage and of a failure: nothing was
// compared. The codes of a run that did what it was asked are package result's.
const exitFailure = 2

// exitInterrupted is the exit code after Ctrl-C, as of a program that SIGINT ends.
const exitInterrupted = 128 + 2

// outcome returns an exit code as an error, nil for that of a run in sync.
func outcome(code result.ExitCode) error {
	if code == result.ExitInSync {
		return nil
	}
	return code
}

// usage returns an error in the command line.
func usage(command, format string, args ...any) error {
	return hint.With(fmt.Errorf(format, args...), "see 'iamctl %s --help'", command)
}

// misspelt returns an error in the command line about a word that is none of the
// known ones.
func misspelt(command, word string, known []string, format string, args ...any) error {
	return hint.With(fmt.Errorf(format, args...), "%ssee 'iamctl %s --help'", didYouMean(word, known), command)
}

// didYouMean returns a question for the one of the known words that was likely
// meant, "" if none is near.
func didYouMean(word string, known []string) string {
	if near := nearest.Name(word, known); near != "" {
		return "did you mean " + near + "? "
	}
	return ""
}

// noCommand returns an error about a command that there is not.
func noCommand(name string, commands []*cli.Command) error {
	return hint.With(fmt.Errorf("there is no command %q", name), "%ssee 'iamctl --help' for the commands", didYouMean(name, commandNames(commands)))
}

// badFlag adds to the library's error about a flag what to do next; command is
// the whole name of the command.
func badFlag(err error, command string, flags []cli.Flag) error {
	_, name, _ := strings.Cut(err.Error(), "flag provided but not defined: -")
	question := ""
	if name = strings.TrimLeft(name, "-"); name != "" {
		question = didYouMean("--"+name, flagNames(flags))
	}
	return hint.With(err, "%ssee '%s --help'", question, command)
}

// fail prints an error and its hint. Both may hold text from elsewhere.
func (e *env) fail(err error) {
	for i, line := range strings.Split(err.Error(), "\n") {
		before := "iamctl: "
		if i > 0 {
			before = "  "
		}
		fmt.Fprintln(e.stderr, before+visible.Escape(line))
	}
	if next := hint.Of(err); next != "" {
		fmt.Fprintf(e.stderr, "  %s\n", visible.Escape(next))
	}
}

// warn prints a warning.
func (e *env) warn(text string) {
	fmt.Fprintf(e.stderr, "iamctl: warning: %s\n", visible.Escape(text))
}

// note prints a remark.
func (e *env) note(text string) {
	fmt.Fprintf(e.stderr, "iamctl: note: %s\n", visible.Escape(text))
}
