package compare

import (
	"context"
	"errors"
	"fmt"

	"iamctl/diff"
	"iamctl/extract/gitsnapshot"
	"iamctl/result"
)

// historyLimit is how many commits are looked at to find the first that shows a
// drift.
const historyLimit = 200

// history holds the first commit that shows a drift, by fingerprint. A nil
// history knows none.
type history struct {
	commits map[string]*result.Commit
}

// first returns the first commit that shows a drift, nil if that is not known.
func (h *history) first(fingerprint string) *result.Commit {
	if h == nil {
		return nil
	}
	return h.commits[fingerprint]
}

// lookBack finds the first commit that shows a drift, for every drift, if a source
// is in git. A side that is not in git is taken as it is now. A history that cannot
// be read is noted, and does not fail the run.
func (c *comparison) lookBack(ctx context.Context, changes *diff.Changes) (*history, error) {
	if !changes.Drift() {
		return nil, nil
	}
	places, err := c.places(ctx)
	if err != nil || places == [2]*gitsnapshot.Place{} {
		return nil, err
	}
	b := newBacktrack(c, changes)
	walk := gitsnapshot.NewWalk(places[0], places[1], historyLimit)
	for moment, err := range walk.All(ctx) {
		if err == nil {
			err = b.step(ctx, moment)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			c.Note(fmt.Sprintf("since when the drift stands is not wholly known: %v", err))
			break
		}
		if len(b.active) == 0 {
			break
		}
	}
	b.finish(walk.End())
	return &b.history, nil
}

// places returns where the sources are in git, nil for one that is not.
func (c *comparison) places(ctx context.Context) (places [2]*gitsnapshot.Place, err error) {
	for i, s := range c.sides {
		place, err := gitsnapshot.Locate(ctx, s.Spec, ".")
		switch {
		case err == nil:
			places[i] = place
		case ctx.Err() != nil:
			return places, ctx.Err()
		case !errors.Is(err, gitsnapshot.ErrNoHistory):
			c.Note(fmt.Sprintf("since when the drift stands is not known: %v", err))
		}
	}
	return places, nil
}
