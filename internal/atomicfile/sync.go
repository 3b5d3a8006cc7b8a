package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// syncWorkers wait for the disk side by side: it commits many files in about
// the time of one.
const syncWorkers = 16

// SyncTree syncs every file and folder below dir, and dir itself, to disk.
func SyncTree(dir string) error {
	var folders []string
	var g errgroup.Group
	g.SetLimit(syncWorkers)
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			folders = append(folders, path)
		case e.Type().IsRegular():
			g.Go(func() error { return syncFile(path) })
		}
		return nil
	})
	if err := errors.Join(err, g.Wait()); err != nil {
		return err
	}
	for i := len(folders) - 1; i >= 0; i-- {
		if err := SyncFolder(folders[i]); err != nil {
			return err
		}
	}
	return nil
}

// SyncFolder syncs the names in a folder to disk, where the system can.
func SyncFolder(dir string) error { return syncFolder(dir) }

// ignorable reports whether err is that of a disk that cannot sync folders,
// not of one that failed to.
func ignorable(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, os.ErrPermission)
}
