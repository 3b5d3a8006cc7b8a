package result

import "fmt"

// ExitCode is what a run ends with, the same for every form of output.
type ExitCode int

// The exit codes of a run that did what it was asked. What was not seen may
// hide drift, so that ExitIncomplete beats the others.
const (
	ExitInSync     ExitCode = 0
	ExitDrift      ExitCode = 1
	ExitIncomplete ExitCode = 3
)

// exitCode returns the code of a run; drift is drift that fails a run.
func exitCode(incomplete, drift bool) ExitCode {
	switch {
	case incomplete:
		return ExitIncomplete
	case drift:
		return ExitDrift
	}
	return ExitInSync
}

// Error makes a code that is not ExitInSync an error.
func (c ExitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }
