package result

import (
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// Ref is the place of an item in a role: the policy's index and the row in it.
type Ref = diff.Ref

// RoleItems is items of one role as the comparison holds them, for what writes
// millions of them.
type RoleItems struct {
	Role *normalize.Role
	Refs iter.Seq[Ref]
}

// Differing yields the items of one side that the other does not have, role by
// role. It is for a Result that New made.
func (r *Result) Differing(side int) iter.Seq[RoleItems] {
	return func(yield func(RoleItems) bool) {
		for i := range r.changes.Common {
			p := &r.changes.Common[i]
			if only := p.Only(side); len(only) > 0 && !yield(RoleItems{p.Role(side), slices.Values(only)}) {
				return
			}
		}
	}
}

// Alone yields all items of the roles that one side alone has. It is for a
// Result that New made.
func (r *Result) Alone(side int) iter.Seq[RoleItems] {
	return func(yield func(RoleItems) bool) {
		for _, role := range r.changes.Only(side) {
			if !yield(RoleItems{role, ItemsOf(role)}) {
				return
			}
		}
	}
}

// MaskedRef is a pair of equal items that might hide drift, by their places.
type MaskedRef = diff.Masked

// MaskedPairs yields the two roles and the masked items of the common roles
// that have some. It is for a Result that New made.
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

// ItemsOf yields the places of all items of a role.
func ItemsOf(r *normalize.Role) iter.Seq[Ref] {
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

// documentsOf yields the normalised document of every policy of the roles.
func documentsOf(roles iter.Seq[RoleItems]) iter.Seq[*inventory.Items] {
	return func(yield func(*inventory.Items) bool) {
		for r := range roles {
			for i := range r.Role.Policies {
				if !yield(r.Role.Policies[i].Items) {
					return
				}
			}
		}
	}
}
