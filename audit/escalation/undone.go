package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
)

// undoing is an action by which somebody is rid of its boundary.
type undoing struct {
	action, does string
	// unknown says on what it depends that could not be decided.
	unknown string
}

// freeing asks how a holder may free somebody of its boundary; nil if it may not.
func (g *graph) freeing(h *node, t *account.Holder) *undoing {
	b := t.Boundary
	if b == nil {
		return nil
	}
	if !t.OfAWS() && t.Kind != inventory.EntityGroup {
		action := "iam:Delete" + title[t.Kind] + "PermissionsBoundary"
		if g.may(h, action, t.ARN, boundaryKey, b.ARN).Witness != nil {
			return &undoing{action, "take its boundary off", ""}
		}
		action = "iam:Put" + title[t.Kind] + "PermissionsBoundary"
		for _, p := range slices.Delete(slices.Clone(g.giving), 1, 2) { // which is IAMFullAccess
			if g.may(h, action, t.ARN, boundaryKey, p).Witness != nil {
				return &undoing{action, "put another boundary on it", ""}
			}
		}
	}
	if !own(b) {
		return nil
	}
	if g.may(h, "iam:CreatePolicyVersion", b.ARN).Witness != nil {
		return &undoing{"iam:CreatePolicyVersion", "change the policy of its boundary", ""}
	}
	return g.restored(h, b)
}

// restored asks whether a holder may put a version of a boundary's policy in force that
// allows everything.
func (g *graph) restored(h *node, b *account.Policy) *undoing {
	const action = "iam:SetDefaultPolicyVersion"
	if g.may(h, action, b.ARN).Witness == nil {
		return nil
	}
	out := &undoing{action, "put another version of the policy of its boundary in force", ""}
	m := g.in.Account.Managed(b.ARN)
	if m == nil || m.Others == nil {
		out.unknown = "which other versions the policy " + b.Name + " has is not known"
		return out
	}
	for _, v := range m.Others {
		if d, _, err := policy.Parse(string(v.Document)); err == nil && g.whole(d) {
			return out
		}
	}
	return nil
}

// maxDemanded is how many boundaries are tried that a holder must give to whom it makes.
const maxDemanded = 5

// demanded returns the boundaries with which a holder may make somebody by an action, as far
// as its policies name them; nil is none, and comes first. Who must give some boundary may
// choose AdministratorAccess.
func (g *graph) demanded(h *node, create string) []*account.Policy {
	out := []*account.Policy{nil}
	patterns := conditioned(h.Holder, create, boundaryKey, func(string, policy.Operator) bool { return true })
	if len(patterns) == 0 || made[create].kind == inventory.EntityGroup {
		return out
	}
	add := func(arn string) {
		if len(out) <= maxDemanded && !slices.ContainsFunc(out, func(p *account.Policy) bool { return arnOf(p) == arn }) {
			p := &account.Policy{Type: inventory.Boundary, Name: arn[strings.LastIndex(arn, "/")+1:], ARN: arn, Document: g.document(arn)}
			if p.Document != nil || inventory.AWSManaged(arn) {
				out = append(out, p)
			}
		}
	}
	add(g.giving[0])
	for _, pattern := range patterns {
		add(pattern)
		for i := range g.in.Account.Policies {
			if arn := g.in.Account.Policies[i].ARN; policy.Match(pattern, arn) {
				add(arn)
			}
		}
	}
	return out
}
