package policy

import (
	"slices"

	"iamctl/internal/jsonplace"
)

var (
	documentElements  = []string{"Version", "Id", "Statement"}
	statementElements = []string{"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"}
)

// statements reads the Statement element: an object or a list of them.
func (p *parser) statements(d *Document) {
	switch k := p.kind(); k {
	case '{':
		p.oneStatement(d)
	case '[':
		if d.Statements == nil {
			d.Statements = []Statement{}
		}
		p.token()
		for n := 0; p.more(); n++ {
			if k := p.kind(); k != '{' {
				p.problem(p.next(), "Statement: expected a list of objects, found %s in it", jsonplace.KindName(k))
				d.Unknown = append(d.Unknown, Element{"Statement", "[" + p.raw() + "]"})
				continue
			}
			p.oneStatement(d)
		}
	default:
		p.problem(p.next(), "Statement: expected an object or a list of objects, found %s", jsonplace.KindName(k))
		d.Unknown = append(d.Unknown, Element{"Statement", p.raw()})
	}
}

func (p *parser) oneStatement(d *Document) {
	p.statement = len(d.Statements)
	d.Statements = append(d.Statements, Statement{})
	p.parseStatement(&d.Statements[p.statement])
	p.statement = -1
}

func (p *parser) parseStatement(s *Statement) {
	at := p.token()
	pos := p.pos.At(at)
	s.Line, s.Column = pos.Line, pos.Column
	p.conditions.reset()
	var seen elementSet
	for p.more() {
		known, written := p.element(statementElements, &seen)
		p.statementElement(s, known, written)
	}
	if p.err != nil {
		return
	}
	s.Principal = groupBy(s.Principal, principalType)
	s.NotPrincipal = groupBy(s.NotPrincipal, principalType)
	s.Condition = groupBy(s.Condition, conditionOperator)
	p.checkStatement(s, at, seen)
}

func (p *parser) statementElement(s *Statement, known, written string) {
	switch known {
	case "Sid":
		p.scalar(written, &s.Sid, &s.Unknown)
	case "Effect":
		p.scalar(written, &s.Effect, &s.Unknown)
	case "Action":
		p.list(place{element: known}, &s.Action, &s.Unknown)
	case "NotAction":
		p.list(place{element: known}, &s.NotAction, &s.Unknown)
	case "Resource":
		p.list(place{element: known}, &s.Resource, &s.Unknown)
	case "NotResource":
		p.list(place{element: known}, &s.NotResource, &s.Unknown)
	case "Principal":
		p.principals(known, &s.Principal, &s.Unknown)
	case "NotPrincipal":
		p.principals(known, &s.NotPrincipal, &s.Unknown)
	case "Condition":
		p.condition(s)
	default:
		s.Unknown = append(s.Unknown, Element{written, p.raw()})
	}
}

// checkStatement reports what no statement can do without and what excludes
// each other. Resource and Principal depend on what the policy is attached to.
func (p *parser) checkStatement(s *Statement, at int, seen elementSet) {
	has := func(name string) bool { return seen.has(statementElements, name) }
	switch {
	case !has("Effect"):
		p.problem(at, "the statement has no Effect")
	case s.Effect == "" && slices.ContainsFunc(s.Unknown, func(e Element) bool { return Fold(e.Name) == "effect" }):
		// It is not a string, which has been reported.
	case s.Effect != "Allow" && s.Effect != "Deny":
		p.problem(at, "Effect: expected Allow or Deny, found %s", quote(s.Effect))
	}
	if !has("Action") && !has("NotAction") {
		p.problem(at, "the statement has neither Action nor NotAction")
	}
	for _, name := range []string{"Action", "Resource", "Principal"} {
		if has(name) && has("Not"+name) {
			p.problem(at, "the statement has both %s and Not%s", name, name)
		}
	}
	p.checkSpellings(at, s.Condition)
}
