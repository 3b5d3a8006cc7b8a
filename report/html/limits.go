package html

import (
	"math"
	"sort"
)

// limits keep the page at a size that a browser opens at once. What they leave
// out is counted at the top and where it would be.
type limits struct {
	// page is how many bytes the page may have. Roles and their table are always
	// there; items get half of it at most, documents what is left.
	page int
	// list is how many rows a list of lesser things may have.
	list int
}

// defaultLimits keep the page below 20 MB with 5,000 roles.
var defaultLimits = limits{page: 19_500_000, list: 1000}

// Bytes that items and groups take beside the texts in them, as measured.
const (
	itemCost  = 60
	groupCost = 150
)

// items returns how many items of a side of a role are shown: as many as fit,
// the same number for all roles, at least one.
func (l limits) items(roles []*shownRole) int {
	var sums [][]int
	longest := 0
	for _, r := range roles {
		for side := range r.Items {
			if n := r.Items[side].Len(); n > 0 {
				sums = append(sums, itemCosts(r, side))
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

// itemCosts returns the bytes that the first n items of a side take, for each n.
func itemCosts(r *shownRole, side int) []int {
	sums := make([]int, r.Items[side].Len()+1)
	seen := map[string]bool{}
	var key []byte
	for i, it := range r.Items[side].All() {
		cost := itemCost + len(it.Service) + len(it.Action)
		if key = appendGroupKey(key[:0], &it); !seen[string(key)] {
			seen[string(key)] = true
			cost += groupCost + len(key)
		}
		sums[i+1] = sums[i] + cost
	}
	return sums
}
