package html

import "container/heap"

// largestFirst is a heap with the comparison on top that takes most room, the
// last of those that take the same.
type largestFirst []*comparison

func (h largestFirst) Len() int { return len(h) }
func (h largestFirst) Less(i, j int) bool {
	if x, y := h[i].cost(), h[j].cost(); x != y {
		return x > y
	}
	return h[i].index > h[j].index
}
func (h largestFirst) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *largestFirst) Push(x any)   { *h = append(*h, x.(*comparison)) }
func (h *largestFirst) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// shelf keeps the comparisons that fit.
type shelf struct {
	kept largestFirst
	used int
}

func (s *shelf) add(c *comparison) {
	heap.Push(&s.kept, c)
	s.used += c.cost()
}

// minDropped is how large a comparison must be to be dropped: to say so takes
// room too.
const minDropped = 200

// shrink drops the comparisons that take most room until the others fit.
func (s *shelf) shrink(limit int) {
	for s.used > limit && len(s.kept) > 0 {
		c := heap.Pop(&s.kept).(*comparison)
		if len(c.body) < minDropped {
			continue
		}
		s.used -= c.cost()
		c.drop()
		s.used += c.cost()
	}
}
