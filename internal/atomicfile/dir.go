package atomicfile

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Options are for NewDir and Folder.
type Options struct {
	// Perm is what a new folder may be used for, less the umask. A folder
	// that is there already keeps its own.
	Perm fs.FileMode
	// Markers are files, relative to the folder, that vouch for all the
	// others. In a folder that has content they are removed first and moved
	// in last: while a marker is missing, the folder is not to be trusted.
	Markers []string
	// Stale returns the files of the folder that are left of what was in it
	// before, by their names: those that are not replaced go in the same step as
	// the new ones come. unfinished are the names of a commit that was killed:
	// some of its files may be there. Nil returns none.
	Stale func(folder string, unfinished []string) []string
}

// Dir is a folder of files in the making. Files are written below Path, by
// as many goroutines as one likes; Commit moves them all to their place. Until
// then no other run can begin the same folder: a *HeldError, at once. The hold
// ends with the process.
//
// What Commit does depends on what it finds:
//
//   - Nothing, or an empty folder: the files lie in a hidden folder beside,
//     which is renamed. They all appear at one moment.
//   - A folder with content, or an empty one that cannot be replaced (a
//     mount point, the working folder, somebody else's): the files lie in a
//     hidden folder within it and are moved one by one, which takes
//     milliseconds. Files of the same name and stale ones are moved out before,
//     so that old and new ones are never side by side; all others stay. If a
//     move fails, the moves before it are taken back. If the process is
//     killed meanwhile, the markers are missing, and a journal lists the files
//     for the run that follows.
type Dir struct {
	final   string
	name    string // as the caller wrote it, for errors
	opt     Options
	stage   string
	lock    *Lock // of the stage
	hold    *Lock // of the folder
	inside  bool
	parents []string // folders made for this one, outermost first
	done    bool
	before  func() // for tests: see merger
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

// Blame returns an error of writing below Path with the name of the final
// place, because the user does not know the hidden one.
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

// Commit syncs the files to disk and moves them to their place. After an error
// the folder is as it was before, and nothing is left beside it.
func (d *Dir) Commit() error {
	if d.done {
		return fmt.Errorf("make the folder %s: it is done already", d.name)
	}
	err := SyncTree(d.stage)
	if err == nil && d.inside {
		err = (&merger{stage: d.stage, final: d.final, before: d.before}).merge(d.opt)
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
	// Only now are they empty.
	RemoveFolders(d.parents)
}

func (d *Dir) end() {
	d.done = true
	if d.stage != "" {
		os.RemoveAll(d.stage)
	}
	d.lock.Release()
	d.hold.Release()
}
