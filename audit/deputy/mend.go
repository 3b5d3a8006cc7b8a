package deputy

import (
	"slices"

	"iamctl/audit/rule"
	"iamctl/policy"
)

// mended returns the change of a trust policy by which services act for the account alone;
// nil if the account is not known or the policy says something of the source already.
func mended(d *policy.Document, services []string, id string) rule.Rewrite {
	is := func(p policy.Principal) bool { return p.Type == "Service" && slices.Contains(services, p.Value) }
	lets := func(s policy.Statement) bool { return s.Effect == "Allow" && slices.ContainsFunc(s.Principal, is) }
	if id == "" || slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return lets(s) && ofSource(s) }) {
		return nil
	}
	return func(_ int, s policy.Statement) []policy.Statement {
		if !lets(s) || ofSource(s) {
			return []policy.Statement{s}
		}
		var out []policy.Statement
		if rest := slices.DeleteFunc(slices.Clone(s.Principal), is); len(rest) > 0 {
			other := s
			other.Principal = rest
			out = append(out, other)
			s.Sid = ""
		}
		s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), func(p policy.Principal) bool { return !is(p) })
		s.Condition = append(slices.Clip(slices.Clone(s.Condition)), policy.Condition{Operator: "StringEquals", Key: owner, Values: []string{id}})
		return append(out, s)
	}
}

// ofSource reports whether a statement has a condition on for whom a service asks.
func ofSource(s policy.Statement) bool {
	return slices.ContainsFunc(s.Condition, func(c policy.Condition) bool {
		key := policy.Fold(c.Key)
		return key == policy.Fold(owner) || key == policy.Fold(source)
	})
}
