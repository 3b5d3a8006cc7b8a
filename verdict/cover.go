package verdict

import (
	"slices"

	"iamctl/verdict/internal/condition"
	"iamctl/verdict/internal/resource"
)

// denies reports whether side x has all denies of side y.
func denies(x, y *stack) bool {
	list := x.deny // both are sorted
	for _, d := range y.deny {
		i, ok := slices.BinarySearch(list, d)
		if !ok {
			return false
		}
		list = list[i:]
	}
	return true
}

// uncovered returns what body b of side x allows, but for the resources that are in a
// body of side y with no other conditions than those of b: one by one, or -1 for any.
func (p *problem) uncovered(x, y *stack, b int) []int {
	if list, ok := x.uncovered[b]; ok {
		return list
	}
	var out []int
	for _, r := range p.allowing(b) {
		if r < 0 || !p.covers(y.identity, b, p.known.list[r]) {
			out = append(out, r)
		}
	}
	if x.uncovered == nil {
		x.uncovered = map[int][]int{}
	}
	x.uncovered[b] = out
	return out
}

// covers reports whether a resource that is all that a pattern matches is in a
// body of the list with no other conditions than those of b.
func (p *problem) covers(list []int, b int, m *resource.Pattern) bool {
	have := p.comparison.bodies[b]
	for _, i := range list {
		other := p.comparison.bodies[i]
		if other.not || other.doubt != "" || !subset(other.conditions, have.conditions) {
			continue
		}
		for _, o := range other.resources {
			if q := p.known.list[o]; q == m || q.Covers(m) {
				return true
			}
		}
	}
	return false
}

func subset(a, b []*condition.Condition) bool {
	for _, c := range a {
		if !slices.ContainsFunc(b, func(d *condition.Condition) bool { return c.ID == d.ID }) {
			return false
		}
	}
	return true
}
