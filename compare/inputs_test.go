package compare_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"iamctl/compare"
	"iamctl/internal/hint"
)

// TestReadDictionary: a named file must be there, the usual one need not.
func TestReadDictionary(t *testing.T) {
	t.Chdir(t.TempDir())
	d, err := compare.ReadDictionary("")
	if err != nil || d.SHA256 != "" || d.Dictionary == nil || d.Name != compare.DictionaryFile {
		t.Errorf("no file: %+v, %v", d, err)
	}
	if _, err := compare.ReadDictionary("mine.json"); !errors.Is(err, fs.ErrNotExist) || hint.Of(err) == "" {
		t.Errorf("a named file that is not there: %v", err)
	}
	write(t, compare.DictionaryFile, storyDictionary)
	if d, err = compare.ReadDictionary(""); err != nil || d.SHA256 == "" || len(d.Entries) != 1 {
		t.Errorf("the usual file: %+v, %v", d, err)
	}
	write(t, compare.DictionaryFile, "{")
	if _, err := compare.ReadDictionary(""); err == nil {
		t.Error("no error for half a file")
	}
}

// TestReadWaivers: a missing file accepts nothing, one that cannot be read is an
// error.
func TestReadWaivers(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "none.json")
	if w, err := compare.ReadWaivers(missing, false); err != nil || w.File != nil || w.Path != "" {
		t.Errorf("no file: %+v, %v", w, err)
	}
	if _, err := compare.ReadWaivers(missing, true); !errors.Is(err, fs.ErrNotExist) || hint.Of(err) == "" {
		t.Errorf("a file that must be there: %v", err)
	}
	if _, err := compare.ReadWaivers(dir, false); err == nil {
		t.Error("no error for a folder")
	}
	write(t, missing, `{"version": 1}`)
	if w, err := compare.ReadWaivers(missing, false); err != nil || w.File == nil || w.Path != missing || len(w.SHA256) != 64 {
		t.Errorf("a file: %+v, %v", w, err)
	}
	write(t, missing, `{"version": 9}`)
	if _, err := compare.ReadWaivers(missing, false); err == nil {
		t.Error("no error for another version")
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
