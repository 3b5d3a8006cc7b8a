package policy

import (
	"slices"
	"strings"
)

// How much work dropCovered may do, in symbols compared: generous for any
// list that AWS accepts, linear for one that was made to be slow.
const (
	coverSteps        = 200_000
	coverStepsPerByte = 40
)

type reducer struct {
	how   coverage
	items []coverItem
	table symbolTable
	steps int // how many are left
}

type coverItem struct {
	text, prefix string
	wild         bool
	// anyRest is true if the pattern covers whatever begins with its prefix
	// and has no variables.
	anyRest bool
	covered bool
	// parsed is the symbols by segment, nil until they are needed.
	parsed *resourceSymbols
}

func newCoverItem(s string, how coverage) coverItem {
	it := coverItem{text: s, prefix: literalPrefix(s), wild: hasWildcard(s)}
	if rest, ok := strings.CutSuffix(s, "*"); ok && rest == it.prefix {
		switch how {
		case actionCoverage: // the `*` of a service ends with the service
			it.anyRest = rest == "" || strings.Contains(rest, ":")
		case arnCoverage: // all but the last segment end with a colon
			it.anyRest = strings.Count(rest, ":") >= arnSegments-1
		default:
			it.anyRest = true
		}
	}
	return it
}

// reduce marks what is covered, and reports whether the steps were enough. A
// pattern is dropped only for one that is kept, so that of two equal ones one
// stays.
//
// What covers an item begins with a prefix of the item's literal text. So in
// the order of these texts, all that can cover an item is on a stack of ever
// longer prefixes.
func (r *reducer) reduce() bool {
	order := make([]*coverItem, len(r.items))
	for i := range r.items {
		order[i] = &r.items[i]
	}
	slices.SortStableFunc(order, func(a, b *coverItem) int { return strings.Compare(a.prefix, b.prefix) })
	var stack []*coverItem
	for len(order) > 0 {
		n := 1
		for n < len(order) && order[n].prefix == order[0].prefix {
			n++
		}
		for len(stack) > 0 && !strings.HasPrefix(order[0].prefix, stack[len(stack)-1].prefix) {
			stack = stack[:len(stack)-1]
		}
		for _, it := range order[:n] {
			if it.wild {
				stack = append(stack, it)
			}
		}
		for _, it := range order[:n] {
			if !r.check(it, stack) {
				return false
			}
		}
		order = order[n:]
	}
	return true
}

// check marks the item if one of the candidates covers it, and reports whether
// the steps were enough.
func (r *reducer) check(it *coverItem, candidates []*coverItem) bool {
	for _, c := range candidates {
		r.steps--
		if c != it && !c.covered && r.covers(c, it) {
			it.covered = true
			return r.steps >= 0
		}
		if r.steps < 0 {
			return false
		}
	}
	return true
}

// covers needs q to begin with p's prefix.
func (r *reducer) covers(p, q *coverItem) bool {
	if p.anyRest && (r.how == actionCoverage || !strings.Contains(q.text, "${")) {
		return true
	}
	ps, qs := r.symbols(p), r.symbols(q)
	same := 0 // segments within the prefix
	switch {
	case r.how == resourceCoverage:
		same = min(strings.Count(p.prefix, ":"), len(ps.segments)-1)
	case len(ps.segments) != len(qs.segments):
		return false
	case r.how == arnCoverage && len(ps.segments) != arnSegments:
		return false // what AWS makes of an ARN that is cut short is not documented
	}
	steps := 0
	ok := coversResource(ps, qs, same, &steps)
	r.steps -= steps
	return ok
}

func (r *reducer) symbols(it *coverItem) resourceSymbols {
	if it.parsed != nil {
		return *it.parsed
	}
	var s resourceSymbols
	switch r.how {
	case actionCoverage:
		service, name, ok := strings.Cut(it.text, ":")
		s.segments = append(s.segments, r.table.symbols(service, false))
		if ok {
			s.segments = append(s.segments, r.table.symbols(name, false))
		}
	case resourceCoverage, arnCoverage:
		s = r.table.resource(it.text)
	case conditionCoverage:
		s = r.table.whole(it.text)
	}
	it.parsed = &s
	return s
}

// literalPrefix returns what a pattern begins with before its first wildcard
// or variable.
func literalPrefix(s string) string {
	if i := strings.IndexAny(s, "*?"); i >= 0 {
		s = s[:i]
	}
	if i := strings.Index(s, "${"); i >= 0 {
		s = s[:i]
	}
	return s
}
