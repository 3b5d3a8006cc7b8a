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

const (
	setIdentity, tagSession = "sts:SetSourceIdentity", "sts:TagSession"

	sourceIdentity = "sts:sourceidentity"
)

// setting returns the action that must be allowed besides, by the trust policy and to the
// holder, for a request to assume a role that has a condition key, in lower case; "" for
// none (IAM User Guide, "Monitor and control actions taken with assumed roles" and "Pass
// session tags in AWS STS"). The session of a role may have tags that it hands on.
func setting(key string, h *account.Holder) string {
	switch {
	case key == sourceIdentity:
		return setIdentity
	case h.Kind != inventory.EntityRole && (key == "aws:tagkeys" || strings.HasPrefix(key, "aws:requesttag/")):
		return tagSession
	}
	return ""
}

// unset returns the door as it is to a holder who may not set what the trust policy asks for
// of the session: to its requests without that.
func (q *Question) unset(h, role *account.Holder, d Door) Door {
	if role.Trust == nil || role.Trust.Document == nil {
		return d
	}
	l := q.look(role.Trust.Document)
	never := slices.DeleteFunc(slices.Clone(l.keys), func(key string) bool {
		action := setting(key, h)
		return action == "" || q.sets(h, role, action)
	})
	others := q.identities(h, role)
	if len(never) == 0 && len(others) == 0 {
		return d
	}
	return q.sessions(role.Trust.Document, l, h, func(document *policy.Document) Door {
		g := q.gate(document, h, principalOf(h))
		for _, key := range never {
			g = g.WithoutKey(key)
		}
		if len(others) > 0 {
			g = g.But(policy.Condition{Operator: "StringEquals", Key: sourceIdentity, Values: others})
		}
		return opened(g)
	})
}

// sets reports whether a holder may do what sets something of a role's session.
func (q *Question) sets(h, role *account.Holder, action string) bool {
	g, ok := q.setter(h, role, action)
	return ok && g.Anything().Open()
}

// setter returns what a holder may do of what sets something of a role's session; ok is false if
// the role lets nobody. The tags of one it may set unless that is denied.
func (q *Question) setter(h, role *account.Holder, action string) (g grant.Grant, ok bool) {
	if !permits(role.Trust.Document, action, func(policy.Principal) bool { return true }) {
		return g, false
	}
	g = q.in.Grant(h).Only(action).Session().Onto(role)
	if action == tagSession || permits(role.Trust.Document, action, func(p policy.Principal) bool { return may(h, p) && !gate.WholeAccount(p) }) {
		g = g.Given(action, role.ARN)
	}
	return g, true
}

// maxIdentities is of how many source identities it is asked whether a holder may set them.
const maxIdentities = 20

// identities returns those source identities that a trust policy names, without a wildcard, and
// that a holder may not set.
func (q *Question) identities(h, role *account.Holder) []string {
	if !slices.Contains(q.look(role.Trust.Document).keys, sourceIdentity) {
		return nil
	}
	g, ok := q.setter(h, role, setIdentity)
	if !ok {
		return nil // it sets none at all
	}
	var named, out []string
	for _, c := range gate.New(q.in.Comparer, role.Trust.Document).Conditions(sourceIdentity) {
		named = append(named, c.Values...)
	}
	slices.Sort(named)
	named = slices.Compact(named)
	for _, name := range named[:min(len(named), maxIdentities)] {
		other := policy.Condition{Operator: "StringNotEquals", Key: sourceIdentity, Values: []string{name}}
		if !strings.ContainsAny(name, "*?$") && !g.But(policy.Statement{Condition: []policy.Condition{other}}).Anything().Open() {
			out = append(out, name)
		}
	}
	return out
}

// permits reports whether a trust policy has an Allow of an action for some principal, by its
// text.
func permits(d *policy.Document, action string, who func(policy.Principal) bool) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
		return s.Effect != "Deny" && s.About(action) && (s.Principal == nil || slices.ContainsFunc(s.Principal, who))
	})
}
