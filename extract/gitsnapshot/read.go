package gitsnapshot

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/internal/gitrepo"
	"iamctl/inventory"
)

// Read reads the snapshot that a source git:REV:PATH names. Errors name the
// source, or the file in it with line and column.
func Read(ctx context.Context, spec extract.Spec, workdir string) (*inventory.Account, error) {
	if spec.Kind != extract.Git {
		return nil, fmt.Errorf("%s: it is a %s, not git:REV:PATH", spec, spec.Kind)
	}
	p, err := Locate(ctx, spec, workdir)
	if err != nil {
		return nil, err
	}
	objects, err := p.repo.Objects(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec, err)
	}
	defer objects.Close()
	id, err := objects.Folder(p.commit, p.path)
	if errors.Is(err, gitrepo.ErrNotThere) {
		return nil, fmt.Errorf("%s: %w, %s; %s", spec, err, p.commit[:10], p.nextFor(objects, spec))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", spec, err)
	}
	var reader snapshot.Reader
	a, _, err := readTree(ctx, objects, id, spec.String(), &reader)
	if err != nil {
		return nil, err
	}
	a.Commit = p.commit
	return a, nil
}

// readTree reads the snapshot whose folder has that id.
func readTree(ctx context.Context, objects *gitrepo.Objects, id, label string, reader *snapshot.Reader) (*inventory.Account, snapshot.Delta, error) {
	fsys, err := objects.Tree(id, gitrepo.Selection{Want: snapshot.Wanted, Known: reader.Knows})
	if err != nil {
		return nil, snapshot.Delta{}, fmt.Errorf("%s: %w", label, err)
	}
	return reader.Read(ctx, fsys, label)
}

// nextFor returns what to do about a path that is not at the commit. Often it
// was meant from the repository's top.
func (p *Place) nextFor(objects *gitrepo.Objects, spec extract.Spec) string {
	prefix, _ := p.repo.Prefix()
	top := strings.TrimPrefix(path.Clean(filepath.ToSlash(spec.Name)), "/")
	if prefix != "" && !strings.HasPrefix(top, "..") {
		if _, err := objects.Folder(p.commit, top); err == nil {
			spec.Name = strings.Repeat("../", strings.Count(prefix, "/")+1) + top
			return fmt.Sprintf("the path is relative to the current folder: write %s", spec)
		}
	}
	return fmt.Sprintf("see what is there with: git ls-tree -r --name-only %s", p.commit[:10])
}
