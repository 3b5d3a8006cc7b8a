package meaning

import (
	"iamctl/equivalency"
	"iamctl/normalize"
	"iamctl/policy/eval"
	"iamctl/verdict/severity"
)

// finish adds what the documents alone do not say: names of the other account.
func (s *scope) finish(j *Judge) {
	if s.Level == severity.None && s.unbounded() {
		return
	}
	if s.Level == severity.None {
		if form := s.form(); form != "" {
			s.Kind = form
		} else {
			s.Kind = "no change in permission: spelled differently"
		}
		return
	}
	for i := range s.Witnesses {
		w := &s.Witnesses[i]
		side := w.AllowedBy - 1
		r := j.libraries[side].account.Rewriter
		for _, by := range w.Allowed.By {
			if text, n, ok := s.named(side, by, r); ok {
				s.name(text, n)
				return
			}
		}
	}
}

// name says that something of the other account's is named.
func (s *scope) name(text string, n normalize.Named) {
	said := "names " + n.Owner + "'s " + text
	if n.Expected != "" {
		said += ", expected " + n.Expected
	}
	s.Kind = said + ": " + s.Kind
	if s.Level == severity.Low || s.Level == severity.Medium {
		s.Level = severity.High
	}
}

// named returns the first text of a statement that names something of the other
// account's.
func (s *scope) named(side int, by eval.Statement, r *normalize.Rewriter) (text string, n normalize.Named, ok bool) {
	list := s.identity[side]
	if by.Boundary {
		list = s.boundary[side]
	}
	if by.Index < 0 || by.Level > 0 {
		return "", n, false
	}
	st := &list[by.Document].own.Statements[by.Index]
	look := func(field normalize.Field, texts ...string) {
		for _, t := range texts {
			if found := r.Named(field, t); !ok && len(found) > 0 {
				text, n, ok = t, found[0], true
			}
		}
	}
	look(equivalency.ARN, st.Resource...)
	for _, p := range st.Principal {
		look(normalize.PrincipalField(p.Type), p.Value)
	}
	for _, c := range st.Condition {
		look(equivalency.Condition, c.Values...)
	}
	return text, n, ok
}
