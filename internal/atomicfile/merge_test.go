package atomicfile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stale returns names that begin with old, and what the journal has.
func stale(folder string, unfinished []string) []string {
	entries, _ := os.ReadDir(folder)
	names := slices.Clone(unfinished)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "old") {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestStaleGoInTheCommit(t *testing.T) {
	base := t.TempDir()
	final := filepath.Join(base, "out")
	put(t, filepath.Join(base, "old-beside"), "mine")
	put(t, filepath.Join(final, "old-1"), "old")
	put(t, filepath.Join(final, "old-same"), "old")
	put(t, filepath.Join(final, "old-folder", "f"), "mine")
	put(t, filepath.Join(final, "keep"), "mine")
	put(t, filepath.Join(final, "marker"), "old")
	put(t, filepath.Join(final, "half"), "of a run that was killed")
	// What a journal says is anybody's word.
	put(t, filepath.Join(final, JournalName), "half\nnone\n../old-beside\n"+filepath.Join(base, "old-beside")+"\n.\n..\nold-folder\nold-folder/f\nold-link\n")
	if err := os.Symlink(filepath.Join(base, "old-beside"), filepath.Join(final, "old-link")); err != nil {
		t.Fatal(err)
	}
	err := Folder(final, Options{Markers: []string{"marker"}, Stale: stale}, func(dir string) error {
		put(t, filepath.Join(dir, "old-same"), "new")
		put(t, filepath.Join(dir, "marker"), "new")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantTree(t, base, map[string]string{
		"old-beside": "mine", "out": "/", "out/old-same": "new", "out/old-folder": "/", "out/old-folder/f": "mine",
		"out/keep": "mine", "out/marker": "new", "out/old-link": "mine",
	})
}

// Stopped after any move, as if killed: old and new files are never side by side,
// and the next commit leaves nothing of either.
func TestStoppedCommit(t *testing.T) {
	for stop := range 8 {
		final := filepath.Join(t.TempDir(), "out")
		for _, name := range []string{"old-1", "old-2", "both", "marker"} {
			put(t, filepath.Join(final, name), "old")
		}
		put(t, filepath.Join(final, "keep"), "mine")
		d, err := NewDir(final, Options{Markers: []string{"marker"}, Stale: stale})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"new-1", "new-2", "both", "marker"} {
			put(t, filepath.Join(d.Path(), name), "new")
		}
		moves := 0
		d.before = func() {
			if moves++; moves > stop {
				panic("killed")
			}
		}
		func() {
			defer func() {
				d.before = func() {}
				if recover() == nil && stop < 8 {
					t.Fatalf("only %d moves", moves)
				}
			}()
			_ = d.Commit()
		}()
		seen := map[string]bool{}
		files := tree(t, final)
		for name, content := range files {
			if !strings.HasPrefix(name, ".") && name != "keep" {
				seen[content] = true
			}
		}
		if seen["old"] && seen["new"] {
			t.Errorf("stopped after %d moves, old and new are side by side: %v", stop, files)
		}
		if files["marker"] != "" && len(files) < 5 {
			t.Errorf("stopped after %d moves: the marker is there without the others: %v", stop, files)
		}
		d.lock.f.Close() // as the end of the process would
		d.hold.f.Close()
		if err := Folder(final, Options{Markers: []string{"marker"}, Stale: stale}, func(dir string) error {
			put(t, filepath.Join(dir, "last"), "last")
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"keep": "mine", "last": "last"}
		if diff := cmp.Diff(want, tree(t, final)); diff != "" {
			t.Errorf("stopped after %d moves, then a whole run: -want +got\n%s", stop, diff)
		}
	}
}
