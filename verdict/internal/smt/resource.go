package smt

import (
	"fmt"
	"strings"

	"iamctl/policy"
)

// segments is the number of parts of an ARN.
const segments = 6

// declareResource declares the request's resource: the bare "*", or the segments of
// an ARN. That the first four have no colon need not be said: no pattern has one
// there, so that any other character would do as well.
func (e *encoder) declareResource() {
	e.declare("bare", "Bool")
	for i := 1; i < segments; i++ {
		e.declare(segment(i), "String")
	}
}

func segment(i int) string { return fmt.Sprintf("r%d", i) }

// resources returns to which resources a statement applies.
func (e *encoder) resources(s *statement) pair {
	list, negated := s.Resource, false
	if s.NotResource != nil {
		list, negated = s.NotResource, true
	}
	p := anyOf(list, func(text string) pair { return e.resource(text, s.variables) })
	if negated {
		return p.not()
	}
	return p
}

// resource returns which resources a pattern matches. A wildcard keeps to its
// segment, but for a star that ends the pattern.
func (e *encoder) resource(text string, variables bool) pair {
	if variables && early(text) {
		e.skip("a variable before the fifth colon of a resource")
		return unsure
	}
	parts := strings.SplitN(text, ":", segments)
	value := sure(yes)
	var ofARN []term
	for i, part := range parts {
		p, ok := e.parse(part, variables, true)
		value = value.and(ok)
		if i == 0 {
			ofARN = append(ofARN, boolean(!p.has(variable) && p.matches("arn")))
			continue
		}
		ofARN = append(ofARN, e.match(term(segment(i)), p))
	}
	if len(parts) < segments && !strings.HasSuffix(text, "*") {
		ofARN = []term{no}
	}
	arn := pair{and(value.sure, and(ofARN...)), and(value.may, and(ofARN...))}
	return choose("bare", e.bare(text, parts, variables), arn)
}

// bare returns whether the pattern matches the resource "*".
func (e *encoder) bare(text string, parts []string, variables bool) pair {
	p, _ := e.parse(parts[0], variables, true)
	if len(parts) == 1 && p.matches("*") {
		return sure(yes)
	}
	literal := text
	if i := strings.IndexAny(text, "*?$"); i >= 0 {
		literal = text[:i]
	}
	if strings.HasPrefix("*", literal) || !glob(text).matches("arn:aws:s3:::*") {
		return sure(no)
	}
	return pair{no, e.actionIs(allBuckets)}
}

func (e *encoder) actionIs(name string) term {
	if !e.Future {
		return equal("action", quote(name))
	}
	service, name, _ := strings.Cut(name, ":")
	return and(equal("service", quote(service)), equal("name", quote(name)))
}

func choose(condition term, a, b pair) pair {
	return pair{ifElse(condition, a.sure, b.sure), ifElse(condition, a.may, b.may)}
}

func ifElse(condition, a, b term) term {
	switch {
	case a == b:
		return a
	case a == yes:
		return or(condition, b)
	case a == no:
		return and(not(condition), b)
	}
	return "(ite " + condition + " " + a + " " + b + ")"
}

// early reports whether a variable is before the fifth colon.
func early(text string) bool {
	at := 0
	for {
		i, j, ok := policy.NextVariable(text[at:])
		if !ok {
			return false
		}
		if !isLiteral(text[at+i:at+j]) && strings.Count(text[:at+i], ":") < segments-1 {
			return true
		}
		at += j
	}
}

// parse reads a text, with variables if it has any, in which * and ? are wildcards
// if asked for. The pair says where all variables have a value: a text with one that
// has none is equal to nothing.
func (e *encoder) parse(text string, variables, wildcards bool) (pattern, pair) {
	plain := func(p pattern, s string) pattern {
		if !wildcards {
			return p.with(s)
		}
		return append(p, glob(s)...)
	}
	var p pattern
	ok := sure(yes)
	for variables {
		i, j, found := policy.NextVariable(text)
		if !found {
			break
		}
		p = plain(p, text[:i])
		if v := text[i:j]; isLiteral(v) {
			p = append(p, token{kind: literal, text: v[2:3]})
		} else {
			value, has := e.variable(v, wildcards)
			p, ok = append(p, token{kind: variable, term: value}), ok.and(has)
		}
		text = text[j:]
	}
	return compact(plain(p, text)), ok
}

// isLiteral reports whether a variable is one of those that are a character.
func isLiteral(variable string) bool {
	return variable == "${*}" || variable == "${?}" || variable == "${$}"
}

// compact joins neighbours that are literal, and stars.
func compact(p pattern) pattern {
	var out pattern
	for _, t := range p {
		n := len(out)
		switch {
		case t.kind == literal:
			out = out.with(t.text)
		case t.kind == star && n > 0 && out[n-1].kind == star:
		default:
			out = append(out, t)
		}
	}
	return out
}

// variable returns the value of a variable, and where it has one.
func (e *encoder) variable(text string, wildcards bool) (term, pair) {
	v := policy.ParseVariable(text, 0, len(text))
	name := text[v.KeyFrom:v.KeyTo]
	if name == "" || strings.TrimSpace(name) != name || !v.HasDefault && v.KeyTo != len(text)-1 {
		return quote(""), e.doubt("variable " + text)
	}
	k := e.keys[policy.Fold(name)]
	if k.family != ofText && k.family != ofNothing {
		e.skip("a variable of a key that is compared as " + k.family.String())
		return quote(""), unsure
	}
	single, many := k.count(1), not(or(k.count(0), k.count(1)))
	if !v.HasDefault {
		return k.text(0), pair{single, or(single, many)}
	}
	standard := text[v.DefaultFrom:v.DefaultTo]
	if wildcards && strings.ContainsAny(standard, "*?") {
		return k.text(0), pair{single, yes}
	}
	return "(ite " + k.count(0) + " " + quote(standard) + " " + k.text(0) + ")", pair{not(many), yes}
}
