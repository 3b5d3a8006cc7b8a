package main

import (
	"errors"
	"fmt"
	"strings"

	"iamctl/diff"
	"iamctl/report"
)

// The exit codes, the same for every output format. 3 beats 0 and 1: what
// was not seen may hide drift.
const (
	codeInSync     = 0
	codeDrift      = 1
	codeFailure    = 2
	codeIncomplete = 3
)

// result is the outcome of a run that did what it was asked: its exit code.
type result int

func (r result) Error() string { return fmt.Sprintf("exit code %d", int(r)) }

// outcome is the result of a comparison: drift that no waiver accepts, or
// only what of it is new.
func (v *verdict) outcome(c *diff.Changes, onlyNew bool) error {
	switch {
	case c.Incomplete():
		return result(codeIncomplete)
	case v.fresh, v.drift && !onlyNew:
		return result(codeDrift)
	}
	return nil
}

// hinted is an error with the next step.
type hinted struct {
	err  error
	hint string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

// withHint adds the next step to an error.
func withHint(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &hinted{err, fmt.Sprintf(format, args...)}
}

// usage is an error in the command line.
func usage(command, format string, args ...any) error {
	return withHint(fmt.Errorf(format, args...), "see 'iamctl %s --help'", command)
}

// fail prints an error and its hint. Both may hold text from elsewhere.
func (e *env) fail(err error) {
	for i, line := range strings.Split(err.Error(), "\n") {
		before := "iamctl: "
		if i > 0 {
			before = "  "
		}
		fmt.Fprintln(e.stderr, before+report.Escape(line))
	}
	var h *hinted
	if errors.As(err, &h) {
		fmt.Fprintf(e.stderr, "  %s\n", report.Escape(h.hint))
	}
}

// warn prints a warning.
func (e *env) warn(format string, args ...any) {
	fmt.Fprintf(e.stderr, "iamctl: warning: %s\n", report.Escape(fmt.Sprintf(format, args...)))
}

// note prints a remark.
func (e *env) note(format string, args ...any) {
	fmt.Fprintf(e.stderr, "iamctl: note: %s\n", report.Escape(fmt.Sprintf(format, args...)))
}
