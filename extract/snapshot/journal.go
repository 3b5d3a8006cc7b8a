package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"iamctl/extract/jsonfile"
	"iamctl/internal/atomicfile"
	"iamctl/internal/inputfile"

	"github.com/go-json-experiment/json"
)

// The hidden folders of a write, and the list of files to remove in them:
// see the package comment.
const (
	stagingName = ".iamctl-staging"
	pendingName = ".iamctl-pending"
	journalName = "journal.json"
)

// journal is what a write removes.
type journal struct {
	Remove []string `json:"remove"`
}

// ErrPending is wrapped by the error for a folder in which a write is not
// complete. What the pending files say is not in sight, in a review or anywhere
// else, so nobody reads them but the next Write, which completes it.
var ErrPending = errors.New("a write of this snapshot was interrupted")

// settled returns an error where a write is pending.
func settled(fsys fs.FS) error {
	if _, err := fs.Lstat(fsys, pendingName); isNotExist(err) {
		return nil
	} else if err != nil {
		return err
	}
	return fmt.Errorf("%w: it has %s; complete it with: iamctl snapshot, or remove that if it is not yours", ErrPending, pendingName)
}

// readJournal returns nil where no write is pending.
func readJournal(fsys fs.FS) (*journal, error) {
	name := path.Join(pendingName, journalName)
	if _, err := fs.Stat(fsys, pendingName); isNotExist(err) {
		return nil, nil
	}
	data, err := inputfile.ReadFS(context.Background(), fsys, name, name, inputfile.Entity)
	if err != nil {
		return nil, fmt.Errorf("%s: the record of an interrupted write cannot be read: %w; remove the folder %s and take the snapshot again", name, err, pendingName)
	}
	var j journal
	if err := json.Unmarshal(data, &j, json.RejectUnknownMembers(true)); err != nil {
		return nil, jsonfile.Fault(name, data, err)
	}
	for _, p := range j.Remove {
		if p != lastUsedName && !slices.Contains(folders, path.Dir(p)) || path.Clean(p) != p {
			return nil, fmt.Errorf("%s: %q is no file of a snapshot", name, p)
		}
	}
	return &j, nil
}

// finish moves the files of a pending write to their places. It may be
// stopped at any point and done again.
func (f *folder) finish() error {
	fsys := f.root.FS()
	j, err := readJournal(fsys)
	if j == nil || err != nil {
		return err
	}
	if err := f.removeAll(j.Remove); err != nil {
		return err
	}
	moved, err := f.placeFolders()
	if err != nil {
		return err
	}
	moving, err := list(fsys, pendingName)
	if err != nil {
		return err
	}
	for _, p := range moving {
		if err := f.place(p); err != nil {
			return err
		}
	}
	f.removeEmpty(append([]string{policiesName}, folders...))
	if err := f.syncFolders(moved); err != nil {
		return err
	}
	if err := f.step("end", func() error { return f.root.Rename(pendingName, stagingName) }); err != nil {
		return err
	}
	if err := atomicfile.SyncFolder(f.dir); err != nil {
		return err
	}
	return f.clean()
}

// clean removes what is not valid any more, or not yet.
func (f *folder) clean() error {
	return f.step("clean", func() error { return f.root.RemoveAll(stagingName) })
}

// removeAll removes files by the names that the folders list. On a disk that
// does not distinguish case, removing "Foo.json" could hit the new "foo.json".
func (f *folder) removeAll(paths []string) error {
	placed, err := list(f.root.FS(), "")
	if err != nil {
		return err
	}
	for _, p := range paths {
		if _, there := slices.BinarySearch(placed, p); !there {
			continue
		}
		if err := f.step("remove "+p, func() error { return f.root.Remove(p) }); err != nil {
			return err
		}
	}
	return nil
}

// placeFolders moves the folders that the snapshot does not have yet, which is one step for
// all of their files, and returns them with those within them.
func (f *folder) placeFolders() (moved []string, err error) {
	for _, name := range []string{rolesName, policiesName, usersName, groupsName} {
		from := path.Join(pendingName, name)
		if info, err := f.root.Lstat(from); err != nil || !info.IsDir() {
			continue
		}
		if _, err := f.root.Lstat(name); !isNotExist(err) {
			continue
		}
		if err := f.step("place "+name, func() error { return f.root.Rename(from, name) }); err != nil {
			return nil, err
		}
		moved = append(moved, name)
		for _, inner := range folders {
			if path.Dir(inner) == name {
				moved = append(moved, inner)
			}
		}
	}
	return moved, nil
}

func (f *folder) place(p string) error {
	if dir := path.Dir(p); dir != "." {
		if err := f.root.MkdirAll(dir, folderPerm); err != nil {
			return err
		}
	}
	return f.step("place "+p, func() error { return f.root.Rename(path.Join(pendingName, p), p) })
}

// removeEmpty removes the folders that have become empty: git would not keep
// them either.
func (f *folder) removeEmpty(names []string) {
	for _, name := range slices.Backward(names) {
		if info, err := f.root.Lstat(name); err == nil && info.IsDir() {
			_ = f.root.Remove(name) // fails on those that are not empty, as it should
		}
	}
}

// syncFolders syncs the names in the folders of the snapshot, but for those that were moved
// as they are.
func (f *folder) syncFolders(moved []string) error {
	for _, name := range append([]string{".", policiesName}, folders...) {
		if slices.Contains(moved, name) {
			continue
		}
		if err := atomicfile.SyncFolder(filepath.Join(f.dir, filepath.FromSlash(name))); err != nil && !isNotExist(err) {
			return err
		}
	}
	return nil
}

func (f *folder) step(name string, do func() error) error {
	if err := f.before(name); err != nil {
		return err
	}
	return do()
}
