package gitsnapshot

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iamctl/extract"
	"iamctl/extract/snapshot"
	"iamctl/extract/sourcetest"
	"iamctl/internal/gitrepo"
	"iamctl/internal/gitrepo/gitrepotest"
	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// account has roles of the given names; what follows a colon is the path.
func account(roles ...string) *inventory.Account {
	a := &inventory.Account{ID: "123456789012", Partition: "aws"}
	for _, r := range roles {
		name, path, _ := strings.Cut(r, ":")
		a.Roles = append(a.Roles, inventory.Role{Name: name, ARN: "arn:aws:iam::123456789012:role/" + name, Path: "/" + path, Trust: "{}"})
	}
	a.Sort()
	return a
}

// save writes a snapshot into the work tree.
func save(t testing.TB, r *gitrepotest.Repo, dir string, a *inventory.Account) {
	t.Helper()
	if _, err := snapshot.Write(filepath.Join(r.Dir, dir), a); err != nil {
		t.Fatal(err)
	}
}

func spec(t testing.TB, source string) extract.Spec {
	t.Helper()
	s, err := extract.ParseSpec(source)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) {
	gitrepotest.Long(t)
	sourcetest.Run(t, func(t *testing.T, a *inventory.Account) sourcetest.Source {
		r := gitrepotest.New(t)
		save(t, r, "base line/dév", a)
		r.Commit("one")
		return func(ctx context.Context) (*inventory.Account, error) {
			return Read(ctx, spec(t, "git:HEAD:base line/dév"), r.Dir)
		}
	}, sourcetest.DocumentsByMeaning(), sourcetest.Without(sourcetest.Pages))
}

// diffOf returns the difference of two accounts but for the commit that each was
// read at and its files.
func diffOf(want, got *inventory.Account) string {
	return cmp.Diff(want, got, cmpopts.IgnoreFields(inventory.Account{}, "Commit"), cmpopts.IgnoreFields(inventory.Role{}, "File"), cmpopts.IgnoreFields(inventory.Policy{}, "File"))
}

// TestCommitOfAnAccount: an account is known by the commit that it was read at, also
// one that is named by a branch.
func TestCommitOfAnAccount(t *testing.T) {
	r := gitrepotest.New(t)
	save(t, r, "dev", account("a"))
	r.Commit("one")
	got, err := Read(t.Context(), spec(t, "git:main:dev"), r.Dir)
	if want := strings.TrimSpace(r.Git("rev-parse", "HEAD")); err != nil || got.Commit != want {
		t.Errorf("%+v, %v, want %s", got, err, want)
	}
}

func TestRead(t *testing.T) {
	r := gitrepotest.New(t)
	save(t, r, "base/dev", account("old"))
	r.Put("README", "1")
	r.Commit("one")
	save(t, r, "base/dev", account("new"))
	save(t, r, "base/qa", account("qa"))
	// What the snapshot passes over in a folder it passes over here.
	r.Put("base/dev/README.md", "{")
	r.Put("base/dev/roles/.gitkeep", "")
	if err := os.Symlink("/etc/passwd", filepath.Join(r.Dir, "base/dev/link")); err != nil {
		t.Fatal(err)
	}
	r.Commit("two")
	r.Git("clone", "-q", "--bare", ".", "../bare")
	r.Git("worktree", "add", "-q", "--detach", "../tree", "HEAD~1")
	r.Put("base/dev/roles/new.json", "not committed")
	for _, tt := range []struct {
		source, dir string
		want        *inventory.Account
		reason      string
	}{
		{"git:HEAD:base/dev", ".", account("new"), "from the top, without what is not committed"},
		{"git:HEAD~1:base/dev/", ".", account("old"), "an older revision"},
		{"git:main:base/qa", ".", account("qa"), "a branch"},
		{"git:HEAD:dev", "base", account("new"), "relative to the current folder"},
		{"git:HEAD:../qa", "base/dev", account("qa"), "beside the current folder"},
		{"git:HEAD:.", "base/dev/roles/..", account("new"), "the current folder"},
		{"git:HEAD^{/one}:base/dev", ".", account("old"), "by message"},
		{"git:main:base/dev", "../bare", account("new"), "a bare repository"},
		{"git:HEAD:base/dev", "../tree", account("old"), "another work tree, whose current commit is another"},
	} {
		got, err := Read(t.Context(), spec(t, tt.source), filepath.Join(r.Dir, tt.dir))
		if err != nil {
			t.Errorf("%s: %v", tt.reason, err)
		} else if d := diffOf(tt.want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.reason, d)
		}
	}
	t.Chdir(filepath.Join(r.Dir, "base"))
	if got, err := Read(t.Context(), spec(t, "git:HEAD:dev"), ""); err != nil || len(got.Roles) != 1 {
		t.Errorf("from here: %v, %v", got, err)
	}
}

