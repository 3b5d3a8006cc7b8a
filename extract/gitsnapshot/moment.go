package gitsnapshot

import (
	"context"

	"iamctl/extract/snapshot"
	"iamctl/inventory"
)

// Moment is what two snapshots were at the same time.
type Moment struct {
	// Commit is the first that shows this state: the one that changed
	// either snapshot to it.
	Commit Commit
	// A and B are the accounts, nil for a side that has no history.
	// Accounts share what they have in common: they may not be changed.
	A, B *inventory.Account
	// DeltaA and DeltaB are what differs from the moment that came before
	// this one in the walk, which is the next newer one.
	DeltaA, DeltaB snapshot.Delta
}

// moment reads both sides as they are now.
func (w *Walk) moment(ctx context.Context) (m Moment, end *End, err error) {
	if len(w.lanes()) == 0 {
		return m, &End{Reason: Missing}, nil
	}
	for _, l := range w.lanes() {
		if end, err := l.read(ctx); end != nil || err != nil {
			return m, end, err
		}
	}
	if l := w.a; l != nil {
		m.A, m.DeltaA = l.account, l.delta
	}
	if l := w.b; l != nil {
		m.B, m.DeltaB = l.account, l.delta
	}
	m.Commit = w.newest()[0].head()
	return m, nil, nil
}

// newest returns the sides whose commit is the newer one: both, if it is the
// same.
func (w *Walk) newest() []*lane {
	lanes := w.lanes()
	if len(lanes) == 1 {
		return lanes
	}
	a, b := w.a.head(), w.b.head()
	switch {
	case a.Hash == b.Hash:
		return lanes
	case w.b.later(a.Hash):
		return lanes[1:]
	case w.a.later(b.Hash), !b.Time.After(a.Time):
		return lanes[:1]
	}
	return lanes[1:]
}

// older goes back to the moment before the n-th, or says why there is none.
func (w *Walk) older(n int) *End {
	back := w.newest()
	for _, l := range back {
		if l.at+1 == len(l.history.Commits) && !l.history.More {
			l.began, l.oldest = true, l.head()
			reason := Beginning
			if l.history.Cut {
				reason = Shallow
			}
			return &End{Reason: reason, Commit: l.head()}
		}
	}
	if n == w.limit {
		return &End{Reason: Limit, Commit: back[0].head()}
	}
	for _, l := range back {
		l.at++
	}
	return nil
}
