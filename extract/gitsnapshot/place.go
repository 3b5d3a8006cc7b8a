package gitsnapshot

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo"
)

// ErrNoHistory is wrapped by the errors for sources that are not in git.
var ErrNoHistory = errors.New("it has no history in git")

// Place is a snapshot folder in a git repository, as of a commit.
type Place struct {
	repo *gitrepo.Repo
	// commit is the id of the commit.
	commit string
	// path is from the repository's top.
	path string
	// name is the folder as it was written.
	name string
}

// Commit returns the full id of the commit.
func (p *Place) Commit() string { return p.commit }

// Locate finds a source in git. The place of git:REV:PATH is at that
// revision; that of a folder of the work tree is where the current commit has
// it, without what was changed since. Relative paths are as seen from
// workdir. A source that is not in git, such as a profile or a folder that
// was never committed, is an ErrNoHistory with the reason.
func Locate(ctx context.Context, spec extract.Spec, workdir string) (*Place, error) {
	var p *Place
	var err error
	switch spec.Kind {
	case extract.Git:
		p, err = locateRevision(ctx, spec, workdir)
	case extract.Folder:
		p, err = locateFolder(ctx, spec, workdir)
	default:
		err = fmt.Errorf("%w: only snapshot folders have one, and this is a %s", ErrNoHistory, spec.Kind)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec, err)
	}
	return p, nil
}

func locateRevision(ctx context.Context, spec extract.Spec, workdir string) (*Place, error) {
	repo, err := gitrepo.Open(ctx, orHere(workdir))
	if err != nil {
		return nil, err
	}
	p := &Place{repo: repo, name: spec.Name}
	if p.path, err = repo.Path(spec.Name); err != nil {
		return nil, err
	}
	p.commit, err = repo.Resolve(ctx, spec.Rev)
	return p, err
}

func locateFolder(ctx context.Context, spec extract.Spec, workdir string) (*Place, error) {
	dir := spec.Name
	if !filepath.IsAbs(dir) {
		// Not filepath.Join: ".." behind a link is above what it leads to.
		dir = orHere(workdir) + string(filepath.Separator) + dir
	}
	repo, err := gitrepo.Open(ctx, dir)
	if errors.Is(err, gitrepo.ErrNoRepository) || errors.Is(err, gitrepo.ErrNoGit) {
		return nil, fmt.Errorf("%w: %w", ErrNoHistory, err)
	}
	if err != nil {
		return nil, err
	}
	p := &Place{repo: repo, name: spec.Name}
	inTree := false
	if p.path, inTree = repo.Prefix(); !inTree {
		return nil, fmt.Errorf("%w: it is a folder of git's own", ErrNoHistory)
	}
	p.commit, err = repo.Resolve(ctx, "HEAD")
	if errors.Is(err, gitrepo.ErrNoCommit) {
		return nil, fmt.Errorf("%w: %w", ErrNoHistory, err)
	}
	if err != nil {
		return nil, err
	}
	return p, p.committed(ctx)
}

// committed reports whether the commit has a snapshot there.
func (p *Place) committed(ctx context.Context) error {
	head := snapshot.Parts()[0]
	fsys, err := p.repo.Tree(ctx, p.commit, p.path, gitrepo.Selection{
		Want: func(name string, _ bool) bool { return name == head },
	})
	switch {
	case errors.Is(err, gitrepo.ErrNotThere), err == nil && fsys.ID(head) == "":
		return fmt.Errorf("%w: the current commit does not have it", ErrNoHistory)
	}
	return err
}

func orHere(dir string) string {
	if dir == "" {
		return "."
	}
	return dir
}
