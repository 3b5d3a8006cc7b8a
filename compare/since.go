package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"iamctl/extract"
	"iamctl/internal/hint"
	"iamctl/result"
)

// earlier is the drift of a run that this one is held against; nil for none.
type earlier struct {
	name   string
	drifts map[string]earlierDrift
}

// earlierDrift is a drift of the earlier run.
type earlierDrift struct {
	result.Fixed
	// waived reports that a waiver accepted it then.
	waived bool
}

func newEarlier(name string, drifts func(func(result.Drift) bool)) *earlier {
	b := &earlier{name: name, drifts: map[string]earlierDrift{}}
	for d := range drifts {
		had := b.drifts[d.Fingerprint]
		b.drifts[d.Fingerprint] = earlierDrift{
			result.Fixed{Fingerprint: d.Fingerprint, RoleName: d.RoleName, Text: d.Text(), Side: sideName(d.Side)},
			had.waived || d.Mark.Waiver != nil,
		}
	}
	return b
}

// since returns the name of the earlier run, "" for none.
func (b *earlier) since() string {
	if b == nil {
		return ""
	}
	return b.name
}

// age reports whether the earlier run had the drift, "" if there was none.
func (b *earlier) age(fingerprint string) string {
	if b == nil {
		return ""
	}
	if _, ok := b.drifts[fingerprint]; ok {
		return result.AgeKnown
	}
	return result.AgeNew
}

// open reports whether the earlier run had the drift as one that no waiver
// accepted. What was waived then and is not now is as good as new.
func (b *earlier) open(fingerprint string) bool {
	if b == nil {
		return false
	}
	d, had := b.drifts[fingerprint]
	return had && !d.waived
}

// fixed returns the drifts that are not there now, sorted by role, text and
// fingerprint. Of a role of which a part could not be read now nobody can tell.
func (b *earlier) fixed(now map[string]bool, blind map[string]bool) []result.Fixed {
	if b == nil {
		return nil
	}
	var out []result.Fixed
	for fingerprint, d := range b.drifts {
		if !now[fingerprint] && !blind[d.RoleName] {
			out = append(out, d.Fixed)
		}
	}
	slices.SortFunc(out, func(x, y result.Fixed) int {
		return cmp.Or(cmp.Compare(x.RoleName, y.RoleName), cmp.Compare(x.Text, y.Text), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	return out
}

func sideName(side int) string {
	switch side {
	case 0:
		return "a"
	case 1:
		return "b"
	}
	return ""
}

// readEarlier reads what Since names: the output folder of a run, or a git
// revision at which both snapshots are compared as they were.
func (c *comparison) readEarlier(ctx context.Context) (*earlier, error) {
	if c.Since == "" {
		return nil, nil
	}
	if rev, ok := strings.CutPrefix(c.Since, "git:"); ok {
		return c.earlierRevision(ctx, rev)
	}
	run, err := ReadRun(c.Since)
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
	return newEarlier(c.Since, run.Drifts()), nil
}

// sinceError is an error in what Since names.
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
	return newEarlier(c.Since, result.Drifts(changes)), nil
}
