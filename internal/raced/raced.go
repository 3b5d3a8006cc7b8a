// Package raced is for tests that have nothing to show to the race detector, which makes
// them five to ten times as slow: what one goroutine does, however often or on how much.
//
// Under go test -race, a package whose tests import it holds its laws against a quarter as
// many drawn values, and Skip leaves a test out. Without -race it changes nothing.
package raced

import (
	"flag"
	"testing"

	_ "pgregory.net/rapid" // defines the flag
)

// checks is how many values a law is held against under the race detector, unless
// -rapid.checks says otherwise.
const checks = "25"

func init() {
	if Enabled {
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
}

// Skip leaves a test out under the race detector. The reason says what one goroutine does in
// it that takes long.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if Enabled {
		t.Skip("left out: -race: " + reason + ", in one goroutine")
	}
}
