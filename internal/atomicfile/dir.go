package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Options say how a folder is made.
type Options struct {
	// Perm is what a new folder may be used for, less the umask. A folder
	// that is there already keeps its own.
	Perm fs.FileMode
	// Markers are files, relative to the folder, that vouch for all the
	// others. In a folder that has content they are removed first and moved
	// in last: while a marker is missing, the folder is not to be trusted.
	Markers []string
}

// Dir is a folder of files in the making. Files are written below Path, by
// as many goroutines as one likes; Commit brings them all to their place.
//
// What Commit does depends on what it finds:
//
//   - Nothing, or an empty folder: the files lie in a hidden folder beside,
//     which is renamed. They all appear at one moment.
//   - A folder with content, or an empty one that cannot be replaced (a
//     mount point, the working folder, somebody else's): the files lie in a
//     hidden folder within it and are moved one by one, which takes
//     milliseconds. Files of the same name are replaced, others stay. If a
//     move fails, the moves before it are taken back. If the process is
//     killed meanwhile, the markers are missing.
type Dir struct {
	final   string
	name    string // as the caller wrote it, for errors
	opt     Options
	stage   string
	lock    *Lock
	inside  bool
	parents []string // folders made for this one, outermost first
	done    bool
}

// NewDir begins the folder final. Missing folders above it are made. The
// caller ends with Commit or Discard; Discard after Commit does nothing, so
// that it can be deferred.
func NewDir(final string, opt Options) (*Dir, error) {
	d := &Dir{name: final, opt: opt}
	if err := d.begin(); err != nil {
		d.Discard()
		return nil, explain("make the folder", final, d.stage, err)
	}
	return d, nil
}

// Folder makes the folder final from what fill writes below dir: a Dir for
// callers with all the work in one function.
func Folder(final string, opt Options, fill func(dir string) error) error {
	d, err := NewDir(final, opt)
	if err != nil {
		return err
	}
	defer d.Discard()
	if err := fill(d.Path()); err != nil {
		return d.Blame(err)
	}
	return d.Commit()
}

// Blame puts the name of the final place into an error of writing below Path,
// for the user never heard of the hidden one.
func (d *Dir) Blame(err error) error {
	if err == nil || !strings.Contains(err.Error(), d.stage) {
		return err
	}
	return &blamed{strings.ReplaceAll(err.Error(), d.stage, d.name), err}
}

type blamed struct {
	text string
	err  error
}

func (b *blamed) Error() string { return b.text }
func (b *blamed) Unwrap() error { return b.err }

// Path returns where the files are to be written.
func (d *Dir) Path() string { return d.stage }

// Commit brings the files to disk and to their place. After an error the
// folder is as it was before, and nothing is left beside it.
func (d *Dir) Commit() error {
	if d.done {
		return fmt.Errorf("make the folder %s: it is done already", d.name)
	}
	err := SyncTree(d.stage)
	if err == nil && d.inside {
		err = merge(d.stage, d.final, d.opt.Markers)
	} else if err == nil {
		err = d.rename()
	}
	if err != nil {
		d.Discard()
		return explain("make the folder", d.name, d.stage, err)
	}
	d.end()
	return nil
}

// Discard throws the files away, and the folders that were made for them.
func (d *Dir) Discard() {
	if d.done {
		return
	}
	d.end()
	RemoveFolders(d.parents)
}

func (d *Dir) end() {
	d.done = true
	if d.stage != "" {
		os.RemoveAll(d.stage)
	}
	d.lock.Release()
}

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

// probe puts the new folder, still empty, in the place of the empty one that
// is there, to learn early whether that works, and makes another. A mount
// point shows only when one tries.
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

// MakeFolders makes a folder with those above it that are missing, and returns
// the new ones, the outermost first. After an error none of them is left.
func MakeFolders(path string, perm fs.FileMode) ([]string, error) {
	var missing []string
	for p := filepath.Clean(path); ; p = filepath.Dir(p) {
		if _, err := os.Stat(p); !errors.Is(err, fs.ErrNotExist) || p == filepath.Dir(p) {
			break
		}
		missing = append(missing, p)
	}
	slices.Reverse(missing)
	for i, p := range missing {
		if err := os.Mkdir(p, perm); err != nil && !errors.Is(err, fs.ErrExist) {
			RemoveFolders(missing[:i])
			return nil, explain("make the folder", p, "", err)
		}
	}
	return missing, nil
}

// RemoveFolders takes back what MakeFolders made, as far as it is empty.
func RemoveFolders(made []string) {
	for i := len(made) - 1; i >= 0; i-- {
		os.Remove(made[i])
	}
}

// errNoFolder and errFilled say why a folder cannot be made.
var (
	errNoFolder = fmt.Errorf("a file of that name is there; remove it or give another folder")
	errFilled   = fmt.Errorf("another run has filled it meanwhile; nothing of this one was kept, run again")
)
