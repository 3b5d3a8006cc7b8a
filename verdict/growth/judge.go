package growth

import (
	"cmp"

	"iamctl/policy/eval"
	"iamctl/verdict"
)

// judge compares roles.
type judge struct {
	relate func(old, new *verdict.Permissions) *verdict.Result
	ask    func(*verdict.Permissions, *eval.Request) eval.Decision
	// trust says that the roles are trust policies, which have no boundary.
	trust bool
}

// sided is the question whether what a side allows and the other does not is within what
// it was.
type sided struct {
	*judge
	was, is, wasOther, isOther *verdict.Permissions
	// proof is a request that was found to say no.
	proof *eval.Request
	// unknown is why something could not be decided, and later says that something is so
	// for actions of the future alone.
	unknown string
	later   bool
}

// within reports whether it is.
func (s *sided) within() bool {
	if s.covers(s.isOther, s.is) {
		return true
	}
	kept := s.covers(s.isOther, s.wasOther)
	if kept && s.covers(s.was, s.is) {
		return true
	}
	if s.proof != nil {
		return false
	}
	s.unknown, s.later = "", false
	all, n := true, 0
	for p := range parts(s.is) {
		if n++; n > mostParts {
			s.unknown = "there are too many statements"
			return false
		}
		// What is not fine may be proved by a part to come.
		all = s.fine(p, kept) && all
		if s.proof != nil {
			return false
		}
	}
	return all
}

// fine reports whether a part is; kept says that the other side allows all that it did.
func (s *sided) fine(p *verdict.Permissions, kept bool) bool {
	if s.covers(s.isOther, p) {
		return true
	}
	if !s.covers(s.was, p) {
		return false
	}
	return kept || !s.trust && s.covers(s.isOther, both(p, s.wasOther))
}

// covers reports whether outer allows all that inner does, today and in future. It keeps
// a request that says no to the whole question.
func (s *sided) covers(outer, inner *verdict.Permissions) bool {
	r := s.relate(outer, inner)
	if is(r.Verdict) && is(r.Future) {
		return true
	}
	if r.Verdict == verdict.Unknown || r.Future == verdict.Unknown {
		s.unknown = cmp.Or(s.unknown, r.Reason)
	}
	s.later = s.later || is(r.Verdict)
	for i := range r.Witnesses {
		if w := &r.Witnesses[i]; s.proof == nil && w.AllowedBy == 2 && s.proves(&w.Request) {
			s.proof = &w.Request
		}
	}
	return false
}

// is reports whether new is within old by a verdict.
func is(v verdict.Verdict) bool { return v == verdict.Equal || v == verdict.Less }

// proves reports whether the side allows a request that the other refuses, and it was not
// so.
func (s *sided) proves(r *eval.Request) bool {
	allowed := func(p *verdict.Permissions) bool { return s.ask(p, r).Outcome == eval.Allowed }
	refused := func(p *verdict.Permissions) bool {
		o := s.ask(p, r).Outcome
		return o == eval.NotAllowed || o == eval.Denied
	}
	return allowed(s.is) && refused(s.isOther) && (refused(s.was) || allowed(s.wasOther))
}

// reason says why the answer is no where no request proves it.
func (s *sided) reason() string {
	switch {
	case s.proof != nil:
		return ""
	case s.unknown != "":
		return s.unknown
	case s.later:
		return "actions that AWS may add"
	}
	return "statements that changed so much that it is not proved"
}
