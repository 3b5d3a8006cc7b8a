package meaning

import (
	"iter"
	"slices"

	"iamctl/equivalency"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/severity"
)

// Whose returns what a text of a side names of other accounts.
type Whose func(side int, field normalize.Field, text string) []normalize.Named

// Among tells the judge that account B is one of many, of which A stands for most: whose says
// whose things these two name. What the new side alone names is said, whoever's it is, and not
// what most accounts name.
func (j *Judge) Among(whose Whose) { j.whose = whose }

// finish adds what the documents alone do not say: names of another account.
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
		for _, by := range w.Allowed.By {
			if text, n, ok := s.named(j, w.AllowedBy-1, by); ok {
				s.name(text, n)
				return
			}
		}
	}
}

// name says that something of another account's is named.
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

// named returns the first text of a statement that names something of another account's.
// What is expected in its place is what the other side has there: without that it is "".
func (s *scope) named(j *Judge, side int, by eval.Statement) (text string, n normalize.Named, ok bool) {
	list := s.identity[side]
	if by.Boundary {
		list = s.boundary[side]
	}
	if by.Index < 0 || by.Level > 0 {
		return "", n, false
	}
	for field, t := range textsOf(&list[by.Document].own.Statements[by.Index]) {
		found := s.foreign(j, side, field, t)
		if len(found) == 0 {
			continue
		}
		if n = found[0]; !s.has(j, side, field, n.Expected) {
			n.Expected = ""
		}
		if s.general {
			t, n.Expected = j.libraries[side].generally(field, t), j.libraries[side].generally(field, n.Expected)
		}
		return t, n, true
	}
	return "", n, false
}

// foreign returns what a text of a side names of other accounts, and the other side does not.
func (s *scope) foreign(j *Judge, side int, field normalize.Field, text string) []normalize.Named {
	switch {
	case j.whose == nil:
		return j.libraries[side].account.Rewriter.NamedValue(field, text)
	case side == 0:
		return nil
	}
	return slices.DeleteFunc(j.whose(side, field, text), func(n normalize.Named) bool {
		for f, t := range s.texts(1 - side) {
			if slices.ContainsFunc(j.whose(1-side, f, t), func(o normalize.Named) bool { return o.Value == n.Value && o.Owner == n.Owner }) {
				return true
			}
		}
		return false
	})
}

// has reports whether the other side has what a text of a side is there.
func (s *scope) has(j *Judge, side int, field normalize.Field, text string) bool {
	want := j.libraries[side].account.Rewriter.RewriteValue(field, text)
	for f, t := range s.texts(1 - side) {
		if f == field && j.libraries[1-side].account.Rewriter.RewriteValue(f, t) == want {
			return true
		}
	}
	return false
}

// texts yields the texts of a side's documents in which things are named.
func (s *scope) texts(side int) iter.Seq2[normalize.Field, string] {
	return func(yield func(normalize.Field, string) bool) {
		for _, d := range slices.Concat(s.identity[side], s.boundary[side]) {
			for i := range d.own.Statements {
				for field, t := range textsOf(&d.own.Statements[i]) {
					if !yield(field, t) {
						return
					}
				}
			}
		}
	}
}

// textsOf yields the texts of a statement in which things are named.
func textsOf(st *policy.Statement) iter.Seq2[normalize.Field, string] {
	return func(yield func(normalize.Field, string) bool) {
		for _, r := range st.Resource {
			if !yield(equivalency.ARN, r) {
				return
			}
		}
		for _, p := range st.Principal {
			if !yield(normalize.PrincipalField(p.Type), p.Value) {
				return
			}
		}
		for _, c := range st.Condition {
			for _, v := range c.Values {
				if !yield(equivalency.Condition, v) {
					return
				}
			}
		}
	}
}
