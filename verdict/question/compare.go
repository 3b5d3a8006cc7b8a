package question

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Kind returns the type of a question: the one given, or the one that the documents
// say. Principals are for trust policies alone.
func (q *Question) Kind() Type {
	if q.Type != "" {
		return q.Type
	}
	if slices.ContainsFunc(slices.Concat(q.Old.Documents, q.New.Documents), hasPrincipal) {
		return Trust
	}
	return Identity
}

func hasPrincipal(d *policy.Document) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return s.Principal != nil || s.NotPrincipal != nil })
}

// Compare answers a question as package verdict does, and judges the answer: its
// witnesses show the kind of change. It is an error where a trust policy is not the only document of its side, or has a boundary.
func (q *Question) Compare(c *verdict.Comparer) (*verdict.Result, severity.Judgement, error) {
	if err := q.check(); err != nil {
		return nil, severity.Judgement{}, err
	}
	if q.Kind() == Identity {
		c = c.AnyHolder() // nobody says whose documents they are
		old, new := q.Old.permissions(), q.New.permissions()
		r := c.Identity(old, new)
		j := severity.Identity(c, old, new, r)
		return j.Show(r), j, nil
	}
	for _, s := range []*Side{&q.Old, &q.New} {
		switch {
		case len(s.Documents) > 1:
			return nil, severity.Judgement{}, errors.New("a role has one trust policy: give one document a side")
		case s.Boundary != nil:
			return nil, severity.Judgement{}, errors.New("a boundary does not limit who may assume a role: leave it out for trust policies")
		}
	}
	old, new := q.Old.trust(), q.New.trust()
	r := c.Trust(old, new)
	j := severity.Trust(c, old, new, r)
	return j.Show(r), j, nil
}

// check returns an error about elements that documents of the type do not have: their
// meaning would be lost.
func (q *Question) check() error {
	kind := q.Kind()
	return cmp.Or(
		kind.check(cmp.Or(q.Old.Name, "old"), q.Old.Documents),
		kind.check(cmp.Or(q.New.Name, "new"), q.New.Documents),
		kind.check(cmp.Or(q.Old.BoundaryName, "old_boundary"), q.Old.Boundary),
		kind.check(cmp.Or(q.New.BoundaryName, "new_boundary"), q.New.Boundary),
	)
}

// check is Question.check for a list of documents. The error begins with its name.
func (t Type) check(name string, list []*policy.Document) error {
	for n, d := range list {
		of := name
		if len(list) > 1 {
			of = fmt.Sprintf("%s, document %d", name, n+1)
		}
		for i, s := range d.Statements {
			switch at := fmt.Sprintf("%s: line %d, column %d: statement %d", of, s.Line, s.Column, i+1); {
			case t == Trust && (s.Resource != nil || s.NotResource != nil):
				return fmt.Errorf("%s has a Resource, which a trust policy has not; policies of resources are not compared", at)
			case t == Identity && (s.Principal != nil || s.NotPrincipal != nil):
				return fmt.Errorf("%s has a Principal, which the policies of a role and its boundary have not", at)
			}
		}
	}
	return nil
}

func (s *Side) permissions() *verdict.Permissions {
	return &verdict.Permissions{Identity: s.Documents, Boundary: s.Boundary}
}

// trust returns a side's trust policy, nil if there is none.
func (s *Side) trust() *policy.Document {
	if len(s.Documents) == 0 {
		return nil
	}
	return s.Documents[0]
}
