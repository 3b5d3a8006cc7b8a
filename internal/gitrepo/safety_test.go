package gitrepo

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"iamctl/internal/gitrepo/gitrepotest"
)

// everything uses the package as far as it goes.
func everything(t *testing.T, dir string) (*Tree, error) {
	t.Helper()
	repo, err := Open(t.Context(), dir)
	if err != nil {
		return nil, err
	}
	commit, err := repo.Resolve(t.Context(), "HEAD")
	if err != nil {
		return nil, err
	}
	if _, err := repo.Log(t.Context(), "HEAD", 10, "d"); err != nil {
		return nil, err
	}
	if _, err := repo.MovedFrom(t.Context(), commit, "d/f"); err != nil {
		return nil, err
	}
	return repo.Tree(t.Context(), commit, "d", Selection{})
}

// trap returns a command that leaves a mark when somebody runs it.
func trap(t *testing.T) (command, mark string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the trap is a shell script")
	}
	dir := gitrepotest.Temp(t)
	mark, command = filepath.Join(dir, "mark"), filepath.Join(dir, "trap")
	if err := os.WriteFile(command, []byte("#!/bin/sh\ntouch '"+mark+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return command, mark
}

func sprung(mark string) bool {
	_, err := os.Stat(mark)
	return err == nil
}

// A repository's configuration can name programs in many places; none may run.
func TestNothingRuns(t *testing.T) {
	gitrepotest.Long(t)
	command, mark := trap(t)
	r := gitrepotest.New(t)
	r.Put("d/f", "1")
	r.Put(".gitattributes", "* diff=x filter=x merge=x\n")
	r.Commit("one")
	r.Git("mv", "d/f", "d/g")
	r.Commit("moved")
	r.Git("mv", "d/g", "d/f")
	r.Commit("moved back")
	r.Git("config", "user.signingKey", "x")
	// A signature that log.showSignature would have checked.
	signed := strings.Replace(r.Git("cat-file", "commit", "HEAD"), "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n", 1)
	id := r.GitWith([]byte(signed), "hash-object", "-w", "-t", "commit", "--stdin")
	r.Git("update-ref", "HEAD", id)
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy", "core.alternateRefsCommand",
		"diff.external", "diff.x.textconv", "diff.x.command", "filter.x.smudge", "filter.x.clean", "filter.x.process", "merge.x.driver",
		"gpg.program", "gpg.ssh.program", "credential.helper", "pager.log", "pager.rev-list", "pager.cat-file", "interactive.diffFilter",
		"uploadpack.packObjectsHook", "sequence.editor",
	} {
		r.Git("config", key, command)
	}
	for _, alias := range []string{"cat-file", "rev-list", "rev-parse"} {
		r.Git("config", "alias."+alias, "!"+command)
	}
	r.Git("config", "log.showSignature", "true")
	hooks := filepath.Dir(command)
	r.Git("config", "core.hooksPath", hooks)
	for _, hook := range []string{"post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"} {
		if err := os.Link(command, filepath.Join(hooks, hook)); err != nil {
			t.Fatal(err)
		}
	}
	fsys, err := everything(t, r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if data, err := fsys.ReadFile("f"); string(data) != "1" {
		t.Errorf("read %q, %v", data, err)
	}
	if sprung(mark) {
		t.Fatal("a program of the configuration was run")
	}
	// The trap is a good one: git itself steps into it.
	r.Git("log", "-1", "--show-signature")
	if !sprung(mark) {
		t.Error("the trap does not work")
	}
}

// A partial clone would fetch what it lacks by a program that its
// configuration names.
func TestPartialCloneFetchesNothing(t *testing.T) {
	gitrepotest.Long(t)
	command, mark := trap(t)
	r := gitrepotest.New(t)
	r.Put("d/f", "1")
	r.Commit("one")
	r.Git("config", "uploadpack.allowFilter", "true")
	to := filepath.Join(filepath.Dir(r.Dir), "partial")
	r.Git("clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+r.Dir, to)
	partial := gitrepotest.At(t, to)
	partial.Git("config", "remote.origin.uploadpack", command)
	for _, url := range []string{"file://" + r.Dir, r.Dir, "ext::" + command, "ssh://localhost/x", "::x"} {
		partial.Git("config", "remote.origin.url", url)
		partial.Git("config", "core.sshCommand", command)
		partial.Git("config", "protocol.allow", "always")
		_, err := everything(t, to)
		if !errors.Is(err, ErrObjectMissing) || !strings.Contains(err.Error(), "clone again without --filter") {
			t.Errorf("%s: got %v", url, err)
		}
		if sprung(mark) {
			t.Fatalf("%s: a program of the configuration was run", url)
		}
	}
	partial.Git("config", "remote.origin.url", "file://"+r.Dir)
	partial.Git("config", "--unset", "remote.origin.uploadpack")
	partial.Git("checkout", "-q", "main") // fetches, with the user's consent
	if _, err := everything(t, to); err != nil {
		t.Errorf("with all objects there: %v", err)
	}
}

// A commit's id names its own content, not that of a replacement.
func TestNoReplacement(t *testing.T) {
	r := gitrepotest.New(t)
	r.Put("d/f", "1")
	first := r.Commit("one")
	r.Put("d/f", "2")
	second := r.Commit("two")
	r.Git("replace", second, first)
	fsys, err := everything(t, r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if data, _ := fsys.ReadFile("f"); string(data) != "2" {
		t.Errorf("read %q", data)
	}
}

// In a hook, git's variables point at another repository.
func TestVariablesPointElsewhere(t *testing.T) {
	r, other := gitrepotest.New(t), gitrepotest.New(t)
	r.Put("d/f", "1")
	r.Commit("one")
	other.Put("d/f", "2")
	other.Commit("one")
	t.Setenv("GIT_DIR", filepath.Join(other.Dir, ".git"))
	t.Setenv("GIT_WORK_TREE", other.Dir)
	t.Setenv("GIT_INDEX_FILE", filepath.Join(other.Dir, ".git", "index"))
	t.Setenv("GIT_OBJECT_DIRECTORY", "/nowhere")
	t.Setenv("GIT_LITERAL_PATHSPECS", "1")
	t.Setenv("GIT_TRACE", "1")
	t.Setenv("GIT_CONFIG_COUNT", "broken")
	fsys, err := everything(t, r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if data, _ := fsys.ReadFile("f"); string(data) != "1" {
		t.Errorf("read %q", data)
	}
}
