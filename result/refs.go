package result

import (
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// Ref is an item of a role: the policy's index and the row in it.
type Ref = diff.Ref

// RoleRefs is a role and some of its items as the comparison holds them, for
// writers of millions of items.
type RoleRefs struct {
	Role *normalize.Role
	Refs iter.Seq[Ref]
}

// Differing yields the items of a side's common roles that the other side does
// not have, role by role. It is for a Result that New made.
func (r *Result) Differing(side int) iter.Seq[RoleRefs] {
	return func(yield func(RoleRefs) bool) {
		for i := range r.changes.Common {
			p := &r.changes.Common[i]
			if only := p.Only(side); len(only) > 0 && !yield(RoleRefs{p.Role(side), slices.Values(only)}) {
				return
			}
		}
	}
}

// ChangedByAWS yields the items that the policies of AWS's have on a side alone, as
// items of the first role that has each. It is for a Result that New made.
func (r *Result) ChangedByAWS(side int) iter.Seq[RoleRefs] {
	return func(yield func(RoleRefs) bool) {
		for i := range r.changes.AWSChanges {
			c := &r.changes.AWSChanges[i]
			if !yield(RoleRefs{c.Holders[0].Role(side), slices.Values(c.Only(side))}) {
				return
			}
		}
	}
}

// Alone yields the roles that a side alone has, with all their items. It is for
// a Result that New made.
func (r *Result) Alone(side int) iter.Seq[RoleRefs] {
	return func(yield func(RoleRefs) bool) {
		for _, role := range r.changes.Only(side) {
			if !yield(RoleRefs{role, RefsOf(role)}) {
				return
			}
		}
	}
}

// MaskedRef is a pair of equal items that might hide drift.
type MaskedRef = diff.Masked

// MaskedPairs yields the common roles that have masked items, with these. It is
// for a Result that New made.
func (r *Result) MaskedPairs() iter.Seq2[[2]*normalize.Role, []MaskedRef] {
	return func(yield func([2]*normalize.Role, []MaskedRef) bool) {
		for i := range r.changes.Common {
			p := &r.changes.Common[i]
			if len(p.Masked) > 0 && !yield([2]*normalize.Role{p.A, p.B}, p.Masked) {
				return
			}
		}
	}
}

// RefsOf yields all items of a role.
func RefsOf(r *normalize.Role) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for i := range r.Policies {
			for row := range r.Policies[i].Items.Rows {
				if !yield(Ref{Policy: uint32(i), Row: uint32(row)}) {
					return
				}
			}
		}
	}
}

// Documents yields a document of every policy of the roles, which of chooses:
// the one after or the one before rewriting.
func Documents(roles iter.Seq[RoleRefs], of func(*normalize.Policy) *inventory.Items) iter.Seq[*inventory.Items] {
	return func(yield func(*inventory.Items) bool) {
		for r := range roles {
			for i := range r.Role.Policies {
				if !yield(of(&r.Role.Policies[i])) {
					return
				}
			}
		}
	}
}

// documentsOf yields the document after rewriting of every policy of the roles.
func documentsOf(roles iter.Seq[RoleRefs]) iter.Seq[*inventory.Items] {
	return Documents(roles, func(p *normalize.Policy) *inventory.Items { return p.Items })
}
