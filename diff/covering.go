package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
)

// coveringTerms returns the terms that hold whenever those of index i do: with
// the same Not- elements, and some of the conditions or none.
func (c *coverage) coveringTerms(i uint32) []uint32 {
	return c.covering(c.terms, i, c.allTerms, func(j uint32) bool { return j != i && c.t.cond.covers(j, c.t.cond, i) })
}

// coveringActions returns the actions of which that of index i is one.
func (c *coverage) coveringActions(i uint32) []uint32 {
	actions := c.t.actions()
	return c.covering(c.actions, i, c.wideActions, func(j uint32) bool { return j != i && coversAction(actions[j], actions[i]) })
}

// coveringPatterns returns the patterns that cover the action of index i and were
// not expanded to it.
func (c *coverage) coveringPatterns(i uint32) []uint32 {
	actions := c.t.actions()
	out := c.covering(c.patterns, i, c.unexpanded, func(p uint32) bool {
		return coversAction(c.t.patterns[p], actions[i]) && !slices.Contains(c.t.Patterns[p].Actions, i)
	})
	return out[1:]
}

// coveringResources returns the resources of which that of index i is one. Of two
// that cover each other the first does.
func (c *coverage) coveringResources(i uint32) []uint32 {
	if out, ok := c.resources[i]; ok {
		return out
	}
	out := []uint32{i}
	for _, j := range c.wider(i) {
		if j < int(i) || !slices.Contains(c.wider(uint32(j)), int(i)) {
			out = append(out, uint32(j))
		}
	}
	c.resources[i] = out
	return out
}

// wider returns the resources that cover that of index i.
func (c *coverage) wider(i uint32) []int {
	out, ok := c.found[i]
	if !ok {
		out = c.cover.Of(c.t.Resources[i])
		c.found[i] = out
	}
	return out
}

// covering returns i and the candidates that cover it. It asks once for each i
// and keeps the answer in known.
func (c *coverage) covering(known map[uint32][]uint32, i uint32, candidates []uint32, covers func(j uint32) bool) []uint32 {
	if out, ok := known[i]; ok {
		return out
	}
	out := []uint32{i}
	for _, j := range candidates {
		if c.steps--; c.steps < 0 {
			break
		}
		if covers(j) {
			out = append(out, j)
		}
	}
	known[i] = out
	return out
}

// coveringPrincipals returns the row's principal and what of the document's is
// everyone, with that one among them.
func (c *coverage) coveringPrincipals(r inventory.Row) []uint32 {
	out := []uint32{r.Principal}
	if strings.Contains(c.t.Terms[r.Terms].Negated, "NotPrincipal") {
		return out
	}
	for i, p := range c.t.Principals {
		if p.Value == "*" && coversPrincipal(p, c.t.Principals[r.Principal]) {
			out = append(out, uint32(i))
		}
	}
	return out
}

// sameButNote reports whether two rows of one effect differ in
// their note alone: neither covers the other.
func (c *coverage) sameButNote(x, y inventory.Row) bool {
	return x.Action == y.Action && x.Resource == y.Resource && x.Principal == y.Principal && c.t.Terms[x.Terms].Condition == c.t.Terms[y.Terms].Condition
}
