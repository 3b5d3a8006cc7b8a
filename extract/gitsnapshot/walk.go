package gitsnapshot

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path"

	"iamctl/internal/gitrepo"
)

// Commit is a commit of the history.
type Commit = gitrepo.Commit

// Walk goes back through the history of up to two snapshots, from the commits
// at which they were located to older ones.
//
// Each branch is followed along its first parents: the states that the branch
// itself was in, one after the other. What came by a merge is the merge's.
// Two snapshots on one branch are always of the same commit; of two branches,
// what they have in common is, and the rest is ordered by time.
//
// To find since when there is a drift, look for the oldest moment up to which
// every one shows it. If that is the last of the walk, End reports whether the
// drift began there.
type Walk struct {
	a, b  *lane
	limit int
	end   End
}

// NewWalk prepares a walk of at most limit moments. Either place may be nil.
// Nothing is read before All.
func NewWalk(a, b *Place, limit int) *Walk {
	w := &Walk{limit: limit}
	if a != nil {
		w.a = &lane{place: a}
	}
	if b != nil {
		w.b = &lane{place: b}
	}
	return w
}

// All returns the moments, newest first. An error is the last that it yields:
// git failed, or the context has ended. A state that cannot be read is no
// error, but ends the walk.
func (w *Walk) All(ctx context.Context) iter.Seq2[Moment, error] {
	return func(yield func(Moment, error) bool) {
		w.end = End{Reason: Stopped}
		defer w.close()
		end, err := w.all(ctx, yield)
		if err == nil && end.Reason != Stopped {
			end, err = w.moved(ctx, end)
		}
		if err != nil {
			yield(Moment{}, err)
			return
		}
		w.end = end
	}
}

func (w *Walk) all(ctx context.Context, yield func(Moment, error) bool) (End, error) {
	if err := w.start(ctx); err != nil {
		return End{}, err
	}
	for n := 1; ; n++ {
		m, end, err := w.moment(ctx)
		if err != nil {
			return End{}, err
		}
		if end != nil {
			return *end, nil
		}
		if !yield(m, nil) {
			return End{Reason: Stopped}, nil
		}
		if end := w.older(n); end != nil {
			return *end, nil
		}
	}
}

// moved returns end, or a Moved one if the history seems to begin only because
// its first commit moved a snapshot.
func (w *Walk) moved(ctx context.Context, end End) (End, error) {
	if !end.Whole() {
		return end, nil
	}
	for _, l := range w.lanes() {
		if !l.began {
			continue
		}
		head := l.place.parts()[0]
		from, err := l.place.repo.MovedFrom(ctx, l.oldest.Hash, head)
		if err != nil {
			return end, err
		}
		if path.Base(from) == path.Base(head) {
			return End{Reason: Moved, Commit: l.oldest, From: path.Dir(from)}, nil
		}
	}
	return end, nil
}

// End says why the walk came to an end. It is valid once All has yielded its
// last moment.
func (w *Walk) End() End { return w.end }

func (w *Walk) lanes() (lanes []*lane) {
	for _, l := range []*lane{w.a, w.b} {
		if l != nil {
			lanes = append(lanes, l)
		}
	}
	return lanes
}

// start lists the commits of both sides. Two sides in one repository stop at
// each other's commits too, so that both are seen as of the same commit.
func (w *Walk) start(ctx context.Context) error {
	if w.limit < 1 {
		return errors.New("a limit of at least one moment is wanted")
	}
	for _, l := range w.lanes() {
		var paths []string
		for _, other := range w.lanes() {
			if other.place.repo.Same(l.place.repo) {
				paths = append(paths, other.place.parts()...)
			}
		}
		if err := l.start(ctx, w.limit, paths); err != nil {
			return fmt.Errorf("the history of %s: %w", l.place.name, err)
		}
	}
	return nil
}

func (w *Walk) close() {
	for _, l := range w.lanes() {
		l.close()
	}
}
