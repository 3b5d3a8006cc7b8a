package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/vbauerster/mpb/v8/decor"
)

// TestLineOfAnAccount: what the line of an account says, and nothing of what is not known.
func TestLineOfAnAccount(t *testing.T) {
	s := &step{progress: &progress{out: new(strings.Builder)}, tag: "200000000001"}
	line := func() string { return s.text() + " | " + s.counter(decor.Statistics{}) }
	for _, tt := range []struct {
		do           func()
		want, reason string
	}{
		{func() {}, "200000000001:  | ", "before the first call"},
		{func() { s.Stage("identity", 0, 0) }, "200000000001: identity | ", "neither how far nor how much is known"},
		{func() { s.Stage("roles", 1000, 0) }, "200000000001: roles | 1000", "how much is not known"},
		{func() { s.Stage("roles one by one", 3, 25) }, "200000000001: roles one by one | 3/25", "both are known"},
		{func() { s.Waiting("Throttling", time.Second) }, "200000000001: roles one by one | 3/25", "a wait too short to show"},
		{func() { s.Waiting("Throttling: slow down", 4*time.Second) }, "200000000001: waits 4s: Throttling: slow down | 3/25", "how long comes first: the line is cut at its end"},
		{func() { s.Stage("a\x1b[2Jb", 4, 25) }, `200000000001: a\u{1B}[2Jb | 4/25`, "nothing moves the cursor"},
		{func() { s.Done(25, "role") }, "200000000001: 25 roles read | 4/25", "the end"},
	} {
		tt.do()
		if got := line(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
		}
	}
}

// TestLineOfAFleet: the line of a fleet, however large, fits before the bar.
func TestLineOfAFleet(t *testing.T) {
	now := time.Unix(0, 0)
	f := &fleetProgress{progress: &progress{}, clock: func() time.Time { return now }, begun: now, total: 300}
	for _, tt := range []struct {
		after        time.Duration
		ended, holes int
		want, reason string
	}{
		{0, 0, 0, "fleet: 0 of 300 accounts", "the beginning"},
		{500 * time.Millisecond, 4, 0, "fleet: 4 of 300 accounts", "too early for a rate"},
		{time.Second, 16, 1, "fleet: 20 of 300 accounts, 1 gap, 13/s", "one could not be read"},
		{20 * time.Second, 280, 2, "fleet: 300 of 300 accounts, 3 gaps, 14/s", "the end"},
	} {
		now = now.Add(tt.after)
		for i := range tt.ended {
			f.ended(i < tt.holes)
		}
		if got := f.text(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
		}
		if n := utf8.RuneCountInString(f.text()); n > textWidth {
			t.Errorf("%s: %d columns of text, more than %d", tt.reason, n, textWidth)
		}
	}
}

// TestLinesBeginAtTheMargin: what a terminal shows of Ctrl-C moves no line, and the bars of
// all lines begin at one place.
func TestLinesBeginAtTheMargin(t *testing.T) {
	for _, text := range []string{"", "200000000001: identity"} {
		line, width := before(func() string { return text }).Decor(decor.Statistics{})
		if !strings.HasPrefix(line, "\r"+text) || width != textWidth || utf8.RuneCountInString(line) != 1+textWidth {
			t.Errorf("%q of %d columns", line, width)
		}
	}
}
