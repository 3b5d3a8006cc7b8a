package main

import (
	"context"
	"errors"
	"fmt"
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
		{func() { s.Done(25, "role", 0) }, "200000000001: 25 roles read | 4/25", "the end"},
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
	f := newFleetProgress(&progress{out: new(strings.Builder), clock: func() time.Time { return now }}, "", 300)
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

// TestLinesOfAFleet: without a terminal a fleet has a line now and then and at the end, and
// one for an account that takes very long or cannot be read.
func TestLinesOfAFleet(t *testing.T) {
	now := time.Unix(0, 0)
	var out strings.Builder
	p := &progress{out: &out, clock: func() time.Time { return now }}
	p.reading("", 30)
	done := func(n, gaps int) {
		for range n {
			p.reads("x").Done(5, "role", gaps)
		}
	}
	failed := func(n int, err error) {
		for i := range n {
			p.reads(fmt.Sprintf("lost-%d", i)).Failed(err)
		}
	}
	for _, tt := range []struct {
		do           func()
		want, reason string
	}{
		{func() { done(5, 0) }, "", "an account is no news"},
		{func() { now = now.Add(59 * time.Second); done(1, 2) }, "", "nor is one after less than a minute"},
		{func() { now = now.Add(time.Second); done(1, 0) }, "fleet: 7 of 30 accounts read, 1 with gaps\n", "after a minute"},
		{func() { now = now.Add(59 * time.Second); done(1, 0) }, "", "and not at once again"},
		{func() { failed(1, errors.New("denied\x1b")) }, `lost-0: could not be read: denied\u{1B}` + "\n", "one that could not be read"},
		{func() { failed(2, context.Canceled) }, "", "but for an interrupt"},
		{func() { p.reads("slow").Waiting("Throttling", 20*time.Second) }, "", "nor is a wait"},
		{func() {
			s := p.reads("slow").(member)
			s.Stage("roles one by one", 3, 25)
			s.late()
			s.Done(25, "role", 0)
			s.late()
		}, "takes long: slow: roles one by one 3/25\n", "one that takes long"},
		{func() { failed(9, errors.New("denied")); failed(2, errors.New("denied")) }, strings.Repeat("?", 9) + "others that could not be read are told at the end\n", "ten have a line"},
		{func() { done(9, 0); p.wait() }, "fleet: 30 accounts read, 13 with gaps\n", "the end, once"},
		{func() { p.reading("git:HEAD", 9); done(9, 0) }, "git:HEAD: 9 accounts read\n", "another moment"},
		{func() { p.reading("", 9); done(2, 0); p.wait() }, "fleet: 2 of 9 accounts read\n", "a run that is cut short"},
		{func() { p.reading("", 8); done(2, 0) }, "x: 5 roles read\nx: 5 roles read\n", "a few accounts have a line each"},
		{func() { p.outcomes = true; p.reading("", 9); done(9, 0) }, "", "read, and not yet written"},
		{func() {
			for i := range 9 {
				p.ended(i == 0)
			}
		}, "fleet: 9 accounts read, 1 with gaps\n", "written"},
	} {
		out.Reset()
		tt.do()
		got := out.String()
		for i := range 9 {
			got = strings.Replace(got, fmt.Sprintf("lost-%d: could not be read: denied\n", i), "?", 1)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
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
