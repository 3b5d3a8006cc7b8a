package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/verdict/escalation"
)

// guarding are the actions that give permissions and of which policies may ask that a boundary
// is on whom they are given to (IAM User Guide, "Permissions boundaries for IAM entities").
var guarding = []string{"iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:AttachRolePolicy", "iam:PutRolePolicy"}

// guarded asks whether a holder may give permissions to a principal under a boundary alone, which
// it may put on it first: what that leaves, or all if it may undo it.
func (g *graph) guarded(h *node, t *account.Holder, set *escalation.Set) *way {
	if g.of[t] == nil || !slices.Contains(guarding, set.Actions[0]) {
		return nil // who is made has the boundary that it is made with
	}
	put := "iam:Put" + title[t.Kind] + "PermissionsBoundary"
	if q := g.ask(h, put); !q.all && len(q.patterns) == 0 {
		return nil
	}
	var part *way
	for _, b := range g.demanded(h, set.Actions[0])[1:] {
		if b.ARN == arnOf(t.Boundary) || g.may(h, put, t.ARN, boundaryKey, b.ARN).Witness == nil {
			continue
		}
		w := g.under(h, t, b, set)
		if w == nil {
			continue
		}
		w.set = together(w.set, &escalation.Set{Actions: []string{put}})
		if w.whole {
			return w
		}
		if part == nil {
			part = w
		}
	}
	return part
}

// under asks what a holder may give to a principal that it put a boundary on, as one that has the
// boundary too if it is the same.
func (g *graph) under(h *node, t *account.Holder, b *account.Policy, set *escalation.Set) *way {
	bound := *t
	bound.Boundary = b
	if h.Holder == t {
		h = &node{Holder: &bound, asked: map[string]asked{}}
	}
	w := g.given(h, &bound, set)
	if w == nil || !w.whole && w.became == nil {
		return nil
	}
	v := *w
	if x := *w; !w.whole && g.becoming(t, w.became, &x) == nil {
		v.bounded = true // it had that without the boundary
	}
	undone := ""
	if free := g.freeing(h, &bound); free != nil && !w.bounded && (b.Document == nil || !g.whole(b.Document)) {
		v.set, undone = together(v.set, &escalation.Set{Actions: []string{free.action}}), ", which it may undo,"
	}
	v.does, v.on = "put on the boundary "+b.Name+undone+" and "+w.does, t
	return &v
}
