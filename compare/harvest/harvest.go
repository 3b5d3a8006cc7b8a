// Package harvest reads many accounts side by side and writes each as a snapshot as soon
// as it is read, while others are being read in its place. What is in memory is what is in
// flight. An account that cannot be read or written is an outcome with its reason and stops
// no other.
package harvest

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"iamctl/compare"
	"iamctl/extract"
	"iamctl/extract/ledger"
	"iamctl/extract/snapshot"
	"iamctl/inventory"
)

// Options say how accounts are read and where they go.
type Options struct {
	// Reader reads the accounts. Run adds to its Progress and Called.
	Reader *compare.Reader
	// Folder returns the folder for the snapshot of the account with a tag.
	Folder func(tag string) string
	// Ledger is told what becomes of each account; nil for none.
	Ledger *ledger.Ledger
	// Suspended are accounts that are not read, and Gone reports whether an account's source
	// does not name it any more: both are for the ledger. Gone may be nil.
	Suspended []compare.Side
	Gone      func(source extract.Spec) bool
	// Concurrency is how many accounts are read at a time. As many again may be waiting to be
	// written, or being written.
	Concurrency int
	// Resume leaves out what the ledger has: accounts read less than MaxAge ago, or, where
	// that is 0, since the beginning of the last run if that did not come to its end.
	Resume bool
	MaxAge time.Duration
	// LastUsed writes when roles were last used.
	LastUsed bool
	// Now is the clock.
	Now func() time.Time
	// Ended is called as each account ends, one at a time; it may be nil.
	Ended func(Outcome)
}

// Outcome is what became of an account.
type Outcome struct {
	Side   compare.Side
	Folder string
	ID     string
	Status ledger.Status
	// Skipped reports that the account was not read again, and Status is the ledger's.
	Skipped bool
	// Err is why the account was not read or not written.
	Err error
	// Reason says in short why the status is not ledger.OK.
	Reason string
	// Gaps are what could not be read, where there is no ledger.
	Gaps []inventory.Gap
	// Stats are about the snapshot's files.
	Stats snapshot.Stats
	// NoLastUsed reports that the source does not say when roles were last used, which was
	// asked for.
	NoLastUsed bool
}

// Run reads accounts and writes their snapshots. The outcomes have the order of the
// sides. An error is that the run could not go on: a mistake in what was asked for, the
// ledger that cannot be written, or the context's.
//
// Without a ledger, that two profiles reach one account is such a mistake, and none of the
// accounts is written that are read at the same time; with one it is the outcome of
// whichever comes later.
func Run(ctx context.Context, sides []compare.Side, o Options) ([]Outcome, error) {
	h := &run{Options: o, sides: sides, outcomes: make([]Outcome, len(sides)), calls: make(map[string]*atomic.Int64, len(sides)), gate: newGate()}
	h.listen()
	due, err := h.plan(ctx)
	if err != nil {
		return nil, err
	}
	h.Reader.Begin("", len(due))
	if err := h.all(ctx, due); err != nil {
		return h.outcomes, err
	}
	if h.Ledger != nil {
		err = h.Ledger.End(h.Now())
	}
	return h.outcomes, err
}

type run struct {
	Options
	sides    []compare.Side
	outcomes []Outcome
	// calls counts those of each account, by tag.
	calls map[string]*atomic.Int64
	gate  *gate
	ended sync.Mutex
}

// listen has the reader tell what the run wants to know.
func (h *run) listen() {
	for _, s := range h.sides {
		h.calls[s.Tag] = new(atomic.Int64)
	}
	r := h.Reader
	r.Called = func(tag string) {
		if n := h.calls[tag]; n != nil {
			n.Add(1)
		}
	}
	begin := r.Progress
	r.Progress = func(tag string) compare.Progress {
		h.gate.enter(tag)
		w := &watch{known: func() { h.gate.known(tag) }}
		if begin != nil {
			w.next = begin(tag)
		}
		return w
	}
}

// all reads and writes the accounts that are due.
func (h *run) all(ctx context.Context, due []int) error {
	sides := make([]compare.Side, len(due))
	for k, i := range due {
		sides[k] = h.sides[i]
		if k < h.Concurrency {
			h.gate.enter(sides[k].Tag)
		}
	}
	writing, within := errgroup.WithContext(ctx)
	writing.SetLimit(h.Concurrency)
	err := h.Reader.Each(within, sides, h.Concurrency, func(_ context.Context, k int, a *inventory.Account, err error) error {
		if err := h.known(sides[k], err); err != nil {
			return err
		}
		writing.Go(func() error {
			if within.Err() != nil {
				return within.Err()
			}
			out, err := h.one(within, sides[k], a, err)
			if err != nil {
				return err
			}
			return h.note(due[k], out)
		})
		return nil
	})
	return cmp.Or(writing.Wait(), err, ctx.Err())
}

// known tells the gate that an account is known, or cannot be read. An error stops the run.
func (h *run) known(s compare.Side, err error) error {
	if h.Ledger == nil && errors.Is(err, compare.ErrOneAccount) {
		h.gate.shut(err)
		return err
	}
	h.gate.known(s.Tag)
	return nil
}

// one writes an account that was read, if it was. An error stops the run.
func (h *run) one(ctx context.Context, s compare.Side, a *inventory.Account, err error) (Outcome, error) {
	out := Outcome{Side: s, Folder: h.Folder(s.Tag)}
	if s.Member != nil {
		out.ID = s.Member.ID
	}
	if err != nil {
		return out.failed(err), nil
	}
	if h.Ledger == nil {
		if err := h.gate.pass(ctx); err != nil {
			return out, err
		}
	}
	if err := out.is(s, a); err != nil {
		return out.failed(err), nil
	}
	return h.write(ctx, out, a), nil
}

// write writes an account as a snapshot.
func (h *run) write(ctx context.Context, out Outcome, a *inventory.Account) Outcome {
	if err := sameAccount(ctx, out.Folder, a); err != nil {
		return out.failed(err)
	}
	if !h.LastUsed {
		a.ForgetLastUsed()
	}
	out.NoLastUsed = h.LastUsed && len(a.Roles) > 0 && !a.KnowsLastUsed()
	stats, err := snapshot.Write(out.Folder, a)
	if err != nil {
		return out.failed(err)
	}
	out.Stats = stats
	return out.read(a)
}

// note keeps the outcome of an account.
func (h *run) note(i int, out Outcome) error {
	var err error
	if h.Ledger != nil {
		err = h.Ledger.Put(h.entry(out))
		out.Gaps = nil // the reason is enough of thousands
	}
	h.outcomes[i] = out
	if h.Ended != nil {
		h.ended.Lock()
		defer h.ended.Unlock()
		h.Ended(out)
	}
	return err
}
