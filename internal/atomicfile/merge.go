package atomicfile

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// merge moves what lies in stage into the folder final, in place of the files of
// the same names and of the stale ones, the markers first out and last in. After
// an error everything is back where it was.
func (m *merger) merge(opt Options) error {
	if err := m.plan(opt.Markers); err != nil {
		return err
	}
	j, err := openJournal(m.final)
	if err != nil {
		return err
	}
	if opt.Stale != nil {
		m.findStale(opt.Stale(m.final, j.names))
	}
	old, err := m.aside()
	if err != nil {
		return err
	}
	defer old.remove()
	if err := j.begin(slices.Concat(m.stale, m.files, m.marked)); err != nil {
		return err
	}
	if err := m.run(opt.Markers); err != nil {
		if back := m.undo(); back != nil {
			return fmt.Errorf("%w; and putting back what was there failed too: %w", err, back)
		}
		j.back()
		return err
	}
	old.remove()
	j.end()
	return nil
}

// merger does the moves and remembers how to undo them.
type merger struct {
	stage, final string
	// folders and files are relative paths in order; marked are the files
	// that are markers, and stale those that go.
	folders, files, marked, stale []string
	old                           string
	undos                         []func() error
	// before is called before each move, in tests.
	before func()
}

// plan lists what there is to do and refuses what would destroy a folder or
// put a file where one is, before anything is touched.
func (m *merger) plan(markers []string) error {
	return filepath.WalkDir(m.stage, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == m.stage {
			return err
		}
		rel, err := filepath.Rel(m.stage, path)
		if err != nil {
			return err
		}
		switch info, err := os.Lstat(filepath.Join(m.final, rel)); {
		case err == nil && info.IsDir() != e.IsDir():
			return fmt.Errorf("%s is a folder on one side and a file on the other; remove it", rel)
		case err == nil && e.IsDir():
			return nil
		case e.IsDir():
			m.folders = append(m.folders, rel)
		case slices.Contains(markers, filepath.ToSlash(rel)):
			m.marked = append(m.marked, rel)
		default:
			m.files = append(m.files, rel)
		}
		return nil
	})
}

// findStale keeps those of the names that are regular files of the folder itself
// and are not replaced.
func (m *merger) findStale(names []string) {
	for _, name := range names {
		if name == "" || filepath.Base(name) != name || slices.Contains(m.stale, name) ||
			slices.Contains(m.files, name) || slices.Contains(m.marked, name) {
			continue
		}
		if info, err := os.Lstat(filepath.Join(m.final, name)); err == nil && info.Mode().IsRegular() {
			m.stale = append(m.stale, name)
		}
	}
}

// aside makes the hidden folder for the files that are replaced.
func (m *merger) aside() (*aside, error) {
	d := &Dir{final: m.final}
	if err := d.makeStage(m.final, 0o700); err != nil {
		return nil, err
	}
	m.old = d.stage
	return &aside{d}, nil
}

type aside struct{ d *Dir }

func (a *aside) remove() { a.d.end() }

func (m *merger) run(markers []string) error {
	for _, rel := range markers {
		if err := m.putAside(filepath.FromSlash(rel)); err != nil {
			return err
		}
	}
	if err := SyncFolder(m.final); err != nil {
		return err
	}
	for _, rel := range slices.Concat(m.stale, m.files) {
		if err := m.putAside(rel); err != nil {
			return err
		}
	}
	if err := SyncFolder(m.final); err != nil {
		return err
	}
	if err := m.place(m.files); err != nil {
		return err
	}
	return m.place(m.marked)
}

// place makes the folders that are still missing and moves the files in.
func (m *merger) place(files []string) error {
	touched := map[string]bool{m.final: true}
	for _, rel := range m.folders {
		path := filepath.Join(m.final, rel)
		info, err := os.Stat(filepath.Join(m.stage, rel))
		if err != nil {
			return err
		}
		if err := os.Mkdir(path, info.Mode().Perm()); err != nil {
			return err
		}
		m.undos = append(m.undos, func() error { return os.Remove(path) })
		touched[path] = true
	}
	m.folders = nil
	for _, rel := range files {
		if err := m.putAside(rel); err != nil {
			return err
		}
		if err := m.move(filepath.Join(m.stage, rel), filepath.Join(m.final, rel)); err != nil {
			return err
		}
		touched[filepath.Dir(filepath.Join(m.final, rel))] = true
	}
	for path := range touched {
		if err := SyncFolder(path); err != nil {
			return err
		}
	}
	return nil
}

// putAside moves the file that is in the way, if there is one.
func (m *merger) putAside(rel string) error {
	path := filepath.Join(m.final, rel)
	info, err := os.Lstat(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fmt.Errorf("%s is a folder; remove it", rel)
	}
	return m.move(path, filepath.Join(m.old, strconv.Itoa(len(m.undos))))
}

func (m *merger) move(from, to string) error {
	if m.before != nil {
		m.before()
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	m.undos = append(m.undos, func() error { return os.Rename(to, from) })
	return nil
}

// undo takes everything back, the last step first, so that the markers come
// back last.
func (m *merger) undo() error {
	for i := len(m.undos) - 1; i >= 0; i-- {
		if err := m.undos[i](); err != nil {
			return err
		}
	}
	return SyncFolder(m.final)
}
