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
	for i := range p.parts {
		if !p.parts[i].Covers(&q.parts[i]) {
			return false
		}
	}
	return true
}

// Meets reports whether an ARN may match both patterns.
func (p *Pattern) Meets(q *Pattern) bool {
	return !p.none && !q.none && p.meets(q, 2) && p.meets(q, 5) && p.meets(q, 1) && p.meets(q, 3) && p.meets(q, 4)
}

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
