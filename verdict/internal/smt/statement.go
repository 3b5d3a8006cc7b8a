package smt

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/policy"
)

// statement is one statement with where it is from.
type statement struct {
	*policy.Statement
	number    int
	variables bool // the version has policy variables
	boundary  bool
	applies   pair
}

const variablesVersion = "2012-10-17"

// add adds the statements of documents to a side.
func (e *encoder) add(side int, documents []*policy.Document, boundary bool) {
	s := &e.sides[side]
	for _, d := range documents {
		if d.Version != "" && d.Version != variablesVersion && d.Version != "2008-10-17" || !known(d.Unknown) {
			s.unreadable = append(s.unreadable, unreadable{fmt.Sprint("document ", d.Version, d.Unknown), boundary})
		}
		for i := range d.Statements {
			n := len(e.sides[0].statements) + len(e.sides[1].statements)
			s.statements = append(s.statements, &statement{
				Statement: &d.Statements[i], number: n, variables: d.Version == variablesVersion, boundary: boundary,
			})
		}
	}
}

func (e *encoder) eachStatement(f func(*statement)) {
	for i := range e.sides {
		for _, s := range e.sides[i].statements {
			f(s)
		}
	}
}

// known reports whether none of the elements can carry a permission.
func known(list []policy.Element) bool {
	for _, x := range list {
		switch name := policy.Fold(x.Name); {
		case name == "sid" || name == "id":
		case name == "condition" && strings.HasSuffix(x.JSON, `":{}}`):
		default:
			return false
		}
	}
	return true
}

// scope returns to which principals or resources a statement applies, which nobody
// can say of elements that AWS does not take.
func (e *encoder) scope(s *statement) pair {
	switch {
	case e.trust && (s.Resource != nil || s.NotResource != nil || s.NotPrincipal != nil || len(s.Principal) == 0):
		var list []string
		for _, p := range s.NotPrincipal {
			list = append(list, p.Type+" "+p.Value)
		}
		return e.doubt(fmt.Sprintf("principal %q %v %v %v", sorted(list), s.Principal, s.Resource, s.NotResource))
	case e.trust:
		return anyOf(s.Principal, e.principal)
	case s.Principal != nil || s.NotPrincipal != nil, s.Resource != nil && s.NotResource != nil, len(s.Resource)+len(s.NotResource) == 0:
		return e.doubt(fmt.Sprintf("resource %v %v %q %q %v", s.Principal, s.NotPrincipal, sorted(s.Resource), sorted(s.NotResource), s.variables))
	}
	return e.resources(s)
}

// sorted returns each text once.
func sorted(list []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// allowed returns which requests a side allows (IAM User Guide, "Policy evaluation
// logic").
func (e *encoder) allowed(side int) pair {
	var identity, boundary, deny []pair
	allow := func(inBoundary bool, p pair) {
		if inBoundary {
			boundary = append(boundary, p)
		} else {
			identity = append(identity, p)
		}
	}
	for _, u := range e.sides[side].unreadable {
		p := e.doubt(u.name)
		allow(u.boundary, p)
		deny = append(deny, p)
	}
	for _, s := range e.sides[side].statements {
		p := e.applies(s)
		if s.Effect != "Allow" {
			deny = append(deny, p)
		}
		if s.Effect != "Deny" {
			allow(s.boundary, p)
		}
	}
	self := func(p pair) pair { return p }
	out := anyOf(identity, self).and(anyOf(deny, self).not())
	if e.sides[side].bounded {
		out = out.and(anyOf(boundary, self))
	}
	return out
}

// applies returns to which requests a statement applies.
func (e *encoder) applies(s *statement) pair {
	name := fmt.Sprintf("s%d", s.number)
	p := e.action(s)
	switch {
	case !known(s.Unknown):
		p = p.and(e.doubt(fmt.Sprint("unknown ", s.variables, s.Unknown, s.Condition)))
	case s.Effect != "Allow" && s.Effect != "Deny":
		p = p.and(e.doubt("effect " + s.Effect)).and(e.scope(s)).and(e.conditions(s))
	default:
		p = p.and(e.scope(s)).and(e.conditions(s))
	}
	if p.sure == p.may {
		return sure(e.define(name, p.sure))
	}
	return pair{e.define(name, p.sure), e.define(name+"may", p.may)}
}

// conditions returns where all conditions of a statement hold.
func (e *encoder) conditions(s *statement) pair {
	out, seen, twice := sure(yes), map[string]bool{}, false
	for _, c := range s.Condition {
		id := policy.Fold(c.Operator + "\x00" + c.Key)
		twice = twice || seen[id]
		seen[id] = true
		out = out.and(e.condition(c, s.variables))
	}
	if twice {
		out = out.or(e.doubt(fmt.Sprintf("twice %v %v", s.variables, s.Condition)))
	}
	return out
}
