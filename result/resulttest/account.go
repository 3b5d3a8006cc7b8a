package resulttest

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
)

// Role is a role before and after rewriting.
type Role struct {
	Name, Path       string
	RawName, RawPath string
	Attributes       []normalize.Attribute
	Policies         []Policy
}

// Policy is a policy with its items; Raw is nil where nothing in them
// was rewritten, otherwise the items before in the same order.
type Policy struct {
	Name, RawName, ARN string
	Kind               inventory.PolicyType
	Items, Raw         []inventory.Item
}

// Account makes a normalised account.
func Account(tag, source, id string, roles ...Role) *normalize.Account {
	flat := &inventory.Flat{Account: &inventory.Account{ID: id, Partition: "aws"}}
	a := &normalize.Account{Tag: tag, Source: source, Flat: flat, Rewriter: rewriterFor(tag)}
	for _, f := range roles {
		raw := inventory.FlatRole{Role: &inventory.Role{
			Name: f.RawName, Path: f.RawPath, ID: "AROA" + strings.ToUpper(tag) + "EXAMPLE",
			ARN: "arn:aws:iam::" + id + ":role" + f.RawPath + f.RawName,
		}}
		r := normalize.Role{Name: f.Name, Key: strings.ToLower(f.Name), Path: f.Path, Attributes: f.Attributes}
		var after []*inventory.Items
		for _, p := range f.Policies {
			items := Document(p.Items...)
			before := items
			if p.Raw != nil {
				before = Document(p.Raw...)
			}
			after = append(after, items)
			raw.Policies = append(raw.Policies, inventory.FlatPolicy{Name: p.RawName, Type: p.Kind, ARN: p.ARN, Items: before})
			setDocument(flat.Account, raw.Role, &p)
		}
		r.Raw = &raw
		for i, p := range f.Policies {
			r.Policies = append(r.Policies, normalize.Policy{
				Name: p.Name, Type: p.Kind, ARN: p.ARN, Raw: &raw.Policies[i],
				Table: &normalize.Table{Items: after[i], Before: raw.Policies[i].Items, Rewriter: a.Rewriter},
			})
		}
		flat.Roles = append(flat.Roles, raw)
		a.Roles = append(a.Roles, r)
	}
	return a
}

// setDocument sets the text of a policy: that of a managed policy is the same in
// all accounts.
func setDocument(a *inventory.Account, r *inventory.Role, p *Policy) {
	text := inventory.Document(fmt.Sprintf("{\n  \"of\": %q\n}", string(p.Kind)+" "+p.RawName))
	switch p.Kind {
	case inventory.Trust:
		r.Trust = text
	case inventory.Inline:
		r.Inline = append(r.Inline, inventory.InlinePolicy{Name: p.RawName, Document: text})
	default:
		if !slices.ContainsFunc(a.Policies, func(q inventory.Policy) bool { return q.ARN == p.ARN }) {
			a.Policies = append(a.Policies, inventory.Policy{Name: p.RawName, ARN: p.ARN, Document: text})
		}
	}
}

// Changes compares the accounts in the plainest way.
func Changes(a, b *normalize.Account) *diff.Changes {
	c := &diff.Changes{A: a, B: b}
	inA, inB := rolesByKey(a), rolesByKey(b)
	for i := range a.Roles {
		r := &a.Roles[i]
		other := inB[r.Key]
		if other == nil {
			c.OnlyA = append(c.OnlyA, r)
			continue
		}
		c.Common = append(c.Common, diff.Pair{
			Name: r.Name, A: r, B: other, OnlyA: onlyIn(r, other), OnlyB: onlyIn(other, r),
		})
	}
	for i := range b.Roles {
		if r := &b.Roles[i]; inA[r.Key] == nil {
			c.OnlyB = append(c.OnlyB, r)
		}
	}
	return c
}

// rolesByKey returns the roles of an account by key, of equal keys the first.
func rolesByKey(a *normalize.Account) map[string]*normalize.Role {
	roles := make(map[string]*normalize.Role, len(a.Roles))
	for i := range a.Roles {
		r := &a.Roles[i]
		if roles[r.Key] == nil {
			roles[r.Key] = r
		}
	}
	return roles
}

func onlyIn(r, other *normalize.Role) []diff.Ref {
	there := map[inventory.Item]bool{}
	for ref := range result.RefsOf(other) {
		there[spelled(other, ref)] = true
	}
	var only []diff.Ref
	for ref := range result.RefsOf(r) {
		if !there[spelled(r, ref)] {
			only = append(only, ref)
		}
	}
	return only
}

// spelled is an item without its path, which is an attribute.
func spelled(r *normalize.Role, ref diff.Ref) inventory.Item {
	p := &r.Policies[ref.Policy]
	it := p.Items.Item(int(ref.Row))
	it.RoleName, it.PolicyName, it.PolicyType = r.Key, p.Name, string(p.Type)
	return it
}
