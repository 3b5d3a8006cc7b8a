package escalation

import (
	"cmp"

	"iamctl/audit/account"
	"iamctl/audit/everything"
	"iamctl/inventory"
	"iamctl/verdict/escalation"
)

// anyMember is a user who stands for the members of a group.
const anyMember = "zz-any-member"

// kinds are whom the actions are about that give permissions; those about policies are
// about all.
var kinds = map[string]inventory.Entity{
	"iam:AttachUserPolicy": inventory.EntityUser, "iam:PutUserPolicy": inventory.EntityUser, "iam:DeleteUserPermissionsBoundary": inventory.EntityUser, "iam:PutUserPermissionsBoundary": inventory.EntityUser,
	"iam:AttachGroupPolicy": inventory.EntityGroup, "iam:PutGroupPolicy": inventory.EntityGroup,
	"iam:AttachRolePolicy": inventory.EntityRole, "iam:PutRolePolicy": inventory.EntityRole, "iam:DeleteRolePermissionsBoundary": inventory.EntityRole, "iam:PutRolePermissionsBoundary": inventory.EntityRole,
}

var gives = map[string]string{
	"iam:AttachUserPolicy": "attach any policy to", "iam:AttachGroupPolicy": "attach any policy to", "iam:AttachRolePolicy": "attach any policy to",
	"iam:PutUserPolicy": "write any policy for", "iam:PutGroupPolicy": "write any policy for", "iam:PutRolePolicy": "write any policy for",
	"iam:DeleteUserPermissionsBoundary": "take the boundary off", "iam:DeleteRolePermissionsBoundary": "take the boundary off",
	"iam:PutUserPermissionsBoundary": "put another boundary on", "iam:PutRolePermissionsBoundary": "put another boundary on",
	"iam:CreatePolicyVersion": "change a policy of", "iam:SetDefaultPolicyVersion": "put another version in force of a policy of",
}

// lift asks whether a holder may give permissions to itself or to a group of its own.
func (g *graph) lift(h *node, s *sorted, yield func(*way) bool) bool {
	for _, t := range g.selves(h) {
		if w := g.given(h, t, &s.Set); w != nil && !yield(w) {
			return false
		}
	}
	return true
}

// selves are a holder, and what it has permissions by or they are had by.
func (g *graph) selves(h *node) []*account.Holder {
	out := []*account.Holder{h.Holder}
	for _, name := range h.Groups {
		if t := g.in.Account.Of(inventory.EntityGroup, name); t != nil {
			out = append(out, t)
		}
	}
	if h.Kind == inventory.EntityGroup {
		out = append(out, h.Member(anyMember, g.arn("user/"+anyMember)))
	}
	return out
}

// given asks whether a holder may give permissions to a principal by an action. IAM refuses
// to change a role that AWS makes (UnmodifiableEntity), but not a policy that it has.
func (g *graph) given(h *node, t *account.Holder, set *escalation.Set) *way {
	return g.givenTo(h, t, h.holding(t), set)
}

// givenTo is given for who has what the principal is given: itself, or one of a group.
func (g *graph) givenTo(h *node, t, who *account.Holder, set *escalation.Set) *way {
	w := g.directly(h, t, who, set)
	if w != nil && w.whole {
		return w
	}
	if x := g.guarded(h, t, set); x != nil && (x.whole || w == nil) {
		return x
	}
	return w
}

// directly is givenTo without putting a boundary on the principal first.
func (g *graph) directly(h *node, t, who *account.Holder, set *escalation.Set) *way {
	action := set.Actions[0]
	if kind, ok := kinds[action]; ok && (kind != t.Kind || t.OfAWS()) {
		return nil
	}
	w := &way{set: set, does: gives[action], on: t, whole: true}
	switch action {
	case "iam:DeleteUserPermissionsBoundary", "iam:DeleteRolePermissionsBoundary":
		return g.unbound(h, t, w, arnOf(t.Boundary))
	case "iam:PutUserPermissionsBoundary", "iam:PutRolePermissionsBoundary":
		return g.rebound(h, t, w)
	case "iam:SetDefaultPolicyVersion":
		return g.version(h, t, who, w)
	}
	var freed *way
	if action == "iam:CreatePolicyVersion" {
		if freed = g.rewritten(h, t, w); freed != nil && freed.whole {
			return freed
		}
	}
	limited := !g.unlimited(h, who)
	out := g.within(h, t, who, *w, freed, limited)
	if !limited || out != nil && out.whole {
		return out
	}
	if free := g.freeing(h, who); free != nil { // by what is not known
		if x := g.within(h, t, who, *w, freed, false); x != nil && x.whole {
			x.unknown = first(x.unknown, free.unknown)
			return x
		}
	}
	return out
}

// within asks what a holder may give to a principal that its boundary limits, or does not.
func (g *graph) within(h *node, t, who *account.Holder, of way, freed *way, limited bool) *way {
	w, action, boundary := &of, of.set.Actions[0], arnOf(t.Boundary)
	switch action {
	case "iam:CreatePolicyVersion":
		if freed != nil && limited {
			return freed
		}
		return cmp.Or(g.revised(h, t, who, w, limited), freed)
	case "iam:AttachUserPolicy", "iam:AttachRolePolicy", "iam:AttachGroupPolicy":
		for _, p := range g.giving {
			if w.Answer = g.as(h, t, action, t.ARN, "iam:PolicyARN", p, "iam:PermissionsBoundary", boundary); w.Open() {
				break
			}
		}
		if !w.Open() {
			return g.attached(h, t, who, w, boundary, limited)
		}
	default:
		w.Answer = g.as(h, t, action, t.ARN, "iam:PermissionsBoundary", boundary)
	}
	if !w.Open() {
		return nil
	}
	w.unknown = w.Unknown
	return g.leaves(who, having(who, t, action, ""), w, limited)
}

// becoming is a way by which the permissions of a principal become others: nil if that
// is no gain.
func (g *graph) becoming(t, then *account.Holder, w *way) *way {
	a := everything.Ask(g.in, then)
	if w.whole, w.unknown = a.Open(), first(w.Unknown, a.Unknown()); w.whole {
		return w
	}
	if lost := t.Unbounded(); lost != "" && then.Boundary != t.Boundary {
		w.unknown = first(w.unknown, lost) // it may have kept anything from it
		return w
	}
	more, unknown := g.in.Grant(then).Gains(g.in.Grant(t))
	if unknown != "" {
		w.unknown = first(w.unknown, unknown)
		return w
	}
	if more {
		w.became = then
		return w
	}
	return nil
}
