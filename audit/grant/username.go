package grant

import (
	"slices"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

const (
	userKey = "aws:username"
	// standIn is a key that has the user's name in the search, which asks about roles:
	// requests of these have no aws:username.
	standIn = "aws:principaltag/iamctl-username"
)

// byName returns the permissions of a user, a group or a policy with the key standIn in
// place of the user's name.
func (g Grant) byName(p *verdict.Permissions) *verdict.Permissions {
	if g.holder.Kind == inventory.EntityRole || !asks(p, func(key string) bool { return key == userKey }) {
		return p
	}
	p.Identity, p.Boundary = renamed(p.Identity), renamed(p.Boundary)
	if g.holder.Kind == inventory.EntityUser {
		p.Identity = append(slices.Clip(p.Identity), denied(policy.Statement{
			Condition: []policy.Condition{{Operator: "StringNotEquals", Key: standIn, Values: []string{g.holder.Name}}},
		}))
	}
	return p
}

func renamed(documents []*policy.Document) []*policy.Document {
	out := slices.Clone(documents)
	for i, d := range out {
		changed := *d
		changed.Statements = slices.Clone(d.Statements)
		for k := range changed.Statements {
			s := &changed.Statements[k]
			s.Condition = slices.Clone(s.Condition)
			for j := range s.Condition {
				if policy.Fold(s.Condition[j].Key) == userKey {
					s.Condition[j].Key = standIn
				}
			}
		}
		out[i] = &changed
	}
	return out
}

// restore puts the user's name back into a request of the search's.
func restore(r *eval.Request) {
	if v, ok := r.Context[standIn]; ok {
		delete(r.Context, standIn)
		r.Context[userKey] = v
	}
}
