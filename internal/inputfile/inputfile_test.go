//go:build unix

package inputfile_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"iamctl/internal/inputfile"
)

var small = inputfile.Kind{Name: "a small file", Max: 1 << 20}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestOnlyRegularFiles: nothing else is read, nor waited for, also behind a link.
func TestOnlyRegularFiles(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(at("pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	if err := os.Truncate(write(t, at("large"), ""), 1<<20+1); err != nil {
		t.Fatal(err)
	}
	write(t, at("file"), "text")
	for name, to := range map[string]string{"zero": "/dev/zero", "topipe": "pipe", "tofile": "file", "nowhere": "none", "itself": "itself"} {
		if err := os.Symlink(to, at(name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ name, want string }{
		{"pipe", "it is a pipe, and a small file must be a regular file"},
		{"topipe", "it is a pipe"},
		{"zero", "it is a device"},
		{"socket", "it is a socket"},
		{".", "it is a folder"},
		{"large", "larger than 1 MiB, the most that a small file may have"},
		{"itself", "too many levels"},
	} {
		_, err := inputfile.Read(t.Context(), at(tt.name), small)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), at(tt.name)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if _, err := inputfile.ReadFS(t.Context(), os.DirFS(dir), tt.name, at(tt.name), small); err == nil {
			t.Errorf("%s was read as a file of a folder", tt.name)
		}
	}
	if _, err := inputfile.Read(t.Context(), at("nowhere"), small); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a link to nothing: %v", err)
	}
	for _, name := range []string{"file", "tofile"} {
		if data, err := inputfile.Read(t.Context(), at(name), small); err != nil || string(data) != "text" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
}

// TestGrowing: a file that grows while it is read ends at the limit too.
func TestGrowing(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "f"), "x")
	f, err := inputfile.Open(t.Context(), path, inputfile.Kind{Name: "a line", Max: 10})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	write(t, path, strings.Repeat("x", 11))
	if _, err := io.ReadAll(f); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
}

func TestCancelled(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "f"), "x")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := inputfile.Read(ctx, path, small); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	fsys := fstest.MapFS{"f": {Data: []byte("x")}}
	if _, err := inputfile.ReadFS(ctx, fsys, "f", "f", small); !errors.Is(err, context.Canceled) {
		t.Errorf("of a folder: %v", err)
	}
	if data, err := inputfile.ReadFS(t.Context(), fsys, "f", "f", small); err != nil || string(data) != "x" {
		t.Errorf("%q, %v", data, err)
	}
}

// TestAppendIn: a file of a folder comes behind what is there, and what is no regular file is
// neither read nor waited for, though the folder's list said that it was one.
func TestAppendIn(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), strings.Repeat("text", 1<<18))
	write(t, filepath.Join(dir, "large"), strings.Repeat("text", 1<<18)+"!")
	write(t, filepath.Join(dir, "empty"), "")
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, tt := range []struct{ name, want, err string }{
		{"file", "before" + strings.Repeat("text", 1<<18), ""},
		{"empty", "before", ""},
		{"large", "", "larger than 1 MiB"},
		{"pipe", "", "it is a pipe"},
		{"out", "", "escapes"},
		{".", "", "it is a folder"},
		{"none", "", "no such file"},
	} {
		got, err := inputfile.AppendIn(t.Context(), []byte("before"), root, tt.name, "the "+tt.name, small)
		if string(got) != tt.want || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: %.20q of %d bytes, %v; want %d bytes, %q", tt.name, got, len(got), err, len(tt.want), tt.err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := inputfile.AppendIn(ctx, nil, root, "file", "file", small); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
