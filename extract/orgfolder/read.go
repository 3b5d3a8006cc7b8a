package orgfolder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"iamctl/extract"
	"iamctl/extract/jsonfile"
	"iamctl/internal/inputfile"
	"iamctl/inventory"
)

// maxPolicies is how many files of policies are read. An organisation has 10,000 of each type
// at most (AWS Organizations User Guide, "Quotas for AWS Organizations").
const maxPolicies = 25_000

// maxDocuments is how many bytes the documents of all policies may have.
const maxDocuments = 512 << 20

// Read reads the organisation in dir. Errors name the file, line and column. Files may have
// been edited by hand, but an unknown field, an id that occurs twice or a missing field is an
// error, since it would otherwise go unseen. Documents are not parsed.
func Read(ctx context.Context, dir string) (*inventory.Organization, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read the organisation: %w", err)
	}
	defer root.Close()
	return readFS(ctx, root.FS(), dir)
}

func readFS(ctx context.Context, fsys fs.FS, dir string) (*inventory.Organization, error) {
	o, err := readOrganization(ctx, fsys, dir)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("read the organisation %s: %w", dir, err)
	}
	files, size := map[string]string{}, 0
	for _, e := range entries {
		if !isPolicy(e.Name()) {
			continue
		}
		if len(o.Policies) >= maxPolicies {
			return nil, fmt.Errorf("%s: it has more than %d control policies, the most that are read", dir, maxPolicies)
		}
		p, err := readPolicy(ctx, fsys, dir, e.Name())
		if err != nil {
			return nil, err
		}
		if other, ok := files[p.ID]; ok {
			return nil, fmt.Errorf("%s: the control policy %q is in %s already; remove one of the files", filepath.Join(dir, e.Name()), p.ID, other)
		}
		if size += len(p.Document); size > maxDocuments {
			return nil, fmt.Errorf("%s: its control policies have more than %d MiB, the most that is read", dir, maxDocuments>>20)
		}
		files[p.ID] = e.Name()
		o.Policies = append(o.Policies, *p)
	}
	o.Sort()
	return o, nil
}

func readOrganization(ctx context.Context, fsys fs.FS, dir string) (*inventory.Organization, error) {
	name := filepath.Join(dir, FileName)
	data, err := inputfile.ReadFS(ctx, fsys, FileName, name, inputfile.Organization)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w: it has no %s; a write may have been interrupted: take it again", dir, ErrNoOrganization, FileName)
	}
	if err != nil {
		return nil, err
	}
	if err := checkHead(name, data); err != nil {
		return nil, err
	}
	var f organizationFile
	if err := jsonfile.Decode(name, data, &f); err != nil {
		return nil, err
	}
	o, err := f.from()
	if err == nil {
		err = checkTree(o)
	}
	if err != nil {
		return nil, &extract.FileError{File: name, Line: 1, Column: 1, Err: err}
	}
	return o, nil
}

func readPolicy(ctx context.Context, fsys fs.FS, dir, file string) (*inventory.ControlPolicy, error) {
	name := filepath.Join(dir, file)
	data, err := inputfile.ReadFS(ctx, fsys, file, name, inputfile.ControlPolicy)
	if err != nil {
		return nil, err
	}
	var f policyFile
	if err := jsonfile.Decode(name, data, &f); err != nil {
		return nil, err
	}
	p, err := f.from()
	if err == nil && !strings.HasPrefix(file, prefixOf(p.Type)) {
		err = fmt.Errorf("a policy of the type %s belongs into a file whose name begins with %s", p.Type, prefixOf(p.Type))
	}
	if err != nil {
		return nil, &extract.FileError{File: name, Line: 1, Column: 1, Err: err}
	}
	return p, nil
}
