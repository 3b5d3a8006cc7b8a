package atomicfile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// One run at a time makes a folder, whatever it was before, and the next one finds
// nothing of it.
func TestFolderIsHeld(t *testing.T) {
	for _, before := range []string{"missing", "empty", "filled"} {
		final := filepath.Join(t.TempDir(), "out")
		switch before {
		case "empty":
			if err := os.Mkdir(final, 0o700); err != nil {
				t.Fatal(err)
			}
		case "filled":
			put(t, filepath.Join(final, "f"), "old")
		}
		d, err := NewDir(final, Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = NewDir(final, Options{})
		var held *HeldError
		if !errors.As(err, &held) || !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), final) {
			t.Fatalf("%s: a second run gets %v, want a HeldError that names the folder", before, err)
		}
		if !strings.HasPrefix(held.By, "process ") {
			t.Errorf("%s: held by %q, want the process", before, held.By)
		}
		put(t, filepath.Join(d.Path(), "f"), "new")
		if err := d.Commit(); err != nil {
			t.Fatal(err)
		}
		wantTree(t, filepath.Dir(final), map[string]string{"out": "/", "out/f": "new"})
		d, err = NewDir(final, Options{})
		if err != nil {
			t.Fatalf("%s: after the first: %v", before, err)
		}
		d.Discard()
		wantTree(t, filepath.Dir(final), map[string]string{"out": "/", "out/f": "new"})
	}
}

func TestHoldFolder(t *testing.T) {
	dir := t.TempDir()
	lock, err := HoldFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "f"), "x") // a run into the folder goes within it
	if _, err := NewDir(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("a run begins a folder that is held: %v", err)
	}
	lock.Release()
	lock.Release()
	wantTree(t, dir, map[string]string{"f": "x"})
	if _, err := HoldFolder(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is missing: %v", err)
	}
}

func TestHoldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	lock, err := HoldFile(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := HoldFile(ended, path); !errors.Is(err, ErrLocked) {
		t.Errorf("a second one got %v", err)
	}
	other, err := HoldFile(ended, filepath.Join(dir, "g"))
	if err != nil {
		t.Errorf("another file: %v", err)
	}
	other.Release()
	got := make(chan error)
	go func() {
		second, err := HoldFile(t.Context(), path)
		second.Release()
		got <- err
	}()
	if err := Write(path, 0o600, text("x")); err != nil { // sweeps, and spares the lock
		t.Fatal(err)
	}
	lock.Release()
	if err := <-got; err != nil {
		t.Errorf("one that waits: %v", err)
	}
	wantTree(t, dir, map[string]string{"f": "x"})
}

// A lock's name may have been taken by something else, in a checkout of a
// stranger's.
func TestHoldInTheWay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("left out: needs symbolic links")
	}
	base := t.TempDir()
	dir := filepath.Join(base, "out")
	put(t, filepath.Join(base, "victim"), "mine")
	put(t, filepath.Join(dir, "f"), "x")
	if err := os.Symlink(filepath.Join(base, "victim"), filepath.Join(dir, LockName)); err != nil {
		t.Fatal(err)
	}
	lock, err := HoldFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	lock.Release()
	wantTree(t, base, map[string]string{"out": "/", "out/f": "x", "victim": "mine"})
	put(t, filepath.Join(dir, LockName), "a lie\x1b[2J about a process")
	if by := holder(filepath.Join(dir, LockName)); by != "" {
		t.Errorf("the holder is %q by a file that no holder wrote", by)
	}
	put(t, filepath.Join(dir, LockName), "left by a process that was killed\n")
	if lock, err = HoldFolder(dir); err != nil {
		t.Fatal(err)
	}
	lock.Release()
	wantTree(t, base, map[string]string{"out": "/", "out/f": "x", "victim": "mine"})
}
