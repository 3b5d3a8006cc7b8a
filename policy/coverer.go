package policy

import "slices"

// ResourceCover finds which of some resources cover another one, as
// CoversResource does. It compares a resource with those alone that begin like it,
// and does a number of steps at most, which depends on its resources and on what
// it is asked: generous for any list that AWS accepts, linear for one that was
// made to be slow. It is not for several goroutines at once.
type ResourceCover struct {
	r     reducer
	items []coverItem
	// byPrefix are the indexes of the patterns by what they begin with, and
	// lengths those of these texts, ascending.
	byPrefix map[string][]int
	lengths  []int
	over     bool
}

// NewResourceCover returns a ResourceCover of resources of a document with Version
// 2012-10-17. Those without a wildcard cover nothing but themselves and are never
// found.
func NewResourceCover(resources []string) *ResourceCover {
	c := &ResourceCover{
		r:     reducer{how: resourceCoverage, steps: coverSteps},
		items: make([]coverItem, len(resources)), byPrefix: map[string][]int{},
	}
	for i, s := range resources {
		if !hasWildcard(s) {
			continue
		}
		it := newCoverItem(canonicalGlob(s), resourceCoverage)
		c.items[i] = it
		c.r.steps += coverStepsPerByte * len(s)
		if c.byPrefix[it.prefix] == nil {
			c.lengths = append(c.lengths, len(it.prefix))
		}
		c.byPrefix[it.prefix] = append(c.byPrefix[it.prefix], i)
	}
	slices.Sort(c.lengths)
	c.lengths = slices.Compact(c.lengths)
	return c
}

// Of returns the indexes of the patterns that cover the resource, itself left out,
// ascending. Once the steps are used up it returns none.
func (c *ResourceCover) Of(resource string) []int {
	if resource == "" || c.over {
		return nil
	}
	q := newCoverItem(canonicalGlob(resource), resourceCoverage)
	c.r.steps += coverStepsPerByte * len(resource)
	var out []int
	for _, n := range c.lengths {
		if n > len(q.prefix) {
			break
		}
		for _, i := range c.byPrefix[q.prefix[:n]] {
			p := &c.items[i]
			if c.r.steps--; p.text != q.text && c.r.covers(p, &q) {
				out = append(out, i)
			}
			if c.r.steps < 0 {
				c.over = true
				return nil
			}
		}
	}
	slices.Sort(out)
	return out
}

// Over reports whether the steps were used up, so that something may be covered
// without being found.
func (c *ResourceCover) Over() bool { return c.over }
