package compare

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"iamctl/extract"
	"iamctl/extract/gitsnapshot"
	"iamctl/internal/hint"
	"iamctl/result"
)

// readEarlier reads what Since names: the output folder of a run, or a git
// revision at which both snapshots are compared as they were.
func (c *comparison) readEarlier(ctx context.Context) (*earlier, error) {
	if c.Since == "" {
		return nil, nil
	}
	if rev, ok := strings.CutPrefix(c.Since, "git:"); ok {
		return c.earlierRevision(ctx, rev)
	}
	run, input, err := savedDiff.Read(ctx, c.Since)
	if err != nil {
		return nil, fmt.Errorf("--since: %w", err)
	}
	if tags := run.Tags(); !c.sameTags(tags) {
		return nil, c.sinceError("that run compared %s with %s, not %s with %s; fingerprints hold the tags, so nothing would match",
			tags[0], tags[1], c.sides[0].Tag, c.sides[1].Tag)
	}
	if err := c.sameIgnored(run.Ignored); err != nil {
		return nil, err
	}
	if err := c.sameExcluded(run.Excluded); err != nil {
		return nil, err
	}
	return newEarlier(c.Since, input, run.Drifts()).keep(run, run.Tags()[0] != c.sides[0].Tag), nil
}

// sinceError returns an error in what Since names.
func (c *comparison) sinceError(format string, args ...any) error {
	return hint.With(fmt.Errorf("--since %s: %w", c.Since, fmt.Errorf(format, args...)), "see 'iamctl diff --help'")
}

// sameIgnored returns an error where the earlier run compared other
// attributes: what one of the two left out would look new or fixed.
func (c *comparison) sameIgnored(then []string) error {
	now := make([]string, len(c.Ignore))
	for i, k := range c.Ignore {
		now[i] = string(k)
	}
	then = slices.Clone(then)
	slices.Sort(then)
	slices.Sort(now)
	if !slices.Equal(slices.Compact(then), slices.Compact(now)) {
		return c.sinceError("that run left out %s, this one %s: hold like against like", listOr(then, "nothing"), listOr(now, "nothing"))
	}
	return nil
}

// sameExcluded returns an error where the earlier run left out other roles.
func (c *comparison) sameExcluded(excluded []result.Excluded) error {
	var then, now []string
	for _, x := range excluded {
		then = append(then, x.Rule)
	}
	for _, x := range c.Exclude {
		now = append(now, string(x))
	}
	slices.Sort(then)
	slices.Sort(now)
	if now = slices.Compact(now); !slices.Equal(then, now) {
		return c.sinceError("that run excluded %s, this one %s: hold like against like", listOr(then, "no roles"), listOr(now, "no roles"))
	}
	return nil
}

func listOr(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(list, ", ")
}

func (c *comparison) sameTags(tags [2]string) bool {
	a, b := c.sides[0].Tag, c.sides[1].Tag
	return tags == [2]string{a, b} || tags == [2]string{b, a}
}

// earlierRevision compares the snapshots as they were at a revision.
func (c *comparison) earlierRevision(ctx context.Context, rev string) (*earlier, error) {
	sides := c.sides
	for i, s := range sides {
		if s.Spec.Kind != extract.Folder && s.Spec.Kind != extract.Git {
			return nil, c.sinceError("%s is no snapshot folder, so git does not know what it was; name the output folder of an earlier run instead", s.Tag)
		}
		if s.Spec.Kind == extract.Folder {
			// A side that is a revision already stays the one it is.
			sides[i].Spec = extract.Spec{Kind: extract.Git, Rev: rev, Name: s.Spec.Name}
		}
	}
	if sides[0].Spec == sides[1].Spec {
		return nil, c.sinceError("both sides would be %s; name the output folder of an earlier run instead", sides[0].Spec)
	}
	changes, err := c.compare(ctx, sides)
	if err != nil {
		return nil, fmt.Errorf("--since %s: %w", c.Since, err)
	}
	found, _, err := c.audits(ctx, changes)
	if err != nil {
		return nil, fmt.Errorf("--since %s: %w", c.Since, err)
	}
	e := newEarlier(c.Since, result.Input{Path: c.Since, Version: c.commits(ctx, sides)}, withTexts(result.Drifts(changes), found.Drifts()))
	e.audit = found
	return e, nil
}

// withTexts yields the drifts with their texts made, so that what they are made from
// need not be kept.
func withTexts(lists ...iter.Seq[result.Drift]) iter.Seq[result.Drift] {
	return func(yield func(result.Drift) bool) {
		for _, drifts := range lists {
			for d := range drifts {
				text := d.Text()
				d.Text = func() string { return text }
				if !yield(d) {
					return
				}
			}
		}
	}
}

// commits returns the commits of the sides that are revisions, "" if they cannot
// be told.
func (c *comparison) commits(ctx context.Context, sides [2]Side) string {
	var ids []string
	for _, s := range sides {
		place, err := gitsnapshot.Locate(ctx, s.Spec, ".")
		if err == nil && !slices.Contains(ids, place.Commit()) {
			ids = append(ids, place.Commit())
		}
	}
	return strings.Join(ids, ", ")
}
