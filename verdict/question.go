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
	scope(c *comparison, s *policy.Statement, variables bool) (body, []byte)
	// everything reports whether a statement without conditions is about all that there is.
	everything(s *policy.Statement) bool
	// decide asks the evaluator.
	decide(side int, r *eval.Request) eval.Decision
}

type identityQuestion struct {
	sides [2]*Permissions
	// asked are the sides by the actions that they were asked for, nil until they are.
	asked map[string]*[2]*eval.Asked
}

func (*identityQuestion) strange(s *policy.Statement) bool {
	return s.Principal != nil || s.NotPrincipal != nil ||
		s.Resource != nil && s.NotResource != nil || len(s.Resource)+len(s.NotResource) == 0
}

func (q *identityQuestion) decide(side int, r *eval.Request) eval.Decision {
	asked, ok := q.asked[r.Action]
	if !ok {
		if q.asked == nil {
			q.asked = map[string]*[2]*eval.Asked{}
		}
		asked = &[2]*eval.Asked{}
		q.asked[r.Action] = asked
	}
	if asked[side] == nil {
		asked[side] = q.sides[side].Asked(r.Action)
	}
	return asked[side].Decide(r)
}
