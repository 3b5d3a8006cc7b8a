package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"

	"iamctl/compare"
)

// fleetProgress shows how far a fleet is: on a terminal one line for all accounts, and
// one for each that takes long.
type fleetProgress struct {
	*progress
	clock func() time.Time
	begun time.Time

	mu                 sync.Mutex
	bar                *mpb.Bar
	total, done, holes int
}

// slowAccount is how long an account may take before it has a line of its own.
const slowAccount = 3 * time.Second

func newFleetProgress(e *env, p *progress, total int) *fleetProgress {
	f := &fleetProgress{progress: p, clock: e.now, begun: e.now(), total: total}
	if p.bars != nil && total > 0 {
		f.bar = p.bars.New(int64(total), mpb.BarStyle(),
			mpb.BarPriority(-1), mpb.PrependDecorators(before(f.text)))
	}
	return f
}

// account begins an account, whose line is shown if it takes long.
func (f *fleetProgress) account(tag string) *step {
	s := &step{progress: f.progress, tag: tag}
	if f.bars != nil {
		s.slow = time.AfterFunc(slowAccount, func() { s.show(mpb.BarRemoveOnComplete()) })
	}
	return s
}

// ended counts an account that has ended, with a hole or without.
func (f *fleetProgress) ended(hole bool) {
	f.mu.Lock()
	f.done++
	if hole {
		f.holes++
	}
	done := f.done
	f.mu.Unlock()
	if f.bar != nil {
		f.bar.SetCurrent(int64(done))
	}
}

func (f *fleetProgress) text() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	text := fmt.Sprintf("fleet: %d of %s", f.done, count(f.total, "account"))
	if f.holes > 0 {
		text += ", " + count(f.holes, "gap")
	}
	if seconds := f.clock().Sub(f.begun).Seconds(); seconds >= 1 {
		text += fmt.Sprintf(", %.0f/s", float64(f.done)/seconds)
	}
	return text
}

// end ends the line, whether all accounts were read or not.
func (f *fleetProgress) end() {
	if f.bar != nil {
		f.bar.SetTotal(-1, true)
	}
	f.wait()
}

// aFew is how many accounts have a line each on a terminal.
const aFew = 8

// showFleet has a reader show so many accounts in one line, where they are more than a few.
func (p *progress) showFleet(e *env, r *compare.Reader, accounts int) {
	if p.bars == nil || accounts <= aFew {
		return
	}
	f := newFleetProgress(e, p, accounts)
	p.whole = f.bar
	r.Progress = func(tag string) compare.Progress { return member{f.account(tag), f} }
}

// member is the progress of an account of a fleet.
type member struct {
	*step
	fleet *fleetProgress
}

// Done counts an account that was read.
func (m member) Done(n int, noun string) {
	m.step.Done(n, noun)
	m.fleet.ended(false)
}

// Failed counts an account that could not be read.
func (m member) Failed() {
	m.step.Failed()
	m.fleet.ended(true)
}
