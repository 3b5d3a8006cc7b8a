package verdict

import (
	"iamctl/policy/eval"
	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/search"
)

// ask looks for a request within a restriction, which the name is of.
func (s *solver) ask(name string, action *actions.Action, r restriction) *answer {
	if a, ok := s.answers[name]; ok {
		return a
	}
	a := &answer{}
	s.answers[name] = a
	tries := 0
	err := s.find(s.x, r, func(found solution) bool {
		tries++
		s.requests(found, action.Name(), func(r *eval.Request) bool {
			w, ok := s.confirm(s.x, r)
			switch {
			case ok:
				a.found, a.unknown, a.witness = true, "", w
			case a.unknown == "":
				a.unknown = doubtful(w)
			}
			return !ok && s.budget >= 0
		})
		return !a.found && tries < maxTries && s.budget >= 0
	})
	if err == nil && s.budget < 0 {
		err = search.ErrBudget
	}
	if err != nil && !a.found {
		a.unknown = err.Error()
	}
	return a
}

const unconfirmed = "a difference was found for which no request could be made"

// doubtful says why a request that seemed to differ does not count.
func doubtful(w Witness) string {
	if w.Refused.Reason != "" {
		return w.Refused.Reason
	}
	return unconfirmed
}
