package main

import (
	"context"
	"fmt"
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
}

func newEarlier(label string) *earlier {
	return &earlier{label: label, drifts: map[string]report.RunFixed{}, seen: map[string]bool{}}
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

// fixed is the drift that nobody asked about since.
func (b *earlier) fixed() []report.RunFixed {
	if b == nil {
		return nil
	}
	var out []report.RunFixed
	for fingerprint, f := range b.drifts {
		if !b.seen[fingerprint] {
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
	before := newEarlier(name)
	for d := range run.Drifts() {
		before.add(d)
	}
	return before, nil
}

func sameTags(a, b string, sides [2]side) bool {
	return a == sides[0].tag && b == sides[1].tag || a == sides[1].tag && b == sides[0].tag
}

func (b *earlier) add(d report.Drift) {
	b.drifts[d.Fingerprint] = report.RunFixed{Fingerprint: d.Fingerprint, RoleName: d.RoleName, Text: d.Text()}
}

// earlierRevision compares the snapshots as they were at a revision.
func earlierRevision(ctx context.Context, e *env, c *cli.Context, in *inputs, sides [2]side, name, rev string) (*earlier, error) {
	for i, s := range sides {
		if s.spec.Kind != extract.Folder && s.spec.Kind != extract.Git {
			return nil, usage("diff", "--since %s: %s is no snapshot folder, so git does not know what it was; name the output folder of an earlier run instead", name, s.tag)
		}
		sides[i].spec = extract.Spec{Kind: extract.Git, Rev: rev, Name: s.spec.Name}
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
