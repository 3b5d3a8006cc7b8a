package smt

import (
	"fmt"
	"strings"
)

// term is a formula.
type term string

const (
	yes term = "true"
	no  term = "false"
)

func boolean(b bool) term {
	if b {
		return yes
	}
	return no
}

func and(list ...term) term { return join("and", yes, no, list) }

func or(list ...term) term { return join("or", no, yes, list) }

// join leaves out what is neutral.
func join(op string, neutral, decides term, list []term) term {
	var out []string
	for _, t := range list {
		switch t {
		case decides:
			return decides
		case neutral:
		default:
			out = append(out, string(t))
		}
	}
	switch len(out) {
	case 0:
		return neutral
	case 1:
		return term(out[0])
	}
	return term("(" + op + " " + strings.Join(out, " ") + ")")
}

func not(t term) term {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return "(not " + t + ")"
}

func equal(a, b term) term { return "(= " + a + " " + b + ")" }

// pair is where something surely holds, and where it may hold.
type pair struct{ sure, may term }

func sure(t term) pair { return pair{t, t} }

// unsure is what proves nothing, whatever the answer would be.
var unsure = pair{no, yes}

func (p pair) not() pair { return pair{not(p.may), not(p.sure)} }

func (p pair) and(q pair) pair { return pair{and(p.sure, q.sure), and(p.may, q.may)} }

func (p pair) or(q pair) pair { return pair{or(p.sure, q.sure), or(p.may, q.may)} }

func anyOf[T any](list []T, f func(T) pair) pair {
	sures, mays := make([]term, len(list)), make([]term, len(list))
	for i, x := range list {
		p := f(x)
		sures[i], mays[i] = p.sure, p.may
	}
	return pair{or(sures...), or(mays...)}
}

// doubt is what AWS does not say: the same wherever the name is the same.
func (e *encoder) doubt(name string) pair {
	if !e.Open {
		return unsure
	}
	v, ok := e.doubts[name]
	if !ok {
		v = e.declare(fmt.Sprintf("doubt%d", len(e.doubts)), "Bool")
		e.doubts[name] = v
	}
	return sure(term(v))
}

// quote writes text as a literal of SMT-LIB's theory of strings.
func quote(s string) term {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"':
			b.WriteString(`""`)
		case r < ' ' || r > '~' || r == '\\':
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return term(b.String())
}