func TestReadErrors(t *testing.T) {
	r := gitrepotest.New(t)
	save(t, r, "base/dev", account("a"))
	save(t, r, "base/qa", account("a"))
	save(t, r, "broken", account("a"))
	r.Put("broken/roles/a.json", "{\n  \"nmae\": \"a\"}")
	save(t, r, "linked", account("a", "b"))
	os.Remove(filepath.Join(r.Dir, "linked/roles/b.json"))
	if err := os.Symlink("a.json", filepath.Join(r.Dir, "linked/roles/b.json")); err != nil {
		t.Fatal(err)
	}
	save(t, r, "moved", account("a"))
	os.RemoveAll(filepath.Join(r.Dir, "moved/roles"))
	if err := os.Symlink("../linked/roles", filepath.Join(r.Dir, "moved/roles")); err != nil {
		t.Fatal(err)
	}
	id := r.Commit("one")
	for _, tt := range []struct {
		source, dir string
		is          error
		want        string
		reason      string
	}{
		{"git:HEAD:base/nix", ".", gitrepo.ErrNotThere, `git:HEAD:base/nix: "base/nix": file does not exist at that commit, ` + id[:10] + "; see what is there with: git ls-tree", "no such folder"},
		{"git:HEAD:base/qa", "base/dev", gitrepo.ErrNotThere, "write git:HEAD:../../base/qa", "a path from the top"},
		{"git:HEAD:..", ".", nil, "git:HEAD:..: the path", "above the repository"},
		{"git:HEAD:base", ".", snapshot.ErrNoSnapshot, "git:HEAD:base/dev, git:HEAD:base/qa", "the folder above snapshots"},
		{"git:HEAD:base/dev/roles", ".", snapshot.ErrNoSnapshot, "it has no account.json", "a folder within a snapshot"},
		{"git:HEAD:broken/", ".", nil, `git:HEAD:broken/roles/a.json:2:3: "/nmae"`, "a fault, with its line"},
		{"git:HEAD:linked", ".", nil, "git:HEAD:linked: roles/b.json: it is a symbolic link", "a link for a role"},
		{"git:HEAD:moved", ".", nil, "git:HEAD:moved: roles: it is a symbolic link", "a link for a folder"},
		{"git:nix:base/dev", ".", gitrepo.ErrRevision, "git:nix:base/dev: unknown revision", "no such revision"},
		{"git:HEAD:" + r.Dir, ".", nil, "relative to the current folder", "an absolute path"},
		{"git:HEAD:x", "..", gitrepo.ErrNoRepository, "git:HEAD:x: ", "outside of a repository"},
		{"./base/dev", ".", nil, "not git:REV:PATH", "another kind of source"},
	} {
		_, err := Read(t.Context(), spec(t, tt.source), filepath.Join(r.Dir, tt.dir))
		if err == nil || !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) {
			t.Errorf("got %v\nwant %v with %q: %s", err, tt.is, tt.want, tt.reason)
		}
	}
}

// A commit taken in the middle of an interrupted write is refused: the commit shows
// something else than what would be read.
func TestReadPending(t *testing.T) {
	r := gitrepotest.New(t)
	save(t, r, "dev", account("a", "b"))
	r.Put("dev/.iamctl-pending/journal.json", `{"remove":["roles/a.json"]}`)
	r.Commit("one")
	_, err := Read(t.Context(), spec(t, "git:HEAD:dev"), r.Dir)
	if !errors.Is(err, snapshot.ErrPending) || !strings.Contains(err.Error(), ".iamctl-pending") || !strings.Contains(err.Error(), "git:HEAD:dev") {
		t.Errorf("got %v", err)
	}
}

func TestLocate(t *testing.T) {
	r := gitrepotest.New(t)
	outside := gitrepotest.At(t, gitrepotest.Temp(t))
	save(t, outside, "dev", account("a"))
	save(t, r, "base/dev", account("a"))
	located := func(source, dir string) (*Place, error) { return Locate(t.Context(), spec(t, source), dir) }
	if _, err := located("base/dev/", r.Dir); !errors.Is(err, ErrNoHistory) || !strings.Contains(err.Error(), "no commit yet") {
		t.Errorf("before the first commit: %v", err)
	}
	first := r.Commit("one")
	r.Put("base/left/README", "1")
	second := r.Commit("two")
	save(t, r, "base/left", account("a"))
	if err := os.Symlink(filepath.Join(r.Dir, "base/dev"), filepath.Join(outside.Dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ source, dir, commit, path, reason string }{
		{"base/dev/", r.Dir, second, "base/dev", "a folder of the work tree"},
		{"../dev", filepath.Join(r.Dir, "base", "left"), second, "base/dev", "seen from beside"},
		{"link/", outside.Dir, second, "base/dev", "a link to it"},
		{"link/../dev", outside.Dir, second, "base/dev", "above what a link leads to"},
		{r.Dir + "/base/dev", outside.Dir, second, "base/dev", "an absolute path"},
		{"git:HEAD~1:base/dev", r.Dir, first, "base/dev", "at a revision"},
	} {
		p, err := located(tt.source, tt.dir)
		if err != nil {
			t.Errorf("%s: %v", tt.reason, err)
		} else if p.Commit() != tt.commit || p.path != tt.path {
			t.Errorf("%s at %s, want %s at %s: %s", p.path, p.Commit(), tt.path, tt.commit, tt.reason)
		}
	}
	for _, tt := range []struct{ source, dir, want, reason string }{
		{"dev", r.Dir, "only snapshot folders have one, and this is a profile", "a profile"},
		{"dev.json", r.Dir, "this is a file", "a file"},
		{"dev/", outside.Dir, "no git repository", "a folder elsewhere"},
		{"base/left/", r.Dir, "the current commit does not have it", "a snapshot that was not committed"},
		{".git/refs", r.Dir, "a folder of git's own", "git's own folder"},
	} {
		if _, err := located(tt.source, tt.dir); !errors.Is(err, ErrNoHistory) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %q: %s", err, tt.want, tt.reason)
		}
	}
	for _, source := range []string{"base/nix/", "git:nix:base/dev"} {
		if _, err := located(source, r.Dir); err == nil || errors.Is(err, ErrNoHistory) {
			t.Errorf("%s: got %v, want an error of its own", source, err)
		}
	}
	t.Setenv("PATH", outside.Dir)
	if _, err := located("base/dev/", r.Dir); !errors.Is(err, ErrNoHistory) || !errors.Is(err, gitrepo.ErrNoGit) {
		t.Errorf("without git: %v", err)
	}
}
