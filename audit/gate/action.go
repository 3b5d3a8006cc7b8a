package gate

import (
	"slices"

	"iamctl/policy"
)

// assume are the actions that give a session of the role (IAM User Guide, "Using IAM
// roles"). Others, such as sts:TagSession, only say what of the session may be chosen.
var assume = []string{"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"}

// Assuming returns the gate for requests alone that give a session of the role.
func (g Gate) Assuming() Gate { return g.Doing(assume...) }

// Doing returns the gate for requests of the actions alone.
func (g Gate) Doing(actions ...string) Gate {
	return g.edited(func(s *policy.Statement) bool {
		if s.Effect != "Allow" {
			return true
		}
		about := slices.DeleteFunc(slices.Clone(actions), func(a string) bool { return !s.About(a) })
		s.Action, s.NotAction = about, nil
		return len(about) > 0
	})
}

var everybody = []policy.Principal{{Type: "*", Value: "*"}}

// with returns the gate with one more statement, which the policy does not have.
func (g Gate) with(s policy.Statement) Gate {
	if g.d == nil {
		return g
	}
	d := *g.d
	d.Statements = append(slices.Clip(d.Statements), s)
	return Gate{g.c, g.whole, &d}
}
