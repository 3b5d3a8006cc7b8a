package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"iamctl/internal/visible"
	"iamctl/result"
)

// progress shows how far the accounts are: a line each on a terminal,
// otherwise one line when an account is done, and nothing when quiet. Of more than a few
// accounts it is a line for all of them: see fleetProgress.
type progress struct {
	terminal io.Writer // nil for none
	out      io.Writer
	clock    func() time.Time
	mu       sync.Mutex
	shown    *mpb.Progress // nil while there are no bars
	// fleet are the accounts that are being read, nil where each has a line of its own.
	fleet *fleetProgress
	// outcomes says that accounts of a fleet have ended when ended is told, and not once
	// they are read.
	outcomes bool
}

func newProgress(e *env, quiet bool) *progress {
	p := &progress{out: e.stderr, clock: e.now}
	switch {
	case quiet:
		p.out = io.Discard
	case e.stderrTerminal && e.getenv("TERM") != "dumb":
		p.terminal = e.rawStderr
	}
	return p
}

// bars returns the bars of a terminal.
func (p *progress) bars() *mpb.Progress {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown == nil {
		p.shown = mpb.New(mpb.WithOutput(p.terminal), mpb.WithWidth(40))
	}
	return p.shown
}

// wait ends the bars. It must be called before anything else is printed; there may be others
// afterwards.
func (p *progress) wait() {
	p.endFleet()
	p.mu.Lock()
	bars := p.shown
	p.shown = nil
	p.mu.Unlock()
	if bars != nil {
		bars.Wait()
	}
}

func (p *progress) line(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintln(p.out, visible.Escape(fmt.Sprintf(format, args...)))
}

// account begins one account's line.
func (p *progress) account(tag string) *step {
	s := &step{progress: p, tag: tag}
	s.show()
	return s
}

// step is the progress of one account. Its methods may be called from
// several goroutines.
type step struct {
	progress *progress
	tag      string
	mu       sync.Mutex
	bar      *mpb.Bar // nil while none is shown
	ended    bool
	now      string
	done     int
	total    int         // 0 is not known
	slow     *time.Timer // shows an account among many; nil for none
}

// show shows the account's bar, on a terminal.
func (s *step) show(o ...mpb.BarOption) {
	s.mu.Lock()
	if s.progress.terminal != nil && !s.ended {
		s.bar = s.progress.bars().New(0, mpb.BarStyle(), append(o,
			mpb.PrependDecorators(before(s.text)),
			mpb.AppendDecorators(decor.Any(s.counter)))...)
	}
	s.mu.Unlock()
	s.fill()
}

// textWidth is how much room the text before a bar has: that of a fleet of thousands of
// accounts, so that the bars of all lines begin at one place.
const textWidth = 42

// fill makes the bar, if there is one, as long as the account is read. The bar asks for the
// text meanwhile, so that mu is free.
func (s *step) fill() {
	s.mu.Lock()
	bar, done, total := s.bar, s.done, s.total
	s.mu.Unlock()
	if bar != nil {
		bar.SetTotal(int64(max(total, done+1)), false)
		bar.SetCurrent(int64(done))
	}
}

// counter returns how much of how much is read, as far as that is known.
func (s *step) counter(decor.Statistics) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.total > 0:
		return fmt.Sprintf("%d/%d", s.done, s.total)
	case s.done > 0:
		return fmt.Sprint(s.done)
	}
	return ""
}

// before is what stands before a bar. Each line begins at the margin, whatever the terminal
// showed of a key such as Ctrl-C where the next one is drawn: it would be broken over two.
func before(text func() string) decor.Decorator {
	return decor.Any(func(decor.Statistics) string { return "\r" + text() }, decor.WC{W: textWidth, C: decor.DindentRight})
}

func (s *step) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return visible.Escape(s.tag + ": " + s.now)
}

// set notes what is going on and returns the bar, nil for none.
func (s *step) set(now string) *mpb.Bar {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
	return s.bar
}

// Stage shows what is being read and how far it is; total 0 is not known.
func (s *step) Stage(what string, done, total int) {
	s.mu.Lock()
	s.now, s.done, s.total = what, done, total
	s.mu.Unlock()
	s.fill()
}

// Waiting shows why nothing moves for a while.
func (s *step) Waiting(reason string, wait time.Duration) {
	if wait < longWait {
		return
	}
	s.waits(reason, wait)
	if s.progress.terminal == nil {
		s.progress.line("%s: %s; next try in %s", s.tag, reason, wait.Round(time.Second))
	}
}

// waits notes why nothing moves for a while.
func (s *step) waits(reason string, wait time.Duration) {
	// A line of a terminal is short, and the reason may be long.
	s.set(fmt.Sprintf("waits %s: %s", wait.Round(time.Second), reason))
}

// longWait is the shortest wait that is shown.
const longWait = 2 * time.Second

// Done ends the line with the number of what was read. What was not, reports say.
func (s *step) Done(n int, noun string, _ int) {
	text := count(n, noun) + " read"
	s.finish(text)
	if s.progress.terminal == nil {
		s.progress.line("%s: %s", s.tag, text)
	}
}

// count returns a number with its noun.
func count(n int, noun string) string { return result.Count(n, noun, noun+"s") }

// Failed ends the line of an account that could not be read; the reason follows.
func (s *step) Failed(error) { s.finish("failed") }

func (s *step) finish(text string) {
	bar := s.set(text)
	s.mu.Lock()
	s.ended = true
	if s.slow != nil {
		s.slow.Stop()
	}
	s.mu.Unlock()
	if bar != nil {
		bar.SetTotal(-1, true)
	}
}

// newAsking returns what shows on a line of its own which rule is asked, once the accounts
// are read.
func newAsking(p *progress) func(account, rule string, done, total int) {
	var s *step
	return func(account, rule string, done, total int) {
		if s == nil {
			p.wait()
			s = p.account("rules")
		}
		if done < total {
			s.Stage(account+" "+rule, done, total)
			return
		}
		s.finish("asked")
		p.wait()
		s = nil // of an earlier moment, and then of now
	}
}
