package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The links of a checkout, which is the working folder.
func TestLinksOutOfTheirFolder(t *testing.T) {
	base := t.TempDir()
	checkout := filepath.Join(base, "home", "checkout")
	put(t, filepath.Join(base, "home", "secret"), "mine")
	put(t, filepath.Join(base, "home", "dir", "f"), "mine")
	put(t, filepath.Join(checkout, "runs", "1", "f"), "old")
	put(t, filepath.Join(checkout, "page"), "old")
	for link, target := range map[string]string{
		"out": "../dir", "file": "../secret", "runs/latest": "1", "runs/up": "../page", "alias": "page", "twice": "out", "self": ".",
		"nowhere": "none", "../via": "checkout",
	} {
		if err := os.Symlink(filepath.FromSlash(target), filepath.Join(checkout, filepath.FromSlash(link))); err != nil {
			t.Skipf("left out: needs symbolic links: %v", err)
		}
	}
	t.Chdir(checkout)
	before := tree(t, filepath.Join(base, "home", "dir"))
	for _, tt := range []struct {
		path, reason string
		leadsOut     bool
	}{
		{"page", "no link at all", false},
		{"new/deep/page", "folders yet to be made", false},
		{"alias", "a link within its folder", false},
		{"runs/latest/f", "a link to a folder beside it", false},
		{"file", "a link to a file of the user's", true},
		{filepath.Join(checkout, "file"), "by its whole path", true},
		{"out/f", "a folder on the way is a link", true},
		{"out/new/f", "with folders yet to be made behind it", true},
		{"twice/f", "a link to such a link", true},
		{"runs/up", "out of the folder that it is named in, if not of the checkout", true},
		{"self/page", "a link to the folder itself", true},
		{filepath.Join(base, "home", "via", "page"), "above the working folder is the user's own", false},
		{"../dir/f", "so is what the user names elsewhere", false},
	} {
		var link *LinkError
		if err := Inside(tt.path); errors.As(err, &link) != tt.leadsOut {
			t.Errorf("%s: got %v: %s", tt.path, err, tt.reason)
		}
		if !tt.leadsOut {
			continue
		}
		if err := Write(tt.path, 0o600, text("new")); !errors.As(err, &link) {
			t.Errorf("%s: Write returned %v", tt.path, err)
		}
		if _, err := NewDir(tt.path, Options{}); !errors.As(err, &link) {
			t.Errorf("%s: NewDir returned %v", tt.path, err)
		}
		if _, err := HoldFile(t.Context(), tt.path); !errors.As(err, &link) {
			t.Errorf("%s: HoldFile returned %v", tt.path, err)
		}
	}
	wantTree(t, filepath.Join(base, "home", "dir"), before)
	if path, err := Follow("out/new/f"); err != nil || Inside(path) != nil {
		t.Errorf("followed to %q, %v", path, err)
	}
	path, err := Follow("file")
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(path, 0o600, text("new")); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(filepath.Join(base, "home", "secret")); string(data) != "new" {
		t.Errorf("asked to follow the link, it did not: %q", data)
	}
	if path, err := Follow("page"); path != "page" || err != nil {
		t.Errorf("what is no link becomes %q, %v", path, err)
	}
}
