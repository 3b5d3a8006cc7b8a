package gitrepo

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"iamctl/internal/gitrepo/gitrepotest"
)

func TestResolve(t *testing.T) {
	r := gitrepotest.New(t)
	r.Put("f", "1")
	first := r.Commit("fix: it")
	r.Git("tag", "-a", "-m", "annotated", "v1")
	second := r.Commit("two")
	r.Git("branch", "feature/x", first)
	r.Git("update-ref", "refs/remotes/origin/release", first)
	r.Git("update-ref", "refs/heads/-dash", first)
	r.Git("branch", "twice", first)
	r.Git("tag", "twice", second)
	tree, blob := r.Git("rev-parse", "HEAD^{tree}"), r.Git("rev-parse", "HEAD:f")
	repo := open(t, r.Dir)
	for _, tt := range []struct{ rev, want, err, reason string }{
		{"HEAD", second, "", "the current commit"},
		{"HEAD~1", first, "", "the one before"},
		{"v1", first, "", "an annotated tag"},
		{"v1^{}", first, "", "a tag, peeled"},
		{first[:10], first, "", "the beginning of an id"},
		{strings.ToUpper(first), first, "", "an id in capitals"},
		{"feature/x", first, "", "a branch"},
		{"origin/release", first, "", "a remote's branch"},
		{"HEAD^{/fix: it}", first, "", "by the message, with a colon and a blank"},
		{":/fix", first, "", "by the message, where nothing can be appended"},
		{"-dash", first, "", "a name with a dash is a name"},
		{"--all", "", "unknown revision", "an option is a name, too"},
		{"--git-dir=/nowhere", "", "unknown revision", "an option of git itself"},
		{"-h", "", "unknown revision", "a plea for help"},
		{"--end-of-options", "", "unknown revision", "the end of options itself"},
		{"release", "", "there is origin/release", "a branch of the remote alone"},
		{"nix", "", "git log --oneline --all", "no such name"},
		{"HEAD~99", "", "unknown revision", "before the first commit"},
		{strings.Repeat("1", 40), "", "unknown revision", "an id that is not there"},
		{"^HEAD", "", "no single revision", "what is not in a commit"},
		{"HEAD..v1", "", "unknown revision", "a range"},
		{"HEAD^@", "", "unknown revision", "all parents"},
		{"@{u}", "", "no upstream configured", "git's own words, where they say more"},
		{tree, "", "it is a tree, not a commit", "a tree"},
		{blob, "", "it is a blob, not a commit", "a file"},
		{"twice", "", "write refs/heads/twice", "a branch and a tag"},
		{"refs/heads/twice", first, "", "the advice"},
		{"", "", "no name of a commit", "nothing"},
		{"HEAD\nHEAD", "", "no name of a commit", "two lines"},
		{"a\x00b", "", "no name of a commit", "a zero byte"},
	} {
		got, err := repo.Resolve(t.Context(), tt.rev)
		if tt.err != "" {
			if !errors.Is(err, ErrRevision) || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("Resolve(%q) gave %v, want %q: %s", tt.rev, err, tt.err, tt.reason)
			}
		} else if got != tt.want || err != nil {
			t.Errorf("Resolve(%q) = %q, %v, want %q: %s", tt.rev, got, err, tt.want, tt.reason)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := repo.Resolve(ctx, "HEAD"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestResolveUnborn(t *testing.T) {
	repo := open(t, gitrepotest.New(t).Dir)
	for _, rev := range []string{"HEAD", "HEAD~1", "@"} {
		if _, err := repo.Resolve(t.Context(), rev); !errors.Is(err, ErrNoCommit) || !strings.Contains(err.Error(), "commit the snapshot first") {
			t.Errorf("%s: %v", rev, err)
		}
	}
	if _, err := repo.Resolve(t.Context(), "main"); !errors.Is(err, ErrRevision) {
		t.Errorf("main: %v", err)
	}
}

func TestResolveShallow(t *testing.T) {
	shallow := shallowClone(t, 5, 2)
	repo := open(t, shallow.Dir)
	if !repo.Shallow() {
		t.Error("the clone is not known to be shallow")
	}
	if _, err := repo.Resolve(t.Context(), "HEAD~1"); err != nil {
		t.Error(err)
	}
	if _, err := repo.Resolve(t.Context(), "HEAD~3"); err == nil || !strings.Contains(err.Error(), "git fetch --unshallow") {
		t.Errorf("got %v", err)
	}
}

// shallowClone has the last of the given commits, each of which changes "f".
func shallowClone(t *testing.T, commits, depth int) *gitrepotest.Repo {
	t.Helper()
	r := gitrepotest.New(t)
	r.Put("d/other", "1")
	for i := range commits {
		r.Put("d/f", strings.Repeat("x", i))
		r.Commit("change")
	}
	to := filepath.Join(filepath.Dir(r.Dir), "shallow")
	r.Git("clone", "-q", "--depth", string(rune('0'+depth)), "file://"+filepath.ToSlash(r.Dir), to)
	return gitrepotest.At(t, to)
}
