package gitrepo

import (
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"regexp"
	"strings"
)

// The kinds of errors that callers distinguish.
var (
	// ErrNoGit means that the git program is not there.
	ErrNoGit = errors.New("git is not to be found")
	// ErrNoRepository means that a folder is in no repository.
	ErrNoRepository = errors.New("no git repository")
	// ErrNoCommit means that the branch has no commit yet.
	ErrNoCommit = errors.New("no commit yet")
	// ErrRevision means that a revision names no commit.
	ErrRevision = errors.New("unknown revision")
	// ErrNotThere means that a path does not exist at a commit. It is also
	// fs.ErrNotExist.
	ErrNotThere = fmt.Errorf("%w at that commit", fs.ErrNotExist)
	// ErrObjectMissing means that the repository lacks an object.
	ErrObjectMissing = errors.New("missing object")
)

// owned finds the folder in git's message on a repository of another user.
var owned = regexp.MustCompile(`(?:repository at|repository \() ?'([^'\n]+)'`)

// failure says what a git command that failed means, and what to do.
func failure(dir, command, messages string, err error) error {
	switch {
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot):
		return fmt.Errorf("%w: %w; install git and see that it is in PATH", ErrNoGit, err)
	case strings.Contains(messages, "dubious ownership"), strings.Contains(messages, "unsafe repository"):
		return foreign(dir, messages)
	case strings.Contains(messages, "not a git repository"):
		return fmt.Errorf("%s: %w (git says: %s); change into the repository, or make one with: git init", dir, ErrNoRepository, line(messages))
	case strings.Contains(messages, "promisor remote"), strings.Contains(messages, "lazy fetching disabled"):
		return missing(line(messages))
	case messages != "":
		return fmt.Errorf("git %s: %s", command, line(messages))
	}
	return fmt.Errorf("git %s: %w", command, err)
}

// foreign explains git's refusal to read another user's repository, whose
// configuration could name programs.
func foreign(dir, messages string) error {
	if m := owned.FindStringSubmatch(messages); m != nil {
		dir = m[1]
	}
	return fmt.Errorf("%w that git would read: %s belongs to another user; if you trust it: git config --global --add safe.directory '%s'", ErrNoRepository, dir, dir)
}

// missing returns the error for an object that is not in the repository.
func missing(what string) error {
	return fmt.Errorf("%w: %s; either the clone is partial (then clone again without --filter, or fetch what is missing with: git fetch --refetch --no-filter) or the repository is damaged (see: git fsck)", ErrObjectMissing, what)
}

// line returns git's messages on one line, without the hints, which are about
// git's own options.
func line(messages string) string {
	var parts []string
	for l := range strings.Lines(messages) {
		l = strings.TrimSpace(l)
		if l == "" || strings.HasPrefix(l, "hint:") {
			continue
		}
		for _, prefix := range []string{"fatal: ", "error: "} {
			l = strings.TrimPrefix(l, prefix)
		}
		parts = append(parts, l)
	}
	return strings.Join(parts, "; ")
}
