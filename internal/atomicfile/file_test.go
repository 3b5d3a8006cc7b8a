package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// tree lists a folder: what each file holds, "/" for folders.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if e.IsDir() {
			got[filepath.ToSlash(rel)] = "/"
			return nil
		}
		data, err := os.ReadFile(path)
		got[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func wantTree(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if d := cmp.Diff(want, tree(t, dir)); d != "" {
		t.Errorf("%s: -want +got\n%s", dir, d)
	}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	for _, content := range []string{"one", strings.Repeat("two", 100_000), ""} {
		if err := Write(path, 0o600, text(content)); err != nil {
			t.Fatal(err)
		}
		wantTree(t, dir, map[string]string{"f": content})
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

func TestWriteLongestName(t *testing.T) {
	dir := t.TempDir()
	name := strings.Repeat("n", 255)
	if err := Write(filepath.Join(dir, name), 0o600, text("x")); err != nil {
		t.Errorf("a name as long as the system allows: %v", err)
	}
	err := Write(filepath.Join(dir, name+"n"), 0o600, text("x"))
	if err == nil || !strings.Contains(err.Error(), "shorter name") {
		t.Errorf("got %v for a name that is too long", err)
	}
	wantTree(t, dir, map[string]string{name: "x"})
}

func TestWriteFailure(t *testing.T) {
	boom := errors.New("boom")
	for _, tt := range []struct {
		path   string
		write  func(io.Writer) error
		want   string
		is     error
		reason string
	}{
		{"old", func(w io.Writer) error { io.WriteString(w, strings.Repeat("x", 1<<20)); return boom }, "boom", boom, "the caller gave up half way"},
		{"new", func(io.Writer) error { return boom }, "boom", boom, "the same for a new file"},
		{"folder", text(""), "it is a folder", nil, "a folder is not replaced"},
		{"none/f", text(""), "look whether its folder is there", fs.ErrNotExist, "the folder must exist"},
		{"old/f", text(""), "not a directory", nil, "a file is no folder"},
		{"dangling", text(""), "no such file", nil, "a link to nothing"},
	} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, "old"), "old")
		put(t, filepath.Join(dir, "folder", "in"), "in")
		if err := os.Symlink("nowhere", filepath.Join(dir, "dangling")); err != nil {
			t.Fatal(err)
		}
		err := Write(filepath.Join(dir, filepath.FromSlash(tt.path)), 0o600, tt.write)
		if err == nil || !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) {
			t.Errorf("%s: got %v, want %q: %s", tt.path, err, tt.want, tt.reason)
		}
		if err != nil && (strings.Contains(err.Error(), TempPrefix) || !strings.Contains(err.Error(), tt.path)) {
			t.Errorf("the error names the wrong file: %v", err)
		}
		os.Remove(filepath.Join(dir, "dangling"))
		wantTree(t, dir, map[string]string{"old": "old", "folder": "/", "folder/in": "in"})
	}
}

func TestWritePanicLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	func() {
		defer func() { recover() }()
		Write(filepath.Join(dir, "f"), 0o600, func(io.Writer) error { panic("boom") })
	}()
	wantTree(t, dir, map[string]string{})
}

func TestWriteFollowsLinks(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "far", "f"), "old")
	if err := os.Symlink(filepath.Join("far", "f"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(dir, "link"), 0o600, text("new")); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, map[string]string{"far": "/", "far/f": "new", "link": "new"})
	if info, err := os.Lstat(filepath.Join(dir, "link")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
}

func TestSweepSparesTheLiving(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, TempPrefix+"dead"), "half")
	put(t, filepath.Join(dir, TempPrefix+"deadfolder", "f"), "half")
	err := Write(filepath.Join(dir, "a"), 0o600, func(w io.Writer) error {
		// Another run, while this one is writing.
		if err := Write(filepath.Join(dir, "b"), 0o600, text("b")); err != nil {
			t.Error(err)
		}
		if n := len(tree(t, dir)); n != 2 {
			t.Errorf("want b and this run's temporary file, got %v", tree(t, dir))
		}
		return text("a")(w)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, map[string]string{"a": "a", "b": "b"})
}

func TestTryLock(t *testing.T) {
	dir := t.TempDir()
	a, err := TryLock(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	b, err := TryLock(dir, false)
	if err != nil {
		t.Fatalf("a second reader: %v", err)
	}
	if _, err := TryLock(dir, true); !errors.Is(err, ErrLocked) {
		t.Errorf("a writer beside readers: %v, want %v", err, ErrLocked)
	}
	a.Release()
	a.Release()
	b.Release()
	c, err := TryLock(dir, true)
	if err != nil {
		t.Fatalf("a writer alone: %v", err)
	}
	if _, err := TryLock(dir, false); !errors.Is(err, ErrLocked) {
		t.Errorf("a reader beside a writer: %v, want %v", err, ErrLocked)
	}
	c.Release()
	if _, err := TryLock(filepath.Join(dir, "none"), true); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a lock on nothing: %v", err)
	}
}

func TestStampedFolder(t *testing.T) {
	base := filepath.Join(t.TempDir(), "a", "b")
	now := time.Date(2026, 3, 4, 5, 6, 7, 999, time.FixedZone("x", 3600))
	var got []string
	for range 3 {
		folder, err := StampedFolder(base, now)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(base, folder)
		got = append(got, filepath.ToSlash(rel))
	}
	want := []string{"2026/03/04/05/06/07", "2026/03/04/05/06/07-2", "2026/03/04/05/06/07-3"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	put(t, filepath.Join(base, want[0], "f"), "kept")
	for _, rel := range want {
		RemoveStamped(base, filepath.Join(base, filepath.FromSlash(rel)))
	}
	var left []string
	for path, content := range tree(t, base) {
		if content != "/" {
			left = append(left, path)
		}
	}
	if d := cmp.Diff([]string{want[0] + "/f"}, left); d != "" {
		t.Errorf("only empty folders go: -want +got\n%s", d)
	}
	os.Remove(filepath.Join(base, want[0], "f"))
	RemoveStamped(base, filepath.Join(base, filepath.FromSlash(want[0])))
	wantTree(t, base, map[string]string{})

	put(t, filepath.Join(base, "2027"), "a file")
	if _, err := StampedFolder(base, now.AddDate(1, 0, 0)); err == nil {
		t.Error("no error where a file is in the way")
	}
}

func TestStampedFolderManyAtOnce(t *testing.T) {
	base := t.TempDir()
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	results := make(chan string)
	const runs = 20
	for range runs {
		go func() {
			folder, err := StampedFolder(base, now)
			if err != nil {
				folder = err.Error()
			}
			RemoveStamped(base, filepath.Join(base, "2026", "03", "04", "05", "06", "none"))
			results <- folder
		}()
	}
	var got []string
	for range runs {
		got = append(got, <-results)
	}
	slices.Sort(got)
	if n := len(slices.Compact(slices.Clone(got))); n != runs {
		t.Errorf("%d runs share %d folders: %v", runs, n, got)
	}
	if fmt.Sprint(len(tree(t, base))) != fmt.Sprint(5+runs) {
		t.Errorf("got %v", got)
	}
}
