package escalation

import (
	"maps"
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/escalation"
)

// assumed asks for roles that a holder may assume.
func (g *graph) assumed(h *node, f *front, yield func(*way) bool) bool {
	list := g.on(h, assume.Action, f.roles)
	if named := g.naming[h.ARN]; len(named)+len(g.everyone) > 0 {
		list = slices.Clone(list)
		for _, n := range slices.Concat(named, g.everyone) {
			if contains(f.roles.All(), n.Holder) && !slices.Contains(list, n.Holder) {
				list = append(list, n.Holder)
			}
		}
	}
	for _, t := range list {
		if f.skips(h, t) {
			continue
		}
		a, door := g.doors.Ask(h.Holder, t)
		if !door.Open || !a.Open() {
			continue
		}
		w := &way{set: assumeRole(), does: "assume", on: t, to: g.of[t], Answer: a, unknown: first(a.Unknown, door.Unknown), trust: a.Policy == nil && door.Named}
		if w.trust {
			w.entry = entering(h.Holder, t, door.Witness)
		}
		w.meant = door.Named && slices.Contains(g.naming[h.ARN], g.of[t]) || w.named()
		if !yield(w) {
			return false
		}
	}
	return true
}

// enters reports whether nothing of its own keeps a holder out of a role whose trust
// policy names it.
func (g *graph) enters(h *node, t *account.Holder) bool {
	return g.ask(h, assume.Action).Grant.On(t.ARN).Given(assume.Action, t.ARN).Anything().Witness != nil
}

// contains looks for a holder in a list that is sorted by ARN.
func contains(list []*account.Holder, h *account.Holder) bool {
	_, ok := slices.BinarySearchFunc(list, h.ARN, func(x *account.Holder, arn string) int {
		switch {
		case x.ARN < arn:
			return -1
		case x.ARN > arn:
			return 1
		}
		return 0
	})
	return ok
}

// entering returns the request that a trust policy lets in as one of a holder's, if it was
// of another to whom the policy is the same.
func entering(h, role *account.Holder, r *eval.Request) *eval.Request {
	if r == nil || h.Kind == inventory.EntityGroup || r.Principal.Type != "AWS" {
		return r
	}
	own := *r
	own.Principal.Value = h.ARN
	own.Context = maps.Clone(r.Context)
	for key := range own.Context {
		if policy.Fold(key) == "aws:principalarn" {
			own.Context[key] = []string{h.ARN}
		}
	}
	if eval.Trust(role.Trust.Document, &own).Outcome != eval.Allowed {
		return r
	}
	return &own
}

// named reports whether the statement that allows it names just the one role.
func (w *way) named() bool {
	return w.Policy != nil && w.Statement >= 0 && slices.Contains(w.Policy.Document.Statements[w.Statement].Resource, w.on.ARN)
}

func assumeRole() *escalation.Set {
	list := escalation.All()
	i := slices.IndexFunc(list, func(s escalation.Set) bool { return slices.Equal(s.Actions, []string{escalation.AssumeRole}) })
	return &list[i]
}
