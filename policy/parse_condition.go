package policy

import "iamctl/internal/jsonplace"

// conditionName is what makes a condition one of its own in a statement.
type conditionName struct{ operator, key string }

// condition reads the Condition element: operators, their keys, the keys' values.
func (p *parser) condition(s *Statement) {
	if k := p.kind(); k != '{' {
		p.problem(p.next(), "Condition: expected an object, found %s", jsonplace.KindName(k))
		s.Unknown = append(s.Unknown, Element{"Condition", p.raw()})
		return
	}
	if s.Condition == nil {
		s.Condition = []Condition{}
	}
	p.token()
	p.operators.reset()
	for p.more() {
		opAt, op := p.str()
		p.checkOperator(opAt, op)
		p.conditionBlock(opAt, op, s)
	}
}

func (p *parser) checkOperator(at int, name string) {
	o, ok := ParseOperator(name)
	spelled := o.Name
	if !ok {
		spelled = Fold(name)
	}
	if _, twice := p.operators.add(spelled); twice && p.err == nil {
		p.problem(at, "Condition: the operator %s stands twice", quote(name))
	}
	switch {
	case p.err != nil:
	case !ok:
		p.problem(at, "Condition: %s is not an operator of the policy language", quote(name))
	case o.Name != name:
		p.minor(at, "Condition: the operator %s is spelled %s by AWS", quote(name), o.Name)
	}
}

// conditionBlock reads the keys of one operator.
func (p *parser) conditionBlock(at int, op string, s *Statement) {
	pl := place{element: "Condition", path: [2]string{op}, depth: 1}
	if k := p.kind(); k != '{' {
		p.problem(p.next(), "%s: expected an object, found %s", pl, jsonplace.KindName(k))
		s.Unknown = append(s.Unknown, pl.keep(p.raw()))
		return
	}
	p.token()
	empty := true
	for ; p.more(); empty = false {
		keyAt, key := p.str()
		p.conditionValues(keyAt, conditionName{op, key}, s)
	}
	if empty {
		p.minor(at, "%s: no condition key", pl)
		s.Unknown = append(s.Unknown, pl.keep("{}"))
	}
}

func (p *parser) conditionValues(at int, name conditionName, s *Statement) {
	pl := place{element: "Condition", path: [2]string{name.operator, name.key}, depth: 2}
	var values []string
	kept := len(s.Unknown)
	p.scalars(pl, &values, &s.Unknown, conditionValueRule)
	if len(values) == 0 && len(s.Unknown) > kept {
		return // nothing but what was kept as unknown
	}
	i, twice := p.conditions.add(name)
	if !twice {
		s.Condition = append(s.Condition, Condition{name.operator, name.key, values})
		return
	}
	p.problem(at, "%s: the key stands twice", pl)
	s.Condition[i].Values = append(s.Condition[i].Values, values...)
}

// checkSpellings reports conditions that differ in letter case only: AWS does
// not say whether one of them is enough.
func (p *parser) checkSpellings(at int, conditions []Condition) {
	if len(conditions) < 2 {
		return
	}
	var seen nameIndex[conditionName]
	for _, c := range conditions {
		if _, twice := seen.add(conditionName{Fold(c.Operator), Fold(c.Key)}); twice {
			p.problem(at, "Condition: %s, %s stands twice in different letter case", quote(c.Operator), quote(c.Key))
		}
	}
}
