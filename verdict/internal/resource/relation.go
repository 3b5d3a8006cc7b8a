package resource

import (
	"strings"

	"iamctl/policy"
)

// Covers reports whether the pattern matches all that another one may match; it
// may be false where that is so.
func (p *Pattern) Covers(q *Pattern) bool {
	if p.Variable || p.none || q.star && !p.star {
		return p.Any()
	}
	for _, i := range telling {
		if !p.parts[i].Covers(&q.parts[i]) {
			return false
		}
	}
	return true
}

// Meets reports whether an ARN may match both patterns.
func (p *Pattern) Meets(q *Pattern) bool {
	if p.none || q.none {
		return false
	}
	for _, i := range telling {
		if i > 0 && !p.meets(q, i) {
			return false
		}
	}
	return true
}

// telling are the segments in the order in which they mostly tell ARNs apart.
var telling = [segments]int{2, 5, 4, 3, 1, 0}

// meets is Meets for one segment.
func (p *Pattern) meets(q *Pattern, i int) bool {
	a, b := &p.parts[i], &q.parts[i]
	if a.Any() || b.Any() {
		return true
	}
	x, exactX := a.Exact()
	y, exactY := b.Exact()
	switch {
	case exactX && exactY:
		return x == y
	case exactX:
		return b.Match(x)
	case exactY:
		return a.Match(y)
	case strings.Contains(p.texts[i], "${") || strings.Contains(q.texts[i], "${"):
		return true
	}
	return policy.Intersects(p.texts[i], q.texts[i])
}
