package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// objectID is the full id of an object, SHA-1 or SHA-256.
var objectID = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// Resolve returns the id of the commit that a revision names, in any way that
// git knows (gitrevisions(7)). A tag resolves to the commit that it is on. A
// name that is a branch and a tag at once is an error.
func (r *Repo) Resolve(ctx context.Context, rev string) (string, error) {
	if rev == "" || strings.ContainsAny(rev, "\x00\n") {
		return "", fmt.Errorf("%w %q: it is no name of a commit", ErrRevision, rev)
	}
	id, messages, err := r.parse(ctx, rev)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", r.unknown(ctx, rev, messages, err)
	}
	if strings.Contains(messages, "is ambiguous") {
		return "", fmt.Errorf("%w %q: it means more than one thing (git says: %s); write refs/heads/%s for the branch, refs/tags/%s for the tag", ErrRevision, rev, line(messages), rev, rev)
	}
	commit, messages, err := r.parse(ctx, id+"^{commit}")
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", r.noCommit(ctx, rev, id, messages, err)
	}
	return commit, nil
}

// parse lets git read a revision and takes nothing but one id for an answer.
func (r *Repo) parse(ctx context.Context, rev string) (id, messages string, err error) {
	out, messages, err := run(ctx, r.dir, "rev-parse", "--verify", "--end-of-options", rev)
	if err != nil {
		return "", messages, err
	}
	if id = strings.TrimSuffix(string(out), "\n"); !objectID.MatchString(id) {
		return "", "it is no single revision", fmt.Errorf("git rev-parse gave %q", id)
	}
	return id, messages, nil
}

// noCommit returns the error for a revision that git could read, but that is no
// commit. An id in full is not looked up before.
func (r *Repo) noCommit(ctx context.Context, rev, id, messages string, err error) error {
	out, _, typeErr := run(ctx, r.dir, "cat-file", "-t", id)
	if typeErr != nil {
		return r.unknown(ctx, rev, messages, err)
	}
	return fmt.Errorf("%w %q: it is a %s, not a commit", ErrRevision, rev, strings.TrimSpace(string(out)))
}

// unknown says why a revision may be unknown, and what to do.
func (r *Repo) unknown(ctx context.Context, rev, messages string, err error) error {
	if errors.Is(err, ErrNoGit) || errors.Is(err, ErrNoRepository) || errors.Is(err, ErrObjectMissing) {
		return err
	}
	why := ""
	if said := line(messages); said != "Needed a single revision" {
		why = " (git says: " + said + ")"
	}
	if strings.HasPrefix(rev, "HEAD") || strings.HasPrefix(rev, "@") {
		if _, _, err := r.parse(ctx, "HEAD"); err != nil && ctx.Err() == nil {
			return fmt.Errorf("%w %q: the branch has %w; commit the snapshot first", ErrRevision, rev, ErrNoCommit)
		}
	}
	return fmt.Errorf("%w %q%s; %s", ErrRevision, rev, why, r.nextFor(ctx, rev))
}

// nextFor returns what a user who named an unknown revision may do.
func (r *Repo) nextFor(ctx context.Context, rev string) string {
	remote := "origin/" + rev
	if _, _, err := r.parse(ctx, "refs/remotes/"+remote); err == nil {
		return fmt.Sprintf("there is %s", remote)
	}
	if r.shallow {
		return "this clone is shallow and may lack it; fetch the whole history with: git fetch --unshallow (GitHub Actions: fetch-depth: 0 at actions/checkout)"
	}
	return "see what there is with: git log --oneline --all"
}
