package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/policy"
)

// without returns a principal without its boundary.
func without(t *account.Holder) account.Holder {
	bare := *t
	bare.Boundary = nil
	return bare
}

// rewritten asks whether a holder may change the policy that is the boundary of a
// principal, and what that leaves if the change allows everything.
func (g *graph) rewritten(h *node, t *account.Holder, w *way) *way {
	if t.Boundary == nil || !own(t.Boundary) {
		return nil
	}
	v := *w
	if v.Answer = g.as(h, t, w.set.Actions[0], t.Boundary.ARN); !v.Open() {
		return nil
	}
	v.does, v.by = "change the boundary of", t.Boundary.Name
	bare := without(t)
	return g.becoming(t, &bare, &v)
}

// maxBoundaries is how many policies are tried that might be put as a boundary.
const maxBoundaries = 50

// rebound asks whether a holder may put another policy as the boundary of a principal, and
// what that leaves. In the request iam:PermissionsBoundary is the new one.
func (g *graph) rebound(h *node, t *account.Holder, w *way) *way {
	if t.Boundary == nil {
		return nil
	}
	bare := without(t)
	if x := *w; !g.other(h, t, w.set.Actions[0]).Open() || g.becoming(t, &bare, &x) == nil {
		return nil
	}
	for _, arn := range g.boundaries(t) {
		v := *w
		if v.Answer = g.may(h, w.set.Actions[0], t.ARN, "iam:PermissionsBoundary", arn); !v.Open() {
			continue
		}
		then := bare
		if arn != g.giving[0] {
			d, _, err := policy.Parse(string(g.in.Account.Managed(arn).Document))
			if err != nil {
				continue
			}
			then.Boundary = &account.Policy{ARN: arn, Document: d}
		}
		if x := g.becoming(t, &then, &v); x != nil {
			return x
		}
	}
	return nil
}

// other asks whether a holder may put a boundary that is not the one there is.
func (g *graph) other(h *node, t *account.Holder, action string) grant.Answer {
	same := policy.Condition{Operator: "StringEquals", Key: "iam:PermissionsBoundary", Values: []string{t.Boundary.ARN}}
	return g.ask(h, action).On(t.ARN).But(policy.Statement{Condition: []policy.Condition{same}}).Anything()
}

// boundaries are the ARNs of policies that may be put as the boundary of a principal:
// AdministratorAccess, then those that were read.
func (g *graph) boundaries(t *account.Holder) []string {
	out := slices.Clone(g.giving[:1])
	for _, arn := range g.giving[1:] {
		if g.in.Account.Managed(arn) != nil {
			out = append(out, arn)
		}
	}
	for _, p := range g.in.Account.Policies {
		if len(out) < maxBoundaries && p.ARN != t.Boundary.ARN && !slices.Contains(out, p.ARN) {
			out = append(out, p.ARN)
		}
	}
	return slices.DeleteFunc(out, func(arn string) bool { return arn == t.Boundary.ARN })
}

// unlimited reports whether no boundary limits what is given to a principal: it has none,
// one that allows everything, or one that the holder may free it of.
func (g *graph) unlimited(h *node, t *account.Holder) bool {
	b := t.Boundary
	if b == nil || b.Document != nil && g.whole(b.Document) {
		return true
	}
	free := g.freeing(h, t)
	return free != nil && free.unknown == ""
}

// unbound asks whether a holder may take the boundary off a principal, and what that
// leaves.
func (g *graph) unbound(h *node, t *account.Holder, w *way, boundary string) *way {
	if t.Boundary == nil {
		return nil
	}
	if w.Answer = g.may(h, w.set.Actions[0], t.ARN, "iam:PermissionsBoundary", boundary); !w.Open() {
		return nil
	}
	bare := without(t)
	return g.becoming(t, &bare, w)
}

const boundaryKey = "iam:PermissionsBoundary"

// arnOf returns the ARN of a boundary, "" for none.
func arnOf(b *account.Policy) string {
	if b == nil {
		return ""
	}
	return b.ARN
}
