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

	resources, principals, conditions, statements found
}

// found remembers what was found in the values of a list.
type found struct {
	looked []bool
	names  map[uint32][]normalize.Named
}

func (f *found) reset(n int) {
	f.names = nil
	if cap(f.looked) < n {
		f.looked = make([]bool, n)
		return
	}
	f.looked = f.looked[:n]
	clear(f.looked)
}

func (f *found) in(i uint32, look func() []normalize.Named) []normalize.Named {
	if !f.looked[i] {
		f.looked[i] = true
		if names := look(); len(names) > 0 {
			if f.names == nil {
				f.names = map[uint32][]normalize.Named{}
			}
			f.names[i] = names
		}
	}
	if f.names == nil {
		return nil
	}
	return f.names[i]
}

// NewNamer returns a Namer for the items of an account.
func NewNamer(a *normalize.Account) *Namer { return &Namer{rewriter: a.Rewriter} }

// Begin turns to another policy.
func (n *Namer) Begin(p *normalize.Policy) {
	n.policy = n.rewriter.Named(normalize.FieldPolicyName, p.Raw.Name)
	if n.before == p.Before {
		return
	}
	n.before = p.Before
	n.resources.reset(len(n.before.Resources))
	n.principals.reset(len(n.before.Principals))
	n.conditions.reset(len(n.before.Terms))
	n.statements.reset(len(n.before.Terms))
}

// Row returns the names in the rows that became one, in the order resource,
// principal, condition, policy name, statement.
func (n *Namer) Row(origins []uint32) []Name { return namesOf(n.row(origins)) }

// row returns the names, shared and not to be changed.
func (n *Namer) row(origins []uint32) []normalize.Named {
	var all []normalize.Named
	for _, o := range origins {
		r := n.before.Rows[o]
		all = merge(all, n.resources.in(r.Resource, func() []normalize.Named {
			return n.rewriter.Named(normalize.FieldARN, n.before.Resources[r.Resource])
		}), sameName)
		all = merge(all, n.principals.in(r.Principal, func() []normalize.Named {
			return n.rewriter.Named(normalize.FieldPrincipal, n.before.Principals[r.Principal].Value)
		}), sameName)
		all = merge(all, n.conditions.in(r.Terms, func() []normalize.Named {
			return n.rewriter.Named(normalize.FieldCondition, n.before.Terms[r.Terms].Condition)
		}), sameName)
	}
	all = merge(all, n.policy, sameName)
	for _, o := range origins {
		r := n.before.Rows[o]
		// A statement repeats the resources of its NotResource: only what
		// stands nowhere else is news.
		all = merge(all, n.statements.in(r.Terms, func() []normalize.Named {
			return n.rewriter.Named(normalize.FieldStatement, n.before.Terms[r.Terms].Statement)
		}), sameValue)
	}
	return all
}

func sameName(a, b normalize.Named) bool { return a == b }

func sameValue(a, b normalize.Named) bool { return a.Value == b.Value && a.Owner == b.Owner }

// merge gives a and what b has more. It changes neither, and copies nothing
// where one is enough: nearly always both are empty.
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
