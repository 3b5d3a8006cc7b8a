package harvest

import (
	"cmp"
	"context"
	"sync"
	"time"

	"iamctl/compare"
	"iamctl/extract/live"
)

// gate holds back the writing of accounts until all that are read at the same time are
// known by their ids, or have failed: two that turn out to be one are a mistake, after
// which nothing is written.
type gate struct {
	mu      sync.Mutex
	changed *sync.Cond
	unknown map[string]bool
	// seen are the accounts that have been in unknown: none comes back.
	seen map[string]bool
	// mistake is why nobody may pass any more, nil if that is not so.
	mistake error
}

func newGate() *gate {
	g := &gate{unknown: map[string]bool{}, seen: map[string]bool{}}
	g.changed = sync.NewCond(&g.mu)
	return g
}

// enter notes an account that is being read, or is about to be.
func (g *gate) enter(tag string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.seen[tag] {
		g.seen[tag], g.unknown[tag] = true, true
	}
}

func (g *gate) known(tag string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.unknown, tag)
	g.changed.Broadcast()
}

// shut lets nobody pass any more.
func (g *gate) shut(mistake error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.mistake = mistake
	g.changed.Broadcast()
}

// pass waits until all accounts are known. An error is that the account may not be written.
func (g *gate) pass(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.changed.Broadcast()
	})()
	g.mu.Lock()
	defer g.mu.Unlock()
	for len(g.unknown) > 0 && g.mistake == nil && ctx.Err() == nil {
		g.changed.Wait()
	}
	return cmp.Or(g.mistake, ctx.Err())
}

// watch is a compare.Progress that notices when an account is known by its id: what comes
// after that is another stage.
type watch struct {
	next  compare.Progress // nil for none
	known func()
	once  sync.Once
}

func (w *watch) Stage(what string, done, total int) {
	if what != live.StageIdentity {
		w.once.Do(w.known)
	}
	if w.next != nil {
		w.next.Stage(what, done, total)
	}
}

func (w *watch) Waiting(reason string, wait time.Duration) {
	if w.next != nil {
		w.next.Waiting(reason, wait)
	}
}

func (w *watch) Done(n int, noun string, gaps int) {
	if w.next != nil {
		w.next.Done(n, noun, gaps)
	}
}

func (w *watch) Failed(err error) {
	if w.next != nil {
		w.next.Failed(err)
	}
}
