package result

import (
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
)

// Namer finds the other account's values in what an item was before
// rewriting. It looks at each distinct value of a document once.
type Namer struct {
	rewriter *normalize.Rewriter
	before   *inventory.Items
	// policy are the names in the policy's own name.
	policy []normalize.Named

	resources, principals, conditions, statements nameCache
	rows                                          []inventory.Row // scratch
}

// nameCache keeps the names that were found in the values of a list.
type nameCache struct {
	// searched reports by a value's index whether it was searched.
	searched []bool
	names    map[uint32][]normalize.Named
}

// reset empties the cache, for a list of n values.
func (c *nameCache) reset(n int) {
	c.names = nil
	if cap(c.searched) < n {
		c.searched = make([]bool, n)
		return
	}
	c.searched = c.searched[:n]
	clear(c.searched)
}

// get returns the names in the value of index i, by search the first time.
func (c *nameCache) get(i uint32, search func() []normalize.Named) []normalize.Named {
	if !c.searched[i] {
		c.searched[i] = true
		if names := search(); len(names) > 0 {
			if c.names == nil {
				c.names = map[uint32][]normalize.Named{}
			}
			c.names[i] = names
		}
	}
	if c.names == nil {
		return nil
	}
	return c.names[i]
}

// NewNamer returns a Namer for the items of an account.
func NewNamer(a *normalize.Account) *Namer { return &Namer{rewriter: a.Rewriter} }

// Begin turns to another policy.
func (n *Namer) Begin(p *normalize.Policy) {
	n.policy = p.Rewriter.Named(p.NameField(), p.Raw.Name)
	if n.before == p.Before && n.rewriter == p.Rewriter {
		return
	}
	n.before, n.rewriter = p.Before, p.Rewriter
	n.resources.reset(len(n.before.Resources))
	n.principals.reset(len(n.before.Principals))
	n.conditions.reset(len(n.before.Terms))
	n.statements.reset(len(n.before.Terms))
}

// Row returns the names in the rows that became one, in the order resource,
// principal, condition, policy name, statement.
func (n *Namer) Row(origins []uint32) []Name {
	n.rows = n.rows[:0]
	for _, o := range origins {
		n.rows = append(n.rows, n.before.Rows[o])
	}
	return n.Pair(n.rows)
}

// Pair returns likewise the names in the pairs that became one, which need not be rows
// of the policy's items (normalize.PairOrigins).
func (n *Namer) Pair(origins []inventory.Row) []Name { return namesOf(n.names(origins)) }

// names returns the names. The slice is shared and must not be changed.
func (n *Namer) names(origins []inventory.Row) []normalize.Named {
	var all []normalize.Named
	for _, r := range origins {
		all = merge(all, n.resources.get(r.Resource, func() []normalize.Named {
			return n.rewriter.Named(normalize.FieldARN, n.before.Resources[r.Resource])
		}), sameName)
		all = merge(all, n.principals.get(r.Principal, func() []normalize.Named {
			p := n.before.Principals[r.Principal]
			return n.rewriter.Named(normalize.PrincipalField(p.Type), p.Value)
		}), sameName)
		all = merge(all, n.conditions.get(r.Terms, func() []normalize.Named {
			return n.rewriter.Named(normalize.FieldCondition, n.before.Terms[r.Terms].Condition)
		}), sameName)
	}
	all = merge(all, n.policy, sameName)
	for _, r := range origins {
		// A statement repeats the resources of its NotResource: only values
		// that no other column has are added.
		all = merge(all, n.statements.get(r.Terms, func() []normalize.Named {
			return n.rewriter.Named(normalize.FieldStatement, n.before.Terms[r.Terms].Statement)
		}), sameValue)
	}
	return all
}

func sameName(a, b normalize.Named) bool { return a == b }

func sameValue(a, b normalize.Named) bool { return a.Value == b.Value && a.Owner == b.Owner }

// merge returns a and the names of b that a lacks. It changes neither, and
// copies nothing if one of them is empty: nearly always both are.
func merge(a, b []normalize.Named, same func(a, b normalize.Named) bool) []normalize.Named {
	switch {
	case len(b) == 0:
		return a
	case len(a) == 0:
		return b
	}
	a = slices.Clip(a)
	for _, name := range b {
		if !slices.ContainsFunc(a, func(n normalize.Named) bool { return same(n, name) }) {
			a = append(a, name)
		}
	}
	return a
}

// namesOf returns names as a result has them.
func namesOf(names []normalize.Named) []Name {
	var out []Name
	for _, n := range names {
		out = append(out, Name{n.Value, n.Owner, n.Expected})
	}
	return out
}
