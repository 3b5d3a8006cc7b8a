package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
)

// holding returns who has what a holder gives to a principal: the principal, or of a group
// the user itself who is in it or joins it. Its own boundary and denies still hold.
func (n *node) holding(t *account.Holder) *account.Holder {
	if t.Kind == inventory.EntityGroup && n.Kind == inventory.EntityUser {
		return n.Holder
	}
	return t
}

// joining returns a user as it is in a group.
func joining(who, group *account.Holder) account.Holder {
	then := *who
	if group.Kind != inventory.EntityGroup || who == group || slices.Contains(who.Groups, group.Name) {
		return then
	}
	then.Groups = append(slices.Clip(who.Groups), group.Name)
	then.Policies = slices.Clip(who.Policies)
	for _, p := range group.Policies {
		p.Group = group.Name
		then.Policies = append(then.Policies, p)
	}
	return then
}

// anything is a document that allows everything.
var anything = &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}}}}

// having returns who it is after any policy was given to a principal, which is itself or a
// group of its own. A policy that is written may take the place of an inline one that is
// there, as a version does of that with an ARN.
func having(who, t *account.Holder, action, arn string) account.Holder {
	then := joining(who, t)
	group := ""
	if who != t {
		group = t.Name
	}
	writes := slices.Contains([]string{"iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePolicy"}, action)
	then.Policies = slices.DeleteFunc(slices.Clone(then.Policies), func(p account.Policy) bool {
		return arn != "" && p.ARN == arn || writes && p.Type == inventory.Inline && p.Group == group
	})
	then.Policies = append(then.Policies, account.Policy{Type: inventory.Inline, Name: "any", Document: anything})
	return then
}

// leaves returns a way by which somebody may be given anything as one to what its boundary,
// where that limits it, and its denies leave; nil if that is no gain. What a boundary leaves
// is meant: it counts only for what it leads to.
func (g *graph) leaves(who *account.Holder, then account.Holder, w *way, limited bool) *way {
	if !limited {
		then.Boundary = nil
	}
	if then.Boundary == nil && !denies(&then) {
		return w
	}
	v := *w
	out := g.becoming(who, &then, &v)
	if out != nil {
		out.bounded = limited && !out.whole
	}
	return out
}

// denies reports whether a policy of a holder denies something, or may.
func denies(h *account.Holder) bool {
	return slices.ContainsFunc(h.Policies, func(p account.Policy) bool {
		return p.Document != nil && slices.ContainsFunc(p.Document.Statements, func(s policy.Statement) bool { return s.Effect != "Allow" })
	})
}

// joined returns a way by which a user, whom a holder is or may become, joins a group as one to
// what its own boundary and denies leave of what the group has; nil if that is no gain, or
// leads no further where the group does.
func (g *graph) joined(h *node, who, t *account.Holder, w *way) *way {
	if who.Kind != inventory.EntityUser {
		return w
	}
	then, group := joining(who, t), g.of[t]
	if who.Boundary == nil && !denies(who) {
		if x := *w; g.gaining { // together with what it has it may lead on
			x.became = &then
			return &x
		}
		return w
	}
	limited := !g.unlimited(h, who)
	if !limited {
		then.Boundary = nil
	}
	if group.step != nil {
		x := *w
		if x.after = g.following(&then, group.step); x.after != nil {
			return &x
		}
	}
	x := *w
	x.to = nil
	out := g.becoming(who, &then, &x)
	switch {
	case out != nil && out.whole:
		out.to = group
	case out != nil:
		out.bounded = limited
	}
	return out
}

// following returns who somebody is with other permissions, if by these it may do the step
// of another; nil if not.
func (g *graph) following(then *account.Holder, s *step) *node {
	n := &node{Holder: then, sets: newReading().sets(then), asked: map[string]asked{}, changed: true}
	front := g.front(nil)
	if next := s.leads(); next != nil {
		front = g.front([]*node{next})
	}
	w := g.nearer(n, front, true, !s.sure)
	if w == nil {
		return nil
	}
	n.step = &step{w, s.n, s.sure}
	return n
}
