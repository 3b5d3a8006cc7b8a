package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Commit is one commit.
type Commit struct {
	// Hash is its full id.
	Hash string
	// Time is when it was committed, in UTC.
	Time time.Time
	// Author and Subject are as somebody wrote them: hostile text.
	Author, Subject string
}

// Short returns the beginning of the id, long enough for a person.
func (c Commit) Short() string { return c.Hash[:min(len(c.Hash), 10)] }

// History is a list of commits.
type History struct {
	// Commits are newest first.
	Commits []Commit
	// More is true if there are older ones that were not listed.
	More bool
	// Cut is true if the repository is shallow and lacks what is older than
	// the last commit, which therefore need not be the one that made the
	// files as they are.
	Cut bool
}

// Log lists the commits in the history of rev that touched one of the paths,
// newest first, at most limit of them. Paths are from the repository's top,
// "" for all of it.
//
// Only the first parents are followed: what is listed are the states that
// the branch itself was in, one after the other. What came by a merge is
// the merge's.
func (r *Repo) Log(ctx context.Context, rev string, limit int, paths ...string) (*History, error) {
	commit, err := r.Resolve(ctx, rev)
	if err != nil {
		return nil, err
	}
	if limit < 1 {
		return nil, errors.New("a limit of at least one commit is wanted")
	}
	args := []string{
		"rev-list", "--first-parent", "--encoding=UTF-8", "--max-count=" + strconv.Itoa(limit+1),
		"--format=%H%x00%P%x00%ct%x00%an%x00%s", "--end-of-options", commit, "--",
	}
	for _, p := range paths {
		args = append(args, ":(top,literal)"+p)
	}
	out, _, err := run(ctx, r.dir, args...)
	if err != nil {
		return nil, err
	}
	h, orphan, err := parseLog(string(out))
	if err != nil {
		return nil, err
	}
	if len(h.Commits) > limit {
		h.Commits, h.More = h.Commits[:limit], true
	} else if orphan && r.shallow {
		h.Cut, err = r.cutOff(ctx, h.Commits[len(h.Commits)-1].Hash)
	}
	return h, err
}

// parseLog reads rev-list's output. orphan is true if the last commit has
// no parents.
func parseLog(out string) (h *History, orphan bool, err error) {
	h = &History{}
	for l := range strings.Lines(out) {
		fields := strings.Split(strings.TrimSuffix(l, "\n"), "\x00")
		if len(fields) == 1 && strings.HasPrefix(l, "commit ") {
			continue // rev-list's own heading
		}
		if len(fields) != 5 || !objectID.MatchString(fields[0]) {
			return nil, false, fmt.Errorf("git rev-list: the line %q is not understood", l)
		}
		seconds, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil {
			return nil, false, fmt.Errorf("git rev-list: the time of commit %s: %w", fields[0], err)
		}
		h.Commits = append(h.Commits, Commit{Hash: fields[0], Time: time.Unix(seconds, 0).UTC(), Author: fields[3], Subject: fields[4]})
		orphan = fields[1] == ""
	}
	return h, orphan, nil
}

// cutOff reports whether a commit without parents has some in truth: those
// that a shallow clone lacks are still in the commit itself.
func (r *Repo) cutOff(ctx context.Context, commit string) (bool, error) {
	out, _, err := run(ctx, r.dir, "cat-file", "commit", commit)
	if err != nil {
		return false, err
	}
	header, _, _ := strings.Cut(string(out), "\n\n")
	return strings.Contains(header, "\nparent "), nil
}

// MovedFrom returns the path that a file had before a commit which moved it as
// it was, or "" if the commit did something else. Paths are from the
// repository's top. A merge is compared to its first parent.
func (r *Repo) MovedFrom(ctx context.Context, commit, name string) (string, error) {
	parent, _, err := r.parse(ctx, commit+"^1")
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", nil // the first commit of all
	}
	out, _, err := run(ctx, r.dir, "diff-tree", "-r", "-z", "-M100%", "--diff-filter=R", "--name-status", "--no-ext-diff", "--no-textconv", "--end-of-options", parent, commit)
	if err != nil {
		return "", err
	}
	// "R100", the old and the new path, over and over.
	fields := strings.Split(string(out), "\x00")
	for i := 2; i < len(fields); i += 3 {
		if fields[i] == name {
			return fields[i-1], nil
		}
	}
	return "", nil
}
