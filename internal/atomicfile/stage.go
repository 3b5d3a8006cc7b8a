package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

func (d *Dir) begin() error {
	final, err := filepath.Abs(d.name)
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(final); err == nil {
		final = real
	}
	d.final = final
	info, err := os.Lstat(final)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if d.parents, err = MakeFolders(filepath.Dir(final), d.opt.Perm); err != nil {
			return err
		}
		return d.beginIn(filepath.Dir(final), d.opt.Perm)
	case err != nil:
		return err
	case !info.IsDir():
		return errNoFolder
	}
	if replaceable(final, info) && d.beginIn(filepath.Dir(final), info.Mode().Perm()) == nil {
		if err := d.probe(info.Mode()); err == nil {
			return nil
		}
		d.end()
		d.done = false
	}
	d.inside = true
	return d.beginIn(final, d.opt.Perm)
}

// beginIn makes the hidden folder within another one.
func (d *Dir) beginIn(folder string, perm fs.FileMode) error {
	sweep(folder)
	for {
		d.stage = tempName(folder)
		err := os.Mkdir(d.stage, perm|0o700)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		var ok bool
		if d.lock, ok = hold(d.stage); ok {
			return nil
		}
	}
}

// probe replaces the empty folder that is there by the new one, still empty,
// to learn early whether that works, and makes another new one. Only trying
// shows a mount point.
func (d *Dir) probe(mode fs.FileMode) error {
	if err := os.Chmod(d.stage, mode.Perm()|mode&fs.ModeSetgid); err != nil {
		return err
	}
	if err := replaceFolder(d.stage, d.final); err != nil {
		return err
	}
	d.lock.Release()
	if err := d.beginIn(filepath.Dir(d.final), mode.Perm()); err != nil {
		return err
	}
	return os.Chmod(d.stage, mode.Perm()|mode&fs.ModeSetgid|0o700)
}

func (d *Dir) rename() error {
	err := replaceFolder(d.stage, d.final)
	if errors.Is(err, fs.ErrExist) || errors.Is(err, syscall.ENOTDIR) {
		return errFilled
	}
	if err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(d.final))
}

// replaceable reports whether an empty folder can be replaced by another
// without anybody noticing.
func replaceable(path string, info fs.FileInfo) bool {
	if here, err := os.Stat("."); err != nil || os.SameFile(here, info) || !ownedByUs(info) {
		return false
	}
	return isEmpty(path)
}

func isEmpty(path string) bool {
	entries, err := os.ReadDir(path)
	return err == nil && len(entries) == 0
}

// errNoFolder and errFilled say why a folder cannot be made.
var (
	errNoFolder = fmt.Errorf("a file of that name is there; remove it or give another folder")
	errFilled   = fmt.Errorf("another run has filled it meanwhile; nothing of this one was kept, run again")
)
