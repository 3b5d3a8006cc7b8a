package snapshot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"iamctl/extract/jsonfile"
	"iamctl/internal/atomicfile"
	"iamctl/internal/inputfile"

	"github.com/go-json-experiment/json"
)

const (
	filePerm   = 0o600
	folderPerm = 0o700
)

// lockWait is how long a run waits for another one on the same snapshot, and
// lockPoll how often it looks. Even a large one is written in seconds.
const (
	lockWait = time.Minute
	lockPoll = 5 * time.Millisecond
)

// ErrNoSnapshot is wrapped by the error for a folder that is not a snapshot.
var ErrNoSnapshot = errors.New("not a snapshot folder")

// folder is a snapshot folder that is open and locked.
type folder struct {
	dir  string
	root *os.Root
	lock *atomicfile.Lock
	made []string // folders that were made for it
	// before is called before each change on disk, in tests.
	before func(step string) error
}

// openFolder opens the folder for writing, and makes it if it is missing.
func openFolder(dir string) (*folder, error) {
	made, err := atomicfile.MakeFolders(dir, folderPerm)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, made: made, before: func(string) error { return nil }}
	if err := f.open(context.Background(), true); err != nil {
		f.close()
		atomicfile.RemoveFolders(made)
		return nil, err
	}
	return f, nil
}

func (f *folder) open(ctx context.Context, alone bool) error {
	info, err := os.Stat(f.dir)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s: %w: it is a file", f.dir, ErrNoSnapshot)
	}
	if err != nil {
		return err
	}
	if f.root, err = os.OpenRoot(f.dir); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, lockWait, fmt.Errorf("%s: another run is at work in it; try again when that has ended", f.dir))
	defer cancel()
	for {
		f.lock, err = atomicfile.TryLock(f.dir, alone)
		if !errors.Is(err, atomicfile.ErrLocked) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(lockPoll):
		}
	}
}

func (f *folder) close() {
	f.lock.Release()
	if f.root != nil {
		f.root.Close()
	}
}

// strangers are the files that a folder may hold before its first snapshot.
var strangers = []string{".git", ".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "README", "README.md", "README.txt", "LICENSE", stagingName}

// check refuses a folder that somebody uses for something else.
func (f *folder) check() error {
	if _, err := f.root.Stat(path.Join(pendingName, journalName)); err == nil {
		return nil
	}
	data, err := inputfile.ReadFS(context.Background(), f.root.FS(), accountName, filepath.Join(f.dir, accountName), inputfile.Entity)
	if err == nil {
		var head struct {
			Format  text `json:"format"`
			Version int  `json:"version"`
		}
		if err := json.Unmarshal(data, &head); err != nil {
			return fmt.Errorf("%w; mend the file, or remove the folder to begin anew", jsonfile.Fault(filepath.Join(f.dir, accountName), data, err))
		}
		return checkHead(filepath.Join(f.dir, accountName), string(head.Format), head.Version)
	}
	if !isNotExist(err) {
		return err
	}
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !slices.Contains(strangers, e.Name()) {
			return fmt.Errorf("%s: %w: it has no %s but holds %q; give a new or empty folder", f.dir, ErrNoSnapshot, accountName, e.Name())
		}
	}
	return nil
}

// checkHead refuses a file of another format, or of a later version.
func checkHead(file, format string, version int) error {
	switch {
	case format != formatName:
		return fmt.Errorf("%w: %s is of the format %q, not %q; give another folder", ErrNoSnapshot, file, format, formatName)
	case version < 1 || version > formatVersion:
		return fmt.Errorf("%s: the snapshot has the format version %d, but this iamctl knows only version %d; use the iamctl that wrote it, or a newer one", file, version, formatVersion)
	}
	return nil
}

// noSnapshot returns the error for a folder without account.json, with what the
// user may have meant.
func (r *reader) noSnapshot() error {
	next := "make one with: iamctl snapshot SOURCE --dir FOLDER"
	entries, _ := fs.ReadDir(r.fsys, ".")
	var inside []string
	for _, e := range entries {
		if _, err := fs.Stat(r.fsys, path.Join(e.Name(), accountName)); err == nil && e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			inside = append(inside, r.name(e.Name()))
		}
	}
	if holds := holding(r.fsys); holds != "" {
		return fmt.Errorf("%s: %w: it has %s, but no %s; restore that file, from git for example, or take the snapshot anew in an empty folder", r.label, ErrNoSnapshot, holds, accountName)
	}
	if len(inside) > 0 {
		next = "the snapshots lie below it: " + strings.Join(inside, ", ")
	}
	return fmt.Errorf("%s: %w: it has no %s; %s", r.label, ErrNoSnapshot, accountName, next)
}

func isNotExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
