package diff

import (
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
)

// comparePolicies compares the items of a pair, policy by policy.
func (c *comparer) comparePolicies(p *Pair) {
	for _, g := range c.groupPolicies(p) {
		c.compareGroup(p, g[0], g[1])
	}
	slices.SortFunc(p.OnlyA, compareRefs)
	slices.SortFunc(p.OnlyB, compareRefs)
}

// compareGroup compares policies of one type and name.
func (c *comparer) compareGroup(p *Pair, a, b policyRun) {
	if c.blindGroup(p, a, b) {
		return
	}
	for i := a.from; i < a.to; i++ {
		p.OnlyA = appendRefs(p.OnlyA, i, c.onlyIn(a.list[i].Table, b))
	}
	for j := b.from; j < b.to; j++ {
		p.OnlyB = appendRefs(p.OnlyB, j, c.onlyIn(b.list[j].Table, a))
	}
	for i := a.from; i < a.to; i++ {
		for j := b.from; j < b.to; j++ {
			c.mask(p, i, j)
			c.weighRows(a.list[i].Table, b.list[j].Table)
		}
	}
}

// weighRows weighs the rows that two tables have in common. Those that differ for
// certain are none.
func (c *comparer) weighRows(a, b *normalize.Table) {
	equal := equalRows(a.Items, b.Items)
	if c.masker.May(a, b) {
		all := equal
		equal = func(yield func(uint32, uint32) bool) {
			for i, j := range all {
				if mask, _ := c.masker.Rows(a, i, b, j); !mask.Certain && !yield(i, j) {
					return
				}
			}
		}
	}
	c.scale.Rows(a, b, equal)
}

// onlyIn returns the rows of t that none of the other side's policies has and
// that no other row of t covers.
func (c *comparer) onlyIn(t *normalize.Table, others policyRun) []uint32 {
	var rows []uint32
	switch others.to - others.from {
	case 0:
		rows = allRows(t.Items)
	case 1:
		rows = c.match(t, others.list[others.from].Table).only
	default:
		rows = c.match(t, others.list[others.from].Table).only
		for k := others.from + 1; k < others.to; k++ {
			rows = intersect(rows, c.match(t, others.list[k].Table).only)
		}
	}
	return dropCovered(t.Items, rows)
}

// match returns what match returns for the items of two tables, remembered.
func (c *comparer) match(t, u *normalize.Table) *matching {
	key := [2]*normalize.Table{t, u}
	m := c.tables[key]
	if m == nil {
		m = match(t.Items, u.Items)
		c.tables[key] = m
	}
	return m
}

// blindGroup reports whether a side could not read one of the policies, or the
// list that has their names.
func (c *comparer) blindGroup(p *Pair, a, b policyRun) bool {
	one := a
	if a.from == a.to {
		one = b
	}
	first := &one.list[one.from]
	for side, s := range []policyRun{a, b} {
		for i := s.from; i < s.to; i++ {
			if s.list[i].Raw.Blind {
				return true
			}
		}
		for _, g := range c.blindParts(side, p.Role(side).Raw.Name) {
			if g.Part == "" || g.Part == inventory.Part(first.Type) && c.namesPolicy(side, g, first, s) {
				return true
			}
		}
	}
	return false
}

// namesPolicy reports whether a gap of a side is in the policies of the run, which
// have the name of the policy p, or in all of them.
func (c *comparer) namesPolicy(side int, g inventory.Gap, p *normalize.Policy, run policyRun) bool {
	if g.PolicyName == "" {
		return true
	}
	for i := run.from; i < run.to; i++ {
		if run.list[i].Raw.Name == g.PolicyName {
			return true
		}
	}
	after, _ := c.changes.Account(side).Rewriter.Rewrite(normalize.FieldPolicyName, g.PolicyName)
	return after == p.Name
}
