package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// beginTries bounds how often another run may make or remove the folder between
// a look at it and the hold on it.
const beginTries = 10

func (d *Dir) begin() error {
	if err := Inside(d.name); err != nil {
		return err
	}
	final, err := filepath.Abs(d.name)
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(final); err == nil {
		final = real
	}
	d.final = final
	for range beginTries {
		if err = d.tryBegin(); !errors.Is(err, errMoved) {
			return err
		}
	}
	return err
}

// tryBegin holds the folder and makes the stage: beside a folder that is missing
// or empty, else within it. errMoved if the folder is not what it was.
func (d *Dir) tryBegin() error {
	info, err := os.Lstat(d.final)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return d.beginMissing()
	case err != nil:
		return err
	case !info.IsDir():
		return errNoFolder
	}
	if replaceable(d.final, info) {
		err := d.beginBeside(info.Mode())
		if err == nil || errors.Is(err, ErrLocked) || errors.Is(err, errMoved) {
			return err
		}
		d.abandon() // a mount point, or nothing can be made beside it
	}
	return d.beginInside()
}

func (d *Dir) beginMissing() error {
	made, err := MakeFolders(filepath.Dir(d.final), d.opt.Perm)
	if err != nil {
		return err
	}
	d.parents = append(d.parents, made...)
	if err := d.holdBeside(); err != nil {
		return err
	}
	if _, err := os.Lstat(d.final); !errors.Is(err, fs.ErrNotExist) {
		d.abandon()
		return errMoved
	}
	return d.makeStage(filepath.Dir(d.final), d.opt.Perm)
}

func (d *Dir) beginBeside(mode fs.FileMode) error {
	if err := d.holdBeside(); err != nil {
		return err
	}
	if info, err := os.Lstat(d.final); err != nil || !replaceable(d.final, info) {
		d.abandon()
		return errMoved
	}
	if err := d.makeStage(filepath.Dir(d.final), mode.Perm()); err != nil {
		return err
	}
	return d.probe(mode)
}

func (d *Dir) beginInside() (err error) {
	if d.hold, err = hold(filepath.Join(d.final, LockName)); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return errMoved
		}
		return err
	}
	if !isAt(d.hold.f, filepath.Join(d.final, LockName)) {
		d.abandon()
		return errMoved
	}
	d.inside = true
	// What a killed run left beside may be there too.
	d.sweepBeside()
	sweep(d.final, fs.DirEntry.IsDir)
	return d.makeStage(d.final, d.opt.Perm)
}

// holdBeside holds a folder by a lock beside it.
func (d *Dir) holdBeside() (err error) {
	d.hold, err = hold(lockBeside(d.final))
	if errors.Is(err, fs.ErrNotExist) {
		return errMoved
	}
	if err != nil {
		return err
	}
	d.sweepBeside()
	return nil
}

func (d *Dir) sweepBeside() {
	sweep(filepath.Dir(d.final), func(e fs.DirEntry) bool { return e.IsDir() && strings.HasPrefix(e.Name(), stagePrefix(d.final)) })
}

// abandon takes back what a try made.
func (d *Dir) abandon() {
	d.end()
	d.done, d.stage = false, ""
}

// stagePrefix begins the name of the hidden folder for a folder.
func stagePrefix(final string) string { return TempPrefix + nameHash(final) + "-" }

// makeStage makes the hidden folder within another one.
func (d *Dir) makeStage(folder string, perm fs.FileMode) error {
	for {
		d.stage = filepath.Join(folder, stagePrefix(d.final)+randomName())
		err := os.Mkdir(d.stage, perm|0o700)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		var ok bool
		if d.lock, ok = mark(d.stage); ok {
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
	if err := d.makeStage(filepath.Dir(d.final), mode.Perm()); err != nil {
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

// errMoved is for a folder that another run made, filled or removed meanwhile.
var errMoved = fmt.Errorf("another run made or removed it meanwhile; run again")

// errNoFolder and errFilled say why a folder cannot be made.
var (
	errNoFolder = fmt.Errorf("a file of that name is there; remove it or give another folder")
	errFilled   = fmt.Errorf("another run has filled it meanwhile; nothing of this one was kept, run again")
)
