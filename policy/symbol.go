package policy

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// symbol is a unit of a pattern: a character, `?`, `*` or a variable.
type symbol int32

const (
	oneSymbol  symbol = -1 // ?
	starSymbol symbol = -2 // *
	// firstVariable and what lies below it are variables by their number.
	firstVariable symbol = -3
	// badByte is added to bytes that are not valid UTF-8.
	badByte symbol = utf8.MaxRune + 1
)

// symbolTable numbers the variables of the patterns that are compared with
// each other.
type symbolTable struct{ variables map[string]symbol }

// symbols returns the symbols of a canonical pattern, with the `*` of a run of
// wildcards before its `?`.
func (t *symbolTable) symbols(s string, variables bool) []symbol {
	out := make([]symbol, 0, len(s))
	for s != "" {
		if variables && strings.HasPrefix(s, "${") {
			if n := variableLen(s); n > 0 {
				out = append(out, t.variable(s[:n]))
				s = s[n:]
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '*':
			out = insertStar(out)
		case r == '?':
			out = append(out, oneSymbol)
		case r == utf8.RuneError && n == 1:
			out = append(out, badByte+symbol(s[0]))
		default:
			out = append(out, symbol(r))
		}
		s = s[n:]
	}
	return out
}

// insertStar puts a `*` before the `?` that out ends with.
func insertStar(out []symbol) []symbol {
	i := len(out)
	for i > 0 && out[i-1] == oneSymbol {
		i--
	}
	return slices.Insert(out, i, starSymbol)
}

func (t *symbolTable) variable(s string) symbol {
	switch s {
	case "${*}", "${?}", "${$}":
		return symbol(s[2])
	}
	if t.variables == nil {
		t.variables = map[string]symbol{}
	}
	v, ok := t.variables[s]
	if !ok {
		v = firstVariable - symbol(len(t.variables))
		t.variables[s] = v
	}
	return v
}
