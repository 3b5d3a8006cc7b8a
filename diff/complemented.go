package diff

import (
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// patternsOf returns the patterns as written that a row without Not- elements
// comes from.
func (c *coverage) patternsOf(r inventory.Row) []uint32 {
	var out []uint32
	for _, p := range c.complements.written[r.Action] {
		if c.steps--; c.steps < 0 {
			return nil
		}
		e := entry{r.Effect, c.t.bare[r.Terms], r.Principal, r.Resource, p}
		if _, ok := slices.BinarySearchFunc(c.t.entries, e, entry.compare); ok {
			out = append(out, p)
		}
	}
	return out
}

// complemented reports whether a statement with NotAction or NotResource says what
// a row without them does, which comes from the patterns: nothing that is left out
// may meet them, whatever the row's action is, for the pattern also stands for
// actions that AWS will add.
func (c *coverage) complemented(r inventory.Row, patterns []uint32) bool {
	return c.complementedBy(r, patterns, func(*complement) bool { return true })
}

// complementedBy is complemented with those statements alone that by chooses.
func (c *coverage) complementedBy(r inventory.Row, patterns []uint32, by func(*complement) bool) bool {
	if len(patterns) == 0 || c.t.Terms[r.Terms].Statement != "" {
		return false
	}
	for _, k := range c.complements.list {
		if c.steps--; c.steps < 0 {
			return false
		}
		if k.effect == r.Effect && by(k) && c.t.cond.of(k.terms).within(c.t.cond.of(r.Terms)) && c.hasPlace(k, r) &&
			c.actionsApart(k, patterns) && c.resourceApart(k, r.Resource) {
			return true
		}
	}
	return false
}

// hasPlace reports whether a complement is for a place that covers that of a row.
func (c *coverage) hasPlace(k *complement, r inventory.Row) bool {
	actions, resources := []uint32{missing}, []uint32{missing}
	if k.actions == nil {
		actions = c.coveringActions(r.Action)
	}
	if k.resources == nil {
		resources = c.coveringResources(r.Resource)
	}
	for _, q := range c.coveringPrincipals(r) {
		for _, a := range actions {
			for _, res := range resources {
				if c.steps--; c.steps < 0 {
					return false
				}
				if k.places[[3]uint32{a, res, q}] {
					return true
				}
			}
		}
	}
	return false
}

// actionsApart reports whether no action that is left out is one of the patterns'.
func (c *coverage) actionsApart(k *complement, patterns []uint32) bool {
	return !slices.ContainsFunc(patterns, func(p uint32) bool {
		return !c.apart(k.apartActions, p, k.actions, func() bool {
			a := c.t.patterns[p]
			return a.Service != "" && c.allApart(k.actions, actionText(a))
		})
	})
}

// resourceApart reports whether no resource that is left out can be one of the
// resource's. What they were before rewriting counts: a pattern that meets a value need
// not meet the placeholder in its place.
func (c *coverage) resourceApart(k *complement, resource uint32) bool {
	return c.apart(k.apartResources, resource, k.resources, func() bool {
		before := c.complements.before
		for _, m := range c.complements.origins.Values(normalize.ColumnTerms, k.terms) {
			_, list, ok := leftOut(before.Terms[m].Statement)
			if !ok {
				return false
			}
			for i := range list {
				list[i] = policy.VariablesAsPattern(list[i])
			}
			for _, r := range c.complements.origins.Values(normalize.ColumnResource, resource) {
				if text := before.Resources[r]; text == "" || !c.allApart(list, policy.VariablesAsPattern(text)) {
					return false
				}
			}
		}
		return true
	})
}

// apart returns what work returns, which compares with each text of a list. It asks
// once for each i and keeps the answer in known. Without a list nothing is left out.
func (c *coverage) apart(known map[uint32]bool, i uint32, list []string, work func() bool) bool {
	if list == nil {
		return true
	}
	out, ok := known[i]
	if !ok {
		out = work()
		known[i] = out
	}
	return out
}

// charactersPerStep is how many pairs of characters may be compared in a step.
const charactersPerStep = 256

// allApart reports whether nothing that a text matches is matched by one of a list.
// Once the work is too much, nothing is.
func (c *coverage) allApart(list []string, text string) bool {
	return !slices.ContainsFunc(list, func(s string) bool {
		c.steps -= 1 + len(s)*len(text)/charactersPerStep
		return c.steps < 0 || policy.Intersects(s, text)
	})
}

// dropSaid returns the differences without the actions of which a statement with
// NotAction or NotResource in the same document says as much.
func (c *coverage) dropSaid(differences []difference) []difference {
	if len(c.complements.list) == 0 {
		return differences
	}
	var out []difference
	for _, x := range differences {
		x.actions = slices.DeleteFunc(x.actions, func(a uint32) bool {
			return c.complemented(inventory.Row{Effect: x.effect, Action: a, Resource: x.resource, Principal: x.principal, Terms: x.terms}, []uint32{x.pattern})
		})
		if len(x.actions) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// dropSaidLater returns the patterns without those of which a statement with NotAction in
// the same document says as much, whatever AWS adds.
func (c *coverage) dropSaidLater(later []entry) []entry {
	if len(c.complements.list) == 0 {
		return later
	}
	everyAction := func(k *complement) bool { return k.actions != nil }
	return slices.DeleteFunc(later, func(e entry) bool {
		row := inventory.Row{Effect: e.effect, Resource: e.resource, Principal: e.principal, Terms: e.terms}
		return c.complementedBy(row, []uint32{e.pattern}, everyAction)
	})
}
