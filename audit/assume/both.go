package assume

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy"
)

// both asks for one request that both the permissions of a holder and the trust policy of a
// role allow, of which each allows one: the answer is as it was if no condition key is in
// both, or if that cannot be asked.
func (q *Question) both(h, role *account.Holder, g grant.Grant, a grant.Answer, d Door) grant.Answer {
	trust := role.Trust.Document
	if trust == nil || a.Witness == nil {
		return a
	}
	if keys := q.look(trust).keys; len(keys) == 0 || !shares(g.Keys(), keys) {
		return a
	}
	named := g.Given(Action, role.ARN)
	if a.Policy != nil {
		b, ok := ask(g, letting(trust, h, false))
		if !ok || b.Open() {
			return better(a, b, ok)
		}
	}
	if !d.Named {
		return grant.Answer{Statement: -1}
	}
	b, ok := ask(named, letting(trust, h, true))
	b.Policy, b.Statement = nil, -1
	return better(a, b, ok)
}

// ask asks for what the permissions and a document allow.
func ask(g grant.Grant, d *policy.Document) (grant.Answer, bool) {
	if d == nil {
		return grant.Answer{}, false
	}
	g, ok := g.Both(d)
	if !ok {
		return grant.Answer{}, false
	}
	return g.Anything(), true
}

func better(a, b grant.Answer, asked bool) grant.Answer {
	if asked {
		return b
	}
	return a
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(key string) bool { return slices.Contains(b, key) })
}

// letting returns the statements of a trust policy about assuming the role that are about a
// holder, or may be if they let it in, as those of an identity policy; nil where it has some
// that cannot be so. Those that name it alone are left if only these matter.
func letting(trust *policy.Document, h *account.Holder, named bool) *policy.Document {
	out := &policy.Document{Version: trust.Version}
	for _, s := range trust.Statements {
		if s.Unknown != nil || s.Principal == nil || s.Effect != "Allow" && s.Effect != "Deny" {
			return nil
		}
		about := func(p policy.Principal) bool { return may(h, p) && !(named && gate.WholeAccount(p)) }
		if s.Effect == "Deny" {
			about = func(p policy.Principal) bool { return surely(h, p) }
		}
		if s.About(Action) && slices.ContainsFunc(s.Principal, about) {
			out.Statements = append(out.Statements, policy.Statement{Effect: s.Effect, Action: []string{Action}, Resource: []string{"*"}, Condition: s.Condition})
		}
	}
	return out
}

// may reports whether a principal of a trust policy may be a holder.
func may(h *account.Holder, p policy.Principal) bool {
	if p.Type == "Service" || p.Type == "Federated" || p.Type == "CanonicalUser" {
		return false
	}
	arn, ok := policy.ParseARN(p.Value)
	other := ok && arn.Service == "iam" && (strings.HasPrefix(arn.Resource, "user/") || strings.HasPrefix(arn.Resource, "role/"))
	return !other || p.Value == h.ARN || h.Kind == inventory.EntityGroup && strings.HasPrefix(arn.Resource, "user/")
}

// surely reports whether it is.
func surely(h *account.Holder, p policy.Principal) bool {
	own, _ := policy.ParseARN(h.ARN)
	return p.Value == "*" && (p.Type == "*" || p.Type == "AWS") || p.Type == "AWS" && (p.Value == h.ARN || p.Value == own.Account || gate.WholeAccount(p) && strings.Contains(p.Value, ":"+own.Account+":"))
}
