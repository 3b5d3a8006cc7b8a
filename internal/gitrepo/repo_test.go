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

	"iamctl/internal/gitrepo/gitrepotest"
)

func open(t testing.TB, dir string) *Repo {
	t.Helper()
	r, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOpen(t *testing.T) {
	r := gitrepotest.New(t)
	r.Put("a b/ü\n/f", "1")
	r.Commit("one")
	r.Git("clone", "-q", "--bare", ".", "../bare.git")
	r.Git("worktree", "add", "-q", "../tree", "-b", "other")
	top := filepath.Dir(r.Dir)
	link := filepath.Join(top, "link")
	if err := os.Symlink(filepath.Join(r.Dir, "a b"), link); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		dir, prefix string
		inTree      bool
		reason      string
	}{
		{r.Dir, "", true, "the top"},
		{r.Dir + "/a b/ü\n", "a b/ü\n", true, "a folder in it, with a blank, a letter beyond ASCII and a line end"},
		{link, "a b", true, "a link into the repository"},
		{link + "/..", "", true, "above what a link leads to"},
		{r.Dir + "/.git", "", false, "the repository's own folder"},
		{top + "/bare.git", "", false, "a bare repository"},
		{top + "/bare.git/refs", "", false, "a folder in a bare repository"},
		{top + "/tree/a b", "a b", true, "another work tree"},
	} {
		got, err := Open(t.Context(), tt.dir)
		if err != nil {
			t.Errorf("%s: %v", tt.reason, err)
			continue
		}
		if prefix, inTree := got.Prefix(); prefix != tt.prefix || inTree != tt.inTree {
			t.Errorf("Prefix is %q, %v; want %q, %v: %s", prefix, inTree, tt.prefix, tt.inTree, tt.reason)
		}
	}
	if !open(t, link).Same(open(t, filepath.Join(top, "tree"))) {
		t.Error("two work trees are not one repository")
	}
	if open(t, r.Dir).Same(open(t, filepath.Join(top, "bare.git"))) {
		t.Error("a clone is the same repository")
	}
}

func TestOpenErrors(t *testing.T) {
	outside := gitrepotest.Temp(t)
	file := filepath.Join(outside, "f")
	gitrepotest.At(t, outside).Put("f", "1")
	gitrepotest.At(t, outside).Put("torn/.git", "gitdir: /nowhere\n")
	for _, tt := range []struct {
		dir    string
		is     error
		want   string
		reason string
	}{
		{filepath.Join(outside, "none"), fs.ErrNotExist, "none", "no such folder"},
		{file, nil, "it is a file", "a file"},
		{outside, ErrNoRepository, "make one with: git init", "no repository"},
		{filepath.Join(outside, "torn"), ErrNoRepository, "/nowhere", "a work tree whose repository is gone"},
	} {
		_, err := Open(t.Context(), tt.dir)
		if err == nil || tt.is != nil && !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %v with %q: %s", err, tt.is, tt.want, tt.reason)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, outside); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Open gave %v", err)
	}
	t.Setenv("PATH", outside)
	if _, err := Open(t.Context(), outside); !errors.Is(err, ErrNoGit) || !strings.Contains(err.Error(), "install git") {
		t.Errorf("without git: %v", err)
	}
}

// The owner of a repository may be anybody; whom to trust is git's decision.
func TestOpenForeign(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away; TestFailure has the message")
	}
	gitrepotest.Alone(t)
	r := gitrepotest.New(t)
	r.Commit("one")
	if err := os.Chown(r.Dir, 12345, -1); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(filepath.Join(r.Dir, ".git"), 12345, -1); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), r.Dir)
	if !errors.Is(err, ErrNoRepository) || !strings.Contains(err.Error(), "safe.directory '"+r.Dir+"'") {
		t.Errorf("got %v", err)
	}
	config := filepath.Join(gitrepotest.Temp(t), "config")
	r.Git("config", "--file", config, "safe.directory", r.Dir)
	t.Setenv("GIT_CONFIG_GLOBAL", config)
	if _, err := Open(t.Context(), r.Dir); err != nil {
		t.Errorf("the advice was followed, and still: %v", err)
	}
}

func TestFailure(t *testing.T) {
	for _, tt := range []struct {
		messages string
		is       error
		want     string
		reason   string
	}{
		{"fatal: detected dubious ownership in repository at '/a b'\nTo add an exception...", ErrNoRepository, "'/a b'", "git since 2.35.3"},
		{"fatal: unsafe repository ('/a b' is owned by someone else)\n...", ErrNoRepository, "safe.directory '/a b'", "git 2.35.2"},
		{"fatal: could not fetch 1234 from promisor remote", ErrObjectMissing, "--filter", "a partial clone"},
		{"fatal: bad thing\nhint: do this\nerror: and more", nil, "git x: bad thing; and more", "anything else, on one line"},
		{"", nil, "git x: file does not exist", "no message"},
	} {
		err := failure("dir", "x", tt.messages, fs.ErrNotExist)
		if !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) {
			t.Errorf("got %v, want %v with %q: %s", err, tt.is, tt.want, tt.reason)
		}
	}
}

func TestPath(t *testing.T) {
	r := gitrepotest.New(t)
	r.Commit("one")
	repo := open(t, r.In("sub/folder").Dir)
	for _, tt := range []struct{ in, want, err, reason string }{
		{"x/y", "sub/folder/x/y", "", "below the current folder"},
		{"./x//y/", "sub/folder/x/y", "", "as people write it"},
		{".", "sub/folder", "", "the current folder"},
		{"..", "sub", "", "above it"},
		{"../../x", "x", "", "beside it"},
		{"../..", "", "", "the top"},
		{"../../..", "", "leads out of the repository", "outside"},
		{"../../../repo/x", "", "leads out of the repository", "outside and in again"},
		{"/x", "", "relative to the current folder", "absolute"},
		{"x\x00y", "", "zero byte", "what no program can be given"},
		{"-x", "sub/folder/-x", "", "a dash"},
		{"a*[b]?", "sub/folder/a*[b]?", "", "no pattern"},
	} {
		got, err := repo.Path(tt.in)
		if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
			t.Errorf("Path(%q) gave %v, want %q: %s", tt.in, err, tt.err, tt.reason)
		} else if got != tt.want {
			t.Errorf("Path(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.reason)
		}
	}
}

func TestEnvironment(t *testing.T) {
	got := environment([]string{"HOME=/h", "GIT_DIR=/x", "git_index_file=/y", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_GLOBAL=/g", "LANGUAGE=de", "LC_MESSAGES=de", "LANG=de", "GITHUB_TOKEN=t"})
	want := append([]string{"HOME=/h", "GIT_CONFIG_GLOBAL=/g", "LANG=de", "GITHUB_TOKEN=t"}, added...)
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestBounded(t *testing.T) {
	keep, fail := &bounded{limit: 3}, &bounded{limit: 3, fail: true}
	for _, s := range []string{"ab", "cd", "e"} {
		if n, err := keep.Write([]byte(s)); n != len(s) || err != nil {
			t.Errorf("keeping %q: %d, %v", s, n, err)
		}
	}
	if keep.text() != "abc" || !keep.over {
		t.Errorf("kept %q", keep.text())
	}
	if n, err := fail.Write([]byte("abc")); n != 3 || err != nil || fail.over {
		t.Errorf("up to the limit: %d, %v", n, err)
	}
	if n, err := fail.Write([]byte("d")); n != 0 || err == nil || !fail.over {
		t.Errorf("beyond the limit: %d, %v", n, err)
	}
}
