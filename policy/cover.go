package policy

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
			first := i
			for i < len(p) && p[i] == oneSymbol {
				i++
			}
			var ok bool
			if j, ok = skipCharacters(q, j, i-first); !ok {
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

// absorbs reports whether p, which is not `*`, takes the one symbol of q.
func absorbs(p, q symbol) bool {
	return p == q || p == oneSymbol && q > oneSymbol
}
