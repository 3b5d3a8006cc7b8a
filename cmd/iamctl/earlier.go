package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/diff"
	"iamctl/extract"
	"iamctl/report"
)

// earlier is the drift of a run that this one is held against; nil for none.
type earlier struct {
	label  string
	drifts map[string]report.RunFixed
	seen   map[string]bool
	// waived are those of the drifts that a waiver accepted then.
	waived map[string]bool
}

func newEarlier(label string) *earlier {
	return &earlier{label: label, drifts: map[string]report.RunFixed{}, seen: map[string]bool{}, waived: map[string]bool{}}
}

func (b *earlier) name() string {
	if b == nil {
		return ""
	}
	return b.label
}

// age tells whether the earlier run had the drift, and remembers it.
func (b *earlier) age(fingerprint string) string {
	if b == nil {
		return ""
	}
	b.seen[fingerprint] = true
	if _, ok := b.drifts[fingerprint]; ok {
		return report.AgeKnown
	}
	return report.AgeNew
}

// open tells whether the earlier run had the drift as one that no waiver
// accepted. What was waived then and is not now is as good as new.
func (b *earlier) open(fingerprint string) bool {
	if b == nil {
		return false
	}
	_, had := b.drifts[fingerprint]
	return had && !b.waived[fingerprint]
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

// fixed is the drift that nobody asked about since. Of a role that is in the
// dark now nobody can tell.
func (b *earlier) fixed(blind map[string]bool) []report.RunFixed {
	if b == nil {
		return nil
	}
	var out []report.RunFixed
	for fingerprint, f := range b.drifts {
		if !b.seen[fingerprint] && !blind[f.RoleName] {
			out = append(out, f)
		}
	}
	sortFixed(out)
	return out
}

// readEarlier reads what --since names: the output folder of a run, or a git
// revision at which both snapshots are compared as they were.
func readEarlier(ctx context.Context, e *env, c *cli.Context, in *inputs, sides [2]side) (*earlier, error) {
	name := c.String("since")
	if name == "" {
		return nil, nil
	}
	if rev, ok := strings.CutPrefix(name, "git:"); ok {
		return earlierRevision(ctx, e, c, in, sides, name, rev)
	}
	run, err := readRun(name)
	if err != nil {
		return nil, fmt.Errorf("--since: %w", err)
	}
	if a, b := run.Accounts.A.Tag, run.Accounts.B.Tag; !sameTags(a, b, sides) {
		return nil, usage("diff", "--since %s: that run compared %s with %s, not %s with %s; fingerprints hold the tags, so nothing would match",
			name, a, b, sides[0].tag, sides[1].tag)
	}
	if err := sameIgnored(name, run.Ignored, c); err != nil {
		return nil, err
	}
	before := newEarlier(name)
	for d := range run.Drifts() {
		before.add(d)
	}
	return before, nil
}

// sameIgnored is an error where the earlier run compared other attributes:
// what one of the two left out would look new or fixed.
func sameIgnored(name string, then []string, c *cli.Context) error {
	kinds, err := ignoredKinds(c)
	if err != nil {
		return err
	}
	now := make([]string, len(kinds))
	for i, k := range kinds {
		now[i] = string(k)
	}
	then = slices.Clone(then)
	slices.Sort(then)
	slices.Sort(now)
	if !slices.Equal(slices.Compact(then), slices.Compact(now)) {
		return usage("diff", "--since %s: that run left out %s, this one %s: hold like against like",
			name, listOr(then, "nothing"), listOr(now, "nothing"))
	}
	return nil
}

func listOr(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(list, ", ")
}

func sameTags(a, b string, sides [2]side) bool {
	return a == sides[0].tag && b == sides[1].tag || a == sides[1].tag && b == sides[0].tag
}

func (b *earlier) add(d report.Drift) {
	b.drifts[d.Fingerprint] = report.RunFixed{Fingerprint: d.Fingerprint, RoleName: d.RoleName, Text: d.Text(), Side: sideName(d.Side)}
	if d.Mark.Waiver != nil {
		b.waived[d.Fingerprint] = true
	}
}

// earlierRevision compares the snapshots as they were at a revision.
func earlierRevision(ctx context.Context, e *env, c *cli.Context, in *inputs, sides [2]side, name, rev string) (*earlier, error) {
	for i, s := range sides {
		if s.spec.Kind != extract.Folder && s.spec.Kind != extract.Git {
			return nil, usage("diff", "--since %s: %s is no snapshot folder, so git does not know what it was; name the output folder of an earlier run instead", name, s.tag)
		}
		if s.spec.Kind == extract.Folder {
			// A side that is a revision already stays the one it is.
			sides[i].spec = extract.Spec{Kind: extract.Git, Rev: rev, Name: s.spec.Name}
		}
	}
	if sides[0].spec == sides[1].spec {
		return nil, usage("diff", "--since %s: both sides would be %s; name the output folder of an earlier run instead", name, sides[0].spec)
	}
	flats, err := readSides(ctx, e, c, in, sides[:])
	if err != nil {
		return nil, fmt.Errorf("--since %s: %w", name, err)
	}
	accounts, err := normalizeSides(ctx, in, sides, flats)
	if err != nil {
		return nil, fmt.Errorf("--since %s: %w", name, err)
	}
	ignored, err := ignoredKinds(c)
	if err != nil {
		return nil, err
	}
	before := newEarlier(name)
	for d := range report.Drifts(diff.Compare(accounts[0], accounts[1], diff.Options{Ignore: ignored})) {
		before.add(d)
	}
	return before, nil
}
