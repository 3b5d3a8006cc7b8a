package gitsnapshot

import (
	"context"
	"errors"
	"fmt"
	"path"

	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo"
	"iamctl/inventory"
)

// lane is one side of a walk.
type lane struct {
	place   *Place
	history *gitrepo.History
	// order is the place of each commit in the history.
	order map[string]int
	// at is the commit that the side is at.
	at      int
	objects *gitrepo.Objects
	reader  snapshot.Reader
	// folder is the id of what was read last, account and delta what is in
	// it.
	folder  string
	account *inventory.Account
	delta   snapshot.Delta
	// oldest is the last commit at which the snapshot was read. began is
	// true if there is none before it.
	oldest Commit
	began  bool
}

// parts returns the paths that hold the snapshot.
func (p *Place) parts() (paths []string) {
	for _, part := range snapshot.Parts() {
		paths = append(paths, path.Join(p.path, part))
	}
	return paths
}

func (l *lane) start(ctx context.Context, limit int, paths []string) (err error) {
	l.at, l.folder, l.reader, l.order = 0, "", snapshot.Reader{}, map[string]int{}
	l.oldest, l.began = Commit{}, false
	if l.history, err = l.place.repo.Log(ctx, l.place.commit, limit, paths...); err != nil {
		return err
	}
	for i, c := range l.history.Commits {
		l.order[c.Hash] = i
	}
	l.objects, err = l.place.repo.Objects(ctx)
	return err
}

func (l *lane) close() {
	if l.objects != nil {
		l.objects.Close()
		l.objects = nil
	}
}

// head returns the commit that the side is at.
func (l *lane) head() Commit { return l.history.Commits[l.at] }

// later reports whether the side comes to the commit yet.
func (l *lane) later(hash string) bool {
	i, ok := l.order[hash]
	return ok && i > l.at
}

// read reads the snapshot as it is at the commit, or says why the walk ends
// there.
func (l *lane) read(ctx context.Context) (*End, error) {
	if len(l.history.Commits) == 0 {
		return &End{Reason: Missing}, nil
	}
	err := l.readHead(ctx)
	switch {
	case err == nil:
		l.oldest = l.head()
		return nil, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, gitrepo.ErrNotThere), errors.Is(err, snapshot.ErrNoSnapshot):
		l.began = l.oldest.Hash != ""
		return &End{Reason: Missing, Commit: l.head()}, nil
	}
	return &End{Reason: Unreadable, Commit: l.head(), Err: err}, nil
}

func (l *lane) readHead(ctx context.Context) error {
	label := fmt.Sprintf("git:%s:%s", l.head().Short(), l.place.name)
	id, err := l.objects.Folder(l.head().Hash, l.place.path)
	if err != nil {
		return fmt.Errorf("%s: %w", label, err)
	}
	if id == l.folder {
		l.delta = snapshot.Delta{}
		return nil
	}
	if l.account, l.delta, err = readTree(ctx, l.objects, id, label, &l.reader); err != nil {
		return err
	}
	l.folder = id
	return nil
}
