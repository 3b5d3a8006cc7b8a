package snapshot

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"

	"iamctl/extract"
	"iamctl/extract/jsonfile"
	"iamctl/internal/inputfile"
	"iamctl/inventory"
	"iamctl/policy"
)

// Read reads the snapshot in dir. Errors name the file, line and column.
//
// Documents come back as compact JSON text; they are not parsed. Files may
// have been edited by hand: any file name, any order and either form of a
// document will do, but an unknown field, a name that occurs twice or a
// missing field is an error, since it would otherwise go unseen.
func Read(ctx context.Context, dir string) (*inventory.Account, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := &folder{dir: dir}
	defer f.close()
	if err := f.open(ctx, false); err != nil {
		return nil, fmt.Errorf("read the snapshot: %w", err)
	}
	r := newReader(f.root.FS(), dir)
	r.root = f.root
	return r.all(ctx)
}

// ID returns the id of the account whose snapshot is in dir, as Head does.
func ID(ctx context.Context, dir string) (string, error) {
	a, err := Head(ctx, dir)
	if err != nil {
		return "", err
	}
	return a.ID, nil
}

// Head returns what account.json says of the account whose snapshot is in dir, without
// reading the rest. The error is that of Read where there is no snapshot, or where a write
// was interrupted.
func Head(ctx context.Context, dir string) (*inventory.Account, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	r := &reader{fsys: root.FS(), label: dir, join: func(label, p string) string { return filepath.Join(label, p) }}
	if err := settled(r.fsys); err != nil {
		return nil, fmt.Errorf("read the snapshot %s: %w", dir, err)
	}
	return r.account(ctx)
}

// ReadFS reads the snapshot that is the root of fsys. Errors call it label,
// which is the path of a folder.
func ReadFS(ctx context.Context, fsys fs.FS, label string) (*inventory.Account, error) {
	return newReader(fsys, label).all(ctx)
}

func newReader(fsys fs.FS, label string) *reader {
	return &reader{fsys: fsys, label: label, join: func(label, p string) string {
		return filepath.Join(label, filepath.FromSlash(p))
	}}
}

type reader struct {
	fsys fs.FS
	// root is fsys on disk, nil for what is elsewhere.
	root  *os.Root
	label string
	// join puts a name behind the label.
	join func(label, name string) string
	// known returns what is in a file without reading it, or nil. It may be
	// nil itself.
	known func(path string) any
	// files are all but account.json.
	files []string
	// read holds what is in the files: a *Role, *Policy, *version, *User, *Group or *uses.
	read []any
}

// all reads the snapshot.
func (r *reader) all(ctx context.Context) (*inventory.Account, error) {
	if err := settled(r.fsys); err != nil {
		return nil, fmt.Errorf("read the snapshot %s: %w", r.label, err)
	}
	files, err := list(r.fsys, "")
	if err != nil {
		return nil, fmt.Errorf("read the snapshot %s: %w", r.label, err)
	}
	at, ok := slices.BinarySearch(files, accountName)
	if !ok {
		return nil, r.noSnapshot()
	}
	r.files = slices.Delete(files, at, at+1)
	account, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.entities(ctx); err != nil {
		return nil, err
	}
	if err := r.collect(account); err != nil {
		return nil, err
	}
	account.Sort()
	return account, nil
}

func (r *reader) account(ctx context.Context) (*inventory.Account, error) {
	var f accountFile
	name := r.name(accountName)
	data, err := inputfile.ReadFS(ctx, r.fsys, accountName, name, inputfile.Entity)
	if err != nil {
		return nil, err
	}
	var head struct {
		Format  text `json:"format"`
		Version int  `json:"version"`
	}
	// The version first: a later one may have fields that are not known here.
	if err := json.Unmarshal(jsonfile.WithoutBOM(data), &head); err == nil {
		if err := checkHead(name, string(head.Format), head.Version); err != nil {
			return nil, err
		}
	}
	if err := jsonfile.Decode(name, data, &f); err != nil {
		return nil, err
	}
	if err := jsonfile.Required("format", f.Format, "id", f.ID, "partition", f.Partition, "version", f.Version); err != nil {
		return nil, &extract.FileError{File: name, Line: 1, Column: 1, Err: err}
	}
	a := f.from()
	if a.ID != "" && !policy.IsAccountID(a.ID) {
		err := fmt.Errorf("the field \"id\" is %q, which is no account's id; write its twelve digits", a.ID)
		return nil, &extract.FileError{File: name, Line: 1, Column: 1, Err: err}
	}
	return &a, nil
}

// largeFile is the size of a file whose memory is not kept for the next.
const largeFile = 1 << 20

// entities reads all files but account.json, several at once. Of several
// faults the first in the order of the files is returned.
func (r *reader) entities(ctx context.Context) error {
	folders, err := r.open()
	defer folders.close()
	if err != nil {
		return err
	}
	r.read = make([]any, len(r.files))
	errs := make([]error, len(r.files))
	unread := make([]int, 0, len(r.files))
	for i := range r.files {
		if r.known != nil {
			r.read[i] = r.known(r.files[i])
		}
		if r.read[i] == nil {
			unread = append(unread, i)
		}
	}
	// A goroutine for many files: the stack that decoding needs grows once in each.
	var next atomic.Int64
	var g errgroup.Group
	for range 2 * runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			var buf []byte
			for {
				n := int(next.Add(1)) - 1
				if n >= len(unread) || ctx.Err() != nil {
					return nil
				}
				i := unread[n]
				data, err := r.data(ctx, folders, r.files[i], buf)
				if err != nil {
					errs[i] = err
					continue
				}
				r.read[i], errs[i] = entityOf(r.files[i], r.name(r.files[i]), data)
				if buf = data; cap(buf) > largeFile {
					buf = nil
				}
			}
		})
	}
	_ = g.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// entityOf returns what is in a file.
func entityOf(file, name string, data []byte) (any, error) {
	switch path.Dir(file) {
	case rolesName:
		return readAs(name, data, (*roleFile).from)
	case usersName:
		return readAs(name, data, (*userFile).from)
	case groupsName:
		return readAs(name, data, (*groupFile).from)
	case versionsName:
		return readAs(name, data, (*versionFile).from)
	case ".":
		return readAs(name, data, (*lastUsedFile).from)
	}
	return readAs(name, data, (*policyFile).from)
}
