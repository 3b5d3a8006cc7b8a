package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"iamctl/compare"
)

// fleetProgress shows how far a fleet is: on a terminal a line for all accounts, and one for
// each that takes long. Elsewhere, as in the mail of a nightly run, it is a line now and then
// and at the end, and one for each account that takes very long or cannot be read.
type fleetProgress struct {
	*progress
	begun time.Time
	// moment is that of which the accounts are, "" for now.
	moment string

	mu                         sync.Mutex
	bar                        *mpb.Bar // nil for none
	total, done, holes, failed int
	said                       time.Time // when a line was last written
	over                       bool
}

const (
	// aFew is how many accounts have a line each.
	aFew = 8
	// slowAccount is how long an account of a fleet may take before a terminal shows it, and
	// verySlow before a line says so elsewhere.
	slowAccount = 3 * time.Second
	verySlow    = 30 * time.Second
	// nowAndThen is the time between lines about a fleet where there is no terminal.
	nowAndThen = time.Minute
	// failuresTold is how many accounts that could not be read have a line.
	failuresTold = 10
)

// reading begins to show so many accounts, of a moment, "" for now.
func (p *progress) reading(moment string, accounts int) {
	p.endFleet()
	if accounts <= aFew {
		return
	}
	f := newFleetProgress(p, moment, accounts)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fleet = f
}

// current returns the progress of the fleet that is being read, nil for none.
func (p *progress) current() *fleetProgress {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fleet
}

// reads begins an account that is being read.
func (p *progress) reads(tag string) compare.Progress {
	if f := p.current(); f != nil {
		return member{p.aside(tag), f}
	}
	return p.account(tag)
}

// ended counts an account of a fleet that has ended, with a hole or without.
func (p *progress) ended(hole bool) {
	if f := p.current(); f != nil {
		f.ended(hole)
	}
}

// endFleet ends the line of a fleet, whether all accounts were read or not.
func (p *progress) endFleet() {
	if f := p.current(); f != nil {
		f.end()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fleet = nil
}

// aside begins what has a line if it takes long, and no other.
func (p *progress) aside(tag string) *step {
	s := &step{progress: p, tag: tag}
	after, show := verySlow, s.late
	if p.terminal != nil {
		after, show = slowAccount, func() { s.show(mpb.BarRemoveOnComplete()) }
	}
	s.slow = time.AfterFunc(after, show)
	return s
}

// late writes a line on what takes long.
func (s *step) late() {
	s.mu.Lock()
	ended := s.ended
	s.mu.Unlock()
	if !ended {
		s.progress.line("%s", strings.TrimRight("takes long: "+s.text()+" "+s.counter(decor.Statistics{}), " :"))
	}
}

func newFleetProgress(p *progress, moment string, total int) *fleetProgress {
	now := p.clock()
	f := &fleetProgress{progress: p, moment: moment, begun: now, said: now, total: total}
	if p.terminal != nil {
		place := -1 // before the accounts, and behind an earlier moment
		if moment != "" {
			place = -2
		}
		f.bar = p.bars().New(int64(total), mpb.BarStyle(),
			mpb.BarPriority(place), mpb.PrependDecorators(before(f.text)))
	}
	return f
}

// ended counts an account that has ended, with a hole or without.
func (f *fleetProgress) ended(hole bool) {
	f.mu.Lock()
	f.done++
	if hole {
		f.holes++
	}
	done, now := f.done, f.clock()
	say := f.bar == nil && done < f.total && now.Sub(f.said) >= nowAndThen
	if say {
		f.said = now
	}
	f.mu.Unlock()
	switch {
	case f.bar != nil:
		f.bar.SetCurrent(int64(done))
	case say:
		f.line("%s", f.sentence())
	case done == f.total:
		f.end()
	}
}

// end ends the line, whether all accounts were read or not.
func (f *fleetProgress) end() {
	f.mu.Lock()
	over := f.over || f.done == 0 && f.bar == nil
	f.over = true
	f.mu.Unlock()
	switch {
	case over:
	case f.bar != nil:
		f.bar.SetTotal(-1, true)
	default:
		f.line("%s", f.sentence())
	}
}

// name returns what the fleet is called.
func (f *fleetProgress) name() string { return cmp.Or(f.moment, "fleet") }

// text is what is before the bar.
func (f *fleetProgress) text() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	text := fmt.Sprintf("%s: %d of %s", f.name(), f.done, count(f.total, "account"))
	if f.holes > 0 {
		text += ", " + count(f.holes, "gap")
	}
	if seconds := f.clock().Sub(f.begun).Seconds(); seconds >= 1 {
		text += fmt.Sprintf(", %.0f/s", float64(f.done)/seconds)
	}
	return text
}

// sentence is what a line says where there is no bar.
func (f *fleetProgress) sentence() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	text := f.name() + ": "
	if f.done < f.total {
		text += fmt.Sprintf("%d of ", f.done)
	}
	text += count(f.total, "account") + " read"
	if f.holes > 0 {
		text += fmt.Sprintf(", %d with gaps", f.holes)
	}
	return text
}

// fails writes why an account could not be read, of the first ones, where there is no bar.
func (f *fleetProgress) fails(tag string, err error) {
	f.mu.Lock()
	f.failed++
	n := f.failed
	f.mu.Unlock()
	switch {
	case f.bar != nil || n > failuresTold+1:
	case n > failuresTold:
		f.line("others that could not be read are told at the end")
	default:
		f.line("%s: could not be read: %v", tag, err)
	}
}

// member is the progress of an account of a fleet.
type member struct {
	*step
	fleet *fleetProgress
}

// Waiting notes why nothing moves for a while: a line says so if it takes long.
func (m member) Waiting(reason string, wait time.Duration) {
	if wait >= longWait {
		m.waits(reason, wait)
	}
}

// Done counts an account that was read.
func (m member) Done(n int, noun string, gaps int) {
	m.finish(count(n, noun) + " read")
	if !m.fleet.outcomes {
		m.fleet.ended(gaps > 0)
	}
}

// Failed counts an account that could not be read; one that an interrupt, or the failure of
// another, cut short is none.
func (m member) Failed(err error) {
	m.step.Failed(err)
	if errors.Is(err, context.Canceled) {
		return
	}
	m.fleet.fails(m.tag, err)
	if !m.fleet.outcomes {
		m.fleet.ended(true)
	}
}
