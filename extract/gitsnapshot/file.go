package gitsnapshot

import (
	"context"
	"errors"
	"fmt"
	"path"

	"iamctl/extract"
	"iamctl/internal/gitrepo"
	"iamctl/internal/inputfile"
)

// ReadFile reads the file that git:REV:PATH names, of a kind that limits its size.
func ReadFile(ctx context.Context, spec extract.Spec, workdir string, kind inputfile.Kind) ([]byte, error) {
	p, err := locateRevision(ctx, spec, workdir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec, err)
	}
	folder, file := path.Split(p.path)
	tree, err := p.repo.Tree(ctx, p.commit, path.Clean("/" + folder)[1:], gitrepo.Selection{
		Want: func(name string, dir bool) bool { return name == file && !dir },
	})
	if err == nil && tree.ID(file) == "" {
		err = gitrepo.ErrNotThere
	}
	if errors.Is(err, gitrepo.ErrNotThere) {
		return nil, fmt.Errorf("%s: %w, %s; see what is there with: git ls-tree -r --name-only %s", spec, err, p.commit[:10], p.commit[:10])
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec, err)
	}
	return inputfile.ReadFS(ctx, tree, file, spec.String(), kind)
}
