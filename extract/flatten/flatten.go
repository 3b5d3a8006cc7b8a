// Package flatten turns policy documents into items: one row for every
// action, resource and principal of every statement, as AWS's IAMCTL does,
// but with nothing lost.
//
// The rules, in their order:
//
//  1. "*" and a wildcard for a whole service ("s3:*", "*:Get*") stay one row.
//     Other patterns expand over the reference. An action that the reference
//     does not know stays as it was written and is noted.
//  2. A resource pairs with the actions that can use it: those of which a
//     resource type's ARN format can match it. A service prefix is no guide:
//     ssm:SendCommand acts on EC2 instances. An action without resource types
//     pairs with every resource of its statement.
//  3. A resource that no action of the same effect and terms can use stays as
//     an item of its own, without an action, and an action that can use no
//     resource as one without a resource, both noted. If the two are of one
//     service (s3:GetObject on a bucket's ARN) they are an item together, for
//     that is a mistaken ARN. Splitting a statement in two changes nothing.
//  4. Not- elements are rows marked as negated, never expanded, and never
//     left out for want of a matching type. Since the complement of a list
//     is not that of its members, each such row carries the whole list.
package flatten

import (
	"cmp"
	"errors"
	"slices"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// Account flattens every role of an account. Documents that occur more than
// once are parsed and expanded once. Gaps that concern no role are a note, and an
// account without roles is a gap.
func Account(a *inventory.Account, ref *reference.Reference) *inventory.Flat {
	return NewShelf(ref).Account(a)
}

// Account is the function Account, for one of several accounts. Policies of all of
// them that have the same document share its items.
func (s *Shelf) Account(a *inventory.Account) *inventory.Flat {
	return s.Roles(a, func(*inventory.Role) bool { return true })
}

// Roles is Account for the roles of an account that are wanted. The others are left out,
// and what is odd in these is not looked for.
func (s *Shelf) Roles(a *inventory.Account, wanted func(*inventory.Role) bool) *inventory.Flat {
	f := &flattener{account: a, documents: newDocuments(s, a), sizes: map[*inventory.Items]int{}}
	f.managed = make(map[string]*inventory.Policy, len(a.Policies))
	for i := range a.Policies {
		f.managed[a.Policies[i].ARN] = &a.Policies[i]
	}
	f.ahead(a, wanted)
	gaps, others := a.RoleGaps()
	if none, ok := a.NoRoles(); ok {
		gaps = append(gaps, none)
	}
	f.gaps = gaps
	var left []*inventory.Role
	roles := make([]inventory.FlatRole, 0, len(a.Roles))
	for i := range a.Roles {
		if r := &a.Roles[i]; wanted(r) {
			roles = append(roles, f.role(r))
		} else {
			left = append(left, r)
		}
	}
	f.reportPolicies()
	slices.SortStableFunc(f.gaps, inventory.Gap.Compare)
	flat := &inventory.Flat{Account: a, Roles: roles, Left: left, Gaps: f.gaps, Notes: slices.Clone(a.Notes), Parsed: s.parsed}
	if note := inventory.OtherGaps(others); note != "" {
		flat.Notes = append(flat.Notes, note)
	}
	return flat
}

type flattener struct {
	account   *inventory.Account
	documents *documents
	managed   map[string]*inventory.Policy
	// used are the managed policies that some role uses, by ARN.
	used map[string]inventory.PolicyRef
	gaps []inventory.Gap
	// sizes are how many bytes the columns of items have: see limits.go.
	sizes map[*inventory.Items]int
}

func (f *flattener) role(r *inventory.Role) inventory.FlatRole {
	out := inventory.FlatRole{Role: r}
	out.Policies = append(out.Policies, f.embedded(r, inventory.Trust, "", r.Trust))
	for _, p := range r.Inline {
		out.Policies = append(out.Policies, f.embedded(r, inventory.Inline, p.Name, p.Document))
	}
	for _, ref := range r.Attached {
		out.Policies = append(out.Policies, f.attached(ref, inventory.Managed))
	}
	if r.Boundary != nil {
		out.Policies = append(out.Policies, f.attached(*r.Boundary, inventory.Boundary))
	}
	slices.SortStableFunc(out.Policies, func(x, y inventory.FlatPolicy) int {
		return cmp.Or(cmp.Compare(x.Type, y.Type), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ARN, y.ARN))
	})
	f.keepBudget(r, out.Policies)
	return out
}

