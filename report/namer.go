package report

import (
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
)

// namer finds the other account's values in what an item was before
// rewriting. It looks at each distinct value of a document once.
type namer struct {
	rewriter *normalize.Rewriter
	before   *inventory.Items
	// policy are the names in the policy's own name.
	policy                           []normalize.Named
	resources, principals, condition found
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

// begin turns to another policy.
func (n *namer) begin(p *normalize.Policy) {
	n.policy = n.rewriter.Named(normalize.FieldPolicyName, p.Raw.Name)
	if n.before == p.Before {
		return
	}
	n.before = p.Before
	n.resources.reset(len(n.before.Resources))
	n.principals.reset(len(n.before.Principals))
	n.condition.reset(len(n.before.Terms))
}

// row gives the names in the rows that became one, in the order resource,
// principal, condition, policy name, each once.
func (n *namer) row(origins []uint32) []normalize.Named {
	var all []normalize.Named
	for _, o := range origins {
		all = appendNew(all, n.raw(n.before.Rows[o]))
	}
	return appendNew(all, n.policy)
}

func (n *namer) raw(r inventory.Row) []normalize.Named {
	a := n.resources.in(r.Resource, func() []normalize.Named {
		return n.rewriter.Named(normalize.FieldARN, n.before.Resources[r.Resource])
	})
	p := n.principals.in(r.Principal, func() []normalize.Named {
		return n.rewriter.Named(normalize.FieldPrincipal, n.before.Principals[r.Principal].Value)
	})
	c := n.condition.in(r.Terms, func() []normalize.Named {
		return n.rewriter.Named(normalize.FieldCondition, n.before.Terms[r.Terms].Condition)
	})
	if a == nil && p == nil && c == nil {
		return nil
	}
	return slices.Concat(a, p, c)
}

func appendNew(all, more []normalize.Named) []normalize.Named {
	for _, m := range more {
		if !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	return all
}
