package raced_test

import (
	"flag"
	"testing"

	"iamctl/internal/raced"
)

// Without the race detector laws are held against as many values as ever, and nothing is
// left out.
func TestPlainRunIsWhole(t *testing.T) {
	f := flag.Lookup("rapid.checks")
	want := f.DefValue
	if raced.Enabled {
		want = "25"
	}
	if f.Value.String() != want {
		t.Errorf("a law is held against %s values, want %s", f.Value, want)
	}
	left := t.Run("one goroutine", func(t *testing.T) {
		raced.Skip(t, "nothing")
		if raced.Enabled {
			t.Error("a test is not left out")
		}
	})
	if !left {
		t.Error("the test failed")
	}
}
