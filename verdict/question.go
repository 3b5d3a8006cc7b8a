package verdict

import (
	"iamctl/policy"
	"iamctl/policy/eval"
)

// question is what two sides are compared in.
type question interface {
	// strange reports whether nobody can say to what the statement applies.
	strange(s *policy.Statement) bool
	// scope returns a body with what a statement says besides effect, actions
	// and conditions, and a text that is the same for the same.
	scope(c *comparison, s *policy.Statement, variables bool) (body, string)
	// decide asks the evaluator.
	decide(side int, r *eval.Request) eval.Decision
}

type identityQuestion struct {
	sides [2]*Permissions
	// action is what was asked for last, asked the sides when asked for it again.
	action string
	asked  [2]*eval.Asked
}

func (*identityQuestion) strange(s *policy.Statement) bool {
	return s.Principal != nil || s.NotPrincipal != nil ||
		s.Resource != nil && s.NotResource != nil || len(s.Resource)+len(s.NotResource) == 0
}

func (q *identityQuestion) decide(side int, r *eval.Request) eval.Decision {
	if r.Action != q.action {
		q.action, q.asked = r.Action, [2]*eval.Asked{}
		return q.sides[side].Decide(r)
	}
	if q.asked[side] == nil {
		q.asked[side] = q.sides[side].Asked(r.Action)
	}
	return q.asked[side].Decide(r)
}