// embedded flattens a document of the role's own, and reports what is odd in
// it as a gap of the role.
func (f *flattener) embedded(r *inventory.Role, t inventory.PolicyType, name string, d inventory.Document) inventory.FlatPolicy {
	if d == "" {
		return f.missing(r, t, name)
	}
	flat := f.documents.flatten(d)
	at := inventory.Gap{Entity: inventory.EntityRole, Name: r.Name, Part: inventory.Part(t), PolicyName: name}
	f.report(at, flat, d)
	return inventory.FlatPolicy{Name: name, Type: t, Items: flat.items, Blind: flat.err != nil}
}

// missing is in place of a document that the source left out.
func (f *flattener) missing(r *inventory.Role, t inventory.PolicyType, name string) inventory.FlatPolicy {
	p := inventory.FlatPolicy{Name: name, Type: t, Items: &inventory.Items{}, Blind: true}
	if !f.known(inventory.EntityRole, r.Name, inventory.Part(t), name) {
		f.gaps = append(f.gaps, inventory.Gap{
			Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: r.Name, Part: inventory.Part(t), PolicyName: name,
			Blind: true, Reason: "the source has no document for it",
		})
	}
	return p
}

// attached flattens a managed policy. Its gaps are reported once for all the
// roles that use it, by reportPolicies.
func (f *flattener) attached(ref inventory.PolicyRef, t inventory.PolicyType) inventory.FlatPolicy {
	if f.used == nil {
		f.used = map[string]inventory.PolicyRef{}
	}
	f.used[ref.ARN] = ref
	out := inventory.FlatPolicy{Name: ref.Name, Type: t, ARN: ref.ARN, Items: &inventory.Items{}, Blind: true}
	if p := f.managed[ref.ARN]; p != nil && p.Document != "" {
		flat := f.documents.flatten(p.Document)
		out.Items, out.Blind = flat.items, flat.err != nil
	}
	return out
}

// reportPolicies reports the managed policies that roles use and that are
// missing, unparsable or odd.
func (f *flattener) reportPolicies() {
	for arn, ref := range f.used {
		at := inventory.Gap{Entity: inventory.EntityPolicy, Name: arn, PolicyName: ref.Name}
		if p := f.managed[arn]; p != nil && p.Document != "" {
			f.report(at, f.documents.flatten(p.Document), p.Document)
			continue
		}
		if !f.known(inventory.EntityPolicy, arn, "", "") {
			at.Kind, at.Blind, at.Reason = inventory.GapRead, true, "the source has no document for it"
			f.gaps = append(f.gaps, at)
		}
	}
}

// known reports whether the source itself reported the missing document.
func (f *flattener) known(entity inventory.Entity, name string, part inventory.Part, policyName string) bool {
	return slices.ContainsFunc(f.account.Gaps, func(g inventory.Gap) bool {
		return g.Blind && g.Entity == entity && g.Name == name &&
			(part == "" || g.Part == "" || g.Part == part) &&
			(policyName == "" || g.PolicyName == "" || g.PolicyName == policyName)
	})
}

func (f *flattener) report(at inventory.Gap, flat *flattened, d inventory.Document) {
	at.Kind = inventory.GapParse
	var over *limitError
	if errors.As(flat.err, &over) {
		at.Kind, at.Blind, at.Reason = inventory.GapLimit, true, over.Error()
		f.gaps = append(f.gaps, at)
		return
	}
	if flat.err != nil {
		at.Blind, at.Reason, at.Raw = true, "the document cannot be parsed: "+flat.err.Error(), string(d)
		f.gaps = append(f.gaps, at)
		return
	}
	for _, p := range flat.problems {
		if p.Minor {
			continue // its meaning is certain: nothing is missing
		}
		g := at
		g.Reason = p.String()
		f.gaps = append(f.gaps, g)
	}
}

// flattened is a document after flattening.
type flattened struct {
	items    *inventory.Items
	problems []policy.Problem
	err      error
	// byID is true if the items depend on which unique ids the account has.
	byID bool
}
