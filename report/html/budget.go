package html

import (
	"container/heap"
	"math"
	"sort"
)

// htmlLimits keep the page at a size that a browser opens at once. What they
// leave out is counted where it would stand and at the top.
type htmlLimits struct {
	// page is how many bytes the page may have. Roles and their table always
	// stand; items get half of it at most, documents what is left.
	page int
	// list is how many rows a list of lesser things may have.
	list int
}

// The page is to stay below 20 MB with 5,000 roles.
var defaultHTMLLimits = htmlLimits{page: 19_500_000, list: 1000}

// Bytes that items and groups take beside the texts in them, as measured.
const (
	htmlItemCost  = 60
	htmlGroupCost = 150
)

// items gives how many items of a side of a role are shown: as many as fit,
// the same for all roles, one at least.
func (l htmlLimits) items(roles []*htmlRole) int {
	var sums [][]int
	longest := 0
	for _, r := range roles {
		for side := range r.Items {
			if n := r.Items[side].Len(); n > 0 {
				sums = append(sums, htmlCosts(r, side))
				longest = max(longest, n)
			}
		}
	}
	cost := func(limit int) int {
		total := 0
		for _, s := range sums {
			total += s[min(limit, len(s)-1)]
		}
		return total
	}
	if cost(longest) <= l.page/2 {
		return math.MaxInt
	}
	return max(1, sort.Search(longest, func(n int) bool { return cost(n+1) > l.page/2 }))
}

// htmlCosts gives the bytes that the first n items of a side take.
func htmlCosts(r *htmlRole, side int) []int {
	sums := make([]int, r.Items[side].Len()+1)
	seen := map[string]bool{}
	var key []byte
	for i, it := range r.Items[side].All() {
		cost := htmlItemCost + len(it.Service) + len(it.Action)
		if key = appendGroupKey(key[:0], &it); !seen[string(key)] {
			seen[string(key)] = true
			cost += htmlGroupCost + len(key)
		}
		sums[i+1] = sums[i] + cost
	}
	return sums
}

// htmlLargest is a heap with the comparison on top that takes most, the last
// of those that take the same.
type htmlLargest []*htmlComparison

func (h htmlLargest) Len() int { return len(h) }
func (h htmlLargest) Less(i, j int) bool {
	if x, y := h[i].cost(), h[j].cost(); x != y {
		return x > y
	}
	return h[i].at > h[j].at
}
func (h htmlLargest) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *htmlLargest) Push(x any)   { *h = append(*h, x.(*htmlComparison)) }
func (h *htmlLargest) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// htmlShelf keeps the comparisons that fit.
type htmlShelf struct {
	kept htmlLargest
	used int
}

// add adds a comparison.
func (s *htmlShelf) add(c *htmlComparison) {
	heap.Push(&s.kept, c)
	s.used += c.cost()
}

// htmlLeast is how large a comparison is at least that may be dropped: to say
// so takes room too.
const htmlLeast = 200

// shrink drops the comparisons that take most until the others fit. What is
// dropped keeps its figures.
func (s *htmlShelf) shrink(limit int) {
	for s.used > limit && len(s.kept) > 0 {
		c := heap.Pop(&s.kept).(*htmlComparison)
		if len(c.View.body) < htmlLeast {
			continue
		}
		s.used -= c.cost()
		c.Dropped, c.View.body = len(c.View.body), ""
		s.used += c.cost()
	}
}
