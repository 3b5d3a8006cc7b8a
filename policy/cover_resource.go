package policy

import "slices"

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

// coversResource compares segment by segment, except the first ones, which
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
