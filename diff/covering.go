package diff

import (
	"iamctl/inventory"
	"iamctl/policy"
)

// coveringTerms returns the terms that hold whenever those of index i do: with
// the same Not- elements, and some of the conditions or none.
func (c *coverage) coveringTerms(i uint32) []uint32 {
	m := c.t.Terms[i]
	return covering(c.terms, i, c.allTerms, func(j uint32) bool {
		u := c.t.Terms[j]
		return u.Negated == m.Negated && u.Statement == m.Statement && c.conditions(j).within(c.conditions(i))
	})
}

// coveringActions returns the actions of which that of index i is one.
func (c *coverage) coveringActions(i uint32) []uint32 {
	a := c.t.Actions[i]
	return covering(c.actions, i, c.wideActions, func(j uint32) bool {
		b := c.t.Actions[j]
		return a.Name != "" && policy.Covers(policy.Fold(b.Service), policy.Fold(a.Service)) &&
			policy.Covers(policy.Fold(b.Name), policy.Fold(a.Name))
	})
}

// coveringResources returns the resources of which that of index i is one.
func (c *coverage) coveringResources(i uint32) []uint32 {
	r := c.t.Resources[i]
	return covering(c.resources, i, c.wideResources, func(j uint32) bool {
		return r != "" && policy.CoversResource(c.t.Resources[j], r)
	})
}

// covering returns i and the candidates that cover it. It asks once for each i
// and keeps the answer in known.
func covering(known map[uint32][]uint32, i uint32, candidates []uint32, covers func(j uint32) bool) []uint32 {
	if out, ok := known[i]; ok {
		return out
	}
	out := []uint32{i}
	for _, j := range candidates {
		if j != i && covers(j) {
			out = append(out, j)
		}
	}
	known[i] = out
	return out
}

// sameButNote reports whether two rows of one effect and principal differ in
// their note alone: neither covers the other.
func (c *coverage) sameButNote(x, y inventory.Row) bool {
	return x.Action == y.Action && x.Resource == y.Resource && c.t.Terms[x.Terms].Condition == c.t.Terms[y.Terms].Condition
}

// conditions returns the condition of terms of index i, taken apart.
func (c *coverage) conditions(i uint32) conditions {
	out, ok := c.parsed[i]
	if !ok {
		out = parseConditions(c.t.Terms[i].Condition)
		c.parsed[i] = out
	}
	return out
}
