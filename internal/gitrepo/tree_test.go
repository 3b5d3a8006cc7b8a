package gitrepo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"iamctl/internal/gitrepo/gitrepotest"

	"github.com/google/go-cmp/cmp"
)

func tree(t *testing.T, repo *Repo, rev, folder string, s Selection) (*Tree, error) {
	t.Helper()
	commit, err := repo.Resolve(t.Context(), rev)
	if err != nil {
		t.Fatal(err)
	}
	return repo.Tree(t.Context(), commit, folder, s)
}

// contents returns the files of a folder at HEAD, by name.
func contents(t *testing.T, repo *Repo, folder string) map[string]string {
	t.Helper()
	fsys, err := tree(t, repo, "HEAD", folder, Selection{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = fs.ReadFile(fsys, name)
			out[name] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTree(t *testing.T) {
	gitrepotest.Long(t)
	for _, format := range []string{"sha1", "sha256"} {
		t.Run(format, func(t *testing.T) {
			r := gitrepotest.New(t, "--object-format="+format)
			want := map[string]string{
				"a": "1", "empty": "", "sub.x": "before the folder in git's order", "sub/b": strings.Repeat("long\n", 100_000), "sub/deep/er/c": "\x00\xff\r\n",
				"ü/ö ä": "beyond ASCII", "-rf": "a dash", "*": "a star", "a b": "a blank",
			}
			r.Put("outside", "x")
			for name, content := range want {
				r.Put("base/"+name, content)
			}
			r.Commit("one")
			r.Put("base/a", "2")
			r.Commit("two")
			for _, packed := range []bool{false, true} {
				if packed {
					r.Git("repack", "-q", "-a", "-d")
				}
				repo := open(t, r.Dir)
				fsys, err := tree(t, repo, "HEAD~1", "base", Selection{})
				if err != nil {
					t.Fatal(err)
				}
				if err := fstest.TestFS(fsys, "a", "sub/deep/er/c", "ü/ö ä"); err != nil {
					t.Error(err)
				}
				want["a"] = "2"
				if d := cmp.Diff(want, contents(t, repo, "base")); d != "" {
					t.Errorf("packed %v: -want +got\n%s", packed, d)
				}
				if data, err := fs.ReadFile(fsys, "a"); string(data) != "1" {
					t.Errorf("at the first commit: %q, %v", data, err)
				}
				if got, want := fsys.ID("a"), r.Git("rev-parse", "HEAD~1:base/a"); got != want {
					t.Errorf("ID = %q, want %q", got, want)
				}
			}
			if got := contents(t, open(t, r.Dir), "")["outside"]; got != "x" {
				t.Errorf("from the top: %q", got)
			}
		})
	}
}

// The bytes are those of the commit, whatever the configuration makes of
// files in the work tree.
func TestTreeIsRaw(t *testing.T) {
	r := gitrepotest.New(t)
	want := map[string]string{
		"crlf": "a\r\nb\n", "lf": "a\nb\n", "keyword": "$Id$ $Format:%H$", "filtered": "plain",
		"utf16": "ü", "left-out": "1", ".gitattributes": "",
	}
	for name, content := range want {
		r.Put(name, content)
	}
	r.Git("config", "core.autocrlf", "false")
	r.Commit("as written")
	want[".gitattributes"] = `* text eol=crlf
keyword ident export-subst
filtered filter=shout
utf16 working-tree-encoding=UTF-16
left-out export-ignore
`
	r.Put(".gitattributes", want[".gitattributes"])
	r.Git("add", ".gitattributes")
	r.Git("commit", "-q", "-m", "attributes")
	for _, c := range [][2]string{{"core.autocrlf", "true"}, {"core.eol", "crlf"}, {"filter.shout.smudge", "tr a-z A-Z"}, {"filter.shout.required", "true"}, {"i18n.logOutputEncoding", "UTF-16"}} {
		r.Git("config", c[0], c[1])
	}
	if d := cmp.Diff(want, contents(t, open(t, r.Dir), "")); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

func TestTreePaths(t *testing.T) {
	r := gitrepotest.New(t)
	r.Put("base/dev/f", "1")
	if err := os.Symlink("dev", filepath.Join(r.Dir, "base/latest")); err != nil {
		t.Fatal(err)
	}
	r.Commit("one")
	r.Git("update-index", "--add", "--cacheinfo", "160000,"+r.Git("rev-parse", "HEAD")+",base/module")
	r.Git("commit", "-q", "-m", "two")
	repo := open(t, r.Dir)
	for _, tt := range []struct{ path, want, reason string }{
		{"base/dev", "", "a folder"},
		{"base/dev/f", `"base/dev/f" is a file`, "a file"},
		{"base/dev/f/g", `"base/dev/f" is a file`, "below a file"},
		{"base/nix/dev", `"base/nix": file does not exist at that commit`, "not there"},
		{"base/DEV", "file does not exist", "git tells case"},
		{"base/latest", `symbolic link to "dev"`, "a link"},
		{"base/latest/x", `symbolic link to "dev"`, "below a link"},
		{"base/module/x", "a submodule at that commit", "a submodule"},
	} {
		_, err := tree(t, repo, "HEAD", tt.path, Selection{})
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: got %v, want %q: %s", tt.path, err, tt.want, tt.reason)
		}
	}
	if _, err := tree(t, repo, "HEAD~1", "base/module", Selection{}); !errors.Is(err, ErrNotThere) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before it was there: %v", err)
	}
}

func TestTreeSelection(t *testing.T) {
	r := gitrepotest.New(t)
	for _, f := range []string{"in/a", "in/b", "out/c", "README"} {
		r.Put(f, f)
	}
	if err := os.Symlink("README", filepath.Join(r.Dir, "link")); err != nil {
		t.Fatal(err)
	}
	r.Commit("one")
	repo := open(t, r.Dir)
	known := r.Git("rev-parse", "HEAD:in/b")
	fsys, err := tree(t, repo, "HEAD", "", Selection{
		Want:  func(name string, dir bool) bool { return name == "in" && dir || strings.HasPrefix(name, "in/") && !dir },
		Known: func(name, id string) bool { return name == "in/b" && id == known },
	})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := fs.ReadDir(fsys, ".")
	var names []string
	for _, e := range entries {
		names = append(names, e.Name()+" "+e.Type().String())
	}
	if want := []string{"README ----------", "in d---------", "link L---------", "out d---------"}; !slices.Equal(names, want) || err != nil {
		t.Errorf("got %q, %v, want %q", names, err, want)
	}
	for name, want := range map[string]string{
		"in/a": "", "in/b": "not asked for", "README": "not asked for", "link": "not asked for", "out": "not asked for", "out/c": "not exist", "../x": "invalid",
	} {
		_, err := fs.ReadFile(fsys, name)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("reading %s: %v, want %q", name, err, want)
		}
	}
	if info, err := fs.Lstat(fsys, "link"); err != nil || info.Mode().IsRegular() {
		t.Errorf("the link looks like a file: %v, %v", info, err)
	}
	_, err = tree(t, repo, "HEAD", "", Selection{})
	if err == nil || !strings.Contains(err.Error(), "link: it is a symbolic link") {
		t.Errorf("a link that is wanted: %v", err)
	}
	r.Git("rm", "-q", "link")
	r.Git("update-index", "--add", "--cacheinfo", "160000,"+r.Git("rev-parse", "HEAD")+",module")
	r.Git("commit", "-q", "-m", "two")
	_, err = tree(t, repo, "HEAD", "", Selection{})
	if err == nil || !strings.Contains(err.Error(), "module: it is a submodule") {
		t.Errorf("a submodule that is wanted: %v", err)
	}
}

// A repository that lacks an object is no smaller snapshot.
func TestTreeDamaged(t *testing.T) {
	r := gitrepotest.New(t)
	r.Put("d/a", "1")
	r.Put("d/b", "2")
	r.Commit("one")
	id := r.Git("rev-parse", "HEAD:d/b")
	object := filepath.Join(r.Dir, ".git", "objects", id[:2], id[2:])
	if err := os.Remove(object); err != nil {
		t.Fatal(err)
	}
	if _, err := tree(t, open(t, r.Dir), "HEAD", "d", Selection{}); !errors.Is(err, ErrObjectMissing) || !strings.Contains(err.Error(), id) {
		t.Errorf("an object that is missing: %v", err)
	}
	if err := os.WriteFile(object, []byte("no object"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tree(t, open(t, r.Dir), "HEAD", "d", Selection{}); err == nil {
		t.Error("an object that is damaged was read")
	}
}

// Hostile trees are made with hash-object, which is told not to look.
func TestTreeHostile(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	blob := r.GitWith([]byte("1"), "hash-object", "-w", "--stdin")
	raw := func(id string) string {
		var b []byte
		for i := 0; i < len(id); i += 2 {
			b = append(b, unhex(id[i])<<4|unhex(id[i+1]))
		}
		return string(b)
	}
	commit := func(entries string) string {
		id := r.GitWith([]byte(entries), "hash-object", "-w", "-t", "tree", "--literally", "--stdin")
		return r.Git("commit-tree", "-m", "x", id)
	}
	for _, tt := range []struct{ entries, want, reason string }{
		{"100644 ../x\x00" + raw(blob), "is no name of a file", "a way out"},
		{"100644 ..\x00" + raw(blob), "is no name of a file", "the folder above"},
		{"100644 \x00" + raw(blob), "is no name of a file", "no name"},
		{"100644 a\x00" + raw(blob) + "100644 a\x00" + raw(blob), "is there twice", "one name twice"},
		{"777 a\x00" + raw(blob), "unknown mode", "another kind of file"},
		{"100644 a\x00short", "cut off", "cut off"},
		{"40000 a\x00" + raw(blob), "is a blob where a tree should be", "a file as a folder"},
	} {
		_, err := open(t, r.Dir).Tree(t.Context(), commit(tt.entries), "", Selection{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %q: %s", err, tt.want, tt.reason)
		}
	}
	// A tree of ten trees of ten trees ... has more files than anybody can read.
	bomb := r.GitWith([]byte("100644 a\x00"+raw(blob)), "hash-object", "-w", "-t", "tree", "--stdin")
	for range 8 {
		var entries strings.Builder
		for _, c := range "0123456789" {
			entries.WriteString("40000 " + string(c) + "\x00" + raw(bomb))
		}
		bomb = r.GitWith([]byte(entries.String()), "hash-object", "-w", "-t", "tree", "--stdin")
	}
	_, err := open(t, r.Dir).Tree(t.Context(), r.Git("commit-tree", "-m", "x", bomb), "", Selection{})
	if err == nil || !strings.Contains(err.Error(), "more than 250000 files") {
		t.Errorf("a bomb: %v", err)
	}
}

func unhex(c byte) byte {
	if c >= 'a' {
		return c - 'a' + 10
	}
	return c - '0'
}

func TestObjects(t *testing.T) {
	r := gitrepotest.New(t)
	r.Put("f", "1")
	commit := r.Commit("one")
	ctx, cancel := context.WithCancel(t.Context())
	o, err := open(t, r.Dir).Objects(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	id, err := o.Folder(commit, "")
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for range 2 {
		if _, err := o.Tree(id, Selection{}); !errors.Is(err, context.Canceled) {
			t.Errorf("after the context has ended: %v", err)
		}
	}
	if _, err := open(t, r.Dir).Objects(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
	o, err = open(t, r.Dir).Objects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.Close()
	o.Close()
	if _, err := o.Folder(commit, ""); err == nil {
		t.Error("after Close something was read")
	}
}

// One file of more than a snapshot has is refused before it is read.
func TestObjectTooLarge(t *testing.T) {
	gitrepotest.Long(t)
	r := gitrepotest.New(t)
	r.Put("f", strings.Repeat("0", maxObject+1))
	r.Git("config", "core.bigFileThreshold", "1m")
	commit := r.Commit("one")
	_, err := open(t, r.Dir).Tree(t.Context(), commit, "", Selection{})
	if err == nil || !strings.Contains(err.Error(), "has 64 MB, more than any file of a snapshot") {
		t.Errorf("got %v", err)
	}
}

func FuzzParseTree(f *testing.F) {
	id := strings.Repeat("\x01", 20)
	f.Add([]byte("100644 a\x00" + id + "40000 b\x00" + id))
	f.Add([]byte("120000 a b\x00" + id + "160000 ü\x00" + id))
	f.Add([]byte("100644 a\x00" + id[:19]))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := parseTree(data, 20)
		if err != nil {
			return
		}
		size := 0
		for _, e := range entries {
			if e.name == "" || strings.ContainsAny(e.name, "/\x00") || len(e.id) != 40 {
				t.Errorf("%q gave %+v", data, e)
			}
			size += len(e.name) + 22
		}
		if size+5*len(entries) > len(data) {
			t.Errorf("%q gave %d entries, more than are in it", data, len(entries))
		}
	})
}
