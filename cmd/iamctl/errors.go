package main

import (
	"fmt"
	"strings"

	"iamctl/internal/hint"
	"iamctl/internal/visible"
	"iamctl/result"
)

// exitFailure is the exit code of wrong usage and of a failure: nothing was
// compared. The codes of a run that did what it was asked are package result's.
const exitFailure = 2

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
