package report

import (
	"container/heap"
	"math"
	"sort"
)

// htmlLimits keep the page at a size that a browser opens at once. What they
// leave out is counted where it would stand and at the top.
type htmlLimits struct {
	// page is how many bytes the page may have. Roles and their table always
	// stand; items and documents share what is left.
	page int
	// least is what items, and documents, get however many roles there are.
	least int
	// list is how many rows a list of lesser things may have.
	list int
}

// The issue of the page asks for less than 20 MB.
var defaultHTMLLimits = htmlLimits{page: 19_700_000, least: 1 << 20, list: 1000}

// Bytes that parts of the page take beside the texts in them, as measured.
const (
	htmlRoleCost  = 700
	htmlItemCost  = 90
	htmlGroupCost = 150
)

// share gives how many items of a side of a role are shown at most, and
// how many bytes are left for documents.
func (l htmlLimits) share(roles []*htmlRole) (items, documents int) {
	left := max(l.page-len(roles)*htmlRoleCost, 2*l.least)
	var sums [][]int
	longest := 0
	for _, r := range roles {
		for side := range r.Items {
			if n := len(r.Items[side]); n > 0 {
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
	if all := cost(longest); all <= left-l.least {
		return math.MaxInt, left - all
	}
	// The largest number that leaves documents their least, but one at least.
	items = max(1, sort.Search(longest, func(n int) bool { return cost(n+1) > left-l.least }))
	return items, max(left-cost(items), l.least)
}

// htmlCosts gives the bytes that the first n items of a side take.
func htmlCosts(r *htmlRole, side int) []int {
	sums := make([]int, len(r.Items[side])+1)
	seen := map[string]bool{}
	var key []byte
	for i := range r.Items[side] {
		it := &r.Items[side][i]
		cost := htmlItemCost + len(it.Service) + len(it.Action)
		if key = appendGroupKey(key[:0], it); !seen[string(key)] {
			seen[string(key)] = true
			cost += htmlGroupCost + len(key)
		}
		sums[i+1] = sums[i] + cost
	}
	return sums
}

// htmlLargest is a heap with the largest comparison on top, the last of
// those of one size.
type htmlLargest []*htmlComparison

func (h htmlLargest) Len() int { return len(h) }
func (h htmlLargest) Less(i, j int) bool {
	if len(h[i].View.body) != len(h[j].View.body) {
		return len(h[i].View.body) > len(h[j].View.body)
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

// keep adds a comparison and drops the largest ones while all of them take
// more than so many bytes. What is dropped keeps its figures.
func (h *htmlLargest) keep(c *htmlComparison, used *int, limit int) {
	heap.Push(h, c)
	*used += len(c.View.body)
	for *used > limit {
		drop := heap.Pop(h).(*htmlComparison)
		*used -= len(drop.View.body)
		drop.Dropped, drop.View.body = len(drop.View.body), ""
	}
}
