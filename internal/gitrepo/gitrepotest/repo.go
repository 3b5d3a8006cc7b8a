// Package gitrepotest makes git repositories for tests.
package gitrepotest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Repo is a git repository in a temporary folder. Nothing of the user's own
// configuration reaches it.
type Repo struct {
	t testing.TB
	// Dir is the work tree, or the repository itself if it is bare.
	Dir string
	// now is the time of the next commit, in seconds since 1970.
	now *int
}

// New makes a repository whose branch is main, with more arguments for
// "git init".
func New(t testing.TB, args ...string) *Repo {
	t.Helper()
	r := At(t, filepath.Join(Temp(t), "repo"))
	r.Git(append([]string{"init", "-q", "-b", "main"}, args...)...)
	return r
}

// Long leaves a test out of a short run.
func Long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out: -short: running git again and again")
	}
}

// Temp returns a temporary folder by its true name: on some systems t.TempDir is
// behind a link.
func Temp(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// At returns the repository in a folder, which is made if it is missing.
func At(t testing.TB, dir string) *Repo {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	now := 1_700_000_000
	return &Repo{t: t, Dir: dir, now: &now}
}

// In returns the same repository from one of its folders, which is made if it is
// missing.
func (r *Repo) In(dir string) *Repo {
	sub := At(r.t, filepath.Join(r.Dir, dir))
	sub.now = r.now
	return sub
}

// Git runs git and returns its output without the line end. Each call is a
// minute later than the one before.
func (r *Repo) Git(args ...string) string {
	r.t.Helper()
	return r.GitWith(nil, args...)
}

// GitWith is Git with bytes for git's standard input.
func (r *Repo) GitWith(stdin []byte, args ...string) string {
	r.t.Helper()
	*r.now += 60
	date := fmt.Sprintf("%d +0000", *r.now)
	cmd := exec.Command("git", args...)
	cmd.Dir = r.Dir
	cmd.Stdin = bytes.NewReader(stdin)
	cmd.Env = append(slices.DeleteFunc(cmd.Environ(), func(v string) bool { return strings.HasPrefix(v, "GIT_") }),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C",
		// Neither waits for the disk, nor maintenance, nor sample hooks.
		"GIT_CONFIG_COUNT=3", "GIT_CONFIG_KEY_0=core.fsync", "GIT_CONFIG_VALUE_0=none", "GIT_CONFIG_KEY_1=gc.auto", "GIT_CONFIG_VALUE_1=0",
		"GIT_CONFIG_KEY_2=maintenance.auto", "GIT_CONFIG_VALUE_2=false", "GIT_TEMPLATE_DIR=",
		"GIT_AUTHOR_NAME=Ann Author", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_AUTHOR_DATE="+date,
		"GIT_COMMITTER_NAME=Carl Committer", "GIT_COMMITTER_EMAIL=carl@example.com", "GIT_COMMITTER_DATE="+date)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return strings.TrimSuffix(string(out), "\n")
}

// Put writes a file of the work tree.
func (r *Repo) Put(name, content string) {
	r.t.Helper()
	at := filepath.Join(r.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// Commit commits everything in the work tree, also if nothing changed, and
// returns the commit's id.
func (r *Repo) Commit(message string) string {
	r.t.Helper()
	r.Git("add", "-A", "-f", ".")
	r.Git("commit", "-q", "--allow-empty", "-m", message)
	return r.Git("rev-parse", "HEAD")
}

// Alone keeps the user's own configuration from git also where it is not run
// by this package. It is for tests that do not run beside others.
func Alone(t *testing.T) {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
}
