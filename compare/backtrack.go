package compare

import (
	"context"
	"slices"
	"time"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/extract/gitsnapshot"
	"iamctl/extract/snapshot"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/result"
)

// backtrack follows the drifts from now back to older moments.
type backtrack struct {
	history
	comparison *comparison
	ids        [2]equivalency.Identity
	now        *diff.Changes
	// keys are the normalised names of the roles that drifted.
	keys map[string]bool
	// names are those of each account's roles now, before rewriting.
	names [2]map[string]bool
	// active are the drifts that every moment looked at so far shows.
	active map[string]bool
}

func newBacktrack(c *comparison, changes *diff.Changes) *backtrack {
	b := &backtrack{
		history: history{map[string]*result.Commit{}}, comparison: c, now: changes,
		keys: map[string]bool{}, active: map[string]bool{},
	}
	for i, s := range c.sides {
		b.ids[i] = s.Identity(changes.Account(i).Flat.Account)
		b.names[i] = map[string]bool{}
		for _, r := range changes.Account(i).Roles {
			b.names[i][r.Raw.Name] = true
		}
	}
	for d := range c.result.Drifts() {
		if d.Finding == nil { // findings of older moments are not looked for
			b.active[d.Fingerprint] = true
		}
	}
	for i := range changes.Common {
		if p := &changes.Common[i]; p.Differs() {
			b.keys[p.A.Key], b.keys[p.B.Key] = true, true
		}
	}
	for side := range 2 {
		for _, r := range changes.Only(side) {
			b.keys[r.Key] = true
		}
		for i := range changes.AWSChanges {
			for _, h := range changes.AWSChanges[i].Holders {
				b.keys[h.Role(side).Key] = true
			}
		}
	}
	return b
}

// step looks at one moment.
func (b *backtrack) step(ctx context.Context, m gitsnapshot.Moment) error {
	commit := &result.Commit{
		Hash: m.Commit.Hash, Time: m.Commit.Time.UTC().Format(time.RFC3339), Author: m.Commit.Author, Subject: m.Commit.Subject,
	}
	if !b.touches(0, m.DeltaA) && !b.touches(1, m.DeltaB) {
		for f := range b.active {
			b.commits[f] = commit
		}
		return nil
	}
	shown, err := b.shown(ctx, m)
	if err != nil {
		return err
	}
	for f := range b.active {
		if shown[f] {
			b.commits[f] = commit
		} else {
			delete(b.active, f)
		}
	}
	return nil
}

// shown returns the fingerprints of the drift at a moment.
func (b *backtrack) shown(ctx context.Context, m gitsnapshot.Moment) (map[string]bool, error) {
	then := [2]*inventory.Account{m.A, m.B}
	for i := range then {
		if then[i] == nil {
			then[i] = b.now.Account(i).Flat.Account
		}
	}
	// Names are those of the moment: a role may have been deployed anew since.
	bound, err := bind(b.ids, then, b.comparison.Dictionary)
	if err != nil {
		return nil, err
	}
	var flats [2]*inventory.Flat
	for i := range then {
		flats[i] = flatten.Account(b.narrow(normalize.NewRewriter(bound.rules[i]), then[i]), b.comparison.Reference)
	}
	changes, err := bound.changes(ctx, flats, b.comparison.Reference, diff.Options{Ignore: b.comparison.Ignore, Exclude: b.comparison.Exclude})
	if err != nil {
		return nil, err
	}
	shown := map[string]bool{}
	for d := range result.Drifts(changes) {
		shown[d.Fingerprint] = true
	}
	return shown, nil
}

// touches reports whether what changed from one moment to the next may concern
// the roles that drifted. A managed policy may concern any role, and a name that no
// role has now may be that of one that has been deployed anew since.
func (b *backtrack) touches(side int, d snapshot.Delta) bool {
	if d.All || len(d.Policies) > 0 {
		return true
	}
	rewriter := b.now.Account(side).Rewriter
	return slices.ContainsFunc(d.Roles, func(role string) bool { return !b.names[side][role] || b.drifted(rewriter, role) })
}

// drifted reports whether a role of an older moment is one of those that drifted.
func (b *backtrack) drifted(r *normalize.Rewriter, role string) bool {
	name, _ := r.Rewrite(normalize.FieldRoleName, role)
	return b.keys[policy.Fold(name)]
}

// narrow returns an account with the roles that drifted alone.
func (b *backtrack) narrow(r *normalize.Rewriter, a *inventory.Account) *inventory.Account {
	narrowed := *a
	narrowed.Roles = nil
	for i := range a.Roles {
		if b.drifted(r, a.Roles[i].Name) {
			narrowed.Roles = append(narrowed.Roles, a.Roles[i])
		}
	}
	return &narrowed
}

// finish marks the drifts that may be older than the commits looked at.
func (b *backtrack) finish(end gitsnapshot.End) {
	if end.Whole() || len(b.active) == 0 {
		return
	}
	for f := range b.active {
		if c := b.commits[f]; c != nil {
			older := *c
			older.AtLeast = true
			b.commits[f] = &older
		}
	}
}
