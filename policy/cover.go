package policy

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Covers reports whether p matches every string that q matches. True is
// certain; false may also mean that it could not be shown.
func Covers(p, q string) bool {
	p, q = CanonicalPattern(p), CanonicalPattern(q)
	switch {
	case p == "*" || p == q:
		return true
	case !hasWildcard(p):
		return false
	case !hasWildcard(q):
		return Match(p, q)
	}
	var t symbolTable
	steps := 0
	return covers(t.symbols(p, false), t.symbols(q, false), &steps)
}

// CoversResource is Covers for two resources of a document with Version
// 2012-10-17. A ${...} is covered by itself and by a `*`, and only if p has
// every variable that q has: one without a value may switch off the whole
// statement. A `*` within an ARN segment is not taken to run over the colon
// after it, one that ends a segment is; AWS's documentation leaves both
// readings open, and what is covered here is covered in both.
func CoversResource(p, q string) bool {
	var t symbolTable
	steps := 0
	return coversResource(t.resource(canonicalGlob(p)), t.resource(canonicalGlob(q)), 0, &steps)
}

// symbol is a unit of a pattern: a character, `?`, `*` or a variable.
type symbol int32

const (
	oneSymbol  symbol = -1 // ?
	starSymbol symbol = -2 // *
	// firstVariable and what lies below it are variables by their number.
	firstVariable symbol = -3
	// badByte is added to bytes that are no valid UTF-8.
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

// covers reports whether p absorbs q symbol by symbol. To p, a `*` of q is a
// symbol that nothing but a `*` absorbs; so is a variable, which also absorbs
// itself. What p's `*` and the `?` after it absorb may be spread over them in
// any way, so that together they want a number of characters. steps counts
// the work.
func covers(p, q []symbol, steps *int) bool {
	i, j := 0, 0
	afterStar, mark := -1, 0
	for {
		*steps++
		switch {
		case i < len(p) && p[i] == starSymbol:
			i++
			least := 0
			for ; i < len(p) && p[i] == oneSymbol; i++ {
				least++
			}
			var ok bool
			if j, ok = skipCharacters(q, j, least); !ok {
				return false
			}
			if i == len(p) {
				return true
			}
			afterStar, mark = i, j
		case i == len(p) && j == len(q):
			return true
		case j == len(q):
			return false
		case i < len(p) && absorbs(p[i], q[j]):
			i, j = i+1, j+1
		case afterStar < 0:
			return false
		default:
			mark++
			i, j = afterStar, mark
		}
	}
}

// skipCharacters returns the first place in q, from j on, that has n characters
// before it. A `*` and a variable may be empty.
func skipCharacters(q []symbol, j, n int) (int, bool) {
	for ; n > 0; j++ {
		if j == len(q) {
			return j, false
		}
		if q[j] >= oneSymbol {
			n--
		}
	}
	return j, true
}

// absorbs reports whether p, which is no `*`, takes the one symbol of q.
func absorbs(p, q symbol) bool {
	return p == q || p == oneSymbol && q > oneSymbol
}

// resourceSymbols is a resource's ARN segments, six at most.
type resourceSymbols struct {
	segments  [][]symbol
	variables []symbol // sorted
}

// whole is s as one segment.
func (t *symbolTable) whole(s string) resourceSymbols {
	all := t.symbols(s, true)
	r := resourceSymbols{segments: [][]symbol{all}}
	for _, v := range all {
		if v <= firstVariable {
			r.variables = append(r.variables, v)
		}
	}
	slices.Sort(r.variables)
	return r
}

// resource is s cut at its first five colons.
func (t *symbolTable) resource(s string) resourceSymbols {
	r := t.whole(s)
	all := r.segments[0]
	r.segments = make([][]symbol, 0, 6)
	for len(r.segments) < 5 {
		i := slices.Index(all, ':')
		if i < 0 {
			break
		}
		r.segments = append(r.segments, all[:i])
		all = all[i+1:]
	}
	r.segments = append(r.segments, all)
	return r
}

// coversResource compares segment by segment, but for the first ones, which
// are known to be the same. If p ends early, its last `*` takes whatever
// segments q has left.
func coversResource(p, q resourceSymbols, same int, steps *int) bool {
	n := len(p.segments)
	if n > len(q.segments) || n < len(q.segments) && !endsInStar(p.segments[n-1]) {
		return false
	}
	if !hasAll(p.variables, q.variables) {
		return false
	}
	for i := same; i < len(p.segments); i++ {
		if !covers(p.segments[i], q.segments[i], steps) {
			return false
		}
	}
	return true
}

// endsInStar reports whether the last run of wildcards has a `*`.
func endsInStar(s []symbol) bool {
	i := len(s) - 1
	for i >= 0 && s[i] == oneSymbol {
		i--
	}
	return i >= 0 && s[i] == starSymbol
}

// hasAll reports whether every element of b is in a; both are sorted.
func hasAll(a, b []symbol) bool {
	for _, v := range b {
		if _, ok := slices.BinarySearch(a, v); !ok {
			return false
		}
	}
	return true
}
