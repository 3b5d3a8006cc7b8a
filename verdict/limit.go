package verdict

// Limited returns a comparer like c whose comparisons take no more than the steps
// together: one that finds them spent is Unknown. It is for one goroutine.
func (c *Comparer) Limited(steps int) *Comparer {
	limited := *c
	limited.left = &steps
	return &limited
}

// Brief returns a comparer like c for those whom the verdict and the amounts are enough:
// results have no witnesses, which take time to be made readable, nor the remarks on them.
func (c *Comparer) Brief() *Comparer {
	brief := *c
	brief.brief = true
	return &brief
}

// AnyHolder returns a comparer like c for identity policies that a user may have as well as
// a role: requests may have an aws:username or not.
func (c *Comparer) AnyHolder() *Comparer {
	any := *c
	any.anyHolder = true
	return &any
}

// Spent reports whether the steps of a limited comparer are spent.
func (c *Comparer) Spent() bool { return c.left != nil && *c.left <= 0 }

// allowance returns how many steps the next comparison may take.
func (c *Comparer) allowance() int {
	if c.left == nil {
		return c.steps
	}
	return min(c.steps, *c.left)
}

// spend takes what a comparison used off what is left.
func (c *Comparer) spend(allowed, left int) {
	if c.left != nil {
		*c.left -= allowed - left
	}
}
