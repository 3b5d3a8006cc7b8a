// Package atomicfile writes files and folders that appear whole or not at
// all, whatever happens to the process in between.
//
// What is in the making lies beside its place under a hidden name that
// begins with TempPrefix. A killed run leaves such a thing behind; the next
// run in the same place removes it. A run that is still alive is known by its
// lock and left alone. One run at a time holds a folder that it makes.
package atomicfile

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write writes the file at path: all that write writes, or nothing. An
// older file of that name stays as it is until the new one is complete, and
// where an error is returned. A symbolic link is followed, unless it leads out of
// its folder: a *LinkError. The folder must exist.
//
// perm is taken for a new file and for one that is replaced, less the umask.
// The writer that write is given is buffered.
func Write(path string, perm fs.FileMode, write func(io.Writer) error) error {
	target, err := fileAt(path)
	if err != nil {
		return explain("write", path, "", err)
	}
	folder := filepath.Dir(target)
	sweep(folder, func(fs.DirEntry) bool { return false })
	tmp, err := newTemp(folder, perm)
	if err != nil {
		return explain("write", path, "", err)
	}
	defer tmp.discard()
	if err := tmp.fill(write); err != nil {
		return explain("write", path, tmp.path, err)
	}
	if err := os.Rename(tmp.path, target); err != nil {
		return explain("write", path, tmp.path, err)
	}
	if err := syncFolder(folder); err != nil {
		return explain("write", path, "", err)
	}
	return nil
}

// fileAt returns where the file at path really lies. Anything but a regular file
// or nothing is an error: a rename would destroy it.
func fileAt(path string) (string, error) {
	if err := Inside(path); err != nil {
		return "", err
	}
	info, err := os.Lstat(path)
	if os.IsNotExist(err) {
		return path, nil
	}
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			info, err = os.Stat(path)
		}
	}
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return "", errIsFolder
	case !info.Mode().IsRegular():
		return "", errNotRegular
	}
	return path, nil
}

// temp is a file in the making.
type temp struct {
	*os.File
	path string
	lock *Lock
}

func newTemp(folder string, perm fs.FileMode) (*temp, error) {
	for {
		path := tempName(folder)
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if lock, ok := mark(path); ok {
			return &temp{File: f, path: path, lock: lock}, nil
		}
		f.Close()
	}
}

func (t *temp) fill(write func(io.Writer) error) error {
	b := bufio.NewWriterSize(t, 64<<10)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if err := t.Sync(); err != nil {
		return err
	}
	return t.Close()
}

// discard removes what is still there of the temporary file: nothing, after
// the rename.
func (t *temp) discard() {
	t.Close()
	os.Remove(t.path)
	t.lock.Release()
}

// errIsFolder and errNotRegular say why a path cannot become a file.
var (
	errIsFolder   = fmt.Errorf("it is a folder; give the name of a file")
	errNotRegular = fmt.Errorf("it is no regular file; give another name")
)
