package gate

import (
	"slices"

	"iamctl/policy"
)

// Principal returns the gate for one user or role alone, by its ARN.
func (g Gate) Principal(arn string) Gate {
	return g.But(policy.Condition{Operator: "ArnNotEquals", Key: "aws:PrincipalArn", Values: []string{arn}})
}

// Named returns the gate for those alone whom a principal of the policy names otherwise
// than as one of an account.
func (g Gate) Named() Gate {
	if g.d == nil {
		return g
	}
	d := *g.d
	d.Statements = nil
	for _, s := range g.d.Statements {
		if s.Effect == "Allow" && s.Principal != nil {
			s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), WholeAccount)
			if len(s.Principal) == 0 {
				continue
			}
		}
		d.Statements = append(d.Statements, s)
	}
	return Gate{g.c, g.whole, &d}
}

// WholeAccount reports whether a principal is an account.
func WholeAccount(p policy.Principal) bool {
	if p.Type != "AWS" {
		return false
	}
	arn, ok := policy.ParseARN(p.Value)
	return ok && arn.Service == "iam" && arn.Resource == "root" || !ok && len(idsIn(p.Value)) == 1
}
