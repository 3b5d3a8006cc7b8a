package main

import (
	"context"
	"os"
	"sync"
	"time"
)

// interruptGrace is how long a run may take to end by itself after Ctrl-C. What
// compares one large role has no place to stop at.
const interruptGrace = 700 * time.Millisecond

// interrupted ends the program soon after ctx has ended, unless the run has ended by
// itself by then. stop lets a second Ctrl-C end it at once, as without a handler.
func interrupted(ctx context.Context, e *env, stop func(), ended <-chan struct{}) {
	<-ctx.Done()
	stop()
	select {
	case <-ended:
		return
	case <-time.After(interruptGrace):
	}
	e.unfinished.discard()
	os.Exit(exitCode(e, ctx.Err()))
}

// unfinished is the output of a run until it is committed.
type unfinished struct {
	mu  sync.Mutex
	out *output
}

// set makes out what is unfinished; nil is nothing.
func (u *unfinished) set(out *output) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.out = out
}

// commit commits the output. Meanwhile nothing can discard it: what is half moved
// is for the next run, as after a kill.
func (u *unfinished) commit(out *output) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.out = nil
	return out.Dir.Commit()
}

// discard removes what is unfinished, unless it is being committed.
func (u *unfinished) discard() {
	if !u.mu.TryLock() {
		return
	}
	defer u.mu.Unlock()
	if u.out != nil {
		u.out.discard()
	}
}
