package main

import (
	"context"
	"errors"
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
	"iamctl/report"
)

// historyLimit is how many commits are looked at for since when a drift
// stands.
const historyLimit = 200

// history tells since when a drift stands in git; nil for unknown.
type history struct {
	commits map[string]*report.RunCommit
}

func (h *history) first(fingerprint string) *report.RunCommit {
	if h == nil {
		return nil
	}
	return h.commits[fingerprint]
}

// lookBack finds for every drift the first commit that shows it, if a source
// stands in git. A side that does not is taken as it is now. A history that
// cannot be read costs a note, not the run.
func lookBack(ctx context.Context, e *env, in *inputs, sides [2]side, changes *diff.Changes, ignored []normalize.Kind) (*history, error) {
	if !changes.Drift() {
		return nil, nil
	}
	var places [2]*gitsnapshot.Place
	for i, s := range sides {
		place, err := gitsnapshot.Locate(ctx, s.spec, ".")
		switch {
		case err == nil:
			places[i] = place
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.Is(err, gitsnapshot.ErrNoHistory):
			e.note("since when the drift stands is not known: %v", err)
		}
	}
	if places[0] == nil && places[1] == nil {
		return nil, nil
	}
	b := newBacktrack(in, sides, changes, ignored)
	walk := gitsnapshot.NewWalk(places[0], places[1], historyLimit)
	for moment, err := range walk.All(ctx) {
		if err == nil {
			err = b.step(moment)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			e.note("since when the drift stands is not wholly known: %v", err)
			break
		}
		if len(b.active) == 0 {
			break
		}
	}
	b.finish(walk.End())
	return &b.history, nil
}

// backtrack follows the drifts from now to older moments.
type backtrack struct {
	history
	in      *inputs
	ids     [2]equivalency.Identity
	now     *diff.Changes
	ignored []normalize.Kind
	// keys are the normalised names of the roles that drifted.
	keys map[string]bool
	// active are the drifts that every moment so far shows.
	active map[string]bool
}

func newBacktrack(in *inputs, sides [2]side, changes *diff.Changes, ignored []normalize.Kind) *backtrack {
	b := &backtrack{
		history: history{map[string]*report.RunCommit{}}, in: in, now: changes, ignored: ignored,
		keys: map[string]bool{}, active: map[string]bool{},
	}
	for i, s := range sides {
		b.ids[i] = s.identity(changes.Account(i).Flat.Account)
	}
	for d := range report.Drifts(changes) {
		b.active[d.Fingerprint] = true
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
	}
	return b
}

// step looks at one moment.
func (b *backtrack) step(m gitsnapshot.Moment) error {
	commit := &report.RunCommit{
		Hash: m.Commit.Hash, Time: m.Commit.Time.UTC().Format(time.RFC3339), Author: m.Commit.Author, Subject: m.Commit.Subject,
	}
	if !b.touches(0, m.DeltaA) && !b.touches(1, m.DeltaB) {
		for f := range b.active {
			b.commits[f] = commit
		}
		return nil
	}
	var accounts [2]*normalize.Account
	for i, then := range []*inventory.Account{m.A, m.B} {
		if then == nil {
			then = b.now.Account(i).Flat.Account
		}
		rules, err := b.in.dictionary.Rules(b.ids[i], b.ids[1-i])
		if err != nil {
			return err
		}
		flat := flatten.Account(b.narrow(i, then), b.in.reference)
		if accounts[i], err = normalize.Apply(flat, b.ids[i], rules); err != nil {
			return err
		}
	}
	shown := map[string]bool{}
	for d := range report.Drifts(diff.Compare(accounts[0], accounts[1], diff.Options{Ignore: b.ignored})) {
		shown[d.Fingerprint] = true
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

// touches tells whether what changed from one moment to the next can have
// anything to do with the roles that drifted. A policy may be anybody's.
func (b *backtrack) touches(side int, d snapshot.Delta) bool {
	if d.All || len(d.Policies) > 0 {
		return true
	}
	return slices.ContainsFunc(d.Roles, func(role string) bool { return b.drifted(side, role) })
}

// drifted tells whether a role of an older moment is one of those that drifted.
func (b *backtrack) drifted(side int, role string) bool {
	name, _ := b.now.Account(side).Rewriter.Rewrite(normalize.FieldRoleName, role)
	return b.keys[policy.Fold(name)]
}

// narrow keeps the roles that drifted: what the others were is of no interest.
func (b *backtrack) narrow(side int, a *inventory.Account) *inventory.Account {
	narrowed := *a
	narrowed.Roles = nil
	for _, r := range a.Roles {
		if b.drifted(side, r.Name) {
			narrowed.Roles = append(narrowed.Roles, r)
		}
	}
	return &narrowed
}

// finish marks what may be older than the commits looked at.
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
