package result

import "fmt"

// ExitCode is the exit code of a run, the same for every format of output.
type ExitCode int

// The exit codes of a run that did what it was asked. What was not seen may
// hide drift, so that ExitIncomplete beats the others.
const (
	ExitInSync     ExitCode = 0
	ExitDrift      ExitCode = 1
	ExitIncomplete ExitCode = 3
)

// exitCode returns the code of a run. drift reports whether it has drift that
// fails it.
func exitCode(incomplete, drift bool) ExitCode {
	switch {
	case incomplete:
		return ExitIncomplete
	case drift:
		return ExitDrift
	}
	return ExitInSync
}

// Error returns the code as an error's text. ExitInSync is not to be used as an
// error.
func (c ExitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }
