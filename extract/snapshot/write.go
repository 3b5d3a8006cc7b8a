package snapshot

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"iamctl/extract/jsonfile"
	"iamctl/internal/atomicfile"
	"iamctl/internal/inputfile"
	"iamctl/inventory"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"
)

// Stats counts the files of a snapshot by what Write did to them.
type Stats struct {
	Added, Changed, Removed, Unchanged int
}

// Write makes the snapshot in dir that of the account. It makes dir
// with the folders above it if they are missing, writes the files that
// differ, and removes those of entities that are gone. A folder that is used
// for something else is refused.
//
// After an error, and when the process is killed, Read returns the old snapshot
// or the new one, never a mixture, or ErrPending until the next Write. Files are readable by their owner alone.
func Write(dir string, a *inventory.Account) (Stats, error) {
	entries, err := layout(sorted(a))
	if err != nil {
		return Stats{}, err
	}
	f, err := openFolder(dir)
	if err != nil {
		return Stats{}, fmt.Errorf("write the snapshot: %w", err)
	}
	defer f.close()
	stats, err := f.write(entries, &stager{folder: f, workers: 2 * runtime.GOMAXPROCS(0)})
	if err != nil {
		atomicfile.RemoveFolders(f.made)
		return Stats{}, fmt.Errorf("write the snapshot %s: %w", dir, err)
	}
	return stats, nil
}

func (f *folder) write(entries []entry, s *stager) (Stats, error) {
	if err := f.check(); err != nil {
		return Stats{}, err
	}
	if err := f.finish(); err != nil {
		return Stats{}, err
	}
	if err := f.clean(); err != nil {
		return Stats{}, err
	}
	if err := s.stage(entries); err != nil {
		_ = f.clean() // Read passes it over, and the next Write removes it
		return Stats{}, err
	}
	if s.Added+s.Changed+s.Removed == 0 {
		return s.Stats, nil
	}
	if err := f.step("commit", func() error { return f.root.Rename(stagingName, pendingName) }); err != nil {
		_ = f.clean()
		return Stats{}, err
	}
	err := atomicfile.SyncFolder(f.dir)
	if err == nil {
		err = f.finish()
	}
	if err != nil {
		return Stats{}, fmt.Errorf("it is written, but not all files are in their places yet; run again to complete it: %w", err)
	}
	return s.Stats, nil
}

// stager prepares the files that differ in the staging folder.
type stager struct {
	*folder
	Stats
	workers int
	mu      sync.Mutex
	// open are the folders of the staging folder, by their paths in it.
	open map[string]*os.Root
}

func (s *stager) stage(entries []entry) error {
	defer s.closeAll() // an open folder cannot be moved everywhere
	placed, err := list(s.root.FS(), "")
	if err != nil {
		return err
	}
	gone := map[string]bool{}
	for _, p := range placed {
		gone[p] = true
	}
	var g errgroup.Group
	g.SetLimit(s.workers)
	for _, e := range entries {
		exists := gone[e.path]
		delete(gone, e.path)
		g.Go(func() error { return s.compare(e, exists) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return s.finishStage(slices.DeleteFunc(placed, func(p string) bool { return !gone[p] }))
}

// finishStage writes the journal, if there is anything to do, with the files
// that are to be removed.
func (s *stager) finishStage(remove []string) error {
	s.Removed = len(remove)
	if s.Added+s.Changed+s.Removed == 0 {
		return nil
	}
	data, err := json.Marshal(journal{Remove: append([]string{}, remove...)})
	if err != nil {
		return err
	}
	if err := s.put(journalName, data); err != nil {
		return err
	}
	return atomicfile.SyncTree(filepath.Join(s.dir, stagingName))
}

// compare stages a file if it is new or differs from the one that is there.
func (s *stager) compare(e entry, exists bool) error {
	data, err := jsonfile.Encode(e.value())
	if err != nil {
		return fmt.Errorf("%s: %w", e.path, err)
	}
	count := &s.Added
	if exists {
		old, err := inputfile.ReadFS(context.Background(), s.root.FS(), e.path, e.path, inputfile.Entity)
		if err != nil {
			return err
		}
		if count = &s.Changed; bytes.Equal(old, data) {
			count = &s.Unchanged
		}
	}
	s.mu.Lock()
	*count++
	s.mu.Unlock()
	if count == &s.Unchanged {
		return nil
	}
	return s.put(e.path, data)
}

func (s *stager) put(name string, data []byte) error {
	in, err := s.in(path.Dir(name))
	if err != nil {
		return err
	}
	return s.step("stage "+name, func() error { return in.WriteFile(path.Base(name), data, filePerm) })
}

// in returns a folder of the staging folder, which is made when it is first asked for.
func (s *stager) in(name string) (*os.Root, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if in := s.open[name]; in != nil {
		return in, nil
	}
	at := path.Join(stagingName, name)
	if err := s.root.MkdirAll(at, folderPerm); err != nil {
		return nil, err
	}
	in, err := s.root.OpenRoot(at)
	if err != nil {
		return nil, err
	}
	if s.open == nil {
		s.open = map[string]*os.Root{}
	}
	s.open[name] = in
	return in, nil
}

func (s *stager) closeAll() {
	for _, in := range s.open {
		in.Close()
	}
	s.open = nil
}
