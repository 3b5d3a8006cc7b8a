package meaning

import (
	"slices"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// scope is the work on a scope.
type scope struct {
	Scope
	// identity and boundary are the documents of both sides.
	identity, boundary [2][]*document
	control            [2][]controlLevel
	done               bool
	// general reports that what is said must hold for several accounts.
	general bool
}

// scope returns the scope of documents that of chooses, which is done if it could be
// said without comparing what they mean.
func (j *Judge) scope(sides [2]*role, of func(*role) (identity, boundary []*document)) *scope {
	s := &scope{}
	for side, r := range sides {
		s.identity[side], s.boundary[side] = of(r)
		s.control[side] = r.control
		s.general = s.general || r.general
		s.sides[side] = slices.Concat(s.identity[side], s.boundary[side], r.controls())
		s.Documents[side] = Documents{Identity: policies(s.identity[side]), Boundary: policies(s.boundary[side])}
		for _, l := range r.control {
			s.Documents[side].Control = append(s.Documents[side].Control, l.Level)
		}
	}
	if why := s.unread(); why != "" {
		s.unknown(why)
		return s
	}
	if s.same() {
		s.Verdict, s.Future, s.done = verdict.Equal, verdict.Equal, true
		s.Judgement = severity.Judgement{Level: severity.None, Kind: s.form()}
		s.unbounded()
		return s
	}
	if why := s.interplay(); why != "" {
		s.unknown(why)
	}
	return s
}

// unknown is the end of a scope that cannot be decided.
func (s *scope) unknown(why string) {
	s.Result = verdict.Result{Verdict: verdict.Unknown, Future: verdict.Unknown, Reason: why}
	s.Judgement = severity.Judgement{Level: severity.High, Kind: "not decided"}
	s.done = true
}

// unread says which document nothing may be concluded from, "" if there is none.
func (s *scope) unread() string {
	for side := range 2 {
		for _, d := range s.sides[side] {
			if d.problem != "" {
				return d.said()
			}
		}
	}
	return ""
}

// same reports whether both sides have the same statements, in whatever policies.
func (s *scope) same() bool {
	return (s.boundary[0] == nil) == (s.boundary[1] == nil) && sameStatements(s.identity) && sameStatements(s.boundary) && s.sameLevels()
}

// sameLevels reports whether both sides have the same control policies at the same levels,
// of which none is about some resources alone: what those are may differ.
func (s *scope) sameLevels() bool {
	return slices.EqualFunc(s.control[0], s.control[1], func(a, b controlLevel) bool {
		return a.caller == b.caller && sameStatements([2][]*document{a.documents, b.documents}) &&
			!slices.ContainsFunc(slices.Concat(a.documents, b.documents), func(d *document) bool {
				return (d.Type == ResourceControl || a.caller) && slices.ContainsFunc(d.own.Statements, func(st policy.Statement) bool { return !slices.Contains(st.Resource, "*") })
			})
	})
}

func sameStatements(sides [2][]*document) bool {
	sides = [2][]*document{without(sides[0], sides[1]), without(sides[1], sides[0])}
	return slices.Equal(statements(sides[0]), statements(sides[1]))
}

// confirm replaces the witnesses by such in the names of the account that allows them.
// One that the documents in their own words do not confirm proves nothing.
func (s *scope) confirm(j *Judge, asked func(side int) asker) {
	l := j.lexicon
	for i := range s.Witnesses {
		w := &s.Witnesses[i]
		side := w.AllowedBy - 1
		over := counterpart(&w.Request, j.libraries[side].account.Rewriter)
		// Where both reach over to the other account, neither reaches what is meant by
		// the same words.
		if !s.translate(l, w, over, asked(side), asked(1-side)) && !s.translate(l, w, &w.Request, asked(side), asked(1-side)) {
			s.unknown("a request that seems to be allowed on one side alone was not confirmed in the names of the accounts: " + s.spell(l, side, w.Request))
			return
		}
	}
}

// translate translates a witness, and reports whether both sides still decide so; other
// is what the side that refuses it is asked.
func (s *scope) translate(l *lexicon, w *verdict.Witness, other *eval.Request, allows, refuses asker) bool {
	side := w.AllowedBy - 1
	there := s.meant(l, 1-side, other)
	for _, r := range s.translations(l, side, &w.Request) {
		allowed := allows(r)
		if allowed.Outcome != eval.Allowed {
			continue
		}
		refused, ok := refusal(there, refuses)
		if ok {
			w.Request, w.Allowed, w.Refused = *r, allowed, refused
		}
		return ok
	}
	return false
}

// refusal returns the first decision on requests, and whether all are refused.
func refusal(requests []*eval.Request, asked asker) (first eval.Decision, all bool) {
	for i, r := range requests {
		d := asked(r)
		if d.Outcome != eval.NotAllowed && d.Outcome != eval.Denied {
			return d, false
		}
		if i == 0 {
			first = d
		}
	}
	return first, true
}

// without returns the documents that are not the very same as one of the others: what is
// left may say what those say, and is then compared as any other.
func without(list, others []*document) []*document {
	return slices.DeleteFunc(slices.Clone(list), func(d *document) bool {
		return slices.ContainsFunc(others, func(e *document) bool { return d.tokens == e.tokens })
	})
}
