package deputy

import (
	"slices"

	"iamctl/policy"
)

// mended returns a trust policy whose services act for the account alone; "" if the
// account is not known or the policy says something of the source already.
func mended(d *policy.Document, services []string, id string) string {
	if id == "" {
		return ""
	}
	out := *d
	out.Statements = nil
	is := func(p policy.Principal) bool { return p.Type == "Service" && slices.Contains(services, p.Value) }
	for _, s := range d.Statements {
		if s.Effect != "Allow" || !slices.ContainsFunc(s.Principal, is) {
			out.Statements = append(out.Statements, s)
			continue
		}
		if slices.ContainsFunc(s.Condition, func(c policy.Condition) bool {
			key := policy.Fold(c.Key)
			return key == policy.Fold(owner) || key == policy.Fold(source)
		}) {
			return ""
		}
		if rest := slices.DeleteFunc(slices.Clone(s.Principal), is); len(rest) > 0 {
			other := s
			other.Principal = rest
			out.Statements = append(out.Statements, other)
			s.Sid = ""
		}
		s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), func(p policy.Principal) bool { return !is(p) })
		s.Condition = append(slices.Clip(slices.Clone(s.Condition)), policy.Condition{Operator: "StringEquals", Key: owner, Values: []string{id}})
		out.Statements = append(out.Statements, s)
	}
	return out.String()
}
