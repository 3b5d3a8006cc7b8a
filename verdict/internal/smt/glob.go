package smt

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"iamctl/policy"
)

// token is a part of a text: literal, a wildcard or the value of a variable.
type token struct {
	kind tokenKind
	text string // of a literal
	term term   // of a variable
}

type tokenKind int

const (
	literal tokenKind = iota
	star
	one
	variable
)

// pattern is a text with wildcards.
type pattern []token

// glob reads wildcards and nothing else.
func glob(s string) pattern {
	var p pattern
	for _, r := range s {
		switch r {
		case '*':
			if n := len(p); n == 0 || p[n-1].kind != star {
				p = append(p, token{kind: star})
			}
		case '?':
			p = append(p, token{kind: one})
		default:
			p = p.with(string(r))
		}
	}
	return p
}

// with adds literal text.
func (p pattern) with(s string) pattern {
	if s == "" {
		return p
	}
	if n := len(p); n > 0 && p[n-1].kind == literal {
		p[n-1].text += s
		return p
	}
	return append(p, token{kind: literal, text: s})
}

// onlyStars reports whether everything matches.
func (p pattern) onlyStars() bool { return len(p) == 1 && p[0].kind == star }

func (p pattern) has(k tokenKind) bool {
	for _, t := range p {
		if t.kind == k {
			return true
		}
	}
	return false
}

// expression is the pattern for texts that are known when the question is written.
func (p pattern) expression() *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`(?s)^`)
	for _, t := range p {
		switch t.kind {
		case star:
			b.WriteString(`.*`)
		case one:
			b.WriteString(`.`)
		default:
			b.WriteString(regexp.QuoteMeta(t.text))
		}
	}
	return regexp.MustCompile(b.String() + `$`)
}

func (p pattern) matches(s string) bool { return p.expression().MatchString(s) }

// match returns where a string matches the pattern.
func (e *encoder) match(value term, p pattern) term {
	switch {
	case p.onlyStars():
		return yes
	case p.has(variable):
		return e.matchVariables(value, p)
	case !p.has(star) && !p.has(one):
		return equal(value, p.value())
	}
	return "(str.in_re " + value + " " + p.re() + ")"
}

// value is the text of a pattern without wildcards.
func (p pattern) value() term {
	var parts []term
	for _, t := range p {
		if t.kind == literal {
			parts = append(parts, quote(t.text))
		} else {
			parts = append(parts, t.term)
		}
	}
	return concat(parts)
}

func concat(parts []term) term {
	switch len(parts) {
	case 0:
		return quote("")
	case 1:
		return parts[0]
	}
	return "(str.++ " + spaced(parts) + ")"
}

func spaced(list []term) term {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = string(t)
	}
	return term(strings.Join(out, " "))
}

// re is the pattern as a regular expression.
func (p pattern) re() term {
	parts := make([]term, len(p))
	for i, t := range p {
		switch t.kind {
		case star:
			parts[i] = "re.all"
		case one:
			parts[i] = "re.allchar"
		default:
			parts[i] = "(str.to_re " + quote(t.text) + ")"
		}
	}
	return sequence(parts)
}

func sequence(parts []term) term {
	switch len(parts) {
	case 0:
		return `(str.to_re "")`
	case 1:
		return parts[0]
	}
	return "(re.++ " + spaced(parts) + ")"
}

// matchVariables matches by searching what is between two stars from the left:
// each piece where it is first found, the last one at the end.
func (e *encoder) matchVariables(value term, p pattern) term {
	if p.has(one) {
		e.skip("a ? beside a variable")
		return no
	}
	var pieces []pattern
	var piece pattern
	for _, t := range p {
		if t.kind == star {
			pieces, piece = append(pieces, piece), nil
			continue
		}
		piece = append(piece, t)
	}
	pieces = append(pieces, piece)
	first, last := pieces[0].value(), pieces[len(pieces)-1].value()
	if len(pieces) == 1 {
		return equal(value, first)
	}
	found := []term{"(str.prefixof " + first + " " + value + ")", "(str.suffixof " + last + " " + value + ")"}
	at := "(str.len " + first + ")"
	for _, piece := range pieces[1 : len(pieces)-1] {
		index := "(str.indexof " + value + " " + piece.value() + " " + at + ")"
		found = append(found, "(>= "+index+" 0)")
		at = "(+ " + index + " (str.len " + piece.value() + "))"
	}
	return and(append(found, "(<= (+ "+at+" (str.len "+last+")) (str.len "+value+"))")...)
}

// folded is the regular expression of a text in any letter case. With wide it has
// the letters outside of ASCII that are the same as one in it.
func folded(s string, wide bool) term {
	var parts []term
	for _, r := range policy.Fold(s) {
		one := []term{"(str.to_re " + quote(string(r)) + ")"}
		if 'a' <= r && r <= 'z' {
			one = append(one, "(str.to_re "+quote(string(r-'a'+'A'))+")")
			switch {
			case wide && r == 'k':
				one = append(one, "(str.to_re "+quote("\u212a")+")")
			case wide && r == 's':
				one = append(one, "(str.to_re "+quote("\u017f")+")")
			}
			parts = append(parts, "(re.union "+spaced(one)+")")
			continue
		}
		parts = append(parts, one[0])
	}
	return sequence(parts)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func in(value, re term) term { return "(str.in_re " + value + " " + re + ")" }
