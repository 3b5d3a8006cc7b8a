package escalation

import (
	"cmp"
	"slices"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
)

// revised asks whether a holder may change a policy of the account's own that a principal
// has.
func (g *graph) revised(h *node, t, who *account.Holder, w *way, limited bool) *way {
	var part *way
	for i := range t.Policies {
		p := &t.Policies[i]
		if !own(p) {
			continue
		}
		v := *w
		if v.Answer = g.as(h, t, w.set.Actions[0], p.ARN); !v.Open() {
			continue
		}
		v.by, v.unknown = p.Name, v.Unknown
		out := g.leaves(who, having(who, t, w.set.Actions[0], p.ARN), &v, limited)
		if out != nil && out.whole {
			return out
		}
		part = cmp.Or(part, out)
	}
	return part
}

// version asks whether a holder may put another version of a policy in force, by which
// a principal is stronger.
func (g *graph) version(h *node, t, who *account.Holder, w *way) *way {
	var unsure *way
	base := joining(who, t)
	policies := base.Policies
	if t.Boundary != nil {
		policies = append(slices.Clip(policies), *t.Boundary)
	}
	for i := range policies {
		p := &policies[i]
		if !own(p) || who != t && p.Group != t.Name {
			continue
		}
		v := *w
		if v.Answer = g.as(h, t, w.set.Actions[0], p.ARN); !v.Open() {
			continue
		}
		if v.by = p.Name; i == len(base.Policies) {
			v.does = "put another version in force of the boundary of"
		}
		m := g.in.Account.Managed(p.ARN)
		if m == nil || m.Others == nil {
			if bare := without(&base); i < len(base.Policies) || g.becoming(who, &bare, &v) != nil {
				v.whole, v.unknown = v.whole || i < len(base.Policies), "which other versions the policy "+p.Name+" has is not known"
				unsure = &v
			}
			continue
		}
		for _, other := range m.Others {
			d, _, err := policy.Parse(string(other.Document))
			if err != nil {
				continue
			}
			then := base
			if changed := (account.Policy{Type: p.Type, Name: p.Name, ARN: p.ARN, Group: p.Group, Document: d}); i == len(base.Policies) {
				then.Boundary = &changed
			} else {
				then.Policies = slices.Clone(base.Policies)
				then.Policies[i] = changed
			}
			x := v
			if better := g.becoming(who, &then, &x); better != nil {
				better.by = p.Name + " to " + other.ID
				return better
			}
		}
	}
	return unsure
}

// own reports whether a policy is a managed one of the account's own.
func own(p *account.Policy) bool { return p.ARN != "" && !inventory.AWSManaged(p.ARN) }
