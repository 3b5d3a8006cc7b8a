package report

import "strings"

// tightenHTML puts lists of one value on one line, where both sides have one
// value. They were compared as lists so that a second value shows as what it
// is.
func tightenHTML(ops []htmlOp) []htmlOp {
	out := ops[:0]
	for i := 0; i < len(ops); {
		values := 0
		if strings.HasSuffix(ops[i].side().text, "[") {
			values = htmlSingle(ops[i:])
		}
		if values == 0 {
			out = append(out, ops[i])
			i++
			continue
		}
		open, end := ops[i], ops[i+values+1]
		for _, value := range ops[i+1 : i+values+1] {
			out = append(out, joinHTML(open, value, end))
		}
		i += values + 2
	}
	return out
}

// htmlSingle tells how many operations stand for the one value of a list that
// begins here: 2 where the sides have different ones, 0 if the list has more.
func htmlSingle(ops []htmlOp) int {
	kind := func(i int) byte {
		if i < len(ops) {
			return ops[i].kind
		}
		return 0
	}
	same := ops[0].kind == '='
	n := 0
	switch {
	case same && (kind(1) == '=' || kind(1) == '~') && kind(2) == '=', !same && kind(1) == kind(0) && kind(2) == kind(0):
		n = 1
	case same && kind(1) == '-' && kind(2) == '+' && kind(3) == '=':
		n = 2
	default:
		return 0
	}
	for _, o := range ops[1 : n+1] {
		if c := o.side().text[len(o.side().text)-1]; c == '[' || c == '{' || c == ']' || c == '}' {
			return 0
		}
	}
	if strings.TrimLeft(ops[n+1].side().text, "\t") != "]" {
		return 0
	}
	return n
}

// joinHTML is the value's operation with the list's brackets around it.
func joinHTML(open, value, end htmlOp) htmlOp {
	line := func(open, value, end *htmlDocLine) *htmlDocLine {
		if value == nil {
			return nil
		}
		return &htmlDocLine{text: open.text + strings.TrimLeft(value.text, "\t") + "]", comma: end.comma}
	}
	return htmlOp{value.kind, line(open.a, value.a, end.a), line(open.b, value.b, end.b)}
}
