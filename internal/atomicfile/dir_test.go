package atomicfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestFolderAppearsWhole(t *testing.T) {
	for _, before := range []string{"missing", "above missing", "empty"} {
		base := t.TempDir()
		final := filepath.Join(base, "out")
		switch before {
		case "above missing":
			final = filepath.Join(base, "x", "y", "out")
		case "empty":
			if err := os.Mkdir(final, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		err := Folder(final, Options{Perm: 0o700}, func(dir string) error {
			if filepath.Dir(dir) != filepath.Dir(final) {
				t.Errorf("%s: files are made in %s, want beside %s", before, dir, final)
			}
			put(t, filepath.Join(dir, "a"), "a")
			if _, err := os.Stat(filepath.Join(final, "a")); err == nil {
				t.Errorf("%s: a file shows too early", before)
			}
			put(t, filepath.Join(dir, "sub", "b"), "b")
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", before, err)
		}
		wantTree(t, final, map[string]string{"a": "a", "sub": "/", "sub/b": "b"})
		if entries, _ := os.ReadDir(filepath.Dir(final)); len(entries) != 1 {
			t.Errorf("%s: something stayed beside: %v", before, entries)
		}
		want := os.FileMode(0o700)
		if before == "empty" {
			want = 0o755 // the user's own choice
		}
		if info, _ := os.Stat(final); info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, want %v", before, info.Mode(), want)
		}
	}
}

func TestFolderFailureLeavesNothing(t *testing.T) {
	boom := errors.New("boom")
	for _, tt := range []struct {
		final, reason string
		want          map[string]string
	}{
		{"x/y/out", "folders made on the way go too", map[string]string{}},
		{"empty", "an empty one stays empty", map[string]string{}},
		{"full", "content stays", map[string]string{"full/a": "old", "full/keep": "k"}},
	} {
		base := t.TempDir()
		want := map[string]string{"empty": "/", "full": "/", "full/a": "old", "full/keep": "k"}
		os.Mkdir(filepath.Join(base, "empty"), 0o700)
		put(t, filepath.Join(base, "full", "a"), "old")
		put(t, filepath.Join(base, "full", "keep"), "k")
		err := Folder(filepath.Join(base, filepath.FromSlash(tt.final)), Options{}, func(dir string) error {
			put(t, filepath.Join(dir, "a"), "new")
			return boom
		})
		if !errors.Is(err, boom) {
			t.Errorf("%s: got %v, want %v", tt.final, err, boom)
		}
		wantTree(t, base, want)
	}
}

func TestFolderWithContent(t *testing.T) {
	final := filepath.Join(t.TempDir(), "out")
	put(t, filepath.Join(final, "a"), "old")
	put(t, filepath.Join(final, "keep"), "k")
	put(t, filepath.Join(final, "sub", "b"), "old")
	put(t, filepath.Join(final, "marker"), "old")
	err := Folder(final, Options{Markers: []string{"marker"}}, func(dir string) error {
		for _, name := range []string{"a", "sub/b", "sub/c", "new/deep/d", "marker"} {
			put(t, filepath.Join(dir, filepath.FromSlash(name)), "new")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantTree(t, final, map[string]string{
		"a": "new", "keep": "k", "sub": "/", "sub/b": "new", "sub/c": "new",
		"new": "/", "new/deep": "/", "new/deep/d": "new", "marker": "new",
	})
}

// An error in the middle of the moves: each file in turn cannot be moved.
func TestFolderTakesMovesBack(t *testing.T) {
	names := []string{"a", "b", "n/c", "marker"}
	for _, broken := range names {
		final := filepath.Join(t.TempDir(), "out")
		put(t, filepath.Join(final, "b"), "old")
		put(t, filepath.Join(final, "marker"), "old")
		d, err := NewDir(final, Options{Markers: []string{"marker"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			put(t, filepath.Join(d.Path(), filepath.FromSlash(name)), "new")
		}
		m := &merger{stage: d.Path(), final: d.final}
		if err := m.plan(d.opt.Markers); err != nil {
			t.Fatal(err)
		}
		old, err := m.aside()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(d.Path(), filepath.FromSlash(broken))); err != nil {
			t.Fatal(err)
		}
		if err := m.run(d.opt.Markers); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: got %v, want an error", broken, err)
		}
		if _, err := os.Stat(filepath.Join(final, "marker")); err == nil {
			t.Errorf("%s: the marker is there before all files are", broken)
		}
		if err := m.undo(); err != nil {
			t.Fatal(err)
		}
		old.remove()
		d.Discard()
		wantTree(t, final, map[string]string{"b": "old", "marker": "old"})
	}
}

func TestFolderRefuses(t *testing.T) {
	base := t.TempDir()
	put(t, filepath.Join(base, "file"), "x")
	put(t, filepath.Join(base, "out", "a", "deep"), "x")
	put(t, filepath.Join(base, "out", "f"), "x")
	put(t, filepath.Join(base, "out", "m"), "x")
	before := tree(t, base)
	for _, tt := range []struct{ final, file, want, reason string }{
		{"file", "a", "a file of that name", "a file is no folder"},
		{"file/out", "a", "not a directory", "nor can it hold one"},
		{"out", "a", "a is a folder on one side", "a folder is never removed for a file"},
		{"out", "f/g", "f is a folder on one side", "nor a file for a folder"},
	} {
		err := Folder(filepath.Join(base, filepath.FromSlash(tt.final)), Options{Markers: []string{"m"}}, func(dir string) error {
			put(t, filepath.Join(dir, filepath.FromSlash(tt.file)), "new")
			return nil
		})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q: %s", tt.final, err, tt.want, tt.reason)
		}
		wantTree(t, base, before)
	}
}

// The working folder keeps its identity: a shell in it would otherwise see
// nothing of the result.
func TestFolderWorkingFolder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	before, _ := os.Stat(".")
	if err := Folder(".", Options{}, func(d string) error { put(t, filepath.Join(d, "a"), "a"); return nil }); err != nil {
		t.Fatal(err)
	}
	after, _ := os.Stat(dir)
	if !os.SameFile(before, after) {
		t.Error("the working folder was replaced")
	}
	wantTree(t, dir, map[string]string{"a": "a"})
}

func TestFolderThroughLink(t *testing.T) {
	base := t.TempDir()
	put(t, filepath.Join(base, "real", "old"), "old")
	if err := os.Symlink("real", filepath.Join(base, "link")); err != nil {
		t.Fatal(err)
	}
	if err := Folder(filepath.Join(base, "link"), Options{}, func(d string) error { put(t, filepath.Join(d, "a"), "a"); return nil }); err != nil {
		t.Fatal(err)
	}
	wantTree(t, filepath.Join(base, "real"), map[string]string{"a": "a", "old": "old"})
}

func TestFolderFilledMeanwhile(t *testing.T) {
	final := filepath.Join(t.TempDir(), "out")
	d, err := NewDir(final, Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(d.Path(), "a"), "late")
	put(t, filepath.Join(final, "a"), "early")
	if err := d.Commit(); !errors.Is(err, errFilled) {
		t.Errorf("got %v, want %v", err, errFilled)
	}
	if err := d.Commit(); err == nil {
		t.Error("a second Commit gave no error")
	}
	wantTree(t, filepath.Dir(final), map[string]string{"out": "/", "out/a": "early"})
}

func TestDirManyWriters(t *testing.T) {
	final := filepath.Join(t.TempDir(), "out")
	d, err := NewDir(final, Options{Perm: 0o700})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Discard()
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if err := Write(filepath.Join(d.Path(), fmt.Sprint(i)), 0o600, text("x")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	if n := len(tree(t, final)); n != 20 {
		t.Errorf("%d files, want 20", n)
	}
}
