package gate

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// Unnamed returns the gate for those principals of an account alone whom a trust policy
// lets in by a principal that is the account, and names neither as principals nor by a
// condition on aws:PrincipalArn.
func (g Gate) Unnamed(account string) Gate {
	out := g.edited(func(s *policy.Statement) bool {
		if s.Effect != "Allow" {
			return true
		}
		s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), func(p policy.Principal) bool {
			return !WholeAccount(p) || !slices.Contains(idsIn(p.Value), account)
		})
		return len(s.Principal) > 0
	}).From(account)
	var values []string
	for _, c := range g.Conditions("aws:PrincipalArn") {
		values = append(values, c.Values...)
	}
	if len(values) == 0 {
		return out
	}
	return out.But(policy.Condition{Operator: "StringLike", Key: "aws:PrincipalArn", Values: values})
}

// OutsideNamedOrganizations returns the gate for principals alone that are of none of the
// organisations that a trust policy names in full.
func (g Gate) OutsideNamedOrganizations() Gate {
	out := g
	for _, key := range []string{"aws:PrincipalOrgID", "aws:PrincipalOrgPaths"} {
		for _, c := range g.Conditions(key) {
			for _, v := range c.Values {
				id, _, _ := strings.Cut(v, "/")
				if id != "" && !strings.ContainsAny(id, "*?$") {
					out = out.OutsideOrganization(id)
				}
			}
		}
	}
	return out
}

// Everybody reports whether an Allow is not about principals alone that it names: there
// are no strangers to ask about otherwise.
func (g Gate) Everybody() bool {
	return g.d != nil && slices.ContainsFunc(g.d.Statements, func(s policy.Statement) bool {
		return s.Effect == "Allow" && (len(s.Principal) == 0 || slices.ContainsFunc(s.Principal, func(p policy.Principal) bool { return strings.ContainsAny(p.Value, "*?") }))
	})
}
